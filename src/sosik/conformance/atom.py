"""Rules of Atom 1.0 (RFC 4287), and of archives in either XML format (RFC 5005)."""

from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.common import is_iri
from sosik.conformance.document import Check, Document, DocumentFormat, Slip, shown
from sosik.conformance.xml_tree import XmlElement

_ONCE = ("atom:id", "atom:title", "atom:updated")
_AT_MOST_ONCE = ("atom:published", "atom:summary", "atom:content")
_TEXTS = ("atom:title", "atom:subtitle", "atom:summary", "atom:rights")
_CONTENT_TYPES = {"html", "xhtml"}
_PAGING = {"prev-archive", "next-archive", "current", "next", "previous"}


def _entries(document: Document) -> list[XmlElement]:
    return document.xml.all("atom:entry")


def _required(document: Document) -> Iterator[Slip]:
    authored = document.xml.first("atom:author") is not None
    for parent in (document.xml, *_entries(document)):
        for name in _ONCE:
            yield from _exactly_once(parent, name)
        identity = parent.first("atom:id")
        if identity is not None and identity.text.strip() and not is_iri(identity.text.strip()):
            yield Slip(identity.place, f"the id {shown(identity.text)} is no absolute IRI", "tag:… or urn:… will do")
        yield from (Slip(link.place, "a link has no href", "add it") for link in _links_to_nowhere(parent))
    for entry in _entries(document):
        for name in _AT_MOST_ONCE:
            if len(entry.all(name)) > 1:
                yield Slip(entry.all(name)[1].place, f"an entry has two {_bare(name)}", "keep one")
        if not authored and not entry.first("atom:author") and not entry.first("atom:source"):
            yield Slip(entry.place, "neither the entry nor the feed has an author", "add <author>")
        if not entry.first("atom:content") and not _alternates(entry):
            yield Slip(entry.place, "an entry has neither content nor a link", 'add <link rel="alternate" …>')


def _links_to_nowhere(parent: XmlElement) -> list[XmlElement]:
    return [link for link in parent.all("atom:link") if not link.attributes.get("href")]


def _exactly_once(parent: XmlElement, name: str) -> Iterator[Slip]:
    elements = parent.all(name)
    if len(elements) != 1 or not (elements[0].children or elements[0].text.strip()):
        message = f"{_bare(parent.name)} has {len(elements) or 'no'} {_bare(name)}"
        yield Slip(parent.place, message if len(elements) != 1 else f"{_bare(name)} is empty", "write exactly one")


def _alternates(parent: XmlElement) -> list[XmlElement]:
    return [link for link in parent.all("atom:link") if link.attributes.get("rel", "alternate") == "alternate"]


def _bare(name: str) -> str:
    return name.removeprefix("atom:")


def _one_alternate(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        seen = set[tuple[str, str]]()
        for link in _alternates(parent):
            key = (link.attributes.get("type", ""), link.attributes.get("hreflang", ""))
            if key in seen:
                yield Slip(link.place, "a second link of rel alternate has the same type", 'write rel="enclosure"')
            seen.add(key)


def _language(document: Document) -> Iterator[Slip]:
    if not document.xml.attributes.get("xml:lang"):
        yield Slip(document.place, "feed has no xml:lang", 'write xml:lang="ko"')


def _metadata_first(document: Document) -> Iterator[Slip]:
    after = False
    for child in document.xml.children:
        if child.name == "atom:entry":
            after = True
        elif after:
            yield Slip(child.place, f"{_bare(child.name)} stands after an entry", "put all entries last")
            return


def _generator(document: Document) -> Iterator[Slip]:
    generator = document.xml.first("atom:generator")
    if generator is not None and "version" in generator.attributes:
        yield Slip(generator.place, "the generator tells its version", "its name is enough")


def _texts(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for text in parent.all(*_TEXTS):
            type_ = text.attributes.get("type", "text")
            if type_ not in {"text", "html", "xhtml"}:
                yield Slip(text.place, f"{_bare(text.name)} has the type {shown(type_, 30)}", "text, html or xhtml")


def _titles(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for title in parent.all("atom:title"):
            if title.attributes.get("type", "text") != "text":
                yield Slip(title.place, "the title is not of type text; readers show its source", 'write type="text"')


def _contents(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        for content in entry.all("atom:content"):
            type_ = content.attributes.get("type", "text")
            if type_ not in {"text", *_CONTENT_TYPES} and "/" not in type_:
                yield Slip(content.place, f"content has the type {shown(type_, 30)}", 'write type="html"')


def _plain_contents(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        for content in entry.all("atom:content"):
            if content.attributes.get("type", "text") == "text" and "src" not in content.attributes:
                yield Slip(content.place, "content is plain text", 'write type="html"')


def _authors(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for author in parent.all("atom:author"):
            name = author.first("atom:name")
            if name is None or not name.text.strip():
                yield Slip(author.place, "an author has no name", "add <name>")


def _categories(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        seen = set[tuple[str, str]]()
        for category in entry.all("atom:category"):
            term = category.attributes.get("term", "")
            key = (category.attributes.get("scheme", ""), term)
            if not term or key in seen:
                yield Slip(category.place, f"a category {'stands twice' if term else 'has no term'}", "one for each")
            elif "label" not in category.attributes:
                yield Slip(category.place, "a category has no label", "add label= with the same words")
            seen.add(key)


def _rights(document: Document) -> Iterator[Slip]:
    if not document.xml.first("atom:rights"):
        yield Slip(document.place, "feed has no rights", "add <rights>")


def _head(document: Document) -> XmlElement:
    """Return the element whose children are the feed's metadata."""
    return document.xml.first("channel") or document.xml


def _archive(document: Document) -> Iterator[Slip]:
    archive = _head(document).first("fh:archive")
    if archive is not None and "current" not in {link.name for link in document.links}:
        yield Slip(archive.place, "the archive document does not lead to the current feed", 'add a link rel="current"')


def _complete_and_paged(document: Document) -> Iterator[Slip]:
    complete = _head(document).first("fh:complete")
    paged = sorted({link.name for link in document.links} & _PAGING)
    if complete is not None and paged:
        message = f"fh:complete stands beside a link of rel {paged[0]}: readers delete what is not here"
        yield Slip(complete.place, message, "leave fh:complete out")


def _complete(document: Document) -> Iterator[Slip]:
    complete = _head(document).first("fh:complete")
    if complete is not None and not any(link.name in _PAGING for link in document.links):
        message = "fh:complete tells readers to delete what is not in this document"
        yield Slip(complete.place, message, "leave it out, unless the feed never drops an entry")


_ATOM = frozenset({DocumentFormat.ATOM})
_BOTH = frozenset({DocumentFormat.ATOM, DocumentFormat.RSS})

CHECKS = (
    Check(5, _ATOM, _required),
    Check(5, _ATOM, _one_alternate),
    Check(6, _ATOM, _language),
    Check(9, _ATOM, _metadata_first),
    Check(15, _ATOM, _generator),
    Check(40, _ATOM, _titles, Level.SHOULD),
    Check(42, _ATOM, _texts),
    Check(42, _ATOM, _contents),
    Check(42, _ATOM, _plain_contents, Level.SHOULD),
    Check(46, _ATOM, _authors),
    Check(49, _ATOM, _categories),
    Check(50, _ATOM, _rights),
    Check(58, _BOTH, _archive),
    Check(59, _BOTH, _complete_and_paged),
    Check(59, _BOTH, _complete, Level.SHOULD),
)
