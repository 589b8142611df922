"""What is kept by its digest stays while a row refers to it, and goes in the transaction that takes the last away."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from sosik.store.statements import DOCUMENT, ENTRY, FRAGMENT, MOST_ROWS, PAGE, RECORD, TEXT, Table, batches, marks


class Reference(NamedTuple):
    """A table of things kept by digest, and the column of another table that refers to them."""

    kept: Table
    user: Table
    column: str


RECORDS = Reference(RECORD, ENTRY, "record")
TEXTS = Reference(TEXT, FRAGMENT, "text")
PAGES = Reference(PAGE, DOCUMENT, "etag")


class Loose:
    """The digests to which nothing may refer any more, noted before rows change and looked at afterwards."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._digests: dict[Reference, set[str]] = {RECORDS: set(), TEXTS: set(), PAGES: set()}
        self._new: set[str] = set()

    def add_records(self, digests: Iterable[str]) -> None:
        """Note records that were just kept: until the end of the transaction something may come to refer to them."""
        self._new.update(digests)

    def take_records(self, digests: Iterable[str]) -> None:
        """Note that something refers to records now."""
        self._new.difference_update(digests)

    def end(self) -> None:
        """Forget the records to which nothing came to refer."""
        self._digests[RECORDS] |= self._new
        self._new.clear()
        self.drop()

    def note(self, reference: Reference, key: str, values: Iterable[str]) -> None:
        """Note what the rows refer to that are about to change: those in which the column `key` is one of `values`."""
        user, column = reference.user.name, reference.column
        for batch in batches(values, MOST_ROWS):
            query = f"SELECT {column} FROM {user} WHERE {key} IN ({marks(len(batch))})"
            self._digests[reference].update(digest for (digest,) in self._connection.execute(query, batch))

    def drop(self) -> None:
        """Forget of what was noted all to which nothing refers."""
        self._digests[RECORDS] -= self._new
        for (kept, user, column), digests in self._digests.items():
            for batch in batches(sorted(digests), MOST_ROWS):
                self._connection.execute(
                    f"DELETE FROM {kept.name} WHERE digest IN ({marks(len(batch))}) "
                    f"AND NOT EXISTS (SELECT 1 FROM {user.name} WHERE {user.name}.{column} = {kept.name}.digest)",
                    batch,
                )
            digests.clear()
