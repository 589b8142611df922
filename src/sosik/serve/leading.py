"""One leader builds; others stand by, and one of them takes over when its connection to the database ends."""

import logging
import time
from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread

from sosik.errors import StoreError
from sosik.reasons import reason_of
from sosik.serve.status import BUILD_FAILED, CONTENT_OLD, STANDBY, BuildStatus, write_status
from sosik.site import Site
from sosik.store import Leadership, StoreAddress, ask_to_make_anew, leadership
from sosik.words import Message

log = logging.getLogger("sosik.builder")

_LOOK = 1.0
"""Seconds between two attempts to lead, also to reach the database, and two looks whether this process still does."""

_AGAIN = 5.0
"""Seconds after which who has older files looks whether that has changed; others may lead meanwhile."""

_TICK = 0.1
_GRACE = 2.0


def lead(site: Site, place: StoreAddress, stop: Event, build: Callable[[Event], None]) -> None:
    """Call `build` whenever this process leads, with an event that ends it, until `stop` is set.

    Who has older files than were published does not lead. Why this process only stands by is logged and left for
    health to report.
    """
    told = _Told(site)
    while not stop.is_set():
        reason = None
        try:
            with closing(leadership(place)) as leader:
                while not leader.take():
                    told.stands_by(Message("serve.standby"), {})
                    if stop.wait(_LOOK):
                        return
                reason = site.outdated()
                if reason is None:
                    told.leads()
                    _build(leader, stop, build, lambda: ask_to_make_anew(site.folder))
                else:
                    told.stands_by(Message("serve.nothing-new", problem=reason), {CONTENT_OLD: 1})
        except StoreError as error:
            told.stands_by(Message("serve.nothing-new", problem=error.message), {BUILD_FAILED: 1})
        stop.wait(_LOOK if reason is None else _AGAIN)


def _build(leader: Leadership, stop: Event, build: Callable[[Event], None], onasked: Callable[[], None]) -> None:
    ended = Event()
    watching = Thread(target=_watch, args=(leader, stop, ended, onasked), name="sosik-leader", daemon=True)
    watching.start()
    try:
        build(ended)
    finally:
        ended.set()
        watching.join(_GRACE)


def _watch(leader: Leadership, stop: Event, ended: Event, onasked: Callable[[], None]) -> None:
    """End the building when this process is to stop, or does not lead any more; call `onasked` when a server asks."""
    looked = time.monotonic()
    while not ended.wait(_TICK):
        if stop.is_set():
            ended.set()
        elif time.monotonic() - looked >= _LOOK:
            looked = time.monotonic()
            if not _leads(leader):
                log.warning("%s", Message("serve.leader-lost"))
                ended.set()
            elif leader.is_asked_anew():
                onasked()


def _leads(leader: Leadership) -> bool:
    try:
        return leader.holds()
    except StoreError:
        return False


class _Told:
    """What was said of who leads, so that it is said once."""

    def __init__(self, site: Site) -> None:
        self._folder = site.folder
        self._last: Message | None = None

    def leads(self) -> None:
        self._last = None
        log.info("%s", Message("serve.leader"))

    def stands_by(self, reason: Message, problems: dict[str, int]) -> None:
        if reason == self._last:
            return
        self._last = reason
        log.log(logging.ERROR if problems else logging.INFO, "%s", reason)
        status = BuildStatus(succeeded=not problems, at=int(time.time()), problems=problems, role=STANDBY)
        try:
            write_status(self._folder, status)
        except OSError as error:
            log.error("%s", Message("serve.status-unwritable", reason=reason_of(error)))
