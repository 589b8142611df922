"""An entry as normalized, and what selection sees of it."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import astuple, replace

from sosik.dates.model import Precision
from sosik.errors import Problem
from sosik.model.values import Digest, DocumentPath, EntryId, Seconds


class Status(StrEnum):
    """What the newsroom says of an entry."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EditKind(StrEnum):
    """The kind of an edit: `minor` does not change `updated`; `correction` (정정) is shown to readers."""

    MINOR = "minor"
    UPDATE = "update"
    CORRECTION = "correction"


class Person(Struct, frozen=True, kw_only=True):
    """An author (RFC 4287, 3.2). `email` is set only if it is public."""

    name: str
    email: str | None = None
    url: str | None = None


class Edit(Struct, frozen=True, kw_only=True):
    """One dated change of an entry. If only the day is known, `at` is its 00:00."""

    at: datetime
    kind: EditKind
    note: str = ""
    precision: Precision = Precision.MINUTE


class RelationKind(StrEnum):
    """What another entry is to this one: a breaking story (속보) is replaced by the full one (종합)."""

    REPLACED_BY = "replaced-by"
    REPLACES = "replaces"
    RELATED = "related"


class Relation(Struct, frozen=True, kw_only=True):
    """Another entry that readers are pointed to: `target` is its id or its file, as written on a `line` of this one's.

    `id`, `title` and `link` are the other entry's, empty until it is found, `path` that of its page if that is ours.
    """

    kind: RelationKind
    target: str = ""
    id: str = ""
    title: str = ""
    link: str = ""
    path: str = ""
    line: int = 0

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name != "line")
        return f"Relation({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        """Tell whether both point to the same, wherever that is written."""
        return isinstance(other, Relation) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)

    @property
    def _told(self) -> tuple[object, ...]:
        return astuple(replace(self, line=0))


MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
"""Media types of pictures elsewhere, by the ending of their address."""


class Image(Struct, frozen=True, kw_only=True):
    """A picture of an entry, with the address `url`.

    For a picture file in content/, `file` is its path below content/ and `digest` the SHA-256 of its bytes in
    hexadecimal. `length` is in bytes, `width` and `height` are in pixels. `path` is the path of its document
    (`/media/DIGEST8/name.jpg`). For other pictures, only the values in the entry are known.
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


class Entry(Struct, frozen=True, kw_only=True):
    """One normalized article (RFC 4287, 4.1.2): plain text in NFC, sanitized HTML with absolute addresses, aware times.

    `body` is the HTML of the article without corrections and lead picture, which rendering adds. `images[0]` is the
    lead picture; `media` are all picture files of the entry in order, with those in the body. If the entry has no
    `link`, `has_page` is set and `link` is the address of its page. `pinned` is set if the file has the id.
    `unconfirmed` are the keys with inferred values. `updated_precision` is valid if `updated` is set.
    """

    id: EntryId
    title: str
    published: datetime
    link: str
    source: str
    subtitles: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    published_precision: Precision = Precision.MINUTE
    updated: datetime | None = None
    updated_precision: Precision = Precision.MINUTE
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
        """The edits that readers see, newest first."""
        if not self.edits:
            return ()
        told = (edit for edit in self.edits if edit.kind is EditKind.CORRECTION)
        return tuple(sorted(told, key=lambda edit: edit.at, reverse=True))

    @property
    def changed(self) -> datetime:
        """The time of the last significant change: `updated`, or `published` without an edit."""
        return self.updated or self.published

    def as_of(self, now: datetime) -> "Entry":
        """Return the entry as of the time `now`, without later edits."""
        if self.changed <= now and not (self.edits and any(edit.at > now for edit in self.edits)):
            return self
        edits = tuple(edit for edit in self.edits if edit.at <= now)
        if self.changed <= now:
            return replace(self, edits=edits)
        moved = (edit for edit in edits if edit.kind is not EditKind.MINOR)
        last = max(moved, key=lambda edit: edit.at, default=None)
        if last is None:
            return replace(self, edits=edits, updated=None, updated_precision=Precision.MINUTE)
        if last.at < self.published:
            return replace(self, edits=edits, updated=self.published, updated_precision=self.published_precision)
        return replace(self, edits=edits, updated=last.at, updated_precision=last.precision)


class Withdrawal(Struct, frozen=True, kw_only=True):
    """An entry taken back by its file: `at` is None where the file does not say when."""

    id: EntryId
    source: str
    at: datetime | None = None


class Normalized(Struct, frozen=True, kw_only=True):
    """What one file came to: an entry, a withdrawal, or neither when an error holds it back.

    `status` is what the file says, whatever else is wrong with it. It `lacks_body` where nothing says
    that the entry is a headline alone. `expires` is when the entry is to be taken back, None for never.
    """

    source: str
    entry: Entry | None = None
    withdrawal: Withdrawal | None = None
    problems: tuple[Problem, ...] = ()
    status: Status = Status.PUBLISHED
    lacks_body: bool = False
    expires: datetime | None = None


class Medium(NamedTuple):
    """A picture that lies beside an entry, as the edition needs it: the path of its document, and its file."""

    path: DocumentPath
    media_type: str
    digest: Digest
    length: int
    file: str


class Listing(Struct, frozen=True, kw_only=True):
    """An entry as selection sees it: what it is chosen and ordered by. Instants are seconds since 1970-01-01 UTC.

    `corrected` are the corrections, `due` the publication, every edit that matters and the expiry, both oldest first:
    the instants at which the entry changes by itself. `digest` covers the whole entry; `size` is about what it takes in
    a feed, and `summary_size` what it takes as a summary, in bytes.
    """

    id: EntryId
    digest: Digest
    published: Seconds
    changed: Seconds
    corrected: tuple[Seconds, ...]
    due: tuple[Seconds, ...]
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    has_page: bool
    size: int
    summary_size: int
    media: tuple[Medium, ...]
    source: str = ""
    has_relations: bool = False
