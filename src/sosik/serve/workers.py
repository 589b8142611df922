"""Granian's workers: processes that only read the store, and are replaced when they die."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import WSGIApplication

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from sosik.serve import create_app
from sosik.serve.logs import SETTINGS

_THREADS = 2
"""Threads of a worker that run Python: one for polls, another so that they do not wait for a picture or a page."""
_CONNECTIONS = 4_096
"""Connections that a worker holds open at a time; idle ones cost it a few kilobytes each."""
_HEADER_TIMEOUT = 15_000
"""Milliseconds that a client may take to say what it wants."""
_GRACE = 5
"""Seconds that a worker may take to end before it is ended."""
_LOOK = 1.0
"""Seconds between two looks of a worker at the process that started it."""


def run_workers(folder: Path, address: tuple[str, int], workers: int) -> int:
    """Serve the store in `folder` at a numeric address and port until SIGINT or SIGTERM; return the exit status."""
    return run_application(partial(application, folder.absolute()), address, workers)


def run_application(load: Callable[[], WSGIApplication], address: tuple[str, int], workers: int) -> int:
    """Run what `load` returns in each worker; `load` is called there, so it must be picklable.

    Workers import the main module anew (see `multiprocessing`), so it must not serve when it is only imported.
    """
    # A fork would carry the memory of the first build, and its threads' locks, into every worker.
    multiprocessing.set_start_method("spawn", force=True)
    server = _Server(
        "sosik",
        address=address[0],
        port=address[1],
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_TIMEOUT),
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        log_level=LogLevels.warning,
        log_dictconfig=SETTINGS,
    )
    try:
        server.serve(target_loader=load, wrap_loader=False)
    except SystemExit:
        # Granian's word for a worker that ended unasked, be it by the very signal that ended the server.
        return 0 if server.interrupt_signal else 1
    return 0


class _Server(MPServer):
    """Granian, but a worker that is killed twice in a row is replaced twice; one that cannot start ends the server."""

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        codes = [self.wrks[number].inner.exitcode for number in workers]
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        if all(code is not None and code < 0 for code in codes):
            # By what Granian remembers here it would give up after the second death in six seconds.
            self.respawned_wrks.clear()


def application(folder: Path) -> WSGIApplication:
    """Return the application of the store in `folder`, in a worker that ends with the process that started it."""
    Thread(target=_end_with, args=(os.getppid(),), name="sosik-parent", daemon=True).start()
    return create_app(folder).wsgi_app


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
