"""What feeds show out of all entries, which pass once, newest first: what no document shows is not kept."""

from collections.abc import Iterable
from datetime import tzinfo

from sosik.edition.archives import month_of
from sosik.edition.selection import Key, memberships_of
from sosik.edition.terms import Terms
from sosik.edition.window import CORRECTED_STAYS, last_corrected, most_shown, promised_since
from sosik.model import ArchivePeriod, FeedDefinition, Listing
from sosik.model.values import NEVER, Seconds


class Gathered:
    """The entries of one feed that its current document may show, newest first, and by month where it has an archive.

    `recent` is how many the hours of its window hold.
    """

    def __init__(self, definition: FeedDefinition, now: Seconds, zone: tzinfo) -> None:
        limits = definition.window
        self.listings: list[Listing] = []
        self.months: dict[str, list[Listing]] = {}
        self.recent = 0
        self._limits = limits
        self._has_archive = definition.archive is not ArchivePeriod.NONE
        self._now, self._zone = now, zone
        self._since = NEVER
        self._count = 0
        self._least, self._most = max(limits.entries, limits.at_most), most_shown(limits)

    def take(self, listing: Listing) -> None:
        """Take the next entry of the feed."""
        if not self._count:
            self._since = promised_since(listing, self._limits)
        is_recent = listing.published >= self._since
        self.recent += is_recent
        is_shown = self._count < self._least or (is_recent and self._count < self._most)
        if is_shown or last_corrected(listing, self._now) > self._now - CORRECTED_STAYS:
            self.listings.append(listing)
        self._count += 1
        if self._has_archive:
            self.months.setdefault(month_of(listing.published, self._zone), []).append(listing)


def gathered(terms: Terms, key: Key, listings: Iterable[Listing]) -> Gathered:
    """Return what one feed shows of its entries, newest first."""
    found = Gathered(terms.definition(key), terms.now, terms.zone)
    for listing in listings:
        found.take(listing)
    return found


class Gathering:
    """Some feeds, in their order, to which the entries are given that may be in them, newest first."""

    def __init__(self, terms: Terms, keys: Iterable[Key]) -> None:
        zone = terms.zone
        self.feeds = {key: Gathered(terms.definition(key), terms.now, zone) for key in keys}
        by_definition: dict[str, dict[str, Gathered]] = {}
        for (name, value), found in self.feeds.items():
            by_definition.setdefault(name, {})[value] = found
        self._choosing = [
            (memberships_of(one), by_definition[one.name]) for one in terms.definitions if one.name in by_definition
        ]

    def take(self, listing: Listing) -> None:
        """Give an entry to the feeds that it is in."""
        for values_of, feeds in self._choosing:
            for value in values_of(listing):
                if value in feeds:
                    feeds[value].take(listing)
