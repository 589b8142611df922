"""Entries as rendered, read back: those that were written or read last lie in memory, for feeds share their entries."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from sosik.model import Content, FormatName, Fragment
from sosik.model.values import NO_DIGEST, EntryId
from sosik.store.changes import Changes
from sosik.store.connection import Connection
from sosik.store.packing import Packing
from sosik.store.rows import FragmentKey
from sosik.store.statements import MOST_ROWS, batches, marks

MOST_BYTES = 64_000_000
"""Bytes of fragments that lie in memory; the formats of an entry share its text, so they take less than that."""


def fragment_kind(format_name: str) -> str:
    """Return the kind of what stands before the body of an entry in a format."""
    return f"fragment {format_name}"


class KeptFragments:
    """Reads fragments, and remembers some, so that it must be told what is written."""

    def __init__(self, connection: Connection, packing: Packing) -> None:
        self._connection = connection
        self._packing = packing
        self._known: OrderedDict[FragmentKey, Fragment] = OrderedDict()
        self._bytes = 0

    def of(self, keys: Iterable[FragmentKey]) -> dict[FragmentKey, Fragment]:
        """Return entries as rendered, by key. Raises ValueError for what is no fragment."""
        keys = [*keys]
        found: dict[FragmentKey, Fragment] = {}
        for key in keys:
            if (fragment := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                found[key] = fragment
        lacking = {key for key in keys if key not in found}
        for key, fragment in self._read(sorted({key.entry_id for key in lacking})):
            if key in lacking:
                found[key] = fragment
            self._remember(key, fragment)
        return found

    def note(self, changes: Changes) -> None:
        """Take note of what is written."""
        for id_ in changes.entries_gone:
            for name in FormatName:
                for content in Content:
                    self._forget(FragmentKey(EntryId(id_), name, content))
        texts: dict[str, bytes] = {row.digest: row.body.encode("utf-8", "surrogatepass") for row in changes.texts}
        texts[NO_DIGEST] = b""
        for row in changes.fragments:
            key = FragmentKey(row.entry_id, FormatName(row.format), Content(row.content))
            self._forget(key)
            if row.text in texts:
                self._remember(key, Fragment(key.format, row.head, texts[row.text], row.tail, _parts(row.prefixes)))

    def forget(self) -> None:
        """Know nothing any more that a transaction may have taken back."""
        self._known.clear()
        self._bytes = 0

    def _remember(self, key: FragmentKey, fragment: Fragment) -> None:
        self._forget(key)
        self._known[key] = fragment
        self._bytes += fragment.length
        while self._bytes > MOST_BYTES:
            self._bytes -= self._known.popitem(last=False)[1].length

    def _forget(self, key: FragmentKey) -> None:
        if (fragment := self._known.pop(key, None)) is not None:
            self._bytes -= fragment.length

    def _read(self, ids: Collection[EntryId]) -> Iterator[tuple[FragmentKey, Fragment]]:
        """Yield the fragments of entries in every format; formats of an entry stand together and share its text."""
        for batch in batches(ids, MOST_ROWS):
            query = (
                "SELECT entry_id, format, content, prefixes, head, fragment.text, text.body, tail "
                "FROM fragment LEFT JOIN text ON text.digest = fragment.text "
                f"WHERE entry_id IN ({marks(len(batch))})"
            )
            last, body = "", b""
            for id_, name, content, prefixes, head, digest, text, tail in self._connection.execute(query, batch):
                if not text or digest != last:
                    last, body = digest, (text or "").encode("utf-8", "surrogatepass")
                key = FragmentKey(id_, FormatName(name), Content(content))
                before = self._packing.unpack(fragment_kind(name), head)
                yield key, Fragment(key.format, before, body, bytes(tail), _parts(prefixes))


@lru_cache(maxsize=100)
def _parts(prefixes: str) -> frozenset[str]:
    return frozenset(prefixes.split())
