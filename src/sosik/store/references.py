"""Values by digest stay while a row refers to them; the transaction that removes the last reference deletes them."""

from collections.abc import Iterable
from typing import NamedTuple

from sosik.store.connection import Connection
from sosik.store.statements import DOCUMENT, ENTRY, FRAGMENT, MOST_ROWS, PAGE, RECORD, TEXT, Table, batches, marks


class Reference(NamedTuple):
    """A table, and its column that refers to what another one keeps by digest."""

    user: Table
    column: str


RECORDS = (Reference(ENTRY, "record"),)
TEXTS = (Reference(RECORD, "text"), Reference(FRAGMENT, "text"))
PAGES = (Reference(DOCUMENT, "etag"),)
KEPT: dict[str, tuple[Reference, ...]] = {RECORD.name: RECORDS, TEXT.name: TEXTS, PAGE.name: PAGES}
"""What refers to each table of things kept by digest. What goes first may be the last that refers to what follows."""


class Loose:
    """The digests to which nothing may refer any more, noted before rows change and looked at afterwards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._digests: dict[str, set[str]] = {name: set() for name in KEPT}
        self._new: set[str] = set()

    def add_records(self, digests: Iterable[str]) -> None:
        """Note records that were just kept: until the end of the transaction something may come to refer to them."""
        self._new.update(digests)

    def take_records(self, digests: Iterable[str]) -> None:
        """Note that something refers to records now."""
        self._new.difference_update(digests)

    def end(self) -> None:
        """Forget the records to which nothing came to refer."""
        self._digests[RECORD.name] |= self._new
        self._new.clear()
        self.drop()

    def note(self, table: Table, key: str, values: Iterable[str]) -> None:
        """Note what the rows of a table refer to that are about to change: those whose `key` is one of `values`."""
        wanted = [(kept, column) for kept, users in KEPT.items() for user, column in users if user is table]
        for batch in batches(values, MOST_ROWS):
            for kept, column in wanted:
                query = f"SELECT {column} FROM {table.name} WHERE {key} IN ({marks(len(batch))})"
                self._digests[kept].update(digest for (digest,) in self._connection.execute(query, batch))

    def drop(self) -> None:
        """Forget of what was noted all to which nothing refers, and what only that referred to."""
        self._digests[RECORD.name] -= self._new
        for kept, users in KEPT.items():
            unused = " AND ".join(
                f"NOT EXISTS (SELECT 1 FROM {user.name} WHERE {user.name}.{column} = {kept}.digest)"
                for user, column in users
            )
            loose = sorted(self._digests[kept])
            if kept == RECORD.name:
                self.note(RECORD, "digest", loose)
            for batch in batches(loose, MOST_ROWS):
                query = f"DELETE FROM {kept} WHERE digest IN ({marks(len(batch))}) AND {unused}"
                self._connection.execute(query, batch)
            self._digests[kept].clear()
