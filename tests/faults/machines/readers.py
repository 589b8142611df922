"""Who polls: readers in front of the balancer, each with an address of its own, and one at each server."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from random import Random
from threading import Event, Thread
from urllib.parse import quote, urlsplit

from faults.machines.cluster import NODE, Machine
from faults.machines.database import Database
from faults.soak.book import Book, Heard
from faults.soak.clients import ask
from serve.servers import HOST

UNAVAILABLE = 503

_MARK = re.compile(r"\[(\d+):(\d+)\]")


def marks(body: bytes | str) -> dict[int, int]:
    """Return the number of the last edit of each article, as a document shows them."""
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    return {int(number): int(turn) for number, turn in _MARK.findall(text)}


@dataclass
class Outcome:
    """What one reader went through: answers by kind, the times of the good ones, and what was wrong.

    `moved` are the seconds by which an answer was behind one that the reader had had from another server.
    """

    good: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    broken: list[float] = field(default_factory=list)
    front: list[tuple[int, float]] = field(default_factory=list)
    moves: int = 0
    moved: list[float] = field(default_factory=list)
    pages: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def outage(self) -> tuple[float, float]:
        """The longest time without a good answer: how many seconds, and when it ended."""
        return max(((after - before, after) for before, after in pairwise(self.good)), default=(0.0, 0.0))


class Reader(Thread):
    """Polls, over one connection after another, and judges what comes: at a port, from an address of its own.

    `bodies` gets the bytes of JSON feeds by path and ETag. Where there is a `machine`, the port is its own.
    """

    def __init__(
        self,
        number: int,
        port: int,
        paths: Sequence[str],
        book: Book,
        bodies: dict[tuple[str, str], bytes],
        done: Event,
        *,
        pause: float,
        machine: Machine | None = None,
    ) -> None:
        super().__init__(name=f"reader-{number}")
        self.outcome = Outcome()
        self.seen: list[tuple[float, Mapping[int, int]]] = []
        self._random = Random(number)  # noqa: S311  # not for secrets
        self._address = f"127.0.1.{number + 1}"
        self._port, self._paths, self._book, self._bodies = port, paths, book, bodies
        self.machine = machine
        self._done, self._pause = done, pause
        self._known: dict[tuple[str, bool], tuple[str, str]] = {}
        self._newest: dict[str, tuple[int, float, str]] = {}
        self._of_node: dict[str, dict[str, int]] = {}
        self._node = ""

    def run(self) -> None:
        """Poll until told that it is enough."""
        while not self._done.is_set():
            connection = HTTPConnection(HOST, self._port, timeout=30, source_address=(self._address, 0))
            with closing(connection):
                try:
                    for _ in range(self._random.randrange(20, 400)):
                        if self._done.wait(self._pause):
                            return
                        self._poll(connection, self._random.choice(self._paths))
                except (OSError, HTTPException):
                    self.outcome.broken.append(time.monotonic())
                    self._done.wait(0.05)

    def _poll(self, connection: HTTPConnection, path: str) -> None:
        packed = self._random.random() < 0.7
        tag, modified = self._known.get((path, packed), ("", ""))
        asked = self._random.choice(({}, {"If-None-Match": tag}, {"If-Modified-Since": modified})) if tag else {}
        if self.machine and path == "/feed.json":
            asked = {"If-None-Match": tag} if tag else {}
        coding = {"Accept-Encoding": "gzip"} if packed else {"Accept-Encoding": "identity"}
        heard = ask(connection, path, asked | coding)
        if not self._is_answer(heard):
            return
        node = self._answered_by(heard)
        self._judge(heard, node)
        if heard.status != 200:
            return
        self._known[path, packed] = heard.fields["etag"], heard.fields["last-modified"]
        if path.endswith(".json"):
            self._read(connection, heard, node)

    def _is_answer(self, heard: Heard) -> bool:
        """Note what is none: a refusal, or what the balancer says by itself."""
        if self.machine is None and NODE.lower() not in heard.fields:
            self.outcome.front.append((heard.status, heard.came))
            return False
        if heard.status == UNAVAILABLE:
            self.outcome.refused.append(heard.came)
            if not heard.fields.get("retry-after", "").isdigit():
                self.outcome.wrong.append(f"{heard.path}: 503 without Retry-After")
            return False
        return True

    def _answered_by(self, heard: Heard) -> str:
        """Return which server answered, and in which of its lives."""
        place = heard.fields.get(NODE.lower(), "")
        return f"{place} {self.machine.lives}" if self.machine else place

    def _judge(self, heard: Heard, node: str) -> None:
        """Judge an answer against all that this server told this reader, and against all that anybody was told."""
        self.outcome.good.append(heard.came)
        self.outcome.moves += bool(self._node) and node != self._node
        if node != self._node:
            self._node = node
        self._book.judge(heard, self._of_node.setdefault(node, {}))
        modified, since, by = self._newest.get(heard.path, (0, 0.0, node))
        if heard.modified < modified:
            self.outcome.moved.append(heard.asked - since)
            if by == node:
                self.outcome.wrong.append(f"{heard.path}: older than what the same server had told")
        elif heard.modified > modified:
            self._newest[heard.path] = heard.modified, heard.came, node

    def _read(self, connection: HTTPConnection, heard: Heard, node: str) -> None:
        """Keep a JSON feed; read the page of one of its articles, which must be there wherever the feed was."""
        body = heard.content
        self._bodies.setdefault((heard.path, heard.tag), body)
        if heard.path == "/feed.json":
            self.seen.append((heard.came, marks(body)))
        items = json.loads(body)["items"]
        if not items or self._random.random() < 0.5:
            return
        item = self._random.choice(items)
        page = ask(connection, quote(urlsplit(item["url"]).path), {"Accept-Encoding": "identity"})
        if not self._is_answer(page) or self._answered_by(page) != node:
            return
        self.outcome.pages += 1
        (number, turn), *_ = marks(item["content_html"]).items()
        if page.status == 404 or (page.status == 200 and marks(page.body).get(number, 0) < turn):
            self.outcome.wrong.append(f"{page.path}: {page.status}, older than the feed that led there")


def excused(when: float, machines: Sequence[Machine], database: Database, grace: float) -> bool:
    """Tell whether a server was away or starting at a time, or the database, or shortly before."""
    spans = [*database.away, *(span for machine in machines for span in machine.away)]
    return any(begun - grace <= when <= ended + grace for begun, ended in spans)
