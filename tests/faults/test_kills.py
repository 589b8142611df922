"""A build that is killed: the next one ends as if nothing had been, and nothing torn was seen between."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from faults.forks import Ended, Forks
from faults.trials import MINUTES, Trials
from faults.twins import Twins, files
from newsrooms import PUBLICATION, Newsroom
from sosik.store.schema import VERSION
from sosik.store.soundness import version_of
from test_migrations import STORES, dumped


@pytest.fixture
def twins(tmp_path: Path, forks: Forks) -> Twins:
    made = Twins(tmp_path / "disturbed", tmp_path / "calm", Random(1))  # noqa: S311  # not for secrets
    made.build_calmly(forks)
    end_alike(made, forks)
    return made


def end_alike(twins: Twins, forks: Forks) -> Ended:
    """Build undisturbed at last: then there is no difference, and a further build finds nothing to do."""
    ended = forks.run(*twins.command(twins.disturbed))
    assert ended.status == 0, ended.said
    twins.assert_alike()
    return ended


@pytest.mark.rule(84, 85)
def test_killed_at_random_moments(twins: Twins, forks: Forks, trials: Trials) -> None:
    for random in trials.rounds(3):
        before = files(twins.calm / "public")
        twins.random = random
        twins.go_on()
        takes = twins.build_calmly(forks).took
        for _ in range(random.randint(1, 3)):
            ended = forks.run(*twins.command(twins.disturbed), dies_after=random.uniform(0, takes))
            twins.assert_whole(before)
            trials.note("killed at a random time", ended.is_killed)
        end_alike(twins, forks)


def test_killed_at_chosen_steps(twins: Twins, forks: Forks, trials: Trials) -> None:
    """Before the statement, the rename, the file, … of a number."""
    for random in trials.rounds(4):
        before = files(twins.calm / "public")
        twins.random = random
        twins.go_on()
        steps = twins.build_calmly(forks).steps
        for _ in range(random.randint(1, 3)):
            ended = forks.run(*twins.command(twins.disturbed), dies_at=random.randint(1, steps))
            twins.assert_whole(before)
            trials.note("killed before a chosen statement or change of a file", ended.is_killed)
        end_alike(twins, forks)


CALLS = "write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink,mkdir,utimensat"
"""What changes a disk, as the kernel is asked for it: also by SQLite, of which the interpreter says nothing."""


def test_killed_at_chosen_system_calls(twins: Twins, forks: Forks, trials: Trials, tmp_path: Path) -> None:
    """The same in the kernel's words; the program begins anew each time, as strace can kill none that is forked."""
    for random in trials.rounds(1):
        before = files(twins.calm / "public")
        twins.random = random
        twins.go_on()
        twins.build_calmly(forks)
        call = random.choice(CALLS.split(","))
        is_killed, number = True, random.randint(1, 20)
        while is_killed:
            inject = f"inject={call}:signal=KILL:when={number}"
            traced: list[str | Path] = [
                "strace",
                "-f",
                "-qq",
                "-o",
                tmp_path / "trace",
                "-e",
                f"trace={call}",
                "-e",
                inject,
            ]
            program = [sys.executable, "-m", "sosik", *twins.command(twins.disturbed)]
            ended = subprocess.run([*traced, *program], capture_output=True, text=True, check=False)
            assert "Traceback" not in ended.stderr
            is_killed = ended.returncode == -9
            twins.assert_whole(before)
            trials.note("killed at a chosen system call", is_killed)
            number += random.randint(1, 60)
            if not MINUTES:
                break
        end_alike(twins, forks)


@pytest.mark.parametrize("old", sorted(STORES.glob("*.db")), ids=lambda path: path.stem)
def test_a_migration_that_is_killed_at_any_step_has_not_happened(
    tmp_path: Path, forks: Forks, trials: Trials, old: Path
) -> None:
    """The store of an earlier version is as it was, or has gone whole steps ahead."""
    room, before = Newsroom(tmp_path / "old"), dumped(old)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    store = room.root / ".sosik" / "site.db"
    number, reached = 1, int(old.stem)
    while reached < VERSION:
        shutil.rmtree(store.parent, ignore_errors=True)
        store.parent.mkdir()
        shutil.copy(old, store)
        ended = forks.run("-C", room.root, "build", dies_at=number)
        with closing(sqlite3.connect(store)) as connection:
            reached = version_of(connection)
        assert int(old.stem) < reached <= VERSION or dumped(store) == before
        assert ended.is_killed or reached == VERSION
        trials.note("killed during the migration of an old store", ended.is_killed)
        number += 1 if MINUTES else 7
