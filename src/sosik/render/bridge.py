"""The only module that imports feedgen: makes its elements safe to publish, and converts them to bytes.

The import happens with the first element; templates of known shapes need neither feedgen nor lxml.

feedgen 1.0.0 builds elements well, but makes wrong decisions. Links of entries lose `rel`, authors without e-mail
disappear, the clock replaces missing dates, and a single picture gets a group. An extension (`Extra`) writes the
elements that feedgen cannot write; the modules of the formats set the values that it would decide.
tests/render/test_bridge.py shows each fault and its absence in the output, so every change of feedgen is noticed.

feedgen formats RSS dates by changing the locale of the whole process. So feeds are rendered only in the process that
builds, never in a thread of a server.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from html import escape
from typing import Any, NamedTuple

from sosik.model import Envelope, FormatName, Fragment, fragment_of
from sosik.patterns import pattern

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
"""Every prefix our feeds may use. A feed declares those it does use and no others."""

_PREFIX = pattern(rb"<(\w+):")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Extra(NamedTuple):
    """An element that feedgen cannot write, by its prefixed name. Attributes without a value are left out."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = {}
    children: tuple["Extra", ...] = ()


def new_entry(order: Sequence[str], extras: Iterable[Extra], *, language: str = "") -> Any:
    """Return a feedgen entry that will carry `extras`, its children in the `order` of their prefixed names.

    `language` is stated (xml:lang) when it is not empty.
    """
    from feedgen.entry import FeedEntry

    entry = FeedEntry()
    entry.register_extension("sosik", partial(_EntryExtension, order, tuple(extras), language))
    return entry


def new_feed(order: Sequence[str], extras: Iterable[Extra]) -> Any:
    """Return a feedgen feed without entries that will carry `extras`, its metadata in `order`."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.register_extension("sosik", partial(_FeedExtension, order, tuple(extras)))
    return feed


def fragment(element: Any, format_name: FormatName, text: bytes = b"") -> Fragment:
    """Return an element that feedgen made, as it stands inside a feed that declares its prefixes.

    `text` is the entry's body, which may stand in it.
    """
    from lxml import etree

    carrier = etree.Element("carrier", nsmap=NAMESPACES)
    head = etree.tostring(carrier).replace(b"/>", b">")
    carrier.append(element)
    body = etree.tostring(carrier, encoding="utf-8")[len(head) : -len(b"</carrier>")]
    return fragment_of(format_name, body, text, {name.decode() for name in _PREFIX.findall(body)})


def head_of(feed: bytes, prefixes: Iterable[str], *, closing: bytes) -> bytes:
    """Return what stands before the fragments of a document: feedgen's `feed` without entries, cut at `closing`.

    The root declares the prefixes that it uses itself, those that the fragments use, and no others.
    """
    from lxml import etree

    root = etree.fromstring(feed)
    declared = {name: NAMESPACES[name] for name in sorted(prefixes)}
    etree.cleanup_namespaces(root, top_nsmap=declared, keep_ns_prefixes=list(declared))
    head: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return head.removesuffix(closing)


def envelope(head: bytes, *, closing: bytes, style: str = "", is_empty: bool = False) -> Envelope:
    """Return what stands around the fragments of a document, if there are any, out of its `head`.

    A browser that shows the source is pointed to the CSS at the address `style` (www.w3.org/TR/xml-stylesheet);
    browsers give up XSLT.
    """
    if style:
        declaration, _, rest = head.partition(b"\n")
        head = b'%s\n<?xml-stylesheet type="text/css" href="%s"?>\n%s' % (declaration, escape(style).encode(), rest)
    return Envelope(head=head + b"\n", joint=b"\n", tail=(b"" if is_empty else b"\n") + closing + b"\n")


class _EntryExtension:
    """A feedgen extension: the elements feedgen cannot write, and the order of them all."""

    def __init__(self, order: Sequence[str], extras: Sequence[Extra], language: str) -> None:
        self._order = order
        self._extras = extras
        self._language = language

    def extend_rss(self, item: Any) -> None:
        """Complete an RSS item."""
        _complete(item, self._order, self._extras)

    def extend_atom(self, entry: Any) -> None:
        """Complete an Atom entry; its links are ours alone, since feedgen writes them without rel, type and length."""
        for link in entry.findall("link"):
            entry.remove(link)
        if self._language:
            entry.set(_XML_LANG, self._language)
        _complete(entry, self._order, self._extras)


class _FeedExtension:
    """The same for a feed's own metadata, which stand before all entries."""

    def __init__(self, order: Sequence[str], extras: Sequence[Extra]) -> None:
        self._order = order
        self._extras = extras

    def extend_ns(self) -> dict[str, str]:
        """Tell feedgen the prefixes to declare on the root."""
        return dict(NAMESPACES)

    def extend_rss(self, root: Any) -> None:
        """Complete the channel."""
        _complete(root[0], self._order, self._extras)

    def extend_atom(self, root: Any) -> None:
        """Complete the feed."""
        _complete(root, self._order, self._extras)


def _complete(parent: Any, order: Sequence[str], extras: Iterable[Extra]) -> None:
    for extra in extras:
        _append(parent, extra)
    rank = _ranks(tuple(order))
    parent.extend(sorted(parent, key=lambda child: rank[child.tag]))  # moves each child; a slice costs five times more


def _append(parent: Any, extra: Extra) -> None:
    from lxml import etree

    element = etree.SubElement(parent, _tag(extra.name))
    if extra.text:
        element.text = extra.text
    for name, value in extra.attributes.items():
        if value:
            element.set(name, value)
    for child in extra.children:
        _append(element, child)


@cache
def _ranks(order: tuple[str, ...]) -> dict[str, int]:
    return {_tag(name): place for place, name in enumerate(order)}


@cache
def _tag(name: str) -> str:
    prefix, separator, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if separator else local
