"""Which entries stand in which feed, and in what order.

`select` turns the definitions into selections: a feed, and the listings of its current document. Order, filters and
omissions are decided here and nowhere else.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from sosik.edition.memo import NO_MEMO, Memo
from sosik.errors import Location, Problem
from sosik.model import (
    NO_ARCHIVE,
    ArchiveLinks,
    ArchivePeriod,
    Content,
    Criteria,
    Criterion,
    Feed,
    FeedDefinition,
    Listing,
    Publication,
    Window,
)
from sosik.model.values import Seconds
from sosik.words import Message

HOUR = 3600
CORRECTED_STAYS = 7 * 24 * HOUR
"""Seconds for which a corrected entry stands in its feeds' current documents again."""

NEWS_LASTS = 2 * 24 * HOUR
"""Seconds for which an article stands in the news sitemap."""

SLUG_BYTES = 80

ENTRY_BUDGET = 300_000
"""Bytes: an entry that takes more stands in feeds as its summary."""

DOCUMENT_BUDGET = 1_200_000
"""Bytes of a current document, as far as its entries' sizes tell; older entries give way. No reader is sent 2 MB."""

OVERHEAD = 1_500
"""Bytes that an entry takes in a feed beside its text, about."""

VALUES: dict[Criterion, Callable[[Listing], tuple[str, ...]]] = {
    Criterion.SECTION: lambda listing: (listing.section,) if listing.section else (),
    Criterion.TAG: lambda listing: listing.tags,
    Criterion.AUTHOR: lambda listing: listing.authors,
}
"""What a listing holds under each key of `select`, `exclude` and `each`."""


EVERYTHING = Criteria()


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """One document of a feed, in each of its formats, and the listings in it, newest first.

    `value` is that of a family, else empty. `archive` is everything the feed ever selected, where it keeps an archive;
    `links` lead to the documents around this one.
    """

    feed: Feed
    definition: FeedDefinition
    members: tuple[Listing, ...]
    value: str = ""
    archive: tuple[Listing, ...] = ()
    links: ArchiveLinks = NO_ARCHIVE

    @property
    def is_current(self) -> bool:
        """Whether this is the document that people subscribe to, not one of its archive."""
        return self.links.current is None


def public(listings: Iterable[Listing], now: Seconds) -> list[Listing]:
    """Return what may be seen at `now` (seconds), newest first; equal instants in the order of their ids."""
    seen = (listing for listing in listings if listing.published <= now)
    return sorted(seen, key=lambda listing: (-listing.published, listing.id))


def next_due(listings: Iterable[Listing], now: Seconds) -> Seconds | None:
    """Return the next instant (seconds) at which an edition would differ though no file did, or None.

    An embargo ends, an edit stamped ahead comes true, a correction has stood in the current documents long enough, an
    article leaves the news sitemap.
    """
    ahead = (at for listing in listings for at in _instants(listing) if at > now)
    return min(ahead, default=None)


def _instants(listing: Listing) -> Iterator[Seconds]:
    yield from listing.due
    yield Seconds(listing.published + NEWS_LASTS)
    yield from (Seconds(at + CORRECTED_STAYS) for at in listing.corrected)


def select(
    definitions: Iterable[FeedDefinition],
    listings: Sequence[Listing],
    publication: Publication,
    *,
    now: Seconds,
    known: Collection[str] = (),
    memo: Memo = NO_MEMO,
) -> tuple[list[Selection], list[Problem]]:
    """Return the selections of all definitions, families unfolded, and what was found on the way.

    `listings` are those that `public` returned; `now` is in seconds. `known` are the names of the feeds of the edition
    before: where two values claim one slug, the feed that readers already have keeps it.
    """
    selections: list[Selection] = []
    problems = [_too_large(listing) for listing in listings if listing.summary_size > ENTRY_BUDGET]
    listings = [listing for listing in listings if listing.summary_size <= ENTRY_BUDGET] if problems else listings
    for definition in definitions:
        matching = [*_taken(definition, listings)]
        chosen = {"": matching}
        if definition.each:
            chosen, slips = _family(definition, definition.each, matching, known=known)
            problems += slips
        elif not matching:
            problems.append(_empty(definition))
        for value, members in chosen.items():
            make = partial(_selection, definition, members, publication, now=now, value=value)
            selections.append(memo.get(("selection", definition.name, value), members, make))
    return selections, problems


