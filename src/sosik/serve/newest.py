"""The number of the newest edition that any worker serves, in shared memory.

Each worker notices a new edition within a fraction of a second. Without this number, a client with two workers could
get the newer edition first and then the older one.
"""

import mmap
import os
import tempfile
from typing import Any

from sosik.serve.bell import Bell
from sosik.systems import held_among_processes

_SIZE = 8


class Newest:
    """A number shared by this process, those forked from it, and those it is handed to as an argument when spawned.

    `view[0]` is the number, for whoever asks at every request. The `bell` goes with it to who looks for a newer one.
    """

    def __init__(self, descriptor: int | None = None, bell: Bell | None = None) -> None:
        self.bell = bell
        self._descriptor = _anonymous() if descriptor is None else descriptor
        self._memory = mmap.mmap(self._descriptor, _SIZE)
        self.view = memoryview(self._memory).cast("Q")

    def agree(self, told: int, number: int) -> None:
        """Have it known that the store was found to hold edition `number` after `view[0]` had been `told`.

        A number below what was told is that of another store, put in the place of the first. One thread at a time.
        """
        if number == self.view[0]:
            return
        # The lock is the process's, ends with it, and is held for a microsecond.
        with held_among_processes(self._descriptor):
            known = self.view[0]
            if number > known or known == told:
                self.view[0] = number

    def __reduce__(self) -> tuple[Any, ...]:
        from multiprocessing.reduction import DupFd  # Windows, where there is one process, has none

        return _taken_over, (DupFd(self._descriptor), self.bell)


def _taken_over(handed: Any, bell: Bell | None) -> Newest:
    return Newest(handed.detach(), bell)


def _anonymous() -> int:
    """Return a descriptor of an empty number that has no name and is no file on a disk that could be full."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("sosik-newest")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.write(descriptor, bytes(_SIZE))
    return descriptor
