"""Limits the connections of a worker, and closes some when few places are left.

An idle connection, or one that reads nothing, costs a client nothing. A new connection is probably a real request, so
the connections that have waited longest are closed. Linux reports the time for each connection (tcp(7), TCP_INFO). On
other systems, and behind a Unix socket with a proxy as the only client, the time limits of `sosik.serve.listening` and
`sosik.serve.worker` apply.
"""

import logging
import resource
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from sosik.words import Message

log = logging.getLogger(__name__)

CONNECTIONS = 1_024
"""Connections that a worker holds open at a time, if it may have as many files open."""

_INTERVAL = 0.5
"""Seconds between two looks at how many there are."""

_OTHER_FILES = 128
"""Files that a worker needs besides: the store, the logs, its threads."""
_FEWEST = 16
_CROWDED = 3 / 4
"""The part of all places from which on they are few."""
_ROOM = 1 / 2
"""The part that is taken afterwards."""
_PATIENCE = 1_000
"""Milliseconds for which nobody loses a place: a reader far away may need as long between two bytes."""

_TOLD = 60.0
"""Seconds for which the log is not told again."""

_FILES = Path("/proc/self/fd")
_IDLE = struct.Struct("=44xI")
"""Of struct tcp_info: milliseconds since something was last sent."""
_HELD_BACK = struct.Struct("=176xQ")
"""Of the same: microseconds for which the client had no room for more. Linux knows it since 4.9."""
_LENGTH = _HELD_BACK.size


_AT_ONCE = struct.pack("ii", 1, 0)
"""A linger structure (socket(7)): what was not sent is thrown away, instead of waiting for room that never comes."""


class _Waiting(NamedTuple):
    """For how many milliseconds a client has kept the server waiting, its connection, and whether it lacked room."""

    milliseconds: int
    descriptor: int
    is_full: bool


def most_connections() -> int:
    """Return how many connections this process may hold, by the number of files that it may have open.

    Where it accepted more, it could not read the store, nor say so.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(_FEWEST, min(CONNECTIONS, allowed - _OTHER_FILES))


class Places:
    """The places for connections at a TCP port of this process, `most` of them."""

    def __init__(self, port: int, most: int) -> None:
        self._port = port
        self._most = most
        self._ended = 0
        self._told = 0.0

    def watch(self) -> None:
        """Make room whenever it is needed, in a thread that ends with the process."""
        if sys.platform == "linux":
            Thread(target=self._watch, name="sosik-places", daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            try:
                self.make_room()
            except Exception as error:  # noqa: BLE001  # were this thread to end, a crowd could shut everybody out
                log.error("%s", Message("serve.round-failed", reason=repr(error)))

    def make_room(self) -> None:
        """Where more than three in four places are taken, end those connections that have kept us waiting longest,
        until half of the places are free.
        """
        if len(_descriptors()) < self._most * _CROWDED:
            return
        found = sorted(filter(None, (_waiting(number, self._port) for number in _descriptors())), reverse=True)
        if len(found) < self._most * _CROWDED:
            return
        for known in found[: len(found) - int(self._most * _ROOM)]:
            if known.milliseconds < _PATIENCE:
                break
            self._end(known)
        self._tell()

    def _end(self, known: _Waiting) -> None:
        with suppress(OSError), _lent(known.descriptor) as connection:
            if known.is_full:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            connection.shutdown(socket.SHUT_RDWR)
            self._ended += 1

    def _tell(self) -> None:
        now = time.monotonic()
        if self._ended and (not self._told or now - self._told > _TOLD):
            log.warning("%s", Message("serve.crowded", most=self._most, count=self._ended))
            self._told, self._ended = now, 0


def _descriptors() -> list[int]:
    try:
        return [int(path.name) for path in _FILES.iterdir()]
    except OSError:
        return []


def _waiting(descriptor: int, port: int) -> _Waiting | None:
    """Return how long the client of a connection at `port` keeps us waiting; None for what is none."""
    with suppress(OSError), _lent(descriptor) as connection:
        if connection.family not in (socket.AF_INET, socket.AF_INET6) or connection.getsockname()[1] != port:
            return None
        if connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return None
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LENGTH)
        (idle,) = _IDLE.unpack_from(told)
        (held_back,) = _HELD_BACK.unpack_from(told) if len(told) >= _LENGTH else (0,)
        return _Waiting(max(idle, held_back // 1_000), descriptor, held_back > 0)
    return None


@contextmanager
def _lent(descriptor: int) -> Iterator[socket.socket]:
    """Lend the socket of a descriptor that somebody else will close. Raises `OSError` where it is no socket.

    Not a copy of it: closing the copy of a file would take away the locks that SQLite holds on it. The connection may
    end meanwhile and another take its number; that one is then new, or is judged in the place of the first.
    """
    connection = socket.socket(fileno=descriptor)
    try:
        yield connection
    finally:
        connection.detach()
