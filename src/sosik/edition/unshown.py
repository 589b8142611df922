"""Reports new entries that no feed shows, and windows that could not be kept.

Older entries of an archive are not reported: current documents need not show them.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from sosik.dates import Precision
from sosik.edition.plans import Plan
from sosik.edition.selection import Key, Selection, is_excluded, memberships_of, public
from sosik.edition.terms import Terms
from sosik.edition.window import ENTRY_BUDGET
from sosik.errors import Location, Problem
from sosik.model import DocumentKind, Listing, Outcome, Window
from sosik.model.instants import instant
from sosik.model.values import EntryId
from sosik.render.instants import numerals
from sosik.store import FeedRow, Origin, Store
from sosik.words import Message

MOST_NAMED = 20
"""New entries that are told by name; of further ones it is said how many there are."""

_FEW = 2_000
"""New entries that are read by their ids."""


class Unshown(NamedTuple):
    """An entry that readers can see for the first time and no feed shows, and the feeds that it is a member of."""

    listing: Listing
    keys: tuple[Key, ...]


class News(Struct, frozen=True, kw_only=True):
    """What is to be told of new entries: the feeds that have some, and how many no feed shows; the first of these."""

    keys: Collection[Key]
    missed: int
    first: Sequence[Unshown]


def news_of(store: Store, terms: Terms, outcomes: Mapping[str, Outcome]) -> News:
    """Return what is to be told of the new entries, of which no more than the first are kept in memory."""
    ids = [EntryId(id_) for id_ in islice((id_ for id_, one in outcomes.items() if one is Outcome.NEW), _FEW + 1)]
    keys_of = _keys_of(terms)
    if len(ids) <= _FEW:
        few = public(store.membership.listings(ids).values(), terms.now)
        return _news(terms, few, keys_of, _shown(store, terms, {key for one in few for key in keys_of(one)}))
    listings = store.membership.visible(terms.now)
    return _news(
        terms, (one for one in listings if outcomes.get(one.id) is Outcome.NEW), keys_of, _shown(store, terms, None)
    )


def _news(
    terms: Terms, listings: Iterable[Listing], keys_of: Callable[[Listing], tuple[Key, ...]], shown: Collection[EntryId]
) -> News:
    keys: set[Key] = set()
    first: list[Unshown] = []
    missed = 0
    for listing in listings:
        mine = keys_of(listing)
        keys.update(mine)
        if terms.definitions and listing.id not in shown and not _is_left_out(terms, listing):
            missed += 1
            if missed <= MOST_NAMED:
                first.append(Unshown(listing, mine))
    return News(keys=keys, missed=missed, first=first)


def _keys_of(terms: Terms) -> Callable[[Listing], tuple[Key, ...]]:
    """Return what gives the feeds that one entry after another is a member of."""
    choosing = [(one.name, memberships_of(one)) for one in terms.definitions]
    return lambda listing: tuple((name, value) for name, values_of in choosing for value in values_of(listing))


def _shown(store: Store, terms: Terms, keys: Collection[Key] | None) -> set[EntryId]:
    """Return what the current documents of some feeds show, or of all."""
    families = store.membership.families(one.name for one in terms.definitions if one.each)
    offered = {(row.feed, row.value) for row in families if row.owner == row.value}
    offered |= {(one.name, "") for one in terms.definitions if not one.each}
    asked = offered if keys is None else offered.intersection(keys)
    return {id_ for row in store.membership.feeds(map(terms.name, sorted(asked))).values() for id_ in row.shown}


def _is_left_out(terms: Terms, listing: Listing) -> bool:
    """Tell whether definitions leave an entry out on purpose, or it is told that no feed can carry it."""
    return listing.summary_size > ENTRY_BUDGET or any(is_excluded(one, listing) for one in terms.definitions)


def told_unshown(terms: Terms, news: News) -> Iterator[Problem]:
    """Yield a warning for each new entry that no feed shows, and one that counts those beyond `MOST_NAMED`."""
    yield from (_unshown(terms, one) for one in news.first)
    if news.missed > len(news.first):
        yield Problem(
            code="entry-unshown",
            message=Message("entry-unshown.more", count=news.missed - len(news.first)),
            location=Location(file="content"),
        )


def _unshown(terms: Terms, one: Unshown) -> Problem:
    listing, feeds = one.listing, tuple(dict.fromkeys(f"feeds/{name}.yaml" for name, _ in one.keys))
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
    news: News,
) -> Iterator[Problem]:
    """Yield a warning for each feed that shows less than its window promises, where its document changes or has news.

    `before` is what stands at the paths of the plans, `remembered` what the feeds showed before.
    """
    changed = {plan.feed for plan in plans if plan.kind is DocumentKind.FEED and before.get(plan.path) != plan.origin}
    for selection in selections:
        is_concerned = selection.feed.name in changed or (selection.feed.definition, selection.value) in news.keys
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
