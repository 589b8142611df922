"""Who is behind a User-Agent: a table of services, and how many subscribers they say they fetch for."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sosik.audience.shown import clean


class Kind(StrEnum):
    """What polls: a service for many people, one person's reader, a search engine or portal, a browser, or another."""

    SERVICE = "service"
    READER = "reader"
    SEARCH = "search"
    BROWSER = "browser"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Service:
    """A row of the table: what an agent matches. Groups called `count` and `feed` are its number and feed-id."""

    name: str
    kind: Kind
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Agent:
    """What is known of a User-Agent. `count` is None where it says no number; `feed` is the service's own feed-id."""

    name: str
    kind: Kind
    count: int | None = None
    feed: str = ""


_COUNT = r"(?P<count>[0-9]{1,12}) (?:subscriber|reader)s?\b"
_FEED = r"feed-id[:=](?P<feed>[A-Za-z0-9_-]{1,40})"


def _counted(name: str, beginning: str) -> Service:
    """A service that says its number, usually before the feed-id."""
    return Service(name, Kind.SERVICE, re.compile(rf"{beginning}(?:.*?{_COUNT})?(?:.*?{_FEED})?"))


def _plain(name: str, kind: Kind, pattern: str) -> Service:
    return Service(name, kind, re.compile(pattern))


SERVICES = (
    _counted("Feedly", r"^Feedly/"),
    _counted("Inoreader", r"^(?:Inoreader/|Mozilla/5\.0 \(compatible; inoreader\.com)"),
    Service("Feedbin", Kind.SERVICE, re.compile(rf"^Feedbin\b(?:.*?{_FEED})?(?:.*?{_COUNT})?")),
    _counted("NewsBlur", r"^NewsBlur\b"),
    _counted("The Old Reader", r"\btheoldreader\.com\b"),
    _counted("BazQux", r"\bBazQux/"),
    _counted("Feedfetcher", r"^(?:FeedFetcher|Feedfetcher)-Google\b"),
    _plain("Miniflux", Kind.READER, r"\bMiniflux/"),
    _plain("FreshRSS", Kind.READER, r"^FreshRSS/"),
    _plain("NetNewsWire", Kind.READER, r"^NetNewsWire\b"),
    _plain("newsboat", Kind.READER, r"^newsboat/"),
    _plain("Liferea", Kind.READER, r"\bLiferea/"),
    _plain("Tiny Tiny RSS", Kind.READER, r"^Tiny Tiny RSS/"),
    _plain("Thunderbird", Kind.READER, r"\bThunderbird/"),
    _plain("Reeder", Kind.READER, r"^Reeder\b"),
    _plain("Nextcloud News", Kind.READER, r"^NextCloud-News/"),
    _plain("feedparser", Kind.READER, r"\bfeedparser/|^UniversalFeedParser/"),
    _plain("Naver", Kind.SEARCH, r"\bYeti/|\bnaver\.(?:me|com)/"),
    _plain("Daum", Kind.SEARCH, r"\bDaum(?:oa)?\b"),
    _plain("Google", Kind.SEARCH, r"\bGoogle(?:bot|Other|-[A-Z][A-Za-z]+)|\bGooglebot\b"),
    _plain("Bing", Kind.SEARCH, r"\b(?:bingbot|msnbot)\b"),
    # Whoever else says a number, by the name it gives itself.
    Service("", Kind.SERVICE, re.compile(rf"{_COUNT}(?:.*?{_FEED})?")),
    _plain("other robots", Kind.SEARCH, r"(?i)bot\b|crawler|spider|slurp"),
    _plain("browsers", Kind.BROWSER, r"^(?:Mozilla|Opera)/.*(?:Gecko|AppleWebKit|Trident|Presto)"),
)
"""Looked at from the top; the first row that matches counts.

No pattern may begin with what matches anything: it would be tried anew from every character of a hostile agent.
"""

OTHER = "others"

_OWN_NAME = re.compile(r"(?:Mozilla/[0-9.]+ \(compatible; )?(?P<name>[^/;:()]{1,30})")


def read_agent(agent: bytes) -> Agent:
    """Return what a User-Agent as it stands in a log tells."""
    text = agent.decode("utf-8", "replace")
    for service in SERVICES:
        if found := service.pattern.search(text):
            groups = found.groupdict()
            count = groups.get("count")
            name = service.name or _own_name(text)
            return Agent(name, service.kind, int(count) if count else None, groups.get("feed") or "")
    return Agent(OTHER, Kind.OTHER)


def _own_name(text: str) -> str:
    found = _OWN_NAME.match(text)
    return clean(found["name"]).strip() if found else OTHER
