"""Publishes every edition to a bucket while `sosik serve --to` runs, beside the builds."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

from sosik.errors import SosikError, StoreError
from sosik.reasons import reason_of
from sosik.serve.status import BUCKET, BUCKET_FAILED, BUCKET_NOTE, BuildStatus, Note, forget_status, write_status
from sosik.site import Site
from sosik.store import NO_EDITION, EditionRow, LockedError, open_snapshot
from sosik.words import Message

log = logging.getLogger("sosik.builder")

_AGAIN = 1.0
"""Seconds after which to ask again for a store in which the builder is at work."""
_RETRY = 30.0
"""Seconds after which what failed is tried again, and the store is looked at for what others built."""
_DAY = 86_400.0
"""Seconds after which an edition is published once more: what it has no more is removed then."""
_GRACE = 3.0
"""Seconds that a publication under way may delay the end; what is left of it the next one finishes."""


@contextmanager
def filling(site: Site, address: str) -> Iterator[Callable[[], None]]:
    """Keep the bucket at an address at the newest edition of a site while the block runs; without one, do nothing.

    What is lent is to be called when there is an edition. What fails is logged, left for health to report, and tried
    again.
    """
    if not address:
        forget_status(site.folder, BUCKET)
        Note(site.place, BUCKET_NOTE).leave(BuildStatus())
        yield lambda: None
        return
    told, ended = Event(), Event()
    thread = Thread(target=_Filler(site, address).run, args=(told, ended), name="sosik-bucket", daemon=True)
    thread.start()
    try:
        yield told.set
    finally:
        ended.set()
        told.set()
        thread.join(_GRACE)


class _Filler:
    def __init__(self, site: Site, address: str) -> None:
        self._site = site
        self._address = address
        self._done, self._done_at = NO_EDITION, 0.0
        self._failure: Message | str | None = None
        self._note = Note(site.place, BUCKET_NOTE)

    def run(self, told: Event, ended: Event) -> None:
        """Publish whenever that was `told`, and what was not seen being built or failed now and then."""
        wait = _RETRY
        while True:
            told.wait(wait)
            if ended.is_set():
                return
            told.clear()
            wait = self._fill()

    def _fill(self) -> float:
        """Publish what is new; return after how many seconds to look again."""
        edition = self._newest()
        if not self._is_due(edition):
            return _RETRY
        try:
            delivery = self._site.publish_to(self._address)
        except LockedError:
            return _AGAIN
        except SosikError as error:
            return self._failed(error.message)
        except Exception as error:  # noqa: BLE001  # whatever it is, the builds go on
            return self._failed(reason_of(error))
        self._done, self._done_at = edition, time.monotonic()
        if self._failure is not None or delivery.written or delivery.removed:
            counts = {"written": delivery.written, "removed": delivery.removed}
            log.info("%s", Message("serve.bucket", number=edition.number, bucket=self._address, **counts))
        for problem in delivery.problems:
            log.error("%s", Message("serve.held-back", problem=problem.told))
        self._failure = None
        self._leave(failed=False)
        return _RETRY

    def _newest(self) -> EditionRow:
        try:
            with closing(open_snapshot(self._site.place)) as snapshot:
                return snapshot.edition()
        except StoreError:  # there is none yet, or it cannot be read: who builds says so
            return NO_EDITION

    def _is_due(self, edition: EditionRow) -> bool:
        return bool(edition.number) and (edition != self._done or time.monotonic() - self._done_at > _DAY)

    def _failed(self, reason: Message | str) -> float:
        if reason != self._failure:
            log.error("%s", Message("serve.bucket-failed", reason=reason))
        self._failure = reason
        self._leave(failed=True)
        return _RETRY

    def _leave(self, *, failed: bool) -> None:
        problems = {BUCKET_FAILED: 1} if failed else {}
        status = BuildStatus(succeeded=not failed, at=int(time.time()), problems=problems)
        self._note.leave(status)
        try:
            write_status(self._site.folder, status, BUCKET)
        except OSError as error:
            log.error("%s", Message("serve.status-unwritable", reason=reason_of(error)))
