"""The rows of the store as values, in the column order of the schema. Times are seconds since 1970-01-01 UTC."""

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sosik.model import Content, DocumentKind, FormatName
from sosik.model.values import NEVER, Digest, DocumentPath, EntryId, Seconds
from sosik.words import Message


class MetaRow(NamedTuple):
    """A remembered value, by its name."""

    name: str
    value: str


class RecordRow(NamedTuple):
    """An entry as normalized, by the digest of its `body`, which the table has compressed: it never changes.

    In the place of the entry's own body it holds the digest of that, `text`.
    """

    digest: Digest
    text: Digest
    body: bytes


class EntryRow(NamedTuple):
    """The last good version of an entry: `record` is the digest of its record, `digest` that of what readers see."""

    id: EntryId
    digest: str
    published: Seconds
    listing: str
    record: Digest
    source: str


class MemberRow(NamedTuple):
    """An entry that a feed is chosen from: `feed` is the definition, `value` that of a family, else empty."""

    feed: str
    value: str
    published: Seconds
    entry: EntryId


class FamilyRow(NamedTuple):
    """A value of a family that has entries enough: the feed at its address is that of `owner`, of nobody if empty."""

    feed: str
    value: str
    owner: str


class DueRow(NamedTuple):
    """An instant at which an entry changes by itself."""

    at: Seconds
    entry: EntryId


class PointerRow(NamedTuple):
    """What an entry may call by a name that it points to."""

    name: str
    entry: EntryId


class MediumRow(NamedTuple):
    """The path of a picture's document, and an entry that has the picture."""

    path: DocumentPath
    entry: EntryId


class LedgerRow(NamedTuple):
    """The published state of an id. `body` is the digest of the text, `digest` of the whole entry.

    `written` has digests of the content of the file (see `sosik.ledger.written`). `page` is the name of the page
    (`entry_key`), empty without one. An entry that gets another link keeps its page.
    """

    id: EntryId
    source: str
    published: Seconds
    confirmed: bool
    updated: Seconds | None
    corrected: Seconds | None
    edited: Seconds | None
    title: str
    link: str
    body: str
    digest: str
    withdrawn: Seconds | None
    written: str = ""
    page: str = ""


class Marks(NamedTuple):
    """What articles are recognised by, many values of each column of `LedgerRow`; none is empty."""

    id: Collection[str] = ()
    source: Collection[str] = ()
    published: Collection[Seconds] = ()
    title: Collection[str] = ()
    link: Collection[str] = ()
    body: Collection[str] = ()
    page: Collection[str] = ()


class FeedRow(NamedTuple):
    """What a feed remembers: `members` are the ids it showed in its last edition, `past` those it showed before, the
    last first. Of the `shortened` among its members it showed a summary, of the others `content`. Ids are JSON lists,
    as are the `labels` of its archive. It tells of what was taken back until `due`, or longer.
    """

    name: str
    updated: Seconds
    members: str
    past: str = "[]"
    content: str = Content.FULL
    shortened: str = "[]"
    labels: str = "[]"
    due: Seconds | None = None

    @property
    def shown(self) -> tuple[EntryId, ...]:
        """The ids that the feed showed in its last edition."""
        return tuple(json.loads(self.members))


class FragmentKey(NamedTuple):
    """Which entry, in which format, with how much of it."""

    entry_id: EntryId
    format: FormatName
    content: Content


FragmentDigests = dict[tuple[FormatName, Content], str]
"""The digests of what an entry's fragments were made from, by format and content."""


class FragmentRow(NamedTuple):
    """An entry as rendered for a format: `digest` is that of what it was made from, `prefixes` name its namespaces.

    Between `head` and `tail` stands the `text` under that digest, if there is one. The table has `head` compressed.
    """

    entry_id: EntryId
    format: str
    content: str
    digest: str
    prefixes: str
    text: str
    head: bytes
    tail: bytes


class TextRow(NamedTuple):
    """The body of an entry as HTML, in UTF-8, by its digest; the table has it as text."""

    digest: Digest
    body: bytes


class DictionaryRow(NamedTuple):
    """What bytes of a kind are packed by, since the first of them came."""

    kind: str
    body: bytes


