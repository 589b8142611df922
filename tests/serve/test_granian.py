"""What `sosik.serve.worker` relies on that no manual of Granian mentions: a test each, which fails when it changes."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from granian.constants import Interfaces
from granian.errors import FatalError
from granian.server import MTServer

from serve.servers import DEADLINE, eventually
from sosik.serve import worker

ALONE = """
import os, socket, sys
from sosik.serve.worker import answer

def application(environ, start_response):
    start_response("200 OK", [("Content-Length", str(len(str(os.getpid()))))])
    return [str(os.getpid()).encode()]

answer(application, socket.socket(fileno=int(sys.argv[1])))
"""


@contextmanager
def answering(listener: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """Run one worker at a listener; it must end when it is told, and say nothing."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ALONE, str(listener.fileno())],
        pass_fds=[listener.fileno()],
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        told(process, signal.SIGTERM, lambda: process.poll() is not None)
        _, said = process.communicate()
    # It may be told once more when it has stopped listening to that, and is about to end.
    assert process.returncode in (0, -signal.SIGTERM)
    assert said == b""


def told(process: subprocess.Popen[bytes], number: signal.Signals, seen: Callable[[], bool]) -> None:
    """Send a signal until its effect is seen; Python may miss one that comes just before it waits."""

    def tell() -> bool:
        process.send_signal(number)
        time.sleep(0.1)
        return seen()

    eventually(tell)


def ask(listener: socket.socket) -> tuple[int, str | None]:
    """Return the process that answers a request at a listener, and whether the connection ends with that."""
    with socket.socket(listener.family) as client, closing(HTTPConnection("localhost")) as connection:
        client.settimeout(DEADLINE)
        client.connect(listener.getsockname())
        connection.sock = client
        connection.request("GET", "/")
        reply = connection.getresponse()
        return int(reply.read()), reply.headers["Connection"]


@contextmanager
def listening(family: int, folder: Path) -> Iterator[socket.socket]:
    with socket.socket(family) as listener:
        listener.bind(str(folder / "s") if family == socket.AF_UNIX else ("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_every_member_is_named_with_its_test() -> None:
    """The list in the module's docstring is this file's tests, and what the module imports or overrides."""
    listed = re.findall(r"\btest_\w+\b(?!\.py)", worker.__doc__ or "")
    here = {name for name in globals() if name.startswith("test_") and "every_member" not in name}
    own = {name for name in vars(worker._Server) if not name.startswith("__") and hasattr(MTServer, name)}

    assert set(listed) == here
    assert own == {"_check_gil", "_init_shared_socket"}
    for name in (*own, "_shd", "SocketHolder", "MTServer"):
        assert f"{name}`" in (worker.__doc__ or "")


@pytest.mark.skipif(not getattr(sys, "_is_gil_enabled", lambda: True)(), reason="there is no GIL to check for")
def test_only_a_check_keeps_it_from_a_gil() -> None:
    """Once it serves with a GIL, ours need not be silenced."""
    with pytest.raises(FatalError):
        MTServer("app", interface=Interfaces.WSGI).serve(target_loader=lambda *_: print)


def test_it_makes_its_listener_once() -> None:
    """The one place where a listener can be put under it, before anything is started."""

    class Stopped(Exception):  # noqa: N818  # no error
        pass

    made = []

    class Server(MTServer):
        def _check_gil(self) -> None:
            pass

        def _init_shared_socket(self) -> None:
            made.append((self._shd, self._ssp, list(self.wrks)))

        def _spawn_workers(self, *_: object) -> None:
            raise Stopped

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with pytest.raises(Stopped):
            Server("app", interface=Interfaces.WSGI).serve(target_loader=lambda: print, wrap_loader=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert made == [(None, None, [])]


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX])
def test_it_answers_at_a_listener_that_was_there_before(short: Path, family: int) -> None:
    """Whoever came before it was up has waited there, and the listener outlives it."""
    with listening(family, short.parent) as listener, ExitStack() as stack:
        early = stack.enter_context(socket.socket(family))
        early.connect(listener.getsockname())
        early.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        for _ in range(2):
            with answering(listener) as process:
                assert eventually(lambda: ask(listener)[0]) == process.pid
        early.settimeout(DEADLINE)
        assert early.recv(15) == b"HTTP/1.1 200 OK"


def test_it_serves_in_the_process_that_asks(short: Path) -> None:
    """Not in one of its own: ours would not know how that is."""
    with listening(socket.AF_INET, short.parent) as listener, answering(listener) as process:
        assert eventually(lambda: ask(listener)[0]) == process.pid
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        assert not children.exists() or children.read_text() == ""


def test_it_accepts_where_its_descriptor_leads(short: Path) -> None:
    """A worker that takes leave lets nobody in any more, and another at the same listener does."""
    with listening(socket.AF_INET, short.parent) as listener, answering(listener) as old:
        assert eventually(lambda: ask(listener)[0]) == old.pid
        with answering(listener) as new:
            eventually(lambda: new.pid in {ask(listener)[0] for _ in range(50)})
            told(old, worker.DRAIN, lambda: {ask(listener)[0] for _ in range(50)} == {new.pid})


def test_an_answer_can_end_its_connection(short: Path) -> None:
    """Whoever is connected to a worker that takes leave is answered once more, and told to connect anew."""
    with listening(socket.AF_INET, short.parent) as listener, answering(listener) as process, ExitStack() as stack:
        assert eventually(lambda: ask(listener))[1] is None
        client = stack.enter_context(socket.create_connection(listener.getsockname(), timeout=DEADLINE))
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"connection: close" not in client.recv(4_096).lower()

        def said_so() -> bool:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            return b"connection: close" in client.recv(4_096).lower()

        told(process, worker.DRAIN, said_so)
        assert client.recv(1) == b""
