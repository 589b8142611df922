"""`published.json`: the published state as one file beside the feeds, for a machine without the store.

It has the data that feeds lack: digests of entries, ETags and times of documents, ended paths, and ids of withdrawn
entries. All of it was public: no file names, no texts of withdrawn articles, no drafts and no future entries.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from sosik.errors import PreviousError
from sosik.model import FEEDS, DocumentKind, FormatName
from sosik.model.digests import digest_of
from sosik.model.values import NEVER, NO_DIGEST, EntryId, Seconds
from sosik.normalize.similarity import body_digest
from sosik.previous.described import META as DESCRIBED
from sosik.previous.described import Described, described
from sosik.store import DocumentRow, EditionRow, FeedRow, LedgerRow, Store
from sosik.store.rows import GoneRow
from sosik.store.statements import batches
from sosik.words import Message

NAME = "published.json"
"""The file, below `pages`."""
MEDIA_TYPE = "application/json"

MOST_BYTES = 256_000_000
"""Bytes of it: half a million articles."""

_AT_ONCE = 1_000
"""Rows of the ledger that lie in memory together."""

_VERSION = 1
_ELSEWHERE = "elsewhere"
"""Stands for the link of an article that was taken back: that it has one is all that is told."""

_ENTRY = (
    *("id", "published", "confirmed", "updated", "corrected", "edited", "title", "link"),
    *("body", "digest", "written", "page"),
)
_DOCUMENT = (*("path", "kind", "media_type", "etag", "last_modified", "length", "owner", "status", "feed", "format"),)
_META = ("authority", "feeds_url", "kept", "ended", "url")

ENTRIES, WITHDRAWN, FEEDS_TOLD, DOCUMENTS, GONE, DESCRIBED_FEEDS, META = SECTIONS = (
    *("entries", "withdrawn", "feeds", "documents", "gone", "described", "meta"),
)
"""The lists in it, in this order: a line for each row, in the order of what stands first in it."""

BEGINNING = b'{\n"version"'
"""By this the file is known for ours."""

BETWEEN = b",\n"
"""What stands between two lines."""

_CLOSING = b"\n]"


class Memory(Struct, frozen=True, kw_only=True):
    """What was published: `edition` is the one that it was, `meta` are remembered values by name."""

    edition: EditionRow
    rows: tuple[LedgerRow, ...] = ()
    feeds: tuple[FeedRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    gone: tuple[GoneRow, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()


class Written:
    """The file in pieces, of which `sections` are the lines; `places` tells of each where they stand in it, in bytes.

    That is known once all pieces were taken.
    """

    def __init__(self, edition: EditionRow, sections: Mapping[str, Iterable[bytes]]) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self._edition = edition
        self._sections = sections

    def __iter__(self) -> Iterator[bytes]:
        head = {"version": _VERSION, "edition": self._edition.number, "composed": self._edition.composed}
        piece = b"{\n" + BETWEEN.join(dumped(name) + b": " + dumped(value) for name, value in head.items())
        at = len(piece)
        yield piece
        for name in SECTIONS:
            opening = BETWEEN + dumped(name) + b": [\n"
            yield opening
            start = at = at + len(opening)
            for piece in self._sections[name]:
                at += len(piece)
                yield piece
            self.places[name] = start, at
            yield _CLOSING
            at += len(_CLOSING)
        yield b"\n}\n"


def written_memory(store: Store) -> Written:
    """Return what the store holds of what was published: the same bytes for the same edition."""
    edition, held = store.edition(), store.sources.held()
    documents = store.documents()

    def ledger(*, withdrawn: bool) -> Iterator[LedgerRow]:
        for batch in batches(store.ledger.in_order(edition.composed, withdrawn=withdrawn), _AT_ONCE):
            yield from as_published(store, batch, held)

    lines: dict[str, Iterable[bytes]] = {
        ENTRIES: map(line_of_entry, ledger(withdrawn=False)),
        WITHDRAWN: map(line_of_withdrawn, ledger(withdrawn=True)),
        FEEDS_TOLD: (dumped(row) for _, row in sorted(store.feeds().items())),
        DOCUMENTS: map(line_of_document, documents),
        GONE: map(dumped, store.gone()),
        DESCRIBED_FEEDS: (dumped([name, *said]) for name, said in sorted(describe(store, documents).items())),
        META: lines_of_meta(store),
    }
    return Written(edition, {name: separated(found) for name, found in lines.items()})


def separated(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines with what stands between them."""
    between = b""
    for line in lines:
        yield between + line
        between = BETWEEN


