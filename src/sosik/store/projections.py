"""What was last written into directories of published files, compared with the documents by the database itself."""

from collections.abc import Collection, Iterable, Iterator

from sosik.store.connection import Connection
from sosik.store.rows import DocumentHead, ProjectedRow, columns, document_head
from sosik.store.statements import PROJECTION, Writer, marks


class Projections:
    """The table `projection` of the store behind `connection`; `put` and `drop` belong into a transaction."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def each(self, output: str) -> Iterator[ProjectedRow]:
        """Yield what was last written into a directory."""
        query = f"SELECT {columns(ProjectedRow)} FROM projection WHERE output = ?"
        return map(ProjectedRow._make, self._connection.execute(query, (output,)))

    def differing(self, output: str, packed: Collection[str]) -> list[DocumentHead]:
        """Return the heads of the documents that are not what was last written; those of media types `packed` twice."""
        heads = ", ".join(f"document.{column}" for column in DocumentHead._fields)
        is_packed = f"document.media_type IN ({marks(len(packed))})" if packed else "1 = 0"
        query = f"""
            SELECT {heads} FROM document
            LEFT JOIN projection ON projection.output = ? AND projection.document = document.path
            WHERE projection.etag IS NULL OR projection.etag <> document.etag
            OR (projection.packed <> '') <> ({is_packed})
            """
        return [document_head(row) for row in self._connection.execute(query, (output, *packed))]

    def gone(self, output: str) -> list[ProjectedRow]:
        """Return what was written of documents that are no more."""
        query = f"""
            SELECT {columns(ProjectedRow)} FROM projection WHERE output = ?
            AND NOT EXISTS (SELECT 1 FROM document WHERE document.path = projection.document)
            """
        return [ProjectedRow(*row) for row in self._connection.execute(query, (output,))]

    def media_types(self) -> list[str]:
        """Return the media types that documents have."""
        return [name for (name,) in self._connection.execute("SELECT DISTINCT media_type FROM document")]

    def put(self, rows: Iterable[ProjectedRow]) -> None:
        """Remember what stands in a directory now."""
        self._writer.put(PROJECTION, rows)

    def drop(self, rows: Iterable[ProjectedRow]) -> None:
        """Forget what was removed from a directory."""
        self._writer.drop_rows(PROJECTION, rows)
