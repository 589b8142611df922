"""The entries of each feed, and their order.

`select` converts definitions to selections: a feed, and the listings of its current document. Only this module decides
order, filters and omissions.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import asdict

from sosik.edition.kept import NOTHING, Kept
from sosik.edition.window import CORRECTED_STAYS, ENTRY_BUDGET, HOUR, Windowed, content_of, window
from sosik.errors import Location, Problem
from sosik.file_names import name_on_windows
from sosik.model import (
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Criteria,
    Criterion,
    Feed,
    FeedDefinition,
    FormatName,
    Listing,
    Publication,
)
from sosik.model.feed import alias_format
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store.rows import FamilyRow
from sosik.words import Message

NEWS_LASTS = Seconds(2 * 24 * HOUR)
"""Seconds for which an article stands in the news sitemap."""

SLUG_BYTES = 80

VALUES: dict[Criterion, Callable[[Listing], tuple[str, ...]]] = {
    Criterion.SECTION: lambda listing: (listing.section,) if listing.section else (),
    Criterion.TAG: lambda listing: listing.tags,
    Criterion.AUTHOR: lambda listing: listing.authors,
}
"""What a listing holds under each key of `select`, `exclude` and `each`."""


EVERYTHING = Criteria()

Key = tuple[str, str]
"""A feed: its definition, and the value of a family, else empty."""


class Selection(Struct, frozen=True, kw_only=True):
    """One document of a feed, in each of its formats, and the listings in it, newest first.

    `value` is that of a family, else empty. `labels` are those of the documents of its archive, the oldest first, where
    this is the current one; `label` is its own where it is one of them. `links` lead to the documents around this one.
    `aliases` are its other addresses, each with its format, `kept` what its feed goes on with. One that `stands` is of
    a feed that nothing makes any more, and has no `definition`. Of the `shortened` members only the summary is shown,
    because of the document's size; `too_many` and `too_large` are how many it should show and does not.
    """

    feed: Feed
    members: tuple[Listing, ...]
    value: str = ""
    labels: tuple[str, ...] = ()
    label: str = ""
    links: ArchiveLinks = NO_ARCHIVE
    aliases: Mapping[DocumentPath, FormatName] = field(default_factory=dict)
    kept: Kept = NOTHING
    stands: bool = False
    definition: FeedDefinition | None = None
    shortened: frozenset[EntryId] = frozenset()
    too_many: int = 0
    too_large: int = 0

    def content_of(self, listing: Listing) -> Content:
        """Return how much of a member the document shows."""
        return Content.SUMMARY if listing.id in self.shortened else content_of(listing, self.feed.content)

    @property
    def is_current(self) -> bool:
        """Whether this is the document that people subscribe to, not one of its archive."""
        return self.links.current is None

    @property
    def base(self) -> str:
        """The name of the feed, also of a document of its archive."""
        return self.feed.name.removesuffix(f"/archive/{self.label}") if self.label else self.feed.name

    @property
    def formats(self) -> tuple[FormatName, ...]:
        """Every format in which it is made, at whatever address."""
        kept, label = self.kept, self.label
        others = [form for one in kept.archives if label in one.labels for form in one.formats]
        aliases = () if label else (*self.aliases.values(), *kept.aliases.values())
        made = {*self.feed.formats, *kept.formats, *aliases, *others}
        return tuple(name for name in FormatName if name in made)


def public(listings: Iterable[Listing], now: Seconds) -> list[Listing]:
    """Return what may be seen at `now` (seconds), newest first; equal instants in the order of their ids."""
    seen = (listing for listing in listings if listing.published <= now)
    return sorted(seen, key=lambda listing: (-listing.published, listing.id))


def later_instants(listing: Listing) -> set[Seconds]:
    """Return the instants (seconds) at which an entry changes by itself after its publication.

    An edit stamped ahead comes true, a correction has stood in the current documents long enough. That it leaves the
    news sitemap follows from its publication.
    """
    return {*listing.due, *(Seconds(at + CORRECTED_STAYS) for at in listing.corrected)} - {listing.published}


def memberships(definition: FeedDefinition, listing: Listing) -> tuple[str, ...]:
    """Return the values of a family whose feeds an entry is in, or one empty text where a feed has no values.

    An entry that no feed can carry is in none.
    """
    return memberships_of(definition)(listing)


def memberships_of(definition: FeedDefinition) -> Callable[[Listing], tuple[str, ...]]:
    """Return what gives the `memberships` of one entry after another."""
    values = VALUES[definition.each] if definition.each else None
    takes_all = definition.select == EVERYTHING and definition.exclude == EVERYTHING

    def found(listing: Listing) -> tuple[str, ...]:
        if listing.summary_size > ENTRY_BUDGET or not (takes_all or _is_taken(definition, listing)):
            return ()
        return tuple(dict.fromkeys(values(listing))) if values is not None else ("",)

    return found


def family(definition: FeedDefinition, values: Iterable[str], *, known: Collection[str]) -> list[FamilyRow]:
    """Return the values of a family that have entries enough, in order, and whose the feed at each one's address is."""
    owners: dict[str, str] = {}
    rows = []
    for value in sorted(values, key=lambda value: (feed_name(definition, value) not in known, value)):
        folder = path_part(
            definition, value
        ).casefold()  # where documents are files, some systems tell no /AB/ from /ab/
        owner = owners.setdefault(folder, value) if folder else ""
        rows.append(FamilyRow(definition.name, value, owner))
    return sorted(rows)


