"""RSS 2.0: entries as items, feeds as channels (rssboard.org/rss-specification and its best-practices profile)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from math import ceil
from typing import Any, NamedTuple

from sosik.dates import format_rfc822, format_rfc3339
from sosik.model import (
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Entry,
    Envelope,
    Feed,
    FormatName,
    Fragment,
    Publication,
)
from sosik.normalize.ids import is_permalink
from sosik.patterns import pattern
from sosik.render import bridge, elements
from sosik.render.bridge import Extra
from sosik.render.content import around_body
from sosik.render.formats import FORMATS
from sosik.render.instants import in_seoul
from sosik.render.links import Link, feed_links
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

_MARKUP = pattern(r"<|&(?!\s|$)")
"""What begins a tag or a reference, for one reader or another; an ampersand alone never does."""


class _Item(NamedTuple):
    """What an item tells of an entry; the instants of an edit are written already."""

    title: str
    link: str
    guid: str
    is_permalink: bool
    published: datetime
    categories: tuple[str, ...]
    creators: tuple[str, ...]
    picture: tuple[str, ...]
    updated: str
    first_published: str
    description: str
    before: str
    after: str
    body: str


class _Channel(NamedTuple):
    """What a channel tells of a feed."""

    title: str
    link: str
    description: str
    language: str
    updated: datetime
    ttl: int
    copyright: str
    logo: str
    editor: str
    links: tuple[Link, ...]
    is_archive: bool


def render_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
    """Return an entry as an `<item>`, of a summary without content:encoded. RenderError names the entry."""
    with naming_entry(entry):
        told = _item(entry, publication, content)
        return elements.fragment(FormatName.RSS, told, told.body, _element, format_rfc822)


def render_envelope(
    feed: Feed,
    publication: Publication,
    fragments: Sequence[Fragment],
    *,
    archive: ArchiveLinks = NO_ARCHIVE,
) -> Envelope:
    """Return a feed's document around items rendered before. RenderError names the feed."""
    with naming_feed(feed):
        told, style = _channel(feed, publication, archive), feed_style(publication)
        return elements.envelope(told, fragments, _document, format_rfc822, closing=b"</channel></rss>", style=style)


def item(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Any:
    """Return the feedgen entry of an item.

    Without a summary the title describes it: feedgen makes content that stands alone the description.
    """
    return _made(_item(entry, publication, content))


def _item(entry: Entry, publication: Publication, content: Content) -> _Item:
    is_full = content is Content.FULL
    before, after = around_body(entry, publication) if is_full else ("", "")
    return _Item(
        title=entry.title,
        link=entry.link,
        guid=entry.id,
        is_permalink=is_permalink(entry.id, entry.link),
        published=in_seoul(entry.published),
        categories=categories(entry),
        creators=tuple(_creators([person.name for person in authors(entry, publication)])),
        picture=_picture(entry),
        updated=format_rfc3339(entry.updated) if entry.updated else "",
        first_published=format_rfc3339(entry.published) if entry.updated else "",
        description=as_html(entry.summary or entry.title),
        before=before,
        after=after,
        body=entry.body if is_full else "",
    )


def _made(told: _Item) -> Any:
    made = bridge.new_entry(_ITEM_ORDER, _item_extras(told))
    made.title(told.title)
    made.link(href=told.link, rel="alternate")
    made.guid(told.guid, permalink=told.is_permalink)
    made.pubDate(told.published)
    made.category([{"term": term} for term in told.categories])
    made.description(told.description)
    html = f"{told.before}{told.body}{told.after}"
    if html:
        made.content(html)
    return made


def _element(told: _Item) -> Any:
    return _made(told).rss_entry()


def as_html(text: str) -> str:
    """Return a text as HTML that reads as the text: to RSS, a description is HTML, and readers take it for that.

    They would drop `<속보>` as a tag and show the text `&amp;` as `&`. What is the same either way stays as it is.
    """
    return escape(text, quote=False) if _MARKUP.search(text) else text


def _item_extras(told: _Item) -> Iterator[Extra]:
    yield from (Extra("dc:creator", name) for name in told.creators)
    if told.picture:
        yield _media(*told.picture)
    if told.updated:
        yield Extra("atom:published", told.first_published)
        yield Extra("atom:updated", told.updated)
        yield Extra("dcterms:modified", told.updated)


def _creators(names: Sequence[str]) -> Iterable[str]:
    """Return the texts of dc:creator: most readers show only one, so it names all whom a comma can part."""
    together = ", ".join(name for name in names if "," not in name)
    return dict.fromkeys(name if "," in name else together for name in names)


def _picture(entry: Entry) -> tuple[str, ...]:
    """Return what is told of an entry's picture, as `_media` takes it; nothing where it has none."""
    for image in told_images(entry)[:1]:
        size = (str(image.width or ""), str(image.height or ""))
        return (image.url, image.media_type, *size, image.caption, image.credit)
    return ()


def _media(url: str, media_type: str, width: str, height: str, caption: str, credit: str) -> Extra:
    attributes = {"url": url, "type": media_type, "medium": "image", "width": width, "height": height}
    told = (("media:description", caption), ("media:credit", credit))
    return Extra("media:content", "", attributes, tuple(Extra(name, text) for name, text in told if text))


def channel(feed: Feed, publication: Publication, archive: ArchiveLinks = NO_ARCHIVE) -> Any:
    """Return the feedgen feed of a channel, without items."""
    return _made_channel(_channel(feed, publication, archive))


def _channel(feed: Feed, publication: Publication, archive: ArchiveLinks) -> _Channel:
    publisher = publication.publisher
    return _Channel(
        title=feed.title,
        link=publication.url,
        description=feed.description or publication.description or feed.title,
        language=publication.language,
        updated=in_seoul(feed.updated),
        ttl=ceil(publication.max_age / 60),
        copyright=publication.copyright,
        logo=publication.logo,
        editor=f"{publisher.email} ({publisher.name})" if publisher.email else "",
        links=tuple(feed_links(feed, publication, FORMATS["rss"], archive)),
        is_archive=archive.current is not None,
    )


def _made_channel(told: _Channel) -> Any:
    extras = [Extra("atom:link", "", link.attributes) for link in told.links]
    if told.is_archive:
        extras.append(Extra("fh:archive"))
    made = bridge.new_feed(_CHANNEL_ORDER, extras)
    made.title(told.title)
    made.link(href=told.link, rel="alternate")
    made.description(told.description)
    made.language(told.language)
    made.updated(told.updated)
    made.ttl(told.ttl)
    made.docs("")
    made.generator("sosik")
    made.copyright(told.copyright)
    if told.logo:
        made.logo(told.logo)
    if told.editor:
        made.managingEditor(told.editor)
    return made


def _document(told: _Channel) -> bytes:
    document: bytes = _made_channel(told).rss_str()
    return document
