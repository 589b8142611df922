"""Which listings a sync changed, without all of them in memory: the new ones are read where they are wanted."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice

from sosik.model import Listing, Outcome
from sosik.model.values import EntryId
from sosik.store import AcceptedEntry, Store

Pair = tuple[Listing | None, Listing | None]
"""The listing of an entry before and now; None where there is none."""

_AT_ONCE = 500
"""Listings that are read together, for one who asks for them in their order."""


class Came(Collection[EntryId]):
    """The entries that came with a sync: by its `outcomes` the new ones, and those in `ahead`, but for those `known`.

    Of most entries of a first build nothing more need be remembered than one of the outcomes.
    """

    def __init__(self, outcomes: Mapping[str, Outcome], ahead: Collection[EntryId], known: Collection[EntryId]) -> None:
        self._outcomes, self._ahead, self._known = outcomes, ahead, known

    def __contains__(self, id_: object) -> bool:
        is_new = id_ in self._ahead or self._outcomes.get(str(id_)) is Outcome.NEW
        return is_new and id_ not in self._known

    def __iter__(self) -> Iterator[EntryId]:
        new = (EntryId(id_) for id_, outcome in self._outcomes.items() if outcome is Outcome.NEW)
        return (id_ for id_ in chain(new, self._ahead) if id_ not in self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ListingChanges(Mapping[EntryId, Pair]):
    """The listings before and now of entries, by id; read within the transaction that changed them.

    Those had a listing, or none, `before`; beside them some `came`, which had none.
    """

    def __init__(self, store: Store, before: Mapping[EntryId, Listing | None], came: Came) -> None:
        self._store = store
        self._before = before
        self._came = came
        self._rest = iter(before)
        self._read: dict[EntryId, AcceptedEntry | None] = {}

    def __getitem__(self, id_: EntryId) -> Pair:
        if id_ not in self:
            raise KeyError(id_)
        before = self._before.get(id_)
        if id_ not in self._read:
            self._read = self._next(id_)
        now = self._read[id_]
        return before, now.listing if now else None

    def __contains__(self, id_: object) -> bool:
        return id_ in self._before or id_ in self._came

    def __iter__(self) -> Iterator[EntryId]:
        self._rest = self._ids()
        return self._ids()

    def __len__(self) -> int:
        return sum(1 for _ in self._ids())

    def _ids(self) -> Iterator[EntryId]:
        yield from self._before
        yield from (id_ for id_ in self._came if id_ not in self._before)

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
