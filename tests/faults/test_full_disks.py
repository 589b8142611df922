"""A disk that is full, at every page in turn: a build says so and ends, and the one with room again mends all.

The disk is a file system in memory of 64 MB, seen by the build alone (`unshare`), filled to the page. Where nobody may
mount one, a limit for the size of each file stands for it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from faults.forks import Forks, forking
from faults.trials import MINUTES, Trials
from faults.twins import Twins, files

PAGE = 4096
SIZE = 64 * 2**20
BALLAST = ".ballast"
"""The file that fills a disk; what begins with a dot is nobody's article."""

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
"""Runs a command that may mount what nobody else sees, and that is gone with it."""

MAY_MOUNT = (
    shutil.which("unshare") is not None
    and subprocess.run([*ALONE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False).returncode
    == 0
)

SCENES = ["public", ".sosik", "."] if MAY_MOUNT else []
"""What lies on the disk that is full: the folder of a room, or the room itself."""


@contextmanager
def small_disk(place: Path, said: Path) -> Iterator[tuple[Forks, Path]]:
    """Have a process that forks builds and sees a small disk at a place; and where all that it sees is for us."""
    place.mkdir(parents=True)
    mount = f'mount -t tmpfs -o size={SIZE} none "$0" && exec "$@"'
    with forking(said, before=[*ALONE, "sh", "-c", mount, str(place)]) as forks:
        yield forks, Path(f"/proc/{forks.pid}/root")


def leave(disk: Path, pages: int) -> None:
    """Fill a disk but for some pages."""
    room_again(disk)
    size = (os.statvfs(disk).f_bavail - pages) * PAGE
    with (disk / BALLAST).open("wb") as file:
        if size > 0:
            os.posix_fallocate(file.fileno(), 0, size)


def room_again(disk: Path) -> None:
    """Take away what fills a disk."""
    (disk / BALLAST).unlink(missing_ok=True)


def end_alike(twins: Twins, forks: Forks) -> None:
    """Build with room: then no reader can tell."""
    ended = forks.run(*twins.command(twins.disturbed))
    assert ended.status == 0, ended.said
    twins.assert_alike()


@pytest.mark.parametrize("what", SCENES)
def test_a_disk_that_is_full_at_any_page(tmp_path: Path, trials: Trials, what: str) -> None:
    root = tmp_path / "disturbed"
    with small_disk((root / what).resolve(), tmp_path / "said") as (forks, sees):
        seen = sees / root.relative_to("/")
        disk = seen / what
        twins = Twins(root, tmp_path / "calm", Random(1), seen=seen)  # noqa: S311  # not for secrets
        twins.build_calmly(forks)
        end_alike(twins, forks)
        for random in trials.rounds(1):
            before = files(twins.calm / "public")
            twins.random = random
            twins.go_on()
            twins.build_calmly(forks)
            pages = random.randrange(4)
            status = 1
            while status:
                leave(disk, pages)
                ended = forks.run(*twins.command(twins.disturbed))
                status = ended.status
                assert status in (0, 1), ended.said
                assert status == 0 or "full" in ended.said or "no space left" in ended.said.lower(), ended.said
                twins.assert_whole(before)
                trials.note(f"full: {what}", status)
                pages += 1 if MINUTES else pages + random.randint(20, 50)
            room_again(disk)
            end_alike(twins, forks)


def test_a_file_that_may_not_grow(tmp_path: Path, trials: Trials) -> None:
    """A quota, as the system says it of each file: every size of the store's journal and of the documents."""
    with forking(tmp_path / "said") as forks:
        twins = Twins(tmp_path / "disturbed", tmp_path / "calm", Random(1))  # noqa: S311  # not for secrets
        twins.build_calmly(forks)
        end_alike(twins, forks)
        for random in trials.rounds(1):
            before = files(twins.calm / "public")
            twins.random = random
            twins.go_on()
            twins.build_calmly(forks)
            most, status = random.randint(1, 20_000), 1
            while status:
                ended = forks.run(*twins.command(twins.disturbed), most=most)
                status = ended.status
                assert status in (0, 1), ended.said
                twins.assert_whole(before)
                trials.note("no file may grow beyond a size", status)
                most += most // 4 + 1_000 if MINUTES else 2 * most + 20_000
            end_alike(twins, forks)
