"""Reads rendered entries; those written or read last stay in memory, because feeds share their entries."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from sosik.model import Content, FormatName, Fragment
from sosik.model.feed import SPELLINGS
from sosik.model.values import NO_DIGEST, EntryId
from sosik.store.changes import Changes
from sosik.store.connection import Connection
from sosik.store.known import Known
from sosik.store.packing import Packing
from sosik.store.rows import FragmentDigests, FragmentKey, FragmentRow
from sosik.store.statements import BODY, MOST_ROWS, batches, marks

_MANY = 50
"""Entries rendered together from which on more are to be expected than memory has room for."""


def fragment_kind(format_name: str) -> str:
    """Return the kind of what stands before the body of an entry in a format."""
    return f"fragment {format_name}"


class KeptFragments:
    """Reads fragments, and remembers some, so that it must be told what is written.

    What is `known` of the store already is taken from there.
    """

    def __init__(self, connection: Connection, packing: Packing, known: Known | None = None) -> None:
        self._connection = connection
        self._packing = packing
        self._known = known = known or Known()
        self.rendered = known.rendered

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

    def digests(self, ids: Iterable[EntryId]) -> dict[EntryId, FragmentDigests]:
        """Return, by entry, the digests of what its fragments were made from; not to be changed."""
        digests, lacking = self._known.digests.among(ids)
        for batch in batches(lacking, MOST_ROWS):
            query = f"SELECT entry_id, format, content, digest FROM fragment WHERE entry_id IN ({marks(len(batch))})"
            read: dict[EntryId, FragmentDigests] = {}
            for id_, name, content, digest in self._connection.execute(query, batch):
                read.setdefault(EntryId(id_), {})[FormatName(name), Content(content)] = digest
            self._known.digests.keep(read)
            digests |= read
        return digests

    def note(self, changes: Changes) -> None:
        """Take note of what is written."""
        for id_ in changes.entries_gone:
            self.rendered.drop(EntryId(id_))
        texts: dict[str, bytes] = {row.digest: row.body for row in (*changes.texts_known, *changes.texts)}
        texts[NO_DIGEST] = b""
        made: dict[EntryId, list[FragmentRow]] = {}
        for row in changes.fragments:
            made.setdefault(row.entry_id, []).append(row)
        for entry, rows in made.items():
            # What is known of it may be of its text before.
            self.rendered.drop(entry)
            # Of very many those that came first are wanted first: if all were taken, they would be gone by then.
            if len(made) < _MANY or not self.rendered.is_full:
                fragments = {
                    FragmentKey(entry, FormatName(row.format), Content(row.content)): _fragment(
                        FormatName(row.format), row.head, texts[row.text], row.tail, row.prefixes
                    )
                    for row in rows
                    if row.text in texts
                }
                self.rendered.take(entry, fragments)
                self.rendered.vouch(fragments)

    def forget(self) -> None:
        """Know nothing any more that a transaction may have taken back."""
        self.rendered.clear()

    def _read(self, ids: Collection[EntryId]) -> Iterator[tuple[FragmentKey, Fragment]]:
        """Yield the fragments of entries in every format; formats of an entry stand together and share its text."""
        for batch in batches(ids, MOST_ROWS):
            query = (
                f"SELECT entry_id, format, content, prefixes, head, {BODY}, tail "
                "FROM fragment LEFT JOIN text ON text.digest = fragment.text "
                f"WHERE entry_id IN ({marks(len(batch))}) ORDER BY entry_id, format, content"
            )
            for id_, name, content, prefixes, head, text, tail in self._connection.execute(query, batch):
                key = FragmentKey(id_, FormatName(name), Content(content))
                before = self._packing.unpack(fragment_kind(name), head)
                yield key, _fragment(key.format, before, text or b"", bytes(tail), prefixes)


def _fragment(name: FormatName, head: bytes, text: bytes, tail: bytes, prefixes: str) -> Fragment:
    return Fragment(name, head, _spelled(text, SPELLINGS[name]), tail, _parts(prefixes))


@lru_cache(maxsize=len(FormatName))
def _spelled(text: bytes, spelling: Callable[[bytes], bytes]) -> bytes:
    """Return a text as formats spell it: those of an entry come one after another, and most are spelled alike."""
    return spelling(text)


@lru_cache(maxsize=100)
def _parts(prefixes: str) -> frozenset[str]:
    return frozenset(prefixes.split())
