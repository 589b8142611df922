"""A published document as input of the rules, and its findings."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from sosik.conformance.checklist import CHECKLIST, Level, Rule
from sosik.conformance.json_tree import Json
from sosik.conformance.times import DateReading
from sosik.conformance.xml_tree import XmlElement
from sosik.errors import Location, Severity
from sosik.words import Message


class DocumentFormat(StrEnum):
    """The formats of documents that are judged."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    OPML = "opml"
    SITEMAP = "sitemap"


FEEDS = frozenset({DocumentFormat.RSS, DocumentFormat.ATOM, DocumentFormat.JSON})
XML = frozenset(DocumentFormat) - {DocumentFormat.JSON}


class Said(Struct, frozen=True):
    """A text of a document, what says it (`pubDate`, `link rel=self`), and where."""

    text: str
    place: Location
    name: str = ""


class Dated(Struct, frozen=True):
    """A date of a document: its text, what came of reading it, what says it, and where."""

    text: str
    reading: DateReading
    name: str
    place: Location


class FeedItem(Struct, frozen=True, kw_only=True):
    """An entry of a feed, whatever its format. `published` and `updated` are None where they are not stated.

    `html` are its texts in HTML, `plain` those without markup, the title first among them; `addresses` what must be
    fetched.
    """

    place: Location
    id: Said | None = None
    title: Said | None = None
    link: Said | None = None
    published: Dated | None = None
    updated: Dated | None = None
    plain: tuple[Said, ...] = ()
    html: tuple[Said, ...] = ()
    addresses: tuple[Said, ...] = ()

    @property
    def first(self) -> datetime | None:
        """The instant of publication, if it can be read."""
        return self.published.reading.instant if self.published else None

    @property
    def changed(self) -> datetime | None:
        """The instant of the last edit, or of publication where none is stated."""
        return self.updated.reading.instant if self.updated else self.first


class Document(Struct, frozen=True, kw_only=True):
    """One document. `tree` is its content by `format`; `name` is its path below the folder that is checked.

    `size` is in bytes, `digest` of them all. `dates` are those of the feed and of its items, `links` the addresses
    that the feed states about itself by rel. `judged` is the aware instant at which the document is looked at.
    """

    name: str
    format: DocumentFormat
    size: int
    digest: str
    place: Location
    judged: datetime
    tree: XmlElement | Json
    title: Said | None = None
    items: tuple[FeedItem, ...] = ()
    dates: tuple[Dated, ...] = ()
    links: tuple[Said, ...] = ()

    @property
    def xml(self) -> XmlElement:
        """The root of an XML document. Raises TypeError for JSON."""
        if not isinstance(self.tree, XmlElement):
            raise TypeError(f"{self.name} is no XML")
        return self.tree

    @property
    def json(self) -> Json:
        """The value of a JSON document. Raises TypeError for XML."""
        if not isinstance(self.tree, Json):
            raise TypeError(f"{self.name} is no JSON")
        return self.tree

    @property
    def self_link(self) -> Said | None:
        """The address that the document states as its own."""
        return next((link for link in self.links if link.name == "self"), None)


class Slip(Struct, frozen=True):
    """Where a document breaks a rule: the place, what was found, and what to write instead."""

    place: Location
    message: Message
    hint: Message | None = None


class Check(Struct, frozen=True):
    """A row of a table of checks: the number of a rule, the formats it is asked of, and the question.

    `level` is given where a question is less (or more) certain than its rule.
    """

    number: int
    formats: frozenset[DocumentFormat]
    question: Callable[[Document], Iterable[Slip]]
    level: Level | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """A rule broken at a place; `level` is the rule's own unless the check was less certain."""

    rule: Rule
    level: Level
    location: Location
    message: Message
    hint: Message | None = None

    @property
    def severity(self) -> Severity:
        """What breaks a MUST is an error."""
        return Severity.ERROR if self.level is Level.MUST else Severity.WARNING

    def __str__(self) -> str:
        text = f"{self.location}: {self.rule.name}: {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


def finding(number: int, slip: Slip, level: Level | None = None) -> Finding:
    """Return a slip as the finding of a rule; what it quotes of the document can do a terminal no harm."""
    rule = CHECKLIST[number]
    message = _harmless(slip.message)
    return Finding(rule=rule, level=level or rule.level, location=slip.place, message=message, hint=slip.hint)


def _harmless(message: Message) -> Message:
    """Return a message with what cannot be printed in its values written as escapes."""
    values: dict[str, object] = {}
    for name, value in message.values:
        if isinstance(value, Message):
            values[name] = _harmless(value)
        elif isinstance(value, str):
            values[name] = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in value)
        else:
            values[name] = value
    return Message(message.key, **values)


def shown(text: str, limit: int = 60) -> str:
    """Return a text as messages quote it: in quotation marks, invisible characters as escapes, cut at `limit`."""
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")
