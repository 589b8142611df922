"""Rules between the documents of a folder: one id and one set of dates for an article, links that resolve."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import unquote

from msgspec import Struct

from sosik.conformance.common import is_iri
from sosik.conformance.document import FEEDS, Document, DocumentFormat, FeedItem, Finding, Said, Slip, finding, shown
from sosik.words import Message

Documents = Sequence[Document]


class Seen(Struct, frozen=True):
    """An entry where it was first seen."""

    document: Document
    item: FeedItem


def _one_id(documents: Documents) -> Iterator[Slip]:
    """An address that leads to one article in each document tells the articles of different documents together."""
    first: dict[str, Seen] = {}
    for document, item, link in _linked(documents):
        seen = first.setdefault(link, Seen(document, item))
        if item.id and seen.item.id and item.id.text != seen.item.id.text and _comparable(seen, document, item):
            here, there = shown(item.id.text), shown(seen.item.id.text)
            message = Message("conformance.ids-differ", here=here, there=there, file=seen.document.place.file)
            yield Slip(item.id.place, message, Message("conformance.ids-differ-hint"))


def _comparable(seen: Seen, document: Document, item: FeedItem) -> bool:
    """Tell whether two ids should be equal: Atom must write an id that is no IRI in a way of its own."""
    formats = {seen.document.format, document.format}
    ids = [entry.id.text for entry in (seen.item, item) if entry.id]
    return not (DocumentFormat.ATOM in formats and len(formats) == 2 and not all(map(is_iri, ids)))


def _linked(documents: Documents) -> Iterator[tuple[Document, FeedItem, str]]:
    """Yield the entries whose link no other entry of their document has."""
    for document in _feeds(documents):
        links = Counter(item.link.text for item in document.items if item.link)
        for item in document.items:
            if item.link and item.link.text and links[item.link.text] == 1:
                yield document, item, item.link.text


def _feeds(documents: Documents) -> Iterator[Document]:
    return (document for document in documents if document.format in FEEDS)


def _one_article(documents: Documents) -> Iterator[Slip]:
    for item, seen in _met_again(documents):
        links = (item.link, seen.item.link)
        if item.id and links[0] and links[1] and links[0].text != links[1].text:
            message = Message("conformance.id-shared", id=shown(item.id.text), file=seen.document.place.file)
            yield Slip(item.id.place, message, Message("conformance.id-shared-hint"))


def _met_again(documents: Documents) -> Iterator[tuple[FeedItem, Seen]]:
    """Yield entries whose id another document has, with the first that has it."""
    first: dict[str, Seen] = {}
    for document in _feeds(documents):
        for item in document.items:
            if item.id and item.id.text:
                seen = first.setdefault(item.id.text, Seen(document, item))
                if seen.document is not document:
                    yield item, seen


def _equal_instants(documents: Documents) -> Iterator[Slip]:
    for item, seen in _met_again(documents):
        yield from _differing(item, seen, "conformance.published-differs", item.first, seen.item.first)
        if item.updated and seen.item.updated:
            yield from _differing(item, seen, "conformance.updated-differs", item.changed, seen.item.changed)
    published = {link: Seen(document, item) for document, item, link in _linked(documents)}
    for sitemap in (document for document in documents if document.format is DocumentFormat.SITEMAP):
        for item in sitemap.items:
            if item.link and item.link.text in published:
                other = published[item.link.text]
                yield from _differing(item, other, "conformance.published-differs", item.first, other.item.first)


def _differing(item: FeedItem, seen: Seen, key: str, here: datetime | None, there: datetime | None) -> Iterator[Slip]:
    if here and there and here != there:
        place = item.published.place if item.published else item.place
        message = Message(key, here=here.isoformat(), there=there.isoformat(), file=seen.document.place.file)
        yield Slip(place, message, Message("conformance.instants-differ-hint"))


def _edit_reaches_rss(documents: Documents) -> Iterator[Slip]:
    edited = {
        item.id.text: document
        for document in _feeds(documents)
        for item in document.items
        if item.id
        and document.format is not DocumentFormat.RSS
        and item.first
        and item.changed
        and item.changed > item.first
    }
    for document in documents:
        for item in document.items if document.format is DocumentFormat.RSS else ():
            if item.id and item.updated is None and item.id.text in edited:
                message = Message("conformance.edit-untold", file=edited[item.id.text].place.file)
                yield Slip(item.place, message, Message("conformance.edit-untold-hint"))


def _own_address(documents: Documents) -> Iterator[Slip]:
    """Its own address leads to the document itself, or to one of the same bytes: an alias."""
    places = _places(documents)
    for document in _feeds(documents):
        link = document.self_link
        if link is None or not link.text:
            continue
        fetched = places.get(unquote(link.text))
        if fetched is None or fetched.digest != document.digest:
            message = Message("conformance.self-elsewhere", address=shown(link.text))
            yield Slip(link.place, message, Message("conformance.self-elsewhere-hint"))


def _places(documents: Documents) -> dict[str, Document]:
    """Return the documents by the address they are fetched from, decoded."""
    base = _base(documents)
    return {base + document.name: document for document in documents}


def _base(documents: Documents) -> str:
    """Return the address of the folder: the one that most feeds name, less their own path; decoded."""
    stated = ((document.name, unquote(document.self_link.text)) for document in _feeds(documents) if document.self_link)
    bases = Counter(address.removesuffix(name) for name, address in stated if address.endswith(f"/{name}"))
    return min(bases, key=lambda base: (-bases[base], len(base), base), default="")


def _archives_are_there(documents: Documents) -> Iterator[Slip]:
    base, places = _base(documents), _places(documents)
    for document in _feeds(documents):
        for link in document.links:
            if link.name in _ARCHIVES and _is_missing(link, base, places):
                message = Message("conformance.archive-missing", rel=link.name, address=shown(link.text))
                yield Slip(link.place, message, Message("conformance.archive-missing-hint"))


_ARCHIVES = frozenset({"prev-archive", "next-archive", "current"})


def _listed_feeds_are_there(documents: Documents) -> Iterator[Slip]:
    base, places = _base(documents), _places(documents)
    for listing in (document for document in documents if document.format is DocumentFormat.OPML):
        for item in listing.items:
            if item.link and _is_missing(item.link, base, places):
                message = Message("conformance.listed-missing", address=shown(item.link.text))
                yield Slip(item.place, message, Message("conformance.listed-missing-hint"))


def _is_missing(link: Said, base: str, places: Mapping[str, Document]) -> bool:
    """Tell whether an address leads into the folder and to nothing there; what lies elsewhere cannot be known."""
    address = unquote(link.text)
    return bool(base) and address.startswith(base) and address not in places


QUESTIONS: tuple[tuple[int, Callable[[Documents], Iterable[Slip]]], ...] = (
    (8, _own_address),
    (19, _one_id),
    (21, _one_article),
    (34, _edit_reaches_rss),
    (38, _equal_instants),
    (58, _archives_are_there),
    (94, _listed_feeds_are_there),
)
"""The questions asked of all documents of a folder, each with the number of its rule."""


def compare(documents: Documents) -> list[Finding]:
    """Return what the documents of one folder break together."""
    return [finding(number, slip) for number, question in QUESTIONS for slip in question(documents)]
