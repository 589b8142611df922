"""The store: its tables belong to their version, and one writer at a time writes them."""

from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import fields

from sosik.errors import StoreError
from sosik.model import Entry, Listing
from sosik.model.values import EntryId
from sosik.store import Changes, LockedError, SourceRow, open_snapshot, open_store
from sosik.store.database import SqliteStore
from sosik.store.schema import TABLES, VERSION


def test_the_tables_are_those_of_their_version() -> None:
    """Whoever changes a table, or a value kept in one, raises VERSION and writes both down here.

    A migration brings older stores to it.
    """
    kept = [field.name for kind in (Entry, Listing) for field in fields(kind)]
    assert (VERSION, sha256("".join([TABLES, *kept]).encode()).hexdigest()[:12]) == (9, "0d6edc486acd")


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with open_store(tmp_path), pytest.raises(LockedError, match="Another sosik is building here"):
        open_store(tmp_path)
    open_store(tmp_path).close()


def test_a_store_of_another_version_is_refused_by_all(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    store._connection.execute("PRAGMA user_version = 99")
    store.close()

    with pytest.raises(StoreError, match="has version 99"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="has version 99"):
        open_snapshot(tmp_path)


def test_what_is_no_store_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "site.db").write_bytes(b"this is no database, and never was one" * 100)

    with pytest.raises(StoreError, match="--previous"):
        open_store(tmp_path)


def test_a_store_that_cannot_be_opened_keeps_nobody_out(tmp_path: Path) -> None:
    """A process that met a damaged store can use the backup that is put in its place."""
    open_store(tmp_path).close()
    sound = (tmp_path / "site.db").read_bytes()
    (tmp_path / "site.db").write_bytes(b"this is no database, and never was one" * 100)
    with pytest.raises(StoreError, match="--previous"):
        open_store(tmp_path)

    (tmp_path / "site.db").write_bytes(sound)

    open_store(tmp_path).close()


def test_a_commit_that_fails_is_not_remembered_as_one_that_came_true(tmp_path: Path) -> None:
    row = SourceRow(path="a.yaml", stamp="1", entry_id=EntryId("a"), pictures="[]", held=False, problems="[]")
    SqliteStore(tmp_path).close()
    with SqliteStore(tmp_path) as store:
        store._connection.execute("PRAGMA foreign_keys = ON")
        store._connection.execute(
            "CREATE TABLE debt (path TEXT REFERENCES document(path) DEFERRABLE INITIALLY DEFERRED)"
        )
        with store.transaction():
            assert list(store.sources.each()) == []

        def write() -> None:
            with store.transaction():
                store.apply(Changes(sources=[row]))
                # What only a commit finds to be wrong.
                store._connection.execute("INSERT INTO debt VALUES ('/nowhere')")

        with pytest.raises(StoreError, match="FOREIGN KEY"):
            write()
        with store.transaction():
            assert list(store.sources.each()) == []
