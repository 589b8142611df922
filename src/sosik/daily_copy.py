"""The backup of a day: the store after the first edition, with what describes the documents of that edition."""

from contextlib import closing
from pathlib import Path

from sosik.dates.zones import zone_of
from sosik.edition.touched import forgotten
from sosik.model.digests import dump
from sosik.model.instants import instant
from sosik.previous.described import META as DESCRIBED
from sosik.previous.memory import describe
from sosik.store import copy_of_day, keep_copy, open_snapshot, open_store


def keep_daily_copy(folder: Path) -> Path | None:
    """Back up the store in `folder`, once a day in the time zone of the publication, and return the file.

    Returns None if there is one of the day, or no edition. Raises `StoreError` and `OSError`.
    """
    with closing(open_snapshot(folder)) as snapshot:
        edition, zone = snapshot.edition(), snapshot.meta("timezone")
    day = instant(edition.composed).astimezone(zone_of(zone)).date().isoformat() if edition.number else ""
    if not day or copy_of_day(folder, day).exists():
        return None
    with open_store(folder, is_dry=True) as store:
        described = dump(describe(store, store.documents()))
    return keep_copy(folder, day, {**forgotten(), DESCRIBED: described})
