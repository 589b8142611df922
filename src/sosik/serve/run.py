"""`sosik serve`: the first build, a process that builds, Granian's workers, and an end that leaves nothing running."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from sosik.reasons import reason_of
from sosik.serve.access_lines import Network
from sosik.serve.announcer import announcing
from sosik.serve.bell import Bell
from sosik.serve.counts import clear_counts
from sosik.serve.listening import ServeError, listening_at, listening_on
from sosik.serve.logs import log_to_stderr
from sosik.serve.newest import Newest
from sosik.serve.start import (
    Addresses,
    first_build,
    greeting,
    own_address,
    refuse_strangers,
    refuse_without_publication,
)
from sosik.serve.workers import has_terminal, run_workers
from sosik.site import Site
from sosik.words import Message

log = logging.getLogger("sosik.serve")

_GRACE = 5
"""Seconds that processes may take to end before they are ended."""
_PAUSE = 1.0
"""Seconds before what died soon after its start is started again."""
_LOOK = 0.1
"""Seconds between two looks at another process."""


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    unix_socket: Path | None = None,
    workers: int | None = None,
    build: bool = True,
    watch: bool = True,
    drafts: bool = False,
    access_log: Path | None = None,
    proxies: Collection[Network] = (),
    bucket: str = "",
    onstart: Callable[[Addresses], None] | None = None,
) -> int:
    """Build, serve and watch until SIGINT or SIGTERM; return the exit status, 0 when it was asked to end.

    Without `build` only the store is read, for another process builds; `root` may be empty where it is a database.
    `port` 0 takes a free one; with `unix_socket` neither host nor port counts. Without `workers` there are as many as
    processors, but two to four: while one is replaced another answers. `onstart` is called once requests are answered.
    SIGHUP replaces the workers and the process that builds. `access_log` is a file, or `-` for standard output;
    X-Forwarded-For of `proxies` is believed there. `bucket` is the address of one that gets every edition, by who
    builds. To be called in the main thread of a program whose main module can be imported (see `multiprocessing`).

    Raises `ServeError` when the address is taken, `drafts` would leave this machine or the log has no folder,
    `ConfigError` when there is no publication in `root`, and `StoreDamagedError` when its store is; a first build that
    fails otherwise leaves the last edition up.
    """
    if access_log is not None and not access_log.parent.is_dir():
        raise ServeError(Message("serve.no-log-folder", log=str(access_log), folder=str(access_log.parent)))
    log_to_stderr()
    asked = _end_when_asked()
    # Where only a database is read, there are others that answer until this server can.
    is_alone = build or isinstance(Site(root).place, Path)
    with listening_on(unix_socket) if unix_socket else listening_at(host, port, at_once=is_alone) as listener:
        if drafts:
            refuse_strangers(listener, str(unix_socket or host))
        address = own_address(listener)
        site = Site(root, drafts=drafts, address=address)
        # Where several machines build for one database, only the one that leads does, if only once.
        leads = build and not drafts and not isinstance(site.place, Path)
        if leads:
            refuse_without_publication(site)
        elif build:
            # By a site of its own, which goes with what it keeps in memory for the next build.
            first_build(Site(root, drafts=drafts, address=address), is_only=not watch)
        bell = Bell.hung()
        builds = leads or (build and watch)
        beside = _building(root, address, bucket, bell, drafts=drafts, watch=watch) if builds else None
        with (
            beside or nullcontext(lambda: None) as build_anew,
            announcing(site) if build and not drafts and not leads else nullcontext(),
            _folder(site, is_needed=build) as folder,
            greeting(folder, listener, onstart),
        ):
            clear_counts(folder)
            if asked:
                return 0
            return run_workers(
                folder,
                listener,
                workers or _default_workers(),
                access_log=access_log,
                proxies=proxies,
                newest=Newest(bell=bell),
                onreload=build_anew,
            )


def _end_when_asked() -> Sequence[int]:
    """Let signals end this process as an error would, so that nothing is left behind, until workers are started.

    They are noted, too: what is raised while Python clears up, after an import for example, goes no further.
    """
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        sys.exit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    if not has_terminal():
        # A reload, of what is only just being loaded.
        signal.signal(signal.SIGHUP, lambda *_: None)
    return asked


@contextmanager
def _folder(site: Site, *, is_needed: bool) -> Iterator[Path]:
    """Lend the folder for what belongs to this machine: the site's, or one that goes with this server."""
    if is_needed or isinstance(site.place, Path) or site.folder.is_dir():
        yield site.folder
        return
    with TemporaryDirectory(prefix="sosik-") as made:
        folder = Path(made, site.folder.name)
        folder.mkdir()
        yield folder


def _default_workers() -> int:
    return min(4, max(2, os.cpu_count() or 1))


# --- processes


@contextmanager
def _building(
    root: Path, address: str, bucket: str, bell: Bell | None, *, drafts: bool, watch: bool
) -> Iterator[Callable[[], None]]:
    """Keep a process building while the block runs; it is started again should it die, or when what is lent says so.

    It rings the `bell` after each build.
    """
    command = [sys.executable, "-P", "-m", "sosik.serve.builder", str(root), f"--address={address}"]
    command += [*["--drafts"] * drafts, *["--no-watch"] * (not watch), *[f"--to={bucket}"] * bool(bucket)]
    command += [f"--bell={bell.descriptor}"] if bell is not None else []
    ended, again = Event(), Event()
    handed = (bell.descriptor,) if bell is not None else ()
    keeper = Thread(target=_keep_running, args=(command, ended, again, handed), name="sosik-builder")
    keeper.start()
    try:
        yield again.set
    finally:
        ended.set()
        keeper.join()


def _keep_running(command: list[str], ended: Event, again: Event, handed: Sequence[int] = ()) -> None:
    # What this thread blocks, the builder does, too: Ctrl-C at the terminal is for the first process, which ends it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    while not ended.is_set():
        again.clear()
        try:
            # A signal to the whole process group ends it, too, with status 0: no reason to complain.
            if _run(command, lambda: again.is_set() or ended.wait(_LOOK), handed):
                log.error("%s", Message("serve.builder-died"))
        except OSError as error:
            log.error("%s", Message("serve.builder-not-started", reason=reason_of(error)))
        if not again.is_set():
            ended.wait(_PAUSE)


def _run(command: list[str], is_to_end: Callable[[], bool], handed: Sequence[int]) -> int:
    """Run a process until it is to end; return its exit status, 0 where it was ended. Raises `OSError`.

    It is `handed` some descriptors.
    """
    # Its standard input ends with this process, however that dies, and the builder with its standard input.
    with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=handed) as process:  # noqa: S603  # our own module, no shell
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
