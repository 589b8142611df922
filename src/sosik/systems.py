"""Differences between systems: file locks, replacing files in use, and file states."""

import errno
import os
import signal
import sys
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

_FILE_CLOCK = 5
"""CLOCK_REALTIME_COARSE, of which Python does not tell (linux/time.h)."""
_COARSE_TIMES = 10_000_000
"""Nanoseconds of which a time is a multiple where the file system rounds it."""
_MOMENT = 0.001

_TRIES = 10
_PAUSE = 0.05

_LOCKED_AT = 1 << 30
"""The byte that is locked on Windows, where nobody reads what others have locked: none that is ever written."""


def put_in_place(new: Path | str, target: Path | str) -> None:
    """Rename a file over another one, or to a name that is free. Raises `OSError`.

    On Windows that is refused while an editor, a virus scanner or a web server has the file open: it is tried again.
    """
    for _ in range(_TRIES - 1):
        try:
            os.replace(new, target)  # noqa: PTH105  # many paths are text
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    os.replace(new, target)  # noqa: PTH105


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


def wait_for_tick(state: os.stat_result, longest: float) -> None:
    """Wait until a further change of a file will have another time than its last one had; at most so many seconds.

    Linux takes the times of files on its disks from a clock that ticks every few milliseconds. Of other systems it is
    not known, nor of file systems of a network or with coarse times: there that is how long to wait.
    """
    changed = last_change(state) or state.st_mtime_ns
    left = min(changed / 1e9 + longest - time.time(), longest)
    if left <= 0:  # a sleep of no time gives the processor away all the same
        return
    if sys.platform != "linux" or not os.major(state.st_dev) or changed % _COARSE_TIMES == 0:
        time.sleep(left)
        return
    end = time.monotonic() + left
    while time.clock_gettime_ns(_FILE_CLOCK) <= changed and time.monotonic() < end:
        time.sleep(_MOMENT)


def number_of(state: os.stat_result) -> int:
    """Return the number of a file on its disk; 0 on Windows, where the listing of a folder does not tell it."""
    return 0 if IS_WINDOWS else state.st_ino
