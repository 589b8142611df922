"""Checks that a file is an intact store: the fast checks of each open, and the thorough ones."""

import json
import re
import sqlite3
from pathlib import Path

from sosik.errors import NewerStoreError
from sosik.store.connection import Connection
from sosik.store.faults import damaged
from sosik.store.schema import TABLES, VERSION
from sosik.store.statements import COUNTED, COUNTS
from sosik.words import Message

APPLICATION = 0x736F7369
"""What SQLite keeps in the head of a file to tell whose it is: `sosi`."""

OLDEST = 4
"""The first version that was ever used."""

_NAMES = tuple(re.findall(r"CREATE TABLE (\w+)", TABLES))


def version_of(connection: Connection) -> int:
    """Return the version of a store's tables; 0 of one that has none."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def look_at(connection: sqlite3.Connection, path: Path) -> int:
    """Look at the head and the tables of what lies in the place of a store, and return its version.

    Raises `StoreDamagedError` for what is no store, `NewerStoreError` for that of a newer sosik, and what SQLite does.
    """
    if not path.stat().st_size:
        raise damaged(path, Message("store.empty"))
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application not in (0, APPLICATION):
        raise damaged(path, Message("store.foreign", id=application))
    version = version_of(connection)
    if version == 0:
        raise damaged(path, Message("store.no-version"))
    if version > VERSION:
        raise newer_store(path, version)
    if version < OLDEST:
        raise damaged(path, Message("store.no-such-version", version=version))
    missing = [name for name in _NAMES if name not in tables]
    if version == VERSION and missing:
        raise damaged(path, Message("store.no-table", table=missing[0]))
    return version


def newer_store(path: Path, version: int) -> NewerStoreError:
    """Return what is to be said of a store that this sosik cannot read."""
    return NewerStoreError(Message("store.unreadable-version", path=str(path), version=version, ours=VERSION))


def count(connection: Connection, path: Path) -> None:
    """Compare the rows of tables with how many they had. Raises `StoreDamagedError` where they contradict it."""
    kept = connection.execute("SELECT value FROM meta WHERE name = ?", (COUNTS,)).fetchone()
    try:
        counts = json.loads(kept[0]) if kept else {}
        told = {table.name: counts[table.name] for table in COUNTED if table.name in counts}
    except (ValueError, TypeError) as error:
        raise damaged(path, Message("store.row", table="meta", row=COUNTS)) from error
    for name, number in told.items():
        found: int = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        if found != number:
            raise damaged(path, Message("store.lost-rows", table=name, found=found, kept=number))


def check_pages(connection: sqlite3.Connection, path: Path, *, thoroughly: bool = False) -> None:
    """Let SQLite check the pages of a store: 0.5 to 0.8 ms a MB; `thoroughly` the indexes too, five times as long.

    Raises `StoreDamagedError`.
    """
    found = connection.execute("PRAGMA integrity_check(1)" if thoroughly else "PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise damaged(path, " ".join(str(found).split()))
