"""Atom 1.0 (RFC 4287): entries as entries, feeds as feeds."""

from collections.abc import Iterator, Sequence
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
    Person,
    Publication,
)
from sosik.normalize.ids import atom_id
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


def render_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
    """Return an entry as an `<entry>`, of a summary without atom:content. RenderError names the entry."""
    with naming_entry(entry):
        return bridge.fragment(
            atom_entry(entry, publication, content=content).atom_entry(), FormatName.ATOM, entry.body
        )


def render_envelope(
    feed: Feed,
    publication: Publication,
    fragments: Sequence[Fragment],
    *,
    archive: ArchiveLinks = NO_ARCHIVE,
) -> Envelope:
    """Return a feed's document around entries rendered before. RenderError names the feed."""
    with naming_feed(feed):
        made = atom_feed(feed, publication, archive).atom_str()
        return bridge.envelope(made, fragments, closing=b"</feed>", style=feed_style(publication))


def atom_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Any:
    """Return the feedgen entry of an entry. One without any text has its title for a summary, as in RSS.

    The feed's rights are those of every entry (RFC 4287, 4.2.10); a reader shows those of an entry for its summary.
    """
    language = entry.language if entry.language != publication.language else ""
    made = bridge.new_entry(_ENTRY_ORDER, _links(entry), language=language)
    made.id(atom_id(entry.id, publication.authority))
    made.title(entry.title)
    made.link(href=entry.link, rel="alternate")
    made.published(in_seoul(entry.published))
    made.updated(in_seoul(entry.changed))
    made.author([_person(person) for person in authors(entry, publication)])
    made.category([{"term": term, "label": term} for term in categories(entry)])
    html = content_html(entry, publication) if content is Content.FULL else ""
    if html:
        made.content(html, type="html")
    if entry.summary or not html:
        made.summary(entry.summary or entry.title)
    return made


def _links(entry: Entry) -> Iterator[Extra]:
    yield Extra("link", "", {"rel": "alternate", "type": "text/html", "href": entry.link})
    for image in told_images(entry)[:1]:
        length = str(image.length or "")
        yield Extra("link", "", {"rel": "enclosure", "type": image.media_type, "length": length, "href": image.url})
    for other in entry.relations:
        yield Extra("link", "", {"rel": "related", "type": "text/html", "href": other.link, "title": other.title})


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "email": person.email or "", "uri": person.url or ""}


def _tombstones(feed: Feed, publication: Publication) -> Iterator[Extra]:
    """RFC 6721, 3: readers that know it take the entry away; the others pass it over."""
    for grave in feed.tombstones:
        ref = atom_id(grave.id, publication.authority)
        yield Extra("at:deleted-entry", "", {"ref": ref, "when": format_rfc3339(grave.when)})


def atom_feed(feed: Feed, publication: Publication, archive: ArchiveLinks = NO_ARCHIVE) -> Any:
    """Return the feedgen feed of a feed, without entries."""
    archived = [Extra("fh:archive")] if archive.current is not None else []
    made = bridge.new_feed(_FEED_ORDER, [*archived, *_tombstones(feed, publication)])
    made.id(feed.id)
    made.title(feed.title)
    made.subtitle(feed.description or publication.description)
    made.link([*feed_links(feed, publication, FORMATS["atom"], archive)])
    made.link(rel="alternate", type="text/html", href=publication.url)
    made.language(publication.language)
    made.updated(in_seoul(feed.updated))
    made.author(_person(publication.publisher))
    made.rights(publication.copyright)
    made.icon(publication.icon)
    made.logo(publication.logo)
    made.generator("sosik")
    return made
