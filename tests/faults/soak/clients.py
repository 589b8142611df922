"""Clients that poll a server and judge what they hear, and clients that dawdle."""

import socket
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Thread

from faults.soak.book import Book, Heard
from serve.servers import HOST

GRACE = 0.5
"""Seconds for which a connection may have waited for a worker that was then killed."""
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
    """A client that polls feeds, `pause` seconds between two. `failures` are connections that failed for no reason."""

    def __init__(
        self, number: int, port: int, paths: Sequence[str], book: Book, killed: Killed, done: Event, *, pause: float
    ) -> None:
        super().__init__(name=f"poller-{number}")
        self.failures: list[str] = []
        self.broken = 0
        self._random = Random(number)  # noqa: S311  # not for secrets
        self._port, self._paths, self._book, self._killed, self._done = port, paths, book, killed, done
        self._pause = pause
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
            if self._done.wait(self._pause):
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
