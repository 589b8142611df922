"""The store that most papers have: one SQLite file in WAL mode, one writer, any number of readers."""

from collections.abc import Sequence
from pathlib import Path

from sosik.durability import Unsynced
from sosik.errors import EditionRefusedError, SosikError, StoreDamagedError, UnlikeError
from sosik.store import drivers, lock, pictures
from sosik.store.address import Place, StoreAddress
from sosik.store.contract import Store
from sosik.store.examination import ask_to_make_anew
from sosik.store.known import Known
from sosik.store.opening import IN_MEMORY, NAME, check, close_in_place, is_whole, open_to_try, open_to_write, take_place
from sosik.store.shadow import shadow
from sosik.store.sql_store import SqlStore
from sosik.store.statements import ANNOUNCEMENT, BUILT, TARGET, Writer
from sosik.systems import unlock

_OF_OTHERS = {ANNOUNCEMENT.name, TARGET.name}
"""The tables that others than builds write, and that nobody keeps in memory."""


def open_store(place: Place | None, *, is_dry: bool = False, known: Known | None = None) -> Store:
    """Return the store in a folder (`.sosik`), or at an address, for a dry run if `is_dry`; in memory where it is None.

    What is `known` to the same process from before is not read again, unless somebody else has written. Raises
    `LockedError` where another process writes, and `StoreError`.
    """
    if isinstance(place, StoreAddress):
        return drivers.store(place, is_dry=is_dry, known=known)
    return SqliteStore(place, is_dry=is_dry, known=known)


def open_trial(place: Place) -> Store:
    """Return the store at a place for a dry run; one in memory where there is none yet. Raises `StoreError`."""
    if has_store(place):
        return open_store(place, is_dry=True)
    return SqliteStore(None, is_dry=True, most_picture_bytes=None if isinstance(place, Path) else pictures.MOST_BYTES)


def has_store(place: Place) -> bool:
    """Tell whether there is a store in a folder, or at an address. Raises `StoreError` where that cannot be asked."""
    return drivers.exists(place) if isinstance(place, StoreAddress) else (place / NAME).exists()


def is_store_whole(place: Place) -> bool:
    """Check all of a store, and tell whether its documents are whole, too. Raises `StoreError` for all else."""
    return drivers.is_whole(place) if isinstance(place, StoreAddress) else is_whole(place / NAME)


class SqliteStore(SqlStore):
    """The store in `folder` (`.sosik`), or in memory where `folder` is None (a dry run of a new publication)."""

    def __init__(
        self,
        folder: Path | None,
        *,
        is_dry: bool = False,
        known: Known | None = None,
        most_picture_bytes: int | None = None,
    ) -> None:
        is_shadowed = is_dry and folder is not None
        self._lock: int | None = None
        self._is_beside = False
        self._known = Known() if known is None or is_dry else known
        self._path = path = folder / NAME if folder else IN_MEMORY
        if folder is None:
            self._database = open_to_write(path)
        elif is_dry:
            self._database = open_to_try(path, lock.left_by_others(folder, path))
        else:
            made = Unsynced()
            made.make(folder)
            made.sync()
            self._lock = lock.lock(folder / lock.NAME)
            try:
                left = lock.left_as(self._lock, path)
                self._known.as_of(lock.mark_of(self._lock) if left is lock.Left.WHOLE else "")
                self._is_beside = not path.exists()
                self._database = open_to_write(path, left)
            except BaseException:
                self._unlock()
                raise
            lock.begin(self._lock)
        if is_shadowed:
            # From its first to its last reading, whatever is written into the store meanwhile.
            self._database.execute("BEGIN")
        writer = Writer(self._database, is_shadowed=is_shadowed)
        super().__init__(self._database, writer, folder, is_dry=is_shadowed, known=self._known)
        self._pictures.most_bytes = most_picture_bytes

    def __exit__(self, *raised: object) -> None:
        """Close the store. What went wrong for no reason of its own may be because the store is damaged."""
        _, error, _ = raised
        if not isinstance(error, Exception) or not _makes_doubtful(error):
            self.close()
            return
        self._database.close()
        if self._lock is not None:
            lock.doubt(self._lock)
            if isinstance(error, UnlikeError):
                ask_to_make_anew(self._path.parent)
        self._unlock()
        if self._path.exists() and not isinstance(error, StoreDamagedError):
            check(self._path, because=error)

    @property
    def place(self) -> Path | None:
        return None if self._is_dry else self._folder

    @property
    def holds(self) -> Sequence[int]:
        return () if self._lock is None else (self._lock,)

    def close(self) -> None:
        try:
            if self._is_beside:
                self._is_beside = False
                close_in_place(self._database, self._path)
        finally:
            self._database.close()
            if self._lock is not None:
                lock.end(self._lock, self._path, self._known.mark)
            self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            unlock(self._lock)
            self._lock = None

    def _commit(self) -> None:
        if self._writer.written - _OF_OTHERS or not self._known.mark:
            self._known.mark = lock.new_mark()
        super()._commit()
        if self._is_beside:  # now there is something to read
            self._is_beside = False
            take_place(self._database, self._path)

    def _begin(self) -> None:
        self._database.execute("SAVEPOINT trial" if self._is_dry else "BEGIN IMMEDIATE")
        if self._is_dry:
            shadow(self._database, BUILT)

    def _undo(self) -> None:
        if not self._database.in_transaction:  # a full disk has ended it already
            return
        for statement in ("ROLLBACK TO trial", "RELEASE trial") if self._is_dry else ("ROLLBACK",):
            self._database.execute(statement)


def _makes_doubtful(error: Exception) -> bool:
    """Tell whether a damaged store may have led to an error: to what nobody foresaw, or to an ill-formed document."""
    if isinstance(error, EditionRefusedError):
        return any(problem.code == "document-invalid" for problem in error.problems)
    if isinstance(error, SosikError):
        return isinstance(error, StoreDamagedError)
    return not isinstance(error, OSError)
