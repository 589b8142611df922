"""Sets back the times of a clock that ran ahead, so that no recorded time is in the future."""

from sosik.model.values import Seconds
from sosik.store.connection import Connection
from sosik.store.statements import (
    ANNOUNCEMENT,
    DOCUMENT,
    FEED,
    GONE,
    LEDGER,
    MOST_ROWS,
    TARGET,
    Table,
    Writer,
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


def date_back(connection: Connection, writer: Writer, at: Seconds) -> list[str]:
    """Let nothing be dated after `at`; return the documents that were: their files are to have another time."""
    documents = [path for (path,) in connection.execute("SELECT path FROM document WHERE last_modified > ?", (at,))]
    for table, column in INSTANTS:
        names = ", ".join(table.columns)
        query = f"SELECT {names} FROM {table.name} WHERE {column} > ? LIMIT {MOST_ROWS}"
        place = table.columns.index(column)
        while rows := connection.execute(query, (at,)).fetchall():
            writer.put(table, ((*row[:place], at, *row[place + 1 :]) for row in rows))
    return documents
