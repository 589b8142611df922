"""Files read by several processes: the same store and documents as by one, whatever becomes of the processes."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image

from newsrooms import ARTICLE, PUBLICATION, Newsroom, Unpack, at
from pool_tasks import SECONDS
from sosik.edition.copies import META as COPIES
from sosik.ledger import arriving, reading
from sosik.ledger.facts import Desk, Read
from sosik.ledger.reading import Processes, read_file
from sosik.pool import crew, process
from sosik.pool.calling import Calling
from sosik.pool.crew import Crew
from sosik.pool.jobs import Stopped, can_work
from sosik.progress import Progress, Stage
from sosik.read import SourceFile
from sosik.site import Site

pytestmark = pytest.mark.skipif(not can_work(), reason="there are no workers here")


def calling(function: str = "obedient") -> Calling:
    return Calling("pool_tasks", function, "tried", SECONDS)


def test_every_item_is_answered_in_order_whoever_answers() -> None:
    with Crew(calling(), 3) as crew:
        jobs = [crew.begin(f"job {number}", [str(item) for item in range(number)]) for number in range(20)]

        answers = [crew.finish(job) for job in jobs]

    assert answers == [[f"tried job {number} {item}" for item in range(number)] for number in range(20)]


@pytest.mark.parametrize(
    ("item", "answer"),
    [("spin", Stopped.TIME), ("slow everywhere", Stopped.TIME), ("die", Stopped.ENDED), ("exit", Stopped.ENDED)],
)
def test_what_ends_its_worker_costs_itself_alone(item: str, answer: Stopped) -> None:
    with Crew(calling(), 2) as crew:
        jobs = [crew.begin("", ["a", item, "b", item]), crew.begin("", ["c"])]

        answers = [crew.finish(job) for job in jobs]

    assert answers == [["tried  a", answer, "tried  b", answer], ["tried  c"]]


def test_items_that_are_slow_only_in_sum_are_all_answered() -> None:
    with Crew(calling(), 1) as crew:
        jobs = [crew.begin("", ["slow", "a", "slow", "slow"]), crew.begin("", ["b", "slow"])]

        answers = [crew.finish(job) for job in jobs]

    assert answers == [["tried  slow", "tried  a", "tried  slow", "tried  slow"], ["tried  b", "tried  slow"]]


def test_a_worker_that_somebody_ends_is_replaced_and_nothing_is_lost() -> None:
    with Crew(calling(), 2) as crew:
        jobs = [crew.begin("", ["a"] * 50) for _ in range(20)]
        for _ in range(3):
            os.kill(crew.pids[0], signal.SIGKILL)
            assert crew.finish(crew.begin("", ["b"])) == ["tried  b"]

        assert [crew.finish(job) for job in jobs] == [["tried  a"] * 50] * 20


@pytest.mark.parametrize(("item", "kind"), [("raise", LookupError), ("raise what does not pass", RuntimeError)])
def test_what_is_raised_in_a_worker_is_raised_where_the_job_came_from(item: str, kind: type[Exception]) -> None:
    with Crew(calling(), 1) as crew:
        failing, next_one = crew.begin("a context", [item, "a"]), crew.begin("", ["a"])

        with pytest.raises(kind, match="a context") as raised:
            crew.finish(failing)
        assert crew.finish(next_one) == ["tried  a"]
    assert "pool_tasks.py" in str(raised.value) + "".join(getattr(raised.value, "__notes__", ()))


def test_what_prints_does_not_get_between_the_answers() -> None:
    with Crew(calling(), 1) as crew:
        assert crew.finish(crew.begin("", ["print"] * 3)) == ["tried  print"] * 3


@pytest.mark.parametrize("program", ["/bin/true", "/bin/cat", "/nowhere"])
def test_where_no_worker_starts_that_is_told(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where Python is part of another program, which does not know what it is asked to be."""
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(process, "_START", 0.2)

    with Crew(calling(), 2) as crew:
        jobs = [crew.begin("", ["a"]) for _ in range(5)]

        assert [crew.finish(job) for job in jobs] == [None] * 5


def test_a_worker_of_other_code_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """sosik may have been updated since this process began."""
    monkeypatch.setattr(process, "code_in_use", lambda: ("other", "utf-8"))

    with Crew(calling(), 1) as crew:
        assert crew.finish(crew.begin("", ["a"])) is None


def test_what_cannot_begin_to_work_says_why_it_is_not_the_items_fault() -> None:
    with Crew(calling("unable"), 1) as crew:
        assert crew.finish(crew.begin("", ["a", "b"])) is None


def test_no_process_is_left_behind() -> None:
    with Crew(calling(), 2) as crew:
        crew.finish(crew.begin("", ["a"]))
        pids = crew.pids
        crew.begin("", ["spin"])

    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


# --- a publication

