"""No client sees time run backwards, whichever workers answer it.

For longer, with an edition a second: SOSIK_ANSWERS=100000 pytest tests/serve/test_time_forward.py
"""

import os
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from http.client import HTTPResponse
from pathlib import Path

import pytest

from serve.clients import Client, wsgi_client
from serve.servers import DEADLINE, HOST, RUN_WORKERS, Server, eventually, free_port, serving
from serve.stores import put_edition
from sosik.serve.editions import Editions
from sosik.serve.newest import Newest
from sosik.serve.polls import Polls

pytestmark = pytest.mark.server

WANTED = int(os.environ.get("SOSIK_ANSWERS", "0"))
ANSWERS = WANTED or 1_500
PAUSE = 1.0 if WANTED else 0.03
"""Seconds between two editions."""
WORKERS = 4


def number_in(body: bytes) -> int:
    """Return the edition that a document shows: one, and no other."""
    (number,) = set(re.findall(rb": (\d+)}", body))
    return int(number)


def ask(connection: socket.socket) -> int:
    """Return the edition that an answer on a connection shows."""
    connection.sendall(b"GET /feed.json HTTP/1.1\r\nHost: a\r\n\r\n")
    reply = HTTPResponse(connection)
    reply.begin()
    assert reply.status == 200
    return number_in(reply.read())


def worker_of(server: Server, connection: socket.socket) -> int:
    """Return the process that accepted a connection (proc_pid_net(5))."""
    ends = f":{server.port:04X}", f":{connection.getsockname()[1]:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text("utf-8").splitlines())
    inode = next(row[9] for row in rows if (row[1][-5:], row[2][-5:]) == ends)
    for process in server.workers():
        for file in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                if file.readlink().name == f"socket:[{inode}]":
                    return process
    raise AssertionError("nobody has it")


def one_to_each(server: Server, stack: ExitStack) -> list[socket.socket]:
    """Connect until every worker has accepted a connection; return one to each."""
    found: dict[int, socket.socket] = {}

    def connect() -> bool:
        for connection in found.values():  # a server ends those that have been quiet for a while
            ask(connection)
        connection = stack.enter_context(socket.create_connection((HOST, server.port), 20))
        ask(connection)
        found.setdefault(worker_of(server, connection), connection)
        return len(found) == WORKERS

    eventually(connect)
    return list(found.values())


def test_no_answer_is_older_than_one_already_seen(store_folder: Path) -> None:
    """Each worker is asked in turn, so that the next one answers a moment after the first that has the new edition."""
    put_edition(store_folder)
    port, said = free_port(), store_folder.parent / "said"
    number, seen, answers, older = 1, 1, 0, 0
    run = serving(RUN_WORKERS, store_folder, str(port), str(WORKERS), port=port, said=said)
    with run as server, ExitStack() as kept:
        connections = one_to_each(server, kept)
        desk, published = kept.enter_context(ThreadPoolExecutor(1)), time.monotonic()
        saved = desk.submit(lambda: None)
        while answers < ANSWERS or seen < number:
            if seen == number and time.monotonic() > published + PAUSE:
                # Beside the questions: the new edition can be seen some time before this comes back.
                saved.result()
                number, published = number + 1, time.monotonic()
                saved = desk.submit(put_edition, store_folder, number)
            assert time.monotonic() < published + DEADLINE, f"nobody has shown edition {number}: {saved}"
            for connection in connections:
                shown = ask(connection)
                answers += 1
                older += shown < seen
                seen = max(seen, shown)
    # What the long form is run for.
    print(f"{older} of {answers} answers were older than one already seen, in {number} editions")  # noqa: T201
    assert number > 3
    assert older == 0


@pytest.fixture
def newest() -> Newest:
    return Newest()


@pytest.fixture
def two(store_folder: Path, newest: Newest) -> Iterator[tuple[Client, Client, Editions]]:
    """Two workers that share a number, and what the second knows. Neither looks for editions by itself."""
    put_edition(store_folder)
    editions = [Editions(store_folder, newest=newest) for _ in range(2)]
    with closing(editions[0]), closing(editions[1]):
        for each in editions:
            each.refresh()
        first, second = (wsgi_client(Polls(lambda *_: [], each, own=("/healthz",))) for each in editions)
        yield first, second, editions[1]


def notice(store_folder: Path, newest: Newest) -> None:
    """Have another worker take the newest edition."""
    with closing(Editions(store_folder, newest=newest)) as other:
        other.refresh()


def test_who_is_behind_catches_up_before_it_answers(
    two: tuple[Client, Client, Editions], newest: Newest, store_folder: Path
) -> None:
    first, second, known = two
    assert [number_in(each("/feed.json").body) for each in (second, first)] == [1, 1]
    put_edition(store_folder, 2)
    assert number_in(second("/feed.json").body) == 1, "nobody has shown it"

    notice(store_folder, newest)

    tag = second("/feed.json").headers["etag"]
    assert [number_in(each("/feed.json").body) for each in (second, first)] == [2, 2]
    assert second("/feed.json", {"If-None-Match": tag}).status == 304
    assert known.table.edition.number == newest.view[0] == 2


def test_who_cannot_catch_up_answers_nothing_old(
    two: tuple[Client, Client, Editions], newest: Newest, store_folder: Path
) -> None:
    """It says that it will, soon; nobody is told less than before."""
    _, second, _ = two
    put_edition(store_folder, 2)
    notice(store_folder, newest)
    (store_folder / "site.db").rename(store_folder / "elsewhere.db")

    reply = second("/feed.json")

    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    (store_folder / "elsewhere.db").rename(store_folder / "site.db")
    assert number_in(second("/feed.json").body) == 2


def test_a_store_that_knows_less_is_served_when_it_is_put_in_the_place_of_another(
    two: tuple[Client, Client, Editions], newest: Newest, store_folder: Path
) -> None:
    """As a backup is. Its number is the newest then, for all workers."""
    first, second, _ = two
    put_edition(store_folder, 7)
    notice(store_folder, newest)
    assert number_in(first("/feed.json").body) == 7
    backup = store_folder.parent / "backup"
    put_edition(backup, 3)
    for path in store_folder.glob("site.db*"):
        path.unlink()
    (backup / "site.db").rename(store_folder / "site.db")

    notice(store_folder, newest)

    assert newest.view[0] == 3
    assert [number_in(each("/feed.json").body) for each in (first, second)] == [3, 3]
    put_edition(store_folder, 4)
    notice(store_folder, newest)
    assert [number_in(each("/feed.json").body) for each in (first, second)] == [4, 4]


def test_the_number_is_handed_on_and_only_grows_with_one_store(newest: Newest) -> None:
    newest.agree(0, 5)
    newest.agree(4, 3)
    assert newest.view[0] == 5, "somebody found edition 5 after 4 was told: the 3 was read before"
    newest.agree(5, 3)
    assert newest.view[0] == 3, "what was told when this store was read is not in it"
