"""Bytes to a document, or the findings that explain why not. Never raises for the content."""

import codecs
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import islice

from msgspec import Struct, field

from sosik.conformance.checklist import Level
from sosik.conformance.document import Document, DocumentFormat, Finding, Slip, finding
from sosik.conformance.items import PARTS, json_parts
from sosik.conformance.json_tree import Json, JsonError, parse_json
from sosik.conformance.xml_tree import XmlElement, XmlError, parse_xml
from sosik.errors import Location
from sosik.patterns import pattern
from sosik.source.places import Places
from sosik.words import Message

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a document that is looked into."""

_SHOWN = 5
_HEAD = 1000
_UTF8_NAMES = {"utf-8", "utf8"}
_DECLARATION = pattern(r"<\?xml\s[^>]*?encoding\s*+=\s*+[\"']([\w.:-]++)[\"'][^>]*+>")
# What XML 1.0 forbids (section 2.2); JSON has its own rules, and needs them as escapes.
_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_ROOTS = {
    "rss": DocumentFormat.RSS,
    "atom:feed": DocumentFormat.ATOM,
    "opml": DocumentFormat.OPML,
    "sitemap:urlset": DocumentFormat.SITEMAP,
    "sitemap:sitemapindex": DocumentFormat.SITEMAP,
}
"""The format of a document by the name of its root."""


class ParsedDocument(Struct, kw_only=True):
    """What bytes came to: a document or None, and what was found on the way.

    `strange` tells that they are well-formed and in no format that is known here.
    """

    document: Document | None = None
    findings: list[Finding] = field(default_factory=list)
    strange: bool = False


def parse(body: bytes, file: str, *, name: str, judged: datetime) -> ParsedDocument:
    """Return the document that bytes are: `file` is their place in findings, `name` their path in the folder."""
    if len(body) > MAX_BYTES:
        message = Message("conformance.too-large", size=len(body))
        slip = Slip(Location(file=file), message, Message("conformance.too-large-hint"))
        return ParsedDocument(findings=[finding(54, slip, Level.MUST)])
    text, findings = _decode(body, file)
    try:
        tree = _tree(text, file, findings)
    except (XmlError, JsonError) as error:
        return ParsedDocument(findings=[*findings, _unread(error)])
    format_ = _format(tree)
    if format_ is None:
        message = Message("conformance.format-unknown")
        return ParsedDocument(findings=[*findings, finding(1, Slip(tree.place, message))], strange=True)
    parts = json_parts(tree) if isinstance(tree, Json) else PARTS[format_](tree)
    document = Document(
        name=name,
        format=format_,
        size=len(body),
        digest=sha256(body).hexdigest(),
        place=Location(file=file, line=tree.place.line, column=tree.place.column),
        judged=judged,
        tree=tree,
        title=parts.title,
        items=parts.items,
        dates=parts.dates,
        links=parts.links,
    )
    return ParsedDocument(document=document, findings=findings)


def _unread(error: XmlError | JsonError) -> Finding:
    if isinstance(error, JsonError):
        return finding(1, Slip(error.place, Message("conformance.not-json", reason=error.message)))
    message = Message("conformance.not-xml", reason=error.message)
    return finding(12 if error.characters else 1, Slip(error.place, message))


def _tree(text: str, file: str, findings: list[Finding]) -> XmlElement | Json:
    if text.lstrip()[:1] in {"{", "["}:
        tree = parse_json(text, file)
        findings += _escaped_characters(tree)
        return tree
    declared = _DECLARATION.match(text[:_HEAD])
    if declared and declared[1].lower() not in _UTF8_NAMES:
        message = Message("conformance.encoding-declared", encoding=declared[1])
        start = Location(file=file, line=1, column=1)
        findings.append(finding(4, Slip(start, message, Message("conformance.write-utf8"))))
    places = Places(text, file)
    for character in islice(_FORBIDDEN.finditer(text), _SHOWN):
        message = Message("conformance.character-forbidden", code=ord(character[0]))
        slip = Slip(places.location(character.start()), message, Message("conformance.character-hint"))
        findings.append(finding(12, slip))
    return parse_xml(_FORBIDDEN.sub(" ", text), file)


def _decode(body: bytes, file: str) -> tuple[str, list[Finding]]:
    """Return bytes as text, and a finding where they are not UTF-8 as it should be."""
    start = Location(file=file, line=1, column=1)
    if body.startswith(codecs.BOM_UTF8):
        text = body[3:].decode("utf-8", "replace")
        return text, [finding(1, Slip(start, Message("conformance.byte-order-mark"), Message("conformance.leave-out")))]
    hint = Message("conformance.write-utf8")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace"), [finding(1, Slip(start, Message("conformance.utf-16"), hint))]
    try:
        return body.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        place = Places(before, file).location(len(before))
        message = Message("conformance.byte-not-utf8", byte=body[error.start])
        return body.decode("utf-8", "replace"), [finding(1, Slip(place, message, hint))]


def _escaped_characters(tree: Json) -> Iterator[Finding]:
    """Yield the texts of JSON that hold, by an escape, what no XML could carry."""
    waiting: list[Json] = [tree]
    count = 0
    while waiting and count < _SHOWN:
        value = waiting.pop()
        if isinstance(value.value, dict):
            waiting += reversed(value.value.values())
        elif isinstance(value.value, list):
            waiting += reversed(value.value)
        elif isinstance(value.value, str) and (character := _FORBIDDEN.search(value.value)):
            count += 1
            message = Message("conformance.character-escaped", code=ord(character[0]))
            yield finding(12, Slip(value.place, message, Message("conformance.character-hint")))


def _format(tree: XmlElement | Json) -> DocumentFormat | None:
    if isinstance(tree, Json):
        known = "jsonfeed.org" in tree.text("version") or (tree.get("items") and tree.get("title"))
        return DocumentFormat.JSON if known else None
    return _ROOTS.get(tree.name)
