"""The newest edition, read from PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sosik.errors import StoreError
from sosik.store.address import StoreAddress
from sosik.store.postgres.connection import channel, connect
from sosik.store.postgres.opening import open_to_read, state_of
from sosik.store.postgres.pictures import TablePictures
from sosik.store.postgres.session import is_direct
from sosik.store.sql_snapshot import SqlSnapshot

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresSnapshot(SqlSnapshot):
    """A read-only view of the store at `address`. It may be used by any thread, by one at a time."""

    def __init__(self, address: StoreAddress) -> None:
        self._database = open_to_read(address)
        self._listens: bool | None = None
        super().__init__(self._database, TablePictures(self._database))

    @contextmanager
    def reading(self) -> Iterator[None]:
        try:
            self._database.execute(_BEGIN)
        except StoreError:
            # The server may have been started anew while nobody asked.
            self._database.renew()
            self._listens = None
            self._database.execute(_BEGIN)
        try:
            yield
        finally:
            self.forget_what_was_read_ahead()
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")

    def data_version(self) -> int:
        value: int = self._database.execute("SELECT revision FROM state").fetchone()[0]
        return value

    def fileno(self) -> int | None:
        if self._listens is None:
            self._listens = self._listen()
        return self._database.fileno() if self._listens else None

    def _listen(self) -> bool:
        """Ask to be told of commits; a replica tells nobody, and in a pool others would be told."""
        try:
            if not is_direct(self._database):
                return False
            self._database.execute(f'LISTEN "{channel(self._database.address)}"')
        except StoreError:
            return False
        return True

    def give_up(self, seconds: float) -> None:
        self._database.give_up(seconds)

    def newest_number(self) -> int:
        if not self._database.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
            return self.edition().number
        with closing(connect(self._database.address, to_primary=True)) as primary:
            row = primary.execute("SELECT number FROM edition").fetchone()
            return row[0] if row else 0

    def refuse_a_newer_store(self) -> None:
        state_of(self._database)

    def close(self) -> None:
        self._database.close()