FEEDS = f"""\
-- feeds/publication.yaml --
{PUBLICATION}-- feeds/all.yaml --
title: 전체
archive: month
-- feeds/parts.yaml --
title: "{{value}}"
each: section
path: "part/{{slug}}"
"""


def article(number: int, more: str = "") -> str:
    return (
        f"-- content/{number % 7}/{number:03}.md --\n---\nid: tag:test.example,2010:{number:012}\n"
        f"title: {number}번째 소식\npublished: 2023-{1 + number % 12:02}-11 09:{number % 60:02}\n"
        f"section: 부서{number % 5}\n{more}---\n{number}번째 소식의 본문입니다. **굵은** 글도 있습니다.\n"
    )


def of_every_kind(count: int) -> str:
    """Return articles, whole and with every kind of fault that is seen between files or within one."""
    files = [article(number) for number in range(count)]
    files += [
        article(3).replace("003.md", "003a.md").replace("본문", "다른 본문"),
        article(901).replace("title: ", "title: 「"),
        article(902).replace("id:", "idd:"),
        article(903).replace("published: 2023", "published: 20x3"),
        article(904, "image: 사진.jpg\n"),
        article(905, "image: 없는 사진.jpg\n"),
        article(906, "status: draft\n"),
        article(907, "expires: 2024-01-01\n"),
        article(908, "edits:\n  - at: 2024-06-01 09:00\n    kind: correction\n    note: 바로잡습니다.\n"),
        article(909).replace("published: 2023", "published: 2025"),
        article(910, "status: withdrawn\n"),
        "-- content/깨짐.yaml --\ntitle: [\n",
    ]
    return FEEDS + "".join(files)


