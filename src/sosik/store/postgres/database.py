"""The store in PostgreSQL: one writer at a time, and nothing is committed by one that was overtaken."""

import time
from collections.abc import Sequence
from hashlib import sha256

from sosik.store.address import StoreAddress
from sosik.store.known import Known
from sosik.store.lock import PATIENCE, LockedError
from sosik.store.postgres.connection import PostgresConnection, channel
from sosik.store.postgres.faults import overtaken
from sosik.store.postgres.opening import bring_up, open_to_read
from sosik.store.postgres.pictures import TablePictures
from sosik.store.postgres.session import connect_to_lock
from sosik.store.sql_store import SqlStore
from sosik.store.statements import Writer
from sosik.words import Message

_LOOK = 0.05

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ"
"""A transaction that reads one moment, and fails where it writes what was written since."""

_DRY_PATIENCE = "500ms"
"""How long a dry run waits for a writer: less than the second after which PostgreSQL looks for deadlocks and may end
the one that builds."""


class PostgresStore(SqlStore):
    """The store at `address`, for a dry run if `is_dry`: that writes into a transaction which is never committed.

    Two things keep writers apart. A lock of the session tells the second one at once; it is a convenience, and goes
    with the connection. What counts is the commit: it raises the revision that was read when the store was opened, or
    nothing of it happens. Raises `LockedError` and `StoreError`.
    """

    def __init__(self, address: StoreAddress, *, is_dry: bool = False, known: Known | None = None) -> None:
        self._address = address
        self._database = database = open_to_read(address) if is_dry else connect_to_lock(address)
        self._revision = 0
        self._known = Known() if known is None or is_dry else known
        try:
            if is_dry:
                # From its first to its last reading, whatever is written into the store meanwhile.
                database.execute(_BEGIN)
                database.execute(f"SET LOCAL lock_timeout = '{_DRY_PATIENCE}'")
            else:
                _lock(database)
                self._revision = bring_up(database).revision
                self._known.as_of(f"{address} {self._revision}")
        except BaseException:
            database.close()
            raise
        pictures = TablePictures(database)
        super().__init__(
            database, Writer(database), address.folder, is_dry=is_dry, known=self._known, pictures=pictures
        )

    @property
    def place(self) -> StoreAddress | None:
        return None if self._is_dry else self._address

    @property
    def holds(self) -> Sequence[int]:
        return ()  # its lock ends with its connection

    def close(self) -> None:
        self._database.close()  # the lock goes with it

    def _begin(self) -> None:
        if self._is_dry:
            self._database.execute("SAVEPOINT trial")
            return
        self._database.execute(_BEGIN)
        found = self._database.execute("SELECT revision FROM state").fetchone()
        if found != (self._revision,):
            raise overtaken(self._address)

    def _end(self) -> None:
        super()._end()
        if self._database.has_written:
            query = "UPDATE state SET revision = revision + 1 WHERE revision = ?"
            if self._database.count(query, (self._revision,)) != 1:
                raise overtaken(self._address)
            # Told with the commit, or never.
            self._database.execute("SELECT pg_notify(?, '')", (channel(self._address),))

    def _commit(self) -> None:
        super()._commit()
        self._revision += self._database.has_written
        self._known.mark = f"{self._address} {self._revision}"

    def _undo(self) -> None:
        if not self._database.in_transaction:
            return
        for statement in ("ROLLBACK TO trial", "RELEASE trial") if self._is_dry else ("ROLLBACK",):
            self._database.execute(statement)


def _lock(database: PostgresConnection) -> None:
    """Take the lock of the schema's writers for this session. Raises `LockedError` after a moment's patience."""
    key = int.from_bytes(sha256(f"sosik {database.address.schema}".encode()).digest()[:8], signed=True)
    end = time.monotonic() + PATIENCE
    while not database.execute("SELECT pg_try_advisory_lock(?)", (key,)).fetchone()[0]:
        if time.monotonic() > end:
            raise LockedError(Message("store.locked", path=str(database.address)))
        time.sleep(_LOOK)
