"""The articles of old feeds: one for each id across all feeds, and the reasons for refused items.

Values are never invented: an item without a recoverable identity is refused.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import is_normalized

from msgspec import Struct, field

from sosik.addresses import ascii_url, joined
from sosik.dates import SourceProfile
from sosik.errors import Location, Problem
from sosik.importers.joining import article_keys, is_fragment_of_home, is_home
from sosik.importers.old_dates import FeedClock, OldTimes, doubt_as_elsewhere, earliest, read_times
from sosik.importers.old_items import OldFeed, OldItem, OldPerson, OldPicture, OldText
from sosik.patterns import pattern
from sosik.words import Message

MOST_BYTES_OF_ID = 2000
"""Bytes (UTF-8) of an id that an entry may have."""

_CONTROL = pattern("[\x7f-\x9f\ufdd0]")
"""What XML may hold and no entry file does, as leftovers of a wrong decoding."""

_SIGNS = pattern(r"[\W_]+")
_TAG = pattern(r"<[^<>]*>")
_SHOWN = pattern(r"<(?:img|iframe|video|audio|embed|object)\b", re.IGNORECASE)
_LONGEST_SHOWN = 80


class OldArticle(Struct, kw_only=True):
    """An article as old feeds tell it. `from_summary`: its body is what stood as description.

    `other_ids` are those under which readers of further feeds know it.
    `by_name` tells that people are named as in Atom and JSON Feed, one by one; in RSS a text may name several.
    """

    id: str
    title: str
    link: str
    keys: tuple[str, ...]
    times: OldTimes
    body: OldText | None
    from_summary: bool
    summary: OldText | None
    authors: tuple[OldPerson, ...]
    by_name: bool
    section: str
    tags: tuple[str, ...]
    pictures: tuple[OldPicture, ...]
    is_permalink: bool | None = None
    other_ids: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)


class RefusedItem(Struct, frozen=True, kw_only=True):
    """An item that no entry was made of: why, and what it says of itself, so that a person can finish it.

    `problem` names the item, `number` is its place in the feed, `reason` is why alone.
    """

    problem: Problem
    number: int
    reason: Message
    title: str
    link: str
    published: str


class FeedTerm(Struct, frozen=True, kw_only=True):
    """What the articles of an old feed are given: `section` where they tell none, or the `tag` by which it is chosen.

    An article may stand in several feeds, and has one section.
    """

    section: str = ""
    tag: str = ""


_NO_TERM = FeedTerm()


class OldArticles:
    """Gathers the articles of feeds, in their order."""

    def __init__(self) -> None:
        self._by_id: dict[str, OldArticle] = {}
        self._by_key: dict[str, OldArticle] = {}
        self.refused: list[RefusedItem] = []
        self._false: dict[str, set[str]] = {}

    def __iter__(self) -> Iterator[OldArticle]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def by_keys(self, keys: Iterable[str]) -> OldArticle | None:
        """Return the article of an address, by the keys that `article_keys` makes of it."""
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def add(self, feed: OldFeed, name: str, clock: FeedClock, term: FeedTerm = _NO_TERM) -> None:
        """Take in the items of a feed; *name* is its file's, *term* what they are given."""
        for number, item in enumerate(feed.items, start=1):
            reason = refusal(item)
            if reason is None:
                reason = self._join(_article(item, feed, name, clock, term))
            if reason is not None:
                self.refused.append(_refused(name, number, item, reason))
        if clock.false:
            self._false.setdefault(clock.host, set()).add(clock.false)
        if clock.shared:
            message = Message("date-note.shared", count=len(feed.items), text=clock.shared)
            self._tell(feed, Problem(code="date-note", message=message, location=Location(file=name)))

    def settle(self, profile: SourceProfile | None) -> None:
        """Once all feeds are taken in, doubt what one of a host has proved: its other feeds have the same clock."""
        for article in self:
            doubt_as_elsewhere(article.times, self._false, profile)

    def _tell(self, feed: OldFeed, problem: Problem) -> None:
        first = next((item for item in feed.items if (item.id or item.link) in self._by_id), None)
        if first is not None:
            self._by_id[first.id or first.link].told.append(problem)

    def _join(self, article: OldArticle) -> Message | None:
        """Add an article to the one that it is, or as a new one. Return why it cannot be either, if it cannot."""
        known = self._by_id.get(article.id)
        if known is None:
            known = self.by_keys(article.keys)
            if known is None or not _alike(known.title, article.title):
                self._by_id[article.id] = article
                for key in article.keys:
                    self._by_key.setdefault(key, article)
                return None
            message = Message("import-unsure.two-ids", id=article.id, kept=known.id)
            place = Location(file=article.sources[0])
            hint = Message("import-unsure.two-ids-hint", id=article.id)
            known.told.append(Problem(code="import-unsure", message=message, location=place, hint=hint))
            known.other_ids.append(article.id)
        elif not _may_be_one(known, article):
            return Message("item-refused.id-shared", id=article.id, title=known.title)
        _merge(known, article)
        return None


