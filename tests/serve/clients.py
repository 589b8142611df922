"""Two ways to ask a server for something: the WSGI application called directly, and a socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
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
        return Reply(int(status[:3]), {name.lower(): value for name, value in fields}, body)

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
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)

    return ask
