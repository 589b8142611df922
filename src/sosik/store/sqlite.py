"""SQLite for the tables of the store; its errors become `StoreError`."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sosik.store.connection import Cursor
from sosik.store.faults import FAILURES, fault_of


class SqliteConnection:
    """A connection to SQLite, as the tables of the store at `path` use it: whatever fails is a `StoreError`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement."""
        try:  # an edit runs a hundred statements, and a context for each costs as much as they do
            return _SqliteCursor(self._connection.execute(query, values), self._path)
        except FAILURES as error:
            raise fault_of(error, self._path) from error

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        try:
            return self._connection.in_transaction
        except sqlite3.ProgrammingError:  # it is closed
            return False

    def go_on(self, connection: sqlite3.Connection) -> None:
        """Use another connection to the same store from now on; the one before is closed."""
        self._connection = connection

    def close(self) -> None:
        """Close the connection; what was not committed is forgotten."""
        self._connection.close()


class _SqliteCursor:
    """SQLite finds the rows while they are read, so reading them may fail."""

    def __init__(self, cursor: sqlite3.Cursor, path: Path) -> None:
        self._cursor = cursor
        self._path = path

    def fetchone(self) -> Any:
        with failures_told(self._path):
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with failures_told(self._path):
            return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        with failures_told(self._path):
            yield from self._cursor


@contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Raise what SQLite says of the store at `path` as `StoreError`."""
    try:
        yield
    except FAILURES as error:
        raise fault_of(error, path) from error
