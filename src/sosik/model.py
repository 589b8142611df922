"""The values that pass from stage to stage: frozen, named after RFC 4287, plural where there may be several.

Instants are aware `datetime` values. Paths of documents begin with a slash and are decoded, NFC text
(`/section/정치/rss.xml`); addresses (`url`, `link`) are absolute and percent-encoded ASCII.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from sosik.errors import Location, Problem

# --- read: a file of content/ as it was written -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class RawText:
    """A scalar as it was written, never interpreted, with its place in the file."""

    text: str
    location: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class RawList:
    """A sequence with its place in the file."""

    items: tuple["RawValue", ...]
    location: Location


@dataclass(frozen=True, kw_only=True, slots=True)
class RawMapping:
    """A mapping with its place in the file; keys keep their order and their places."""

    items: tuple[tuple[RawText, "RawValue"], ...]
    location: Location


RawValue = RawText | RawList | RawMapping


class BodyFormat(StrEnum):
    """What the body of a file is written in; `AUTO`: HTML if it begins with a block tag, else Markdown."""

    AUTO = "auto"
    MARKDOWN = "markdown"


@dataclass(frozen=True, kw_only=True, slots=True)
class RawEntry:
    """A file of content/ as written.

    `source` is its NFC path below content/, with slashes. `fields` maps the canonical English key (`title`,
    `published`, …; see sosik.read.keys) to the value as written. `location` is where its keys begin.
    """

    source: str
    fields: Mapping[str, RawValue]
    body_format: BodyFormat
    location: Location


# --- normalize: an entry ----------------------------------------------------------------------------------------------


class Status(StrEnum):
    """What the newsroom says of an entry."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EditKind(StrEnum):
    """What an edit means: `minor` moves no stamp, `correction` (정정) is shown to readers."""

    MINOR = "minor"
    UPDATE = "update"
    CORRECTION = "correction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """An author (RFC 4287, 3.2). `email` is set only when it is to be published."""

    name: str
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One dated change of an entry. `precision` is a `sosik.dates.Precision`: of a day, `at` is its 00:00."""

    at: datetime
    kind: EditKind
    note: str = ""
    precision: str = "minute"


class RelationKind(StrEnum):
    """What another entry is to this one: a breaking story (속보) is replaced by the full one (종합)."""

    REPLACED_BY = "replaced-by"
    REPLACES = "replaces"
    RELATED = "related"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """Another entry that readers are pointed to: `target` is its id or its file, as written on a `line` of this one's.

    `id`, `title` and `link` are the other entry's, empty until it is found, `path` that of its page if that is ours.
    """

    kind: RelationKind
    target: str = ""
    id: str = ""
    title: str = ""
    link: str = ""
    path: str = ""
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of an entry.

    `url` is where readers find it. For a picture that lies beside the entry `file` is its path below content/,
    `digest` the SHA-256 of its bytes in hexadecimal, `length` bytes, `width` and `height` pixels, `path` that of its
    document (`/media/DIGEST8/name.jpg`). Of a picture elsewhere only what the entry says is known.
    """

    url: str
    media_type: str = ""
    width: int = 0
    height: int = 0
    length: int = 0
    caption: str = ""
    credit: str = ""
    alt: str = ""
    file: str = ""
    digest: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One normalized article: plain text in NFC, sanitized HTML with absolute addresses, aware instants.

    The precisions are a `sosik.dates.Precision` each; that of `updated` holds where it is set. `body` is the article's
    HTML alone; the corrections and the lead picture are added by rendering. `images[0]` is the lead picture; `media`
    are all pictures that lie beside the entry, those inside the body too, in order. `link` is the article's own page
    when `has_page` (the entry names none). `pinned` tells whether the id stands in the file. `unconfirmed` names the
    keys that await a person's word.
    """

    id: str
    title: str
    published: datetime
    link: str
    source: str
    subtitles: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    published_precision: str = "minute"
    updated: datetime | None = None
    updated_precision: str = "minute"
    summary: str = ""
    body: str = ""
    images: tuple[Image, ...] = ()
    media: tuple[Image, ...] = ()
    edits: tuple[Edit, ...] = ()
    relations: tuple[Relation, ...] = ()
    status: Status = Status.PUBLISHED
    language: str = ""
    has_page: bool = False
    pinned: bool = True
    unconfirmed: tuple[str, ...] = ()

    @property
    def corrections(self) -> tuple[Edit, ...]:
        """The edits that readers are shown, newest first."""
        found = (edit for edit in self.edits if edit.kind is EditKind.CORRECTION)
        return tuple(sorted(found, key=lambda edit: edit.at, reverse=True))

    @property
    def changed(self) -> datetime:
        """The last significant change: `updated`, or `published` when never edited."""
        return self.updated or self.published

    def as_of(self, now: datetime) -> "Entry":
        """Return the entry without what lies in the future of `now`: an edit counts only from its own instant."""
        if self.changed <= now and all(edit.at <= now for edit in self.edits):
            return self
        edits = tuple(edit for edit in self.edits if edit.at <= now)
        if self.changed <= now:
            return replace(self, edits=edits)
        moved = (edit for edit in edits if edit.kind is not EditKind.MINOR)
        last = max(moved, key=lambda edit: edit.at, default=None)
        if last is None:
            return replace(self, edits=edits, updated=None, updated_precision="minute")
        if last.at < self.published:
            return replace(self, edits=edits, updated=self.published, updated_precision=self.published_precision)
        return replace(self, edits=edits, updated=last.at, updated_precision=last.precision)


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """An entry taken back by its file: `at` is None where the file does not say when."""

    id: str
    source: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Normalized:
    """What one file came to: an entry, a withdrawal, or neither when an error holds it back."""

    source: str
    entry: Entry | None = None
    withdrawal: Withdrawal | None = None
    problems: tuple[Problem, ...] = ()


