"""The entries that every build needs, in a table, so that none is searched for.

They have no file, were never in an edition, or share their link. The rows follow from files, entries and the ledger;
writes are noted and processed before the next query, at the latest with the transaction.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sosik.file_names import group_of_part
from sosik.model.values import EntryId, Seconds
from sosik.store.changes import Changes
from sosik.store.connection import Connection
from sosik.store.source_rows import WatchedRow
from sosik.store.sources import EVERY_TIME, stored_source
from sosik.store.statements import MOST_SMALL_ROWS, SCANNED, WATCHED, Writer, batches, marks

NO_FILE = "file"
NOT_SHOWN = "edition"
SHARED_LINK = "link"

_MOST_NOTED = 5_000
"""Entries that are noted before they are looked at, so that not all of them lie in memory."""

_WATCHED = {
    NO_FILE: (
        "SELECT id FROM ledger WHERE withdrawn IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = ledger.id) AND id IN",
        "SELECT id FROM entry WHERE NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = entry.id) AND id IN",
    ),
    NOT_SHOWN: ("SELECT id FROM entry WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.id = entry.id) AND id IN",),
}


class Watched:
    """Keeps `watched` as it follows from other tables, and takes out of `scanned` what is written into."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer
        self._ids: set[str] = set()
        self._linked: set[str] = set()
        self._links: set[str] = set()
        self._parts: set[str] = set()

    # --- what is asked for

    def missed(self) -> list[EntryId]:
        """Return the ids that no file has, of entries and of what stands in the ledger and was not taken back."""
        return self._of(NO_FILE)

    def sharing(self) -> list[EntryId]:
        """Return the published entries whose link another one has too."""
        return self._of(SHARED_LINK)

    def unseen(self, until: Seconds) -> list[EntryId]:
        """Return the entries that were published until an instant, and that no edition has shown."""
        query = "SELECT id FROM entry WHERE published <= ? AND id IN"
        return sorted(id_ for (id_,) in self._rows(query, self._of(NOT_SHOWN), until))

    def _of(self, reason: str) -> list[EntryId]:
        self._look()
        query = "SELECT entry FROM watched WHERE reason = ? ORDER BY entry"
        return [EntryId(id_) for (id_,) in self._connection.execute(query, (reason,))]

    # --- what is written

    def note(self, changes: Changes) -> bool:
        """Note what is about to be written; tell whether other entries are held back after that."""
        of_ledger = {*changes.ledger_gone, *(row.id for row in changes.ledger)}
        self._ids |= of_ledger | {*changes.entries_gone} | {entry.listing.id for entry in changes.entries}
        self._linked |= of_ledger
        self._links |= {row.link for row in changes.ledger}
        self._links.update(link for (link,) in self._rows("SELECT link FROM ledger WHERE id IN", of_ledger))
        is_held_otherwise = self._note_files(changes)
        elsewhere = of_ledger - {row.entry_id for row in changes.sources}
        self._parts.update(part for (part,) in self._rows("SELECT part FROM source WHERE entry_id IN", elsewhere))
        if len(self._ids) > _MOST_NOTED:
            self._look()
        return is_held_otherwise

    def _note_files(self, changes: Changes) -> bool:
        after = {row.path: row for row in changes.sources}
        held = {row.path: row.entry_id for row in changes.sources if row.held}
        held_before: dict[str, str] = {}
        query = "SELECT path, entry_id, held, part FROM source WHERE path IN"
        for path, id_, is_held, part in self._rows(query, {*changes.sources_gone, *after}):
            self._ids.add(id_)
            self._parts.add(part)
            if is_held:
                held_before[path] = id_
        self._ids.update(row.entry_id for row in after.values())
        self._parts.update(stored_source(row).part for row in after.values())
        return held != held_before

    def end(self) -> None:
        """Look at what was noted before the transaction ends."""
        self._look()
        self.take_out()

    def take_out(self) -> None:
        """Take out of `scanned` what was written into until now."""
        parts = self._parts - {EVERY_TIME}
        self._writer.drop(SCANNED, "part", sorted(parts.union(map(group_of_part, parts))))
        self._parts.clear()

    def forget(self) -> None:
        """Know nothing any more that a transaction has taken back."""
        for noted in (self._ids, self._linked, self._links, self._parts):
            noted.clear()

    def _look(self) -> None:
        """Look at what was noted, as it is by now."""
        self._links.discard("")
        alike: dict[str, list[str]] = {}
        query = "SELECT id, link FROM ledger WHERE withdrawn IS NULL AND link <> '' AND link IN"
        for id_, link in self._rows(query, self._links):
            alike.setdefault(link, []).append(id_)
        self._linked.update(*alike.values())
        found = {(SHARED_LINK, id_) for ids in alike.values() if len(ids) > 1 for id_ in ids}
        for reason, queries in _WATCHED.items():
            found |= {(reason, id_) for query in queries for (id_,) in self._rows(query, self._ids)}
        self._drop("=", self._linked)
        self._drop("<>", self._ids)
        self._writer.put(WATCHED, (WatchedRow(reason, EntryId(id_)) for reason, id_ in sorted(found)))
        for noted in (self._ids, self._linked, self._links):
            noted.clear()

    def _drop(self, compared: str, ids: Iterable[str]) -> None:
        for batch in batches(ids, MOST_SMALL_ROWS):
            query = f"DELETE FROM watched WHERE reason {compared} ? AND entry IN ({marks(len(batch))})"
            self._connection.execute(query, (SHARED_LINK, *batch))

    def _rows(self, query: str, values: Iterable[str], *before: object) -> Iterator[tuple[Any, ...]]:
        for batch in batches(values, MOST_SMALL_ROWS):
            yield from self._connection.execute(f"{query} ({marks(len(batch))})", (*before, *batch))