class GoneRow(NamedTuple):
    """A path that once had a document and has none any more, since an instant."""

    path: DocumentPath
    since: Seconds


class DocumentHead(NamedTuple):
    """All of a document but its bytes.

    `length` is in bytes, `blob` the digest under which a picture is kept, `status` the HTTP status it is answered with.
    """

    path: DocumentPath
    kind: DocumentKind
    media_type: str
    etag: str
    last_modified: Seconds
    length: int
    blob: str
    status: int = 200


class DocumentRow(NamedTuple):
    """A document as composed: `inputs` is the digest of everything it was made from, `owner` the feed definition.

    One of a `feed` is made of its members as rendered for a `format`, between `head` and `tail`, with a `joint` between
    any two. A picture is kept under `blob`, any other document as a page under its `etag`.
    """

    path: DocumentPath
    kind: DocumentKind
    media_type: str
    etag: str
    last_modified: Seconds
    length: int
    blob: str
    inputs: Digest
    owner: str
    status: int = 200
    feed: str = ""
    format: str = ""
    head: bytes = b""
    joint: bytes = b""
    tail: bytes = b""


class PageRow(NamedTuple):
    """The bytes of a document that is neither a feed's nor a picture, by its ETag; the table has them compressed.

    Pages of one `kind` are much alike.
    """

    digest: str
    kind: str
    body: bytes


def document_head(row: Sequence[Any]) -> DocumentHead:
    """Return the head of a document out of the columns of `DocumentHead`."""
    path, kind, *others = row
    return DocumentHead(path, DocumentKind(kind), *others)


class AddressRow(NamedTuple):
    """Where a feed's document is: of the `feed` that it shows, in a `format`, of the feed definition `owner`."""

    path: DocumentPath
    kind: DocumentKind
    owner: str
    feed: str
    format: str


class Origin(NamedTuple):
    """What a document is, the digest of what it was made from, and the feed definition it is of."""

    kind: DocumentKind
    inputs: Digest
    owner: str


class ProjectedRow(NamedTuple):
    """A document as it was last written into a directory of published files; `stamp` identifies that state of its file.

    `packed` is that of FILE.gz beside it, empty where there is none. `part` is that of the directory in which it is.
    """

    output: str
    part: str
    document: DocumentPath
    etag: str
    stamp: str
    packed: str = ""


class PartRow(NamedTuple):
    """A part of a directory of published files: its files as JSON, in order, and a digest of the states of all."""

    output: str
    part: str
    files: str
    signature: str


class StaleRow(NamedTuple):
    """A document that changed or went since it was last brought into a directory of published files."""

    output: str
    document: DocumentPath


class OutputRow(NamedTuple):
    """A directory of published files; `made` changes whenever the same documents are to become other files.

    `memory` identifies the state of the file there that tells a machine without the store what was published, empty
    where it is to be written anew.
    """

    path: str
    made: str
    memory: str = ""


class AnnouncementRow(NamedTuple):
    """What a hub or a search engine (`target`) is still to be told: that `url` changed in the edition of `since`.

    `protocol` is websub or indexnow; `due` is when to try again after `tries` in vain, `outcome` what the last one met.
    """

    target: str
    url: str
    protocol: str
    since: int
    tries: int = 0
    due: int = 0
    outcome: Message | str = ""


class TargetRow(NamedTuple):
    """What came of telling a hub or a search engine: how much it was `told`, how often it `failed`, and when last.

    After `failures` in a row it is not asked again before `due`, be it by our own patience or because it `asked`.
    `outcome` says what the last failure was, empty after a success.
    """

    target: str
    told: int = 0
    told_at: int | None = None
    failed: int = 0
    failed_at: int | None = None
    failures: int = 0
    due: int = 0
    asked: bool = False
    outcome: Message | str = ""


class EditionRow(NamedTuple):
    """An edition: when it was composed, and the next instant at which something falls due."""

    number: int = 0
    composed: Seconds = NEVER
    next_due: Seconds | None = None


NO_EDITION = EditionRow()
"""What stands before the first edition."""


def columns(row: type[tuple[object, ...]]) -> str:
    """Return the names of a row's columns as SQL lists them."""
    return ", ".join(row._fields)  # type: ignore[attr-defined]  # every row above is a NamedTuple
