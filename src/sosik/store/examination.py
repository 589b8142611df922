"""How thoroughly a store is looked at before it is used: the more, the less is known of how it was left."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sosik.errors import UnlikeError
from sosik.store.contents import faults_in
from sosik.store.faults import damaged
from sosik.store.lock import Left
from sosik.store.pictures import KeptPictures
from sosik.store.schema import VERSION
from sosik.store.soundness import check_pages, count, look_at
from sosik.store.sqlite import SqliteConnection, failures_told

ANEW = "anew"
"""The file, beside the database, that asks the next build to make every document anew."""


def examine(connection: sqlite3.Connection, path: Path, left: Left) -> bool:
    """Refuse what is no store, or a damaged one; the less is known of how it was left, the more is looked at.

    Returns whether documents are to be made anew, where only what they are made of is damaged.
    """
    if look_at(connection, path) == VERSION:
        count(connection, path)
    if left is Left.UNCLEAN:
        check_pages(connection, path)
    return left is Left.CHANGED and is_to_be_made_anew(connection, path)


def is_to_be_made_anew(connection: sqlite3.Connection, path: Path) -> bool:
    """Check all of a store, and tell whether documents of it are to be made anew. Raises `StoreError`."""
    with failures_told(path):
        version = look_at(connection, path)
        check_pages(connection, path, thoroughly=True)
        if version != VERSION:
            return False
        count(connection, path)
        faults = [*faults_in(SqliteConnection(connection, path), KeptPictures(path.parent))]
    for fault in faults:
        if not fault.is_derived:
            raise damaged(path, fault.message)
    return bool(faults)


@contextmanager
def asking_anew(folder: Path) -> Iterator[None]:
    """Ask the next build for that where a document is not what it was composed as."""
    try:
        yield
    except UnlikeError:
        ask_to_make_anew(folder)
        raise


def ask_to_make_anew(folder: Path) -> None:
    """Ask the next build to make every document anew; who may not write there has said what is wrong already."""
    try:
        (folder / ANEW).touch()
    except OSError:
        return
