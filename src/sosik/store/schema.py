"""The tables of the store, in SQL of any database, except for the type of bytes.

Times are whole seconds since 1970-01-01 UTC; lists and records are JSON text. One file, `.sosik/site.db`, has all
tables; only the bytes of pictures are beside it, in `.sosik/media`.
"""

VERSION = 9
"""Raised with every change of the tables; `migrations` brings an older store to it, a newer one is refused."""

TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
-- What the files of content/ were when they were last read, so that an unchanged file is not read again.
CREATE TABLE source (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    pictures TEXT NOT NULL,
    held INTEGER NOT NULL,
    problems TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT '',
    missing_since BIGINT,
    part TEXT NOT NULL DEFAULT ''
);
CREATE INDEX source_entry ON source (entry_id);
CREATE INDEX source_part ON source (part);
CREATE INDEX source_problems ON source (part, path) WHERE problems <> '[]';
-- The groups of folders of content/, and the parts of these, in which every file was as it was left: a digest of the
-- states of the files, and how many of their entries are published. `pictures` are those of the entries of a part, with
-- their states in the digest, too; of a group, the groups in which they lie. Only of a part that differs are the rows
-- of `source` read, and of that without a name, which holds what is looked at every time. What writes into a part takes
-- it out, and its group.
CREATE TABLE scanned (
    part TEXT PRIMARY KEY,
    signature TEXT NOT NULL,
    live BIGINT NOT NULL,
    pictures TEXT NOT NULL
);
-- The entries that every build asks for, by the reason why: no file has them (`file`), no edition has shown them
-- (`edition`), or another one has their link (`link`).
CREATE TABLE watched (
    reason TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (reason, entry)
);
CREATE INDEX watched_entry ON watched (entry);
-- Entries as normalized but for their bodies, by the digest of that, compressed (RFC 1950). One is written before it is
-- judged; no row refers to it until it is accepted, and what nothing refers to goes in the same transaction.
CREATE TABLE record (
    digest TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX record_text ON record (text);
-- The bodies of entries, as HTML, once for the record and for all formats.
CREATE TABLE text (
    digest TEXT PRIMARY KEY,
    body TEXT NOT NULL
);
-- The last good version of every entry that is published, and not taken back.
CREATE TABLE entry (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    published BIGINT NOT NULL,
    listing TEXT NOT NULL,
    record TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX entry_record ON entry (record);
CREATE INDEX entry_published ON entry (published);
CREATE INDEX entry_source ON entry (source);
-- What each feed is chosen from, entries ahead too: `feed` is the definition, `value` that of a family, else empty.
CREATE TABLE member (
    feed TEXT NOT NULL,
    value TEXT NOT NULL,
    published BIGINT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (feed, value, published, entry)
);
-- The values of each family that have entries enough for a feed of their own, and whose the feed at its address is.
CREATE TABLE family (
    feed TEXT NOT NULL,
    value TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (feed, value)
);
-- The instants at which an entry changes by itself, but for its publication and the end of its days in the sitemap.
CREATE TABLE due (
    at BIGINT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (at, entry)
);
-- What the entries that point to others may call them by: an id, or a file.
CREATE TABLE pointer (
    name TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (name, entry)
);
CREATE INDEX pointer_entry ON pointer (entry);
-- The pictures of entries, by the paths of their documents.
CREATE TABLE medium (
    path TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (path, entry)
);
-- What was ever published, also what was taken back. A row is never deleted: an id stays that of its article.
CREATE TABLE ledger (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    published BIGINT NOT NULL,
    confirmed INTEGER NOT NULL,
    updated BIGINT,
    corrected BIGINT,
    edited BIGINT,
    title TEXT NOT NULL,
    link TEXT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL,
    withdrawn BIGINT,
    written TEXT NOT NULL DEFAULT '',
    page TEXT NOT NULL DEFAULT ''
);
-- Whatever an article is recognised by finds its row. Most have a link of their own, or most have none.
CREATE INDEX ledger_live ON ledger (id) WHERE withdrawn IS NULL;
CREATE INDEX ledger_source ON ledger (source);
CREATE INDEX ledger_body ON ledger (body);
CREATE INDEX ledger_published ON ledger (published);
CREATE INDEX ledger_title ON ledger (title);
CREATE INDEX ledger_link ON ledger (link, withdrawn) WHERE link <> '';
CREATE INDEX ledger_page ON ledger (page) WHERE page <> '';
-- Entries as rendered for a format, with a digest of what they were rendered from: the bytes before and behind the
-- entry's body (`text`, its digest, or empty), which each format spells its own way. `head` is compressed.
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
);
CREATE INDEX fragment_text ON fragment (text);
-- What each feed remembers: its updated never goes back, its members tell whose withdrawal concerns it, and its past
-- members whose readers are to be told of one. It shows `content` of its members, and of the `shortened` a summary.
-- `labels` are those of its archive, `due` is when it need not tell any more of what was taken back first.
CREATE TABLE feed (
    name TEXT PRIMARY KEY,
    updated BIGINT NOT NULL,
    members TEXT NOT NULL,
    past TEXT NOT NULL,
    content TEXT NOT NULL,
    shortened TEXT NOT NULL,
    labels TEXT NOT NULL,
    due BIGINT
);
CREATE INDEX feed_due ON feed (due);
-- What every path answers. `kind` is what the document is, `owner` the feed definition that asked for it, `status` the
-- HTTP status it is answered with. Its bytes are those of a picture in .sosik/media (`blob`, their digest); or `head`,
-- the members of a `feed` as rendered for a `format`, with `joint` between them, and `tail`; or else the page under its
-- `etag`, which is the digest of the bytes.
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
    feed TEXT NOT NULL,
    format TEXT NOT NULL,
    head BLOB NOT NULL,
    joint BLOB NOT NULL,
    tail BLOB NOT NULL
);
CREATE INDEX document_etag ON document (etag);
-- Compressed: one page is much like another, and few of them are asked for.
CREATE TABLE page (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body BLOB NOT NULL
);
-- What the bytes of a kind are compressed by (RFC 1950), made of the first of them; it stays as long as the store.
CREATE TABLE dictionary (
    kind TEXT PRIMARY KEY,
    body BLOB NOT NULL
);
-- Paths that once had a document and have none any more: whoever asks is told that it is gone, not that it never was.
CREATE TABLE gone (
    path TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);
