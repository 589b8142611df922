"""One HTTP request and its answer, with a limit on everything: time, bytes, and where it may lead.

Redirects are never followed: a hub that has moved is told to the person who configured it, and nobody can lead us to
an address inside the newsroom's own network.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from threading import Timer
from urllib.parse import urlsplit

from sosik.errors import SosikError
from sosik.version import __version__

TIMEOUT = 10.0
"""Seconds that one exchange may take, from connecting to the last byte, however slowly the other side answers."""

_PORTS = {"http": 80, "https": 443}


class NoAnswerError(SosikError):
    """There was no answer; the text says why, without the address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """An answer: its status, two of its header fields (empty where absent), as much of its body as was asked for."""

    status: int
    location: str = ""
    retry_after: str = ""
    body: bytes = b""


def ask(
    method: str,
    address: str,
    *,
    body: bytes | None = None,
    content_type: str = "",
    most: int = 0,
    only_public: bool = False,
    timeout: float = TIMEOUT,
) -> Reply:
    """Send one request to an absolute http or https address and return the answer, with the first `most` bytes of it.

    With `only_public`, a host name must not lead to an address of a private network; an address that is written in
    figures, or as localhost, is meant as it stands. Raises `NoAnswerError`.
    """
    parts = urlsplit(address)
    headers = {"User-Agent": f"sosik/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
    if content_type:
        headers["Content-Type"] = content_type
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connection(parts.scheme, parts.hostname or "", parts.port, only_public, timeout)
        with closing(connection), _cut(connection.sock, timeout):
            connection.request(method, target, body, {**headers, "Connection": "close"})
            with connection.getresponse() as response:
                return Reply(
                    status=response.status,
                    location=response.headers.get("Location", ""),
                    retry_after=response.headers.get("Retry-After", ""),
                    body=response.read(most) if most else b"",
                )
    except TimeoutError as error:
        raise NoAnswerError(f"no answer within {timeout:.0f} seconds") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no host of that name"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted ({error.verify_message})"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the connection broke off" if isinstance(error, OSError) else "the answer is no HTTP"


def _connection(scheme: str, host: str, port: int | None, only_public: bool, timeout: float) -> HTTPConnection:
    """Return a connection that is open already, to an address that was looked at."""
    number = port or _PORTS[scheme]
    link = _connect(host, number, only_public=only_public, timeout=timeout)
    if scheme == "http":
        plain = HTTPConnection(host, number, timeout=timeout)
        plain.sock = link
        return plain
    context = ssl.create_default_context()
    secure = HTTPSConnection(host, number, timeout=timeout, context=context)
    try:
        secure.sock = context.wrap_socket(link, server_hostname=host)
    except BaseException:
        link.close()
        raise
    return secure


def _connect(host: str, port: int, *, only_public: bool, timeout: float) -> socket.socket:
    """Connect to the first address of a host that answers: to that very address, so that no second look-up differs."""
    failure: OSError = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if only_public and not _is_written(host) and not is_public(str(address[0])):
            raise NoAnswerError(f"the name leads to {address[0]}, which is no public address")
        link = socket.socket(family, kind, protocol)
        link.settimeout(timeout)
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
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public Internet."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


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
