"""The files of content/ as they were when they were last read, asked for by path and by the entry that they hold."""

from collections.abc import Iterable, Iterator

from sosik.model.values import EntryId
from sosik.store.connection import Connection
from sosik.store.rows import KnownFile, SourceRow, columns
from sosik.store.statements import MOST_ROWS, batches, marks


class Sources:
    """The table `source` of the store behind `connection`. Nothing here writes: `Store.apply` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self) -> Iterator[KnownFile]:
        """Yield what a scan is compared with, for every file, in no order; to be used up before anything is written."""
        query = """
            SELECT path, stamp, entry_id, pictures, held, problems, EXISTS (
                SELECT 1 FROM ledger WHERE ledger.id = source.entry_id AND ledger.withdrawn IS NULL
            ) FROM source
            """
        return map(KnownFile._make, self._connection.execute(query))

    def at(self, paths: Iterable[str]) -> dict[str, SourceRow]:
        """Return what is remembered of files, by path."""
        rows: dict[str, SourceRow] = {}
        for batch in batches(paths, MOST_ROWS):
            query = f"SELECT {columns(SourceRow)} FROM source WHERE path IN ({marks(len(batch))})"
            rows |= {row[0]: SourceRow(*row) for row in self._connection.execute(query, batch)}
        return rows

    def of(self, ids: Iterable[EntryId]) -> dict[str, EntryId]:
        """Return the files that hold entries, each path with the id of its entry."""
        found: dict[str, EntryId] = {}
        for batch in batches(ids, MOST_ROWS):
            query = f"SELECT path, entry_id FROM source WHERE entry_id IN ({marks(len(batch))})"
            found |= self._connection.execute(query, batch)
        return found

    def missed(self) -> list[EntryId]:
        """Return the ids that no file has, of entries and of what stands in the ledger and was not taken back."""
        query = """
            SELECT id FROM ledger
            WHERE withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = ledger.id)
            UNION
            SELECT id FROM entry WHERE NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = entry.id)
            """
        return [id_ for (id_,) in self._connection.execute(query)]
