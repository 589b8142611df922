"""One writer at a time: a lock that the kernel gives back when its process ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path

from sosik.errors import StoreError
from sosik.words import Message

PATIENCE = 2.0
"""Seconds for which a writer waits for another one."""

_LOOK = 0.02


class LockedError(StoreError):
    """Another process is building."""


def lock(path: Path) -> int:
    """Take the writers' lock and return its file, to be closed at the end. Raises `LockedError` and `OSError`.

    What others write for a moment (an announcement's outcome) is waited for; a build is not.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
