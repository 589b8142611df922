"""The store that most papers have: one SQLite file in WAL mode, one writer, any number of readers."""

import os
from pathlib import Path

from sosik.durability import Unsynced
from sosik.store.contract import Store
from sosik.store.lock import lock
from sosik.store.opening import IN_MEMORY, NAME, open_to_try, open_to_write
from sosik.store.shadow import shadow
from sosik.store.sql_store import SqlStore
from sosik.store.statements import BUILT, Writer


def open_store(folder: Path | None, *, is_dry: bool = False) -> Store:
    """Return the store in `folder` (`.sosik`), for a dry run if `is_dry`; in memory where `folder` is None.

    Raises `LockedError` where another process writes, and `StoreError`.
    """
    return SqliteStore(folder, is_dry=is_dry)


class SqliteStore(SqlStore):
    """The store in `folder` (`.sosik`), or in memory where `folder` is None (a dry run of a new publication)."""

    def __init__(self, folder: Path | None, *, is_dry: bool = False) -> None:
        is_shadowed = is_dry and folder is not None
        self._lock: int | None = None
        if folder is not None and not is_dry:
            made = Unsynced()
            made.make(folder)
            made.sync()
            self._lock = lock(folder / "lock")
        path = folder / NAME if folder else IN_MEMORY
        try:
            self._database = open_to_try(path) if is_shadowed else open_to_write(path)
        except BaseException:
            self._unlock()
            raise
        if is_shadowed:
            # From its first to its last reading, whatever is written into the store meanwhile.
            self._database.execute("BEGIN")
        writer = Writer(self._database, is_shadowed=is_shadowed)
        super().__init__(self._database, writer, folder, is_dry=is_shadowed)

    def close(self) -> None:
        self._database.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _begin(self) -> None:
        self._database.execute("SAVEPOINT trial" if self._is_dry else "BEGIN IMMEDIATE")
        if self._is_dry:
            shadow(self._database, BUILT)

    def _undo(self) -> None:
        if not self._database.in_transaction:  # a full disk has ended it already
            return
        for statement in ("ROLLBACK TO trial", "RELEASE trial") if self._is_dry else ("ROLLBACK",):
            self._database.execute(statement)
