"""The last written state of each published directory, and the documents changed or removed since."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sosik.model.values import DocumentPath
from sosik.store.changes import Changes
from sosik.store.connection import Connection
from sosik.store.rows import OutputRow, PartRow, ProjectedRow, StaleRow, columns
from sosik.store.statements import DOCUMENT, FEED, GONE, LEDGER, OUTPUT, PART, PROJECTION, STALE, Writer, batches, marks

_MOST_PARTS = 500

MOST_NEWS = 2_000
"""Rows of which it is remembered that the memory beside the documents does not tell them: with more it is made anew."""


class News(NamedTuple):
    """A row that changed, or went, of what readers were shown: its table, and what tells it from others there."""

    table: str
    key: str


def news_of(changes: Changes) -> Iterator[News]:
    """Yield the rows that change of what readers were shown, or of what is remembered of that."""
    entries = (*changes.entries_gone, *(entry.listing.id for entry in changes.entries))
    yield from (News(LEDGER.name, id_) for id_ in (*entries, *changes.ledger_gone, *(row.id for row in changes.ledger)))
    yield from (News(FEED.name, row.name) for row in changes.feeds)
    documents = (*changes.documents_gone, *(row.path for row in changes.documents))
    yield from (News(DOCUMENT.name, path) for path in documents)
    yield from (News(GONE.name, path) for path in (*documents, *(row.path for row in changes.gone)))


class Projections:
    """The tables of published files of the store behind `connection`; what writes belongs into a transaction."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def made(self, output: str) -> str:
        """Return how the files of a directory were last made, nothing for one that has never been filled."""
        row = self._connection.execute("SELECT made FROM output WHERE path = ?", (output,)).fetchone()
        return row[0] if row else ""

    def parts(self, output: str) -> list[PartRow]:
        """Return the parts of a directory."""
        query = f"SELECT {columns(PartRow)} FROM part WHERE output = ?"
        return [PartRow(*row) for row in self._connection.execute(query, (output,))]

    def rows(self, output: str, parts: Collection[str] | None = None) -> list[ProjectedRow]:
        """Return what was last written into some parts of a directory, or into all of it."""
        query = f"SELECT {columns(ProjectedRow)} FROM projection WHERE output = ?"
        if parts is None:
            return [ProjectedRow(*row) for row in self._connection.execute(query, (output,))]
        rows: list[ProjectedRow] = []
        for batch in batches(parts, _MOST_PARTS):
            query = f"SELECT {columns(ProjectedRow)} FROM projection WHERE output = ? AND part IN ({marks(len(batch))})"
            rows += (ProjectedRow(*row) for row in self._connection.execute(query, (output, *batch)))
        return rows

    def stale(self, output: str) -> list[DocumentPath]:
        """Return the documents that changed or went since they were last brought into a directory."""
        query = "SELECT document FROM stale WHERE output = ?"
        return [path for (path,) in self._connection.execute(query, (output,))]

    def outdate(self, documents: Collection[str]) -> None:
        """Remember, for every directory, that documents changed or went."""
        if documents:
            outputs = [path for (path,) in self._connection.execute("SELECT path FROM output")]
            self._writer.put(STALE, (StaleRow(output, DocumentPath(path)) for output in outputs for path in documents))

    def memory(self, output: str) -> str:
        """Return what was kept by `keep_memory`, nothing where that file is to be made anew."""
        row = self._connection.execute("SELECT memory FROM output WHERE path = ?", (output,)).fetchone()
        return row[0] if row else ""

    def news(self, output: str) -> list[News]:
        """Return the rows that changed or went since `keep_memory`, where there are not too many."""
        return [News(*text.split(" ", 1)) for text in self.stale(_memory_of(output))]

    def keep_memory(self, output: str, state: str) -> None:
        """Remember in which state the file is that tells a machine without the store what a directory holds."""
        self._writer.put(OUTPUT, [OutputRow(output, self.made(output), state)])
        self._writer.drop(STALE, "output", [_memory_of(output)])

    def outdate_memory(self, news: Collection[News] | None) -> None:
        """Remember, for every directory, what that file does not tell; None where it is to be made anew."""
        rows = self._connection.execute("SELECT path, made FROM output WHERE memory <> ''").fetchall()
        for path, made in rows:
            untold = _memory_of(path)
            self._writer.put(STALE, (StaleRow(untold, DocumentPath(" ".join(one))) for one in news or ()))
            if news is None or len(self.stale(untold)) > MOST_NEWS:
                self._writer.drop(STALE, "output", [untold])
                self._writer.put(OUTPUT, [OutputRow(path, made)])

    def claim(self, rows: Iterable[ProjectedRow]) -> None:
        """Remember which files of a directory are about to be written for the first time."""
        self._writer.put(PROJECTION, rows)

    def keep(
        self,
        output: OutputRow,
        *,
        gone: Iterable[ProjectedRow],
        rows: Iterable[ProjectedRow],
        parts: Iterable[PartRow],
    ) -> None:
        """Remember what stands in a directory, of which no document is stale now; `gone` is what was removed."""
        self._writer.drop_rows(PROJECTION, gone)
        self._writer.put(PROJECTION, rows)
        self._writer.put(PART, parts)
        self._writer.drop(STALE, "output", [output.path])
        memory = self.memory(output.path) if self.made(output.path) == output.made else ""
        self._writer.put(OUTPUT, [output._replace(memory=memory)])


def _memory_of(output: str) -> str:
    """Return the name under which it stands what the memory beside the documents of a directory does not tell."""
    return f"memory of {output}"
