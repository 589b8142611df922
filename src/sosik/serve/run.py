"""`sosik serve`: the first build, a process that builds, Granian's workers, and an end that leaves nothing running."""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

from sosik.errors import ConfigError, StoreError
from sosik.publish.policy import read_policy
from sosik.render.formats import FORMATS
from sosik.serve.access_lines import Network
from sosik.serve.announcer import announcing
from sosik.serve.builder import Builder
from sosik.serve.counts import clear_counts
from sosik.serve.listening import ServeError, listening_at, listening_on
from sosik.serve.logs import log_to_stderr
from sosik.serve.workers import has_terminal, run_workers
from sosik.site import Site
from sosik.store import open_snapshot
from sosik.words import Message

log = logging.getLogger("sosik.serve")

_GRACE = 5
"""Seconds that processes may take to end before they are ended."""
_PAUSE = 1.0
"""Seconds before what died soon after its start is started again."""
_LOOK = 0.1
"""Seconds between two looks at another process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Where the server is reached: the start page and the publication's main feeds, absolute.

    With a Unix socket they are the addresses at which the proxy shows them, and "" where no edition says them.
    """

    start_page: str
    feeds: tuple[str, ...]
    socket: Path | None = None


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    unix_socket: Path | None = None,
    workers: int | None = None,
    watch: bool = True,
    drafts: bool = False,
    access_log: Path | None = None,
    proxies: Collection[Network] = (),
    onstart: Callable[[Addresses], None] | None = None,
) -> int:
    """Build, serve and watch until SIGINT or SIGTERM; return the exit status, 0 when it was asked to end.

    `port` 0 takes a free one; with `unix_socket` neither host nor port counts. Without `workers` there are as many as
    processors, but two to four: while one is replaced another answers. `onstart` is called once requests are answered.
    SIGHUP replaces the workers and the process that builds. `access_log` is a file, or `-` for standard output;
    X-Forwarded-For of `proxies` is believed there. To be called in the main thread of a program whose main
    module can be imported (see `multiprocessing`).

    Raises `ServeError` when the address is taken, `drafts` would leave this machine or the log has no folder,
    `ConfigError` when there is no publication in `root`, and `StoreDamagedError` when its store is; a first build that
    fails otherwise leaves the last edition up.
    """
    if access_log is not None and not access_log.parent.is_dir():
        raise ServeError(Message("serve.no-log-folder", log=str(access_log), folder=str(access_log.parent)))
    log_to_stderr()
    _end_when_asked()
    with listening_on(unix_socket) if unix_socket else listening_at(host, port) as listener:
        if drafts and not _is_private(listener):
            if unix_socket:
                raise ServeError(Message("serve.drafts-socket", path=str(unix_socket)))
            raise ServeError(Message("serve.drafts-host", host=host))
        address = _own_address(listener)
        site = Site(root, drafts=drafts, address=address)
        _first_build(site, keeps_copy=not watch)
        with (
            _building(root, address, drafts=drafts) if watch else nullcontext(lambda: None) as build_anew,
            nullcontext() if drafts else announcing(site),
            _greeting(site.folder, listener, onstart),
        ):
            clear_counts(site.folder)
            return run_workers(
                site.folder,
                listener,
                workers or _default_workers(),
                access_log=access_log,
                proxies=proxies,
                onreload=build_anew,
            )


