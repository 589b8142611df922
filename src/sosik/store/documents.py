"""Documents as the table keeps them.

It has no column for a document's kind yet: that stands before what it was made from, `feed:DIGEST`.
"""

from collections.abc import Iterable

from sosik.model import DocumentKind
from sosik.model.values import Digest, DocumentPath, Seconds
from sosik.store.rows import DocumentHead, DocumentRow, Origin

HEAD = "inputs, path, media_type, etag, last_modified, length, blob, status"
ORIGIN = "inputs, media_type, blob, status, owner"
ROW = "inputs, path, media_type, etag, last_modified, length, blob, owner, status, body"

INSERT = f"INSERT OR REPLACE INTO document ({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

_EARLIER = {
    "application/rss+xml": DocumentKind.FEED,
    "application/atom+xml": DocumentKind.FEED,
    "application/feed+json": DocumentKind.FEED,
    "text/x-opml": DocumentKind.LIST,
    "application/xml": DocumentKind.SITEMAP,
    "text/css": DocumentKind.ASSET,
    "text/javascript": DocumentKind.ASSET,
    "text/plain": DocumentKind.KEY,
}
"""What an earlier sosik has left is taken for until the next build makes it anew, by its media type."""


def document_head(
    inputs: str,
    path: DocumentPath,
    media_type: str,
    etag: str,
    last_modified: Seconds,
    length: int,
    blob: str,
    status: int,
) -> DocumentHead:
    """Return the head of a row whose columns are those of `HEAD`."""
    kind, _ = _kind_of(inputs, media_type, blob, status)
    return DocumentHead(path, kind, media_type, etag, last_modified, length, blob, status)


def document_row(
    inputs: str,
    path: DocumentPath,
    media_type: str,
    etag: str,
    last_modified: Seconds,
    length: int,
    blob: str,
    owner: str,
    status: int,
    body: bytes,
) -> DocumentRow:
    """Return the document of a row whose columns are those of `ROW`."""
    kind, digest = _kind_of(inputs, media_type, blob, status)
    return DocumentRow(path, kind, media_type, etag, last_modified, length, blob, digest, owner, body, status)


def origin(inputs: str, media_type: str, blob: str, status: int, owner: str) -> Origin:
    """Return where a document comes from, out of the columns of `ORIGIN`."""
    kind, digest = _kind_of(inputs, media_type, blob, status)
    return Origin(kind, digest, owner)


def values_of(row: DocumentRow) -> tuple[object, ...]:
    """Return the values that `INSERT` writes."""
    inputs = f"{row.kind}:{row.inputs}"
    return (
        inputs,
        row.path,
        row.media_type,
        row.etag,
        row.last_modified,
        row.length,
        row.blob,
        row.owner,
        row.status,
        row.body,
    )


def of_kinds(kinds: Iterable[DocumentKind]) -> str:
    """Return the condition, in SQL, of the rows that may be of some kinds: what an earlier sosik left may be any."""
    names = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return f"(instr(inputs, ':') = 0 OR substr(inputs, 1, instr(inputs, ':') - 1) IN ({names}))"


def _kind_of(inputs: str, media_type: str, blob: str, status: int) -> tuple[DocumentKind, Digest]:
    """Return the kind of a document, and the digest of what it was made from."""
    name, mark, digest = inputs.partition(":")
    if mark:
        return DocumentKind(name), Digest(digest)
    if blob:
        return DocumentKind.MEDIA, Digest(inputs)
    if status == 410:
        return DocumentKind.WITHDRAWN, Digest(inputs)
    return _EARLIER.get(media_type.partition(";")[0], DocumentKind.PAGE), Digest(inputs)
