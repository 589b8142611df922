"""The newest edition, read from PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sosik.errors import StoreError
from sosik.store.address import StoreAddress
from sosik.store.postgres.opening import open_to_read, state_of
from sosik.store.postgres.pictures import TablePictures
from sosik.store.sql_snapshot import SqlSnapshot

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresSnapshot(SqlSnapshot):
    """A read-only view of the store at `address`. It may be used by any thread, by one at a time."""

    def __init__(self, address: StoreAddress) -> None:
        self._database = open_to_read(address)
        super().__init__(self._database, TablePictures(self._database))

    @contextmanager
    def reading(self) -> Iterator[None]:
        try:
            self._database.execute(_BEGIN)
        except StoreError:
            # The server may have been started anew while nobody asked.
            self._database.renew()
            self._database.execute(_BEGIN)
        try:
            yield
        finally:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")

    def data_version(self) -> int:
        value: int = self._database.execute("SELECT revision FROM state").fetchone()[0]
        return value

    def refuse_a_newer_store(self) -> None:
        state_of(self._database)

    def close(self) -> None:
        self._database.close()
