"""A store of an earlier version goes on as if nothing had happened; tests/faults/test_kills.py kills it on the way."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from newsrooms import Newsroom
from sosik.errors import StoreError
from sosik.store import open_store
from sosik.store.migrations import BACKUP, STEPS
from sosik.store.schema import VERSION
from test_golden import GOLDEN, difference, documents

STORES = Path(__file__).parent / "data" / "stores"
"""Stores as earlier versions left them, after the first two steps of a golden publication."""

GOLDEN_ROOM = GOLDEN / "해누리"


def unpack(room: Newsroom, name: str) -> str:
    """Write the files of one step of the golden publication; return its instant."""
    instant, files = (GOLDEN_ROOM / name).read_text("utf-8").split("\n", 1)
    room.write(files)
    return instant.removeprefix("# ")


def dumped(path: Path) -> list[str]:
    """Return everything that a database holds, as SQL."""
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


@pytest.mark.parametrize("version", [4, 5, 6, 7, 8])
def test_an_old_store_goes_on(tmp_path: Path, version: int) -> None:
    """The last step, built on the migrated store, publishes what the whole history does, and nothing counts as new."""
    room = Newsroom(tmp_path)
    for name in ("site.txt", "2.txt"):
        unpack(room, name)
    (tmp_path / ".sosik").mkdir()
    shutil.copy(STORES / f"{version}.db", tmp_path / ".sosik" / "site.db")

    report = room.build(unpack(room, "3.txt"))

    expected = documents(GOLDEN_ROOM / "public")
    found = documents(tmp_path / "public")
    assert difference(expected, found) == ""
    assert report.counts["new"] == report.counts["held"] == report.counts["minor"] == 0
    assert dumped(tmp_path / ".sosik" / BACKUP / f"site-{version}.db") == dumped(STORES / f"{version}.db")


def test_an_old_address_may_lose_its_definition_with_the_first_build_of_a_newer_sosik(tmp_path: Path) -> None:
    """Version 4 did not say of documents what they are; that one is an alias stands in its settings."""
    room = Newsroom(tmp_path)
    for name in ("site.txt", "2.txt"):
        unpack(room, name)
    (tmp_path / ".sosik").mkdir()
    shutil.copy(STORES / "4.db", tmp_path / ".sosik" / "site.db")
    definition = tmp_path / "feeds" / "all.yaml"
    lines = definition.read_text("utf-8").splitlines(keepends=True)
    definition.write_text("".join(line for line in lines if not line.startswith("aliases:")), "utf-8")

    report = room.build("2024-02-01 13:00")

    told = [str(problem.message) for problem in report.problems if problem.code == "feed-undefined"]
    assert len(told) == 1
    assert "/rss/allArticle.xml" in told[0]


def test_every_version_has_a_store_to_try() -> None:
    assert sorted(int(path.stem) for path in STORES.glob("*.db")) == [number - 1 for number in STEPS]


def test_a_store_of_the_future_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "site.db")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()

    with pytest.raises(StoreError, match=f"has version {VERSION + 1}"):
        open_store(tmp_path)
