"""What a server reads, in SQL that any of our databases takes."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

from sosik.model import DocumentKind
from sosik.store.announcements import Announcements
from sosik.store.bodies import UNLIKE, Parts, read_body
from sosik.store.connection import Connection
from sosik.store.contract import Snapshot
from sosik.store.fragments import KeptFragments
from sosik.store.packing import Packing
from sosik.store.pictures import Pictures
from sosik.store.rows import NO_EDITION, DocumentHead, EditionRow, columns, document_head
from sosik.store.statements import MOST_ROWS, Writer, batches, marks


class SqlSnapshot(Snapshot):
    """The newest edition behind `connection`, with its `pictures`; how it is held and let go is the database's."""

    def __init__(self, connection: Connection, pictures: Pictures) -> None:
        self._connection = connection
        self._pictures = pictures
        self._packing = Packing(connection, Writer(connection))
        self._parts = Parts(connection)
        self._fragments: KeptFragments | None = None
        self.announcements = Announcements(connection, Writer(connection))
        self._heads: dict[tuple[Any, ...], DocumentHead] = {}

    def fileno(self) -> int | None:
        return None

    def give_up(self, seconds: float) -> None:
        pass  # a file answers

    def newest_number(self) -> int:
        return self.edition().number

    def edition(self) -> EditionRow:
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def meta(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def count(self) -> int:
        value: int = self._connection.execute("SELECT count(*) FROM document").fetchone()[0]
        return value

    def heads(self) -> list[DocumentHead]:
        rows = self._connection.execute(f"SELECT {columns(DocumentHead)} FROM document ORDER BY path")
        return [document_head(row) for row in rows]

    def heads_at(self, paths: Iterable[str]) -> dict[str, DocumentHead]:
        heads: dict[str, DocumentHead] = {}
        for batch in batches(paths, MOST_ROWS):
            query = f"SELECT {columns(DocumentHead)} FROM document WHERE path IN ({marks(len(batch))})"
            heads |= {row[0]: document_head(row) for row in self._connection.execute(query, batch)}
        return heads

    def heads_of(self, kinds: Collection[DocumentKind]) -> list[DocumentHead]:
        known, self._heads = self._heads, {}
        for batch in batches(kinds, MOST_ROWS):
            query = f"SELECT {columns(DocumentHead)} FROM document WHERE kind IN ({marks(len(batch))})"
            for row in self._connection.execute(query, batch):
                self._heads[row] = known.get(row) or document_head(row)
        return [*self._heads.values()]

    def head(self, path: str) -> DocumentHead | None:
        query = f"SELECT {columns(DocumentHead)} FROM document WHERE path = ?"
        row = self._connection.execute(query, (path,)).fetchone()
        return document_head(row) if row else None

    def gone(self) -> list[str]:
        return [path for (path,) in self._connection.execute("SELECT path FROM gone ORDER BY path")]

    def is_gone(self, path: str) -> bool:
        return self._connection.execute("SELECT 1 FROM gone WHERE path = ?", (path,)).fetchone() is not None

    def read_ahead(self, paths: Collection[str]) -> None:
        self._fragments = KeptFragments(self._connection, self._packing)
        with suppress(*UNLIKE):  # told of the document that it is of
            self._fragments.of(self._parts.read_ahead(paths))

    def forget_what_was_read_ahead(self) -> None:
        """Know nothing of one edition while another one is read."""
        self._parts.forget()
        self._fragments = None

    def body(self, path: str) -> bytes | None:
        return read_body(self._parts, self._packing, self._pictures, path, self._fragments)
