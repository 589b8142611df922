"""Opens connections to the database, to write and to read. Errors of SQLite get a message with a repair."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sosik.durability import sync_file, sync_folder
from sosik.errors import StoreDamagedError, StoreError
from sosik.reasons import reason_of
from sosik.store.examination import ask_to_make_anew, examine, is_to_be_made_anew
from sosik.store.faults import FAILURES, damaged, is_of_machine
from sosik.store.lock import Left
from sosik.store.migrations import BACKUP, bring_up
from sosik.store.schema import VERSION
from sosik.store.soundness import look_at
from sosik.store.sqlite import SqliteConnection, failures_told
from sosik.systems import put_in_place
from sosik.words import Message

NAME = "site.db"
"""The database's file in the store's folder."""

IN_MEMORY = Path(":memory:")
"""Where a store lies that nobody keeps."""

_PAGE = 16_384
"""Bytes of a page: of small ones, an article's text leaves nearly half empty where it takes a little more than one."""

_CACHE = 16_000
"""Kibibytes of pages that a writer keeps in memory. Rows by their digests go all over the place: with the usual two
megabytes, most pages were written and read again for each."""

_PATIENCE = 10
"""Seconds for which SQLite waits for another connection."""

_JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: it belongs to that one, and would damage another."""


def open_to_write(path: Path, left: Left = Left.CHANGED) -> SqliteConnection:
    """Return a connection to the store of the present version; one of an earlier version is brought to it.

    One that is missing is made beside its place, and takes that by `take_place`. How the store was `left` says how
    thoroughly it is looked at first. Raises `StoreError`.
    """
    with failures_told(path):
        if path == IN_MEMORY:
            connection = sqlite3.connect(path, isolation_level=None)
            bring_up(connection, path)
        else:
            connection = _opened_to_write(path, left) if path.exists() else _made_beside(path)
    return SqliteConnection(connection, path)


def _opened_to_write(path: Path, left: Left) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    try:
        # What is committed outlives a power cut: readers may have seen it by then, so it must not be forgotten.
        connection.execute("PRAGMA synchronous = FULL")
        if examine(connection, path, left):
            ask_to_make_anew(path.parent)
        bring_up(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    except BaseException:
        connection.close()
        raise
    return connection


def _made_beside(path: Path) -> sqlite3.Connection:
    """Return a connection to an empty store beside a place, where nobody reads it.

    Whoever finds it there makes another one. So nothing of it has to be taken back after a power cut, nor be on the
    disk before `take_place`: the first build writes everything once.
    """
    beside = beside_store(path)
    connection = sqlite3.connect(beside, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    bring_up(connection, beside)
    return connection


def take_place(database: SqliteConnection, path: Path) -> None:
    """Put the store that `open_to_write` made beside a place into it, on the disk, and go on there.

    Raises `StoreError` and `OSError`.
    """
    with failures_told(path):
        close_in_place(database, path)
        database.go_on(_opened_to_write(path, Left.WHOLE))


def close_in_place(database: SqliteConnection, path: Path) -> None:
    """Close such a store, and put it into its place, on the disk. Raises `StoreError` and `OSError`."""
    database.execute("PRAGMA journal_mode = WAL").fetchone()
    database.close()
    _put(path)


def make_store(path: Path) -> Path | None:
    """Make an empty store, whole or not at all: a file that is there and holds no store is damaged.

    Returns where what was there was put, None where nothing was. By who holds the lock.
    """
    _made_beside(path).close()
    return _put(path)


def _put(path: Path) -> Path | None:
    """Put the store beside a place into it, on the disk; return where what was there was put."""
    sync_file(_beside(path))
    aside = replace_store(path, _beside(path))
    sync_folder(path.parent)
    return aside


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def beside_store(path: Path) -> Path:
    """Return where to make what is to take the place of a store; nothing is there."""
    beside = _beside(path)
    for leftover in (beside, *journals_of(beside)):
        leftover.unlink(missing_ok=True)
    return beside


def journals_of(path: Path) -> list[Path]:
    """Return the files in which SQLite may keep what belongs to a database."""
    return [path.with_name(f"{path.name}{ending}") for ending in _JOURNALS]


def put_aside(path: Path) -> Path:
    """Put what lies in the place of a store into the folder of copies, and return its name there. Raises `OSError`.

    The database itself stays until another takes its place, so that there is none at no moment.
    """
    from shutil import copy2  # stores are whole, as a rule

    folder = path.parent / BACKUP
    folder.mkdir(parents=True, exist_ok=True)
    name = f"damaged-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    if path.exists():
        copy2(path, folder / name)
    for file in journals_of(path):
        if file.exists():
            put_in_place(file, folder / f"{name}{file.name.removeprefix(path.name)}")
    return folder / name


def replace_store(path: Path, new: Path) -> Path | None:
    """Put a database into the place of the store at `path`; return where that one was put, None where there was none.

    By who holds the lock. Raises `OSError`.
    """
    aside = put_aside(path) if any(file.exists() for file in (path, *journals_of(path))) else None
    put_in_place(new, path)
    return aside


def open_to_read(path: Path, *, shared: bool = False) -> SqliteConnection:
    """Return a connection that cannot write; `shared` may be used by any thread, by one at a time, for as long as ever.

    Raises `StoreError`, also for a store of another version.
    """
    connection, version = _opened(path, shared=shared)
    if version < VERSION:
        connection.close()
        raise StoreError(Message("store.earlier-version", path=str(path), version=version, ours=VERSION))
    return SqliteConnection(connection, path)


def open_to_try(path: Path, left: Left) -> SqliteConnection:
    """Return a connection for a dry run, which writes nothing; of an earlier version's store, to a copy in memory.

    How the store was `left` says how thoroughly it is looked at first. Raises `StoreError`.
    """
    connection, version = _opened(path)
    try:
        with failures_told(path):
            connection.execute("BEGIN")
            examine(connection, path, left)
            connection.execute("COMMIT")
            if version == VERSION:
                return SqliteConnection(connection, path)
            memory = sqlite3.connect(IN_MEMORY, isolation_level=None)
            connection.backup(memory)
            bring_up(memory, IN_MEMORY)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return SqliteConnection(memory, IN_MEMORY)


def _opened(path: Path, *, shared: bool = False) -> tuple[sqlite3.Connection, int]:
    """Return a connection that cannot write, and the version of the store.

    In a folder that cannot be written SQLite can keep no notes of who reads. Who reads for a moment takes the file as
    it is, unless a writer that ended early left a part of it in the journal; who stays would never see another edition.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        try:
            return _connected(address, path, shared=shared)
        except sqlite3.OperationalError as error:
            if not is_of_machine(error):
                raise damaged(path, reason_of(error)) from error
            journal = path.with_name(f"{path.name}-wal")
            if not path.exists() or _is_writable(path.parent):
                raise
            if shared:
                raise StoreError(Message("store.no-notes", folder=str(path.parent))) from None
            if journal.exists() and journal.stat().st_size:
                raise StoreError(Message("store.read-only", folder=str(path.parent))) from None
            return _connected(f"{address}&immutable=1", path, shared=False)
    except FAILURES as error:
        if not is_of_machine(error):
            raise damaged(path, reason_of(error)) from error
        raise StoreError(Message("store.unreadable", path=str(path), reason=reason_of(error))) from error


def _connected(address: str, path: Path, *, shared: bool) -> tuple[sqlite3.Connection, int]:
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=not shared
    )
    try:
        return connection, look_at(connection, path)
    except BaseException:
        connection.close()
        raise


def _is_writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder, by what the system says of it."""
    return os.access(folder, os.W_OK)


def is_whole(path: Path) -> bool:
    """Check all of a store, and tell whether its documents are whole, too. Raises `StoreError` for all else."""
    connection, _ = _opened(path)
    with closing(connection), failures_told(path):
        connection.execute("BEGIN")
        return not is_to_be_made_anew(connection, path)


def check(path: Path, *, because: BaseException) -> None:
    """Check all of the store at `path`, because of an error that it may have led to. Raises `StoreDamagedError`."""
    try:
        is_whole(path)
    except StoreDamagedError as error:
        raise error from because
    except StoreError:
        return
