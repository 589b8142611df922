"""One worker: Granian, serving in this process at an inherited listener.

The processes of Granian each bind a listener, and connections waiting at one are reset when its process ends. Granian
has no official option for a shared listener (emmett-framework/granian#786 requests one). The private members that this
module uses, each with the test of tests/serve/test_granian.py that fails when it changes:

- `granian.server.MTServer` serves in the process that calls it: test_it_serves_in_the_process_that_asks
- `MTServer._check_gil` is all that keeps it from an interpreter with a GIL: test_only_a_check_keeps_it_from_a_gil
- `MTServer._init_shared_socket` is called once, before anything listens: test_it_makes_its_listener_once
- `MTServer._shd` is where it looks for the listener: test_it_answers_at_a_listener_that_was_there_before
- `granian._granian.SocketHolder` takes a descriptor: test_it_answers_at_a_listener_that_was_there_before

Its expected behaviour: it accepts at that descriptor (test_it_accepts_where_its_descriptor_leads), and closes a
connection with a response that says so (test_an_answer_can_end_its_connection).
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MTServer

from sosik.serve.admission import Places, most_connections
from sosik.serve.listening import BACKLOG
from sosik.serve.logs import SETTINGS

DRAIN = signal.SIGUSR1
"""The signal that makes a worker take leave. It still runs afterwards, until SIGTERM."""

_THREADS = 2
"""Threads of a worker that run Python: one for polls, another so that they do not wait for a picture or a page."""
_WAITING = 80 * 2**10
"""Bytes of answers that may wait in a connection when its next question is read; also the most that one may have."""
_HEADER_TIMEOUT = 15_000
"""Milliseconds that a client may take to say what it wants."""


def answer(application: WSGIApplication, listener: socket.socket) -> None:
    """Answer by an application at a listener, which is used up, until SIGINT or SIGTERM. In the main thread only.

    Answers under way are finished. After `DRAIN` nobody new is let in, and every answer is the last of its connection.
    """
    descriptor, most = listener.fileno(), most_connections()
    _take_longer_turns()
    if listener.family != socket.AF_UNIX:
        Places(listener.getsockname()[1], most).watch()
    server = _Server(listener, most)
    server.on_startup(_ignore_hangups)
    server.serve(target_loader=lambda: _drainable(application, descriptor), wrap_loader=False)


def _take_longer_turns() -> None:
    """Let this process's threads finish what they are at before they wake one another, where the system can.

    A request passes from the thread that reads it to one that runs Python, and back. When each of them interrupts the
    other, the changing costs a fifth of the answer. Who set another policy (chrt) is left with it.
    """
    if sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_OTHER:
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


class _Server(MTServer):
    """Granian with one worker, which is a thread of this process."""

    def __init__(self, listener: socket.socket, most: int) -> None:
        super().__init__(
            "sosik",
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            blocking_threads=_THREADS,
            backlog=BACKLOG,
            backpressure=most,
            http1_settings=HTTP1Settings(header_read_timeout=_HEADER_TIMEOUT, max_buffer_size=_WAITING),
            # It would warn of every start that threads are experimental; ours is one.
            log_level=LogLevels.error,
            log_dictconfig=SETTINGS,
        )
        self._listener = listener

    def _check_gil(self) -> None:
        # Several workers as threads would wait for one another. There is one.
        pass

    def _init_shared_socket(self) -> None:
        is_unix = self._listener.family == socket.AF_UNIX
        # Granian closes it.
        state = [self._listener.detach(), is_unix]
        if sys.platform.startswith(("linux", "freebsd")):
            state.append(self.backlog)
        self._shd = SocketHolder(*state)  # type: ignore[assignment]  # Granian's hints know only None


def _ignore_hangups() -> None:
    """Leave it to the process that started this one what SIGHUP means; Granian would begin its worker anew."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _drainable(application: WSGIApplication, listener: int) -> WSGIApplication:
    """Return an application that takes leave of its clients after `DRAIN`; `listener` is where they are accepted."""
    draining = False

    def drain(*_: object) -> None:
        nonlocal draining
        if not draining:
            draining = True
            _turn_away_from(listener)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        return application(environ, _closing(start_response) if draining else start_response)

    signal.signal(DRAIN, drain)
    return serve


def _turn_away_from(listener: int) -> None:
    """Put a socket where nobody knocks in the place of the one that all workers share.

    Granian accepts until SIGTERM, and then drops whoever has been accepted but has not asked yet. To shut the shared
    socket down would end it for all workers, and on a closed descriptor Granian would fail again and again.
    """
    with socket.create_server(("127.0.0.1", 0)) as quiet:
        quiet.setblocking(False)
        os.dup2(quiet.fileno(), listener, inheritable=False)


def _closing(start_response: StartResponse) -> Callable[..., Any]:
    """Return a `start_response` that ends the connection: a field that is the server's to send, so WSGI bars others."""

    def start(status: str, fields: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*fields, ("Connection", "close")], *error)

    return start
