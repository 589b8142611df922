"""The published files: exactly the edition, each file whole, what did not change left alone."""

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsrooms import ARTICLE, ROOT, Unpack

FIRST = f"-- content/first.yaml --\n{ARTICLE}"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


@pytest.mark.rule(84)
def test_what_did_not_change_is_not_touched(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    before = stamps(room.root / "public")

    room.build("2024-02-02 09:00")

    assert stamps(room.root / "public") == before


@pytest.mark.parametrize("keep_time", [False, True])
def test_damage_is_repaired(newsroom: Unpack, keep_time: bool) -> None:
    """Even damage that keeps the size and the modification time."""
    room = newsroom()
    room.build()
    before = tree(room.root / "public")
    target = room.root / "public" / "rss.xml"
    found = target.stat()
    target.write_bytes(b"x" * found.st_size)
    if keep_time:
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
    (room.root / "public" / "atom.xml").unlink()

    room.build("2024-02-02 09:00")

    assert tree(room.root / "public") == before
    assert target.stat().st_mtime_ns == found.st_mtime_ns


@pytest.mark.rule(87)
def test_only_files_of_an_earlier_edition_are_removed(newsroom: Unpack) -> None:
    """A feed that is given up leaves no stale file; what others keep in the folder stays."""
    room = newsroom(FIRST + "-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    own = room.root / "public" / "robots.txt"
    own.write_text("User-agent: *\n")
    assert (room.root / "public" / "local" / "rss.xml").exists()
    room.write("-- feeds/local.yaml --\n(gone)\n")

    report = room.build("2024-02-02 09:00")

    assert [problem.code for problem in report.problems] == ["feed-gone"]
    assert own.exists()
    assert not (room.root / "public" / "local").exists()


@pytest.mark.rule(63, 84)
def test_a_files_time_is_last_modified_and_moves_only_with_its_bytes(newsroom: Unpack) -> None:
    room = newsroom()
    room.build("2024-02-01 09:00")
    first = (room.root / "public" / "rss.xml").stat().st_mtime
    room.write("-- feeds/all.yaml --\ntitle: 새 이름\n")

    room.build("2024-02-03 09:00")

    assert (room.root / "public" / "rss.xml").stat().st_mtime - first == 2 * 24 * 3600


@pytest.mark.rule(86)
def test_gzip_copies_hold_the_same_bytes_and_time(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("build", "--gzip")
    plain, zipped = room.root / "public" / "rss.xml", room.root / "public" / "rss.xml.gz"

    assert gzip.decompress(zipped.read_bytes()) == plain.read_bytes()
    assert zipped.stat().st_mtime == plain.stat().st_mtime


def test_no_store_lies_under_public(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()

    assert not [name for name in tree(room.root / "public") if "sosik" in name and not name.endswith((".css", ".js"))]


@pytest.mark.rule(84, 85)
def test_killed_at_any_moment_and_run_again_the_bytes_are_the_same(newsroom: Unpack, tmp_path: Path) -> None:
    """The sample is built, killed after ever longer times, and built again."""
    command = [sys.executable, "-m", "sosik", "build", "--now", "2026-11-22 12:00"]
    expected = tmp_path / "expected"
    (expected).mkdir()
    for name in ("content", "feeds"):
        (expected / name).symlink_to(ROOT / name)
    subprocess.run(command, cwd=expected, check=True, capture_output=True)
    attempt = tmp_path / "attempt"
    attempt.mkdir()
    for name in ("content", "feeds"):
        (attempt / name).symlink_to(ROOT / name)
    for delay in (0.2, 0.5, 0.7, 0.9, 1.1, 1.3):
        process = subprocess.Popen(command, cwd=attempt, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()

    subprocess.run(command, cwd=attempt, check=True, capture_output=True)

    assert tree(attempt / "public") == tree(expected / "public")


@pytest.mark.parametrize("output", ["content", "feeds", ".", ".sosik", "content/새 폴더", ".."])
def test_nothing_is_published_among_what_it_is_made_from(newsroom: Unpack, output: str) -> None:
    room = newsroom()
    before = tree(room.root / "content") | tree(room.root / "feeds")

    told = room.sosik("build", "--output", room.root / output, status=1)

    assert "not a folder of its own" in told
    assert tree(room.root / "content") | tree(room.root / "feeds") == before
