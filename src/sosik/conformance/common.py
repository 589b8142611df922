"""Rules that hold for feeds of every format: identity, dates, titles, addresses, size."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from sosik.addresses import split_address
from sosik.conformance.checklist import Level
from sosik.conformance.document import FEEDS, XML, Check, Document, DocumentFormat, FeedItem, Said, Slip, shown
from sosik.conformance.xml_tree import NAMESPACES, XmlElement
from sosik.patterns import pattern
from sosik.words import Message

ID_BYTES = 245
"""What Tiny Tiny RSS keeps of an id."""
SHORT_NUMBER = 9
"""Digits from which a number may be one of its kind."""
MOST_ENTRIES = 300
"""How many entries Feedbin reads."""
LARGE, TOO_LARGE = 500_000, 2_000_000
"""Bytes from which a document is too heavy for some readers, and for any."""
CLOCKS_DIFFER = timedelta(minutes=10)

# Longer titles are no titles, and searching them would take long.
_LOOKED_AT = 2000
_IRI = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TAG = pattern(
    r"</?(?:a|b|big|br|center|div|em|font|h[1-6]|i|img|li|p|s|script|small|span|strike|strong|sub|sup|u)"
    r"(?:\s+[\w-]+\s*=[^<>]*|\s*/?)>",
    re.IGNORECASE,
)
_REFERENCE = pattern(
    r"&(?:amp|lt|gt|quot|apos|nbsp|middot|hellip|[lr][sd]quo|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE
)
_ENCODED_TWICE = pattern(r"(?:%25[89A-Fa-f][0-9A-Fa-f]){2}")


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI."""
    return _IRI.fullmatch(text) is not None


def _address_is_own(document: Document) -> Iterator[Slip]:
    link = document.self_link
    if link is None or not link.text:
        hint = Message("conformance.self-missing-hint", how=_SELF[document.format])
        yield Slip(document.place, Message("conformance.self-missing"), hint)
    elif not _is_web(link.text):
        message = Message("conformance.self-relative", address=shown(link.text))
        yield Slip(link.place, message, Message("conformance.write-https"))


_SELF = {
    DocumentFormat.RSS: '<atom:link rel="self" …>',
    DocumentFormat.ATOM: '<link rel="self" …>',
    DocumentFormat.JSON: "feed_url",
}


def _title_is_text(document: Document) -> Iterator[Slip]:
    for title in _titles(document):
        if tag := _TAG.search(title.text[:_LOOKED_AT]):
            message = Message("conformance.title-markup", tag=tag[0][:40])
            yield Slip(title.place, message, Message("conformance.title-markup-hint"))


def _title_is_escaped_once(document: Document) -> Iterator[Slip]:
    for title in _titles(document):
        if reference := _REFERENCE.search(title.text):
            message = Message("conformance.title-escaped", reference=reference[0])
            yield Slip(title.place, message, Message("conformance.title-escaped-hint"))


def _titles(document: Document) -> Iterator[Said]:
    yield from (title for title in (document.title, *(item.title for item in document.items)) if title)


def _text_is_composed(document: Document) -> Iterator[Slip]:
    for item in document.items:
        for text in (*item.plain, *item.html):
            if not unicodedata.is_normalized("NFC", text.text):
                message = Message("conformance.not-composed", name=text.name)
                yield Slip(text.place, message, Message("conformance.not-composed-hint"))


def _id_stands_once(document: Document) -> Iterator[Slip]:
    seen: dict[str, FeedItem] = {}
    for item in document.items:
        if item.id is None or not item.id.text:
            continue
        first = seen.setdefault(item.id.text, item)
        if first is not item:
            line, column = first.place.line, first.place.column
            message = Message("conformance.id-twice", id=shown(item.id.text), line=line, column=column)
            yield Slip(item.id.place, message, Message("conformance.id-twice-hint"))


def _id_is_plain(document: Document) -> Iterator[Slip]:
    for item in document.items:
        if item.id and (message := _id_fault(item.id.text)):
            yield Slip(item.id.place, message, Message("conformance.id-plain-hint"))


def _id_fault(text: str) -> Message | None:
    """Return what is wrong with an id, None for nothing."""
    if not text.isascii():
        return Message("conformance.id-not-ascii", id=shown(text))
    if len(text) > ID_BYTES:
        return Message("conformance.id-long", id=shown(text), size=len(text), most=ID_BYTES)
    if text.isdecimal() and len(text) < SHORT_NUMBER:
        return Message("conformance.id-number", id=shown(text))
    if any(character.isspace() for character in text):
        return Message("conformance.id-space", id=shown(text))
    return None if _is_normal(text) else Message("conformance.id-not-normal", id=shown(text))


def _is_normal(text: str) -> bool:
    """Tell whether an address has a host in lower case, a path, and no port that is the default."""
    if not text.lower().startswith(("http:", "https:")):
        return True
    parts = split_address(text)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.netloc.rpartition("@")[2]
    return text.startswith(parts.scheme) and host == host.lower() and bool(parts.path) and parts.port != default


def _dates_break(rule: int, *, certain: bool = True) -> Callable[[Document], Iterator[Slip]]:
    """Return the question which dates break a rule of dates."""

    def question(document: Document) -> Iterator[Slip]:
        for date in document.dates:
            reading = date.reading
            if (reading.rule, reading.certain) == (rule, certain):
                values = {"name": date.name, "date": shown(date.text), **reading.values}
                yield Slip(date.place, Message(reading.fault, **values), reading.hint)

    return question


def _updated_follows(document: Document) -> Iterator[Slip]:
    for item in document.items:
        if item.updated and item.first and item.changed and item.changed < item.first:
            message = Message("conformance.updated-before", name=item.updated.name)
            yield Slip(item.updated.place, message, Message("conformance.leave-out"))


