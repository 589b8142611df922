"""Which listings a sync changed, without all of them in memory: the new ones are read where they are wanted."""

from collections.abc import Iterator, Mapping
from itertools import islice

from sosik.model import Listing
from sosik.model.values import EntryId
from sosik.store import AcceptedEntry, Store

Pair = tuple[Listing | None, Listing | None]
"""The listing of an entry before and now; None where there is none."""

_AT_ONCE = 500
"""Listings that are read together, for one who asks for them in their order."""


class ListingChanges(Mapping[EntryId, Pair]):
    """The listings before and now of the entries `before`, by id; read within the transaction that changed them."""

    def __init__(self, store: Store, before: Mapping[EntryId, Listing | None]) -> None:
        self._store = store
        self._before = before
        self._rest = iter(before)
        self._read: dict[EntryId, AcceptedEntry | None] = {}

    def __getitem__(self, id_: EntryId) -> Pair:
        before = self._before[id_]
        if id_ not in self._read:
            self._read = self._next(id_)
        now = self._read[id_]
        return before, now.listing if now else None

    def __iter__(self) -> Iterator[EntryId]:
        self._rest = iter(self._before)
        return iter(self._before)

    def __len__(self) -> int:
        return len(self._before)

    def of_known(self) -> Iterator[tuple[EntryId, Pair]]:
        """Yield the changes of those that had a listing before; what is new is not read."""
        ids = [id_ for id_, before in self._before.items() if before is not None]
        self._rest = iter(ids)
        return ((id_, self[id_]) for id_ in ids)

    def _next(self, id_: EntryId) -> dict[EntryId, AcceptedEntry | None]:
        """Return the last good versions of the next entries, or of this one where it is not among them."""
        ids = list(islice(self._rest, _AT_ONCE))
        ids = ids if id_ in ids else [id_]
        found = self._store.accepted(ids)
        return {each: found.get(each) for each in ids}
