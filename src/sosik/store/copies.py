"""Backups in `backup/` beside the store: one a day, with the data that content/ lacks; and how to restore one.

A backup is a store with entries to read again, and documents to make again.
"""

import json
import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from sosik.errors import NewerStoreError, StoreDamagedError, StoreError
from sosik.model import FEEDS
from sosik.model.values import NEVER, Seconds
from sosik.patterns import pattern
from sosik.store import lock
from sosik.store.address import Place, StoreAddress
from sosik.store.contract import Store
from sosik.store.database import has_store, open_store
from sosik.store.examination import ask_to_make_anew
from sosik.store.faults import FAILURES, damaged
from sosik.store.known import Known
from sosik.store.migrations import BACKUP, bring_up
from sosik.store.opening import NAME, beside_store, is_whole, make_store, replace_store
from sosik.store.soundness import look_at
from sosik.store.sqlite import failures_told
from sosik.store.statements import COUNTED, COUNTS
from sosik.systems import put_in_place, unlock
from sosik.words import Message

KEPT = 7
"""How many days' copies are kept."""

_OF_A_DAY = pattern(r"site-\d{4}-\d{2}-\d{2}\.db")

_UNFINISHED = ".site-*.new*"
"""The copies that were not finished: somebody may be at it."""

_LONGEST = 3600
"""Seconds after which nobody is at it any more."""

_NAMES = "site-*.db"
"""The copies that a store may be put back from: those of days, and those that were kept before a migration."""

_STANDS = "SELECT entry_id FROM whole.source WHERE held <> 0 OR missing_since IS NOT NULL"
"""The entries whose files cannot give them again: they are broken, or away."""

_FEEDS = ", ".join(f"'{kind}'" for kind in sorted(FEEDS))

COPIED: Mapping[str, str] = {
    "meta": f"WHERE name <> '{COUNTS}'",
    "ledger": "",
    "feed": "",
    "family": "",
    "gone": "",
    "edition": "",
    "announcement": "",
    "target": "",
    "dictionary": "",
    "source": "WHERE held <> 0 OR missing_since IS NOT NULL",
    "entry": f"WHERE id IN ({_STANDS}) OR id NOT IN (SELECT entry_id FROM whole.source)",
    "record": "WHERE digest IN (SELECT record FROM main.entry)",
    "text": "WHERE digest IN (SELECT text FROM main.record)",
    "document": "",
    # Of these nothing but their bytes is known.
    "page": f"WHERE digest IN (SELECT etag FROM whole.document WHERE feed = '' AND kind IN ({_FEEDS}))",
}
"""What is copied of each table, in this order."""


REBUILT = frozenset(
    {
        *("fragment", "member", "due", "pointer", "medium", "scanned", "watched"),
        *("output", "projection", "part", "stale"),
    }
)
"""What the next build makes of content/, and the next projection of what lies in its directory."""

_WATCHED = """
INSERT INTO main.watched
SELECT 'file', id FROM main.ledger
WHERE withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM main.source WHERE source.entry_id = ledger.id)
UNION SELECT 'file', id FROM main.entry
WHERE NOT EXISTS (SELECT 1 FROM main.source WHERE source.entry_id = entry.id)
UNION SELECT 'link', id FROM main.ledger WHERE withdrawn IS NULL AND link <> '' AND link IN (
    SELECT link FROM main.ledger WHERE withdrawn IS NULL AND link <> '' GROUP BY link HAVING count(*) > 1
)
"""
"""What the next build is to ask for, where the store keeps that: no file has an entry before it was read."""


class Copy(Struct, frozen=True):
    """A copy of the store in `file`: of which edition, when that was composed, and how many entries it remembers.

    One that cannot be read has no edition.
    """

    file: Path
    edition: int = 0
    composed: Seconds = NEVER
    entries: int = 0


