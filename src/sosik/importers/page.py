"""An article page, saved as text or HTML, to the keys of an entry file.

The text of the page is kept unchanged. Missing values stay missing, and inferred ones are marked `unconfirmed`, so none
is published as a fact.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from sosik.errors import ImportingError, Location, Problem
from sosik.importers.furniture import TAGS, TAGS_LABEL
from sosik.importers.headline import Headline, find_headline
from sosik.importers.html import is_html, saved_html
from sosik.importers.lines import LineKind, PageLine, SavedPage, hold_lines, hold_tags, lines_of, readable
from sosik.importers.markdown import markdown
from sosik.importers.parts import ArticleParts, Picture, sort_lines
from sosik.importers.stamps import is_masthead, is_published_line, without_date
from sosik.importers.times import Masthead, decide_times
from sosik.model import BodyFormat
from sosik.normalize.bylines import Author, byline, head_authors
from sosik.normalize.ids import new_id
from sosik.normalize.limits import MOST_ATTRIBUTES, has_too_many_attributes, too_much
from sosik.normalize.markdown import TooManyBracketsError
from sosik.words import Message


class Imported(Struct, frozen=True, kw_only=True):
    """An article of a page: `fields` are the keys of its entry file, `unconfirmed` those that a person should look at
    before they are published, `problems` what else a person should know."""

    fields: Mapping[str, object]
    unconfirmed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_page(
    page: str | bytes,
    name: str,
    *,
    authority: str,
    timezone: str = "Asia/Seoul",
    masthead: str = Masthead.UNCONFIRMED,
    new_id: Callable[[str], str] = new_id,
) -> Imported:
    """Return the article of a saved page; *name* is its file's, for messages.

    *new_id* makes the entry's id of the publication's *authority* (RFC 4151); naive times are of *timezone*;
    *masthead* is one of `Masthead`. Raises ImportingError, naming the file, where there is no headline, the bytes
    cannot be read, or the page holds more than is read.
    """
    saved = _saved(page, name)
    headline = find_headline(saved.lines, saved.titles)
    if headline is None:
        raise ImportingError(Message("importers.no-headline", file=name))
    above, below = saved.lines[: headline.start], saved.lines[headline.end :]
    parts = sort_lines(below)
    parts.date_lines[:0] = [line for line in above if is_published_line(line.text)]
    mastheads = [line for line in above if is_masthead(line.text) and line not in parts.date_lines]
    times = decide_times(saved, parts, mastheads, name=name, timezone=timezone, masthead=Masthead(masthead))
    fields = {
        "id": new_id(authority),
        "title": headline.text,
        "subtitles": parts.subtitles,
        "section": saved.section or headline.section,
        "tags": list(saved.tags) or _tags(below),
        "authors": [_author(author) for author in _authors(saved, parts)],
        "published": times.published,
        "updated": times.updated,
        "link": saved.link,
        "images": [_image(picture) for picture in parts.pictures],
        "body": _body(parts, name),
        "unconfirmed": times.unconfirmed,
    }
    return Imported(
        fields={key: value for key, value in fields.items() if value},
        unconfirmed=tuple(times.unconfirmed),
        problems=(*_problems(saved, headline, parts, name), *times.problems),
    )


def _saved(page: str | bytes, name: str) -> SavedPage:
    """Return the lines of a page, text or HTML. Raises ImportingError for more than is read."""
    text = readable(page, name)
    if has_too_many_attributes(text):
        raise ImportingError(Message("importers.attributes", file=name, most=MOST_ATTRIBUTES))
    if is_html(text):
        hold_tags(text, name)
        saved = saved_html(text)
    else:
        saved = SavedPage(lines=lines_of(text))
    hold_lines(saved.lines, name)
    return saved


def _body(parts: ArticleParts, name: str) -> str:
    """Return the text of the article as Markdown. Raises ImportingError where it is longer than a body may be."""
    texts = [line.text for line in parts.paragraphs]
    excess = too_much("\n\n".join(texts), BodyFormat.AUTO)
    if excess:
        raise ImportingError(Message("importers.body", file=name, excess=excess))
    try:
        return markdown(texts, [line.marks for line in parts.paragraphs]) if texts else ""
    except TooManyBracketsError as error:
        raise ImportingError(Message("importers.body", file=name, excess=error.message)) from error


def _problems(saved: SavedPage, headline: Headline, parts: ArticleParts, name: str) -> Iterable[Problem]:
    """What the walk over the page had to decide, or had no place for."""
    if not headline.sure:
        n = headline.end - headline.start
        message = Message("import-unsure.headline-joined", n=n, headline=headline.text)
        yield Problem(code="import-unsure", message=message, location=Location(file=name, line=headline.line))
    for line in parts.orphans:
        message = Message("import-unsure.caption-alone", caption=line.text)
        hint = Message("import-unsure.caption-alone-hint")
        yield Problem(code="import-unsure", message=message, location=Location(file=name, line=line.number), hint=hint)
    for line in parts.doubtful:
        message = Message("import-unsure.line-as-caption", line=line.text)
        yield Problem(code="import-unsure", message=message, location=Location(file=name, line=line.number))
    for line in saved.lines:
        if line.kind is LineKind.FRAME:
            message = Message("import-unsure.frame-left-out", address=line.text)
            yield Problem(code="import-unsure", message=message, location=Location(file=name, line=line.number))
    if not parts.paragraphs:
        message = Message("body-missing.below-headline")
        yield Problem(code="body-missing", message=message, location=Location(file=name))


def _authors(saved: SavedPage, parts: ArticleParts) -> Sequence[Author]:
    """Whom the page names: its markup, else its lines, else the head of the text; each name once."""
    if saved.authors:
        return [Author(name=name) for name in saved.authors]
    named = [author for line in parts.bylines for author in byline(without_date(line.text)) or ()]
    first = [line for line in parts.paragraphs if line.kind is not LineKind.EMBED][:1]
    named = named or [author for line in first for author in head_authors(line.text)]
    return list({author.name: author for author in sorted(named, key=lambda author: bool(author.email))}.values())


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "email": author.email} if author.email else {"name": author.name}


def _image(picture: Picture) -> dict[str, str]:
    said = {"url": picture.url, "caption": picture.caption, "credit": picture.credit}
    return {key: value for key, value in said.items() if value}


def _tags(lines: Sequence[PageLine]) -> list[str]:
    """The tags that the page lists as `#tag`, after its label or on lines of their own."""
    texts = (TAGS_LABEL.sub("", line.text, count=1).strip() for line in lines)
    tags = (tag for text in texts if TAGS.fullmatch(text) for tag in text.replace(",", " ").split())
    return list(dict.fromkeys(tag.strip("#") for tag in tags))
