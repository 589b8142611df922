"""The published copies of pictures in a table: each under the digest of its bytes, for all machines."""

from collections.abc import Collection, Mapping

from sosik.errors import PictureError
from sosik.model.digests import digest_of_bytes
from sosik.store import pictures
from sosik.store.connection import Connection
from sosik.store.statements import MOST_ROWS, batches, marks
from sosik.words import Message


class TablePictures(pictures.Pictures):
    """The table `picture` behind `connection`. What is kept within a transaction comes and goes with it."""

    def __init__(self, connection: Connection) -> None:
        self.most_bytes = pictures.MOST_BYTES
        self._connection = connection

    def read(self, digest: str) -> bytes:
        """Return the bytes of a picture. Raises `PictureError` where they are away, or others than it was kept with."""
        row = self._connection.execute("SELECT body FROM picture WHERE digest = ?", (digest,)).fetchone()
        if row is not None and digest_of_bytes(row[0]) == digest:
            body: bytes = row[0]
            return body
        raise PictureError(Message("store.picture-lost", path=digest))

    def has(self, digest: str) -> bool:
        """Tell whether a picture is kept, byte for byte: the database looks."""
        query = "SELECT 1 FROM picture WHERE digest = ? AND encode(sha256(body), 'hex') = digest"
        return self._connection.execute(query, (digest,)).fetchone() is not None

    def keep(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes."""
        query = (
            "INSERT INTO picture (digest, body) VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET body = excluded.body"
        )
        self._connection.execute(query, (digest, body))

    def sync(self) -> None:
        """Do nothing: the database does."""

    def states(self, parts: Collection[str] | None = None) -> dict[str, str]:
        """Return, by part, a digest of which pictures there are; of all parts, or of some. No picture is read."""
        among = "" if parts is None else f"WHERE substr(digest, 1, 2) IN ({marks(len(parts))})"
        if parts is not None and not parts:
            return {}
        query = (
            "SELECT substr(digest, 1, 2) AS part, substr(md5(string_agg(digest, ',' ORDER BY digest)), 1, 16) "
            f"FROM picture {among} GROUP BY part"
        )
        return dict(self._connection.execute(query, [*(parts or ())]).fetchall())

    def unneeded(self, needed: Collection[str]) -> dict[str, list[str]]:
        """Return, by part, the pictures that are none of the `needed`."""
        kept = {digest for (digest,) in self._connection.execute("SELECT digest FROM picture")}
        found: dict[str, list[str]] = {}
        for digest in sorted(kept.difference(needed)):
            found.setdefault(digest[:2], []).append(digest)
        return found

    def drop(self, files: Mapping[str, Collection[str]]) -> None:
        """Remove pictures, by part."""
        digests = [digest for names in files.values() for digest in names]
        for batch in batches(digests, MOST_ROWS):
            self._connection.execute(f"DELETE FROM picture WHERE digest IN ({marks(len(batch))})", batch)
