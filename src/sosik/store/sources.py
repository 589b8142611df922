"""The last read state of the files of content/, by path and by entry.

They are in parts, so unchanged files cost no reading of their rows: see the table `scanned`.
"""

from collections.abc import Collection, Iterable, Iterator

from sosik.file_names import group_of_part, part_of, parts_of
from sosik.model.values import EntryId
from sosik.store.connection import Connection
from sosik.store.rows import columns
from sosik.store.source_rows import KnownFile, ScannedRow, SourceRow, StoredSource
from sosik.store.statements import MOST_ROWS, SCANNED, Writer, batches, marks

EVERY_TIME = ""
"""The part of those that every sync looks at: they are held back, or were not there, or not whole."""

_KNOWN = """
    SELECT path, stamp, entry_id, pictures, held, problems, part, EXISTS (
        SELECT 1 FROM ledger WHERE ledger.id = source.entry_id AND ledger.withdrawn IS NULL
    ) FROM source
    """
_IN_PARTS = f"{_KNOWN} WHERE part IN ({{}}) ORDER BY part"


def stored_source(row: SourceRow) -> StoredSource:
    """Return a file as the table has it."""
    is_settled = not row.held and row.missing_since is None
    return StoredSource(*row, part_of(row.path) if is_settled else EVERY_TIME)


class Sources:
    """The tables `source` and `scanned` of the store behind `connection`; `Store.apply` writes the former."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer

    def each(self) -> Iterator[KnownFile]:
        """Yield what a scan is compared with, for every file, in no order; to be used up before anything is written."""
        return map(KnownFile._make, self._connection.execute(_KNOWN))

    def in_parts(self, parts: Collection[str]) -> Iterator[KnownFile]:
        """Yield the same for the files of some parts, one part after another in the order of their names."""
        asked = frozenset(parts)
        if len(asked) > MOST_ROWS:
            rows = self._connection.execute(f"{_KNOWN} WHERE part <> ? ORDER BY part", (EVERY_TIME,))
            yield from (row for row in map(KnownFile._make, rows) if row.part in asked)
        elif asked:
            query = _IN_PARTS.format(marks(len(asked)))
            yield from map(KnownFile._make, self._connection.execute(query, sorted(asked)))

    def with_problems(self) -> list[tuple[str, str, str]]:
        """Return the files that have problems: path, part, and problems as records."""
        query = "SELECT path, part, problems FROM source WHERE problems <> '[]'"
        return [*self._connection.execute(query)]

    def held(self) -> set[EntryId]:
        """Return the ids of the entries whose files are held back."""
        rows = self._connection.execute("SELECT entry_id FROM source WHERE part = ? AND held <> 0", (EVERY_TIME,))
        return {EntryId(id_) for (id_,) in rows}

    def scanned(self) -> dict[str, ScannedRow]:
        """Return, by name, the groups in which every file was as it was left, and into which nothing was written."""
        query = f"SELECT {columns(ScannedRow)} FROM scanned WHERE length(part) = 2"
        return {row[0]: ScannedRow(*row) for row in self._connection.execute(query)}

    def scanned_in(self, groups: Collection[str]) -> dict[str, ScannedRow]:
        """Return, by name, the same of the parts of some groups."""
        asked = [part for group in groups for part in parts_of(group)]
        query = f"SELECT {columns(ScannedRow)} FROM scanned WHERE "
        query += f"part IN ({marks(len(asked))})" if 0 < len(asked) <= MOST_ROWS else "length(part) > 2"
        rows = self._connection.execute(query, asked if len(asked) <= MOST_ROWS else ()) if groups else ()
        return {row[0]: ScannedRow(*row) for row in rows if group_of_part(row[0]) in groups}

    def keep_scanned(self, rows: Collection[ScannedRow]) -> None:
        """Remember of groups and parts that every file in them is as it was left, within the caller's transaction."""
        self._writer.put(SCANNED, rows)

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
