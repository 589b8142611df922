"""A bad day in minutes: articles edited every second, workers and the builder killed, clients that poll and dawdle.

`sosik serve` runs with four workers on a publication made up for the purpose, while clients poll its feeds over
connections kept alive: with the validators they remember and without, with gzip and without. Every answer is judged
(soak/book.py): complete, well-formed, the bytes that its tag promises, never of a version that was left behind; and
only connections open to a worker that was killed may fail. Needs Linux.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event
from urllib.parse import quote

import pytest

from faults.soak.book import Book
from faults.soak.clients import Dawdlers, Killed, Poller, ask
from faults.soak.desk import Edit, Newsroom
from faults.trials import MINUTES, Trials
from serve.servers import DEADLINE, HOST, Server, serving_sosik

FILES = ("rss.xml", "atom.xml", "feed.json")


@dataclass(frozen=True)
class Day:
    """How bad a day is: the seconds and edits that it lasts at least, sizes, the seconds of a client between two polls,
    after how many edits something is killed, and for how many seconds a worker may be behind another.
    """

    seconds: float
    edits: int
    entries: int
    clients: int
    slow: int
    pause: float
    kill: int
    agreed: float


LONG = Day(seconds=MINUTES * 60, edits=1, entries=500, clients=6, slow=200, pause=0.004, kill=20, agreed=0)
SHORT = Day(seconds=0, edits=3, entries=24, clients=2, slow=10, pause=0.05, kill=2, agreed=0)
"""The suite's machine may be busy with other tests: how late an edition is, is judged on long days alone."""


@dataclass
class Shown:
    """How many seconds edits took to be shown: all of them, and those made while nobody was killed."""

    always: list[float] = field(default_factory=list)
    calmly: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc whose connection is whose")
def test_a_bad_day(tmp_path: Path, trials: Trials) -> None:
    day = LONG if MINUTES else SHORT
    root = tmp_path / "paper"
    newsroom = Newsroom(root, day.entries, "https://feeds.soak.example/")
    paths = [f"/{name}" for name in FILES]
    paths += [quote(f"/section/{section}/{name}") for section in newsroom.sections[:4] for name in FILES]
    book, killed = Book(day.agreed), Killed()
    with serving_sosik(root, workers=4) as server, visited(server, day, paths, book, killed) as pollers:
        shown = work(server, newsroom, killed, day)
    wrong = [*book.wrong, *shown.lost, *(text for poller in pollers for text in poller.failures)]
    for status, count in book.statuses.items():
        trials.note(f"responses checked: {status}", count)
    trials.note("edits under load, each served by all workers", len(shown.always))
    trials.note("processes killed under load", len(killed.peers))
    print(table(book, shown, pollers))  # noqa: T201  # pytest shows it with -rP
    assert not wrong, "\n".join(f"{count} × {text}" for text, count in Counter(wrong).most_common(20)) + server.output


@contextmanager
def visited(server: Server, day: Day, paths: list[str], book: Book, killed: Killed) -> Iterator[list[Poller]]:
    """Have clients of every kind until the block ends."""
    done = Event()
    pollers = [Poller(number, server.port, paths, book, killed, done, pause=day.pause) for number in range(day.clients)]
    threads = [*pollers, *(Dawdlers(kind, server.port, day.slow, done) for kind in range(Dawdlers.KINDS))]
    for thread in threads:
        thread.start()
    try:
        yield pollers
    finally:
        done.set()
        for thread in threads:
            thread.join()


def work(server: Server, newsroom: Newsroom, killed: Killed, day: Day) -> Shown:
    """Edit about once a second, and kill now and then, for as long as the day lasts."""
    shown, begun = Shown(), time.monotonic()
    random = Random(0)  # noqa: S311  # not for secrets
    while time.monotonic() < begun + day.seconds or len(shown.always) < day.edits:
        second = time.monotonic()
        turn, rest = divmod(len(shown.always) + 1, day.kill)
        if not rest:
            kill(server, killed, turn)
        edit, took = until_shown(server, newsroom)
        shown.always.append(took)
        if not killed.lately(second):
            shown.calmly.append(took)
        if took > DEADLINE:
            shown.lost.append(f"{edit} was not shown within {DEADLINE:.0f} s")
        # Not in step with the clock: Last-Modified counts seconds, so an edition waits for the next one.
        time.sleep(max(0.0, second + random.uniform(0.5, 1.5) - time.monotonic()))
    return shown


