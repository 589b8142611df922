"""`check`, `diff`, `list` and `show` only read: they wait for nobody, see one moment, and leave no trace."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsrooms import ARTICLE, Newsroom, Unpack
from sosik.model.values import EntryId
from sosik.site import Site
from sosik.store import Changes, LedgerRow, Store, open_store
from test_migrations import STORES, unpack

ID = "tag:test.example,2010:aaaaaaaaaaaa"
ASKING = (("check",), ("diff",), ("list",), ("show", "aaaaaaaaaaaa"))

READ_AS_NOBODY = """
import encodings.idna, os, sys, sosik.words.grammar
from pathlib import Path
from sosik.errors import StoreError
from sosik.model.values import EntryId
from sosik.site import Site
from sosik.store import open_snapshot

if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
root = Path(sys.argv[1])
print(*[entry.title for entry, _ in Site(root).entries()])
try:
    open_snapshot(root / ".sosik", shared=True)
except StoreError as error:
    print(error)
"""
"""Reads a store that lies in a folder which its reader may not write into, for a moment and to stay."""


def row_of(store: Store) -> LedgerRow:
    return store.ledger.of([EntryId(ID)])[EntryId(ID)]


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_nobody_is_waited_for(newsroom: Unpack, command: tuple[str, ...]) -> None:
    room = newsroom()
    room.build()

    with open_store(room.root / ".sosik") as building, building.transaction():
        room.sosik(*command)


def test_what_was_taken_back_is_shown_while_somebody_builds(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    room.write(f"-- content/first.yaml --\n{ARTICLE}status: withdrawn\n")
    room.build("2024-02-02 09:00")

    with open_store(room.root / ".sosik") as building, building.transaction():
        assert "withdrawn" in room.sosik("show", "aaaaaaaaaaaa")


def test_one_moment_is_read_whatever_is_written_meanwhile(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    with open_store(room.root / ".sosik", is_dry=True) as trial:
        before = row_of(trial), trial.edition()
        room.write(f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}")
        room.build("2024-02-02 09:00")
        with trial.transaction():
            assert (row_of(trial), trial.edition()) == before

        assert (row_of(trial), trial.edition()) == before


def test_what_a_dry_run_wrote_is_forgotten_with_its_transaction(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    with open_store(room.root / ".sosik", is_dry=True) as trial:
        before = row_of(trial)
        for title in ("하나", "둘"):
            with trial.transaction():
                assert row_of(trial) == before
                trial.apply(Changes(ledger=[before._replace(title=title)]))
                assert row_of(trial).title == title

        assert row_of(trial) == before


def test_an_old_store_is_read_as_a_build_would_bring_it_along(tmp_path: Path) -> None:
    """An update of sosik makes new documents, and of articles nothing is told."""
    room = Newsroom(tmp_path)
    for name in ("site.txt", "2.txt"):
        unpack(room, name)
    store = tmp_path / ".sosik" / "site.db"
    store.parent.mkdir()
    shutil.copy(STORES / "4.db", store)

    listed = room.sosik("list")

    assert "not published" not in listed
    *changes, summary = room.sosik("diff", "--now", "2024-02-01 12:00").splitlines()
    assert all(line.startswith("changed    /") for line in changes)
    assert store.read_bytes() == (STORES / "4.db").read_bytes()
    assert not (store.parent / "backup").exists()
    report = room.build("2024-02-01 12:00")
    assert summary == f"documents: {report.documents['changed']} changed"
    assert "nothing would change" in room.sosik("diff", "--now", "2024-02-01 12:00")


def test_who_only_reads_an_old_store_is_told_what_brings_it_along(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    unpack(room, "site.txt")
    (tmp_path / ".sosik").mkdir()
    shutil.copy(STORES / "4.db", tmp_path / ".sosik" / "site.db")

    assert "`sosik build` converts it" in room.sosik("config", "nginx", status=1)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Give a folder that others may enter, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_store_that_only_another_user_writes_is_read_for_a_moment(open_to_all: Path) -> None:
    """Not to stay: who keeps no notes beside the file would never hear of another edition."""
    room = Newsroom(open_to_all)
    room.write(
        "-- feeds/publication.yaml --\ntitle: 시험일보\nurl: https://www.test.example/\nauthority: test.example,2010\n"
        f"-- feeds/all.yaml --\ntitle: 전체\n-- content/first.yaml --\n{ARTICLE}"
    )
    Site(room.root).build()
    folder = room.root / ".sosik"
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_AS_NOBODY, room.root], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)

    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "첫 기사"
    assert f"{folder} cannot be written" in done.stdout


def test_a_damaged_store_is_told_with_the_ways_out(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    (room.root / ".sosik" / "site.db").write_bytes(b"this is no database, and never was one" * 100)

    assert "or a backup: `sosik restore FILE`" in room.sosik("check", status=1)
