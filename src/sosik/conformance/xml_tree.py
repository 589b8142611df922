"""XML as elements with line and column. Uses expat: strict, without DTD and without network.

lxml is not used, because its elements have no column, and an article is one line in a feed.
"""

from collections.abc import Iterator
from xml.parsers import expat

from msgspec import Struct, field

from sosik.errors import Location
from sosik.words import Message

NAMESPACES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The prefixes under which names are known here, whatever a document calls them."""

MAX_DEPTH = 200
MAX_ELEMENTS = 200_000

_SEPARATOR = "\x1f"


class XmlError(Exception):
    """The text is no XML that may be read: `place` is where, `characters` tells that a forbidden character is why.

    `message` is expat's own text where expat refuses it.
    """

    def __init__(self, message: Message | str, place: Location, *, characters: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.characters = characters


class XmlElement(Struct, kw_only=True):
    """An element: its name with a prefix of `NAMESPACES` (`atom:link`), its own text, attributes and children.

    `declared` are the namespaces that it declares, `instructions` (of the root alone) the processing instructions of
    the document with their places.
    """

    name: str
    place: Location
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["XmlElement"] = field(default_factory=list)
    text: str = ""
    declared: list[str] = field(default_factory=list)
    instructions: list[tuple[str, Location]] = field(default_factory=list)

    def all(self, *names: str) -> list["XmlElement"]:
        """Return the children of these names, in order."""
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> "XmlElement | None":
        """Return the first child of the name."""
        return next((child for child in self.children if child.name == name), None)

    def descendants(self) -> Iterator["XmlElement"]:
        """Yield the element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


def parse_xml(text: str, file: str) -> XmlElement:
    """Return the root of an XML text. Raises XmlError for what is not well-formed, has a DTD or goes beyond limits."""
    builder = _TreeBuilder(file)
    try:
        builder.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        place = Location(file=file, line=error.lineno, column=error.offset + 1)
        raise XmlError(expat.errors.messages[error.code], place, characters=error.code in _CHARACTERS) from None
    root = builder.root
    root.instructions = builder.instructions
    return root


_CHARACTERS = {expat.errors.codes[expat.errors.XML_ERROR_BAD_CHAR_REF]}


class _TreeBuilder:
    """Builds the tree of one document."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[XmlElement] = [XmlElement(name="", place=Location(file=file))]
        self._declared: list[str] = []
        self._count = 0
        self.instructions: list[tuple[str, Location]] = []
        self.parser = expat.ParserCreate("utf-8", _SEPARATOR)
        self.parser.buffer_text = True
        self.parser.buffer_size = 2**20  # long texts come in few pieces, so that joining them takes no time
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.ProcessingInstructionHandler = self._instruct
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    @property
    def root(self) -> XmlElement:
        return self._open[0].children[0]

    def _place(self) -> Location:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
        return Location(file=self._file, line=line, column=column + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise XmlError(Message("conformance.xml-limit"), self._place())
        named = {_known(key): value for key, value in attributes.items()}
        element = XmlElement(name=_known(name), place=self._place(), attributes=named, declared=self._declared)
        self._declared = []
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, name: str) -> None:  # noqa: ARG002 - expat's signature
        self._open.pop()

    def _characters(self, text: str) -> None:
        self._open[-1].text += text

    def _declare(self, prefix: str | None, uri: str) -> None:
        if prefix:
            self._declared.append(uri)

    def _instruct(self, target: str, data: str) -> None:
        self.instructions.append((f"{target} {data}", self._place()))

    def _refuse_doctype(self, *_: object) -> None:
        raise XmlError(Message("conformance.xml-doctype"), self._place())


def _known(name: str) -> str:
    """Return a name of expat's as `prefix:local` where the namespace is known, else as `{namespace}local`."""
    uri, separator, local = name.rpartition(_SEPARATOR)
    if not separator:
        return name
    prefix = NAMESPACES.get(uri)
    return f"{prefix}:{local}" if prefix else f"{{{uri}}}{local}"
