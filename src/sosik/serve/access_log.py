"""The access log: a request leaves a few references behind, and the writing is done beside the requests.

All workers append to one file, whole lines in one write each. That the file was renamed (logrotate) is noticed within
a second, and a new one begun. A log that cannot be written never keeps a request waiting; what is lost is counted.
"""

import logging
import os
import select
from collections import deque
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from time import time
from wsgiref.types import WSGIEnvironment

from sosik.serve.access_lines import Lines, Network, Record

log = logging.getLogger("sosik.access_log")

STANDARD_OUTPUT = Path("-")

_BATCH = 500
"""Requests after which lines are made of them at once, so that what strangers send is not kept."""
_MOST_BYTES = 16 * 2**20
"""Bytes of lines that wait to be written, after which further ones are lost."""
_LARGEST_WRITE = 2**18
_ABSENT: WSGIEnvironment = {"REMOTE_ADDR": "", "QUERY_STRING": "", "SERVER_PROTOCOL": "-"}
"""What a server may leave out (PEP 3333)."""
_MODE = 0o640
"""Rights of a new log: addresses are personal data."""


class AccessLog:
    """The log in the file `path`; `-` is standard output. For any number of threads.

    `proxies` are the networks whose X-Forwarded-For is believed, here and nowhere else. `write` is to be called every
    `INTERVAL` seconds, and at the end.
    """

    INTERVAL = 0.25

    def __init__(self, path: Path, proxies: Collection[Network] = ()) -> None:
        self._lines = Lines(tuple(proxies))
        self._file = _File(path)
        self._noted: list[Record] = []
        self._complaint = ""
        self.renew()

    def note(self, environ: WSGIEnvironment, status: int, sent: int) -> None:
        """Note a request that is being answered with `status` and a body of `sent` bytes."""
        get, noted = environ.get, self._noted
        try:
            # The fields and not `environ`, which holds on to the server's side of the request.
            record = (
                time(),
                environ["REMOTE_ADDR"],
                get("HTTP_X_FORWARDED_FOR"),
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                environ["QUERY_STRING"],
                environ["SERVER_PROTOCOL"],
                get("HTTP_REFERER"),
                get("HTTP_USER_AGENT"),
                status,
                sent,
            )
        except KeyError:
            self.note(_ABSENT | environ, status, sent)
            return
        noted.append(record)
        if len(noted) >= _BATCH:
            self._make_lines()

    def write(self) -> None:
        """Write the lines of all requests so far; what cannot be written is kept for the next time."""
        self._make_lines()
        with self._writing:
            try:
                self._file.follow()
                while block := self._waiting.first():
                    self._waiting.written(self._file.write(block))
            except OSError as error:
                self._complain(error.strerror or repr(error))
            else:
                self._recover()

    def renew(self) -> None:
        """Begin anew, in a forked process: what waits is for the parent to write."""
        self._noted.clear()
        self._making, self._writing = Lock(), Lock()
        self._waiting = _Waiting(_MOST_BYTES)

    def close(self) -> None:
        """Close the file."""
        with self._writing:
            self._file.close()

    def _make_lines(self) -> None:
        with self._making:
            noted = self._noted[:]
            del self._noted[: len(noted)]
            if noted:
                block = self._lines.make(noted).encode("ascii")
                self._waiting.add(_pieces(block, self._file.largest))

    def _complain(self, reason: str) -> None:
        if reason != self._complaint:
            log.warning("%s cannot be written: %s. Requests are answered all the same.", self._file, reason)
        self._complaint = reason

    def _recover(self) -> None:
        if self._complaint:
            log.info("%s is written again.", self._file)
        self._complaint = ""
        if lost := self._waiting.forget_lost():
            log.warning("%s lacks %d requests that it could not take in time.", self._file, lost)


class _Waiting:
    """Blocks of whole lines that are to be written, up to a limit in bytes; lines beyond it are lost, and counted."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._blocks: deque[bytes] = deque()
        self._size = 0
        self._lost = 0
        self._lock = Lock()

    def add(self, blocks: list[bytes]) -> None:
        with self._lock:
            for block in blocks:
                if self._size + len(block) > self._limit:
                    self._lost += block.count(b"\n")
                else:
                    self._blocks.append(block)
                    self._size += len(block)

    def first(self) -> bytes | None:
        with self._lock:
            return self._blocks[0] if self._blocks else None

    def written(self, size: int) -> None:
        """Take out the first so many bytes; a line that they tear is to be written again, on a line of its own."""
        with self._lock:
            block = self._blocks.popleft()
            begin = block.rfind(b"\n", 0, size) + 1
            rest = block[begin:] if begin == size else b"\n" + block[begin:]
            if size < len(block):
                self._blocks.appendleft(rest)
            self._size += (len(rest) if size < len(block) else 0) - len(block)

    def forget_lost(self) -> int:
        """Return how many lines were lost since this was last asked."""
        with self._lock:
            lost, self._lost = self._lost, 0
            return lost


class _File:
    """A file that others append to and rename, or standard output."""

    def __init__(self, path: Path) -> None:
        self._path = None if path == STANDARD_OUTPUT else path.absolute()
        self._descriptor = 1 if self._path is None else -1
        self._identity: tuple[int, int] | None = None
        # A pipe takes no more at once than this without mixing it with what others write (POSIX, PIPE_BUF).
        self.largest = select.PIPE_BUF if self._path is None else _LARGEST_WRITE

    def __str__(self) -> str:
        return f"The access log {self._path or 'on standard output'}"

    def follow(self) -> None:
        """Open the file, and again when another has taken its place, or none. Raises `OSError`."""
        if self._path is None or (self._identity and self._identity == _identity(self._path)):
            return
        self.close()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOCTTY
        self._descriptor = os.open(self._path, flags, _MODE)
        state = os.fstat(self._descriptor)
        self._identity = state.st_dev, state.st_ino

    def write(self, block: bytes) -> int:
        """Append bytes; return how many were taken. Raises `OSError`."""
        return os.write(self._descriptor, block)

    def close(self) -> None:
        """Close the file; it is opened again when it is followed."""
        if self._identity is not None:
            os.close(self._descriptor)
            self._identity = None


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another in the same place; None where there is none."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_dev, state.st_ino


def _pieces(block: bytes, largest: int) -> list[bytes]:
    """Return whole lines in pieces of at most so many bytes, as long as no line is longer."""
    pieces, begin = [], 0
    while len(block) - begin > largest:
        end = block.rfind(b"\n", begin, begin + largest) + 1 or len(block)
        pieces.append(block[begin:end])
        begin = end
    if begin < len(block):
        pieces.append(block[begin:])
    return pieces
