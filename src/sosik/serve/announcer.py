"""Notifies hubs and search engines of every edition while `sosik serve` runs, when the edition is live."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from msgspec import Struct

from sosik.announce.hindrance import read_hindrances, told_by_code
from sosik.edition.announcements import HINDERED
from sosik.errors import SosikError, StoreError
from sosik.site import Site
from sosik.store import Snapshot, TargetRow, open_snapshot, place_of
from sosik.words import Message

log = logging.getLogger("sosik.announcer")

_LOOK = 0.5
"""Seconds between two looks into the queue."""
_LOOK_FAR = 2.0
"""The same of a database, which answers each on a connection of its own."""
_GRACE = 1.0
"""Seconds that a request under way may delay the end of the server; what it told is told again another time."""


@contextmanager
def announcing(site: Site) -> Iterator[None]:
    """Tell what is queued in the site's store, in a thread of its own, while the block runs."""
    ended = Event()
    thread = Thread(target=_keep_announcing, args=(site, ended), name="sosik-announcer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_GRACE)


class TargetTally(Struct, frozen=True):
    """What came of a hub or a search engine: how much still waits for it, how much it was told, how often it failed."""

    target: str
    waiting: int
    told: int
    failed: int


def target_tallies(folder: Path) -> list[TargetTally]:
    """Return what waits to be told and what came of telling, by target; nothing where nobody is, or no store."""
    try:
        with closing(open_snapshot(place_of(folder))) as snapshot, snapshot.reading():
            waiting = Counter(row.target for row in snapshot.announcements.waiting())
            targets = snapshot.announcements.targets()
    except StoreError:
        return []
    rows = [targets.get(name, TargetRow(name)) for name in sorted(waiting.keys() | targets.keys())]
    return [TargetTally(row.target, waiting[row.target], row.told, row.failed) for row in rows]


def hindrances(snapshot: Snapshot) -> dict[str, int]:
    """Return at how many addresses it cannot be seen whether the newest edition is there, by the code of the cause.

    Raises `StoreError`.
    """
    known = read_hindrances(snapshot.meta(HINDERED))
    return {code: len(found) for code, found in told_by_code(known.values(), int(time.time())).items()}


def _keep_announcing(site: Site, ended: Event) -> None:
    said: set[Message] = set()
    look = _LOOK if isinstance(site.place, Path) else _LOOK_FAR
    while not ended.wait(look):
        if _is_due(site):
            said = _announce(site, said)


def _is_due(site: Site) -> bool:
    try:
        with closing(open_snapshot(site.place)) as snapshot:
            due = snapshot.announcements.next_due()
    except StoreError:  # there is none yet, or it is just being replaced
        return False
    return due is not None and due <= time.time()


def _announce(site: Site, said: set[Message]) -> set[Message]:
    """Tell what is due; log what was told, and each failure of a target once while it lasts."""
    try:
        outcome = site.announce()
    except SosikError as error:
        failures = {Message("serve.not-announced", reason=error.message)}
    except Exception as error:  # noqa: BLE001  # whatever it is, the server goes on, and so does the queue
        failures = {Message("serve.announcing-failed", error=type(error).__name__, reason=str(error))}
    else:
        now = int(time.time())
        failures = {
            Message("serve.hindered", code=code, reason=obstacles[0].message)
            for code, obstacles in told_by_code(outcome.hindered.values(), now).items()
        }
        failures |= {
            Message("serve.not-told", target=row.target, reason=row.outcome)
            for row in outcome.targets.values()
            if row.outcome
        }
        if outcome.told:
            targets = tuple(sorted({row.target for row in outcome.told}))
            log.info("%s", Message("serve.told", count=len(outcome.told), targets=targets))
    for failure in sorted(failures - said, key=str):
        log.warning("%s", failure)
    return failures
