"""The results of an interrupted build: a build is one transaction, but new files need not be read again.

The file is beside the store until a build succeeds. It has results only for unknown files, and only if they do not
depend on the time. The key is the digest of the text, the state of the file and the version of the code.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from sosik.ledger.facts import Desk, Fact, Read
from sosik.ledger.recognition import Arrival
from sosik.ledger.states import NONE
from sosik.model.digests import dump
from sosik.model.values import Seconds
from sosik.read import SourceFile
from sosik.store import SourceRow
from sosik.store.records import Record, listing_of_fields, record_key, text_row
from sosik.store.rows import RecordRow
from sosik.version import made_by

_DAYS = 2 * 86_400
"""Seconds after which no calendar says of a day that it is today."""


class _Line(Struct, frozen=True):
    """Where something of a file is kept, and what it was read at: an instant, and the state of the file."""

    at: Seconds
    stamp: str
    start: int


class Begun:
    """What was read of files in one `context`, in a file at `path`; nothing is kept where there is no path.

    Whatever hinders reading or writing it costs nothing but the time to read articles again.
    """

    def __init__(self, path: Path | None, context: str, now: Seconds) -> None:
        self._path = path
        self._now = now
        self._context = context
        self._lines: dict[str, _Line] = {}
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
        line = self._lines.get(file.source)
        if line is None or self._stream is None or file.source in desk.known or desk.moved:
            return None
        if line.stamp != file.stamp or line.at > self._now:
            return None
        try:
            self._stream.seek(line.start)
            return _read(self._stream.readline())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, reads: Iterable[tuple[SourceFile, Read]], desk: Desk) -> None:
        """Keep what files came to, as far as it stays so."""
        if self._path is None:
            return
        lines = [
            _written(file, read, self._now)
            for file, read in reads
            if file.source not in desk.known and not desk.moved and _stays(read, self._now)
        ]
        try:
            if self._stream is None:
                self._stream = self._path.open("w+b")
                self._stream.write(self._head)
            self._stream.seek(0, 2)
            self._stream.write(b"".join(lines))
            self._stream.flush()
        except OSError:  # a full disk, say: then the next build reads again
            self._path = None

    def _open(self, path: Path) -> None:
        """Learn what is kept, up to where whoever wrote it was ended."""
        stream = path.open("r+b")
        end = len(self._head)
        if stream.readline() != self._head:
            stream.close()
            return
        for line in stream:
            parts = line.split(b"\t", 3)
            if not line.endswith(b"\n") or len(parts) != 4:
                break
            at, stamp, source, _ = parts
            with suppress(ValueError):
                name = source.decode("utf-8", "surrogatepass")
                self._lines[name] = _Line(Seconds(int(at)), stamp.decode(), end)
            end += len(line)
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


def _written(file: SourceFile, read: Read, now: Seconds) -> bytes:
    fact, record = read.fact, read.record
    assert fact is not None and fact.listing is not None and record is not None  # noqa: S101, PT018  # as `_stays` says
    known = {"row": list(fact.row), "arrival": fact.arrival, "listing": fact.listing}
    # What is JSON already, and the text, of which there is most, stand beside the rest: neither is packed twice.
    head = f"{now}\t{file.stamp}\t{file.source}\t{dump(known)}\t".encode("utf-8", "surrogatepass")
    return b"%b%b\t%b\n" % (head, record.row.body, dump(record.text.body).encode("utf-8", "surrogatepass"))


def _read(line: bytes) -> Read:
    """Return what a line says. Raises what a line raises that is damaged."""
    known, body, written = line.rstrip(b"\n").split(b"\t")[3:]
    given: dict[str, Any] = json.loads(known.decode("utf-8", "surrogatepass"))
    html: str = json.loads(written.decode("utf-8", "surrogatepass"))
    text = text_row(html)
    record = Record(RecordRow(digest=record_key(body), text=text.digest, body=body), text)
    fact = Fact(
        row=SourceRow(*given["row"]),
        arrival=Arrival(**given["arrival"]),
        listing=listing_of_fields(given["listing"]),
        record=record.row.digest,
    )
    return Read(fact, record)
