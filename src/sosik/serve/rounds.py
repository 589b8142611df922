"""Background work in the process of the application."""

import atexit
import logging
import os
import weakref
from collections.abc import Callable
from threading import Event, Thread

from sosik.systems import CAN_FORK
from sosik.words import Message

log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds for which the end waits for a round that has begun."""


class Rounds:
    """Calls `work` at once and every so many seconds, in a thread of its own, and a last time when the process ends.

    A process forked from this one gets a thread of its own; `renew` is called there first. What `work` raises is
    logged, and the next round comes.
    """

    def __init__(self, work: Callable[[], None], seconds: float, *, renew: Callable[[], None]) -> None:
        self._work = work
        self._seconds = seconds
        self._renew = renew
        self._ended = Event()
        atexit.register(self.close)
        _survive_fork(self)
        self._begin()

    def close(self) -> None:
        """Do the work a last time, and no more: what it needs may then be let go of."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join(_PATIENCE)
            self._round()
        atexit.unregister(self.close)

    def _begin(self) -> None:
        self._thread = Thread(target=self._run, name="sosik-rounds", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # At once for the first time: what cannot be done is said at the start.
        self._round()
        while not self._ended.wait(self._seconds):
            self._round()

    def _round(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001  # were this thread to end, the work would never be done again
            log.error("%s", Message("serve.round-failed", reason=repr(error)))

    def after_fork(self) -> None:
        """Go on in a child; its parent's threads are not there."""
        if not self._ended.is_set():
            self._ended = Event()
            self._renew()
            self._begin()


def _survive_fork(rounds: Rounds) -> None:
    known = weakref.ref(rounds)

    def tell() -> None:
        living = known()
        if living is not None:
            living.after_fork()

    if CAN_FORK:
        os.register_at_fork(after_in_child=tell)
