"""Ways to ask a server for something: the WSGI application called directly, a connection, and bytes on a socket."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from typing import Protocol
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment
from wsgiref.validate import validator

MISSING_ON_PURPOSE = ("content-length", "date", "server", "connection", "transfer-encoding")


@dataclass(frozen=True)
class Reply:
    """An answer as it arrived; `headers` are by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def conduct(self) -> dict[str, str]:
        """The headers that the application decides."""
        return {name: value for name, value in self.headers.items() if name not in MISSING_ON_PURPOSE}


def once(fields: list[tuple[str, str]]) -> dict[str, str]:
    """Return header fields by lower-case name; none of ours ever stands twice."""
    found = {name.lower(): value for name, value in fields}
    assert len(found) == len(fields), f"a field stands twice: {fields}"
    return found


class Client(Protocol):
    """Asks for a request target, percent-encoded or not; sends no header but those given (and Host)."""

    def __call__(self, target: str, headers: Mapping[str, str] = ..., *, method: str = ...) -> Reply: ...


def wsgi_client(application: WSGIApplication) -> Client:
    """Ask a WSGI application directly, under the eyes of wsgiref's validator."""
    checked = validator(application)

    def ask(target: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> Reply:
        path, _, query = target.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
        got: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, fields: list[tuple[str, str]], error: object = None) -> object:
            got.append((status, fields))
            return lambda _: None

        parts = checked(environ, start_response)  # type: ignore[arg-type]  # the third argument is never used
        body = b"".join(parts)
        parts.close()  # type: ignore[attr-defined]  # the validator's iterator has one
        status, fields = got[0]
        return Reply(int(status[:3]), once(fields), body)

    return ask


def socket_client(host: str, port: int) -> Client:
    """Ask a server over a connection of its own each time."""

    def ask(target: str, headers: Mapping[str, str] | None = None, *, method: str = "GET") -> Reply:
        connection = HTTPConnection(host, port, timeout=20)
        fields = {"Host": f"{host}:{port}", **(headers or {})}
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in fields.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return Reply(answer.status, once(answer.getheaders()), body)

    return ask


def talk(host: str, port: int, said: bytes, *methods: str) -> list[Reply]:
    """Say exactly these bytes, the last request asking to close; return an answer for each method, and no byte more."""
    with socket.create_connection((host, port), timeout=20) as connection:
        connection.sendall(said)
        heard = _Heard(b"".join(iter(lambda: connection.recv(65_536), b"")))
    replies = []
    for method in methods:
        answer = HTTPResponse(heard, method=method)  # type: ignore[arg-type]  # it reads as a socket's file does
        answer.begin()
        replies.append(Reply(answer.status, once(answer.getheaders()), answer.read()))
    assert heard.read() == b""
    return replies


class _Heard(BytesIO):
    """Bytes that several answers are read from in turn."""

    def makefile(self, _mode: str) -> "_Heard":
        return self

    def close(self) -> None:
        """Stay open: an answer that is read closes its file."""