def window(listings: Sequence[Listing], limits: Window, *, now: Seconds) -> tuple[Listing, ...]:
    """Return the listings of a current document out of a feed's listings, newest first. `now` is in seconds.

    At least `limits.entries`, all of the `limits.hours` before the newest, never more than `limits.at_most`; and those
    corrected within the last 7 days, however old. Where there is no room for all, the newest come first (half of
    `at_most`, no more than `entries`), then what was corrected, the last correction first, then the others by age.
    """
    if not listings:
        return ()
    since = listings[0].published - limits.hours * HOUR
    recent = sum(1 for listing in listings if listing.published >= since)
    take = min(max(limits.entries, recent), limits.at_most)
    sure = min(limits.entries, max(1, limits.at_most // 2))
    again = [listing for listing in listings[sure:] if _last_corrected(listing, now) > now - CORRECTED_STAYS]
    again.sort(key=lambda listing: -_last_corrected(listing, now))
    ranked = {listing.id: listing for listing in (*listings[:sure], *again, *listings[sure:take])}
    shown = {listing.id for listing in _within_budget([*ranked.values()][: limits.at_most])}
    return tuple(listing for listing in listings if listing.id in shown)


def size_of(listing: Listing) -> int:
    """Return about how many bytes an entry takes in a feed: its text, or its summary where it is too long."""
    return (listing.size if listing.size <= ENTRY_BUDGET else listing.summary_size) + OVERHEAD


def content_of(listing: Listing, content: Content) -> Content:
    """Return which content of an entry a feed shows: always a summary of one that is too long."""
    return content if listing.size <= ENTRY_BUDGET else Content.SUMMARY


def _within_budget(members: Sequence[Listing]) -> Sequence[Listing]:
    """Return the members that fit into one document, the first before the others."""
    total = 0
    for number, listing in enumerate(members):
        total += size_of(listing)
        if total > DOCUMENT_BUDGET:
            return members[:number]
    return members


def slug(value: str) -> str:
    """Return a value as it stands in a path: NFC, no / ? # % or control characters, spaces as hyphens, 80 bytes.

    Hangul stays. A value of which nothing is left, or only dots, gives an empty text.
    """
    text = re.sub(r"[/?#%\\\x00-\x1f\x7f]", "", unicodedata.normalize("NFC", value))
    text = re.sub(r"\s+", "-", text.strip())
    while len(text.encode()) > SLUG_BYTES:
        text = text[:-1]
    return text if text.strip(".") else ""


def _taken(definition: FeedDefinition, listings: Iterable[Listing]) -> Iterable[Listing]:
    if definition.select != EVERYTHING:
        listings = [listing for listing in listings if _matches(definition.select, listing)]
    if definition.exclude != EVERYTHING:
        listings = [listing for listing in listings if not _matches(definition.exclude, listing)]
    return listings


def _matches(criteria: Criteria, listing: Listing) -> bool:
    wanted = {
        Criterion.SECTION: criteria.section,
        Criterion.TAG: criteria.tag,
        Criterion.AUTHOR: criteria.author,
    }
    return all(not names or not set(names).isdisjoint(VALUES[key](listing)) for key, names in wanted.items())


def _last_corrected(listing: Listing, now: Seconds) -> int:
    """Return the last correction that is not ahead of `now`, or 0; all instants are in seconds."""
    return max((at for at in listing.corrected if at <= now), default=0)


def _selection(
    definition: FeedDefinition, listings: Sequence[Listing], publication: Publication, *, now: Seconds, value: str = ""
) -> Selection:
    name = f"{definition.name}/{value}" if value else definition.name
    filled = {"value": value, "slug": _path_part(definition, value)} if definition.each else {}
    feed = Feed(
        name=name,
        title=_fill(definition.title, filled),
        path=_fill(definition.path, filled),
        id=_feed_id(definition, name, publication),
        updated=authority_date(publication),
        description=_fill(definition.description, filled),
        content=definition.content,
        formats=definition.formats,
        definition=definition.name,
    )
    return Selection(
        feed=feed,
        definition=definition,
        members=window(listings, definition.window, now=now),
        value=value,
        archive=tuple(listings) if definition.archive is not ArchivePeriod.NONE else (),
    )


def _feed_id(definition: FeedDefinition, name: str, publication: Publication) -> str:
    if definition.id and not definition.each:
        return definition.id
    return f"tag:{publication.authority}:feed/{quote(name)}"


def _fill(text: str, values: dict[str, str]) -> str:
    """Put the values of a family into its title or path; other braces stay as they are."""
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def _family(
    definition: FeedDefinition, criterion: Criterion, listings: Sequence[Listing], *, known: Collection[str]
) -> tuple[dict[str, list[Listing]], list[Problem]]:
    """Return the listings of each feed of a family, by its value, and a problem for each value that gets no feed."""
    grouped: dict[str, list[Listing]] = {}
    values = VALUES[criterion]
    for listing in listings:
        for value in dict.fromkeys(values(listing)):
            grouped.setdefault(value, []).append(listing)
    used = {value: members for value, members in grouped.items() if len(members) >= definition.minimum}
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for value in sorted(used, key=lambda value: (f"{definition.name}/{value}" not in known, value)):
        part = _path_part(definition, value)
        folder = part.casefold()  # where documents are files, some systems tell no /AB/ from /ab/
        if not part or folder in owners:
            problems.append(_slug_problem(definition, value, part, owners.get(folder, "")))
            continue
        owners[folder] = value
    return {value: used[value] for value in sorted(owners.values())}, problems


def _path_part(definition: FeedDefinition, value: str) -> str:
    return definition.slugs.get(value) or slug(value)


def _slug_problem(definition: FeedDefinition, value: str, part: str, owner: str) -> Problem:
    if not part:
        message = Message("slug-collision.nothing", value=value)
    else:
        message = Message("slug-collision.same", value=value, owner=owner, slug=part)
    hint = Message("slug-collision.name-hint", value=value)
    return Problem(code="slug-collision", message=message, location=definition.location, hint=hint)


def _too_large(listing: Listing) -> Problem:
    return Problem(
        code="entry-too-large",
        message=Message("entry-too-large.feeds", size=listing.summary_size // 1000),
        location=Location(file=f"content/{listing.source}"),
        hint=Message("entry-too-large.hint"),
    )


def _empty(definition: FeedDefinition) -> Problem:
    return Problem(
        code="feed-empty",
        message=Message("feed-empty.feed", feed=definition.name),
        location=Location(file=definition.location.file),
        hint=Message("feed-empty.hint"),
    )


def authority_date(publication: Publication) -> datetime:
    """Return the first day of the authority's date (RFC 4151, 2.1): the updated of a feed that never had an entry."""
    year, month, day = ([int(part) for part in publication.authority.rpartition(",")[2].split("-")] + [1, 1])[:3]
    return datetime(year, month, day, tzinfo=UTC)
