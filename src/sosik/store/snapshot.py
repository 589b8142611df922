"""What a server reads: the documents of the newest edition, never half of one."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sosik.model import DocumentKind
from sosik.store.announcements import Announcements
from sosik.store.bodies import read_body
from sosik.store.migrations import version_of
from sosik.store.opening import NAME, newer_store, open_to_read
from sosik.store.rows import NO_EDITION, DocumentHead, EditionRow, columns, document_head
from sosik.store.schema import VERSION
from sosik.store.statements import Writer, marks


class Snapshot:
    """A read-only view of the store in `folder` (`.sosik`).

    Every method reads one committed edition; `reading` makes several calls read the same one. A view belongs to the
    thread that opened it; one that is `shared` may be used by any, by one at a time.
    """

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        self._folder = folder
        self._connection = open_to_read(folder / NAME, shared=shared)
        self.announcements = Announcements(self._connection, Writer(self._connection))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one edition for all calls in the block."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def data_version(self) -> int:
        """Return a number that changes when another connection has committed: cheap enough to ask often."""
        value: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return value

    def refuse_a_newer_store(self) -> None:
        """Raise `NewerStoreError` where the store was brought to a later version since it was opened."""
        version = version_of(self._connection)
        if version > VERSION:
            raise newer_store(self._folder / NAME, version)

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def meta(self, name: str) -> str:
        """Return a remembered value, or nothing."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def count(self) -> int:
        """Return the number of documents."""
        value: int = self._connection.execute("SELECT count(*) FROM document").fetchone()[0]
        return value

    def heads(self) -> list[DocumentHead]:
        """Return the heads of all documents, by path."""
        rows = self._connection.execute(f"SELECT {columns(DocumentHead)} FROM document ORDER BY path")
        return [document_head(row) for row in rows]

    def heads_of(self, kinds: Collection[DocumentKind]) -> list[DocumentHead]:
        """Return the heads of the documents of some kinds."""
        query = f"SELECT {columns(DocumentHead)} FROM document WHERE kind IN ({marks(len(kinds))})"
        return [document_head(row) for row in self._connection.execute(query, tuple(kinds))]

    def head(self, path: str) -> DocumentHead | None:
        """Return the head of a document, or None if the edition has no such path."""
        query = f"SELECT {columns(DocumentHead)} FROM document WHERE path = ?"
        row = self._connection.execute(query, (path,)).fetchone()
        return document_head(row) if row else None

    def gone(self) -> list[str]:
        """Return the paths that once had a document and have none any more."""
        return [path for (path,) in self._connection.execute("SELECT path FROM gone ORDER BY path")]

    def is_gone(self, path: str) -> bool:
        """Tell whether a path once had a document and has none any more."""
        return self._connection.execute("SELECT 1 FROM gone WHERE path = ?", (path,)).fetchone() is not None

    def body(self, path: str) -> bytes | None:
        """Return the bytes of a document, or None if the edition has no such path."""
        return read_body(self._connection, self._folder, path)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