CREATE TABLE edition (
    number INTEGER PRIMARY KEY,
    composed BIGINT NOT NULL,
    next_due BIGINT
);
-- The directories of published files, and how the files were last made of the documents. `memory` is the state of the
-- file there that tells all this to a machine without the store, empty where it is to be written anew.
CREATE TABLE output (
    path TEXT PRIMARY KEY,
    made TEXT NOT NULL,
    memory TEXT NOT NULL DEFAULT ''
);
-- What was last written into a directory of published files, so that an untouched file is not read again: the state of
-- the file of a document, and of FILE.gz beside it, if there is one (`packed`).
CREATE TABLE projection (
    output TEXT NOT NULL,
    part TEXT NOT NULL,
    document TEXT NOT NULL,
    etag TEXT NOT NULL,
    stamp TEXT NOT NULL,
    packed TEXT NOT NULL,
    PRIMARY KEY (output, part, document)
);
-- The same once more for each part of a directory: its files, and a digest of their states. Only of a part that
-- differs are the rows read.
CREATE TABLE part (
    output TEXT NOT NULL,
    part TEXT NOT NULL,
    files TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (output, part)
);
-- The documents that changed or went since they were last brought into a directory.
CREATE TABLE stale (
    output TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (output, document)
);
-- What hubs and search engines are still to be told: `since` is the edition's instant, `due` when to try again after
-- `tries` in vain.
CREATE TABLE announcement (
    target TEXT NOT NULL,
    url TEXT NOT NULL,
    protocol TEXT NOT NULL,
    since BIGINT NOT NULL,
    tries INTEGER NOT NULL,
    due BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (target, url)
);
-- What came of telling each of them: `failures` in a row, and the instant before which it is not asked again.
CREATE TABLE target (
    target TEXT PRIMARY KEY,
    told BIGINT NOT NULL,
    told_at BIGINT,
    failed BIGINT NOT NULL,
    failed_at BIGINT,
    failures INTEGER NOT NULL,
    due BIGINT NOT NULL,
    asked INTEGER NOT NULL,
    outcome TEXT NOT NULL
);
"""