def _nothing_is_ahead(document: Document) -> Iterator[Slip]:
    for date in document.dates:
        instant = date.reading.instant
        if instant and instant > document.judged + CLOCKS_DIFFER:
            message = Message("conformance.date-ahead", name=date.name, date=shown(date.text))
            yield Slip(date.place, message, Message("conformance.date-ahead-hint"))


def _newest_first(document: Document) -> Iterator[Slip]:
    dated = [(item, item.first) for item in document.items if item.first]
    for (_, newer), (item, older) in pairwise(dated):
        if newer and older and older > newer:
            yield Slip(item.place, Message("conformance.not-in-order"), Message("conformance.not-in-order-hint"))
            return


def _date_is_there(document: Document) -> Iterator[Slip]:
    for item in document.items:
        if item.published is None:
            yield Slip(item.place, Message("conformance.date-missing"), Message("conformance.date-missing-hint"))


def _address_is_ascii(document: Document) -> Iterator[Slip]:
    for address in _addresses(document):
        if not address.text.isascii():
            message = Message("conformance.address-not-ascii", name=address.name, address=shown(address.text))
            yield Slip(address.place, message, Message("conformance.address-not-ascii-hint"))


def _address_is_absolute(document: Document) -> Iterator[Slip]:
    for address in _addresses(document):
        if not is_iri(address.text):
            message = Message("conformance.address-relative", name=address.name, address=shown(address.text))
            yield Slip(address.place, message, Message("conformance.write-https"))


def _address_is_encoded_once(document: Document) -> Iterator[Slip]:
    for address in _addresses(document):
        if _ENCODED_TWICE.search(address.text):
            message = Message("conformance.address-encoded-twice", name=address.name, address=shown(address.text))
            yield Slip(address.place, message, Message("conformance.address-encoded-twice-hint"))


def _address_is_of_the_web(document: Document) -> Iterator[Slip]:
    for address in _addresses(document):
        if is_iri(address.text) and not _is_web(address.text):
            message = Message("conformance.address-not-web", name=address.name, address=shown(address.text))
            yield Slip(address.place, message, Message("conformance.address-not-web-hint"))


def _addresses(document: Document) -> Iterator[Said]:
    for item in document.items:
        yield from item.addresses


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _window_is_bounded(document: Document) -> Iterator[Slip]:
    if len(document.items) > MOST_ENTRIES:
        message = Message("conformance.many-entries", count=len(document.items), most=MOST_ENTRIES)
        yield Slip(document.place, message, Message("conformance.many-entries-hint"))


def _size_is_bounded(least: int, most: int) -> Callable[[Document], Iterable[Slip]]:
    """Return the question whether a document has so many bytes."""

    def question(document: Document) -> Iterable[Slip]:
        if least < document.size <= most:
            message = Message("conformance.large", size=document.size)
            yield Slip(document.place, message, Message("conformance.large-hint"))

    return question


def _no_xsl(document: Document) -> Iterator[Slip]:
    for instruction, place in document.xml.instructions:
        if instruction.startswith("xml-stylesheet ") and "text/css" not in instruction:
            yield Slip(place, Message("conformance.xsl"), Message("conformance.xsl-hint"))


def _namespaces_are_used(document: Document) -> Iterator[Slip]:
    used = set[str]()
    declared: list[tuple[str, XmlElement]] = []
    for element in document.xml.descendants():
        used |= {_namespace(name) for name in (element.name, *element.attributes)}
        declared += ((uri, element) for uri in element.declared)
    for uri, element in declared:
        if NAMESPACES.get(uri, uri) not in used:
            message = Message("conformance.namespace-unused", namespace=shown(uri))
            yield Slip(element.place, message, Message("conformance.leave-out"))


def _namespace(name: str) -> str:
    """Return the prefix that a name is known under, or its namespace."""
    return name[1:].partition("}")[0] if name.startswith("{") else name.rpartition(":")[0]


CHECKS = (
    Check(8, FEEDS, _address_is_own),
    Check(10, FEEDS, _newest_first),
    Check(13, FEEDS, _text_is_composed),
    Check(17, XML & FEEDS, _namespaces_are_used),
    Check(21, FEEDS, _id_stands_once),
    Check(22, FEEDS, _id_is_plain),
    *(Check(number, FEEDS | {DocumentFormat.SITEMAP}, _dates_break(number)) for number in (25, 26, 27, 28)),
    Check(28, FEEDS | {DocumentFormat.SITEMAP}, _dates_break(28, certain=False), Level.SHOULD),
    Check(31, FEEDS, _updated_follows),
    Check(32, FEEDS, _nothing_is_ahead),
    Check(39, FEEDS, _date_is_there),
    Check(40, FEEDS, _title_is_text),
    Check(40, FEEDS, _title_is_escaped_once, Level.SHOULD),
    Check(44, XML - {DocumentFormat.ATOM}, _address_is_ascii),
    Check(44, frozenset({DocumentFormat.ATOM, DocumentFormat.JSON}), _address_is_ascii, Level.SHOULD),
    Check(44, frozenset(DocumentFormat), _address_is_absolute),
    Check(44, frozenset(DocumentFormat), _address_is_encoded_once, Level.SHOULD),
    Check(53, FEEDS, _window_is_bounded),
    Check(54, FEEDS, _size_is_bounded(LARGE, TOO_LARGE)),
    Check(54, FEEDS, _size_is_bounded(TOO_LARGE, 2**63), Level.MUST),
    Check(96, XML, _no_xsl),
    Check(98, frozenset(DocumentFormat), _address_is_of_the_web),
)
