"""The kinds of documents, and one table of their effects on planning, serving, announcements and metrics."""

from enum import StrEnum

from msgspec import Struct


class DocumentKind(StrEnum):
    """What a document is. It is said where the document is planned, and never guessed from its path."""

    FEED = "feed"
    """What people subscribe to, in one format."""
    ARCHIVE = "archive"
    """Older entries of a feed (RFC 5005)."""
    ALIAS = "alias"
    """A feed at an old address."""
    PAGE = "page"
    """A page for people."""
    WITHDRAWN = "withdrawn"
    """What stands in place of an article that was taken back."""
    LIST = "list"
    """All feeds as readers import them (OPML)."""
    SITEMAP = "sitemap"
    """The articles of the last two days, for search engines."""
    ASSET = "asset"
    """A style sheet or a script."""
    MEDIA = "media"
    """A picture."""
    KEY = "key"
    """What proves to search engines who it is that tells them (IndexNow)."""


STATUS_GONE, STATUS_NOT_FOUND = 410, 404
"""Statuses of HTTP (RFC 9110, 15.5): every build imports this, and `http` has sixty of them."""


class KindTraits(Struct, frozen=True, kw_only=True):
    """What follows from a document's kind.

    `is_feed`: it is in a feed's format, and says of itself where it lives and who pushes it. `is_polled`: readers
    subscribe to it, so that its answers stay in memory, its polls are counted by its path, and its end is told.
    `is_announced`: hubs are told when it changes. `is_lasting`: caches may keep it for long. `counted` is the name
    under which its polls are counted where its path is none; `gone` is what its path answers once it has no document.
    """

    is_feed: bool = False
    is_polled: bool = False
    is_announced: bool = False
    is_lasting: bool = False
    counted: str = "other"
    gone: int = STATUS_GONE


KINDS: dict[DocumentKind, KindTraits] = {
    DocumentKind.FEED: KindTraits(is_feed=True, is_polled=True, is_announced=True, counted="feed"),
    DocumentKind.ARCHIVE: KindTraits(is_feed=True, is_lasting=True, counted="archive"),
    DocumentKind.ALIAS: KindTraits(is_feed=True, is_polled=True, counted="feed"),
    DocumentKind.PAGE: KindTraits(counted="page"),
    DocumentKind.WITHDRAWN: KindTraits(counted="page"),
    DocumentKind.LIST: KindTraits(),
    DocumentKind.SITEMAP: KindTraits(),
    # Nobody remembers these: their paths were never anybody's address.
    DocumentKind.ASSET: KindTraits(gone=STATUS_NOT_FOUND),
    DocumentKind.MEDIA: KindTraits(is_lasting=True, counted="media"),
    DocumentKind.KEY: KindTraits(gone=STATUS_NOT_FOUND),
}
"""Every kind, with what follows from it."""


FEEDS = frozenset(kind for kind, traits in KINDS.items() if traits.is_feed)
POLLED = frozenset(kind for kind, traits in KINDS.items() if traits.is_polled)
ANNOUNCED = frozenset(kind for kind, traits in KINDS.items() if traits.is_announced)
