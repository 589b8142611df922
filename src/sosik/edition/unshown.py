"""Reports new entries that no feed shows, and windows that could not be kept.

Older entries of an archive are not reported: current documents need not show them.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sosik.dates import Precision
from sosik.edition.choice import Choice
from sosik.edition.plans import Plan
from sosik.edition.selection import Key, Selection, is_excluded, memberships_of
from sosik.edition.terms import Terms
from sosik.edition.window import ENTRY_BUDGET
from sosik.errors import Location, Problem
from sosik.model import DocumentKind, Listing, Window
from sosik.model.instants import instant
from sosik.model.values import EntryId
from sosik.render.instants import numerals
from sosik.store import FeedRow, Origin, Store
from sosik.words import Message

MOST_NAMED = 20
"""New entries that are told by name; of further ones it is said how many there are."""


class News(NamedTuple):
    """An entry that readers can see for the first time, and the feeds that it is a member of."""

    listing: Listing
    keys: tuple[Key, ...]


def news_of(store: Store, terms: Terms, new: Collection[EntryId], choice: Choice) -> list[News]:
    """Return the new entries as news, newest first; a `choice` of everything holds them already."""
    if choice.is_whole:
        listings = [listing for listing in choice.visible if listing.id in new]
    else:
        listings = [*store.membership.listings(new).values()]
        listings.sort(key=lambda listing: (-listing.published, listing.id))
    choosing = [(one.name, memberships_of(one)) for one in terms.definitions]
    return [
        News(listing, tuple((name, value) for name, values_of in choosing for value in values_of(listing)))
        for listing in listings
    ]


def unshown(store: Store, terms: Terms, news: Collection[News]) -> list[News]:
    """Return the news that no feed's current document shows.

    Not those that the definitions leave out on purpose, nor those of which it is told that no feed can carry them.
    """
    if not terms.definitions or not news:
        return []
    families = store.membership.families(one.name for one in terms.definitions if one.each)
    offered = {(row.feed, row.value) for row in families if row.owner == row.value}
    offered |= {(one.name, "") for one in terms.definitions if not one.each}
    rows = store.membership.feeds({terms.name(key) for one in news for key in one.keys if key in offered})
    shown = {id_ for row in rows.values() for id_ in row.shown}
    return [one for one in news if one.listing.id not in shown and not _is_left_out(terms, one.listing)]


def _is_left_out(terms: Terms, listing: Listing) -> bool:
    return listing.summary_size > ENTRY_BUDGET or any(is_excluded(one, listing) for one in terms.definitions)


def told_unshown(terms: Terms, missed: Sequence[News]) -> Iterator[Problem]:
    """Yield a warning for each of the news that no feed shows, and one that counts those beyond `MOST_NAMED`."""
    yield from (_unshown(terms, one) for one in missed[:MOST_NAMED])
    if len(missed) > MOST_NAMED:
        yield Problem(
            code="entry-unshown",
            message=Message("entry-unshown.more", count=len(missed) - MOST_NAMED),
            location=Location(file="content"),
        )


def _unshown(terms: Terms, news: News) -> Problem:
    listing, feeds = news.listing, tuple(dict.fromkeys(f"feeds/{name}.yaml" for name, _ in news.keys))
    message, hint = Message("entry-unshown.taken"), Message("entry-unshown.taken-hint")
    if feeds:
        at = numerals(instant(listing.published), precision=Precision.MINUTE, timezone=terms.publication.timezone)
        message = Message("entry-unshown.filled", at=at, feeds=feeds)
        hint = Message("entry-unshown.filled-hint", id=listing.id)
    return Problem(
        code="entry-unshown", message=message, location=Location(file=f"content/{listing.source}"), hint=hint
    )


def overfull(
    selections: Iterable[Selection],
    plans: Collection[Plan],
    before: Mapping[str, Origin],
    remembered: Mapping[str, FeedRow],
    news: Collection[News],
) -> Iterator[Problem]:
    """Yield a warning for each feed that shows less than its window promises, where its document changes or has news.

    `before` is what stands at the paths of the plans, `remembered` what the feeds showed before.
    """
    having = {key for one in news for key in one.keys}
    changed = {plan.feed for plan in plans if plan.kind is DocumentKind.FEED and before.get(plan.path) != plan.origin}
    for selection in selections:
        is_concerned = selection.feed.name in changed or (selection.feed.definition, selection.value) in having
        if selection.is_current and is_concerned and selection.definition is not None:
            yield from _overfull(selection, selection.definition.window, remembered.get(selection.feed.name))


def _overfull(selection: Selection, limits: Window, memory: FeedRow | None) -> Iterator[Problem]:
    known = json.loads(memory.shortened) if memory else ()
    # An entry that is shown as its summary for some time is no news.
    shortened = len(selection.shortened) if selection.shortened.difference(known) else 0
    counts = (
        (selection.too_many, "feed-overfull.number", "feed-overfull.number-hint"),
        (selection.too_large, "feed-overfull.size", "feed-overfull.size-hint"),
        (shortened, "feed-overfull.shortened", "feed-overfull.shortened-hint"),
    )
    location = Location(file=f"feeds/{selection.feed.definition}.yaml")
    for count, key, hint in counts:
        if count:
            message = Message(key, feed=f"/{selection.feed.path}", count=count, hours=limits.hours)
            yield Problem(code="feed-overfull", message=message, location=location, hint=Message(hint))
