"""Minutes of a bad day: articles edited every second, workers and the builder killed, hundreds of clients that dawdle.

    python benchmarks/soak [--minutes 10] [--entries 500]

`sosik serve` runs with two workers on a publication made up for the purpose, while clients poll its feeds over
connections kept alive: with the validators they remember and without, with gzip and without. Every answer is judged
(book.py): complete, well-formed, the bytes that its tag promises, of a version that nobody has left behind for
more than a second; and only connections open to a worker that was killed may fail. Then a table is printed: answers,
how long they took, how long an edit took from the saved file until every worker showed it, and the memory of workers.
The exit status is 1 when anything was wrong. Needs Linux.
"""

import argparse
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import quote

from book import Book, Heard
from newsroom import Edit, Newsroom
from server import HOST, Server, memory, serving

FILES = ("rss.xml", "atom.xml", "feed.json")
PAUSE = 0.004
"""Seconds between two polls of a client: haste enough, and the builder has a processor too."""
GRACE = 0.5
"""Seconds for which a connection may have waited for a worker that was then killed."""
LOST = 10.0
"""Seconds after which an edit that is not shown is lost."""
CALM = 10.0
"""Seconds after which nobody notices any more that a process was killed."""


@dataclass
class Killed:
    """Processes that were killed: when, and the ports of the clients they had."""

    peers: list[tuple[float, set[int]]] = field(default_factory=list)

    def lately(self, when: float) -> bool:
        """Tell whether something was killed shortly before."""
        return any(0 <= when - killed <= CALM for killed, _ in self.peers)

    def excuse(self, port: int, opened: float, failed: float) -> bool:
        """Tell whether a connection failed for a worker's death: it was the worker's, or waited for it."""
        return any(
            when <= failed and (port in peers or when - GRACE <= opened <= when + GRACE) for when, peers in self.peers
        )


class Poller(Thread):
    """A client that polls feeds in turns; `failures` are connections that broke and may not have."""

    def __init__(self, number: int, port: int, paths: Sequence[str], book: Book, killed: Killed, done: Event) -> None:
        super().__init__(name=f"poller-{number}")
        self.failures: list[str] = []
        self.broken = 0
        self._random = Random(number)  # noqa: S311  # not for secrets
        self._port, self._paths, self._book, self._killed, self._done = port, paths, book, killed, done
        self._known: dict[tuple[str, bool], tuple[str, str]] = {}

    def run(self) -> None:
        """Poll, over one connection after another, until told that it is enough."""
        while not self._done.is_set():
            opened, port = time.monotonic(), 0
            with closing(HTTPConnection(HOST, self._port, timeout=20)) as connection:
                try:
                    connection.connect()
                    port = connection.sock.getsockname()[1]
                    self._poll(connection)
                except (OSError, HTTPException) as error:
                    self.broken += 1
                    # Who kills notes it a moment later.
                    time.sleep(GRACE)
                    if not self._killed.excuse(port, opened, time.monotonic()):
                        self.failures.append(f"a connection failed without a reason: {error!r}")

    def _poll(self, connection: HTTPConnection) -> None:
        newest: dict[str, int] = {}
        for _ in range(self._random.randrange(200, 2_000)):
            if self._done.wait(PAUSE):
                return
            path, packed = self._random.choice(self._paths), self._random.random() < 0.8
            tag, modified = self._known.get((path, packed), ("", ""))
            asked = self._random.choice(({}, {"If-None-Match": tag}, {"If-Modified-Since": modified})) if tag else {}
            coding = {"Accept-Encoding": "gzip"} if packed else {"Accept-Encoding": "identity"}
            heard = ask(connection, path, asked | coding)
            self._book.judge(heard, newest)
            if heard.status == 200:
                self._known[path, packed] = heard.fields["etag"], heard.fields["last-modified"]


