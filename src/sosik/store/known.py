"""What a process read or wrote last in a store, kept in memory from one opening to the next."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from sosik.model import Entry, Listing
from sosik.model.values import EntryId
from sosik.store.changes import Changes
from sosik.store.rendered import Rendered
from sosik.store.rows import FamilyRow, FragmentDigests

_LISTINGS = 8_000
"""Listings that are kept, of a kilobyte or so each; and what as many entries were rendered from."""
_ENTRIES = 1_500
"""Entries that are kept with their texts: those that pages show as their latest."""

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by the id of their entry, at most so many: those that came first go first.

    Of more than `at_once` none is kept: who goes through so many does not ask for the same ones again soon.
    """

    def __init__(self, most: int, at_once: int) -> None:
        self._most = most
        self._at_once = at_once
        self._values: dict[EntryId, V] = {}

    def among(self, ids: Iterable[EntryId]) -> tuple[dict[EntryId, V], list[EntryId]]:
        """Return what is kept of some entries, by id, and the ids of the others."""
        found: dict[EntryId, V] = {}
        lacking: list[EntryId] = []
        for id_ in dict.fromkeys(ids):
            value = self._values.get(id_)
            if value is None:
                lacking.append(id_)
            else:
                found[id_] = value
        return found, lacking

    def keep(self, values: Mapping[EntryId, V]) -> None:
        """Keep values in place of those before."""
        if len(values) > self._at_once:
            self.drop(values)
            return
        self._values |= values
        while len(self._values) > self._most:
            del self._values[next(iter(self._values))]

    def drop(self, ids: Iterable[EntryId]) -> None:
        """Keep nothing of some entries any more."""
        for id_ in ids:
            self._values.pop(id_, None)

    def clear(self) -> None:
        """Keep nothing any more."""
        self._values.clear()


class Known:
    """Listings, entries, the digests of their fragments, these as rendered, and families: as they are in the store.

    They do as long as nobody else writes there. `mark` is how this process left it; who opens it again says how it is
    marked then. Of the entries in `ahead` was read what an edit will need.
    """

    def __init__(self) -> None:
        self.mark = ""
        self.listings = Kept[Listing](_LISTINGS, 400)
        self.entries = Kept[Entry](_ENTRIES, 200)
        self.digests = Kept[FragmentDigests](_LISTINGS, 2_000)
        self.rendered = Rendered()
        self.families: dict[str, list[FamilyRow]] = {}
        self.ahead: set[EntryId] = set()

    def as_of(self, mark: str) -> None:
        """Forget everything unless the store is still marked as it was left."""
        if not mark or mark != self.mark:
            self.forget()
        self.mark = mark

    def forget(self) -> None:
        """Know nothing any more: somebody else has written, or what was written is taken back."""
        for kept in (self.listings, self.entries, self.digests, self.rendered):
            kept.clear()
        self.families.clear()
        self.ahead.clear()

    def note(self, changes: Changes) -> None:
        """Take note of what is written of entries and families; `KeptFragments` notes what of fragments."""
        for feed in {*changes.families_gone, *(row.feed for row in changes.families)}:
            self.families.pop(feed, None)
        listings = {entry.listing.id: entry.listing for entry in changes.entries}
        self.listings.drop(changes.entries_gone)
        self.listings.keep(listings)
        self.entries.drop((*changes.entries_gone, *listings))
        self.digests.drop((*changes.entries_gone, *(row.entry_id for row in changes.fragments)))
