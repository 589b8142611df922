"""The access log: requests queue their lines, and a background thread writes them.

All workers append to one file, whole lines in one write each. A renamed file (logrotate) is noticed within a second,
and a new one is opened. A log that cannot be written never delays a request; lost lines are counted.

The logging module of the standard library is not used. A record for each request costs a quarter of the whole response,
and its handlers do not report a partial write on a full disk.
"""

import logging
import os
import select
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from time import time
from wsgiref.types import WSGIEnvironment

from sosik.reasons import reason_of
from sosik.serve.access_lines import TIME, Network, lines, stamp
from sosik.systems import OPENED
from sosik.words import Message

log = logging.getLogger("sosik.access_log")

STANDARD_OUTPUT = Path("-")

_MOST_BYTES = 16 * 2**20
"""Bytes of lines that could not be written and wait, after which further ones are lost."""
_MODE = 0o640
"""Rights of a new log: addresses are personal data."""


class AccessLog:
    """The log in the file `path`; `-` is standard output. For any number of threads.

    `proxies` are the networks whose X-Forwarded-For is believed, here and nowhere else. `take` and `write` are to be
    called every `INTERVAL` seconds, each in a thread of its own, and `write` at the end. A line's time is that of the
    first of them after its request: no request reads the clock, and a disk that hangs changes no time.

    `note` is `append` of the line that it returns: who knows that line already need not have it made again.
    """

    INTERVAL = 0.25

    def __init__(self, path: Path, proxies: Collection[Network] = ()) -> None:
        self._lines = lines(tuple(proxies))
        self._file = _File(path)
        self._complaint: Message | str = ""
        self._noted: list[bytes] = []
        self.append = self._noted.append
        self.renew()

    def note(self, environ: WSGIEnvironment, status: int, sent: int) -> bytes:
        """Note a request that is being answered with `status` and a body of `sent` bytes; return its line."""
        get = environ.get
        line = self._lines[
            get("REMOTE_ADDR"),
            get("HTTP_X_FORWARDED_FOR"),
            environ["REQUEST_METHOD"],
            get("SCRIPT_NAME", "") + environ["PATH_INFO"],
            get("QUERY_STRING"),
            get("SERVER_PROTOCOL"),
            get("HTTP_REFERER"),
            get("HTTP_USER_AGENT"),
            status,
            sent,
        ]
        self.append(line)
        return line

    def take(self) -> None:
        """Give the lines of all requests so far the time that it is, and let them wait to be written."""
        with self._taking:
            noted = self._noted[:]
            del self._noted[: len(noted)]
            added = b"".join(noted).replace(TIME, stamp(int(time())))
            room = _MOST_BYTES - len(self._waiting)
            if len(added) > room:
                kept = added.rfind(b"\n", 0, max(0, room)) + 1
                self._lost += added.count(b"\n", kept)
                added = added[:kept]
            self._waiting += added

    def write(self) -> None:
        """Write the lines of all requests so far; what cannot be written is kept for the next time."""
        with self._writing:
            self.take()
            try:
                self._file.follow()
                while self._waiting:
                    self._write_some()
            except OSError as error:
                self._complain(reason_of(error))
            else:
                self._recover()

    def renew(self) -> None:
        """Begin anew, in a forked process: what waits is for the parent to write."""
        self._noted.clear()
        self._waiting = b""
        self._lost = 0
        self._taking = Lock()
        self._writing = Lock()

    def close(self) -> None:
        """Close the file."""
        with self._writing:
            self._file.close()

    def _write_some(self) -> None:
        """Write whole lines; one that is torn is to be written again, on a line of its own."""
        waiting, most = self._waiting, self._file.largest
        end = len(waiting) if len(waiting) <= most else waiting.rfind(b"\n", 0, most) + 1
        written = self._file.write(waiting[:end])
        begin = waiting.rfind(b"\n", 0, written) + 1
        with self._taking:
            # More may have come to wait meanwhile.
            self._waiting = (b"" if begin == written else b"\n") + self._waiting[begin:]

    def _complain(self, reason: Message | str) -> None:
        if reason != self._complaint:
            log.warning("%s", Message("serve.log-unwritable", log=self._file.name, reason=reason))
        self._complaint = reason

    def _recover(self) -> None:
        if self._complaint:
            log.info("%s", Message("serve.log-again", log=self._file.name))
        self._complaint = ""
        if lost := self._lost:
            self._lost = 0
            log.warning("%s", Message("serve.log-lacks", log=self._file.name, count=lost))


class _File:
    """A file that others append to and rename, or standard output."""

    def __init__(self, path: Path) -> None:
        self._path = None if path == STANDARD_OUTPUT else path.absolute()
        self.name = (
            Message("serve.log-output") if self._path is None else Message("serve.log-file", path=str(self._path))
        )
        self._descriptor = 1 if self._path is None else -1
        self._identity: tuple[int, int] | None = None
        # A pipe takes no more at once than this without mixing it with what others write (POSIX, PIPE_BUF). A file
        # takes all that waits: whatever is cut off for the next write is copied.
        self.largest = select.PIPE_BUF if self._path is None else _MOST_BYTES

    def follow(self) -> None:
        """Open the file, and again when another has taken its place, or none. Raises `OSError`."""
        if self._path is None or (self._identity and self._identity == _identity(self._path)):
            return
        self.close()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | OPENED
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
