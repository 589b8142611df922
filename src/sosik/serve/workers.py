"""The worker processes: each reads the store, and is replaced when it dies or on a reload.

They share one listener, so waiting connections outlive a worker. This module only starts and ends processes; their work
is in `sosik.serve.worker`.
"""

import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Collection
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Thread
from types import FrameType
from wsgiref.types import WSGIApplication

from sosik.serve.access_lines import Network
from sosik.serve.listening import BACKLOG
from sosik.serve.logs import log_to_stderr
from sosik.serve.newest import Newest
from sosik.serve.worker import DRAIN, answer
from sosik.words import Message

log = logging.getLogger("sosik.serve")

_SPAWN = multiprocessing.get_context("spawn")
"""A fork would carry the memory of the first build, and its threads' locks, into every worker."""

_GRACE = 5.0
"""Seconds that a worker may take to end before it is ended."""
_START = 60.0
"""Seconds that a new worker may take to be there before the reload is given up."""
_LEAVE = 2.0
"""Seconds for which a replaced worker answers those who are connected to it already."""
_AGAIN = 0.5
"""Seconds after which a worker that still runs is told again."""


def run_workers(
    folder: Path,
    listener: socket.socket,
    workers: int,
    *,
    access_log: Path | None = None,
    proxies: Collection[Network] = (),
    newest: Newest | None = None,
    onreload: Callable[[], None] | None = None,
) -> int:
    """Serve the store in `folder` at a listening socket until SIGINT or SIGTERM; return the exit status.

    SIGHUP replaces the workers one after another, without a request lost; `onreload` is called first. `access_log`,
    `proxies` and `newest` are those of `sosik.serve.app.create_app`.
    """
    newest = newest or Newest()
    load = partial(application, folder.absolute(), access_log=access_log, proxies=tuple(proxies), newest=newest)
    return run_application(load, listener, workers, onreload=onreload)


def application(
    folder: Path, *, access_log: Path | None = None, proxies: Collection[Network] = (), newest: Newest | None = None
) -> WSGIApplication:
    """Return the application of the store in `folder`."""
    from sosik.serve.app import create_app  # only the workers need Flask

    return create_app(folder, access_log=access_log, proxies=proxies, newest=newest).wsgi_app


def run_application(
    load: Callable[[], WSGIApplication],
    listener: socket.socket,
    workers: int,
    *,
    onreload: Callable[[], None] | None = None,
) -> int:
    """Run what `load` returns in each worker, and close the listener at the end; return the exit status.

    `load` is called in the workers, so it must be picklable. They import the main module anew (see `multiprocessing`),
    so it must not serve when it is only imported. To be called in the main thread.
    """
    log_to_stderr()
    return _Workers(load, listener, onreload or (lambda: None)).run(workers)


