"""Clients that dawdle, by the hundred and of every kind at once, keep nobody waiting."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import pytest

from serve.servers import DEADLINE, HOST, RUN_WORKERS, Server, free_port, serving
from serve.stores import DOCUMENTS, RSS, body_of, etag, put_edition

pytestmark = pytest.mark.server

EACH = 200
"""Clients of every kind."""
LARGE = "/large/rss.xml"
REQUEST = f"GET {LARGE} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


@pytest.fixture
def large_server(tmp_path: Path) -> Iterator[Server]:
    """Run two workers with a feed that no buffer of a connection holds."""
    put_edition(tmp_path / ".sosik", documents={**DOCUMENTS, LARGE: (RSS, os.urandom(500_000).hex().encode())})
    port = free_port()
    with serving(RUN_WORKERS, tmp_path / ".sosik", str(port), "2", port=port, said=tmp_path / "said") as server:
        yield server


def opened(server: Server, stack: ExitStack) -> list[socket.socket]:
    return [stack.enter_context(socket.create_connection((HOST, server.port), timeout=20)) for _ in range(EACH)]


def test_clients_that_dawdle_keep_nobody_waiting(large_server: Server) -> None:
    """Half-open, one byte a second, and never reading what they asked for; polls meanwhile are all answered."""
    with ExitStack() as stack:
        silent, dripping, deaf = (opened(large_server, stack) for _ in range(3))
        done = Event()

        def drip() -> None:
            for byte in REQUEST * 100:
                for connection in dripping:
                    connection.sendall(bytes([byte]))
                if done.wait(1):
                    return

        for connection in deaf:
            connection.sendall(REQUEST * 3)
        for connection in silent[EACH // 2 :]:
            connection.sendall(REQUEST[:-4])
        dripper = Thread(target=drip)
        dripper.start()
        stack.callback(dripper.join)
        stack.callback(done.set)

        begun, answered = time.monotonic(), 0
        while (spent := time.monotonic() - begun) < 5 or answered <= 50:
            assert spent < DEADLINE, answered
            assert large_server.ask("/rss.xml").body == body_of("/rss.xml")
            tag = f'"{etag(body_of("/feed.json"))}"'
            assert large_server.ask("/feed.json", {"If-None-Match": tag}).status == 304
            assert large_server.ask("/feeds/").status == 200
            answered += 3
