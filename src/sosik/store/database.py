"""The store as the building process sees it: read everything, write one edition in one transaction."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import Self, TypeVar

from sosik.errors import StoreError
from sosik.model import KINDS, Content, DocumentKind, Entry, FormatName, Fragment
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store import pictures
from sosik.store.announcements import Announcements
from sosik.store.bodies import pack, read_body, read_fragments, unpack
from sosik.store.changes import AcceptedEntry, Changes
from sosik.store.ledger_rows import LedgerRows
from sosik.store.lock import lock
from sosik.store.membership import Membership, write_membership
from sosik.store.opening import IN_MEMORY, NAME, open_to_try, open_to_write
from sosik.store.projections import Projections
from sosik.store.records import Record, read_entry, read_listing, write_listing
from sosik.store.references import Loose
from sosik.store.rows import (
    NO_EDITION,
    DocumentHead,
    DocumentRow,
    EditionRow,
    EntryRow,
    FeedRow,
    FragmentDigests,
    FragmentKey,
    GoneRow,
    MetaRow,
    Origin,
    columns,
    document_head,
)
from sosik.store.shadow import shadow
from sosik.store.sources import Sources
from sosik.store.statements import (
    BUILT,
    DOCUMENT,
    EDITION,
    ENTRY,
    FEED,
    FRAGMENT,
    GONE,
    LEDGER,
    META,
    MOST_ROWS,
    PAGE,
    RECORD,
    SOURCE,
    TEXT,
    Writer,
    batches,
    marks,
)
from sosik.words import Message

Row = TypeVar("Row", bound=tuple[object, ...])


class Store:
    """The store in `folder` (`.sosik`), or in memory where `folder` is None (a dry run of a new publication).

    Everything is written within a `transaction`, all of it or nothing. Pictures are the exception: they are added to
    the folder, under the digest of their bytes, before the edition that names them.

    A dry run (`is_dry`) reads one moment of the store, changes nothing in it and keeps nobody waiting: what it writes
    is forgotten with the transaction.
    """

    def __init__(self, folder: Path | None, *, is_dry: bool = False) -> None:
        self._folder = folder
        self._is_dry = is_dry and folder is not None
        self._lock: int | None = None
        if folder is not None and not is_dry:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = lock(folder / "lock")
        path = folder / NAME if folder else IN_MEMORY
        try:
            self._connection = open_to_try(path) if self._is_dry else open_to_write(path)
        except BaseException:
            self._unlock()
            raise
        if self._is_dry:
            # From its first to its last reading, whatever is written into the store meanwhile.
            self._connection.execute("BEGIN")
        self._writer = Writer(self._connection, is_dry=self._is_dry)
        self._loose = Loose(self._connection)
        self.sources = Sources(self._connection)
        self.ledger = LedgerRows(self._connection)
        self.announcements = Announcements(self._connection, self._writer)
        self.membership = Membership(self._connection)
        self.projections = Projections(self._connection, self._writer)

    @property
    def root(self) -> Path | None:
        """The publication that the store belongs to: the folder that holds `.sosik`."""
        if self._folder is None:
            return None
        folder = self._folder.absolute()
        return next((path.parent for path in (folder, *folder.parents) if path.name == ".sosik"), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store, forgetting what was not committed, and let the next writer in."""
        self._connection.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """Commit what the block writes, all or nothing; with `keep` false, nothing."""
        keep = keep and not self._is_dry
        self._connection.execute("SAVEPOINT trial" if self._is_dry else "BEGIN IMMEDIATE")
        if self._is_dry:
            shadow(self._connection, BUILT)
        try:
            yield
            if keep:
                self._loose.end()
                self._connection.execute("COMMIT")
            else:
                self._undo()
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if not self._connection.in_transaction:  # a full disk has ended it already
            return
        for statement in ("ROLLBACK TO trial", "RELEASE trial") if self._is_dry else ("ROLLBACK",):
            self._connection.execute(statement)

    # --- meta

    def meta(self, name: str) -> str:
        """Return a remembered value, or nothing."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    # --- what is written

    def add_records(self, records: Collection[Record]) -> None:
        """Keep entries as normalized, by digest; those that no entry comes to point to go with the transaction."""
        self._writer.put(TEXT, {text.digest: text for _, text in records}.values())
        self._writer.put(RECORD, (row._replace(body=pack(row.body)) for row, _ in records))
        self._loose.add_records(row.digest for row, _ in records)

    def apply(self, changes: Changes) -> None:
        """Write what a stage has decided."""
        self._loose.note(ENTRY, "id", [*changes.entries_gone, *(entry.listing.id for entry in changes.entries)])
        self._loose.note(FRAGMENT, "entry_id", {*changes.entries_gone, *(row.entry_id for row in changes.fragments)})
        self._loose.note(DOCUMENT, "path", [*changes.documents_gone, *(row.path for row in changes.documents)])
        self._drop(changes)
        write_membership(self._connection, self._writer, changes)
        self._writer.put(META, (MetaRow(*item) for item in changes.meta.items()))
        self._writer.put(SOURCE, changes.sources)
        self._writer.put(LEDGER, changes.ledger)
        self._writer.put(FEED, changes.feeds)
        self._writer.put(ENTRY, map(_entry_row, changes.entries))
        self._loose.take_records(entry.record for entry in changes.entries)
        self._writer.put(TEXT, changes.texts)
        self._writer.put(FRAGMENT, changes.fragments)
        self._writer.put(PAGE, (row._replace(body=pack(row.body)) for row in changes.pages))
        self._put_documents(changes.documents)
        self._loose.drop()
        if changes.edition is not None:
            self._connection.execute("DELETE FROM edition")
            self._writer.put(EDITION, [changes.edition])

    def _put_documents(self, rows: Collection[DocumentRow]) -> None:
        self._writer.put(DOCUMENT, rows)
        self._writer.drop(GONE, "path", [row.path for row in rows])

    def _drop(self, changes: Changes) -> None:
        self._writer.drop(SOURCE, "path", changes.sources_gone)
        self._writer.drop(LEDGER, "id", changes.ledger_gone)
        self._writer.drop(ENTRY, "id", changes.entries_gone)
        self._writer.drop(FRAGMENT, "entry_id", changes.entries_gone)
        self._drop_documents(changes.documents_gone, changes.gone_since)

    def _drop_documents(self, paths: Collection[str], at: Seconds) -> None:
        """Take documents out; those are remembered as gone since an instant whose kind is."""
        if not paths:
            return
        origins = self.origins(paths)
        gone = [path for path in paths if path in origins and KINDS[origins[path].kind].gone is HTTPStatus.GONE]
        self._writer.drop(DOCUMENT, "path", paths)
        self._writer.put(GONE, (GoneRow(DocumentPath(path), at) for path in gone))

    # --- entries

    def ids(self) -> list[EntryId]:
        """Return the ids of all entries, newest first, ids breaking ties."""
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM entry ORDER BY published DESC, id")]

    def entry(self, entry_id: str) -> Entry | None:
        """Return the last good version of an entry."""
        return self.entries([EntryId(entry_id)]).get(EntryId(entry_id))

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Return the last good versions of entries, by id."""
        entries: dict[EntryId, Entry] = {}
        for batch in batches(ids, MOST_ROWS):
            query = (
                "SELECT id, record.body, text.body FROM entry JOIN record ON record.digest = entry.record "
                f"JOIN text ON text.digest = record.text WHERE id IN ({marks(len(batch))})"
            )
            for id_, record, body in self._connection.execute(query, batch):
                entries[id_] = read_entry(unpack(record), body)
        return entries

    def accepted(self, ids: Iterable[EntryId]) -> dict[EntryId, AcceptedEntry]:
        """Return the listings of entries, and the digests of their records, by id."""
        accepted: dict[EntryId, AcceptedEntry] = {}
        for batch in batches(ids, MOST_ROWS):
            query = f"SELECT id, listing, record FROM entry WHERE id IN ({marks(len(batch))})"
            for id_, listing, record in self._connection.execute(query, batch):
                accepted[id_] = AcceptedEntry(listing=read_listing(listing), record=record)
        return accepted

    def record(self, digest: str) -> Entry | None:
        """Return the entry that is kept under a digest, accepted or not."""
        query = (
            "SELECT record.body, text.body FROM record JOIN text ON text.digest = record.text WHERE record.digest = ?"
        )
        row = self._connection.execute(query, (digest,)).fetchone()
        return read_entry(unpack(row[0]), row[1]) if row else None

    # --- fragments

    def fragment_digests(self, ids: Iterable[EntryId]) -> dict[EntryId, FragmentDigests]:
        """Return, by entry, the digests of what the kept fragments of some entries were made from."""
        digests: dict[EntryId, FragmentDigests] = {}
        for batch in batches(ids, MOST_ROWS):
            query = f"SELECT entry_id, format, content, digest FROM fragment WHERE entry_id IN ({marks(len(batch))})"
            for id_, name, content, digest in self._connection.execute(query, batch):
                digests.setdefault(EntryId(id_), {})[FormatName(name), Content(content)] = digest
        return digests

    def fragments(self, ids: Iterable[EntryId]) -> dict[FragmentKey, Fragment]:
        """Return entries as rendered, in every format that is kept."""
        return read_fragments(self._connection, ids)

    # --- feeds and documents

    def feeds(self) -> dict[str, FeedRow]:
        """Return what each feed remembers, by name."""
        query = f"SELECT {columns(FeedRow)} FROM feed"
        return {row[0]: FeedRow(*row) for row in self._connection.execute(query)}

    def body(self, path: str) -> bytes:
        """Return the bytes of a document. Raises `StoreError` where there is none, or no picture of it."""
        body = read_body(self._connection, self._folder, path)
        if body is None:
            raise StoreError(Message("store.no-document", path=path))
        return body

    def of_feeds(self, owners: Collection[str]) -> list[DocumentRow]:
        """Return the documents that are made of the members of feeds, and belong to some definitions."""
        rows: list[DocumentRow] = []
        for batch in batches(owners, MOST_ROWS):
            query = f"SELECT {columns(DocumentRow)} FROM document WHERE feed <> '' AND owner IN ({marks(len(batch))})"
            rows += (DocumentRow(*row) for row in self._connection.execute(query, batch))
        return rows

    def heads(self) -> list[DocumentHead]:
        """Return the heads of all documents, by path."""
        rows = self._connection.execute(f"SELECT {columns(DocumentHead)} FROM document ORDER BY path")
        return [document_head(row) for row in rows]

    def heads_at(self, paths: Iterable[str]) -> dict[str, DocumentHead]:
        """Return the heads of the documents at some paths, by path."""
        heads: dict[str, DocumentHead] = {}
        for batch in batches(paths, MOST_ROWS):
            query = f"SELECT {columns(DocumentHead)} FROM document WHERE path IN ({marks(len(batch))})"
            heads |= {row[0]: document_head(row) for row in self._connection.execute(query, batch)}
        return heads

    def origins(self, paths: Iterable[str] | None = None) -> dict[str, Origin]:
        """Return, for every path or for some, what its document is and what it was made from."""
        query = "SELECT path, kind, inputs, owner FROM document"
        if paths is None:
            rows = self._connection.execute(query).fetchall()
        else:
            found = (
                self._connection.execute(f"{query} WHERE path IN ({marks(len(batch))})", batch)
                for batch in batches(paths, MOST_ROWS)
            )
            rows = [*chain.from_iterable(found)]
        return {path: Origin(DocumentKind(kind), inputs, owner) for path, kind, inputs, owner in rows}

    def count(self, but: Collection[str] = ()) -> int:
        """Return the number of documents, leaving out those of some feed definitions."""
        query = f"SELECT count(*) FROM document WHERE owner NOT IN ({marks(len(but))})"
        if not but:
            query = "SELECT count(*) FROM document"
        count: int = self._connection.execute(query, tuple(but)).fetchone()[0]
        return count

    # --- editions and pictures

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def pictures_state(self) -> str:
        """Return what changes whenever a picture is added to those that are kept, or one is lost."""
        return pictures.state_of(self._folder) if self._folder is not None else ""

    def has_picture(self, digest: str) -> bool:
        """Tell whether a picture is kept, or need not be."""
        return self._folder is None or pictures.media_path(self._folder, digest).exists()

    def keep_picture(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes."""
        if self._folder is not None:
            pictures.keep_picture(self._folder, digest, body)


def _entry_row(entry: AcceptedEntry) -> EntryRow:
    listing = entry.listing
    return EntryRow(listing.id, listing.digest, listing.published, write_listing(listing), entry.record, listing.source)
