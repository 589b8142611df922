"""Atom 1.0 (RFC 4287): entries as entries, feeds as feeds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

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
    Person,
    Publication,
)
from sosik.normalize.ids import atom_id
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

_ENTRY_ORDER = (
    "id",
    "title",
    "link",
    "published",
    "updated",
    "author",
    "category",
    "summary",
    "content",
)
_FEED_ORDER = (
    "id",
    "title",
    "subtitle",
    "link",
    "fh:archive",
    "updated",
    "author",
    "rights",
    "icon",
    "logo",
    "generator",
    "at:deleted-entry",
)


class _Person(NamedTuple):
    """A person as feedgen takes one."""

    name: str
    email: str
    uri: str


class _Entry(NamedTuple):
    """What an Atom entry tells of an entry."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    authors: tuple[_Person, ...]
    categories: tuple[str, ...]
    enclosure: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    language: str
    summary: str
    before: str
    after: str
    body: str


class _Feed(NamedTuple):
    """What an Atom feed tells of a feed; of what was taken back the id and when."""

    id: str
    title: str
    subtitle: str
    links: tuple[Link, ...]
    home: str
    language: str
    updated: datetime
    author: _Person
    rights: str
    icon: str
    logo: str
    is_archive: bool
    tombstones: tuple[tuple[str, str], ...]


def render_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
    """Return an entry as an `<entry>`, of a summary without atom:content. RenderError names the entry."""
    with naming_entry(entry):
        told = _entry(entry, publication, content)
        return elements.fragment(FormatName.ATOM, told, told.body, _element, format_rfc3339)


def render_envelope(
    feed: Feed,
    publication: Publication,
    fragments: Sequence[Fragment],
    *,
    archive: ArchiveLinks = NO_ARCHIVE,
) -> Envelope:
    """Return a feed's document around entries rendered before. RenderError names the feed."""
    with naming_feed(feed):
        told, style = _feed(feed, publication, archive), feed_style(publication)
        return elements.envelope(told, fragments, _document, format_rfc3339, closing=b"</feed>", style=style)


def atom_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Any:
    """Return the feedgen entry of an entry. One without any text has its title for a summary, as in RSS.

    The feed's rights are those of every entry (RFC 4287, 4.2.10); a reader shows those of an entry for its summary.
    """
    return _made(_entry(entry, publication, content))


def _entry(entry: Entry, publication: Publication, content: Content) -> _Entry:
    is_full = content is Content.FULL
    before, after = around_body(entry, publication) if is_full else ("", "")
    body = entry.body if is_full else ""
    has_html = bool(before or body or after)
    return _Entry(
        id=atom_id(entry.id, publication.authority),
        title=entry.title,
        link=entry.link,
        published=in_seoul(entry.published),
        updated=in_seoul(entry.changed),
        authors=tuple(map(_person, authors(entry, publication))),
        categories=categories(entry),
        enclosure=_enclosure(entry),
        related=tuple((other.link, other.title) for other in entry.relations),
        language=entry.language if entry.language != publication.language else "",
        summary=entry.summary or ("" if has_html else entry.title),
        before=before,
        after=after,
        body=body,
    )


def _made(told: _Entry) -> Any:
    made = bridge.new_entry(_ENTRY_ORDER, _links(told), language=told.language)
    made.id(told.id)
    made.title(told.title)
    made.link(href=told.link, rel="alternate")
    made.published(told.published)
    made.updated(told.updated)
    made.author([author._asdict() for author in told.authors])
    made.category([{"term": term, "label": term} for term in told.categories])
    html = f"{told.before}{told.body}{told.after}"
    if html:
        made.content(html, type="html")
    if told.summary:
        made.summary(told.summary)
    return made


def _element(told: _Entry) -> Any:
    return _made(told).atom_entry()


def _links(told: _Entry) -> Iterator[Extra]:
    yield Extra("link", "", {"rel": "alternate", "type": "text/html", "href": told.link})
    if told.enclosure:
        media_type, length, url = told.enclosure
        yield Extra("link", "", {"rel": "enclosure", "type": media_type, "length": length, "href": url})
    for link, title in told.related:
        yield Extra("link", "", {"rel": "related", "type": "text/html", "href": link, "title": title})


def _enclosure(entry: Entry) -> tuple[str, ...]:
    """Return media type, length and address of an entry's picture; nothing where it has none."""
    for image in told_images(entry)[:1]:
        return (image.media_type, str(image.length or ""), image.url)
    return ()


def _person(person: Person) -> _Person:
    return _Person(person.name, person.email or "", person.url or "")


def _tombstones(told: _Feed) -> Iterator[Extra]:
    """RFC 6721, 3: readers that know it take the entry away; the others pass it over."""
    for ref, when in told.tombstones:
        yield Extra("at:deleted-entry", "", {"ref": ref, "when": when})


def atom_feed(feed: Feed, publication: Publication, archive: ArchiveLinks = NO_ARCHIVE) -> Any:
    """Return the feedgen feed of a feed, without entries."""
    return _made_feed(_feed(feed, publication, archive))


def _feed(feed: Feed, publication: Publication, archive: ArchiveLinks) -> _Feed:
    return _Feed(
        id=feed.id,
        title=feed.title,
        subtitle=feed.description or publication.description,
        links=tuple(feed_links(feed, publication, FORMATS["atom"], archive)),
        home=publication.url,
        language=publication.language,
        updated=in_seoul(feed.updated),
        author=_person(publication.publisher),
        rights=publication.copyright,
        icon=publication.icon,
        logo=publication.logo,
        is_archive=archive.current is not None,
        tombstones=tuple(
            (atom_id(grave.id, publication.authority), format_rfc3339(grave.when)) for grave in feed.tombstones
        ),
    )


def _made_feed(told: _Feed) -> Any:
    archived = [Extra("fh:archive")] if told.is_archive else []
    made = bridge.new_feed(_FEED_ORDER, [*archived, *_tombstones(told)])
    made.id(told.id)
    made.title(told.title)
    made.subtitle(told.subtitle)
    made.link([link.attributes for link in told.links])
    made.link(rel="alternate", type="text/html", href=told.home)
    made.language(told.language)
    made.updated(told.updated)
    made.author(told.author._asdict())
    made.rights(told.rights)
    made.icon(told.icon)
    made.logo(told.logo)
    made.generator("sosik")
    return made


def _document(told: _Feed) -> bytes:
    document: bytes = _made_feed(told).atom_str()
    return document