def refusal(item: OldItem) -> Message | None:
    """Return why an item can be no article; None where it can."""
    named = item.id if item.id and item.id != item.link else None
    if item.link and is_fragment_of_home(item.link) and named is None:
        return Message("item-refused.fragment", link=item.link)
    identity = item.id or item.link
    if not identity:
        return Message("item-refused.nameless")
    if is_home(identity):
        return Message("item-refused.home", link=identity)
    if identity != identity.strip():
        return Message("item-refused.id-space", id=identity)
    if len(identity.splitlines()) > 1:
        return Message("item-refused.id-line", id=" ".join(identity.split()))
    if _CONTROL.search(identity):
        return Message("item-refused.id-control", id=_CONTROL.sub("", identity))
    if not is_normalized("NFC", identity):
        return Message("item-refused.id-decomposed", id=identity)
    if len(identity.encode("utf-8", "ignore")) > MOST_BYTES_OF_ID:
        return Message("item-refused.id-long", most=MOST_BYTES_OF_ID)
    return None


def _refused(name: str, number: int, item: OldItem, reason: Message) -> RefusedItem:
    title = item.title or item.link or item.id or ""
    shown = title if len(title) <= _LONGEST_SHOWN else f"{title[:_LONGEST_SHOWN]}…"
    message = Message("item-refused.item", number=number, title=shown, reason=reason)
    problem = Problem(code="item-refused", message=message, location=Location(file=name))
    published = item.published or item.updated or ""
    return RefusedItem(problem=problem, number=number, reason=reason, title=shown, link=item.link, published=published)


def _article(item: OldItem, feed: OldFeed, name: str, clock: FeedClock, term: FeedTerm) -> OldArticle:
    link = _link(item, feed)
    body, from_summary = _body(item)
    section, *tags = item.categories or (term.section,)
    return OldArticle(
        id=item.id or item.link,
        title=item.title,
        link=link,
        keys=article_keys(link),
        times=read_times(item.published, item.updated, clock),
        body=body,
        from_summary=from_summary,
        summary=None if from_summary else item.summary,
        authors=item.authors,
        by_name=not clock.is_rss,
        section=section,
        tags=tuple(dict.fromkeys((*tags, *([term.tag] if term.tag else ())))),
        pictures=tuple(_absolute(item.pictures, link or feed.link)),
        is_permalink=item.is_permalink,
        sources=[name],
        told=[_twice(item, name)] if item.title_twice else [],
    )


def _twice(item: OldItem, name: str) -> Problem:
    message = Message("import-unsure.title-twice", title=item.title)
    return Problem(code="import-unsure", message=message, location=Location(file=name))


def _link(item: OldItem, feed: OldFeed) -> str:
    """The address of the article itself, as it stands where it is one; empty where there is none."""
    for text in (item.link, (item.id or "") if item.is_permalink else ""):
        address = text if text.startswith(("http://", "https://")) else joined(feed.link, text) if text else ""
        if address and ascii_url(address) and not is_home(address):
            return address
    return ""


def _body(item: OldItem) -> tuple[OldText | None, bool]:
    """The text of the article, and whether it is only what stood as description."""
    content = item.content if item.content and has_text(item.content) else None
    if content is not None:
        return content, False
    summary = item.summary if item.summary and has_text(item.summary) else None
    return summary, summary is not None


def has_text(text: OldText) -> bool:
    """Tell whether readers see anything of a text."""
    return bool(text.text.strip()) and (
        not text.is_html or bool(_SHOWN.search(text.text) or _TAG.sub("", text.text).replace("&nbsp;", "").strip())
    )


def _absolute(pictures: Iterable[OldPicture], base: str) -> Iterator[OldPicture]:
    for picture in pictures:
        address = joined(base, picture.url) if base else picture.url
        if ascii_url(address):
            yield OldPicture(url=address, caption=picture.caption, credit=picture.credit)


def _merge(known: OldArticle, other: OldArticle) -> None:
    """Take over what another feed says of the same article: the richer body, the earlier date, all else it lacks."""
    if _richness(other) > _richness(known):
        known.body, known.from_summary = other.body, other.from_summary
    known.times = earliest([known.times, other.times])
    known.title, known.link = known.title or other.title, known.link or other.link
    known.keys = tuple(dict.fromkeys((*known.keys, *other.keys)))
    known.summary = known.summary or other.summary
    if not known.authors:
        known.authors, known.by_name = other.authors, other.by_name
    known.pictures = known.pictures or other.pictures
    terms = dict.fromkeys((*known.tags, other.section, *other.tags))
    known.section = known.section or other.section
    known.tags = tuple(term for term in terms if term and term != known.section)
    known.sources += [source for source in other.sources if source not in known.sources]
    known.told += [problem for problem in other.told if problem not in known.told]


def _may_be_one(known: OldArticle, other: OldArticle) -> bool:
    """Tell whether what has one id may be one article: some feeds give one id to several."""
    same_address = not (known.keys and other.keys) or bool(set(known.keys) & set(other.keys))
    return same_address or _alike(known.title, other.title)


def _richness(article: OldArticle) -> tuple[int, bool]:
    return (len(_TAG.sub("", article.body.text)) if article.body else -1, not article.from_summary)


def _alike(title: str, other: str) -> bool:
    return _SIGNS.sub("", title).casefold() == _SIGNS.sub("", other).casefold()
