"""Whoever is told of changes, or serves what is announced, for tests: small servers on loopback."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HOST = "127.0.0.1"


@dataclass
class Listener:
    """Keeps the bodies that were posted to it. `status` and `headers` are what it answers."""

    address: str = ""
    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    """Run a server while the block does, and give its address."""
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def listening() -> Iterator[Listener]:
    """Run a hub or an endpoint that only keeps what it is told."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            listener.bodies.append(self.rfile.read(length).decode("ascii"))
            listener.types.append(self.headers["Content-Type"])
            self.send_response(listener.status)
            for name, value in listener.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with running(ThreadingHTTPServer((HOST, 0), Handler)) as address:
        listener.address = address
        yield listener


class Quiet(SimpleHTTPRequestHandler):
    """Serves the files of a folder."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def deployed(folder: Path) -> Iterator[str]:
    """Serve a folder as a plain web server does, and give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=folder))) as address:
        yield address


@contextmanager
def misbehaving(*pieces: bytes, endless: bool = False, pause: float = 0.0) -> Iterator[str]:
    """Answer every connection with the pieces, the last one again and again if `endless`; then say nothing more."""
    listener = socket.create_server((HOST, 0))
    listener.settimeout(0.02)
    open_ones: list[socket.socket] = []
    ended: list[bool] = []

    def answer(link: socket.socket) -> None:
        try:
            for piece in pieces:
                link.sendall(piece)
            while endless and not ended:
                link.sendall(pieces[-1])
                time.sleep(pause)
        except OSError:
            pass

    def accept() -> None:
        while not ended:
            try:
                link, _ = listener.accept()
            except TimeoutError:
                continue
            open_ones.append(link)
            threads.append(Thread(target=answer, args=(link,)))
            threads[-1].start()

    threads = [Thread(target=accept)]
    threads[0].start()
    try:
        yield f"http://{HOST}:{listener.getsockname()[1]}/"
    finally:
        ended.append(True)
        for link in open_ones:
            link.close()
        for thread in threads:
            thread.join()
        listener.close()
