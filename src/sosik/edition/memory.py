"""The state of feeds between editions: their newest change, and withdrawn entries that they showed."""

import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from sosik.edition.selection import Selection
from sosik.model import Listing, Tombstone
from sosik.model.instants import instant, seconds
from sosik.model.values import EntryId, Seconds
from sosik.store.rows import FeedRow

PAST = 300
"""How many ids a feed remembers of those that it does not show any more."""

TOMBSTONE_STAYS = 30 * 24 * 3600
"""Seconds for which a feed tells that an entry was taken back."""


def with_memory(
    selections: Iterable[Selection],
    remembered: Mapping[str, FeedRow],
    withdrawn: Mapping[EntryId, Seconds],
    *,
    now: Seconds,
    tombstones: bool = False,
) -> list[Selection]:
    """Return the selections with each feed's `updated`: the newest change of any entry it ever selected.

    `remembered` is what feeds knew at the edition before, `withdrawn` maps withdrawn ids to the instant of it; `now`
    and all instants are in seconds. So a feed's `updated` never goes back, and moves when one of its entries is taken
    away; with `tombstones` the current feed tells which that was.
    """
    return [
        _remembering(selection, remembered.get(selection.feed.name), withdrawn, now=now, tombstones=tombstones)
        for selection in selections
    ]


def in_memory(rows: Iterable[FeedRow]) -> set[EntryId]:
    """Return the entries that feeds show or remember to have shown."""
    return {id_ for row in rows for id_ in (*row.shown, *json.loads(row.past))}


def _remembering(
    selection: Selection,
    memory: FeedRow | None,
    withdrawn: Mapping[EntryId, Seconds],
    *,
    now: Seconds,
    tombstones: bool,
) -> Selection:
    instants = [_changed(listing, now) for listing in selection.members]
    graves: tuple[Tombstone, ...] = ()
    if memory is not None:
        instants += [memory.updated, *(withdrawn[id_] for id_ in memory.shown if id_ in withdrawn)]
        graves = _tombstones(memory, withdrawn, now) if tombstones and selection.is_current else ()
    instants += [seconds(grave.when) for grave in graves]
    newest = instant(max(instants)) if instants else selection.feed.updated
    return replace(selection, feed=replace(selection.feed, updated=newest, tombstones=graves))


def _tombstones(memory: FeedRow, withdrawn: Mapping[EntryId, Seconds], now: Seconds) -> tuple[Tombstone, ...]:
    """Return what a feed once showed and was lately taken back, the last first."""
    ids = {*memory.shown, *json.loads(memory.past)}.intersection(withdrawn)
    lately = (Tombstone(id_, instant(withdrawn[id_])) for id_ in ids if withdrawn[id_] + TOMBSTONE_STAYS > now)
    return tuple(sorted(lately, key=lambda grave: (-grave.when.timestamp(), grave.id)))


def _changed(listing: Listing, now: Seconds) -> Seconds:
    """Return the newest significant change that is not ahead of `now`."""
    return max((at for at in listing.due if at <= now), default=listing.published)


def feed_rows(selections: Iterable[Selection], remembered: Mapping[str, FeedRow]) -> Iterator[FeedRow]:
    """Yield what feeds remember of this edition, where that is not what they `remembered` before."""
    for selection in selections:
        before = remembered.get(selection.feed.name)
        row = feed_row(selection, before)
        if row != before:
            yield row


def feed_row(selection: Selection, before: FeedRow | None) -> FeedRow:
    """Return what a feed remembers of this edition; `before` is what it remembered so far."""
    feed, members = selection.feed, selection.members
    shortened = [one.id for one in members if selection.content_of(one) is not feed.content]
    ids = [listing.id for listing in members]
    past: list[str] = [] if before is None else [*before.shown, *json.loads(before.past)]
    here = set(ids)
    kept = [id_ for id_ in dict.fromkeys(past) if id_ not in here]
    ends = (Seconds(seconds(grave.when) + TOMBSTONE_STAYS) for grave in feed.tombstones)
    return FeedRow(
        name=feed.name,
        updated=seconds(feed.updated),
        members=json.dumps(ids),
        past=json.dumps(kept[:PAST]),
        content=feed.content,
        shortened=json.dumps(shortened),
        labels=json.dumps(selection.labels),
        due=min(ends, default=None),
    )


def ended(rows: Iterable[FeedRow]) -> Iterator[FeedRow]:
    """Yield what feeds remember that are there no more, where that is not what they remembered before."""
    for row in rows:
        over = row._replace(labels="[]", due=None)
        if over != row:
            yield over
