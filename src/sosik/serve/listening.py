"""The listener: one socket, created once and shared by all workers, so waiting connections outlive a worker.

Connections before the start of the first worker wait; the kernel does not refuse them. Only a server beside others
refuses them: a balancer then asks another one at once.
"""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISSOCK

from sosik.errors import SosikError
from sosik.reasons import reason_of
from sosik.words import Message

BACKLOG = 1_024
"""Connections that may wait for a worker."""

_UNREAD = 30_000
"""Milliseconds that a client may take to make room for what it asked for, before its connection is given up."""
_UNSENT = 64 * 2**10
"""Bytes of an answer that may wait in the kernel besides those that are on their way; others wait for them to go."""
_ACCEPTED = (("TCP_USER_TIMEOUT", _UNREAD), ("TCP_NOTSENT_LOWAT", _UNSENT))
"""What Linux hands down from a listener to each connection (tcp(7)); other systems may know it or not."""

_LONGEST_PATH = 107
"""Bytes of a Unix socket's path: unix(7) has room for 108, and a zero follows."""
_PERMISSIONS = 0o666
"""Who may connect to a Unix socket: whoever can reach it through its folders, like a port of this machine."""
_PATIENCE = 1.0
"""Seconds for whoever answers at a Unix socket to be there."""


class ServeError(SosikError):
    """The server cannot start; `message` says why and what to do."""


@contextmanager
def listening_at(host: str, port: int, *, at_once: bool = True) -> Iterator[socket.socket]:
    """Listen at a host name or address and a port, 0 for a free one, while the block runs.

    Unless `at_once`, connections are refused until the first worker is there, which then listens.

    Raises `ServeError` when there is no such address or somebody else listens there.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise ServeError(Message("serve.no-host", host=host)) from error
    with socket.socket(family) as listener:
        # A port that a server has just left is free, and answers are not held back to be sent with later ones.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for name, value in _ACCEPTED:
            if hasattr(socket, name):
                listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        try:
            listener.bind(address)
            if at_once:
                listener.listen(BACKLOG)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise ServeError(Message("serve.other-host", host=host)) from error
            reason = reason_of(error)
            raise ServeError(Message("serve.port", address=str(address[0]), port=port, reason=reason)) from error
        yield listener


@contextmanager
def listening_on(path: Path) -> Iterator[socket.socket]:
    """Listen on a Unix socket while the block runs; its file is removed at the end.

    A file that a killed server left is replaced. Raises `ServeError` when the path cannot be used or a server answers
    there.
    """
    _check_path(path)
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            _remove_stale(path)
            listener.bind(str(path))
            made = path.stat().st_ino
            # Before it listens: nobody can connect with other permissions than these.
            path.chmod(_PERMISSIONS)
            listener.listen(BACKLOG)
        except OSError as error:
            raise ServeError(Message("serve.socket", path=str(path), reason=reason_of(error))) from error
        try:
            yield listener
        finally:
            if path.exists() and path.stat().st_ino == made:
                path.unlink()


def _check_path(path: Path) -> None:
    length = len(os.fsencode(path))
    if length > _LONGEST_PATH:
        raise ServeError(Message("serve.socket-long", path=str(path), most=_LONGEST_PATH, length=length))
    if not path.parent.is_dir():
        raise ServeError(Message("serve.socket-no-folder", path=str(path), folder=str(path.parent)))
    if path.exists() and not S_ISSOCK(path.stat().st_mode):
        raise ServeError(Message("serve.socket-other-file", path=str(path)))


def _remove_stale(path: Path) -> None:
    """Remove a socket at which nobody listens any more."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_PATIENCE)
        try:
            probe.connect(str(path))
        except FileNotFoundError:
            return
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
        except (BlockingIOError, TimeoutError):
            pass  # there is a server, and it has much to do
    raise ServeError(Message("serve.socket-taken", path=str(path)))
