"""Addresses and paths brought into the one form that everything else builds on: absolute, percent-encoded ASCII."""

import re
import unicodedata
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from sosik.patterns import pattern

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = pattern(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
_IPV6 = pattern(r"[0-9a-f:.]+")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

TRIAL_ADDRESS = "http://127.0.0.1:8000/"
"""Where a new publication is reached until it has an address of its own: where `sosik serve` serves it."""

# RFC 3986, 2.2 and 2.3: what may stand in a path or a query as it is; a percent sign only before two hex digits.
_KEPT = "/:@!$&()*+,;=-._~%?"
_STRAY_PERCENT = pattern(r"%(?![0-9A-Fa-f]{2})")

# What almost every address already is: then there is nothing to do.
_CANONICAL = pattern(
    r"https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+/[\w.~/?=&;,+:@!$()*-]*", re.ASCII
)

# Of these `urlsplit` has nothing to look at closely: no port, user, query or fragment, and nothing but ASCII.
_PLAIN = pattern(r"(https?)://([a-z0-9.-]+)(/[!-\"$->@-Z\\^-~]*)?")

_PLAIN_HOST = pattern(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")

# Names under which a host counts without https:// before it: those that Korean papers print. A list of all would make
# links of file names (main.py, 예산.zip) and of sentences that end without a space.
_TOPS = frozenset(
    ["kr", "한국", "com", "net", "org", "edu", "gov", "int", "info", "biz", "io", "tv", "jp", "cn", "eu", "uk"]
)
_SHORTENERS = frozenset(
    ["youtu.be", "naver.me", "bit.ly", "han.gl", "me2.do", "vo.la", "forms.gle", "goo.gl", "t.me", "kko.to"]
)
_LABEL = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|[가-힣0-9-]{1,63})"
_BARE_HOST = pattern(rf"(?:{_LABEL}\.){{1,8}}([a-z]{{2,24}}|한국)")
_BARE_ADDRESS = pattern(r"([^\s/?#@:]{4,253})(:\d{1,5})?(?=[/?#]|$)")
_TELEPHONE = pattern(r"0\d{1,2}-\d{3,4}-\d{4}")
_MAIL_ADDRESS = pattern(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})")

_REFERENCE = pattern(r"&(?:amp;)+|&#0*38;|&#x0*26;", re.IGNORECASE)

_FORBIDDEN = pattern(r"[\x00-\x1f\x7f-\x9f?#%\\]")
_MOST_BYTES = 255


@lru_cache(maxsize=4096)
def ascii_url(url: str) -> str | None:
    """Return an absolute http or https address as ASCII, or None where *url* is none.

    Host in lower case and punycode (IDNA), default port left out, path and query in NFC and percent-encoded; what is
    percent-encoded already stays as it is. An address with a user name or a password is none.
    """
    url = url.strip()
    if _CANONICAL.fullmatch(url):
        return url
    parts = split_address(unicodedata.normalize("NFC", url))
    netloc = _netloc(parts)
    if netloc is None:
        return None
    path = percent_encode(parts.path) or "/"
    query, fragment = percent_encode(parts.query), percent_encode(parts.fragment)
    return str(urlunsplit((parts.scheme, netloc, path, query, fragment)))


def is_canonical(url: str) -> bool:
    """Whether an address is absolute, and neither `ascii_url` nor joining it to another would change it."""
    return _CANONICAL.fullmatch(url) is not None and ";" not in url and url[-1] != "?"


def split_address(text: str) -> SplitResult:
    """Return the parts of an address, all of them empty where it has none that can be read. Its port can be read, too.

    What strangers write goes through this and its neighbours alone, for `urlsplit`, `urljoin` and `ip_address` raise on
    an unclosed [, an impossible port or a letter that would be taken for a slash.
    """
    if plain := _PLAIN.fullmatch(text):
        return SplitResult(plain[1], plain[2], plain[3] or "", "", "")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def joined(base: str, text: str) -> str:
    """Return an address that is relative to a base, empty where one of them cannot be read."""
    try:
        return urljoin(base, text)
    except ValueError:
        return ""


