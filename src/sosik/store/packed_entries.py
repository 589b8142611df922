"""Entries as they lie in the store, packed; any process can read them that has the dictionary of their kind."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sosik.model import Entry
from sosik.model.values import Digest
from sosik.store.bodies import RECORD_KIND
from sosik.store.connection import Connection
from sosik.store.contents import is_of_digest
from sosik.store.records import read_entry
from sosik.store.statements import BODY, MOST_ROWS, batches, marks


class PackedEntry(NamedTuple):
    """The last good version of an entry, `record`, by its digest; its body, `text` (UTF-8), by that."""

    id: str
    digest: str
    record: bytes
    text_digest: Digest
    text: bytes

    def read(self, unpack: Callable[[bytes], bytes]) -> Entry:
        """Return the entry. Raises ValueError, TypeError, AttributeError or KeyError for what its digests deny."""
        body = unpack(self.record)
        if not is_of_digest(body, self.digest) or not is_of_digest(self.text, self.text_digest):
            raise ValueError(RECORD_KIND)
        return read_entry(body, self.text.decode("utf-8", "surrogatepass"))


def packed_entries(connection: Connection, ids: Iterable[str]) -> Iterable[PackedEntry]:
    """Yield the last good versions of entries, in no order."""
    for batch in batches(ids, MOST_ROWS):
        query = (
            f"SELECT id, record.digest, record.body, text.digest, {BODY} FROM entry "
            "JOIN record ON record.digest = entry.record JOIN text ON text.digest = record.text "
            f"WHERE id IN ({marks(len(batch))})"
        )
        yield from map(PackedEntry._make, connection.execute(query, batch))


def packed_version(connection: Connection, digest: str) -> PackedEntry | None:
    """Return a version by its digest, whichever entry has it, under no id; None where there is none."""
    query = (
        f"SELECT '', record.digest, record.body, text.digest, {BODY} "
        "FROM record JOIN text ON text.digest = record.text WHERE record.digest = ?"
    )
    row = connection.execute(query, (digest,)).fetchone()
    return PackedEntry(*row) if row else None
