"""What was done by a clock that ran ahead, dated back: nothing is said to have happened later than now."""

from sosik.model.values import Seconds
from sosik.store.connection import Connection
from sosik.store.rows import ProjectedRow
from sosik.store.statements import (
    ANNOUNCEMENT,
    DOCUMENT,
    FEED,
    GONE,
    LEDGER,
    MOST_ROWS,
    PROJECTION,
    TARGET,
    Table,
    Writer,
    batches,
    marks,
)

INSTANTS: tuple[tuple[Table, str], ...] = (
    (FEED, "updated"),
    (DOCUMENT, "last_modified"),
    (LEDGER, "withdrawn"),
    (GONE, "since"),
    (ANNOUNCEMENT, "since"),
    (ANNOUNCEMENT, "due"),
    (TARGET, "due"),
)
"""The columns that hold when something was done, or when it is to be tried again, by the clock of the machine."""


def date_back(connection: Connection, writer: Writer, at: Seconds, *, is_dry: bool) -> None:
    """Let nothing be dated after `at`. Files whose documents are dated back are written again, to have their time."""
    if not is_dry:  # of what lies in directories a dry run says nothing
        _write_again(connection, writer, at)
    for table, column in INSTANTS:
        names = ", ".join(table.columns)
        query = f"SELECT {names} FROM {table.name} WHERE {column} > ? LIMIT {MOST_ROWS}"
        place = table.columns.index(column)
        while rows := connection.execute(query, (at,)).fetchall():
            writer.put(table, ((*row[:place], at, *row[place + 1 :]) for row in rows))


def _write_again(connection: Connection, writer: Writer, at: Seconds) -> None:
    """Forget which bytes the files of documents have that changed after an instant."""
    paths = [path for (path,) in connection.execute("SELECT path FROM document WHERE last_modified > ?", (at,))]
    for batch in batches(paths, MOST_ROWS):
        query = f"SELECT {', '.join(PROJECTION.columns)} FROM projection WHERE document IN ({marks(len(batch))})"
        rows = [ProjectedRow(*row) for row in connection.execute(query, batch)]
        writer.put(PROJECTION, (row._replace(etag="") for row in rows))
