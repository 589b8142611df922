"""Wakes the workers when an edition is committed, so that they need not look for one all the time."""

import os
import select
import sys
from threading import Event
from typing import Any, Self


class Bell:
    """Rung by the process that builds, heard by every worker; where the system has none, they look for themselves.

    It is a number of the kernel that nobody reads: it only grows, and every change of it wakes all who wait.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._waiting: Any = None

    @classmethod
    def hung(cls) -> Self | None:
        """Return a new one, None where the system has none."""
        return cls(os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)) if sys.platform == "linux" else None

    def ring(self) -> None:
        """Wake all who wait; who does not wait just now does not when they do next."""
        if sys.platform == "linux":
            os.eventfd_write(self.descriptor, 1)

    def wait(self, stop: Event, seconds: float) -> None:
        """Return once it has been rung since the last time, or after so many seconds. In one thread of a process."""
        if sys.platform != "linux":
            stop.wait(seconds)
            return
        if self._waiting is None:
            self._waiting = select.epoll()
            # By its edge: once for each ring, whoever else hears it.
            self._waiting.register(self.descriptor, select.EPOLLIN | select.EPOLLET)
        self._waiting.poll(seconds)

    def __reduce__(self) -> tuple[Any, ...]:
        from multiprocessing.reduction import DupFd  # Windows, where there is one process, has none

        return _taken_over, (DupFd(self.descriptor),)


def _taken_over(handed: Any) -> Bell:
    return Bell(handed.detach())
