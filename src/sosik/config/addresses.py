"""Addresses and paths as configuration writes them, brought into the one form that everything else builds on."""

import re
import unicodedata
from urllib.parse import quote, unquote, urljoin, urlsplit

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\]")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT = "/:@!$&'()*+,;=-._~%?"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f?#%\\]")
_MOST_BYTES = 255


def web_address(text: str) -> str | None:
    """Return an absolute http or https address as ASCII, its host in lower case and punycode; None where it is none."""
    try:
        parts = urlsplit(unicodedata.normalize("NFC", text))
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or host is None or "@" in parts.netloc or re.search(r"\s", text):
        return None
    shown = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    rest = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return f"{parts.scheme}://{host}{shown}{rest}"


def base_address(text: str) -> str | None:
    """Return an address below which others lie: it ends with a slash, and has no query."""
    address = web_address(text)
    if address is None or "?" in text or "#" in text:
        return None
    return address if address.endswith("/") else f"{address}/"


def joined_address(text: str, base: str) -> str | None:
    """Return an address, relative to a base, as `web_address` does."""
    try:
        return web_address(urljoin(base, text))
    except ValueError:
        return None


def host_of(address: str) -> str:
    """Return the host of an address that `web_address` returned."""
    return re.sub(r":[0-9]+$", "", urlsplit(address).netloc)


def is_loopback(address: str) -> bool:
    """Whether an address leads to this very machine."""
    return host_of(address) in _LOOPBACK


def clean_path(text: str) -> str | None:
    """Return a path as decoded NFC text without a slash at either end; None where it leaves its folder or cannot be.

    What may not stand in it are empty parts, dots alone, control characters, and ? # % \\.
    """
    path = unicodedata.normalize("NFC", unquote(text)).strip("/")
    parts = path.split("/")
    if _FORBIDDEN.search(path) or any(not part.strip(". ") or len(part.encode()) > _MOST_BYTES for part in parts):
        return None
    return path


def _host(host: str) -> str | None:
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    return host if _HOST.fullmatch(host) else None
