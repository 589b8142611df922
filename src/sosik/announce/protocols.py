"""Requests to WebSub hubs and IndexNow search engines: their content and preconditions."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol
from urllib.parse import urlencode

from sosik.addresses import split_address
from sosik.announce.hindrance import UNREACHABLE, Obstacle
from sosik.announce.visibility import Visibility
from sosik.model import IndexNow, Publication
from sosik.store import AnnouncementRow
from sosik.words import Message

MOST_URLS = 10_000
"""Addresses that one IndexNow request may hold (indexnow.org/documentation)."""


class Telling(Protocol):
    """What a protocol says about telling one target."""

    content_type: str

    def batches(self, rows: Sequence[AnnouncementRow]) -> Iterator[list[AnnouncementRow]]:
        """Yield the rows that go into one request each."""

    def obstacle(self, batch: Sequence[AnnouncementRow]) -> Obstacle | None:
        """Return why a batch is not yet to be told, if it is not."""

    def body(self, batch: Sequence[AnnouncementRow]) -> bytes:
        """Return the body of the POST that tells a batch."""


class WebSubTelling:
    """A hub is told of one topic at a time (W3C WebSub, 6 leaves it open; this is what hubs have agreed upon)."""

    content_type = "application/x-www-form-urlencoded"

    def __init__(self, visibility: Visibility) -> None:
        self._visibility = visibility

    def batches(self, rows: Sequence[AnnouncementRow]) -> Iterator[list[AnnouncementRow]]:
        """Yield every topic alone."""
        return ([row] for row in rows)

    def obstacle(self, batch: Sequence[AnnouncementRow]) -> Obstacle | None:
        """Return why the hub would not get the new bytes, were it to fetch the topic now."""
        return self._visibility.obstacle(batch[0].url)

    def body(self, batch: Sequence[AnnouncementRow]) -> bytes:
        """Return the form; some hubs know the topic as hub.url, others as hub.topic."""
        topic = batch[0].url
        return urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode("ascii")


class IndexNowTelling:
    """A search engine is told of many articles of one host at a time, once it can read the key there."""

    content_type = "application/json; charset=utf-8"

    def __init__(self, publication: Publication, settings: IndexNow, visibility: Visibility) -> None:
        self._publication = publication
        self._settings = settings
        self._visibility = visibility
        self._keys: dict[str, Obstacle | None] = {}

    def batches(self, rows: Sequence[AnnouncementRow]) -> Iterator[list[AnnouncementRow]]:
        """Yield up to `MOST_URLS` articles of one host."""
        ordered = sorted(rows, key=lambda row: (_host(row.url), row.url))
        for _, of_host in groupby(ordered, lambda row: _host(row.url)):
            rows_of_host = list(of_host)
            for start in range(0, len(rows_of_host), MOST_URLS):
                yield rows_of_host[start : start + MOST_URLS]

    def obstacle(self, batch: Sequence[AnnouncementRow]) -> Obstacle | None:
        """Return why the search engine would not find the new edition, or not believe us."""
        return self._visibility.obstacle(self._visibility.newest()) or self._key_trouble(self._key_address(batch))

    def body(self, batch: Sequence[AnnouncementRow]) -> bytes:
        """Return what indexnow.org/documentation says, as JSON."""
        submission = {
            "host": _host(batch[0].url),
            "key": self._settings.key,
            "keyLocation": self._key_address(batch),
            "urlList": [row.url for row in batch],
        }
        return json.dumps(submission).encode("ascii")

    def _key_address(self, batch: Sequence[AnnouncementRow]) -> str:
        """Return where the key of a host lies: our own document where it may vouch for all, else the host's root."""
        own = self._publication.address(self._settings.path)
        folder = own.removesuffix(self._settings.path.removeprefix("/"))
        if all(row.url.startswith(folder) for row in batch):
            return own
        parts = split_address(batch[0].url)
        return f"{parts.scheme}://{parts.netloc}{self._settings.path}"

    def _key_trouble(self, address: str) -> Obstacle | None:
        if address not in self._keys:
            found, trouble = self._visibility.read(address, 1_000), None
            if isinstance(found, Obstacle):
                trouble = found
            elif found.strip() != self._settings.key.encode("ascii"):
                trouble = Obstacle(address, UNREACHABLE, Message("announce.no-key", address=address))
            self._keys[address] = trouble
        return self._keys[address]


def _host(address: str) -> str:
    return split_address(address).netloc
