"""Rules of Atom 1.0 (RFC 4287), and of archives in either XML format (RFC 5005)."""

from collections.abc import Iterator

from sosik.conformance.checklist import Level
from sosik.conformance.common import is_iri
from sosik.conformance.document import Check, Document, DocumentFormat, Slip, shown
from sosik.conformance.xml_tree import XmlElement
from sosik.words import Message

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
            message = Message("conformance.id-no-iri", id=shown(identity.text))
            yield Slip(identity.place, message, Message("conformance.id-no-iri-hint"))
        for link in _links_to_nowhere(parent):
            yield Slip(link.place, Message("conformance.href-missing"), Message("conformance.href-missing-hint"))
    for entry in _entries(document):
        for name in _AT_MOST_ONCE:
            if len(entry.all(name)) > 1:
                message = Message("conformance.entry-has-two", name=_bare(name))
                yield Slip(entry.all(name)[1].place, message, Message("conformance.keep-one"))
        if not authored and not entry.first("atom:author") and not entry.first("atom:source"):
            hint = Message("conformance.add-element", name="author")
            yield Slip(entry.place, Message("conformance.author-missing"), hint)
        if not entry.first("atom:content") and not _alternates(entry):
            yield Slip(entry.place, Message("conformance.entry-empty"), Message("conformance.entry-empty-hint"))


def _links_to_nowhere(parent: XmlElement) -> list[XmlElement]:
    return [link for link in parent.all("atom:link") if not link.attributes.get("href")]


def _exactly_once(parent: XmlElement, name: str) -> Iterator[Slip]:
    elements = parent.all(name)
    owner, name = _bare(parent.name), _bare(name)
    if not elements:
        message = Message("conformance.element-missing", owner=owner, name=name)
    elif len(elements) > 1:
        message = Message("conformance.element-repeated", owner=owner, count=len(elements), name=name)
    elif not (elements[0].children or elements[0].text.strip()):
        message = Message("conformance.element-empty", name=name)
    else:
        return
    yield Slip(parent.place, message, Message("conformance.exactly-one"))


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
                message = Message("conformance.alternate-twice")
                yield Slip(link.place, message, Message("conformance.alternate-twice-hint"))
            seen.add(key)


def _language(document: Document) -> Iterator[Slip]:
    if not document.xml.attributes.get("xml:lang"):
        message = Message("conformance.element-missing", owner="feed", name="xml:lang")
        yield Slip(document.place, message, Message("conformance.xml-lang-hint"))


def _metadata_first(document: Document) -> Iterator[Slip]:
    after = False
    for child in document.xml.children:
        if child.name == "atom:entry":
            after = True
        elif after:
            message = Message("conformance.after-entry", name=_bare(child.name))
            yield Slip(child.place, message, Message("conformance.after-entry-hint"))
            return


def _generator(document: Document) -> Iterator[Slip]:
    generator = document.xml.first("atom:generator")
    if generator is not None and "version" in generator.attributes:
        message = Message("conformance.generator-version")
        yield Slip(generator.place, message, Message("conformance.generator-version-hint"))


def _texts(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for text in parent.all(*_TEXTS):
            type_ = text.attributes.get("type", "text")
            if type_ not in {"text", "html", "xhtml"}:
                message = Message("conformance.text-type", name=_bare(text.name), type=shown(type_, 30))
                yield Slip(text.place, message, Message("conformance.text-type-hint"))


def _titles(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for title in parent.all("atom:title"):
            if title.attributes.get("type", "text") != "text":
                yield Slip(title.place, Message("conformance.title-type"), Message("conformance.title-type-hint"))


def _contents(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        for content in entry.all("atom:content"):
            type_ = content.attributes.get("type", "text")
            if type_ not in {"text", *_CONTENT_TYPES} and "/" not in type_:
                message = Message("conformance.text-type", name="content", type=shown(type_, 30))
                yield Slip(content.place, message, Message("conformance.write-type-html"))


def _plain_contents(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        for content in entry.all("atom:content"):
            if content.attributes.get("type", "text") == "text" and "src" not in content.attributes:
                message = Message("conformance.content-plain")
                yield Slip(content.place, message, Message("conformance.write-type-html"))


def _authors(document: Document) -> Iterator[Slip]:
    for parent in (document.xml, *_entries(document)):
        for author in parent.all("atom:author"):
            name = author.first("atom:name")
            if name is None or not name.text.strip():
                hint = Message("conformance.add-element", name="name")
                yield Slip(author.place, Message("conformance.author-nameless"), hint)


def _categories(document: Document) -> Iterator[Slip]:
    for entry in _entries(document):
        seen = set[tuple[str, str]]()
        for category in entry.all("atom:category"):
            term = category.attributes.get("term", "")
            key = (category.attributes.get("scheme", ""), term)
            hint = Message("conformance.one-for-each")
            if not term:
                yield Slip(category.place, Message("conformance.category-without-term"), hint)
            elif key in seen:
                yield Slip(category.place, Message("conformance.category-twice"), hint)
            elif "label" not in category.attributes:
                message = Message("conformance.category-without-label")
                yield Slip(category.place, message, Message("conformance.category-without-label-hint"))
            seen.add(key)


def _rights(document: Document) -> Iterator[Slip]:
    if not document.xml.first("atom:rights"):
        message = Message("conformance.element-missing", owner="feed", name="rights")
        yield Slip(document.place, message, Message("conformance.add-element", name="rights"))


def _head(document: Document) -> XmlElement:
    """Return the element whose children are the feed's metadata."""
    return document.xml.first("channel") or document.xml


def _archive(document: Document) -> Iterator[Slip]:
    archive = _head(document).first("fh:archive")
    if archive is not None and "current" not in {link.name for link in document.links}:
        message = Message("conformance.current-missing")
        yield Slip(archive.place, message, Message("conformance.current-missing-hint"))


def _complete_and_paged(document: Document) -> Iterator[Slip]:
    complete = _head(document).first("fh:complete")
    paged = sorted({link.name for link in document.links} & _PAGING)
    if complete is not None and paged:
        message = Message("conformance.complete-and-paged", rel=paged[0])
        yield Slip(complete.place, message, Message("conformance.complete-and-paged-hint"))


def _complete(document: Document) -> Iterator[Slip]:
    complete = _head(document).first("fh:complete")
    if complete is not None and not any(link.name in _PAGING for link in document.links):
        message = Message("conformance.complete")
        yield Slip(complete.place, message, Message("conformance.complete-hint"))


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
