"""The entries, dates and links of a feed in one structure for all formats."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from sosik.conformance.document import Dated, DocumentFormat, FeedItem, Said
from sosik.conformance.json_tree import Json
from sosik.conformance.times import DateReading, read_rfc822, read_rfc3339, read_w3c
from sosik.conformance.xml_tree import XmlElement

Read = Callable[[str], DateReading]

RSS_DATES: dict[str, Read] = {
    "pubDate": read_rfc822,
    "lastBuildDate": read_rfc822,
    "atom:published": read_rfc3339,
    "atom:updated": read_rfc3339,
    "dcterms:modified": read_w3c,
    "dc:date": read_w3c,
}
ATOM_DATES: dict[str, Read] = {"atom:published": read_rfc3339, "atom:updated": read_rfc3339}
JSON_DATES: dict[str, Read] = {"date_published": read_rfc3339, "date_modified": read_rfc3339}
SITEMAP_DATES: dict[str, Read] = {"sitemap:lastmod": read_w3c, "news:publication_date": read_w3c}
"""The elements and members of each format that are dates, and how they are read."""


class DocumentParts(Struct, frozen=True):
    """What all formats have in common: see `Document`."""

    title: Said | None = None
    items: tuple[FeedItem, ...] = ()
    dates: tuple[Dated, ...] = ()
    links: tuple[Said, ...] = ()


def said(element: XmlElement | None) -> Said | None:
    """Return what an element says, without white space around it; None for an element that is not there."""
    return Said(element.text.strip(), element.place, element.name) if element else None


def attribute(element: XmlElement, name: str) -> Said:
    """Return what an attribute of an element says, empty where it has none."""
    return Said(element.attributes.get(name, "").strip(), element.place, f"{element.name} {name}")


def rss_parts(root: XmlElement) -> DocumentParts:
    """Return the parts of an RSS document."""
    channel = root.first("channel")
    if channel is None:
        return DocumentParts()
    items = [*channel.all("item"), *root.all("item")]
    return DocumentParts(
        said(channel.first("title")),
        tuple(_rss_item(item) for item in items),
        tuple(date for parent in (channel, *items) for date in _dates(parent, RSS_DATES)),
        _relations(channel.all("atom:link")),
    )


def _rss_item(item: XmlElement) -> FeedItem:
    guid, link = item.first("guid"), said(item.first("link"))
    description = item.all("description")
    full = [*description, *item.all("content:encoded")]
    plain = [said(element) for element in [*item.all("title"), *description]]
    links = [link, *(attribute(enclosure, "url") for enclosure in item.all("enclosure", "media:content"))]
    if guid is not None and guid.attributes.get("isPermaLink") != "false" and guid.text.strip().startswith("http"):
        links.append(said(guid))
    return FeedItem(
        place=item.place,
        id=said(guid),
        title=said(item.first("title")),
        link=link,
        published=_date(item, RSS_DATES, "pubDate"),
        updated=_date(item, RSS_DATES, "atom:updated", "dcterms:modified"),
        plain=tuple(text for text in plain if text),
        html=tuple(text for text in map(said, full) if text),
        addresses=tuple(address for address in links if address and address.text),
    )


def atom_parts(root: XmlElement) -> DocumentParts:
    """Return the parts of an Atom document."""
    entries = root.all("atom:entry")
    return DocumentParts(
        said(root.first("atom:title")),
        tuple(_atom_item(entry) for entry in entries),
        tuple(date for parent in (root, *entries) for date in _dates(parent, ATOM_DATES)),
        _relations(root.all("atom:link")),
    )


def _atom_item(entry: XmlElement) -> FeedItem:
    links = entry.all("atom:link")
    alternate = next((link for link in links if link.attributes.get("rel", "alternate") == "alternate"), None)
    texts = entry.all("atom:title", "atom:summary", "atom:content")
    plain = [text for text in texts if text.attributes.get("type", "text") == "text"]
    html = [text for text in texts if text.attributes.get("type") == "html"]
    addresses = [attribute(link, "href") for link in links]
    return FeedItem(
        place=entry.place,
        id=said(entry.first("atom:id")),
        title=said(entry.first("atom:title")),
        link=attribute(alternate, "href") if alternate else None,
        published=_date(entry, ATOM_DATES, "atom:published"),
        updated=_date(entry, ATOM_DATES, "atom:updated"),
        plain=tuple(text for text in map(said, plain) if text),
        html=tuple(text for text in map(said, html) if text),
        addresses=tuple(address for address in addresses if address.text),
    )


def _relations(links: list[XmlElement]) -> tuple[Said, ...]:
    """Return the addresses that a feed states about itself, each with its rel for a name."""
    stated = ((link.attributes.get("rel", "alternate"), attribute(link, "href")) for link in links)
    return tuple(Said(address.text, address.place, rel) for rel, address in stated)


def json_parts(root: Json) -> DocumentParts:
    """Return the parts of a JSON Feed."""
    rels = {"self": "feed_url", "next": "next_url", "alternate": "home_page_url"}
    links = ((rel, member(root, name)) for rel, name in rels.items())
    hubs = (("hub", member(hub, "url")) for hub in root.array("hubs"))
    items = root.array("items")
    return DocumentParts(
        member(root, "title"),
        tuple(_json_item(item) for item in items),
        tuple(date for item in items for date in _json_dates(item)),
        tuple(Said(link.text, link.place, rel) for rel, link in (*links, *hubs) if link),
    )


def _json_item(item: Json) -> FeedItem:
    link = member(item, "url")
    dates = {date.name: date for date in _json_dates(item)}
    plain = (member(item, name) for name in ("title", "summary", "content_text"))
    return FeedItem(
        place=item.place,
        id=member(item, "id"),
        title=member(item, "title"),
        link=link,
        published=dates.get("date_published"),
        updated=dates.get("date_modified"),
        plain=tuple(text for text in plain if text),
        html=tuple(text for text in (member(item, "content_html"),) if text),
        addresses=tuple(address for address in (link, member(item, "image")) if address),
    )


def member(parent: Json, name: str) -> Said | None:
    """Return what a member of an object says; None where it is not there or no text."""
    value = parent.get(name)
    return Said(value.value, value.place, name) if value and isinstance(value.value, str) else None


def _json_dates(item: Json) -> Iterator[Dated]:
    for name, read in JSON_DATES.items():
        text = member(item, name)
        if text:
            yield Dated(text.text, read(text.text), name, text.place)


def sitemap_parts(root: XmlElement) -> DocumentParts:
    """Return the parts of a sitemap: an address is an item."""
    urls = root.all("sitemap:url")
    news = [element for url in urls for element in url.all("news:news")]
    return DocumentParts(
        None,
        tuple(_sitemap_item(url) for url in urls),
        tuple(date for parent in (*urls, *news) for date in _dates(parent, SITEMAP_DATES)),
    )


def _sitemap_item(url: XmlElement) -> FeedItem:
    link = said(url.first("sitemap:loc"))
    news = url.first("news:news")
    title = said(news.first("news:title")) if news else None
    return FeedItem(
        place=url.place,
        title=title,
        link=link,
        published=_date(news, SITEMAP_DATES, "news:publication_date") if news else None,
        updated=_date(url, SITEMAP_DATES, "sitemap:lastmod"),
        plain=(title,) if title else (),
        addresses=(link,) if link else (),
    )


def opml_parts(root: XmlElement) -> DocumentParts:
    """Return the parts of an OPML document: an outline that leads to a feed is an item."""
    outlines = [outline for outline in root.descendants() if outline.attributes.get("xmlUrl")]
    return DocumentParts(None, tuple(_outline(outline) for outline in outlines))


def _outline(outline: XmlElement) -> FeedItem:
    link, title = attribute(outline, "xmlUrl"), attribute(outline, "text")
    return FeedItem(place=outline.place, link=link, title=title, plain=(title,), addresses=(link,))


PARTS: dict[DocumentFormat, Callable[[XmlElement], DocumentParts]] = {
    DocumentFormat.RSS: rss_parts,
    DocumentFormat.ATOM: atom_parts,
    DocumentFormat.OPML: opml_parts,
    DocumentFormat.SITEMAP: sitemap_parts,
}
"""How the parts of a document are found in each format of XML."""


def _dates(parent: XmlElement, names: dict[str, Read]) -> Iterator[Dated]:
    for child in parent.children:
        if child.name in names:
            yield _dated(child, names[child.name])


def _date(parent: XmlElement, table: dict[str, Read], *names: str) -> Dated | None:
    """Return the date that the first of the names states."""
    children = (parent.first(name) for name in names)
    element = next((child for child in children if child), None)
    return _dated(element, table[element.name]) if element else None


def _dated(element: XmlElement, read: Read) -> Dated:
    return Dated(element.text, read(element.text), element.name, element.place)