def keep_copy(folder: Path, day: str, meta: Mapping[str, str]) -> Path | None:
    """Keep a copy of the store in `folder` under the name of a day (2026-11-28), unless there is one; return its file.

    `meta` is to be remembered in it besides. Only the newest are kept. Raises `StoreError` and `OSError`.
    """
    target = copy_of_day(folder, day)
    if target.exists():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    # Another process may be keeping the same copy: each writes its own, and the last stays.
    for leftover in target.parent.glob(_UNFINISHED):
        if leftover.stat().st_mtime < time.time() - _LONGEST:
            leftover.unlink(missing_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    try:
        with failures_told(folder / NAME):
            _copy(folder / NAME, beside, meta)
        put_in_place(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    kept = sorted(path for path in target.parent.iterdir() if _OF_A_DAY.fullmatch(path.name))
    for path in kept[:-KEPT]:
        path.unlink()
    return target


def copy_of_day(folder: Path, day: str) -> Path:
    """Return where the copy of a day is kept."""
    return folder / BACKUP / f"site-{day}.db"


def _copy(path: Path, target: Path, meta: Mapping[str, str]) -> None:
    with closing(sqlite3.connect(target.absolute().as_uri(), uri=True, isolation_level=None)) as copy:
        bring_up(copy, target)
        copy.execute("ATTACH ? AS whole", (f"{path.absolute().as_uri()}?mode=ro",))
        copy.execute("BEGIN")
        found = copy.execute("PRAGMA whole.quick_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(path, " ".join(str(found).split()))
        for table, condition in COPIED.items():
            columns = ", ".join(name for _, name, *_ in copy.execute(f"PRAGMA main.table_info({table})"))
            copy.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM whole.{table} {condition}")
        if copy.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'watched'").fetchone():
            copy.execute(_WATCHED)
        copy.execute("UPDATE main.document SET inputs = '', head = x'', joint = x'', tail = x''")
        counts = {
            table.name: copy.execute(f"SELECT count(*) FROM main.{table.name}").fetchone()[0] for table in COUNTED
        }
        remembered = {**meta, COUNTS: json.dumps(counts)}
        copy.executemany("INSERT OR REPLACE INTO main.meta VALUES (?, ?)", remembered.items())
        copy.execute("COMMIT")
        copy.execute("DETACH whole")


def copies(folder: Path) -> list[Copy]:
    """Return the copies of the store in `folder`, the newest first."""
    files = sorted((folder / BACKUP).glob(_NAMES), reverse=True)
    return sorted(map(_read_copy, files), key=lambda copy: (copy.composed, copy.edition), reverse=True)


def _read_copy(file: Path) -> Copy:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            number, composed = connection.execute("SELECT number, composed FROM edition").fetchone() or (0, NEVER)
            entries = connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
            look_at(connection, file)
    except (*FAILURES, StoreError, OSError):
        return Copy(file)
    return Copy(file, number, composed, entries)


class Restored(Struct, frozen=True):
    """The copy that was put into the place of the store, and where that was put aside, None where there was none."""

    copy: Copy
    aside: Path | None


def restore(folder: Path, file: Path | None = None) -> Restored:
    """Put a copy into the place of the store in `folder`: `file`, or the newest whole one.

    Raises `LockedError` while another process writes, `StoreError` where there is no such copy, and `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = lock.lock(folder / lock.NAME)
    try:
        copy = _newest_whole(folder) if file is None else _checked(_read_copy(file))
        path = folder / NAME
        beside = beside_store(path)
        with (
            failures_told(copy.file),
            closing(sqlite3.connect(f"{copy.file.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(beside)) as target,
        ):
            source.backup(target)
        aside = replace_store(path, beside)
        ask_to_make_anew(folder)
        lock.end(handle, path)
    finally:
        unlock(handle)
    return Restored(copy, aside)


def _newest_whole(folder: Path) -> Copy:
    for copy in copies(folder):
        try:
            return _checked(copy)
        except StoreError:
            continue
    raise StoreError(Message("store.no-copy", folder=str(folder / BACKUP)))


def _checked(copy: Copy) -> Copy:
    """Return a copy that is whole, but for documents, which are made anew. Raises `StoreError`."""
    if not copy.file.is_file():
        raise StoreError(Message("store.no-such-copy", file=str(copy.file)))
    try:
        is_whole(copy.file)
    except StoreDamagedError as error:
        raise StoreError(Message("store.copy-damaged", reason=error.message)) from error
    return copy


def begin_anew(folder: Path) -> Path | None:
    """Put an empty store into the place of what lies there, and return where that was put aside.

    Raises `LockedError` while another process writes, and `OSError`.
    """
    handle = lock.lock(folder / lock.NAME)
    try:
        aside = make_store(folder / NAME)
        lock.end(handle, folder / NAME)
    finally:
        unlock(handle)
    return aside


def open_for_build(place: Place, known: Known, *, has_previous: bool, new_store: bool) -> Store:
    """Return the store; a damaged one makes room for another where a `new_store` is asked for, or where the feeds that
    were published before are at hand. Raises `StoreError`, also for a new one in the place of a whole one.

    That of a database is its own tools' to put aside.
    """
    if isinstance(place, StoreAddress):
        if new_store and has_store(place):
            raise StoreError(Message("store.is-whole", path=str(place)))
        place.folder.mkdir(parents=True, exist_ok=True)
        return open_store(place, known=known)
    folder, path = place, place / NAME
    if new_store and path.exists():
        try:
            open_store(folder).close()
        except (StoreDamagedError, NewerStoreError):
            begin_anew(folder)
        else:
            raise StoreError(Message("store.is-whole", path=str(path)))
    try:
        return open_store(folder, known=known)
    except (StoreDamagedError, NewerStoreError):
        if not has_previous:
            raise
    begin_anew(folder)
    return open_store(folder, known=known)