def line_of_entry(row: LedgerRow) -> bytes:
    """Return what is told of an entry."""
    return dumped([getattr(row, name) for name in _ENTRY])


def line_of_withdrawn(row: LedgerRow) -> bytes:
    """Return what is told of an entry that was taken back."""
    return dumped([row.id, row.published, row.withdrawn, not row.link or bool(row.page)])


def line_of_document(row: DocumentRow) -> bytes:
    """Return what is told of a document."""
    return dumped([getattr(row, name) for name in _DOCUMENT])


def lines_of_meta(store: Store) -> Iterator[bytes]:
    """Yield what is told of remembered values."""
    yield from (dumped([name, store.meta(name)]) for name in _META)


def state_of_memory(store: Store) -> str:
    """Return what changes with what the memory tells, but for the rows of the store, which tell it by themselves."""
    edition = store.edition()
    return digest_of(_VERSION, edition.number, edition.composed, [store.meta(name) for name in _META])


def as_published(store: Store, ledger: list[LedgerRow], held: Collection[EntryId]) -> list[LedgerRow]:
    """Return rows of the ledger without what it follows of files that are held back: nobody has seen that yet."""
    shown = store.entries(sorted(row.id for row in ledger if row.id in held))
    good = {id_: (entry.title, body_digest(entry.body) if entry.body else "") for id_, entry in shown.items()}
    return [
        row._replace(title=good.get(row.id, ("", ""))[0], body=good.get(row.id, ("", ""))[1]) if row.id in held else row
        for row in ledger
    ]


def describe(store: Store, documents: Iterable[DocumentRow]) -> dict[str, Described]:
    """Return what every feed is, by its name: its definition may be gone tomorrow."""
    found: dict[str, DocumentRow] = {}
    rows = (row for row in documents if row.kind is DocumentKind.FEED and row.feed)
    for row in sorted(rows, key=lambda row: (row.format != FormatName.ATOM, row.path)):
        found.setdefault(row.feed, row)
    frames = store.frames(row.path for row in found.values())
    return {name: described(FormatName(row.format), frames[row.path], row.path) for name, row in found.items()}


def dumped(value: object) -> bytes:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def read_memory(body: bytes, place: str) -> Memory:
    """Return what was published; `place` names the file to people. Raises `PreviousError` where it is none of ours."""
    try:
        given: dict[str, Any] = json.loads(body)
        if given["version"] != _VERSION:
            raise ValueError(given["version"])
        feeds = {str(name): [str(text) for text in texts] for name, *texts in given["described"]}
        return Memory(
            edition=EditionRow(int(given["edition"]), Seconds(int(given["composed"]))),
            rows=(*map(_entry, given["entries"]), *map(_withdrawn, given["withdrawn"])),
            feeds=tuple(FeedRow(*row) for row in given["feeds"]),
            documents=tuple(row for row in map(_document, given["documents"]) if row.feed or row.kind not in FEEDS),
            gone=tuple(GoneRow(_path(path), Seconds(int(since))) for path, since in given["gone"]),
            meta=(*((str(name), str(value)) for name, value in given["meta"]), (DESCRIBED, dumped(feeds).decode())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PreviousError(Message("previous.not-ours", place=place, reason=repr(error))) from error


def _entry(values: Sequence[Any]) -> LedgerRow:
    named = dict(zip(_ENTRY, values, strict=True))
    return LedgerRow(**{**named, "source": "", "withdrawn": None, "confirmed": bool(named["confirmed"])})


def _withdrawn(values: Sequence[Any]) -> LedgerRow:
    id_, published, withdrawn, has_page = values
    return LedgerRow(
        id=id_,
        source="",
        published=published,
        confirmed=True,
        updated=None,
        corrected=None,
        edited=None,
        title="",
        link="" if has_page else _ELSEWHERE,
        body="",
        digest="",
        withdrawn=withdrawn,
    )


def _document(values: Sequence[Any]) -> DocumentRow:
    named = dict(zip(_DOCUMENT, values, strict=True))
    kept = {"path": _path(named["path"]), "kind": DocumentKind(named["kind"]), "blob": "", "inputs": NO_DIGEST}
    return DocumentRow(**{**named, **kept})


def _path(text: str) -> Any:
    parts = text.split("/")
    if parts[0] or ".." in parts or not text.isprintable():
        raise ValueError(text)
    return text


NOTHING = Memory(edition=EditionRow(0, NEVER))
"""What is known where nothing was published yet."""
