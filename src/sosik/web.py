"""The only HTTP client: one request and its response, with limits of time, bytes and redirects.

Redirects are followed as often as the caller allows, and never from https to another scheme. Responses of any status
are returned; the caller decides.
"""

import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, unquote

from msgspec import Struct
from msgspec.structs import replace

from sosik.addresses import joined, numeric_address, split_address
from sosik.errors import SosikError
from sosik.networks import is_public
from sosik.reasons import reason_of
from sosik.version import __version__
from sosik.words import Message

TIMEOUT = 10.0
"""Seconds that one exchange may take, from connecting to the last byte, however slowly the other side answers."""

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NoAnswerError(SosikError):
    """There was no answer; `message` says why, without the address."""

    message: Message

    def __init__(self, message: Message) -> None:
        super().__init__(message)


class Reply(Struct, frozen=True, kw_only=True):
    """An answer: its status and what the server calls it, some of its header fields (empty where absent), as much of
    its body as was asked for.
    """

    status: int
    reason: str = ""
    location: str = ""
    retry_after: str = ""
    last_modified: str = ""
    etag: str = ""
    content_encoding: str = ""
    body: bytes = b""


class _Limits(Struct, frozen=True, kw_only=True):
    most: int
    only_public: bool
    timeout: float
    by_proxy: bool
    figures_are_meant: bool = True


def ask(
    method: str,
    address: str,
    *,
    body: bytes | None = None,
    content_type: str = "",
    most: int = 0,
    only_public: bool = False,
    timeout: float = TIMEOUT,
    redirects: int = 0,
    by_proxy: bool = False,
    fresh: bool = False,
) -> Reply:
    """Send one request to an absolute http or https address and return the answer, with the first `most` bytes of it.

    With `only_public`, a host name must not lead to an address of a private network; an address that is written in
    figures, or as localhost, is meant as it stands, unless a redirect wrote it. At most so many `redirects` are
    followed, by the same request; `timeout` is in seconds, for each of them. With `by_proxy` the proxy that the
    environment names (http_proxy, ...) is asked instead. With `fresh` no cache on the way shall answer without asking
    the server. Raises `NoAnswerError`.
    """
    limits = _Limits(most=most, only_public=only_public, timeout=timeout, by_proxy=by_proxy)
    fields = {"Content-Type": content_type} if content_type else {}
    fields |= {"Cache-Control": "no-cache"} if fresh else {}
    reply = _exchange(method, address, body, fields, limits)
    for _ in range(redirects):
        if reply.status not in _REDIRECTS or not reply.location:
            break
        address = _next(address, reply.location)
        reply = _exchange(method, address, body, fields, replace(limits, figures_are_meant=False))
    return reply


def _next(address: str, location: str) -> str:
    """Return where a redirect leads: to https, or from http to http."""
    target = joined(address, location)
    scheme = split_address(target).scheme
    if scheme != "https" and (scheme != "http" or split_address(address).scheme != "http"):
        raise NoAnswerError(Message("web.leads-away", address=target or location))
    return target


def _exchange(method: str, address: str, body: bytes | None, fields: dict[str, str], limits: _Limits) -> Reply:
    try:
        parts = split_address(address)
        headers = {"User-Agent": f"sosik/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity", **fields}
        connection, target, more = _opened(parts, limits)
        with closing(connection), _cut(connection.sock, limits.timeout):
            connection.request(method, target, body, {**headers, **more, "Connection": "close"})
            with connection.getresponse() as response:
                return Reply(
                    status=response.status,
                    reason=response.reason,
                    location=response.headers.get("Location", ""),
                    retry_after=response.headers.get("Retry-After", ""),
                    last_modified=response.headers.get("Last-Modified", ""),
                    etag=response.headers.get("ETag", ""),
                    content_encoding=response.headers.get("Content-Encoding", "").strip().lower(),
                    body=response.read(limits.most) if limits.most else b"",
                )
    except TimeoutError as error:
        raise NoAnswerError(Message("web.too-slow", seconds=f"{limits.timeout:.0f}")) from error
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(_reason(error)) from error


def _reason(error: Exception) -> Message:
    if isinstance(error, socket.gaierror):
        return Message("web.no-host")
    if isinstance(error, ssl.SSLCertVerificationError):
        return Message("web.certificate", reason=error.verify_message)
    if isinstance(error, OSError) and error.strerror:
        return Message("web.system", reason=reason_of(error))
    return Message("web.broken-off") if isinstance(error, OSError) else Message("web.no-http")


def _opened(parts: SplitResult, limits: _Limits) -> tuple[HTTPConnection, str, dict[str, str]]:
    """Return a connection that is open already, what to ask it for, and the header fields that a proxy wants."""
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NoAnswerError(Message("web.no-host"))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
    proxy = _proxy(parts) if limits.by_proxy else None
    if proxy is None:
        return _connection(parts.scheme, host, port, limits), target, {}
    fields = _authorization(proxy)
    near, door = proxy.hostname or "", proxy.port or _PORTS["http"]
    if parts.scheme == "http":
        return _connection("http", near, door, limits), f"http://{parts.netloc}{target}", fields
    connection = HTTPSConnection(near, door, timeout=limits.timeout, context=ssl.create_default_context())
    connection.set_tunnel(host, port, fields)
    connection.connect()
    return connection, target, {}


def _proxy(parts: SplitResult) -> SplitResult | None:
    """Return the proxy that the environment names for an address."""
    from urllib.request import getproxies, proxy_bypass

    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(parts.hostname or ""):
        return None
    return split_address(named if "://" in named else f"http://{named}")


def _authorization(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    name = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(name.encode()).decode()}"}


def _connection(scheme: str, host: str, port: int, limits: _Limits) -> HTTPConnection:
    """Return a connection that is open already, to an address that was looked at."""
    link = _connect(host, port, limits)
    if scheme == "http":
        plain = HTTPConnection(host, port, timeout=limits.timeout)
        plain.sock = link
        return plain
    context = ssl.create_default_context()
    secure = HTTPSConnection(host, port, timeout=limits.timeout, context=context)
    try:
        secure.sock = context.wrap_socket(link, server_hostname=host)
    except BaseException:
        link.close()
        raise
    return secure


def _connect(host: str, port: int, limits: _Limits) -> socket.socket:
    """Connect to the first address of a host that answers: to that very address, so that no second look-up differs."""
    failure: OSError = OSError("no address")
    only_public = limits.only_public and not (limits.figures_are_meant and _is_written(host))
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if only_public and not is_public(str(address[0])):
            raise NoAnswerError(Message("web.private", address=str(address[0])))
        link = socket.socket(family, kind, protocol)
        link.settimeout(limits.timeout)
        try:
            link.connect(address)
        except OSError as error:
            link.close()
            failure = error
        else:
            return link
    raise failure


def _is_written(host: str) -> bool:
    """Whether a host stands for itself, without a look-up that somebody else answers."""
    return host == "localhost" or numeric_address(host) is not None


@contextmanager
def _cut(link: socket.socket, timeout: float) -> Iterator[None]:
    """Cut a connection that is still open after `timeout` seconds; a timeout of its own starts anew with every byte."""
    late = []

    def cut() -> None:
        late.append(True)
        # Past the TLS layer, which another thread may be reading from.
        socket.socket.shutdown(link, socket.SHUT_RDWR)

    timer = Timer(timeout, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, ValueError):
        if not late:
            raise
    finally:
        timer.cancel()
    if late:
        # What was cut looks like an answer that ended early.
        raise TimeoutError
