"""Connections to the store's database, to write and to read. What SQLite says of a file is told with a way out."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sosik.errors import NewerStoreError, StoreError, StoreFaultError
from sosik.store.connection import Cursor
from sosik.store.migrations import OLDEST, bring_up, version_of
from sosik.store.schema import VERSION
from sosik.words import Message

NAME = "site.db"
"""The database's file in the store's folder."""

IN_MEMORY = Path(":memory:")
"""Where a store lies that nobody keeps."""

_PAGE = 16_384
"""Bytes of a page: of small ones, an article's text leaves nearly half empty where it takes a little more than one."""

_PATIENCE = 10
"""Seconds for which SQLite waits for another connection."""


class SqliteConnection:
    """A connection to SQLite, as the tables of the store use it: whatever fails is a `StoreError`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement."""
        with _failures_told():
            return _SqliteCursor(self._connection.execute(query, values))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self._connection.in_transaction

    def close(self) -> None:
        """Close the connection; what was not committed is forgotten."""
        self._connection.close()


class _SqliteCursor:
    """SQLite finds the rows while they are read, so reading them may fail."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def fetchone(self) -> Any:
        with _failures_told():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with _failures_told():
            return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        with _failures_told():
            yield from self._cursor


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreFaultError(Message("store.text", text=str(error))) from error
    except sqlite3.Error as error:
        raise StoreError(Message("store.text", text=str(error))) from error


def open_to_write(path: Path) -> SqliteConnection:
    """Return a connection to the store of the present version; one of an earlier version is brought to it.

    Raises `StoreError`.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        try:
            # What is committed outlives a power cut: readers may have seen it by then, so it must not be forgotten.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new store; others stay as they are
            bring_up(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise StoreError(Message("store.damaged", path=str(path), reason=str(error))) from error
    return SqliteConnection(connection)


def open_to_read(path: Path, *, shared: bool = False) -> SqliteConnection:
    """Return a connection that cannot write; `shared` may be used by any thread, by one at a time, for as long as ever.

    Raises `StoreError`, also for a store of another version.
    """
    connection, version = _opened(path, shared=shared)
    return _of_this_version(connection, version, path)


def open_to_try(path: Path) -> SqliteConnection:
    """Return a connection for a dry run, which writes nothing; of an earlier version's store, to a copy in memory.

    Raises `StoreError`.
    """
    connection, version = _opened(path)
    if not OLDEST <= version < VERSION:
        return _of_this_version(connection, version, path)
    with closing(connection):
        memory = sqlite3.connect(IN_MEMORY, isolation_level=None)
        connection.backup(memory)
    bring_up(memory, IN_MEMORY)
    return SqliteConnection(memory)


def _of_this_version(connection: sqlite3.Connection, version: int, path: Path) -> SqliteConnection:
    if version == VERSION:
        return SqliteConnection(connection)
    connection.close()
    if OLDEST <= version < VERSION:
        raise StoreError(Message("store.earlier-version", path=str(path), version=version, ours=VERSION))
    raise newer_store(path, version)


def newer_store(path: Path, version: int) -> NewerStoreError:
    """Return what is to be said of a store that this sosik cannot read."""
    return NewerStoreError(Message("store.unreadable-version", path=str(path), version=version, ours=VERSION))


def _opened(path: Path, *, shared: bool = False) -> tuple[sqlite3.Connection, int]:
    """Return a connection that cannot write, and the version of the store.

    In a folder that cannot be written SQLite can keep no notes of who reads. Who reads for a moment takes the file as
    it is, unless a writer that ended early left a part of it in the journal; who stays would never see another edition.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        try:
            return _connected(address, shared=shared)
        except sqlite3.OperationalError:
            journal = path.with_name(f"{path.name}-wal")
            if not path.exists() or _is_writable(path.parent):
                raise
            if shared:
                raise StoreError(Message("store.no-notes", folder=str(path.parent))) from None
            if journal.exists() and journal.stat().st_size:
                raise StoreError(Message("store.read-only", folder=str(path.parent))) from None
            return _connected(f"{address}&immutable=1", shared=False)
    except sqlite3.OperationalError as error:
        raise StoreError(Message("store.unreadable", path=str(path), reason=str(error))) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(Message("store.damaged", path=str(path), reason=str(error))) from error


def _connected(address: str, *, shared: bool) -> tuple[sqlite3.Connection, int]:
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=not shared
    )
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        return connection, version_of(connection)
    except BaseException:
        connection.close()
        raise


def _is_writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder, by what the system says of it."""
    return os.access(folder, os.W_OK)
