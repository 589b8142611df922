"""Compression of similar values (RFC 1950), with a dictionary for each kind.

A dictionary is made from the first values of a kind, and is never removed: the compressed values need it.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sosik.store.connection import Connection
from sosik.store.rows import DictionaryRow
from sosik.store.statements import DICTIONARY, Writer

_SAMPLES = 3
"""How many of a kind its dictionary is made of: those of middle length, which are like the most."""

_MOST_BYTES = 10_000
"""Bytes of each: no more than 32 KB back is looked for what was there before."""

_FEW = 8
"""How many have to come together before they get a dictionary: it takes room, too."""

_NEEDS_DICTIONARY = 0x20
"""The bit of the second byte that says so (RFC 1950, 2.2)."""

R = TypeVar("R", bound=NamedTuple)


_LEVEL = 2
"""Of zlib: a page takes two thirds of the time of level 4, and a sixteenth more room."""

_SMALL = 8_000
"""Bytes of a dictionary from which on values are looked for farther back than these."""

_SMALL_LEVEL, _SMALL_WINDOW, _SMALL_MEMORY = 2, 13, 5
"""What zlib is told where the dictionary is small, as most values are: three quarters of the time, a fiftieth more."""


def pack(body: bytes, dictionary: bytes = b"") -> bytes:
    """Return bytes compressed, by a dictionary where there is one."""
    return pack_all([body], dictionary)[0]


def pack_all(bodies: Iterable[bytes], dictionary: bytes = b"") -> list[bytes]:
    """Return bytes of one kind compressed, by its dictionary where there is one."""
    packer = _packer(dictionary)
    packed = []
    for body in bodies:
        one = packer.copy()  # which has taken in the dictionary
        packed.append(one.compress(body) + one.flush())
    return packed


def unpack(packed: bytes, dictionary: bytes = b"") -> bytes:
    """Return what was packed, by a dictionary or without one. Raises ValueError for what was not."""
    try:
        if not _needs_dictionary(packed):
            return zlib.decompress(packed)
        unpacker = zlib.decompressobj(zdict=dictionary)
        body = unpacker.decompress(packed)
    except (zlib.error, IndexError, TypeError) as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError(len(packed))
    return body


def _needs_dictionary(packed: bytes) -> bool:
    try:
        return bool(packed[1] & _NEEDS_DICTIONARY)
    except (IndexError, TypeError):
        return False


def _packer(dictionary: bytes) -> "zlib._Compress":
    if not dictionary:
        return zlib.compressobj(_LEVEL)
    if len(dictionary) > _SMALL:
        return zlib.compressobj(_LEVEL, zdict=dictionary)
    return zlib.compressobj(_SMALL_LEVEL, zlib.DEFLATED, _SMALL_WINDOW, _SMALL_MEMORY, zdict=dictionary)


class Packing:
    """The dictionaries of the store behind `connection`; packing belongs into a transaction."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer
        self._known: dict[str, bytes] = {}
        self._lacking: set[str] = set()

    def pack(self, kind: str, bodies: Sequence[bytes]) -> list[bytes]:
        """Return bytes of one kind packed."""
        dictionary = b"" if kind in self._lacking else self._dictionary(kind)
        if not dictionary:
            # Within a transaction nobody else makes one.
            self._lacking.add(kind)
            dictionary = self._made(kind, bodies)
        if dictionary:
            self._lacking.discard(kind)
        return pack_all(bodies, dictionary)

    def dictionaries(self, kinds: Iterable[str]) -> dict[str, bytes]:
        """Return the dictionaries of kinds that have one. Raises ValueError for a damaged one."""
        found = {kind: self._dictionary(kind) for kind in kinds}
        return {kind: dictionary for kind, dictionary in found.items() if dictionary}

    def pack_rows(self, rows: Iterable[R], column: str, kind: Callable[[R], str]) -> Iterator[R]:
        """Yield rows with the bytes of a column packed, each by its kind; those of no kind as they are."""
        kinds: dict[str, list[R]] = {}
        for row in rows:
            kinds.setdefault(kind(row), []).append(row)
        for name, alike in kinds.items():
            if not name:
                yield from alike
                continue
            bodies = self.pack(name, [getattr(row, column) for row in alike])
            for row, body in zip(alike, bodies, strict=True):
                yield row._replace(**{column: body})

    def unpack(self, kind: str, packed: bytes) -> bytes:
        """Return what was packed, also without a dictionary, as an earlier sosik did. Raises ValueError for no such."""
        return unpack(packed, self._dictionary(kind) if _needs_dictionary(packed) else b"")

    def damaged(self) -> list[str]:
        """Return the kinds whose dictionaries are damaged."""
        kinds = [kind for (kind,) in self._connection.execute("SELECT kind FROM dictionary")]
        return [kind for kind in kinds if not self._is_readable(kind)]

    def _is_readable(self, kind: str) -> bool:
        try:
            return bool(self._dictionary(kind))
        except ValueError:
            return False

    def forget(self) -> None:
        """Know nothing any more that a transaction may have taken back."""
        self._known.clear()
        self._lacking.clear()

    def _dictionary(self, kind: str) -> bytes:
        """Return the dictionary of a kind, nothing where there is none yet. Raises ValueError for a damaged one."""
        if kind not in self._known:
            row = self._connection.execute("SELECT body FROM dictionary WHERE kind = ?", (kind,)).fetchone()
            if row is None:
                return b""
            try:
                self._known[kind] = zlib.decompress(row[0])
            except (zlib.error, TypeError) as error:
                raise ValueError(str(error)) from error
        return self._known[kind]

    def _made(self, kind: str, bodies: Sequence[bytes]) -> bytes:
        """Make the dictionary of a kind of some of the first that come together; return nothing where they are few."""
        if len(bodies) < _FEW:
            return b""
        middle = (len(bodies) - _SAMPLES) // 2
        samples = sorted(bodies, key=len)[middle : middle + _SAMPLES]
        self._known[kind] = b"".join(sample[:_MOST_BYTES] for sample in samples)
        self._writer.put(DICTIONARY, [DictionaryRow(kind, pack(self._known[kind]))])
        return self._known[kind]