def kill(server: Server, killed: Killed, turn: int) -> None:
    """Kill a worker, every third time the builder instead."""
    victims = builders(server) if turn % 3 == 2 else server.workers()
    if victims:
        victim = victims[turn % len(victims)]
        (peers,) = peers_of(server, victim)
        killed.peers.append((time.monotonic(), peers))
        os.kill(victim, signal.SIGKILL)


def builders(server: Server) -> list[int]:
    """Return the process that builds; none while it is started again."""
    return [process for process, command in server.children().items() if "sosik.serve.builder" in command]


def peers_of(server: Server, *workers: int) -> list[set[int]]:
    """Return for each worker the ports of the clients whose connections it has accepted."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    mine = f":{server.port:04X}"
    ports = {row[9]: int(row[2].rpartition(":")[2], 16) for row in rows if row[1].endswith(mine)}
    return [{ports[inode] for inode in sockets_of(worker) if inode in ports} for worker in workers]


def sockets_of(process: int) -> set[str]:
    """Return the inodes of the sockets that a process has open."""
    inodes = set()
    for held in listed(Path(f"/proc/{process}/fd")):
        try:
            inodes.add(str(held.readlink()).removeprefix("socket:[").rstrip("]"))
        except OSError:  # closed meanwhile
            continue
    return inodes


def listed(folder: Path) -> list[Path]:
    """Return what is in a folder, nothing where it is gone: its process has ended."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


# --- how long an edit takes


def until_shown(server: Server, newsroom: Newsroom) -> tuple[Edit, float]:
    """Edit something; return what, and the seconds from the saved file until every worker shows it."""
    with ExitStack() as stack:
        connections = one_each(server, stack)
        edit, saved = newsroom.edit(), time.monotonic()
        path, mark = quote(f"/section/{edit.section}/feed.json"), edit.mark.encode()
        for worker, connection in connections.items():
            try:
                while (mark in ask(connection, path, {"Accept-Encoding": "identity"}).body) is not edit.shown:
                    if time.monotonic() > saved + DEADLINE:
                        break
                    time.sleep(0.005)
            except (OSError, HTTPException):
                assert worker not in server.workers(), "a worker that lives left a question unanswered"
    return edit, time.monotonic() - saved


def one_each(server: Server, stack: ExitStack) -> dict[int, HTTPConnection]:
    """Open connections until there is one to each worker; who takes one is the kernel's choice."""
    opened: dict[int, HTTPConnection] = {}
    found: dict[int, HTTPConnection] = {}
    workers = server.workers()
    for _ in range(5):
        for _ in range(8):
            connection = stack.enter_context(closing(HTTPConnection(HOST, server.port, timeout=20)))
            try:
                connection.connect()
                connection.request("HEAD", "/feed.json")
                connection.getresponse().read()
            except (OSError, HTTPException):
                continue
            opened[connection.sock.getsockname()[1]] = connection
        for worker, ports in zip(workers, peers_of(server, *workers), strict=True):
            if ours := ports & opened.keys():
                found[worker] = opened[min(ours)]
        if found.keys() >= set(workers):
            break
    return found


# --- what came of it


def table(book: Book, shown: Shown, pollers: list[Poller]) -> str:
    """Return what a long day is read for, in milliseconds."""
    rows: list[tuple[str, list[float]]] = [
        ("a poll", book.latencies),
        ("saved to shown by all", shown.always),
        ("  while nobody is killed", shown.calmly or shown.always),
    ]
    lines = [f"connections broken {sum(each.broken for each in pollers)}"]
    lines.append(f"{'milliseconds':24} {'median':>10} {'99 %':>10} {'most':>10}")
    for name, seconds in rows:
        ranked = sorted(seconds)
        chosen = (ranked[len(ranked) // 2], ranked[len(ranked) * 99 // 100], ranked[-1])
        lines.append(f"{name:24} " + " ".join(f"{1000 * value:10,.1f}" for value in chosen))
    return "\n".join(lines)
