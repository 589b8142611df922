"""An article of old feeds as the keys of an entry file, and what a person has to look at before readers see it."""

from collections.abc import Iterator
from html import unescape

from msgspec import Struct, field

from sosik.addresses import ascii_url, is_mail_address
from sosik.errors import Location, Problem
from sosik.importers.old_articles import OldArticle
from sosik.importers.old_items import OldPerson, OldText
from sosik.model import BodyFormat
from sosik.normalize.limits import too_much
from sosik.normalize.people import settled_name
from sosik.normalize.signatures import signed_by, without_emails
from sosik.patterns import pattern
from sosik.source.tags import strip_markup
from sosik.words import Message

_MARKUP = pattern(r"<[A-Za-z/!][^<>]*>")


class ImportedItem(Struct, frozen=True, kw_only=True):
    """An entry of old feeds: `fields` are the keys of its file, `unconfirmed` those that a person should look at.

    `reasons` say why it is a draft; there are none where it is not. `keys` are those of its address,
    `other_ids` those that readers of further feeds know it by.
    """

    id: str
    fields: dict[str, object]
    unconfirmed: tuple[str, ...] = ()
    reasons: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    keys: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_permalink: bool | None = None


class _Doubts(Struct, kw_only=True):
    """What is to be said of one entry while it is made."""

    place: Location
    unconfirmed: list[str] = field(default_factory=list)
    reasons: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def lacks(self, key: str, code: str, message: Message) -> None:
        self.unconfirmed.append(key)
        self.reasons.append(Problem(code=code, message=message, location=self.place))

    def doubt(self, key: str, message: Message) -> None:
        self.unconfirmed.append(key)
        hint = Message("unconfirmed.look", key=key)
        self.problems.append(Problem(code="unconfirmed", message=message, location=self.place, hint=hint))


def imported_item(article: OldArticle) -> ImportedItem:
    """Return an article as an entry; one that lacks headline, body or date is a draft, and the reasons say so."""
    doubts = _Doubts(place=Location(file=article.sources[0]))
    body_format, body = _body(article, doubts)
    _tell_times(article, doubts)
    if not article.title:
        doubts.lacks("title", "title-missing", Message("title-missing.item"))
    fields = {
        "id": article.id,
        "title": article.title,
        "section": article.section,
        "tags": [tag for tag in article.tags if tag],
        "authors": _authors(article, doubts),
        "published": article.times.published,
        "updated": article.times.updated,
        "link": article.link,
        "images": [_known(url=one.url, caption=one.caption, credit=one.credit) for one in article.pictures],
        "summary": _summary(article),
        "format": body_format,
        "body": body,
        "status": "draft" if doubts.reasons else "",
        "unconfirmed": doubts.unconfirmed,
    }
    return ImportedItem(
        id=article.id,
        fields={key: value for key, value in fields.items() if value},
        unconfirmed=tuple(doubts.unconfirmed),
        reasons=tuple(doubts.reasons),
        problems=(*article.told, *doubts.problems),
        keys=article.keys,
        other_ids=tuple(article.other_ids),
        sources=tuple(article.sources),
        is_permalink=article.is_permalink,
    )


def _tell_times(article: OldArticle, doubts: _Doubts) -> None:
    times = article.times
    for told in times.told if times.published else ():
        message = Message("date-note.old", said=told)
        doubts.problems.append(Problem(code="date-note", message=message, location=doubts.place))
    if times.published:
        for key, reason in times.doubted.items():
            doubts.doubt(key, reason)
        return
    doubts.lacks("published", "published-missing", times.told[0] if times.told else times.doubted["published"])


def _body(article: OldArticle, doubts: _Doubts) -> tuple[str, str]:
    """What the body is written in, and the body, both empty where there is none."""
    if article.body is None:
        doubts.lacks("body", "body-missing", Message("body-missing.item"))
        return "", ""
    is_html = article.body.is_html and bool(_MARKUP.search(article.body.text))
    text = article.body.text if is_html or not article.body.is_html else unescape(article.body.text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    body_format = BodyFormat.HTML if is_html else BodyFormat.TEXT
    excess = too_much(text, body_format)
    if excess is not None:
        doubts.lacks("body", "body-missing", excess)
        return "", ""
    if article.from_summary:
        doubts.doubt("body", Message("unconfirmed.description"))
    return str(body_format), text


def _summary(article: OldArticle) -> str:
    text = plain(article.summary) if article.summary else ""
    is_kept = text != article.title and not strip_markup(text)[1]  # no summary can speak of `<b>`
    return text if is_kept else ""


def plain(text: OldText) -> str:
    """Return a text on one line, without markup."""
    return " ".join((unescape(_MARKUP.sub(" ", text.text)) if text.is_html else text.text).split())


def _authors(article: OldArticle, doubts: _Doubts) -> list[dict[str, str]]:
    """Whom the feed names, each once; a text that names nobody is told, unless it is a mere address."""
    known: dict[str, dict[str, str]] = {}
    for person in article.authors:
        named = [*_named(person, by_name=article.by_name)]
        if not named and without_emails(person.name)[0]:
            message = Message("import-unsure.author-left-out", text=plain(OldText(text=person.name)))
            doubts.problems.append(Problem(code="import-unsure", message=message, location=doubts.place))
        for name in named:
            email = person.email if len(named) == 1 and is_mail_address(person.email) else ""
            url = ascii_url(person.url) if person.url else ""
            known.setdefault(name, _known(name=name, email=email, url=url or ""))
    return [*known.values()]


def _named(person: OldPerson, *, by_name: bool) -> Iterator[str]:
    """The names that an entry file may hold; a text of RSS may hold several, with titles and places."""
    for text in (person.name,) if by_name else (who.name for who in signed_by(person.name).authors):
        if name := settled_name(text):
            yield name


def _known(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
