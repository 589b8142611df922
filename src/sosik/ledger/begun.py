"""The results of an interrupted build: a build is one transaction, but new files need not be read again.

The file is beside the store until a build succeeds. It has results only for unknown files, and only if they do not
depend on the time. The key is the digest of the text, the state of the file and the version of the code.
"""

import struct
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from sosik.ledger.facts import Desk, Read
from sosik.ledger.packed import packed, unpacked
from sosik.ledger.states import NONE
from sosik.model.digests import dump
from sosik.model.values import Seconds
from sosik.read import SourceFile
from sosik.store.records import record_key
from sosik.version import made_by

_DAYS = 2 * 86_400
"""Seconds after which no calendar says of a day that it is today."""


class _Place(Struct, frozen=True):
    """Where something of a file is kept, and what it was read at: an instant, and the state of the file."""

    at: Seconds
    stamp: str
    start: int
    length: int


class _Batch(Struct, frozen=True, array_like=True):
    """Which files were read together `at` an instant: the name of each, its state, and how many bytes of it follow."""

    at: Seconds
    files: list[tuple[str, str, int]]


_LENGTHS = struct.Struct(">QQ")
"""What stands before a batch: how many bytes its list takes, and how many all that follows that."""
_ENCODER = Encoder()


class Begun:
    """What was read of files in one `context`, in a file at `path`; nothing is kept where there is no path.

    Whatever hinders reading or writing it costs nothing but the time to read articles again.
    """

    def __init__(self, path: Path | None, context: str, now: Seconds) -> None:
        self._path = path
        self._now = now
        self._context = context
        self._places: dict[str, _Place] = {}
        self._stream: IO[bytes] | None = None
        if path is not None and path.exists():
            with suppress(OSError):
                self._open(path)

    @cached_property
    def _head(self) -> bytes:
        """How the file begins; asked for only where there is one, or is to be."""
        return dump([self._context, made_by("ledger", "store")]).encode() + b"\n"

    def close(self) -> None:
        """Let go of the file, and leave it for the next build."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()

    def find(self, file: SourceFile, desk: Desk) -> Read | None:
        """Return what a file came to when it was read by a build that was ended; None where that is not known."""
        place = self._places.get(file.source)
        if place is None or self._stream is None or file.source in desk.known or desk.moved:
            return None
        if place.stamp != file.stamp or place.at > self._now:
            return None
        try:
            self._stream.seek(place.start)
            return _looked_at(unpacked(self._stream.read(place.length)))
        except (OSError, ValueError):
            return None

    def keep(self, reads: Iterable[tuple[SourceFile, Read, Read | bytes]], desk: Desk) -> None:
        """Keep what files came to, as far as it stays so, each beside the bytes in which it came from a process."""
        if self._path is None or desk.moved:
            return
        bodies: dict[SourceFile, bytes] = {}
        for file, read, given in reads:
            if file.source not in desk.known and _stays(read, self._now):
                body = given if isinstance(given, bytes) else packed(read)
                if body is not None:
                    bodies[file] = body
        head = _ENCODER.encode(_Batch(self._now, [(file.source, file.stamp, len(one)) for file, one in bodies.items()]))
        try:
            if self._stream is None:
                self._stream = self._path.open("w+b")
                self._stream.write(self._head)
            self._stream.seek(0, 2)
            self._stream.write(_LENGTHS.pack(len(head), sum(map(len, bodies.values()))))
            self._stream.writelines((head, *bodies.values()))
            self._stream.flush()
        except OSError:  # a full disk, say: then the next build reads again
            self._path = None

    def _open(self, path: Path) -> None:
        """Learn what is kept, up to where whoever wrote it was ended."""
        stream = path.open("r+b")
        if stream.readline() != self._head:
            stream.close()
            return
        end, size, batches = stream.tell(), path.stat().st_size, Decoder(_Batch)
        with suppress(struct.error, MsgspecError):
            while end < size:
                list_length, length = _LENGTHS.unpack(stream.read(_LENGTHS.size))
                start = stream.tell() + list_length
                if start + length > size:
                    break
                batch = batches.decode(stream.read(list_length))
                for source, stamp, taken in batch.files:
                    self._places[source] = _Place(batch.at, stamp, start, taken)
                    start += taken
                end = stream.seek(length, 1)
        stream.seek(end)
        stream.truncate()
        self._stream = stream


def _stays(read: Read, now: Seconds) -> bool:
    """Tell whether a file comes to the same at any time after `now`, whatever lies beside it."""
    fact = read.fact
    if fact is None or read.record is None or fact.listing is None or fact.arrival is None:
        return False
    if fact.problems or fact.row.held or fact.row.pictures != NONE or fact.row.missing_since is not None:
        return False
    return max(fact.listing.due, default=fact.listing.published) < now - _DAYS


def _looked_at(read: Read) -> Read:
    """Return what was kept. Raises ValueError for a record that is not what its digests say."""
    record = read.record
    assert record is not None  # noqa: S101  # nothing else is packed
    if (record_key(record.row.body), record_key(record.text.body)) != (record.row.digest, record.text.digest):
        raise ValueError(record.row.digest)
    return read
