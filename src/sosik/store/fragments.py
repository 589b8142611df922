"""Rendered entries: those written or read last stay in memory, because feeds share their entries."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from sosik.model import Content, FormatName, Fragment
from sosik.model.feed import SPELLINGS
from sosik.model.values import NO_DIGEST, EntryId
from sosik.store.changes import Changes
from sosik.store.connection import Connection
from sosik.store.packing import Packing
from sosik.store.rows import FragmentKey
from sosik.store.statements import MOST_ROWS, batches, marks

MOST_BYTES = 64_000_000
"""Bytes of fragments that lie in memory; the text that the formats of an entry share counts once."""


class Rendered:
    """Entries as rendered, those that were last in use; at most `MOST_BYTES`."""

    def __init__(self) -> None:
        self._known: OrderedDict[EntryId, dict[FragmentKey, Fragment]] = OrderedDict()
        self._bytes = 0

    def of(self, entry: EntryId) -> Mapping[FragmentKey, Fragment]:
        """Return what is known of an entry."""
        known = self._known.get(entry)
        if known is None:
            return {}
        self._known.move_to_end(entry)
        return known

    def take(self, entry: EntryId, fragments: Mapping[FragmentKey, Fragment]) -> None:
        """Know fragments of an entry, in place of those before."""
        known = {**self._known.get(entry, {}), **fragments}
        self.drop(entry)
        self._known[entry] = known
        self._bytes += _size(known)
        while self._bytes > MOST_BYTES:
            self._bytes -= _size(self._known.popitem(last=False)[1])

    def drop(self, entry: EntryId) -> None:
        """Know nothing of an entry any more."""
        if (known := self._known.pop(entry, None)) is not None:
            self._bytes -= _size(known)

    def clear(self) -> None:
        """Know nothing any more."""
        self._known.clear()
        self._bytes = 0


def _size(fragments: Mapping[FragmentKey, Fragment]) -> int:
    texts = {id(fragment.text): len(fragment.text) for fragment in fragments.values()}
    return sum(texts.values()) + sum(len(fragment.head) + len(fragment.tail) for fragment in fragments.values())


def fragment_kind(format_name: str) -> str:
    """Return the kind of what stands before the body of an entry in a format."""
    return f"fragment {format_name}"


class KeptFragments:
    """Reads fragments, and remembers some, so that it must be told what is written.

    What another store has `rendered` is taken for known; whoever hands that over compares what comes of it.
    """

    def __init__(self, connection: Connection, packing: Packing, rendered: Rendered | None = None) -> None:
        self._connection = connection
        self._packing = packing
        self.rendered = Rendered() if rendered is None else rendered

    def of(self, keys: Iterable[FragmentKey]) -> dict[FragmentKey, Fragment]:
        """Return entries as rendered, by key. Raises ValueError for what is no fragment."""
        found: dict[FragmentKey, Fragment] = {}
        lacking: dict[EntryId, list[FragmentKey]] = {}
        for key in keys:
            if (fragment := self.rendered.of(key.entry_id).get(key)) is not None:
                found[key] = fragment
            else:
                lacking.setdefault(key.entry_id, []).append(key)
        for entry, read in groupby(self._read(sorted(lacking)), lambda pair: pair[0].entry_id):
            fragments = dict(read)
            self.rendered.take(entry, fragments)
            found |= {key: fragments[key] for key in lacking[entry] if key in fragments}
        return found

    def note(self, changes: Changes) -> None:
        """Take note of what is written."""
        for id_ in changes.entries_gone:
            self.rendered.drop(EntryId(id_))
        texts: dict[str, str] = {row.digest: row.body for row in (*changes.texts_known, *changes.texts)}
        texts[NO_DIGEST] = ""
        made: dict[EntryId, dict[FragmentKey, Fragment]] = {}
        for row in changes.fragments:
            key = FragmentKey(row.entry_id, FormatName(row.format), Content(row.content))
            fragments = made.setdefault(row.entry_id, {})
            if row.text in texts:
                fragments[key] = _fragment(key.format, row.head, texts[row.text], row.tail, row.prefixes)
        for entry, fragments in made.items():
            # What is known of it may be of its text before.
            self.rendered.drop(entry)
            self.rendered.take(entry, fragments)

    def forget(self) -> None:
        """Know nothing any more that a transaction may have taken back."""
        self.rendered.clear()

    def _read(self, ids: Collection[EntryId]) -> Iterator[tuple[FragmentKey, Fragment]]:
        """Yield the fragments of entries in every format; formats of an entry stand together and share its text."""
        for batch in batches(ids, MOST_ROWS):
            query = (
                "SELECT entry_id, format, content, prefixes, head, text.body, tail "
                "FROM fragment LEFT JOIN text ON text.digest = fragment.text "
                f"WHERE entry_id IN ({marks(len(batch))}) ORDER BY entry_id, format, content"
            )
            for id_, name, content, prefixes, head, text, tail in self._connection.execute(query, batch):
                key = FragmentKey(id_, FormatName(name), Content(content))
                before = self._packing.unpack(fragment_kind(name), head)
                yield key, _fragment(key.format, before, text or "", bytes(tail), prefixes)


def _fragment(name: FormatName, head: bytes, text: str, tail: bytes, prefixes: str) -> Fragment:
    return Fragment(name, head, _spelled(text, SPELLINGS[name]), tail, _parts(prefixes))


@lru_cache(maxsize=len(FormatName))
def _spelled(text: str, spelling: Callable[[bytes], bytes]) -> bytes:
    """Return a text as formats spell it: those of an entry come one after another, and most are spelled alike."""
    return spelling(text.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=100)
def _parts(prefixes: str) -> frozenset[str]:
    return frozenset(prefixes.split())
