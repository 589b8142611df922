"""A way to a server that can be cut, and can fall silent: what a network does to those who serve from a database."""

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from serve.servers import HOST


class Link:
    """Forwards connections from a port of this machine to the Unix socket of a server, unless it is told otherwise.

    `cut` ends all connections and refuses new ones; while `silent` is set, nothing is forwarded, and nobody is told so.
    """

    def __init__(self, server: Path) -> None:
        self.silent = Event()
        self._server = server
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Let through whoever comes from now on, at the same port."""
        self.silent.clear()
        self._listener = socket.create_server((HOST, self.port))
        self.port = self._listener.getsockname()[1]
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End what is connected, and let nobody in."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                self._pairs.append((client, server))
                Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        others = {client: server, server: client}
        with closing(client), closing(server), selectors.DefaultSelector() as selector, suppress(OSError, ValueError):
            for end in others:
                selector.register(end, selectors.EVENT_READ)
            while True:
                ready = selector.select(0.5)
                if self.silent.is_set():
                    time.sleep(0.05)
                    continue
                for key, _ in ready:
                    one = key.fileobj
                    assert isinstance(one, socket.socket)
                    said = one.recv(65_536)
                    if not said:
                        return
                    others[one].sendall(said)


@contextmanager
def linked(server: Path) -> Iterator[Link]:
    """Lend a link, which is cut at the end."""
    link = Link(server)
    try:
        yield link
    finally:
        link.silent.clear()
        link.cut()
