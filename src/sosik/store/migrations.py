"""Migrations of older stores: one numbered step for each version, each in its transaction.

Before the first step, the database is copied into `backup/`. An interrupted step has no effect.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from sosik.model import DocumentKind
from sosik.model.document import STATUS_GONE
from sosik.store.packing import pack
from sosik.store.schema import TABLES, VERSION
from sosik.store.soundness import APPLICATION, version_of
from sosik.store.statements import COUNTS
from sosik.systems import put_in_place

BACKUP = "backup"
"""The folder, beside the database, in which it is kept as it was before a migration."""


def bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a store to the present version, an empty one at once; it is of no later one.

    `path` is the file behind the connection, of which a copy is kept, or `:memory:`. Within no transaction of the
    caller's. Raises what SQLite does.
    """
    version = version_of(connection)
    if version == 0:
        connection.executescript(
            f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
        return
    if version < VERSION and path.exists():
        _keep_copy(connection, path, version)
    for number in range(version + 1, VERSION + 1):
        _step(connection, number)


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep the database as it is, under its version, whole or not at all."""
    target = path.parent / BACKUP / f"site-{version}.db"
    target.parent.mkdir(exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(beside),))
    put_in_place(beside, target)


def _step(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        STEPS[number](connection)
        connection.execute("DELETE FROM meta WHERE name = ?", (COUNTS,))  # the next commit counts anew
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _records_by_content(connection: sqlite3.Connection) -> None:
    """Version 5: entries point to records kept by content, files and the ledger know more, documents say what they are.

    The first sosik with kinds kept them before a document's inputs, `feed:DIGEST`; the one before it kept none.
    """
    connection.create_function("sosik_digest", 1, _digest, deterministic=True)
    connection.create_function("sosik_kind", 4, _kind, deterministic=True)
    for statement in (
        "ALTER TABLE source ADD COLUMN digest TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE source ADD COLUMN missing_since BIGINT",
        "ALTER TABLE ledger ADD COLUMN written TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE record (digest TEXT PRIMARY KEY, body TEXT NOT NULL)",
        "INSERT INTO record SELECT DISTINCT sosik_digest(record), record FROM entry",
        "UPDATE entry SET record = sosik_digest(record)",
        "CREATE INDEX entry_record ON entry (record)",
        "DROP TABLE arrival",
        "ALTER TABLE document RENAME TO document_4",
        _DOCUMENT_5,
        f"INSERT INTO document ({_COLUMNS_4}, kind) SELECT {_COLUMNS_4}, sosik_kind(inputs, media_type, blob, status) "
        "FROM document_4",
        "UPDATE document SET inputs = substr(inputs, length(kind) + 2) WHERE inputs LIKE '%:%'",
        "DROP TABLE document_4",
    ):
        connection.execute(statement)
    settings = connection.execute("SELECT value FROM meta WHERE name = 'publication'").fetchone()
    aliases = json.loads(settings[0]).get("aliases", {}) if settings else {}
    connection.executemany("UPDATE document SET kind = 'alias' WHERE path = ?", ((path,) for path in aliases))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _kind(inputs: str, media_type: str, blob: str, status: int) -> str:
    """Return what a document of version 4 is; an archive that does not say so is a feed until it is made anew."""
    name, mark, _ = inputs.partition(":")
    if mark:
        return name
    if blob:
        return DocumentKind.MEDIA
    if status == STATUS_GONE:
        return DocumentKind.WITHDRAWN
    return _KINDS_4.get(media_type.partition(";")[0], DocumentKind.PAGE)


_KINDS_4 = {
    "application/rss+xml": DocumentKind.FEED,
    "application/atom+xml": DocumentKind.FEED,
    "application/feed+json": DocumentKind.FEED,
    "text/x-opml": DocumentKind.LIST,
    "application/xml": DocumentKind.SITEMAP,
    "text/css": DocumentKind.ASSET,
    "text/javascript": DocumentKind.ASSET,
    "text/plain": DocumentKind.KEY,
}

_COLUMNS_4 = "path, media_type, etag, last_modified, length, blob, inputs, owner, status, body"

# As version 5 had it, whatever becomes of the table in `schema.py`: a step never changes.
_DOCUMENT_5 = """
CREATE TABLE document (
    path TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified BIGINT NOT NULL,
    length BIGINT NOT NULL,
    blob TEXT NOT NULL,
    inputs TEXT NOT NULL,
    owner TEXT NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL
)
"""


def _recipes(connection: sqlite3.Connection) -> None:
    """Version 6: documents of feeds are made of fragments when they are asked for; all others are pages by digest.

    What feeds show stays as it is, as pages, until the next build makes it anew; that one fills the empty tables too.
    Files and the ledger are found by what they hold.
    """
    # Only a store of a version before this one needs all that comes with it.
    from sosik.normalize.ids import entry_key

    connection.create_function("sosik_pack", 1, _packed, deterministic=True)
    connection.create_function("sosik_text", 1, _text, deterministic=True)
    connection.create_function("sosik_digest", 1, _digest, deterministic=True)
    connection.create_function("sosik_file", 1, _file, deterministic=True)
    connection.create_function("sosik_page", 1, entry_key, deterministic=True)
    connection.create_function("sosik_source", 1, _source, deterministic=True)
    for statement in _STATEMENTS_6:
        connection.execute(statement)


def _packed(body: str | bytes) -> bytes:
    return pack(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body)


_STATEMENTS_6 = (
    "ALTER TABLE record RENAME TO record_5",
    "CREATE TABLE record (digest TEXT PRIMARY KEY, text TEXT NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE text (digest TEXT PRIMARY KEY, body TEXT NOT NULL)",
    "INSERT INTO text SELECT sosik_digest(sosik_text(body)), sosik_text(body) FROM record_5 GROUP BY 1",
    "INSERT INTO record SELECT digest, sosik_digest(sosik_text(body)), sosik_pack(body) FROM record_5",
    "CREATE INDEX record_text ON record (text)",
    "DROP TABLE record_5",
    "CREATE TABLE page (digest TEXT PRIMARY KEY, body BLOB NOT NULL)",
    "INSERT INTO page SELECT etag, sosik_pack(body) FROM document WHERE blob = '' GROUP BY etag",
    "ALTER TABLE document DROP COLUMN body",
    "ALTER TABLE document ADD COLUMN retired BIGINT",
    "ALTER TABLE document ADD COLUMN feed TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN format TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document ADD COLUMN head BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE document ADD COLUMN joint BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE document ADD COLUMN tail BLOB NOT NULL DEFAULT x''",
    "UPDATE document SET inputs = '' WHERE kind IN ('feed', 'archive', 'alias')",
    "CREATE INDEX document_etag ON document (etag)",
    "ALTER TABLE feed ADD COLUMN content TEXT NOT NULL DEFAULT 'full'",
    "ALTER TABLE feed ADD COLUMN shortened TEXT NOT NULL DEFAULT '[]'",
    "DROP TABLE fragment",
    """
    CREATE TABLE fragment (
        entry_id TEXT NOT NULL,
        format TEXT NOT NULL,
        content TEXT NOT NULL,
        digest TEXT NOT NULL,
        prefixes TEXT NOT NULL,
        text TEXT NOT NULL,
        head BLOB NOT NULL,
        tail BLOB NOT NULL,
        PRIMARY KEY (entry_id, format, content)
    )
    """,
    "CREATE INDEX fragment_text ON fragment (text)",
    "CREATE INDEX source_entry ON source (entry_id)",
    "ALTER TABLE ledger ADD COLUMN page TEXT NOT NULL DEFAULT ''",
    "UPDATE ledger SET page = sosik_page(id) WHERE link = ''",
    "CREATE INDEX ledger_live ON ledger (id) WHERE withdrawn IS NULL",
    "CREATE INDEX ledger_source ON ledger (source)",
    "CREATE INDEX ledger_body ON ledger (body)",
    "CREATE INDEX ledger_published ON ledger (published)",
    "CREATE INDEX ledger_title ON ledger (title)",
    "CREATE INDEX ledger_link ON ledger (link, withdrawn) WHERE link <> ''",
    "CREATE INDEX ledger_page ON ledger (page) WHERE page <> ''",
    "ALTER TABLE feed ADD COLUMN labels TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE feed ADD COLUMN due BIGINT",
    "CREATE INDEX feed_due ON feed (due)",
    "ALTER TABLE entry ADD COLUMN source TEXT NOT NULL DEFAULT ''",
    "UPDATE entry SET source = sosik_source(listing)",
    "CREATE INDEX entry_published ON entry (published)",
    "CREATE INDEX entry_source ON entry (source)",
    """
    CREATE TABLE member (
        feed TEXT NOT NULL,
        value TEXT NOT NULL,
        published BIGINT NOT NULL,
        entry TEXT NOT NULL,
        PRIMARY KEY (feed, value, published, entry)
    )
    """,
    "CREATE TABLE family (feed TEXT NOT NULL, value TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (feed, value))",
    "CREATE TABLE due (at BIGINT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (at, entry))",
    "CREATE TABLE pointer (name TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (name, entry))",
    "CREATE INDEX pointer_entry ON pointer (entry)",
    "ALTER TABLE projection RENAME TO projection_5",
    """
    CREATE TABLE projection (
        output TEXT NOT NULL,
        document TEXT NOT NULL,
        etag TEXT NOT NULL,
        stamp TEXT NOT NULL,
        packed TEXT NOT NULL,
        PRIMARY KEY (output, document)
    )
    """,
    """
    INSERT INTO projection SELECT whole.output, document.path, whole.etag, whole.stamp, coalesce(packed.stamp, '')
    FROM document JOIN projection_5 AS whole ON whole.path = sosik_file(document.path)
    LEFT JOIN projection_5 AS packed ON packed.output = whole.output AND packed.path = whole.path || '.gz'
    """,
    # Files of documents that are no more, under what would be their paths: the next projection removes them.
    """
    INSERT INTO projection SELECT output, '/' || path, etag, stamp, '' FROM projection_5
    WHERE path NOT IN (SELECT sosik_file(path) FROM document UNION SELECT sosik_file(path) || '.gz' FROM document)
    """,
    "DROP TABLE projection_5",
    "CREATE TABLE medium (path TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (path, entry))",
)


def _parts(connection: sqlite3.Connection) -> None:
    """Version 7: published files lie in parts, of which each has a signature; what stands around entries is packed.

    The next projection writes the signatures.
    """
    connection.create_function("sosik_pack", 1, _packed, deterministic=True)
    connection.create_function("sosik_part", 1, _part, deterministic=True)
    for statement in _STATEMENTS_7:
        connection.execute(statement)


_STATEMENTS_7 = (
    "ALTER TABLE projection RENAME TO projection_6",
    """
    CREATE TABLE projection (
        output TEXT NOT NULL,
        part TEXT NOT NULL,
        document TEXT NOT NULL,
        etag TEXT NOT NULL,
        stamp TEXT NOT NULL,
        packed TEXT NOT NULL,
        PRIMARY KEY (output, part, document)
    )
    """,
    "INSERT INTO projection SELECT output, sosik_part(document), document, etag, stamp, packed FROM projection_6",
    "DROP TABLE projection_6",
    "CREATE TABLE output (path TEXT PRIMARY KEY, made TEXT NOT NULL)",
    """
    CREATE TABLE part (
        output TEXT NOT NULL,
        part TEXT NOT NULL,
        files TEXT NOT NULL,
        signature TEXT NOT NULL,
        PRIMARY KEY (output, part)
    )
    """,
    "CREATE TABLE stale (output TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (output, document))",
    "CREATE TABLE dictionary (kind TEXT PRIMARY KEY, body BLOB NOT NULL)",
    "ALTER TABLE page ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
    "UPDATE fragment SET head = sosik_pack(head)",
    "UPDATE document SET head = sosik_pack(head) WHERE feed <> ''",
)


def _scanned(connection: sqlite3.Connection) -> None:
    """Version 8: the files of content/ lie in parts, too; what every build asks for is kept, not looked for.

    The next build writes the signatures. No document was ever marked as retired: the column goes.
    """
    connection.create_function("sosik_crc", 1, _crc, deterministic=True)
    for statement in _STATEMENTS_8:
        connection.execute(statement)


_STATEMENTS_8 = (
    "ALTER TABLE source ADD COLUMN part TEXT NOT NULL DEFAULT ''",
    "UPDATE source SET part = sosik_crc(path) WHERE held = 0 AND missing_since IS NULL",
    "CREATE INDEX source_part ON source (part)",
    "CREATE INDEX source_problems ON source (part, path) WHERE problems <> '[]'",
    """
    CREATE TABLE scanned (
        part TEXT PRIMARY KEY,
        signature TEXT NOT NULL,
        live BIGINT NOT NULL,
        pictures TEXT NOT NULL
    )
    """,
    "CREATE TABLE watched (reason TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (reason, entry))",
    """
    INSERT INTO watched SELECT 'file', id FROM ledger
    WHERE withdrawn IS NULL AND NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = ledger.id)
    UNION SELECT 'file', id FROM entry WHERE NOT EXISTS (SELECT 1 FROM source WHERE source.entry_id = entry.id)
    """,
    """
    INSERT INTO watched SELECT 'edition', id FROM entry
    WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.id = entry.id)
    """,
    """
    INSERT INTO watched SELECT 'link', id FROM ledger WHERE withdrawn IS NULL AND link <> '' AND link IN (
        SELECT link FROM ledger WHERE withdrawn IS NULL AND link <> '' GROUP BY link HAVING count(*) > 1
    )
    """,
    "CREATE INDEX watched_entry ON watched (entry)",
    "ALTER TABLE output ADD COLUMN memory TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE document DROP COLUMN retired",
)


def _groups(connection: sqlite3.Connection) -> None:
    """Version 9: the parts of content/ lie in groups of folders. The next build writes the signatures."""
    connection.create_function("sosik_part_9", 1, _part_9, deterministic=True)
    connection.execute("UPDATE source SET part = sosik_part_9(path) WHERE part <> ''")
    connection.execute("DELETE FROM scanned")


def _part_9(path: str) -> str:
    folder, _, name = path.rpartition("/")
    group, part = (crc32(text.encode("utf-8", "surrogatepass")) for text in (folder, name))
    return f"{group % 256:02x}{part % 16:x}"


def _crc(path: str) -> str:
    return f"{crc32(path.encode('utf-8', 'surrogatepass')) % 256:02x}"


def _part(document: str) -> str:
    return _digest(document)[:2]


def _file(path: str) -> str:
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def _text(record: str) -> str:
    text: str = json.loads(record).get("body", "")
    return text


def _source(listing: str) -> str:
    source: str = json.loads(listing).get("source", "")
    return source


STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {
    5: _records_by_content,
    6: _recipes,
    7: _parts,
    8: _scanned,
    9: _groups,
}
"""What brings a store to each version from the one before."""
