"""The common start of all servers: addresses, first build, and notification when it serves."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

from msgspec import Struct

from sosik.errors import ConfigError, StoreError
from sosik.publish.policy import read_policy
from sosik.render.formats import FORMATS
from sosik.serve.builder import Builder
from sosik.serve.listening import ServeError
from sosik.site import Site
from sosik.store import open_snapshot, place_of
from sosik.words import Message

_LOOK = 0.1
"""Seconds between two looks whether the server answers."""


class Addresses(Struct, frozen=True, kw_only=True):
    """Where the server is reached: the start page and the publication's main feeds, absolute.

    With a Unix socket they are the addresses at which the proxy shows them, and "" where no edition says them.
    """

    start_page: str
    feeds: tuple[str, ...]
    socket: Path | None = None


def refuse_strangers(listener: socket.socket, place: str) -> None:
    """Raise `ServeError` where others than this machine reach a listener: behind a Unix socket stands a proxy."""
    if is_unix(listener):
        raise ServeError(Message("serve.drafts-socket", path=place))
    if not ip_address(listener.getsockname()[0]).is_loopback:
        raise ServeError(Message("serve.drafts-host", host=place))


def is_unix(listener: socket.socket) -> bool:
    """Tell whether a listener is a file."""
    return hasattr(socket, "AF_UNIX") and listener.family == socket.AF_UNIX


def first_build(site: Site, *, is_only: bool) -> None:
    """Build before the first worker starts; `is_only` where no other build follows, which tells of what stands.

    Raises `StoreDamagedError`, and `ConfigError` without a publication.
    """
    builder = Builder(site, tells_standing=is_only)
    report = builder.build()
    if builder.damaged is not None:
        raise builder.damaged
    if report is not None and is_only:
        builder.keep_copy()
    if report is None:
        refuse_without_publication(site)


def refuse_without_publication(site: Site) -> None:
    """Raise `ConfigError` where there is no publication."""
    if not (site.root / "feeds" / "publication.yaml").exists():
        raise ConfigError(site.config().problems)


def _addresses(folder: Path, listener: socket.socket) -> Addresses:
    """Return what a person may open: addresses on this machine, by the paths of the newest edition."""
    path = Path(listener.getsockname()).absolute() if is_unix(listener) else None
    base = own_address(listener)
    try:
        snapshot = open_snapshot(place_of(folder))
    except StoreError:
        return Addresses(start_page=base, feeds=(), socket=path)
    with closing(snapshot):
        settings = read_policy(snapshot.meta("publication"))
        base = base or settings.feeds_url
        feeds = tuple(base + row.filename for row in FORMATS.values() if snapshot.head(f"/{row.filename}"))
    return Addresses(start_page=base and base + settings.pages.lstrip("/"), feeds=feeds, socket=path)


def own_address(listener: socket.socket) -> str:
    """Return the address of a server, as seen from this machine; empty for one behind a Unix socket."""
    place = listener.getsockname()
    return "" if is_unix(listener) else f"http://{_name(place[0])}:{place[1]}/"


def _name(host: str) -> str:
    return "localhost" if ip_address(host).is_unspecified else f"[{host}]" if ":" in host else host


@contextmanager
def greeting(folder: Path, listener: socket.socket, onstart: Callable[[Addresses], None] | None) -> Iterator[None]:
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
