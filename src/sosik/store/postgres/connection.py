"""PostgreSQL as the tables of the store use a database: whatever it says that went wrong is a `StoreError`."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg

from sosik.errors import StoreError
from sosik.store.address import StoreAddress
from sosik.store.connection import Cursor
from sosik.store.postgres.faults import fault_of, overtaken
from sosik.store.postgres.schema import TABLE_NAMES
from sosik.words import Message

_PATIENCE = 10
"""Seconds for which an answer to the first knock is waited for, unless the address says otherwise."""

_PLACE = re.compile(rf"\b(FROM|JOIN|INTO|UPDATE)\s+({'|'.join(TABLE_NAMES)})\b")
"""Where a statement names a table; of columns, the table is known by its bare name, as PostgreSQL has it."""

_WRITING = ("INSERT", "UPDATE", "DELETE")


@lru_cache(maxsize=200)
def translated(query: str, schema: str) -> bytes:
    """Return a statement of the store as PostgreSQL takes it: `$1` for `?`, every table in its schema."""
    number = count(1)
    placed = _PLACE.sub(lambda found: f'{found[1]} "{schema}".{found[2]}', query)
    return re.sub(r"\?", lambda _: f"${next(number)}", placed).encode()


def connect(address: StoreAddress) -> "PostgresConnection":
    """Return a connection to the database of an address. Raises `StoreError`."""
    return PostgresConnection(_connected(address), address)


def _connected(address: StoreAddress) -> psycopg.Connection[Any]:
    try:
        settings = psycopg.conninfo.conninfo_to_dict(address.url)
    except psycopg.Error:
        # What it says may quote a part of the password.
        raise StoreError(Message("store.address")) from None
    settings = {"connect_timeout": _PATIENCE, "application_name": "sosik", **settings, "client_encoding": "utf8"}
    try:
        connection = psycopg.connect(
            psycopg.conninfo.make_conninfo("", **settings),
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            prepare_threshold=None,  # a pooler hands each transaction to another session
        )
    except psycopg.Error as error:
        raise fault_of(error, address) from None
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        raise StoreError(Message("store.pg-encoding", address=str(address), encoding=encoding or "?"))
    return connection


class PostgresConnection:
    """A connection to the store at `address`: whatever fails is a `StoreError`.

    `has_written` says whether a statement wrote rows since the last transaction began.
    """

    def __init__(self, connection: psycopg.Connection[Any], address: StoreAddress) -> None:
        self.address = address
        self.has_written = False
        self._connection = connection

    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement, and take all its rows."""
        with failures_told(self.address):
            cursor = self._connection.cursor(binary=True)
            cursor.execute(translated(query, self.address.schema), values)
            if cursor.description is None:
                self._note(query, cursor)
        return cursor

    def _note(self, query: str, cursor: "psycopg.Cursor[Any]") -> None:
        """Note what a statement without rows did. Raises `StoreError` where a commit took all back instead."""
        if query.startswith("BEGIN"):
            self.has_written = False
        elif query.startswith(_WRITING):
            self.has_written = self.has_written or cursor.rowcount > 0
        elif query == "COMMIT" and cursor.statusmessage == "ROLLBACK":
            raise overtaken(self.address)

    def count(self, query: str, values: Sequence[object] = ()) -> int:
        """Run a statement that writes, and return how many rows it wrote."""
        with failures_told(self.address):
            cursor = self._connection.cursor(binary=True)
            return cursor.execute(translated(query, self.address.schema), values).rowcount

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended, also one that failed."""
        idle = psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.UNKNOWN
        return self._connection.info.transaction_status not in idle

    def renew(self) -> None:
        """Connect once more, for who holds nothing in the session. Raises `StoreError`."""
        self._connection.close()
        self._connection = _connected(self.address)

    def close(self) -> None:
        """Close the connection; what was not committed is forgotten."""
        self._connection.close()


@contextmanager
def failures_told(address: StoreAddress) -> Iterator[None]:
    """Raise what PostgreSQL says of the store at `address` as `StoreError`."""
    try:
        yield
    except psycopg.Error as error:
        raise fault_of(error, address) from None
