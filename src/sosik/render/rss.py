"""RSS 2.0: entries as items, feeds as channels (rssboard.org/rss-specification and its best-practices profile)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import ceil
from typing import Any

from sosik.dates import format_rfc3339
from sosik.model import (
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Entry,
    Envelope,
    Feed,
    FormatName,
    Fragment,
    Image,
    Publication,
)
from sosik.normalize.ids import is_permalink
from sosik.render import bridge
from sosik.render.bridge import Extra
from sosik.render.content import content_html
from sosik.render.formats import FORMATS
from sosik.render.instants import in_seoul
from sosik.render.links import feed_links
from sosik.render.pictures import told_images
from sosik.render.places import feed_style
from sosik.render.refusal import naming_entry, naming_feed
from sosik.render.terms import authors, categories

_ITEM_ORDER = (
    "title",
    "link",
    "guid",
    "pubDate",
    "dc:creator",
    "category",
    "description",
    "content:encoded",
    "media:content",
    "atom:published",
    "atom:updated",
    "dcterms:modified",
)
_CHANNEL_ORDER = (
    "title",
    "link",
    "description",
    "language",
    "atom:link",
    "fh:archive",
    "lastBuildDate",
    "ttl",
    "image",
    "copyright",
    "managingEditor",
    "generator",
)

_MARKUP = re.compile(r"<|&(?!\s|$)")
"""What begins a tag or a reference, for one reader or another; an ampersand alone never does."""


def render_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
    """Return an entry as an `<item>`, of a summary without content:encoded. RenderError names the entry."""
    with naming_entry(entry):
        return bridge.fragment(item(entry, publication, content=content).rss_entry(), FormatName.RSS, entry.body)


def render_envelope(
    feed: Feed,
    publication: Publication,
    fragments: Sequence[Fragment],
    *,
    archive: ArchiveLinks = NO_ARCHIVE,
) -> Envelope:
    """Return a feed's document around items rendered before. RenderError names the feed."""
    with naming_feed(feed):
        made = channel(feed, publication, archive).rss_str()
        return bridge.envelope(made, fragments, closing=b"</channel></rss>", style=feed_style(publication))


def item(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Any:
    """Return the feedgen entry of an item.

    Without a summary the title describes it: feedgen makes content that stands alone the description.
    """
    made = bridge.new_entry(_ITEM_ORDER, _item_extras(entry, publication))
    made.title(entry.title)
    made.link(href=entry.link, rel="alternate")
    made.guid(entry.id, permalink=is_permalink(entry.id, entry.link))
    made.pubDate(in_seoul(entry.published))
    made.category([{"term": term} for term in categories(entry)])
    made.description(as_html(entry.summary or entry.title))
    html = content_html(entry, publication) if content is Content.FULL else ""
    if html:
        made.content(html)
    return made


def as_html(text: str) -> str:
    """Return a text as HTML that reads as the text: to RSS, a description is HTML, and readers take it for that.

    They would drop `<속보>` as a tag and show the text `&amp;` as `&`. What is the same either way stays as it is.
    """
    return escape(text, quote=False) if _MARKUP.search(text) else text


def _item_extras(entry: Entry, publication: Publication) -> Iterator[Extra]:
    for name in _creators([person.name for person in authors(entry, publication)]):
        yield Extra("dc:creator", name)
    for image in told_images(entry)[:1]:
        yield _media(image)
    if entry.updated:
        yield Extra("atom:published", format_rfc3339(entry.published))
        yield Extra("atom:updated", format_rfc3339(entry.updated))
        yield Extra("dcterms:modified", format_rfc3339(entry.updated))


def _creators(names: Sequence[str]) -> Iterable[str]:
    """Return the texts of dc:creator: most readers show only one, so it names all whom a comma can part."""
    together = ", ".join(name for name in names if "," not in name)
    return dict.fromkeys(name if "," in name else together for name in names)


def _media(image: Image) -> Extra:
    attributes = {
        "url": image.url,
        "type": image.media_type,
        "medium": "image",
        "width": str(image.width or ""),
        "height": str(image.height or ""),
    }
    told = (("media:description", image.caption), ("media:credit", image.credit))
    return Extra("media:content", "", attributes, tuple(Extra(name, text) for name, text in told if text))


def channel(feed: Feed, publication: Publication, archive: ArchiveLinks = NO_ARCHIVE) -> Any:
    """Return the feedgen feed of a channel, without items."""
    links = feed_links(feed, publication, FORMATS["rss"], archive)
    extras = [Extra("atom:link", "", link) for link in links]
    if archive.current is not None:
        extras.append(Extra("fh:archive"))
    made = bridge.new_feed(_CHANNEL_ORDER, extras)
    made.title(feed.title)
    made.link(href=publication.url, rel="alternate")
    made.description(feed.description or publication.description or feed.title)
    made.language(publication.language)
    made.updated(in_seoul(feed.updated))
    made.ttl(ceil(publication.max_age / 60))
    made.docs("")
    made.generator("sosik")
    made.copyright(publication.copyright)
    if publication.logo:
        made.logo(publication.logo)
    if publication.publisher.email:
        made.managingEditor(f"{publication.publisher.email} ({publication.publisher.name})")
    return made
