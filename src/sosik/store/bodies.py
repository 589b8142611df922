"""The bytes of documents, put together of what the store keeps: nothing is rendered here."""

import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import Any

from sosik.errors import UnlikeError
from sosik.model import Content, Envelope, FormatName
from sosik.model.digests import digest_of_bytes
from sosik.store.connection import Connection
from sosik.store.fragments import KeptFragments
from sosik.store.packing import Packing
from sosik.store.pictures import Pictures
from sosik.store.rows import FragmentKey
from sosik.store.statements import MOST_ROWS, batches, marks
from sosik.words import Message

RECORD_KIND = "record"
"""The kind of entries as normalized, where they are packed."""


def page_kind(kind: str) -> str:
    """Return the kind of pages that are much alike, where they are packed."""
    return f"page {kind}"


def envelope_kind(format_name: str) -> str:
    """Return the kind of what stands before the entries of a feed in a format."""
    return f"envelope {format_name}"


AT_ONCE = 20
"""Documents that are read ahead together: what they are made of lies in memory at once."""

UNLIKE = (ValueError, TypeError, AttributeError)
"""What rows raise that are not what was written."""

Row = tuple[Any, ...]


class Parts:
    """The rows that documents are put together of. Those of some documents can be read ahead, many in a statement."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.forget()

    def forget(self) -> None:
        """Know nothing that was read ahead: it may be another edition's."""
        self._documents: dict[str, Row] = {}
        self._pages: dict[str, Row] = {}
        self._feeds: dict[str, Row] = {}

    def read_ahead(self, paths: Iterable[str]) -> list[FragmentKey]:
        """Read the rows of documents, in place of those that were read before; return what the feeds of them show."""
        self.forget()
        self._documents = self._rows(_DOCUMENTS, [*paths])
        made = self._documents.values()
        self._pages = self._rows(_PAGES, [etag for _, etag, blob, feed, *_ in made if not (blob or feed)])
        self._feeds = self._rows(_FEEDS, sorted({feed for _, _, _, feed, *_ in made if feed}))
        shown = (self.shown_by(feed, FormatName(name)) for _, _, _, feed, name, *_ in made if feed)
        return [*dict.fromkeys(key for keys in shown for key in keys)]

    def document(self, path: str) -> Row | None:
        """Return the row of a document."""
        return self._documents.get(path) or self._rows(_DOCUMENTS, [path]).get(path)

    def page(self, etag: str) -> Row | None:
        """Return the row of the page under a tag."""
        return self._pages.get(etag) or self._rows(_PAGES, [etag]).get(etag)

    def shown_by(self, feed: str, format_name: FormatName) -> list[FragmentKey]:
        """Return what a feed shows in a format, in its order."""
        row = self._feeds.get(feed) or self._rows(_FEEDS, [feed]).get(feed)
        if row is None:
            return []
        members, content, shortened = json.loads(row[1]), Content(row[2]), frozenset(json.loads(row[3]))
        return [FragmentKey(id_, format_name, Content.SUMMARY if id_ in shortened else content) for id_ in members]

    def _rows(self, query: str, keys: Collection[str]) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for batch in batches(keys, MOST_ROWS):
            found |= {row[0]: row for row in self.connection.execute(f"{query} IN ({marks(len(batch))})", batch)}
        return found


_DOCUMENTS = "SELECT path, etag, blob, feed, format, head, joint, tail FROM document WHERE path"
_PAGES = "SELECT digest, kind, body FROM page WHERE digest"
_FEEDS = "SELECT name, members, content, shortened FROM feed WHERE name"


def read_body(
    parts: Parts, packing: Packing, pictures: Pictures, path: str, known: KeptFragments | None = None
) -> bytes | None:
    """Return the bytes of a document, None where the edition has no such path.

    Fragments may be `known` already; where these are not what the document was made of, they are forgotten and read.

    Raises `StoreError` for a picture of a store in memory, `PictureError` for one that is damaged or away, and
    `UnlikeError` where the bytes are not those of the document's tag.
    """
    document = parts.document(path)
    if document is None:
        return None
    _, etag, blob, feed, format_name, head, joint, tail = document
    if blob:
        return pictures.read(blob)
    try:
        if not feed:
            return _as_tagged(_read_page(parts, packing, etag), etag)
        envelope = Envelope(head=packing.unpack(envelope_kind(format_name), head), joint=bytes(joint), tail=bytes(tail))
        shown = parts.shown_by(feed, FormatName(format_name))
        if known is not None:
            with suppress(ValueError):
                return _as_tagged(_joined(known, envelope, shown), etag)
            known.forget()
        return _as_tagged(_joined(known or KeptFragments(parts.connection, packing), envelope, shown), etag)
    except UNLIKE as error:
        raise UnlikeError(Message("store.unlike", path=path)) from error


def _as_tagged(body: bytes, etag: str) -> bytes:
    """Return bytes that have a tag. Raises ValueError for others."""
    if not etag or not digest_of_bytes(body).startswith(etag):
        raise ValueError(etag)
    return body


def _read_page(parts: Parts, packing: Packing, etag: str) -> bytes:
    """Return the page under a tag. Raises ValueError where there is none."""
    page = parts.page(etag)
    if page is None:
        raise ValueError(etag)
    _, kind, body = page
    return packing.unpack(page_kind(kind), body)


def _joined(fragments: KeptFragments, envelope: Envelope, shown: Sequence[FragmentKey]) -> bytes:
    """Return what a feed shows within its envelope. Raises ValueError for what is no fragment."""
    found = fragments.of(shown)
    return envelope.joined(found[key] for key in shown if key in found)


def read_frames(connection: Connection, packing: Packing, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the documents of feeds at some paths as they would be without an entry, by path."""
    frames: dict[str, bytes] = {}
    for batch in batches(paths, MOST_ROWS):
        query = f"SELECT path, format, head, tail FROM document WHERE feed <> '' AND path IN ({marks(len(batch))})"
        for path, format_name, head, tail in connection.execute(query, batch):
            head = packing.unpack(envelope_kind(format_name), head)
            frames[path] = Envelope(head=head, joint=b"", tail=bytes(tail)).joined(())
    return frames