class Medium(NamedTuple):
    """A picture that lies beside an entry, as the edition needs it: the path of its document, and its file."""

    path: str
    media_type: str
    digest: str
    length: int
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """An entry as selection sees it: what it is chosen and ordered by. Instants are seconds since 1970-01-01 UTC.

    `corrected` is the newest correction, `due` the publication and every edit that matters, oldest first: the instants
    at which the entry changes by itself. `digest` covers the whole entry; `size` is about what it takes in a feed, in
    bytes.
    """

    id: str
    digest: str
    published: int
    changed: int
    corrected: int | None
    due: tuple[int, ...]
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    has_page: bool
    size: int
    media: tuple[Medium, ...]
    source: str = ""
    has_relations: bool = False


# --- config: what feeds/ defines --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexNow:
    """Search engines that are told of changed articles (indexnow.org): the key that proves whose articles they are."""

    key: str
    endpoints: tuple[str, ...]

    @property
    def path(self) -> str:
        """The path of the document that holds the key."""
        return f"/{self.key}.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What is true of the whole publication (feeds/publication.yaml). `max_age` is in seconds.

    `url` and `feeds_url` end with a slash; `pages` begins and ends with one.
    """

    title: str
    url: str
    authority: str
    feeds_url: str
    pages: str = "/feeds/"
    language: str = "ko"
    timezone: str = "Asia/Seoul"
    description: str = ""
    publisher: Person
    icon: str = ""
    logo: str = ""
    copyright: str = ""
    hubs: tuple[str, ...] = ()
    indexnow: IndexNow | None = None
    max_age: int = 300
    tombstones: bool = False

    def address(self, path: str) -> str:
        """The absolute address of one of our documents: `/section/정치/rss.xml` below `feeds_url`, percent-encoded."""
        return self.feeds_url + quote(path.removeprefix("/"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Criteria:
    """Which entries a feed takes or leaves out: AND between keys, OR within one; empty says nothing."""

    section: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    author: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """How much of a feed its current document shows.

    At least `entries`, all of the `hours` before the newest, never more than `at_most`.
    """

    entries: int = 30
    hours: int = 48
    at_most: int = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedDefinition:
    """A feed as feeds/NAME.yaml defines it.

    `path` is the folder of its documents, without a slash at either end, empty for the root feed. A family has `each`
    (section, tag or author) and `{value}` or `{slug}` in title, description and path; `minimum` is the number of
    entries below which a value gets no feed; `slugs` gives some values a path of their own.
    """

    name: str
    title: str
    path: str
    location: Location
    description: str = ""
    id: str = ""
    select: Criteria = Criteria()
    exclude: Criteria = Criteria()
    window: Window = Window()
    content: str = "full"
    formats: tuple[str, ...] = ("rss", "atom", "json")
    archive: str = "none"
    aliases: tuple[str, ...] = ()
    each: str = ""
    minimum: int = 1
    slugs: Mapping[str, str] = field(default_factory=dict)


# --- select, render, compose: feeds, documents, editions --------------------------------------------------------------


class Tombstone(NamedTuple):
    """What is left of an entry that was taken back: its id, and when (RFC 6721)."""

    id: str
    when: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One feed ready to be rendered: metadata without its entries.

    `updated` is the newest change of any entry it ever selected. `path` as in `FeedDefinition`, with the value of a
    family filled in. `tombstones` tell what it once showed, where readers are to be told.
    """

    name: str
    title: str
    path: str
    id: str
    updated: datetime
    description: str = ""
    content: str = "full"
    formats: tuple[str, ...] = ("rss", "atom", "json")
    definition: str = ""
    tombstones: tuple[Tombstone, ...] = ()

    def document_path(self, filename: str) -> str:
        """The path of one of the feed's documents: `/rss.xml` of the root feed, `/local/rss.xml` of another."""
        return f"/{self.path}/{filename}" if self.path else f"/{filename}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveLinks:
    """The documents around one of a feed's documents (RFC 5005, 4), each a folder like `Feed.path`, or None.

    `previous` holds the older entries, `next` the newer ones. `current` is the feed's own path in an archive document
    and None in the current document.
    """

    previous: str | None = None
    next: str | None = None
    current: str | None = None


NO_ARCHIVE = ArchiveLinks()
"""What surrounds a document of a feed that keeps no archive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """One entry rendered for one format: its bytes as they stand in a feed, and the namespace prefixes they use."""

    body: bytes
    prefixes: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """The finished bytes of one path. `last_modified` has whole seconds; `etag` is the opaque tag without quotes."""

    path: str
    media_type: str
    body: bytes
    etag: str
    last_modified: datetime


class Outcome(StrEnum):
    """What became of an entry since the edition before."""

    NEW = "new"
    UPDATED = "updated"
    CORRECTED = "corrected"
    MINOR = "minor"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    UNCHANGED = "unchanged"
