"""Which listings a sync changed, without all of them in memory: the new ones are read where they are wanted."""

from collections.abc import ItemsView, Iterator, Mapping
from itertools import islice

from sosik.model import Listing
from sosik.model.values import EntryId
from sosik.store import Store

Pair = tuple[Listing | None, Listing | None]
"""The listing of an entry before and now; None where there is none."""

_AT_ONCE = 500


class ListingChanges(Mapping[EntryId, Pair]):
    """The listings before and now of the entries `before`, by id; read within the transaction that changed them."""

    def __init__(self, store: Store, before: Mapping[EntryId, Listing | None]) -> None:
        self._store = store
        self._before = before

    def __getitem__(self, id_: EntryId) -> Pair:
        now = self._store.accepted([id_]).get(id_)
        return self._before[id_], now.listing if now else None

    def __iter__(self) -> Iterator[EntryId]:
        return iter(self._before)

    def __len__(self) -> int:
        return len(self._before)

    def items(self) -> ItemsView[EntryId, Pair]:
        """Return the pairs, read many at a time."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[EntryId, Pair]]:
        """Yield every id with its pair."""
        ids = iter(self._before)
        while batch := list(islice(ids, _AT_ONCE)):
            now = self._store.accepted(batch)
            for id_ in batch:
                yield id_, (self._before[id_], now[id_].listing if id_ in now else None)


class _Items(ItemsView[EntryId, Pair]):
    def __init__(self, changes: ListingChanges) -> None:
        super().__init__(changes)
        self._changes = changes

    def __iter__(self) -> Iterator[tuple[EntryId, Pair]]:
        return self._changes.pairs()
