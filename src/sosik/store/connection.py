"""What the tables of the store ask of a database: that it takes SQL, with `?` for values, and gives rows."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Cursor(Protocol):
    """The rows that a statement gave, in order, each once."""

    def fetchone(self) -> Any:
        """Return the next row, a tuple; None where there is none."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """An open database. What fails is raised as `StoreError`, now or while rows are read, whichever database it is."""

    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement."""
