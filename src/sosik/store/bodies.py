"""The bytes of documents, put together of what the store keeps: nothing is rendered here."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress

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


def read_body(
    connection: Connection, packing: Packing, pictures: Pictures, path: str, known: KeptFragments | None = None
) -> bytes | None:
    """Return the bytes of a document, None where the edition has no such path.

    Fragments may be `known` already; where these are not what the document was made of, they are forgotten and read.

    Raises `StoreError` for a picture of a store in memory, `PictureError` for one that is damaged or away, and
    `UnlikeError` where the bytes are not those of the document's tag.
    """
    query = "SELECT etag, blob, feed, format, head, joint, tail FROM document WHERE path = ?"
    document = connection.execute(query, (path,)).fetchone()
    if document is None:
        return None
    etag, blob, feed, format_name, head, joint, tail = document
    if blob:
        return pictures.read(blob)
    try:
        if not feed:
            return _as_tagged(_read_page(connection, packing, etag), etag)
        envelope = Envelope(head=packing.unpack(envelope_kind(format_name), head), joint=bytes(joint), tail=bytes(tail))
        shown = shown_by(connection, feed, FormatName(format_name))
        if known is not None:
            with suppress(ValueError):
                return _as_tagged(_joined(known, envelope, shown), etag)
            known.forget()
        return _as_tagged(_joined(known or KeptFragments(connection, packing), envelope, shown), etag)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnlikeError(Message("store.unlike", path=path)) from error


def _as_tagged(body: bytes, etag: str) -> bytes:
    """Return bytes that have a tag. Raises ValueError for others."""
    if not etag or not digest_of_bytes(body).startswith(etag):
        raise ValueError(etag)
    return body


def _read_page(connection: Connection, packing: Packing, etag: str) -> bytes:
    """Return the page under a tag. Raises ValueError where there is none."""
    page = connection.execute("SELECT kind, body FROM page WHERE digest = ?", (etag,)).fetchone()
    if page is None:
        raise ValueError(etag)
    return packing.unpack(page_kind(page[0]), page[1])


def _joined(fragments: KeptFragments, envelope: Envelope, shown: Sequence[FragmentKey]) -> bytes:
    """Return what a feed shows within its envelope. Raises ValueError for what is no fragment."""
    found = fragments.of(shown)
    return envelope.joined(found[key].body for key in shown if key in found)


def read_frames(connection: Connection, packing: Packing, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the documents of feeds at some paths as they would be without an entry, by path."""
    frames: dict[str, bytes] = {}
    for batch in batches(paths, MOST_ROWS):
        query = f"SELECT path, format, head, tail FROM document WHERE feed <> '' AND path IN ({marks(len(batch))})"
        for path, format_name, head, tail in connection.execute(query, batch):
            head = packing.unpack(envelope_kind(format_name), head)
            frames[path] = Envelope(head=head, joint=b"", tail=bytes(tail)).joined(())
    return frames


def shown_by(connection: Connection, feed: str, format_name: FormatName) -> list[FragmentKey]:
    """Return what a feed shows in a format, in its order."""
    row = connection.execute("SELECT members, content, shortened FROM feed WHERE name = ?", (feed,)).fetchone()
    if row is None:
        return []
    members, content, shortened = json.loads(row[0]), Content(row[1]), frozenset(json.loads(row[2]))
    return [FragmentKey(id_, format_name, Content.SUMMARY if id_ in shortened else content) for id_ in members]
