"""Checks files and folders against the checklist."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sosik.conformance import across, atom, bodies, common, jsonfeed, lists, rss
from sosik.conformance.checklist import Level
from sosik.conformance.document import Check, Document, FeedItem, Finding, Slip, finding
from sosik.conformance.parse import MAX_BYTES, ParsedDocument, parse
from sosik.conformance.xml_tree import XmlElement
from sosik.errors import Location
from sosik.reasons import reason_of
from sosik.words import Message

CHECKS: tuple[Check, ...] = (
    *common.CHECKS,
    *bodies.CHECKS,
    *rss.CHECKS,
    *atom.CHECKS,
    *jsonfeed.CHECKS,
    *lists.CHECKS,
)
"""Every check of a single document."""

CHECKED = frozenset({check.number for check in CHECKS} | {number for number, _ in across.QUESTIONS} | {1, 4, 12})
"""The numbers of the rules that are checked; the last three are seen in reading."""

SUFFIXES = frozenset({".xml", ".json", ".rss", ".atom", ".rdf", ".opml"})
"""The names of files that are looked into in a folder."""

_TOLD = 10
"""How many findings of one rule in one document are told."""


class Checked(Struct, frozen=True):
    """What a check came to: how many documents were judged, and what was found, in the order of the places."""

    documents: int
    findings: list[Finding]


def check_bytes(body: bytes, file: str, *, judged: datetime) -> list[Finding]:
    """Return what a document breaks; `file` names it in findings, `judged` is the aware instant that counts as now."""
    return _in_order(_judge(parse(body, file, name=file, judged=judged)))


def check_path(path: Path, *, judged: datetime) -> Checked:
    """Return what a document breaks, or the documents of a folder, each and together."""
    if path.is_dir():
        return _check_folder(path, judged)
    parsed = _read(path, path.name, judged)
    return Checked(1, _in_order(_judge(parsed)))


def _check_folder(folder: Path, judged: datetime) -> Checked:
    findings: list[Finding] = []
    documents: list[Document] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        parsed = _read(path, path.relative_to(folder).as_posix(), judged)
        if not parsed.strange:
            findings += _judge(parsed)
        if parsed.document:
            documents.append(_slim(parsed.document))
    return Checked(len(documents), _in_order([*findings, *across.compare(documents)]))


def _read(path: Path, name: str, judged: datetime) -> ParsedDocument:
    file = _printable(str(path))
    try:
        with path.open("rb") as opened:
            body = opened.read(MAX_BYTES + 1)
    except OSError as error:
        message = Message("conformance.unreadable", reason=reason_of(error))
        return ParsedDocument(findings=[finding(1, Slip(Location(file=file), message))])
    return parse(body, file, name=_printable(name), judged=judged)


def _printable(name: str) -> str:
    """Return a name without the halves of surrogate pairs that stand for bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode()


def _judge(parsed: ParsedDocument) -> list[Finding]:
    findings = list(parsed.findings)
    if parsed.document:
        for check in CHECKS:
            if parsed.document.format in check.formats:
                findings += _answers(check, parsed.document)
    return findings


def _answers(check: Check, document: Document) -> Iterator[Finding]:
    """Yield the first findings of a check, and say how many more there are."""
    slips = list(check.question(document))
    for slip in slips[:_TOLD]:
        yield finding(check.number, slip, check.level)
    if more := slips[_TOLD:]:
        message = Message("conformance.more", count=len(more), message=more[0].message)
        yield finding(check.number, replace(more[0], message=message), check.level)


def _slim(document: Document) -> Document:
    """Return a document without what only its own checks need, so that a folder of thousands fits into memory."""
    empty = XmlElement(name="", place=document.place)
    return replace(document, tree=empty, dates=(), items=tuple(_slim_item(item) for item in document.items))


def _slim_item(item: FeedItem) -> FeedItem:
    return replace(item, plain=(), html=(), addresses=())


def _in_order(findings: list[Finding]) -> list[Finding]:
    """Return findings by file, line and column; at one place what breaks a MUST comes first."""
    levels = list(Level)
    return sorted(
        dict.fromkeys(findings),
        key=lambda finding: (
            finding.location.file,
            finding.location.line,
            finding.location.column,
            levels.index(finding.level),
            finding.rule.number,
        ),
    )