def numeric_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address of a machine that is written in figures, None for anything else."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def percent_encode(text: str) -> str:
    """Return a part of an address as ASCII; what is percent-encoded already stays as it is."""
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_KEPT, errors="replace")


def web_address(text: str) -> str | None:
    """Return an address as `ascii_url` does, without a fragment; None, too, where white space is in it."""
    address = None if re.search(r"\s", text) else ascii_url(text)
    return address and urldefrag(address).url


def base_address(text: str) -> str | None:
    """Return an address below which others lie: it ends with a slash, has no query, and no part of it is `..`."""
    address = web_address(text)
    if address is None or "?" in text or "#" in text or _has_dots(split_address(address).path):
        return None
    return address if address.endswith("/") else f"{address}/"


def joined_address(text: str, base: str) -> str | None:
    """Return an address, relative to a base, as `web_address` does."""
    return web_address(joined(base, text))


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host of an address in lower case, empty where it has none."""
    plain = _PLAIN_HOST.match(url)
    return plain[1] if plain else split_address(url).hostname or ""


def is_bare_host(text: str) -> bool:
    """Whether a text is certainly a host that stands without a scheme: it says www, or is under a well-known name."""
    host = _BARE_HOST.fullmatch(text.lower() if text[:4].lower() == "www." else text)
    if text in _SHORTENERS:
        return True
    if host is None or host[1] not in _TOPS:
        return False
    return any(not label.isdigit() and label.lower() != "www" for label in text.split(".")[:-1])


def is_mail_address(text: str) -> bool:
    """Whether a text is a mail address, and nothing else."""
    return bool(_MAIL_ADDRESS.fullmatch(text))


def completed(text: str) -> str:
    """Return an address with what was left out before it: `www.haenuri.kr` is http://…, `a@haenuri.kr` mailto:…

    And a telephone number is tel:…
    """
    host = _BARE_ADDRESS.match(text)
    if host and is_bare_host(host[1]):
        return f"http://{text}"
    if _TELEPHONE.fullmatch(text):
        return f"tel:{text}"
    return f"mailto:{text}" if is_mail_address(text) else text


def without_references(text: str) -> str:
    """Return an address that was copied out of HTML as it is: `&amp;` is `&`, which no address means otherwise."""
    return _REFERENCE.sub("&", text) if "&" in text else text


def is_loopback(address: str) -> bool:
    """Whether an address leads to this very machine."""
    return host_of(address) in _LOOPBACK


def is_made_up(host: str) -> bool:
    """Whether a host stands for one that is yet to be chosen: `example.com` or a name below it, or this machine."""
    host = host.lower().rstrip(".")
    return host in _LOOPBACK or host.endswith(".localhost") or "example" in host.split(".")[:-1]


def clean_path(text: str) -> str | None:
    """Return a path as decoded NFC text without a slash at either end; None where it leaves its folder or cannot be.

    What may not stand in it are empty parts, dots alone, control characters, and ? # % \\.
    """
    path = unicodedata.normalize("NFC", unquote(text)).strip("/")
    parts = path.split("/")
    if _FORBIDDEN.search(path) or any(not part.strip(". ") or len(part.encode()) > _MOST_BYTES for part in parts):
        return None
    return path


def _has_dots(path: str) -> bool:
    """Whether a part of a path names its own folder or the one above, encoded or not."""
    return any(unquote(part) in (".", "..") for part in path.split("/"))


def _netloc(parts: SplitResult) -> str | None:
    default = _DEFAULT_PORTS.get(parts.scheme)
    if default is None or not parts.hostname or "@" in parts.netloc:
        return None
    host = _ascii_host(unquote(parts.hostname))  # Markdown's renderers encode the Hangul of a host
    if host is None or parts.port in (None, default):
        return host
    return f"{host}:{parts.port}"


def _ascii_host(host: str) -> str | None:
    if ":" in host:
        return f"[{host}]" if _IPV6.fullmatch(host) else None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    return host if _HOST.fullmatch(host) else None
