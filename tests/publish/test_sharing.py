"""Many documents, written by several processes: the same files as by one, whatever becomes of the others."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from databases import postgres
from newsrooms import Newsroom, Unpack, at
from sosik.pool import crew
from sosik.pool.jobs import can_work
from sosik.publish import sharing
from sosik.publish.files import Projection
from sosik.site import Site
from test_pool import FEEDS, IN_PROC, article, children, is_over, until

pytestmark = pytest.mark.skipif(not can_work(), reason="there are no workers here")

PAGES = FEEDS + "".join(map(article, range(150)))


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FEW", "_FEW_PACKED"):
        monkeypatch.setattr(sharing, name, 60)


def states(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return the files of a folder: bytes, time, mode; the mode of its folders stands for them."""
    return {
        path.relative_to(folder).as_posix(): (
            b"" if path.is_dir() else path.read_bytes(),
            0 if path.is_dir() else path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in folder.rglob("*")
    }


@pytest.fixture
def done_by_workers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of every job whether a worker did it."""
    noted: list[bool] = []
    finish = crew.Crew.finish

    def finished(self: crew.Crew, job: Any) -> Any:
        answers = finish(self, job)
        noted.append(answers is not None and isinstance(answers[0], sharing.Done))
        return answers

    monkeypatch.setattr(crew.Crew, "finish", finished)
    return noted


@pytest.mark.parametrize("in_database", [False, True])
@pytest.mark.parametrize("options", [{}, {"compress": True}, {"durable": True}], ids=str)
def test_several_processes_write_what_one_writes(
    newsroom: Unpack, in_database: bool, options: dict[str, bool], done_by_workers: list[bool]
) -> None:
    room = newsroom(PAGES)
    mask = os.umask(0o077)
    try:
        with postgres(room.root) if in_database else nullcontext():
            Site(room.root, processes=0).build(now=at("2024-02-01 09:00"))
            alone = Site(room.root, processes=0).publish(room.root / "alone", **options)
            assert not done_by_workers
            together = Site(room.root, processes=3).publish(room.root / "together", **options)
            assert done_by_workers
            assert all(done_by_workers)
            again = Site(room.root, processes=3).publish(room.root / "together", **options)
    finally:
        os.umask(mask)

    assert states(room.root / "together") == states(room.root / "alone")
    assert (together, again.written) == (alone, 0)
    assert alone.written > 150


def test_what_others_wrote_is_left_and_told_alike(newsroom: Unpack, done_by_workers: list[bool]) -> None:
    room = newsroom(PAGES)
    Site(room.root).build(now=at("2024-02-01 09:00"))
    found = []
    for name, processes in (("alone", 0), ("together", 2)):
        output = room.root / name
        (output / "part").mkdir(parents=True)
        (output / "rss.xml").write_text("of others")
        (output / "part" / "부서1").write_text("in the way")
        for other in (output / "rss.xml", output / "part" / "부서1"):
            os.utime(other, (1, 1))
        projection = Site(room.root, processes=processes).publish(output)
        found.append((projection.written, [path.partition(name)[2] for path in projection.left], states(output)))

    assert found[0] == found[1]
    assert len(found[0][1]) > 1
    assert all(done_by_workers)


@pytest.mark.skipif(not IN_PROC, reason="nobody tells which processes another one started")
def test_workers_that_somebody_ends_cost_nothing(newsroom: Unpack) -> None:
    room = newsroom(PAGES)
    site = Site(room.root, processes=3)
    site.build(now=at("2024-02-01 09:00"))
    site.publish(room.root / "calm")
    public, projections = room.root / "public", list[Projection]()
    publishing = Thread(target=lambda: projections.append(Site(room.root, processes=3).publish(public, durable=True)))
    publishing.start()
    killed = 0
    while publishing.is_alive():
        for pid in children(os.getpid()):
            if _is_worker(pid):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        publishing.join(0.01)

    assert killed
    assert states(public) == states(room.root / "calm")
    assert site.publish(public).written == 0


def _is_worker(pid: int) -> bool:
    try:
        return b"sosik.pool" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture
def publishing(newsroom: Unpack) -> Iterator[Callable[[Newsroom], "subprocess.Popen[bytes]"]]:
    """Give what publishes in a process of its own."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(room: Newsroom) -> subprocess.Popen[bytes]:
        script = (
            "import sys\nfrom sosik.publish import sharing\nfrom sosik.site import Site\nsharing._FEW = 60\n"
            "Site(sys.argv[1], processes=3).publish(sys.argv[2])"
        )
        begun.append(subprocess.Popen([sys.executable, "-c", script, str(room.root), str(room.root / "public")]))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


@pytest.mark.skipif(not IN_PROC, reason="nobody tells which processes another one started")
def test_a_projection_that_is_killed_leaves_nobody_writing(
    newsroom: Unpack, publishing: Callable[[Newsroom], "subprocess.Popen[bytes]"]
) -> None:
    room = newsroom(PAGES)
    site = Site(room.root)
    site.build(now=at("2024-02-01 09:00"))
    site.publish(room.root / "calm")
    process = publishing(room)
    until(lambda: len(list(filter(_is_worker, children(process.pid)))) == 2 or process.poll() is not None)
    workers = children(process.pid)
    process.kill()
    process.wait()

    until(lambda: all(map(is_over, workers)))
    site.publish(room.root / "public")

    assert workers
    assert states(room.root / "public") == states(room.root / "calm")
