"""Granian's workers: processes that only read the store, replaced when they die or a reload asks for it."""

import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import WSGIApplication

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from sosik.serve import create_app
from sosik.serve.access_lines import Network
from sosik.serve.draining import DRAIN, load_drainable
from sosik.serve.listening import BACKLOG
from sosik.serve.logs import SETTINGS

log = logging.getLogger("sosik.serve")

_THREADS = 2
"""Threads of a worker that run Python: one for polls, another so that they do not wait for a picture or a page."""
_CONNECTIONS = 4_096
"""Connections that a worker holds open at a time; idle ones cost it a few kilobytes each."""
_HEADER_TIMEOUT = 15_000
"""Milliseconds that a client may take to say what it wants."""
_GRACE = 5
"""Seconds that a worker may take to end before it is ended."""
_START = 60.0
"""Seconds that a new worker may take to be there before the reload is given up."""
_LEAVE = 2.0
"""Seconds for which a replaced worker answers those who are connected to it already."""
_LOOK = 1.0
"""Seconds between two looks of a worker at the process that started it."""


def run_workers(
    folder: Path,
    listener: socket.socket,
    workers: int,
    *,
    access_log: Path | None = None,
    proxies: Collection[Network] = (),
    onreload: Callable[[], None] | None = None,
) -> int:
    """Serve the store in `folder` at a listening socket until SIGINT or SIGTERM; return the exit status.

    SIGHUP replaces the workers one after another, without a request lost; `onreload` is called first. `access_log` and
    `proxies` are those of `sosik.serve.app.create_app`.
    """
    load = partial(application, folder.absolute(), access_log=access_log, proxies=tuple(proxies))
    return run_application(load, listener, workers, onreload=onreload)


def run_application(
    load: Callable[[], WSGIApplication],
    listener: socket.socket,
    workers: int,
    *,
    onreload: Callable[[], None] | None = None,
) -> int:
    """Run what `load` returns in each worker; `load` is called there, so it must be picklable.

    Workers import the main module anew (see `multiprocessing`), so it must not serve when it is only imported.
    """
    # A fork would carry the memory of the first build, and its threads' locks, into every worker.
    multiprocessing.set_start_method("spawn", force=True)
    server = _Server(listener, workers, onreload)
    try:
        server.serve(target_loader=partial(load_drainable, load, listener.fileno()), wrap_loader=False)
    except SystemExit:
        # Granian's word for a worker that ended unasked, be it by the very signal that ended the server.
        return 0 if server.interrupt_signal else 1
    return 0


class _Server(MPServer):
    """Granian, with one listener for all workers, and other ways to replace a worker.

    A worker that is killed twice in a row is replaced twice; one that cannot start ends the server, except during a
    reload: then the one before stays.
    """

    def __init__(self, listener: socket.socket, workers: int, onreload: Callable[[], None] | None) -> None:
        super().__init__(
            "sosik",
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=_THREADS,
            backlog=BACKLOG,
            backpressure=_CONNECTIONS,
            http1_settings=HTTP1Settings(header_read_timeout=_HEADER_TIMEOUT),
            respawn_failed_workers=True,
            workers_kill_timeout=_GRACE,
            log_level=LogLevels.warning,
            log_dictconfig=SETTINGS,
        )
        self._listener = listener
        self._onreload = onreload or (lambda: None)
        self._terminal = has_terminal() and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN

    def _init_shared_socket(self) -> None:
        # Granian would give each worker a listener of its own, and reset what waits at it when the worker ends.
        state = [self._listener.fileno(), self._listener.family == socket.AF_UNIX]
        if sys.platform.startswith(("linux", "freebsd")):
            state.append(self.backlog)
        self._ssp = None
        self._shd = SocketHolder(*state)  # type: ignore[assignment]  # Granian's hints know only None
        self._sso = self._listener

    def signal_handler_reload(self, *_: object, **__: object) -> None:
        """Reload, unless the signal means what it meant first: that the terminal was closed."""
        if self._terminal and not has_terminal():
            self.interrupt_signal = True
        else:
            self.reload_signal = True
        self.main_loop_interrupt.set()

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        self.reload_signal = False
        self.main_loop_interrupt.clear()
        self._onreload()
        for number in range(self.workers):
            if not self._replace(number, spawn_target, target_loader):
                break
        else:
            log.info("Reloaded: %d workers were replaced.", self.workers)
        # What ends soon after this was killed; Granian would take it for a worker that cannot start.
        self.respawned_wrks.clear()

    def _replace(self, number: int, spawn_target: Any, target_loader: Any) -> bool:
        """Put a new worker in the place of one that takes leave; return whether that came about."""
        reader, writer = multiprocessing.Pipe(duplex=False)
        new: Any = self._spawn_worker(number, spawn_target, partial(_load_and_tell, target_loader, writer))
        # Until it is there, its end is ours to see, and no reason to start another.
        new.interrupt_by_parent = True
        new.start()
        writer.close()
        if not self._is_there(reader):
            new.kill()
            new.join()
            return False
        new.interrupt_by_parent = False
        old: Any = self.wrks[number]
        self.wrks[number] = new
        if old.is_alive():
            os.kill(old.inner.pid, DRAIN)
            self._wait(lambda: not old.is_alive(), _LEAVE)
        old.terminate()
        old.join(_GRACE)
        if old.is_alive():
            old.kill()
        return True

    def _is_there(self, reader: Connection) -> bool:
        self._wait(reader.poll, _START)
        try:
            there = reader.poll() and bool(reader.recv_bytes())
        except EOFError:
            there = False
        if not there and not self.interrupt_signal:
            log.error("A new worker did not start: the reload is given up, and those before stay.")
        return there

    def _wait(self, seen: Callable[[], bool], seconds: float) -> None:
        """Wait until something is seen, but no longer than `seconds` or the end of the server."""
        end = time.monotonic() + seconds
        while not (seen() or self.interrupt_signal) and time.monotonic() < end:
            time.sleep(0.05)

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        codes = [self.wrks[number].inner.exitcode for number in workers]
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        if all(code is not None and code < 0 for code in codes):
            # By what Granian remembers here it would give up after the second death in six seconds.
            self.respawned_wrks.clear()


def has_terminal() -> bool:
    """Tell whether this process belongs to a terminal that is still open."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _load_and_tell(load: Callable[[], WSGIApplication], writer: Connection) -> WSGIApplication:
    """Load in a new worker, and tell the process that waits for it."""
    found = load()
    writer.send_bytes(b"there")
    writer.close()
    return found


def application(folder: Path, *, access_log: Path | None = None, proxies: Collection[Network] = ()) -> WSGIApplication:
    """Return the application of the store in `folder`, in a worker that ends with the process that started it."""
    Thread(target=_end_with, args=(os.getppid(),), name="sosik-parent", daemon=True).start()
    return create_app(folder, access_log=access_log, proxies=proxies).wsgi_app


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
