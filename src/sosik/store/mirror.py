"""The tables that every build reads whole, as values: a process that builds again and again reads them once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sosik.model import Content, FormatName, Listing
from sosik.store.rows import FeedRow, Origin

V = TypeVar("V")


class Rows(Generic[V]):
    """The rows of one table by their key, once they were asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, V] | None = None

    def all(self, read: Callable[[], Iterable[tuple[str, V]]]) -> dict[str, V]:
        """Return all rows, a dictionary of the caller's own; `read` gives them where they are not known yet."""
        if self._rows is None:
            self._rows = dict(read())
        return self._rows.copy()

    def one(self, key: str) -> V | None:
        """Return a row, if it is known."""
        return self._rows.get(key) if self._rows is not None else None

    def put(self, key: str, row: V) -> None:
        """Take over what was written to the table."""
        if self._rows is not None:
            self._rows[key] = row

    def drop(self, key: str) -> None:
        """Take over what was deleted from the table."""
        if self._rows is not None:
            self._rows.pop(key, None)

    def forget(self) -> None:
        """Know nothing any more."""
        self._rows = None


FragmentDigests = dict[tuple[FormatName, Content], str]
"""The digests of an entry's fragments by format and content."""


@dataclass(kw_only=True, slots=True)
class Mirror:
    """What is known of a store's tables while it is at `revision`: that changes with every transaction of a writer."""

    revision: str = ""
    listings: Rows[Listing] = field(default_factory=Rows)
    feeds: Rows[FeedRow] = field(default_factory=Rows)
    fragments: Rows[FragmentDigests] = field(default_factory=Rows)
    origins: Rows[Origin] = field(default_factory=Rows)

    def forget(self) -> None:
        """Know nothing any more: what was written has not come true, or somebody else has written."""
        self.revision = ""
        for rows in (self.listings, self.feeds, self.fragments, self.origins):
            rows.forget()
