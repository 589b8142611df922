"""The ledger: lookups by id and by the values that identify an article."""

from collections.abc import Iterable, Iterator

from sosik.model.values import EntryId, Seconds
from sosik.store.connection import Connection
from sosik.store.rows import LedgerRow, Marks, columns
from sosik.store.statements import MOST_ROWS, batches, marks

_ALL = f"SELECT {columns(LedgerRow)} FROM ledger"
_TAKEN_BACK = f"{_ALL} WHERE id > ? AND published <= ? AND withdrawn IS NOT NULL ORDER BY id LIMIT ?"
_OTHERS = f"{_ALL} WHERE id > ? AND published <= ? AND withdrawn IS NULL ORDER BY id LIMIT ?"


_PARTIAL = frozenset({"link", "page"})
"""Columns in which most rows may have nothing: their indexes hold only the others."""


class LedgerRows:
    """The table `ledger` of the store behind `connection`. Nothing here writes: `Store.apply` does."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self) -> Iterator[LedgerRow]:
        """Yield every row, in no order; to be used up before anything is written."""
        return map(LedgerRow._make, self._connection.execute(_ALL))

    def in_order(self, until: Seconds, *, withdrawn: bool) -> Iterator[LedgerRow]:
        """Yield what was published until an instant, what was taken back or all else, by id: a few rows at a time."""
        query = _TAKEN_BACK if withdrawn else _OTHERS
        rows: list[LedgerRow] = []
        is_over = False
        while not is_over:
            last = rows[-1].id if rows else ""
            found = self._connection.execute(query, (last, until, MOST_ROWS)).fetchall()
            is_over = len(found) < MOST_ROWS
            rows = [LedgerRow._make(row) for row in found]
            yield from rows

    def published_after(self, at: Seconds) -> list[EntryId]:
        """Return the ids of what was published after an instant."""
        return [EntryId(id_) for (id_,) in self._connection.execute("SELECT id FROM ledger WHERE published > ?", (at,))]

    def of(self, ids: Iterable[EntryId]) -> dict[EntryId, LedgerRow]:
        """Return what was published under some ids, by id."""
        return {row.id: row for row in self._with("id", ids)}

    def alike(self, wanted: Marks) -> dict[EntryId, LedgerRow]:
        """Return, by id, the rows that have any of the marks."""
        return {row.id: row for column, values in wanted._asdict().items() for row in self._with(column, values)}

    def is_empty(self) -> bool:
        """Tell whether nothing was ever published."""
        return self._connection.execute("SELECT 1 FROM ledger LIMIT 1").fetchone() is None

    def live(self) -> int:
        """Return how many entries were published and not taken back."""
        count: int = self._connection.execute("SELECT count(*) FROM ledger WHERE withdrawn IS NULL").fetchone()[0]
        return count

    def _with(self, column: str, values: Iterable[object]) -> Iterator[LedgerRow]:
        # Of a partial index SQL must say that no row outside of it is wanted.
        for batch in batches(values, MOST_ROWS):
            query = f"{_ALL} WHERE {column} IN ({marks(len(batch))})"
            if column in _PARTIAL:
                query = f"{query} AND {column} <> ''"
            yield from map(LedgerRow._make, self._connection.execute(query, batch))
