"""The size of a feed's current document: its entries, and which of them are only summaries.

`entries` and `hours` of a window take precedence over `at_most` and the size of a document, up to the limits of
readers. Omitted entries are counted.
"""

from collections.abc import Sequence

from msgspec import Struct

from sosik.model import Content, Listing, Window
from sosik.model.publication import MOST_ENTRIES
from sosik.model.values import EntryId, Seconds

HOUR = 3600
CORRECTED_STAYS = 7 * 24 * HOUR
"""Seconds for which a corrected entry stands in its feeds' current documents again."""

BURST = 3
"""How many times `at_most` a document shows where so many entries are of the promised hours."""

ENTRY_BUDGET = 300_000
"""Bytes: an entry that takes more stands in feeds as its summary."""

DOCUMENT_BUDGET = 1_200_000
"""Bytes of a current document up to which it shows whole texts, as far as its entries' sizes tell."""

PLACES_BUDGET = 1_800_000
"""Bytes up to which it has a place for an entry at all, if only for the summary. No reader is sent 2 MB."""

OVERHEAD = 1_500
"""Bytes that an entry takes in a feed beside its text, about."""


class Windowed(Struct, frozen=True):
    """What a current document shows: `members`, newest first, and of them those that are `shortened` for its size.

    Of what it should show by the promises, `too_many` entries are left out by their number, `too_large` by their size.
    """

    members: tuple[Listing, ...] = ()
    shortened: frozenset[EntryId] = frozenset()
    too_many: int = 0
    too_large: int = 0


NOTHING = Windowed()


def most_shown(limits: Window) -> int:
    """Return how many entries a document shows at the very most, in a burst."""
    return min(BURST * limits.at_most, MOST_ENTRIES)


def promised_since(newest: Listing, limits: Window) -> Seconds:
    """Return the instant from which on a document promises all entries; `newest` is the newest of its feed."""
    return Seconds(newest.published - limits.hours * HOUR)


def window(
    listings: Sequence[Listing], limits: Window, *, now: Seconds, content: Content, recent: int | None = None
) -> Windowed:
    """Return what a current document shows out of a feed's listings, newest first. `now` is in seconds.

    At least `limits.entries`, all of the `limits.hours` before the newest (`recent` of them, where not all are among
    the listings); and those corrected within the last 7 days, however old. Where there is no room for all, the newest
    come first (half of `at_most`, no more than `entries`), then what was corrected, the last correction first, then the
    others by age. Room is for `limits.at_most`, in a burst of new entries for up to three times as many.
    """
    if not listings:
        return NOTHING
    since = promised_since(listings[0], limits)
    here = sum(1 for listing in listings if listing.published >= since)
    recent = here if recent is None else recent
    sure = min(limits.entries, max(1, limits.at_most // 2))
    lately = {one.id: at for one in listings if (at := last_corrected(one, now)) > now - CORRECTED_STAYS}
    again = sorted((one for one in listings[sure:] if one.id in lately), key=lambda one: -lately[one.id])
    older = sum(1 for one in again if one.published < since)
    room = limits.at_most if recent <= limits.at_most else min(recent + older, most_shown(limits))
    take = min(max(limits.entries, recent), room)
    ranked = {one.id: one for one in (*listings[:sure], *again, *listings[sure:take])}
    chosen = [*ranked.values()][:room]
    shown, shortened = _within_budget(chosen, content)
    promised = {*(one.id for one in listings[:here]), *lately}
    return Windowed(
        members=tuple(one for one in listings if one.id in shown),
        shortened=frozenset(shortened),
        too_many=len(promised) + recent - here - sum(1 for one in chosen if one.id in promised),
        too_large=len(chosen) - len(shown),
    )


def size_of(listing: Listing, content: Content = Content.FULL) -> int:
    """Return about how many bytes an entry takes in a feed: its text, or its summary where it is too long."""
    size = listing.size if content_of(listing, content) is Content.FULL else listing.summary_size
    return size + OVERHEAD


def content_of(listing: Listing, content: Content) -> Content:
    """Return which content of an entry a feed shows: always a summary of one that is too long."""
    return content if listing.size <= ENTRY_BUDGET else Content.SUMMARY


def last_corrected(listing: Listing, now: Seconds) -> int:
    """Return the last correction that is not ahead of `now`, or 0; all instants are in seconds."""
    return max((at for at in listing.corrected if at <= now), default=0)


def _within_budget(members: Sequence[Listing], content: Content) -> tuple[set[EntryId], set[EntryId]]:
    """Return which members fit into one document, and of them those that only fit as their summary.

    The first come before the others; as many as fit as summaries have their place, and then as many the whole text.
    """
    taken, fitting = 0, 0
    for listing in members:
        if taken + size_of(listing, Content.SUMMARY) > PLACES_BUDGET:
            break
        taken += size_of(listing, Content.SUMMARY)
        fitting += 1
    room = DOCUMENT_BUDGET - taken
    shortened: set[EntryId] = set()
    for listing in members[:fitting]:
        more = size_of(listing, content) - size_of(listing, Content.SUMMARY)
        room -= more
        if room < 0 < more:
            shortened.add(listing.id)
    return {listing.id for listing in members[:fitting]}, shortened
