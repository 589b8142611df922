"""Servers that keep an access log: the application called directly, and Granian's workers."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from serve.clients import Client, wsgi_client
from serve.servers import Server, eventually, free_port, serving
from serve.stores import put_edition
from sosik.serve import create_app

RUN_LOGGED = """
import sys
from functools import partial
from pathlib import Path
from sosik.serve import create_app
from sosik.serve.listening import listening_at
from sosik.serve.workers import run_application
if __name__ == "__main__":
    load = partial(create_app, sys.argv[1], access_log=Path(sys.argv[3]))
    with listening_at("127.0.0.1", int(sys.argv[2])) as listener:
        sys.exit(run_application(load, listener, 2))
"""

COMBINED = re.compile(
    r"(?P<address>[0-9a-z.:]+) - - \[(?P<stamp>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000)\] "
    r'"(?P<request>[^"\\ ]+ (?:[^"\\ ]|\\x[0-9A-F]{2})+ [^"\\ ]+)" (?P<status>\d{3}) (?P<size>\d+) '
    r'"(?P<referer>(?:[^"\\]|\\x[0-9A-F]{2})+)" "(?P<agent>(?:[^"\\]|\\x[0-9A-F]{2})+)"'
)


@dataclass
class Logged:
    """A server and the log that it writes."""

    ask: Client
    log: Path

    def lines(self, number: int) -> list[str]:
        """Return the lines of the log once there are so many; more there must not be."""
        eventually(lambda: self.log.exists() and self.log.read_bytes().count(b"\n") >= number)
        lines = self.log.read_text("ascii").splitlines()
        assert len(lines) == number, lines
        return lines

    def fields(self, number: int) -> list[dict[str, str]]:
        """Return what so many lines say."""
        return [parsed(line) for line in self.lines(number)]


def parsed(line: str) -> dict[str, str]:
    found = COMBINED.fullmatch(line)
    assert found, line
    return found.groupdict()


@contextmanager
def logged_application(
    folder: Path, log: Path, *, peer: str = "192.0.2.1", proxies: Collection[str] = ()
) -> Iterator[Logged]:
    """Call the application of an edition as a server would for somebody at `peer`; end it with the block."""
    put_edition(folder)
    app = create_app(folder, access_log=log, proxies=[ip_network(text) for text in proxies])
    try:
        yield Logged(wsgi_client(coming_from(peer, app.wsgi_app)), log)
    finally:
        app.extensions["sosik"].close()


def coming_from(peer: str, application: WSGIApplication) -> WSGIApplication:
    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> object:
        # A header of this name lets one test speak for many peers.
        return application(environ | {"REMOTE_ADDR": environ.pop("HTTP_PEER", peer)}, start_response)

    return asked  # type: ignore[return-value]  # what it returns is the application's


@contextmanager
def logged_server(folder: Path, log: Path | str) -> Iterator[Server]:
    """Run two workers of an edition that write one log."""
    put_edition(folder)
    port = free_port()
    with serving(RUN_LOGGED, folder, str(port), log, port=port, said=folder.parent / "said") as server:
        eventually(lambda: len(server.workers()) == 2)
        yield server