def ask(connection: HTTPConnection, path: str, fields: dict[str, str]) -> Heard:
    """Ask for a document over a connection; a 304 answers to a date with whatever tag the document has."""
    asked = time.monotonic()
    connection.request("GET", path, headers=fields)
    answer = connection.getresponse()
    body = answer.read()
    return Heard(
        path=path,
        given=fields.get("If-None-Match") or fields.get("If-Modified-Since", ""),
        status=answer.status,
        fields={name.lower(): value for name, value in answer.getheaders()},
        body=body,
        asked=asked,
        came=time.monotonic(),
    )


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
                    if time.monotonic() > saved + LOST:
                        break
                    time.sleep(0.005)
            except (OSError, HTTPException):
                assert worker not in server.workers(), "a worker that lives left a question unanswered"
    return edit, time.monotonic() - saved


def one_each(server: Server, stack: ExitStack) -> dict[int, HTTPConnection]:
    """Open connections until there is one to each worker; who takes one is the kernel's choice."""
    found: dict[int, HTTPConnection] = {}
    for _ in range(40):
        connection = stack.enter_context(closing(HTTPConnection(HOST, server.port, timeout=20)))
        try:
            connection.connect()
            connection.request("HEAD", "/feed.json")
            connection.getresponse().read()
        except (OSError, HTTPException):
            continue
        port = connection.sock.getsockname()[1]
        workers = server.workers()
        found |= {worker: connection for worker in workers if port in server.peers_of(worker)}
        if found.keys() >= set(workers):
            break
    return found


# --- those who make it a bad day


class Dawdlers(Thread):
    """Clients of one of three kinds: they say nothing more after a while, say a byte a second, or never listen."""

    KINDS = 3
    REQUEST = b"GET /rss.xml HTTP/1.1\r\nHost: a\r\n\r\n"

    def __init__(self, kind: int, port: int, count: int, done: Event) -> None:
        super().__init__(name=f"dawdlers-{kind}")
        self._kind, self._port, self._count, self._done = kind, port, count, done
        self._connections: dict[int, socket.socket] = {}

    def run(self) -> None:
        """Dawdle, and come again whenever the server has had enough of it."""
        turn = 0
        while not self._done.wait(1):
            for number in range(self._count):
                try:
                    self._dawdle(number, turn)
                except OSError:
                    if number in self._connections:
                        self._connections.pop(number).close()
            turn += 1
        for connection in self._connections.values():
            connection.close()

    def _dawdle(self, number: int, turn: int) -> None:
        if number not in self._connections:
            self._connections[number] = socket.create_connection((HOST, self._port), timeout=20)
            self._connections[number].sendall((self.REQUEST[:-2], b"", self.REQUEST * 5)[self._kind])
        elif self._kind == 1:
            self._connections[number].sendall(self.REQUEST[turn % len(self.REQUEST) :][:1])


def kill(server: Server, killed: Killed, turn: int) -> None:
    """Kill a worker, every third time the builder instead."""
    victims = server.builders() if turn % 3 == 2 else server.workers()
    if victims:
        victim = victims[turn % len(victims)]
        peers = server.peers_of(victim)
        killed.peers.append((time.monotonic(), peers))
        os.kill(victim, signal.SIGKILL)


@dataclass
class Shown:
    """How many seconds edits took to be shown: all of them, and those made while nobody was killed."""

    always: list[float] = field(default_factory=list)
    calmly: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def work(server: Server, newsroom: Newsroom, killed: Killed, given: argparse.Namespace) -> Shown:
    """Edit about once a second, and kill now and then, for as long as was asked for."""
    shown, begun, kills = Shown(), time.monotonic(), 0
    random = Random(0)  # noqa: S311  # not for secrets
    while time.monotonic() < begun + given.minutes * 60:
        second = time.monotonic()
        if second > begun + (kills + 1) * given.kill:
            kill(server, killed, kills)
            kills += 1
        edit, took = until_shown(server, newsroom)
        shown.always.append(took)
        if not killed.lately(second):
            shown.calmly.append(took)
        if took > LOST:
            shown.lost.append(f"{edit} was not shown within {LOST:.0f} s")
        # Not in step with the clock: Last-Modified counts seconds, so an edition waits for the next one.
        time.sleep(max(0.0, second + random.uniform(0.5, 1.5) - time.monotonic()))
    return shown


