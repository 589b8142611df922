"""Clients that take no answers, say nothing or dribble shut nobody out, though there are more of them than places."""

import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from serve.servers import HOST, RUN_WORKERS, Server, eventually, free_port, serving
from serve.stores import DOCUMENTS, RSS, body_of, put_edition
from sosik.serve.admission import CONNECTIONS, most_connections
from sosik.serve.listening import listening_at

pytestmark = pytest.mark.server

FILES = 256
"""Files that the server may have open: too few for all who come."""
CROWD = 600
LARGE = "/large/rss.xml"
REQUEST = f"GET {LARGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Server]:
    """Run a worker with few places, and a feed that fills what a connection may have waiting."""
    put_edition(tmp_path / ".sosik", documents={**DOCUMENTS, LARGE: (RSS, b"<rss>" + b"a" * 300_000 + b"</rss>")})
    port, (soft, hard) = free_port(), resource.getrlimit(resource.RLIMIT_NOFILE)
    script = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))\n{RUN_WORKERS}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4_096), hard))
    with serving(script, tmp_path / ".sosik", str(port), "1", port=port, said=tmp_path / "said") as server:
        yield server
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def silent(_connection: socket.socket) -> None:
    """Say nothing."""


def slow_to_say(connection: socket.socket) -> None:
    connection.send(REQUEST[:10])


def deaf(connection: socket.socket) -> None:
    connection.send(REQUEST * 100)


def come(server: Server, conduct: Callable[[socket.socket], None]) -> socket.socket:
    """Connect, or begin to, and behave as such a client does."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.settimeout(0.2)
    with suppress(OSError):
        connection.connect((HOST, server.port))
        conduct(connection)
    connection.setblocking(False)
    return connection


def dribble(crowd: list[socket.socket], ended: Event) -> None:
    """Say a byte more, and take one, on every connection, a few times a second."""
    while not ended.wait(0.3):
        for connection in list(crowd):
            with suppress(OSError):
                connection.send(b"a")
            with suppress(OSError):
                connection.recv(1)


@pytest.mark.parametrize("conduct", [silent, slow_to_say, deaf])
def test_a_crowd_shuts_nobody_out(small: Server, conduct: Callable[[socket.socket], None]) -> None:
    """More than twice as many as the worker may hold come, and stay; polls are answered all the while."""
    crowd: list[socket.socket] = []
    ended = Event()
    with ExitStack() as stack:
        dribbler = Thread(target=dribble, args=(crowd, ended))
        dribbler.start()
        stack.callback(dribbler.join)
        stack.callback(ended.set)
        for number in range(CROWD):
            crowd.append(stack.enter_context(come(small, conduct)))
            if number % 100 == 99:
                assert small.ask("/rss.xml").body == body_of("/rss.xml")
        for _ in range(10):
            assert small.ask("/rss.xml").body == body_of("/rss.xml")
    eventually(lambda: "Few free connections" in small.output)
    assert "Too many open files" not in small.output


def test_a_worker_holds_no_more_than_it_may_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {64: 16, 256: 128, 1_024: 896, 1_000_000: CONNECTIONS, resource.RLIM_INFINITY: CONNECTIONS}
    for allowed, most in places.items():
        monkeypatch.setattr(resource, "getrlimit", lambda _, allowed=allowed: (allowed, allowed))
        assert most_connections() == most


def test_who_has_no_room_is_given_up_by_the_system() -> None:
    """Each connection inherits it: Linux ends one that has had no room for its answer for half a minute."""
    with listening_at(HOST, 0) as listener, socket.create_connection(listener.getsockname()) as _:
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
            assert accepted.getsockopt(socket.IPPROTO_TCP, 25) == 65_536, "TCP_NOTSENT_LOWAT"