def rows(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a store, by table, but for the states of copied pictures: each copy has another."""
    with closing(sqlite3.connect(root / ".sosik" / "site.db")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608
    return found | {"meta": [row for row in found["meta"] if row[0] != COPIES]}


def edited(room: Newsroom) -> None:
    """Edit, rename, break, mend, delete."""
    room.write(
        article(1).replace("본문", "고친 본문")
        + article(2).replace("---\n2", "updated: 2024-02-02\n---\n더 긴 2")
        + article(901)
        + article(5).replace("title: ", "title: 「")
        + article(906)
        + "-- content/6/006.md --\n(gone)\n"
        + article(4).replace("content/4/004.md", "content/새 이름.md")
        + "-- content/4/004.md --\n(gone)\n"
        + article(3).replace("003.md", "003a.md").replace("본문", "또 다른 본문")
    )
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}max_age: 600\n")


def test_the_number_of_processes_is_not_seen(newsroom: Unpack, tmp_path: Path) -> None:
    """The same rows, documents and problems, in the same order, first and after edits."""
    room = newsroom(of_every_kind(140))
    Image.new("RGB", (40, 30)).save(room.root / "content" / "1" / "사진.jpg")
    numbers = (0, 1, 3)
    found: dict[int, list[Any]] = {}
    for number in numbers:
        reports = [Site(room.root, processes=number).build(now=at("2024-02-01 09:00"))]
        found[number] = [rows(room.root), [*map(str, reports[0].problems)], dict(reports[0].outcomes)]
        (room.root / ".sosik").rename(tmp_path / f"store {number}")
    edited(room)
    for number in numbers:
        (tmp_path / f"store {number}").rename(room.root / ".sosik")
        report = Site(room.root, processes=number).build(now=at("2024-02-03 09:00"))
        found[number] += [rows(room.root), [*map(str, report.problems)], dict(report.outcomes), report.read]
        shutil.rmtree(room.root / ".sosik")

    assert len(found[0][0]["entry"]) > 140
    assert len(found[0][1]) >= 10
    assert found[0][3] != found[0][0]
    for number in numbers[1:]:
        for with_none, with_some in zip(found[0], found[number], strict=True):
            assert with_some == with_none


HOSTILE = "---\nid: tag:test.example,2010:bbbbbbbbbbbb\ntitle: 목록\npublished: 2024-01-02\n---\n" + "- 가\n" * 20_000


def hostile_site(room: Newsroom, processes: int = 2) -> Site:
    site = Site(room.root)
    site._processes = Processes(processes, 0.3)
    return site


def test_a_file_that_takes_too_long_is_held_and_named_and_the_others_go_on(newsroom: Unpack) -> None:
    room = newsroom(FEEDS + "".join(map(article, range(40))))
    before = "---\nid: tag:test.example,2010:bbbbbbbbbbbb\ntitle: 목록\npublished: 2024-01-02\n---\n짧은 글입니다.\n"
    room.write(f"-- content/hostile.md --\n{before}")
    room.build()
    room.write(f"-- content/hostile.md --\n{HOSTILE}{article(41)}")

    report = hostile_site(room).build(now=at("2024-02-02 09:00"))

    assert [(one.code, one.location.file) for one in report.errors] == [("reading-stopped", "content/hostile.md")]
    assert "0.3 seconds" in str(report.errors[0])
    assert report.counts["new"] == 1
    assert report.counts["held"] == 1
    Site(room.root).publish(room.root / "public")
    shown = {str(item["title"]): str(item["content_html"]) for item in room.items()}
    assert "짧은 글입니다." in shown["목록"]


def test_it_is_not_read_again_as_it_is(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` builds after every edit: none is to wait five seconds for it."""
    room = newsroom(f"{FEEDS}{article(1)}-- content/hostile.md --\n{HOSTILE}")
    hostile_site(room).build(now=at("2024-02-01 09:00"))
    room.write(article(2))
    with monkeypatch.context() as at_once:
        at_once.setattr(crew, "Crew", None)

        report = hostile_site(room, 0).build(now=at("2024-02-02 09:00"))

    assert [problem.code for problem in report.errors] == ["reading-stopped"]
    assert report.counts["held"] == 1
    room.write(f"-- content/hostile.md --\n{HOSTILE[:100]}")
    mended = hostile_site(room, 0).build(now=at("2024-02-03 09:00"))
    assert not mended.errors
    assert mended.counts["new"] == 1


def test_of_few_files_only_what_may_take_long_is_read_elsewhere(
    newsroom: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(Crew):
        def __init__(self, calling: Calling, size: int) -> None:
            started.append(size)
            super().__init__(calling, size)

    monkeypatch.setattr(crew, "Crew", Counted)
    room = newsroom(FEEDS + article(1))
    room.build()
    assert started == []
    room.write(f"-- content/long.md --\n{HOSTILE[:90]}{'가나다 라마바. ' * 30_000}")

    report = room.build("2024-02-02 09:00")

    assert started == [1]
    assert report.counts["new"] == 1


def test_many_files_are_read_by_several_processes_by_themselves(
    newsroom: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_FEW", 20)
    monkeypatch.setattr(reading, "cores", lambda: 8)
    sizes: list[int] = []

    class Counted(Crew):
        def __init__(self, calling: Calling, size: int) -> None:
            sizes.append(size)
            super().__init__(calling, size)

    monkeypatch.setattr(crew, "Crew", Counted)
    room = newsroom(FEEDS + "".join(map(article, range(20))))

    assert room.build().counts["new"] == 20
    assert sizes == [4]
    monkeypatch.setattr(reading, "cores", lambda: 1)
    shutil.rmtree(room.root / ".sosik")
    assert room.build().counts["new"] == 20
    assert sizes == [4]


# --- processes that are ended

IN_PROC = Path("/proc/self/task").exists()


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that have not ended."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text("ascii").split()]
    return found


def until(said: Callable[[], object]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + 60
    while not said():
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.fixture
def large(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path / "paper")
    room.write(FEEDS + "".join(map(article, range(600))))
    return room


def begun(room: Newsroom) -> subprocess.Popen[str]:
    """Begin a build in a group of its own, as in a terminal."""
    script = f"from sosik.site import Site; from sosik.cli import main; import sys; sys.argv = {['sosik', '-C', str(room.root), 'build']!r}; from sosik.ledger import reading; reading.cores = lambda: 3; reading._FEW = 100; main()"  # noqa: E501
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def builds(large: Newsroom) -> Iterator[list[subprocess.Popen[str]]]:
    begun_ones: list[subprocess.Popen[str]] = []
    yield begun_ones
    for build in begun_ones:
        build.kill()
        build.communicate()


INTERRUPTED = "sosik: interrupted; run the same command to continue\n"


def is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not IN_PROC, reason="nobody tells which processes another one started")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_ended_leaves_no_worker_and_the_next_one_goes_on(
    large: Newsroom, builds: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    for moment in (0.0, 0.5):
        build = begun(large)
        builds.append(build)
        until(lambda build=build: len(children(build.pid)) == 3 or build.poll() is not None)  # type: ignore[misc]  # a lambda
        workers = children(build.pid)
        time.sleep(moment)
        with suppress(ProcessLookupError):
            if number is signal.SIGKILL:
                os.kill(build.pid, number)
            else:
                os.killpg(build.pid, number)

        _, said = build.communicate()

        if number is signal.SIGINT:
            assert said == INTERRUPTED
            assert build.returncode == 130
        else:
            assert said == ""
        until(lambda workers=workers: all(map(is_over, workers)))  # type: ignore[misc]  # a lambda
    assert "600 new" in large.sosik("build")


@pytest.mark.skipif(not IN_PROC, reason="nobody tells which processes another one started")
def test_workers_that_somebody_ends_cost_nothing(large: Newsroom) -> None:
    reports = []
    build = Thread(target=lambda: reports.append(Site(large.root, processes=3).build(now=at("2024-02-01 09:00"))))
    build.start()
    killed = 0
    while build.is_alive() and killed < 4:
        for pid in children(os.getpid()):
            with suppress(OSError):
                if b"sosik.pool" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
                    break
        build.join(0.05)
    build.join()

    assert killed
    assert reports[0].counts["new"] == 600
    assert not reports[0].errors


# --- a build that goes on


def stop_at(count: int) -> Callable[[Progress], None]:
    def observe(progress: Progress) -> None:
        if progress.stage is Stage.READING and progress.done >= count:
            raise KeyboardInterrupt

    return observe


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_FEW", 20)
    monkeypatch.setattr(arriving, "AT_ONCE", 20)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that is read, as it is read."""
    sources: list[str] = []

    def counting(file: SourceFile, desk: Desk) -> Read:
        sources.append(file.source)
        return read_file(file, desk)

    monkeypatch.setattr(reading, "read_file", counting)
    return sources


def undisturbed(room: Newsroom, now: str) -> list[object]:
    shutil.rmtree(room.root / ".sosik")
    report = Site(room.root, processes=0).build(now=at(now))
    return [rows(room.root), [*map(str, report.problems)], dict(report.outcomes)]


@pytest.mark.parametrize("now", ["2024-02-01 09:00", "2024-02-09 09:00", "2023-01-01 09:00"])
@pytest.mark.parametrize("damage", ["", "torn", "garbage", "an edit", "another max_age"])
def test_what_was_read_when_a_build_was_ended_is_not_read_again(
    newsroom: Unpack, small_batches: None, counted: list[str], now: str, damage: str
) -> None:
    """And comes to what it would have come to, later and earlier, whatever became of it meanwhile."""
    room = newsroom(of_every_kind(100))
    for count in (40, 80):
        with pytest.raises(KeyboardInterrupt):
            Site(room.root, processes=0, observer=stop_at(count)).build(now=at("2024-02-01 09:00"))
    kept = room.root / ".sosik" / "begun"
    if damage == "torn":
        kept.write_bytes(kept.read_bytes()[:-100])
    if damage == "garbage":
        kept.write_bytes(kept.read_bytes().replace(b"title", b"titel"))
    if damage == "an edit":
        room.write(article(1).replace("본문", "고친 본문"))
    if damage == "another max_age":
        room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}max_age: 600\n")
    counted.clear()

    report = Site(room.root, processes=0).build(now=at(now))

    is_used = now >= "2024" and damage in ("", "torn", "an edit")
    assert (len(counted) <= 60) if is_used else (len(counted) >= 100)
    assert ("1/001.md" in counted) == (damage == "an edit" or not is_used)
    assert not kept.exists()
    assert [rows(room.root), [*map(str, report.problems)], dict(report.outcomes)] == undisturbed(room, now)


# --- wherever a build is called

CALLED = """\
from sosik.site import Site
report = Site({root!r}, processes=2).build()
print(report.counts["new"])
"""

WAYS: dict[str, list[str]] = {
    "a script": [sys.executable, "script.py"],
    "-c": [sys.executable, "-c", "exec(open('script.py').read())"],
    "typed in": [sys.executable, "-q", "-i"],
    "standard input": [sys.executable, "-"],
    "isolated": [sys.executable, "-I", "path_script.py"],
    "in the POSIX locale": [sys.executable, "-X", "utf8=0", "script.py"],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_build_may_be_called_wherever_python_is(way: str, tmp_path: Path) -> None:
    """Without a guard, and where the working folder has files that are called as modules are."""
    room = Newsroom(tmp_path / "paper")
    room.write(FEEDS + "".join(article(number).replace(".md", " 기사.md") for number in range(50)))
    called = CALLED.format(root=str(room.root))
    source = str(Path(reading.__file__).parents[2])
    (tmp_path / "script.py").write_text(called, "utf-8")
    (tmp_path / "path_script.py").write_text(f"import sys; sys.path.insert(0, {source!r})\n{called}", "utf-8")
    (tmp_path / "sosik.pool.py").write_text("raise SystemExit", "utf-8")
    environment = {**os.environ, "PYTHONPATH": source}
    if "locale" in way:
        environment |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}

    done = subprocess.run(
        WAYS[way], cwd=tmp_path, env=environment, input=called, capture_output=True, text=True, check=False, timeout=100
    )

    assert done.stdout.split() == ["50"], done.stderr
    assert ARTICLE not in done.stderr


def test_a_build_within_a_server_or_a_thread(newsroom: Unpack) -> None:
    room = newsroom(FEEDS + "".join(map(article, range(50))))
    reports = []
    thread = Thread(target=lambda: reports.append(Site(room.root, processes=2).build(now=at("2024-02-01 09:00"))))
    thread.start()
    thread.join()

    assert reports[0].counts["new"] == 50
