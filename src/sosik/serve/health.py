"""What `/healthz` says: the edition that is up, what came of the last build, and what is wrong with the store."""

import time
from contextlib import closing
from pathlib import Path

from sosik.errors import StoreError
from sosik.model.instants import instant
from sosik.serve.announcer import hindrances
from sosik.serve.connection import has_met_damage
from sosik.serve.editions import Editions
from sosik.serve.status import BUCKET, BUCKET_NOTE, LEADER, NOTE, STORE_DAMAGED, BuildStatus, read_status, status_of
from sosik.store import ANEW, open_snapshot, place_of


def health(folder: Path, editions: Editions) -> tuple[dict[str, object], bool]:
    """Return which edition is up, how many problems of which codes hold something back or leave readers behind, and
    whether readers may be led here.
    """
    table = editions.table
    status, hindered = _known(folder, editions)
    edition = table.edition
    failing = bool(editions.trouble) or editions.is_behind or (not status.succeeded and status.at >= edition.composed)
    troubles = {editions.trouble_code: 1} if editions.trouble else {}
    if (folder / ANEW).exists() or has_met_damage(folder):
        troubles[STORE_DAMAGED] = 1
    found: dict[str, object] = {
        "status": "empty" if not edition.number else "failing" if failing else "ok",
        "edition": edition.number,
        "composed": instant(edition.composed).isoformat() if edition.number else None,
        "age": max(0, int(time.time()) - edition.composed) if edition.number else None,
        "documents": table.documents,
        "problems": status.told | troubles | hindered,
    }
    if editions.is_far:
        found["cached"] = table.in_memory
    if status.role:
        found["role"] = status.role
    return found, bool(edition.number) and not editions.is_behind


def last_build(folder: Path, editions: Editions) -> BuildStatus:
    """Return what came of the last build, whoever built."""
    return _known(folder, editions)[0]


def _known(folder: Path, editions: Editions) -> tuple[BuildStatus, dict[str, int]]:
    """Return what came of the last build, and of what it was to reach since: a bucket, and addresses for all to see."""
    own, bucket = read_status(folder), read_status(folder, BUCKET)
    if editions.is_away:
        return own, {}
    try:
        with closing(open_snapshot(place_of(folder))) as snapshot:
            if not editions.is_far:
                return own, bucket.told | hindrances(snapshot)
            told, bucket = status_of(snapshot.meta(NOTE)), status_of(snapshot.meta(BUCKET_NOTE))
            return _together(own, told), bucket.told | hindrances(snapshot)
    except StoreError:
        return own, {} if editions.is_far else bucket.told


def _together(own: BuildStatus, leaders: BuildStatus) -> BuildStatus:
    """Return what came of the build of who leads, with what keeps this machine from leading."""
    if own.role == LEADER and own.at >= leaders.at:
        return own
    if own.role == LEADER:
        own = BuildStatus()  # of a time when this machine led
    failed = [status for status in (own, leaders) if not status.succeeded]
    return BuildStatus(
        succeeded=not failed,
        at=max(status.at for status in failed or (own, leaders)),
        problems={**leaders.problems, **own.problems},
        role=own.role,
    )
