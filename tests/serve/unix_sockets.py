"""Asking a server behind a Unix socket, as a proxy on the same machine does."""

import socket
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path

from serve.clients import Client, Reply


class UnixConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def unix_client(path: Path) -> Client:
    """Ask a server over a connection of its own each time."""

    def ask(target: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> Reply:
        connection = UnixConnection(path)
        try:
            connection.request(method, target, headers=dict(headers or {}))
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)

    return ask
