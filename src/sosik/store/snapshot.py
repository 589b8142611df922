"""The newest edition, read from SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sosik.store import drivers
from sosik.store.address import Place, StoreAddress
from sosik.store.contract import Snapshot
from sosik.store.opening import NAME, open_to_read
from sosik.store.pictures import KeptPictures
from sosik.store.schema import VERSION
from sosik.store.soundness import newer_store, version_of
from sosik.store.sql_snapshot import SqlSnapshot


def open_snapshot(place: Place, *, shared: bool = False) -> Snapshot:
    """Return what the store in a folder (`.sosik`), or at an address, shows to readers.

    It belongs to the thread that opened it; one that is `shared` may be used by any, by one at a time.
    Raises `StoreError`.
    """
    if isinstance(place, StoreAddress):
        return drivers.snapshot(place)
    return SqliteSnapshot(place, shared=shared)


class SqliteSnapshot(SqlSnapshot):
    """A read-only view of the store in `folder` (`.sosik`)."""

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        self._path = folder / NAME
        self._database = open_to_read(self._path, shared=shared)
        super().__init__(self._database, KeptPictures(folder))

    @contextmanager
    def reading(self) -> Iterator[None]:
        self._database.execute("BEGIN")
        try:
            yield
        finally:
            self.forget_what_was_read_ahead()
            self._database.execute("COMMIT")

    def data_version(self) -> int:
        value: int = self._database.execute("PRAGMA data_version").fetchone()[0]
        return value

    def refuse_a_newer_store(self) -> None:
        version = version_of(self._database)
        if version > VERSION:
            raise newer_store(self._path, version)

    def close(self) -> None:
        self._database.close()