class _Worker:
    """A process that answers, and where it says that it is there."""

    def __init__(self, load: Callable[[], WSGIApplication], listener: socket.socket) -> None:
        self.said, writer = _SPAWN.Pipe(duplex=False)
        self.process: SpawnProcess = _SPAWN.Process(target=_work, args=(load, listener, writer), name="sosik-worker")
        # Ctrl-C at the terminal is for the first process, which ends this one: a signal that is blocked now stays so in
        # the child, and none meets it while it is still importing. Multiprocessing's tracker has to run by then, for
        # starting it unblocks the signal.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        writer.close()
        self.there = False

    def listen(self) -> None:
        """Hear whether it is there."""
        try:
            if not self.there and self.said.poll():
                self.there = bool(self.said.recv_bytes())
        except EOFError:
            pass

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal. To be said again: one that comes just before Python waits is noticed with the next."""
        if self.process.pid is not None and self.process.exitcode is None:
            os.kill(self.process.pid, number)

    def end(self, until: float) -> None:
        """Let it finish its answers, but no longer than until a time of the monotonic clock."""
        while self.process.exitcode is None and time.monotonic() < until:
            self.tell(signal.SIGTERM)
            self.process.join(_AGAIN)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


class _Workers:
    """All workers of a listener. One that is killed is replaced, however often; one that cannot start ends them all,
    except during a reload: then the one before stays.
    """

    def __init__(
        self, load: Callable[[], WSGIApplication], listener: socket.socket, onreload: Callable[[], None]
    ) -> None:
        self._load = load
        self._listener = listener
        self._onreload = onreload
        self._workers: list[_Worker] = []
        self._ending = False
        self._reloading = False
        self._terminal = has_terminal() and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN
        # A signal makes it readable, so nothing need look at the clock.
        self._bell, ringer = socket.socketpair()
        self._bell.setblocking(False)
        ringer.setblocking(False)
        self._ringer = ringer

    def run(self, number: int) -> int:
        """Keep so many workers running until a signal ends them; return the exit status."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._end)
        signal.signal(signal.SIGHUP, self._hang_up)
        signal.set_wakeup_fd(self._ringer.fileno(), warn_on_full_buffer=False)
        try:
            self._workers = [self._start() for _ in range(number)]
            while not self._ending and self._all_run():
                if self._reloading:
                    self._reload()
                else:
                    self._wait([worker.process.sentinel for worker in self._workers])
        finally:
            signal.set_wakeup_fd(-1)
            self._stop()
        return 0 if self._ending else 1

    # --- signals

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _hang_up(self, _number: int, _frame: FrameType | None) -> None:
        """Reload, unless the signal means what it meant first: that the terminal was closed."""
        if self._terminal and not has_terminal():
            self._ending = True
        else:
            self._reloading = True

    def _wait(self, things: list[Connection | int], seconds: float | None = None) -> bool:
        """Wait until one of them is ready or a signal comes, at most so long; return whether one is."""
        ready = wait([*things, self._bell], seconds)
        if self._bell in ready:
            self._bell.recv(4_096)
        return any(thing in ready for thing in things)

    # --- workers

    def _start(self) -> _Worker:
        return _Worker(self._load, self._listener)

    def _all_run(self) -> bool:
        """Replace the workers that died; return whether they can be."""
        for number, worker in enumerate(self._workers):
            worker.listen()
            code = worker.process.exitcode
            if code is None:
                continue
            log.error("%s", Message("serve.worker-died", status=code))
            if not worker.there and code >= 0:
                return False
            self._workers[number] = self._start()
        return True

    def _reload(self) -> None:
        self._reloading = False
        self._onreload()
        for number, old in enumerate(self._workers):
            new = self._start()
            if not self._is_there(new):
                new.process.kill()
                new.process.join()
                return
            self._workers[number] = new
            self._dismiss(old)
        log.info("%s", Message("serve.reloaded", count=len(self._workers)))

    def _is_there(self, new: _Worker) -> bool:
        end = time.monotonic() + _START
        while not self._ending and not new.there and new.process.is_alive() and time.monotonic() < end:
            self._wait([new.said, new.process.sentinel], end - time.monotonic())
            new.listen()
        if not new.there and not self._ending:
            log.error("%s", Message("serve.worker-not-started"))
        return new.there

    def _dismiss(self, old: _Worker) -> None:
        """Let a worker that was replaced take leave of those who are connected to it."""
        end = time.monotonic() + _LEAVE
        while not self._ending and old.process.exitcode is None and time.monotonic() < end:
            old.tell(DRAIN)
            self._wait([old.process.sentinel], _AGAIN)
        old.end(time.monotonic() + _GRACE)

    def _stop(self) -> None:
        self._listener.close()
        for worker in self._workers:
            worker.tell(signal.SIGTERM)
        end = time.monotonic() + _GRACE
        for worker in self._workers:
            worker.end(end)
        self._bell.close()
        self._ringer.close()


def has_terminal() -> bool:
    """Tell whether this process belongs to a terminal that is still open."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


# --- in the worker


def _work(load: Callable[[], WSGIApplication], listener: socket.socket, writer: Connection) -> None:
    """Load the application, say that it is there, and answer until a signal comes."""
    log_to_stderr()
    # Before it answers, there is nobody to take leave of, and no thread of what it loads is to be waited for.
    signal.signal(DRAIN, lambda *_: os._exit(0))
    Thread(target=_end_with_parent, name="sosik-parent", daemon=True).start()
    loaded = load()
    listener.listen(BACKLOG)  # which it may do already
    writer.send_bytes(b"there")
    writer.close()
    answer(loaded, listener)


def _end_with_parent() -> None:
    """End with the process that started this one, however it ends: who waits or comes again is to ask another server.

    A signal that comes just before Python waits is noticed with the next.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        for number in (DRAIN, DRAIN, *[signal.SIGTERM] * round(_GRACE / _AGAIN)):
            os.kill(os.getpid(), number)
            time.sleep(_AGAIN)
        os._exit(1)
