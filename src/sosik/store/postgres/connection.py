"""PostgreSQL as the tables of the store use a database: whatever it says that went wrong is a `StoreError`."""

import os
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
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

_DEFAULTS: dict[str, str | int | None] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
    "application_name": "sosik",
}
"""What libpq is told unless the address says otherwise: a server that vanished without a word is given up in seconds
(its manual, "Parameter Key Words")."""

_PLACE = re.compile(rf"\b(FROM|JOIN|INTO|UPDATE)\s+({'|'.join(TABLE_NAMES)})\b")
"""Where a statement names a table; of columns, the table is known by its bare name, as PostgreSQL has it."""

_CAST = re.compile(r"\bCAST\(([\w.?]+) AS (BLOB|TEXT)\)")
_CONVERSIONS = {"BLOB": "convert_to", "TEXT": "convert_from"}
"""How PostgreSQL makes bytes of text, and text of bytes."""

_WRITING = ("INSERT", "UPDATE", "DELETE")


@lru_cache(maxsize=200)
def translated(query: str, schema: str) -> bytes:
    """Return a statement of the store as PostgreSQL takes it: `$1` for `?`, every table in its schema."""
    number = count(1)
    cast = _CAST.sub(lambda found: f"{_CONVERSIONS[found[2]]}({found[1]}, 'UTF8')", query)
    placed = _PLACE.sub(lambda found: f'{found[1]} "{schema}".{found[2]}', cast)
    return re.sub(r"\?", lambda _: f"${next(number)}", placed).encode()


def channel(address: StoreAddress) -> str:
    """Return where a commit into the store at an address is told (`LISTEN`)."""
    return f"sosik_{address.schema}"


def connect(address: StoreAddress, *, to_primary: bool = False) -> "PostgresConnection":
    """Return a connection to the database of an address, of its hosts the primary where it matters.

    Raises `StoreError`.
    """
    return PostgresConnection(_connected(address, to_primary=to_primary), address)


def _connected(address: StoreAddress, *, to_primary: bool = False) -> psycopg.Connection[Any]:
    try:
        settings = psycopg.conninfo.conninfo_to_dict(address.url)
    except psycopg.Error:
        # What it says may quote a part of the password.
        raise StoreError(Message("store.address")) from None
    settings = {**_DEFAULTS, **settings, "client_encoding": "utf8"}
    if to_primary:
        settings["target_session_attrs"] = "primary"
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
        self._asked_at: float | None = None
        # Without it psycopg would keep each notification for whoever asks.
        connection.add_notify_handler(self._take_told)
        self._told: set[str] = set()

    def _take_told(self, notification: psycopg.Notify) -> None:
        self._told.add(notification.payload)

    def was_told(self, payload: str) -> bool:
        """Tell whether something was said since the last time, in a channel that is listened to."""
        is_told = payload in self._told
        self._told.discard(payload)
        return is_told

    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement, and take all its rows."""
        with failures_told(self.address):
            cursor = self._connection.cursor(binary=True)
            self._asked_at = time.monotonic()
            try:
                cursor.execute(translated(query, self.address.schema), values)
            finally:
                self._asked_at = None
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

    @property
    def told_session(self) -> int:
        """The id of the process that answers, as the client was told when it connected: poolers invent one."""
        return self._connection.info.backend_pid

    def fileno(self) -> int | None:
        """Return the descriptor of the connection's socket, None where it is closed."""
        return None if self._connection.closed else self._connection.fileno()

    def give_up(self, seconds: float) -> None:
        """Have a statement fail that is waited for longer than that, as if the server had gone. From another thread."""
        asked, descriptor = self._asked_at, self.fileno()
        if asked is None or descriptor is None or time.monotonic() - asked < seconds:
            return
        with suppress(OSError), closing(socket.socket(fileno=os.dup(descriptor))) as twin:
            twin.shutdown(socket.SHUT_RDWR)

    def renew(self) -> None:
        """Connect once more, for who holds nothing in the session. Raises `StoreError`."""
        self._connection.close()
        self._connection = _connected(self.address)
        self._connection.add_notify_handler(self._take_told)

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
