"""`sosik serve`: the first build, a process that builds, Granian's workers, and an end that leaves nothing running."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

from sosik.errors import ConfigError, SosikError, StoreError
from sosik.render.formats import FORMATS
from sosik.serve.announcer import announcing
from sosik.serve.builder import Builder
from sosik.serve.logs import log_to_stderr
from sosik.serve.responses import read_policy
from sosik.serve.workers import run_workers
from sosik.site import Site
from sosik.store import Snapshot

log = logging.getLogger("sosik.serve")

_GRACE = 5
"""Seconds that processes may take to end before they are ended."""
_PAUSE = 1.0
"""Seconds before what died soon after its start is started again."""
_LOOK = 0.1
"""Seconds between two looks at another process."""


class ServeError(SosikError):
    """The server cannot start; the text says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Where the server is reached: the start page and the publication's main feeds, absolute."""

    start_page: str
    feeds: tuple[str, ...]


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int | None = None,
    watch: bool = True,
    drafts: bool = False,
    onstart: Callable[[Addresses], None] | None = None,
) -> int:
    """Build, serve and watch until SIGINT or SIGTERM; return the exit status, 0 when it was asked to end.

    `port` 0 takes a free one. Without `workers` there are as many as processors, but two to four: while one is
    replaced another answers. `onstart` is called once requests are answered. To be called in the main thread of a
    program whose main module can be imported (see `multiprocessing`).

    Raises `ServeError` when the address is taken or `drafts` would leave this machine, and `ConfigError` when there is
    no publication in `root`; a first build that fails otherwise leaves the last edition up.
    """
    address = _address(host, port)
    if drafts and not ip_address(address[0]).is_loopback:
        raise ServeError(f"--drafts shows unpublished articles, so only on this machine: --host {host} is not it.")
    log_to_stderr()
    site = Site(root, drafts=drafts)
    _first_build(site)
    # Again: a build takes its time.
    _check_free(*address)
    folder = site.folder
    with (
        _building(root, drafts=drafts) if watch else nullcontext(),
        nullcontext() if drafts else announcing(site),
        _greeting(folder, address, onstart),
    ):
        return run_workers(folder, address, workers or _default_workers())


def _first_build(site: Site) -> None:
    builder = Builder(site)
    if builder.build() is None and not (site.root / "feeds" / "publication.yaml").exists():
        raise ConfigError(site.config().problems)


def _default_workers() -> int:
    return min(4, max(2, os.cpu_count() or 1))


# --- addresses


def _address(host: str, port: int) -> tuple[str, int]:
    """Return the numeric address of a host name and a port that is free there."""
    try:
        *_, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise ServeError(f"--host {host}: there is no such address on this machine.") from error
    return str(found[0]), _check_free(str(found[0]), port)


def _check_free(address: str, port: int) -> int:
    """Return the port if it is free, or a free one for 0.

    Granian's workers share their port with whoever asks the kernel for it; two servers would answer in turns.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise ServeError(
                f"{address}:{port} cannot be used: {error.strerror}. Is another server running? Choose another --port."
            ) from error
        return int(probe.getsockname()[1])


def _addresses(folder: Path, address: tuple[str, int]) -> Addresses:
    """Return what a person may open: addresses on this machine, by the paths of the newest edition."""
    host, port = address
    name = "localhost" if ip_address(host).is_unspecified else f"[{host}]" if ":" in host else host
    base = f"http://{name}:{port}"
    try:
        snapshot = Snapshot(folder)
    except StoreError:
        return Addresses(start_page=f"{base}/", feeds=())
    feeds = tuple(base + path for row in FORMATS.values() if snapshot.head(path := f"/{row.filename}"))
    settings = read_policy(snapshot.meta("publication"))
    snapshot.close()
    return Addresses(start_page=base + settings.pages, feeds=feeds)


@contextmanager
def _greeting(folder: Path, address: tuple[str, int], onstart: Callable[[Addresses], None] | None) -> Iterator[None]:
    """Call `onstart` once the server answers, while the block runs it."""
    ended = Event()

    def greet() -> None:
        while not _answers(address):
            if ended.wait(_LOOK):
                return
        if onstart is not None:
            onstart(_addresses(folder, address))

    waiting = Thread(target=greet, name="sosik-onstart", daemon=True)
    waiting.start()
    try:
        yield
    finally:
        ended.set()
        waiting.join()


def _answers(address: tuple[str, int]) -> bool:
    connection = HTTPConnection(*address, timeout=1)
    try:
        connection.request("HEAD", "/healthz")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


# --- processes


@contextmanager
def _building(root: Path, *, drafts: bool) -> Iterator[None]:
    """Keep a process building while the block runs; it is started again should it die."""
    command = [sys.executable, "-P", "-m", "sosik.serve.builder", str(root), *(["--drafts"] if drafts else [])]
    ended = Event()
    keeper = Thread(target=_keep_running, args=(command, ended), name="sosik-builder")
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep_running(command: list[str], ended: Event) -> None:
    while not ended.is_set():
        # Its standard input ends with this process, however that dies, and the builder with its standard input.
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603  # our own module, no shell
            while process.poll() is None and not ended.wait(_LOOK):
                pass
            if ended.is_set():
                _end(process)
                return
        log.error("The building process died; it is started again.")
        ended.wait(_PAUSE)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
