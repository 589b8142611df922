"""Who is behind a User-Agent: a table of services, and how many subscribers they say they fetch for."""

import re
from enum import StrEnum

from msgspec import Struct

from sosik.audience.shown import clean
from sosik.patterns import pattern
from sosik.words import Message


class ServiceKind(StrEnum):
    """What polls: a service for many people, one person's reader, a search engine or portal, a browser, or another."""

    SERVICE = "service"
    READER = "reader"
    SEARCH = "search"
    BROWSER = "browser"
    OTHER = "other"


KIND_NAMES = {
    ServiceKind.SERVICE: Message("audience.kind-service"),
    ServiceKind.READER: Message("audience.kind-reader"),
    ServiceKind.SEARCH: Message("audience.kind-search"),
    ServiceKind.BROWSER: Message("audience.kind-browser"),
    ServiceKind.OTHER: Message("audience.kind-other"),
}
"""What people are told instead of a kind."""


class Service(Struct, frozen=True):
    """A row of the table: what an agent matches. Groups called `count` and `feed` are its number and feed-id."""

    name: str
    kind: ServiceKind
    pattern: re.Pattern[str]


class Agent(Struct, frozen=True):
    """What is known of a User-Agent. `count` is None where it says no number; `feed` is the service's own feed-id."""

    name: str
    kind: ServiceKind
    count: int | None = None
    feed: str = ""


_COUNT = r"(?P<count>[0-9]{1,12}) (?:subscriber|reader)s?\b"
_FEED = r"feed-id[:=](?P<feed>[A-Za-z0-9_-]{1,40})"


def _counted(name: str, beginning: str) -> Service:
    """A service that says its number, usually before the feed-id."""
    return Service(name, ServiceKind.SERVICE, re.compile(rf"{beginning}(?:.*?{_COUNT})?(?:.*?{_FEED})?"))


def _plain(name: str, kind: ServiceKind, pattern: str) -> Service:
    return Service(name, kind, re.compile(pattern))


SERVICES = (
    _counted("Feedly", r"^Feedly/"),
    _counted("Inoreader", r"^(?:Inoreader/|Mozilla/5\.0 \(compatible; inoreader\.com)"),
    Service("Feedbin", ServiceKind.SERVICE, re.compile(rf"^Feedbin\b(?:.*?{_FEED})?(?:.*?{_COUNT})?")),
    _counted("NewsBlur", r"^NewsBlur\b"),
    _counted("The Old Reader", r"\btheoldreader\.com\b"),
    _counted("BazQux", r"\bBazQux/"),
    _counted("Feedfetcher", r"^(?:FeedFetcher|Feedfetcher)-Google\b"),
    _plain("Miniflux", ServiceKind.READER, r"\bMiniflux/"),
    _plain("FreshRSS", ServiceKind.READER, r"^FreshRSS/"),
    _plain("NetNewsWire", ServiceKind.READER, r"^NetNewsWire\b"),
    _plain("newsboat", ServiceKind.READER, r"^newsboat/"),
    _plain("Liferea", ServiceKind.READER, r"\bLiferea/"),
    _plain("Tiny Tiny RSS", ServiceKind.READER, r"^Tiny Tiny RSS/"),
    _plain("Thunderbird", ServiceKind.READER, r"\bThunderbird/"),
    _plain("Reeder", ServiceKind.READER, r"^Reeder\b"),
    _plain("Nextcloud News", ServiceKind.READER, r"^NextCloud-News/"),
    _plain("feedparser", ServiceKind.READER, r"\bfeedparser/|^UniversalFeedParser/"),
    _plain("Naver", ServiceKind.SEARCH, r"\bYeti/|\bnaver\.(?:me|com)/"),
    _plain("Daum", ServiceKind.SEARCH, r"\bDaum(?:oa)?\b"),
    _plain("Google", ServiceKind.SEARCH, r"\bGoogle(?:bot|Other|-[A-Z][A-Za-z]+)|\bGooglebot\b"),
    _plain("Bing", ServiceKind.SEARCH, r"\b(?:bingbot|msnbot)\b"),
    # Whoever else says a number, by the name it gives itself.
    Service("", ServiceKind.SERVICE, re.compile(rf"{_COUNT}(?:.*?{_FEED})?")),
    _plain("other robots", ServiceKind.SEARCH, r"(?i)bot\b|crawler|spider|slurp"),
    _plain("browsers", ServiceKind.BROWSER, r"^(?:Mozilla|Opera)/.*(?:Gecko|AppleWebKit|Trident|Presto)"),
)
"""Looked at from the top; the first row that matches counts.

No pattern may begin with what matches anything: it would be tried anew from every character of a hostile agent.
"""

OTHER = "others"

NAMES = {
    "other robots": Message("audience.other-robots"),
    "browsers": Message("audience.browsers"),
    OTHER: Message("audience.others"),
}
"""What people are told instead of names that stand for many."""


def shown_name(name: str) -> Message | str:
    """Return what people are told a service is called."""
    return NAMES.get(name, name)


_OWN_NAME = pattern(r"(?:Mozilla/[0-9.]+ \(compatible; )?(?P<name>[^/;:()]{1,30})")


def read_agent(agent: bytes) -> Agent:
    """Return what a User-Agent as it stands in a log tells."""
    text = agent.decode("utf-8", "replace")
    for service in SERVICES:
        if match := service.pattern.search(text):
            groups = match.groupdict()
            count = groups.get("count")
            name = service.name or _own_name(text)
            return Agent(name, service.kind, int(count) if count else None, groups.get("feed") or "")
    return Agent(OTHER, ServiceKind.OTHER)


def _own_name(text: str) -> str:
    match = _OWN_NAME.match(text)
    return clean(match["name"]).strip() if match else OTHER
