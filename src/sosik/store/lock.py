"""One writer at a time: a lock that the kernel releases when its process ends.

The lock file contains the state of the store at the last close, or that a writer is active. So the next process knows
whether the store changed since then. A mark beside it says who wrote last, to who keeps in memory what stood there.
"""

import os
import time
from enum import Enum
from pathlib import Path

from sosik.errors import StoreError
from sosik.systems import OPENED, last_change, try_lock, unlock
from sosik.words import Message

PATIENCE = 2.0
"""Seconds for which a writer waits for another one."""

_LOOK = 0.02

_AT_WORK = b"writing"

NAME = "lock"


class LockedError(StoreError):
    """Another process is building."""


class Left(Enum):
    """How a store was left, by what is known of it: as its last writer closed it, by one that died, or changed since.

    One that was never closed by a sosik that notes it counts as changed.
    """

    WHOLE = "whole"
    UNCLEAN = "unclean"
    CHANGED = "changed"


def lock(path: Path) -> int:
    """Take the writers' lock and return its file, to be closed at the end. Raises `LockedError` and `OSError`.

    What others write for a moment (an announcement's outcome) is waited for; a build is not.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | OPENED, 0o644)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            try_lock(handle)
        except BlockingIOError as error:
            if time.monotonic() < end:
                time.sleep(_LOOK)
                continue
            os.close(handle)
            raise LockedError(Message("store.locked", path=str(path))) from error
        except OSError:
            os.close(handle)
            raise
        return handle


def left_as(handle: int, store: Path) -> Left:
    """Return how the store was left, by who holds its lock."""
    state = _noted(handle)[0]
    if state == _AT_WORK:
        return Left.UNCLEAN
    return Left.WHOLE if state and state == _state_of(store) else Left.CHANGED


def mark_of(handle: int) -> str:
    """Return how the last writer marked the store, by who holds its lock; empty where nobody did."""
    return _noted(handle)[1].decode("ascii", "replace")


def new_mark() -> str:
    """Return a mark that no store had before: for one in which something else stands now."""
    return os.urandom(8).hex()


def left_by_others(folder: Path, store: Path) -> Left:
    """Return how the store was left, by who only reads; while a writer is at work it is taken for whole."""
    try:
        handle = os.open(folder / NAME, os.O_RDONLY | OPENED)
    except OSError:
        return Left.CHANGED
    try:
        try_lock(handle, shared=True)
        return left_as(handle, store)
    except BlockingIOError:
        return Left.WHOLE
    except OSError:
        return Left.CHANGED
    finally:
        unlock(handle)


def begin(handle: int) -> None:
    """Note that a writer is at work, or who knows what became of the store."""
    _note(handle, _AT_WORK)


def end(handle: int, store: Path, mark: str = "") -> None:
    """Note what the store is as its writer closed it, and the mark that tells what stands in it."""
    _note(handle, b"\n".join((_state_of(store), mark.encode())))


def doubt(handle: int) -> None:
    """Note that nobody knows whether the store is whole."""
    _note(handle, b"")


def _noted(handle: int) -> tuple[bytes, bytes]:
    os.lseek(handle, 0, os.SEEK_SET)
    state, _, mark = os.read(handle, 256).partition(b"\n")
    return state, mark


def _note(handle: int, mark: bytes) -> None:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, mark)
        os.ftruncate(handle, len(mark))
    except OSError:
        # A full disk; what stood there does not fit the store any more, or says that a writer is at work.
        return


def _state_of(store: Path) -> bytes:
    """Return what changes whenever the store does: of the file and of its journal.

    Who reads as root changes the change time of the journal: SQLite gives that to the owner of the database whenever it
    opens it. It has checksums of its own.
    """
    states = []
    for path, is_journal in ((store, False), (store.with_name(f"{store.name}-wal"), True)):
        try:
            found = path.stat()
        except OSError:
            states.append("-")
        else:
            times = f"{found.st_mtime_ns}" if is_journal else f"{found.st_mtime_ns} {last_change(found)}"
            states.append(f"{found.st_size} {times}" if found.st_size else "-")
    return " | ".join(states).encode()
