"""Differences between systems: file locks, replacing files in use, and file states."""

import errno
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # what has none locks by msvcrt

OPENED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""Flags of what is opened by `os.open`: no program that is started has it, no terminal rules, no byte is translated."""

IS_WINDOWS = os.name == "nt"

CAN_FORK = hasattr(os, "register_at_fork")
"""Whether a process may become two: then what runs in it is told."""

CAN_END_SPINNING = hasattr(signal, "setitimer")
"""Whether the system ends a process by itself that takes more processor time than it may."""

_TRIES = 10
_PAUSE = 0.05

_LOCKED_AT = 1 << 30
"""The byte that is locked on Windows, where nobody reads what others have locked: none that is ever written."""


def put_in_place(new: Path, target: Path) -> None:
    """Rename a file over another one, or to a name that is free. Raises `OSError`.

    On Windows that is refused while an editor, a virus scanner or a web server has the file open: it is tried again.
    """
    for _ in range(_TRIES - 1):
        try:
            new.replace(target)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    new.replace(target)


def try_lock(handle: int, *, shared: bool = False) -> None:
    """Lock an open file until it is closed. Raises `BlockingIOError` where another one has it, and `OSError`.

    Those that are `shared` do not exclude one another, but on Windows.
    """
    if fcntl is not None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return
    import msvcrt

    os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EDEADLK):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
        raise


def unlock(handle: int) -> None:
    """Give a lock back and close its file: Windows takes its time where the file is only closed."""
    if fcntl is None:
        import msvcrt

        os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
        with suppress(OSError):  # it was not locked
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    os.close(handle)


@contextmanager
def held_among_processes(handle: int) -> Iterator[None]:
    """Hold a file against the other processes that share it; where none can, against nobody."""
    if fcntl is not None:
        fcntl.lockf(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if fcntl is not None:
            fcntl.lockf(handle, fcntl.LOCK_UN)


def last_change(state: os.stat_result) -> int:
    """Return when a file was changed last, in nanoseconds, whoever set its times back; on Windows nobody knows: 0."""
    return 0 if IS_WINDOWS else state.st_ctime_ns


def number_of(state: os.stat_result) -> int:
    """Return the number of a file on its disk; 0 on Windows, where the listing of a folder does not tell it."""
    return 0 if IS_WINDOWS else state.st_ino
