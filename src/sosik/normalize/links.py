"""Addresses: absolute, http or https, percent-encoded ASCII."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from sosik.model import Publication
from sosik.normalize.fields import Fields
from sosik.normalize.ids import page_path

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
_IPV6 = re.compile(r"[0-9a-f:.]+")

# RFC 3986, 2.2 and 2.3: what may stand in a path or a query as it is; a percent sign only before two hex digits.
_KEPT = "/:@!$&()*+,;=-._~%?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

# urljoin would read `https:/news.example.kr/1` as a path below the base.
_NO_HOST = re.compile(r"https?:(?!//[^/])", re.IGNORECASE)

# What almost every address already is: then there is nothing to do.
_CANONICAL = re.compile(
    r"https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+/[\w.~/?=&;,+:@!$()*-]*", re.ASCII
)


@lru_cache(maxsize=4096)
def ascii_url(url: str) -> str | None:
    """Return an absolute http or https address as ASCII, or None where *url* is none.

    Host in lower case and punycode (IDNA), default port left out, path and query in NFC and percent-encoded; what is
    percent-encoded already stays as it is. An address with a user name or a password is none.
    """
    url = url.strip()
    if _CANONICAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(unicodedata.normalize("NFC", url))
        netloc = _netloc(parts)
    except ValueError:  # an impossible port, an unclosed [, a host that IDNA refuses
        return None
    if netloc is None:
        return None
    path = percent_encode(parts.path) or "/"
    query, fragment = percent_encode(parts.query), percent_encode(parts.fragment)
    return str(urlunsplit((parts.scheme, netloc, path, query, fragment)))


def _netloc(parts: SplitResult) -> str | None:
    default = _DEFAULT_PORTS.get(parts.scheme)
    if default is None or not parts.hostname or "@" in parts.netloc:
        return None
    host = _ascii_host(parts.hostname)
    if host is None or parts.port in (None, default):
        return host
    return f"{host}:{parts.port}"


def _ascii_host(host: str) -> str | None:
    if ":" in host:
        return f"[{host}]" if _IPV6.fullmatch(host) else None
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    return host if _HOST.fullmatch(host) else None


def percent_encode(text: str) -> str:
    """Return a part of an address as ASCII; what is percent-encoded already stays as it is."""
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_KEPT, errors="replace")


@lru_cache(maxsize=4096)
def absolute_url(url: str, base: str) -> str | None:
    """Return *url*, relative to the absolute address *base*, as `ascii_url` does; None where no address comes of it."""
    url = url.strip()
    if _NO_HOST.match(url):
        return None
    try:
        return ascii_url(urljoin(base, url))
    except ValueError:  # as in ascii_url
        return None


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host of an address in lower case, empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_own(host: str, publication: Publication) -> bool:
    """Whether *host* is one of the publication's hosts or below one of them (`www.` does not count)."""
    return any(host == own or host.endswith(f".{own}") for own in _own_hosts(publication))


def _own_hosts(publication: Publication) -> set[str]:
    return {host_of(ascii_url(url) or url).removeprefix("www.") for url in (publication.url, publication.feeds_url)}


def page_url(id: str, publication: Publication) -> str:  # noqa: A002 - Atom's word
    """Return the address of the page that an entry without a link of its own gets."""
    return publication.address(page_path(id))


def entry_link(fields: Fields, publication: Publication) -> str:
    """Return the entry's own link, empty where the file names none or none that can be published (a problem)."""
    value = fields.scalar("link")
    if value is None:
        return ""
    written = value.text.strip()
    if is_own(host_of(f"https://{written}"), publication):
        hint = f"write https://{written}"
        fields.report("link-invalid", f"the link {written!r} has no https:// before its host", value.location, hint)
        return ""
    url = absolute_url(written, publication.url)
    if url is None:
        hint = f"write it like {publication.url}articles/18660"
        fields.report("link-invalid", f"the link {written!r} is no http or https address", value.location, hint)
        return ""
    if not is_own(host_of(url), publication):
        fields.report(
            "link-foreign", f"the link leads to {host_of(url)}, not to {host_of(publication.url)}", value.location
        )
    return url
