"""The addresses of an entry: its own link, and what its body points at."""

import re
from functools import lru_cache

from sosik.addresses import ascii_url, completed, host_of, is_bare_host, is_canonical, joined, percent_encode
from sosik.model import Publication, RawText
from sosik.normalize.fields import EntryFields
from sosik.patterns import pattern
from sosik.words import Message

# `joined` would read `https:/news.example.kr/1` as a path below the base.
_NO_HOST = pattern(r"https?:(?!//[^/])", re.IGNORECASE)

_SCHEMES = ("https://", "http://")

_MISSPELT = pattern(r"(https?)(?::/?(?!/)|:///+|//)([^\s/?#:@]+)", re.IGNORECASE)
_TWICE = pattern(
    r"(?<!http:)(?<!https:)(?<!http:/)(?<!https:/)(?<!http://)(?<!https://)"
    r"(?:https?:/{0,2})+(?=https?://)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def absolute_url(url: str, base: str) -> str | None:
    """Return *url*, relative to the absolute address *base*, as `ascii_url` does; None where no address comes of it."""
    url = url.strip()
    if is_canonical(url):
        return url
    if _NO_HOST.match(url):
        return None
    return ascii_url(joined(base, url))


def completed_url(url: str) -> str | None:
    """Return an address whose beginning was left out, written twice or misspelt as it is meant; None for any other.

    `www.haenuri.kr/1`, `https//haenuri.kr/1` are addresses of that host, `desk@haenuri.kr` is a mailto: one.
    """
    address = _TWICE.sub("", url)
    misspelt = _MISSPELT.match(address)
    if misspelt and is_bare_host(misspelt[2]):
        address = f"{misspelt[1].lower()}://{address[misspelt.start(2) :]}"
    address = completed(address)
    if address == url:
        return None
    return percent_encode(address) if address.startswith(("mailto:", "tel:")) else ascii_url(address)


def is_own(host: str, publication: Publication) -> bool:
    """Whether *host* is one of the publication's hosts or below one of them (`www.` does not count)."""
    return any(host == own or host.endswith(f".{own}") for own in _own_hosts(publication.url, publication.feeds_url))


@lru_cache(maxsize=8)
def _own_hosts(*urls: str) -> frozenset[str]:
    return frozenset(host_of(ascii_url(url) or url).removeprefix("www.") for url in urls)


def entry_link(fields: EntryFields, publication: Publication) -> str:
    """Return the entry's own link, empty where the file names none or none that can be published (a problem)."""
    value = fields.scalar("link")
    if value is None:
        return ""
    written = fields.address("link", value)
    if is_canonical(written) and "http" not in written[4:].lower():  # then nothing can be left out, twice or misspelt
        return _told_if_foreign(fields, value, written, publication)
    if not written.startswith(_SCHEMES) and (
        is_own(host_of(f"https://{written}"), publication) or completed(written) == f"http://{written}"
    ):
        hint = Message("link-invalid.scheme-hint", link=written)
        fields.report(Message("link-invalid.scheme", link=written), value.location, hint)
        return ""
    url = absolute_url(written, publication.url) if completed_url(written) is None else None
    if url is None:
        hint = Message("link-invalid.address-hint", url=publication.url)
        fields.report(Message("link-invalid.address", link=written), value.location, hint)
        return ""
    return _told_if_foreign(fields, value, url, publication)


def _told_if_foreign(fields: EntryFields, value: RawText, url: str, publication: Publication) -> str:
    """Return the entry's own link; that it leads to another house is a problem."""
    if not is_own(host_of(url), publication):
        message = Message("link-foreign.host", host=host_of(url), own=host_of(publication.url))
        fields.report(message, value.location)
    return url
