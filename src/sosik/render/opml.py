"""All feeds as one list that readers import (OPML 2.0, opml.org/spec2.opml)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sosik.model import Feed, Publication
from sosik.render.formats import FORMATS

if TYPE_CHECKING:
    from sosik.render.pages import FeedGroup

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def feeds_opml(publication: Publication, groups: "Iterable[FeedGroup]") -> bytes:
    """Return the OPML document of all feeds, in the groups of the start page, each feed in its first format."""
    # It comes with all that asks the network.
    from xml.sax.saxutils import escape

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(publication.title)}</title></head>",
        "<body>",
        *(line for group in groups for line in _outlines(publication, group)),
        "</body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode()


def _outlines(publication: Publication, group: "FeedGroup") -> Iterator[str]:
    """The group's feeds below its title; the root feed stands by itself."""
    feeds = [_outline(publication, feed) for feed in group.feeds]
    if group.kind == "root":
        yield from feeds
    else:
        yield f"<outline{_attributes({'text': group.title, 'title': group.title})}>"
        yield from feeds
        yield "</outline>"


def _outline(publication: Publication, feed: Feed) -> str:
    """Every format is of the type rss: so OPML calls whatever a reader can subscribe to. Some readers want a title."""
    attributes = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "description": feed.description,
        "language": publication.language,
        "xmlUrl": FORMATS[feed.formats[0]].address(feed, publication),
        "htmlUrl": publication.url,
    }
    return f"<outline{_attributes(attributes)}/>"


def _attributes(values: Mapping[str, str]) -> str:
    from xml.sax.saxutils import quoteattr

    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)