# --- what came of it


def edition(server: Server) -> int:
    with closing(HTTPConnection(HOST, server.port, timeout=20)) as connection:
        connection.request("GET", "/healthz")
        return int(json.loads(connection.getresponse().read())["edition"])


def spread(seconds: list[float]) -> str:
    """Return the median, the worst in a hundred and the worst of all, in milliseconds."""
    ranked = sorted(seconds)
    chosen = (ranked[len(ranked) // 2], ranked[len(ranked) * 99 // 100], ranked[-1])
    return " ".join(f"{1000 * value:10,.1f}" for value in chosen)


def table_of_memory(server: Server) -> str:
    sizes = [memory(worker) for worker in server.workers()]
    return "  ".join(f"{resident / 2**20:.1f} ({share / 2**20:.1f})" for resident, share in sizes)


def soak(root: Path, given: argparse.Namespace) -> bool:
    """Do all of it in a folder; print what came of it, and return whether all was right."""
    port = free_port()
    newsroom = Newsroom(root / "paper", given.entries, f"http://{HOST}:{port}/")
    paths = [f"/{name}" for name in FILES]
    paths += [quote(f"/section/{section}/{name}") for section in newsroom.sections[:4] for name in FILES]
    book, killed, done = Book(), Killed(), Event()
    with serving(root / "paper", port, given.workers, root / "said") as server:
        pollers = [Poller(number, port, paths, book, killed, done) for number in range(given.clients)]
        threads = [*pollers, *(Dawdlers(kind, port, given.slow, done) for kind in range(Dawdlers.KINDS))]
        for thread in threads:
            thread.start()
        time.sleep(5)
        first, before, begun = edition(server), table_of_memory(server), time.monotonic()
        shown = work(server, newsroom, killed, given)
        after, took = table_of_memory(server), time.monotonic() - begun
        done.set()
        for thread in threads:
            thread.join()
        last = edition(server)
    wrong = [*book.wrong, *shown.lost, *(text for poller in pollers for text in poller.failures)]
    counts = ", ".join(f"{count:,} × {status}" for status, count in sorted(book.statuses.items()))
    print(f"{given.entries} entries, {took:.0f} s, {given.clients} clients, 3 × {given.slow} that dawdle")
    print(f"answers                  {counts}")
    print(f"editions                 {last - first} after {len(shown.always)} edits")
    print(f"killed                   {len(killed.peers)}; connections broken {sum(each.broken for each in pollers)}")
    print(f"workers, MiB RSS (PSS)   {before} -> {after}")
    print(f"{'milliseconds':24} {'median':>10} {'99 %':>10} {'most':>10}")
    print(f"{'a poll':24} {spread(book.latencies)}")
    print(f"{'saved to shown by all':24} {spread(shown.always)}")
    print(f"{'  while nobody is killed':24} {spread(shown.calmly or shown.always)}")
    for text, count in Counter(wrong).most_common(20):
        print(f"WRONG {count} × {text}")
    print(f"{len(wrong)} wrong" if wrong else "nothing was wrong")
    if wrong:
        print((root / "said").read_text("utf-8", "replace")[-4_000:])
    return not wrong


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--entries", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--slow", type=int, default=200, help="clients of each kind that dawdles")
    parser.add_argument("--kill", type=float, default=20, metavar="SECONDS", help="from one killed process to the next")
    with tempfile.TemporaryDirectory() as place:
        return 0 if soak(Path(place), parser.parse_args()) else 1


if __name__ == "__main__":
    sys.exit(main())