def slug(value: str) -> str:
    """Return a value as it stands in a path: NFC, no / ? # % or control characters, spaces as hyphens, 80 bytes.

    Hangul stays, and the name is one on Windows too. A value of which nothing is left, or only dots, gives an empty
    text.
    """
    return name_on_windows(slug_anywhere(value))


def slug_anywhere(value: str) -> str:
    """Return a value as it stood in a path before it was to be a name on Windows."""
    text = re.sub(r"[/?#%\\\x00-\x1f\x7f]", "", unicodedata.normalize("NFC", value))
    text = re.sub(r"\s+", "-", text.strip())
    while len(text.encode()) > SLUG_BYTES:
        text = text[:-1]
    return text if text.strip(".") else ""


def is_excluded(definition: FeedDefinition, listing: Listing) -> bool:
    """Tell whether a definition leaves out on purpose an entry that it would select."""
    if definition.exclude == EVERYTHING or not _matches(definition.exclude, listing):
        return False
    return definition.select == EVERYTHING or _matches(definition.select, listing)


def _is_taken(definition: FeedDefinition, listing: Listing) -> bool:
    if definition.select != EVERYTHING and not _matches(definition.select, listing):
        return False
    return definition.exclude == EVERYTHING or not _matches(definition.exclude, listing)


def _matches(criteria: Criteria, listing: Listing) -> bool:
    wanted = {
        Criterion.SECTION: criteria.section,
        Criterion.TAG: criteria.tag,
        Criterion.AUTHOR: criteria.author,
    }
    return all(not names or not set(names).isdisjoint(VALUES[key](listing)) for key, names in wanted.items())


def selection_of(
    definition: FeedDefinition,
    value: str,
    listings: Sequence[Listing],
    publication: Publication,
    *,
    now: Seconds,
    recent: int | None = None,
) -> Selection:
    """Return the current document of a feed out of its `listings`, newest first; the older ones may be left out.

    Those are needed that may be among the newest, and those corrected lately. `recent` is how many the hours of the
    window hold, where not all of these are among them.
    """
    # `/feed` beside `/feed/` is the same, and servers send it there.
    aliases = (DocumentPath(alias) for alias in definition.aliases if f"{alias}/" not in definition.aliases)
    shown: Windowed = window(listings, definition.window, now=now, content=definition.content, recent=recent)
    return Selection(
        feed=feed_of(definition, value, publication),
        definition=definition,
        value=value,
        aliases={alias: alias_format(alias, definition.formats) for alias in aliases},
        **asdict(shown),
    )


def feed_of(definition: FeedDefinition, value: str, publication: Publication) -> Feed:
    """Return a feed as it is before it has entries; `value` is that of a family, else empty."""
    name = feed_name(definition, value)
    filled = {"value": value, "slug": path_part(definition, value)} if definition.each else {}
    return Feed(
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


def feed_name(definition: FeedDefinition, value: str) -> str:
    """Return the name of a feed: that of its definition, in a family with the value."""
    return f"{definition.name}/{value}" if value else definition.name


def _feed_id(definition: FeedDefinition, name: str, publication: Publication) -> str:
    return definition.id if definition.id and not definition.each else feed_id(name, publication)


def feed_id(name: str, publication: Publication) -> str:
    """Return the id of a feed for which its definition names none."""
    return f"tag:{publication.authority}:feed/{quote(name)}"


def _fill(text: str, values: dict[str, str]) -> str:
    """Put the values of a family into its title or path; other braces stay as they are."""
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def path_part(definition: FeedDefinition, value: str) -> str:
    """Return a value of a family as it stands in its feed's path."""
    return definition.slugs.get(value) or slug(value)


def remarks(
    definitions: Iterable[FeedDefinition], without: Collection[FamilyRow], is_empty: Callable[[str], bool]
) -> list[Problem]:
    """Return a problem for each value of a family that is `without` a feed, and for each feed that `is_empty`."""
    problems: list[Problem] = []
    for definition in definitions:
        mine = (row for row in without if row.feed == definition.name)
        problems += [_slug_problem(definition, row.value, row.owner) for row in mine]
        if not definition.each and is_empty(definition.name):
            problems.append(_empty(definition))
    return problems


def _slug_problem(definition: FeedDefinition, value: str, owner: str) -> Problem:
    if not owner:
        message = Message("slug-collision.nothing", value=value)
    else:
        message = Message("slug-collision.same", value=value, owner=owner, slug=path_part(definition, value))
    hint = Message("slug-collision.name-hint", value=value)
    return Problem(code="slug-collision", message=message, location=definition.location, hint=hint)


def too_large(listings: Iterable[Listing]) -> list[Problem]:
    """Return a problem for each entry that no feed can carry."""
    return [_too_large(listing) for listing in listings if listing.summary_size > ENTRY_BUDGET]


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
