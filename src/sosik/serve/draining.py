"""How a worker that is being replaced takes leave: it accepts nobody new, and nobody's request meets a closed door."""

import os
import signal
import socket
from collections.abc import Callable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

DRAIN = signal.SIGUSR1
"""The signal that makes a worker take leave. It still runs afterwards, until SIGTERM."""


def load_drainable(load: Callable[[], WSGIApplication], listener: int) -> WSGIApplication:
    """Return what `load` returns, in a worker that accepts connections at the file descriptor `listener`.

    After `DRAIN` every answer is the last one of its connection and says so. To be called in the main thread.
    """
    application = load()
    draining = False

    def drain(*_: object) -> None:
        nonlocal draining
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


def _closing(start_response: StartResponse) -> StartResponse:
    """Return a `start_response` that ends the connection: a field that is the server's to send, so WSGI bars others."""

    def start(status: str, fields: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*fields, ("Connection", "close")], *error)

    return start
