"""Published feeds fetched from where readers find them: http and https alone, with limits on everything."""

import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from sosik.errors import PreviousError
from sosik.model.instants import seconds
from sosik.model.values import NEVER, Seconds
from sosik.previous.documents import ATOM, JSON, MOST_BYTES, FeedDocuments, is_alias, json_feed
from sosik.version import __version__

OPML = "feeds.opml"

_TIMEOUT = 20.0
"""Seconds without a byte, and for the whole of a document three times as many."""
_MOST_DOCUMENTS = 10_000
_MISSING = frozenset({404, 410})


class Answer(NamedTuple):
    """A document as it was sent, and its Last-Modified in seconds, 0 where it has none."""

    body: bytes
    modified: Seconds


def on_web(address: str, pages: str) -> Iterator[FeedDocuments]:
    """Yield every feed that is published at an address: that of the feeds' host, of a feed.json or of the feeds.opml.

    The feeds are those of the list below `pages` and the root feed, their archives those that `next_url` leads to. What
    they say of their own host is read as said of this one, so that a copy elsewhere can be read too. Raises
    `PreviousError`.
    """
    top = _top(address, pages)
    ahead, seen = [""], {""}
    base = ""
    listed = False
    while ahead:
        folder = ahead.pop(0)
        documents = _feed(top, folder)
        following: list[str] = []
        if documents is not None:
            feed = json_feed(documents)
            base = base or str(feed.get("feed_url", "")).removesuffix(f"{folder}/{JSON}".lstrip("/"))
            following = [str(feed["next_url"])] if "next_url" in feed else []
            yield documents
        if not listed:
            listed = True
            following += _listed(top, pages)
        for found in (_folder(link, base or top, top) for link in following):
            if found is not None and found not in seen:
                seen.add(found)
                ahead.append(found)
        if len(seen) > _MOST_DOCUMENTS:
            raise PreviousError(f"{address} leads to more than {_MOST_DOCUMENTS:,} feeds.")


def _top(address: str, pages: str) -> str:
    """Return the address below which all feeds lie."""
    plain = address.split("#")[0].split("?")[0]
    for ending in (f"{pages.lstrip('/')}{OPML}", OPML, JSON, pages.lstrip("/")):
        if ending and plain.endswith(f"/{ending}"):
            return plain.removesuffix(ending)
    return plain if plain.endswith("/") else f"{plain}/"


def _folder(link: str, base: str, top: str) -> str | None:
    """Return the folder, decoded, of the feed that a link leads to; None where it leads away from the feeds' host."""
    for start in (base, top):
        if link.startswith(start):
            return unquote(link.removeprefix(start)).rpartition("/")[0]
    return None


def _listed(top: str, pages: str) -> list[str]:
    """Return the addresses of the feeds in the list of all feeds; none where there is no list."""
    answer = fetch(f"{top}{pages.lstrip('/')}{OPML}")
    if answer is None:
        return []
    from lxml import etree

    try:
        root = etree.fromstring(answer.body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise PreviousError(f"{top}{pages.lstrip('/')}{OPML} cannot be read ({error}).") from error
    return [str(address) for address in root.xpath("//outline/@xmlUrl")]


def _feed(top: str, folder: str) -> FeedDocuments | None:
    place = top + quote(f"{folder}/" if folder else "")
    found = fetch(place + JSON)
    if found is None or is_alias(found.body):
        return None
    beside = fetch(place + ATOM)
    return FeedDocuments(
        folder=folder,
        place=place + JSON,
        json=found.body,
        atom=beside.body if beside else b"",
        modified=found.modified,
    )


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, from http to http or https and from https to https alone."""

    max_redirections = 5

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request that follows a redirect."""
        scheme = urlsplit(urljoin(req.full_url, newurl)).scheme
        if scheme != "https" and scheme != req.type:
            raise PreviousError(f"{req.full_url} leads to {newurl}, which is not fetched.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """Return what opens http and https and nothing else: no files, no FTP."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        _Redirects(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def fetch(address: str) -> Answer | None:
    """Return a document, or None where there is none. Raises `PreviousError` when it cannot be had."""
    request = Request(address, headers={"User-Agent": f"sosik/{__version__}"})  # noqa: S310 - the opener knows no others
    try:
        with _opener().open(request, timeout=_TIMEOUT) as response:
            until = time.monotonic() + 3 * _TIMEOUT
            parts: list[bytes] = []
            while part := response.read(65_536):
                parts.append(part)
                if sum(map(len, parts)) > MOST_BYTES or time.monotonic() > until:
                    raise PreviousError(f"{address} is too long, or comes too slowly.")
            return Answer(body=b"".join(parts), modified=_seconds(response.headers.get("Last-Modified", "")))
    except HTTPError as error:
        error.close()
        if error.code in _MISSING:
            return None
        raise PreviousError(f"{address} answers {error.code} {error.reason}.") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise PreviousError(f"{address} cannot be fetched ({reason}).") from error


def _seconds(date: str) -> Seconds:
    try:
        return seconds(parsedate_to_datetime(date))
    except ValueError:
        return NEVER
