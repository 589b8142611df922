"""Rows written and dropped many at a time, in SQL that SQLite (3.35) and PostgreSQL (15) both take."""

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct

from sosik.store.connection import Connection
from sosik.store.rows import (
    AnnouncementRow,
    DictionaryRow,
    DocumentRow,
    DueRow,
    EditionRow,
    EntryRow,
    FamilyRow,
    FeedRow,
    FragmentRow,
    GoneRow,
    LedgerRow,
    MediumRow,
    MemberRow,
    MetaRow,
    OutputRow,
    PageRow,
    PartRow,
    PointerRow,
    ProjectedRow,
    RecordRow,
    StaleRow,
    TargetRow,
    TextRow,
)
from sosik.store.source_rows import ScannedRow, StoredSource, WatchedRow

MOST_VALUES = 20_000
"""Values in one statement: SQLite takes 32,766 since 3.32, PostgreSQL 65,535."""

MOST_ROWS = 1_000
"""Rows in one statement, so that their texts do not all lie in memory at once."""

MOST_SMALL_ROWS = 10_000
"""Rows in one statement, where each is of a few short values."""

MOST_TERMS = 200
"""Rows told apart by several columns in one statement: SQLite takes an expression that is 1,000 deep."""

BODY = "CAST(text.body AS BLOB)"
"""How bodies are read: in UTF-8, as they pass through this process without being looked at."""

T = TypeVar("T")


class Table(Struct, frozen=True):
    """A table: its name, the row that it keeps, and the columns that tell one row from another.

    Those in `texts` are text of which the row has the bytes, in UTF-8.
    """

    name: str
    row: type[tuple[object, ...]]
    key: tuple[str, ...]
    texts: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the row."""
        fields: tuple[str, ...] = self.row._fields  # type: ignore[attr-defined]  # every row is a NamedTuple
        return fields

    @property
    def places(self) -> tuple[int, ...]:
        """Where the columns of the key stand in a row."""
        return tuple(map(self.columns.index, self.key))


META = Table("meta", MetaRow, ("name",))
SOURCE = Table("source", StoredSource, ("path",))
SCANNED = Table("scanned", ScannedRow, ("part",))
WATCHED = Table("watched", WatchedRow, WatchedRow._fields)
RECORD = Table("record", RecordRow, ("digest",))
ENTRY = Table("entry", EntryRow, ("id",))
LEDGER = Table("ledger", LedgerRow, ("id",))
FEED = Table("feed", FeedRow, ("name",))
DOCUMENT = Table("document", DocumentRow, ("path",))
OUTPUT = Table("output", OutputRow, ("path",))
PROJECTION = Table("projection", ProjectedRow, ("output", "part", "document"))
PART = Table("part", PartRow, ("output", "part"))
STALE = Table("stale", StaleRow, StaleRow._fields)
ANNOUNCEMENT = Table("announcement", AnnouncementRow, ("target", "url"))
TARGET = Table("target", TargetRow, ("target",))
EDITION = Table("edition", EditionRow, ("number",))
FRAGMENT = Table("fragment", FragmentRow, ("entry_id", "format", "content"))
GONE = Table("gone", GoneRow, ("path",))
TEXT = Table("text", TextRow, ("digest",), texts=("body",))
PAGE = Table("page", PageRow, ("digest",))
DICTIONARY = Table("dictionary", DictionaryRow, ("kind",))
MEMBER = Table("member", MemberRow, MemberRow._fields)
FAMILY = Table("family", FamilyRow, ("feed", "value"))
DUE = Table("due", DueRow, DueRow._fields)
POINTER = Table("pointer", PointerRow, PointerRow._fields)
MEDIUM = Table("medium", MediumRow, MediumRow._fields)

LISTED = (MEMBER, DUE, POINTER, MEDIUM)
"""The tables that say of entries what follows from their listings and their texts."""

BUILT = (
    *(META, SOURCE, RECORD, ENTRY, LEDGER, FRAGMENT, TEXT, FEED, DOCUMENT, PAGE, GONE, EDITION, ANNOUNCEMENT, TARGET),
    *(*LISTED, FAMILY, STALE, DICTIONARY, SCANNED, WATCHED, OUTPUT),
)
"""The tables that a build writes."""

COUNTED = (LEDGER, ENTRY, FEED, GONE, DOCUMENT)
"""The tables whose rows are counted with every commit that writes them: one that lost some contradicts its count."""

COUNTS = "counts"
"""Where the numbers are remembered."""


class Writer:
    """Writes rows of tables, and drops them; those of a dry run may be shadowed (see `sosik.store.shadow`).

    `written` are the names of the tables that it was asked to write.
    """

    def __init__(self, connection: Connection, *, is_shadowed: bool = False) -> None:
        self.written: set[str] = set()
        self._connection = connection
        self._is_shadowed = is_shadowed

    def put(self, table: Table, rows: Iterable[tuple[object, ...]], most: int = MOST_ROWS) -> None:
        """Write rows, each in place of one with the same key, the last of several; at most so many in a statement."""
        self.written.add(table.name)
        for batch in batches(rows, min(most, MOST_VALUES // len(table.columns))):
            key = itemgetter(*table.places)
            # PostgreSQL puts no row in place of one that the same statement wrote.
            last = {key(row): row for row in batch}.values()
            # A shadowed table replaces rows by itself, and is a view, which takes no ON CONFLICT.
            replacing = "" if self._is_shadowed else _on_conflict(table)
            # What is true or false is kept as a number: SQLite has nothing else.
            values = [int(value) if isinstance(value, bool) else value for row in last for value in row]
            self._connection.execute(f"{_insert(table, len(last))} {replacing}", values)

    def drop_rows(self, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
        """Delete rows, told by their keys."""
        same = " AND ".join(f"{column} = ?" for column in table.key)
        self.written.add(table.name)
        for batch in batches(rows, MOST_TERMS):
            terms = " OR ".join([f"({same})"] * len(batch))
            values = [row[place] for row in batch for place in table.places]
            self._connection.execute(f"DELETE FROM {table.name} WHERE {terms}", values)

    def drop(self, table: Table, column: str, keys: Iterable[str]) -> None:
        """Delete the rows in which a column is one of `keys`."""
        self.written.add(table.name)
        for batch in batches(keys, MOST_ROWS):
            self._connection.execute(f"DELETE FROM {table.name} WHERE {column} IN ({marks(len(batch))})", batch)


def batches(values: Iterable[T], most: int) -> Iterator[list[T]]:
    """Yield the values in lists of at most so many; no list is empty."""
    rest = iter(values)
    while batch := list(islice(rest, most)):
        yield batch


def _insert(table: Table, count: int) -> str:
    row = ", ".join("CAST(? AS TEXT)" if column in table.texts else "?" for column in table.columns)
    return f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES {', '.join([f'({row})'] * count)}"


def _on_conflict(table: Table) -> str:
    others = [column for column in table.columns if column not in table.key]
    action = ", ".join(f"{column} = excluded.{column}" for column in others)
    return f"ON CONFLICT ({', '.join(table.key)}) DO {f'UPDATE SET {action}' if others else 'NOTHING'}"


def marks(count: int) -> str:
    """Return so many placeholders."""
    return ", ".join("?" * count)
