"""Published feeds fetched from where readers find them: http and https alone, with limits on everything."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import quote, unquote

from sosik.errors import PreviousError
from sosik.model.instants import seconds
from sosik.model.publication import PAGES
from sosik.model.values import NEVER, Seconds
from sosik.previous.documents import ATOM, JSON, MOST_BYTES, RSS, FeedDocuments, is_alias, json_feed
from sosik.previous.memory import MOST_BYTES as MOST_MEMORY
from sosik.previous.memory import NAME as MEMORY_NAME
from sosik.previous.memory import Memory, read_memory
from sosik.web import NoAnswerError, Reply, ask
from sosik.words import Message

OPML = "feeds.opml"

_TIMEOUT = 60.0
"""Seconds for the whole of a document."""
_REDIRECTS = 5
_MOST_DOCUMENTS = 10_000
_MISSING = frozenset({404, 410})


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
        for leading_to in (_folder(link, base or top, top) for link in following):
            if leading_to is not None and leading_to not in seen:
                seen.add(leading_to)
                ahead.append(leading_to)
        if len(seen) > _MOST_DOCUMENTS:
            raise PreviousError(Message("previous.too-many", address=address, most=f"{_MOST_DOCUMENTS:,}"))


def memory_on_web(address: str, pages: str) -> Memory | None:
    """Return what was left beside the feeds at an address, None where nothing was. Raises `PreviousError`.

    It lies below `pages`, where these were when nobody had moved them, or the address is its own.
    """
    plain, top = _plain(address), _top(address, pages)
    known = [plain] if plain.endswith(f"/{MEMORY_NAME}") else []
    below = [f"{top}{folder.lstrip('/')}{MEMORY_NAME}" for folder in dict.fromkeys((pages, PAGES))]
    for place in known or below:
        reply = fetch(place, most=MOST_MEMORY)
        if reply is not None:
            return read_memory(reply.body, place)
    return None


def _plain(address: str) -> str:
    return address.split("#")[0].split("?")[0]


def _top(address: str, pages: str) -> str:
    """Return the address below which all feeds lie."""
    plain = _plain(address)
    for ending in (f"{pages.lstrip('/')}{MEMORY_NAME}", f"{pages.lstrip('/')}{OPML}", OPML, JSON, pages.lstrip("/")):
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
    address = f"{top}{pages.lstrip('/')}{OPML}"
    reply = fetch(address)
    if reply is None:
        return []
    from lxml import etree

    try:
        root = etree.fromstring(reply.body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise PreviousError(Message("previous.list", address=address, reason=str(error))) from error
    return [str(link) for link in root.xpath("//outline/@xmlUrl")]


def _feed(top: str, folder: str) -> FeedDocuments | None:
    place = top + quote(f"{folder}/" if folder else "")
    main = fetch(place + JSON)
    if main is None or is_alias(main.body):
        return None
    beside, rss = fetch(place + ATOM), fetch(place + RSS)
    return FeedDocuments(
        folder=folder,
        place=place + JSON,
        json=main.body,
        atom=beside.body if beside else b"",
        modified=_seconds(main.last_modified),
        rss=rss.body if rss else b"",
    )


def fetch(address: str, *, most: int = MOST_BYTES) -> Reply | None:
    """Return a document, or None where there is none. Raises `PreviousError` when it cannot be had."""
    try:
        reply = ask("GET", address, most=most + 1, timeout=_TIMEOUT, redirects=_REDIRECTS, by_proxy=True, fresh=True)
    except NoAnswerError as error:
        raise PreviousError(Message("previous.not-fetched", address=address, reason=error.message)) from error
    if reply.status in _MISSING:
        return None
    if reply.status != HTTPStatus.OK:
        status = f"{reply.status} {reply.reason}".rstrip()
        raise PreviousError(Message("previous.status", address=address, status=status))
    if len(reply.body) > most:
        raise PreviousError(Message("previous.too-long", address=address))
    return reply


def _seconds(date: str) -> Seconds:
    try:
        return seconds(parsedate_to_datetime(date))
    except ValueError:
        return NEVER