def _end_when_asked() -> None:
    """Let signals end this process as an error would, so that nothing is left behind, until Granian takes them over."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: sys.exit(0))
    if not has_terminal():
        # A reload, of what is only just being loaded.
        signal.signal(signal.SIGHUP, lambda *_: None)


def _is_private(listener: socket.socket) -> bool:
    """Tell whether nobody but this machine reaches a listener. Behind a Unix socket stands a proxy, open to all."""
    return listener.family != socket.AF_UNIX and ip_address(listener.getsockname()[0]).is_loopback


def _first_build(site: Site, *, keeps_copy: bool) -> None:
    """Build before the first worker starts. Raises `StoreDamagedError`, and `ConfigError` without a publication."""
    builder = Builder(site)
    report = builder.build()
    if builder.damaged is not None:
        raise builder.damaged
    if report is not None and keeps_copy:
        builder.keep_copy()
    if report is None and not (site.root / "feeds" / "publication.yaml").exists():
        raise ConfigError(site.config().problems)


def _default_workers() -> int:
    return min(4, max(2, os.cpu_count() or 1))


# --- addresses


def _addresses(folder: Path, listener: socket.socket) -> Addresses:
    """Return what a person may open: addresses on this machine, by the paths of the newest edition."""
    path = Path(listener.getsockname()).absolute() if listener.family == socket.AF_UNIX else None
    base = _own_address(listener)
    try:
        snapshot = open_snapshot(folder)
    except StoreError:
        return Addresses(start_page=base, feeds=(), socket=path)
    with closing(snapshot):
        settings = read_policy(snapshot.meta("publication"))
        base = base or settings.feeds_url
        feeds = tuple(base + row.filename for row in FORMATS.values() if snapshot.head(f"/{row.filename}"))
    return Addresses(start_page=base and base + settings.pages.lstrip("/"), feeds=feeds, socket=path)


def _own_address(listener: socket.socket) -> str:
    """Return the address of a server, as seen from this machine; empty for one behind a Unix socket."""
    place = listener.getsockname()
    return "" if listener.family == socket.AF_UNIX else f"http://{_name(place[0])}:{place[1]}/"


def _name(host: str) -> str:
    return "localhost" if ip_address(host).is_unspecified else f"[{host}]" if ":" in host else host


@contextmanager
def _greeting(folder: Path, listener: socket.socket, onstart: Callable[[Addresses], None] | None) -> Iterator[None]:
    """Call `onstart` once the server answers, while the block runs it."""
    ended = Event()
    addresses = _addresses(folder, listener)
    family, place = listener.family, listener.getsockname()

    def greet() -> None:
        while not _answers(family, place):
            if ended.wait(_LOOK):
                return
        if onstart is not None:
            onstart(addresses)

    waiting = Thread(target=greet, name="sosik-onstart", daemon=True)
    waiting.start()
    try:
        yield
    finally:
        ended.set()
        waiting.join()


def _answers(family: int, place: str | tuple[str | int, ...]) -> bool:
    connection = HTTPConnection("localhost")
    with socket.socket(family) as client:
        client.settimeout(1)
        connection.sock = client
        try:
            client.connect(place)
            connection.request("HEAD", "/healthz")
            connection.getresponse().close()
        except (OSError, HTTPException):
            return False
    return True


# --- processes


@contextmanager
def _building(root: Path, address: str, *, drafts: bool) -> Iterator[Callable[[], None]]:
    """Keep a process building while the block runs; it is started again should it die, or when what is lent says so."""
    command = [sys.executable, "-P", "-m", "sosik.serve.builder", str(root), f"--address={address}"]
    command += ["--drafts"] if drafts else []
    ended, again = Event(), Event()
    keeper = Thread(target=_keep_running, args=(command, ended, again), name="sosik-builder")
    keeper.start()
    try:
        yield again.set
    finally:
        ended.set()
        keeper.join()


def _keep_running(command: list[str], ended: Event, again: Event) -> None:
    # What this thread blocks, the builder does, too: Ctrl-C at the terminal is for the first process, which ends it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    while not ended.is_set():
        again.clear()
        try:
            # A signal to the whole process group ends it, too, with status 0: no reason to complain.
            if _run(command, lambda: again.is_set() or ended.wait(_LOOK)):
                log.error("%s", Message("serve.builder-died"))
        except OSError as error:
            log.error("%s", Message("serve.builder-not-started", reason=str(error)))
        if not again.is_set():
            ended.wait(_PAUSE)


def _run(command: list[str], is_to_end: Callable[[], bool]) -> int:
    """Run a process until it is to end; return its exit status, 0 where it was ended. Raises `OSError`."""
    # Its standard input ends with this process, however that dies, and the builder with its standard input.
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603  # our own module, no shell
        while process.poll() is None:
            if is_to_end():
                _end(process)
                return 0
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
