"""The store as the building process sees it: read everything, write one edition in one transaction."""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Self, TypeVar

from sosik.errors import StoreError
from sosik.model import KINDS, Content, DocumentKind, Entry, FormatName, Fragment, Listing
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store import pictures
from sosik.store.announcements import Announcements
from sosik.store.bodies import pack, read_body, read_fragments, unpack
from sosik.store.changes import AcceptedEntry, Changes
from sosik.store.ledger_rows import LedgerRows
from sosik.store.lock import lock
from sosik.store.mirror import FragmentDigests, Mirror, Rows
from sosik.store.opening import IN_MEMORY, NAME, open_to_try, open_to_write
from sosik.store.records import read_entry, read_listing, write_listing
from sosik.store.references import PAGES, RECORDS, TEXTS, Loose
from sosik.store.rows import (
    NO_EDITION,
    DocumentHead,
    DocumentRow,
    EditionRow,
    EntryRow,
    FeedRow,
    FragmentKey,
    FragmentRow,
    GoneRow,
    MetaRow,
    Origin,
    ProjectedRow,
    RecordRow,
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
    PROJECTION,
    RECORD,
    SOURCE,
    TEXT,
    Table,
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

    Who opens the same store again and again may hand over one `mirror` each time; it is trusted in transactions only,
    and only if nobody else wrote in between, which `is_changed_by_others` tells.
    """

    def __init__(self, folder: Path | None, *, mirror: Mirror | None = None, is_dry: bool = False) -> None:
        self._folder = folder
        self._is_dry = is_dry and folder is not None
        self._mirror = mirror or Mirror()
        self.is_changed_by_others = True
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
    def transaction(self, *, keep: bool = True, aside: bool = False) -> Iterator[None]:
        """Commit what the block writes, all or nothing; with `keep` false, nothing.

        What is written `aside` is not read by builds (projections, announcements): it spoils nobody's mirror.
        """
        keep = keep and not self._is_dry
        self._connection.execute("SAVEPOINT trial" if self._is_dry else "BEGIN IMMEDIATE")
        if self._is_dry:
            shadow(self._connection, BUILT)
        self.is_changed_by_others = self._mirror.revision != self.meta("revision")
        if self.is_changed_by_others:
            self._mirror.forget()
        revision = self.meta("revision") if aside else secrets.token_hex(8)
        try:
            yield
            if keep:
                self._loose.end()
                self._writer.put(META, [MetaRow("revision", revision)])
                self._connection.execute("COMMIT")
            else:
                self._undo()
        except BaseException:
            self._mirror.forget()
            self._undo()
            raise
        if keep:
            self._mirror.revision = revision
        else:
            self._mirror.forget()

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

    def add_records(self, rows: Collection[RecordRow]) -> None:
        """Keep entries as normalized, by digest; those that no entry comes to point to go with the transaction."""
        self._writer.put(RECORD, (row._replace(body=pack(row.body)) for row in rows))
        self._loose.add_records(row.digest for row in rows)

    def apply(self, changes: Changes) -> None:
        """Write what a stage has decided."""
        self._loose.note(RECORDS, "id", [*changes.entries_gone, *(entry.listing.id for entry in changes.entries)])
        self._loose.note(TEXTS, "entry_id", {*changes.entries_gone, *(row.entry_id for row in changes.fragments)})
        self._loose.note(PAGES, "path", [*changes.documents_gone, *(row.path for row in changes.documents)])
        self._drop(changes)
        self._writer.put(META, (MetaRow(*item) for item in changes.meta.items()))
        self._writer.put(SOURCE, changes.sources)
        self._writer.put(LEDGER, changes.ledger)
        self._put(FEED, changes.feeds, self._mirror.feeds)
        self._writer.put(ENTRY, map(_entry_row, changes.entries))
        self._loose.take_records(entry.record for entry in changes.entries)
        for entry in changes.entries:
            self._mirror.listings.put(entry.listing.id, entry.listing)
        self._writer.put(TEXT, changes.texts)
        self._put_fragments(changes.fragments)
        self._writer.put(PAGE, (row._replace(body=pack(row.body)) for row in changes.pages))
        self._put_documents(changes.documents)
        self._loose.drop()
        if changes.edition is not None:
            self._connection.execute("DELETE FROM edition")
            self._writer.put(EDITION, [changes.edition])

    def _put_fragments(self, rows: Collection[FragmentRow]) -> None:
        self._writer.put(FRAGMENT, rows)
        for row in rows:
            others = self._mirror.fragments.one(row.entry_id) or {}
            key = FormatName(row.format), Content(row.content)
            self._mirror.fragments.put(row.entry_id, {**others, key: row.digest})

    def _put_documents(self, rows: Collection[DocumentRow]) -> None:
        self._writer.put(DOCUMENT, rows)
        self._writer.drop(GONE, "path", [row.path for row in rows])
        for row in rows:
            self._mirror.origins.put(row.path, Origin(row.kind, row.inputs, row.owner))

    def _drop(self, changes: Changes) -> None:
        self._writer.drop(SOURCE, "path", changes.sources_gone)
        self._writer.drop(LEDGER, "id", changes.ledger_gone)
        self._writer.drop(ENTRY, "id", changes.entries_gone)
        self._writer.drop(FRAGMENT, "entry_id", changes.entries_gone)
        for id_ in changes.entries_gone:
            self._mirror.listings.drop(id_)
            self._mirror.fragments.drop(id_)
        self._drop_documents(changes.documents_gone, changes.gone_since)

    def _drop_documents(self, paths: Collection[str], at: Seconds) -> None:
        """Take documents out; those are remembered as gone since an instant whose kind is."""
        if not paths:
            return
        origins = self.origins()
        gone = [path for path in paths if path in origins and KINDS[origins[path].kind].gone is HTTPStatus.GONE]
        self._writer.drop(DOCUMENT, "path", paths)
        self._writer.put(GONE, (GoneRow(DocumentPath(path), at) for path in gone))
        for path in paths:
            self._mirror.origins.drop(path)

    def _put(self, table: Table, rows: Collection[Row], mirrored: Rows[Row]) -> None:
        self._writer.put(table, rows)
        for row in rows:
            mirrored.put(str(row[0]), row)

    # --- entries

    def listings(self) -> list[Listing]:
        """Return the listing of every entry, newest first, ids breaking ties."""
        listings = self._mirror.listings.all(self._read_listings).values()
        return sorted(listings, key=lambda listing: (-listing.published, listing.id))

    def _read_listings(self) -> Iterator[tuple[str, Listing]]:
        for id_, record in self._connection.execute("SELECT id, listing FROM entry ORDER BY published DESC, id"):
            yield id_, read_listing(record)

    def ids(self) -> list[EntryId]:
        """Return the ids of all entries, newest first, ids breaking ties."""
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM entry ORDER BY published DESC, id")]

    def entry(self, entry_id: str) -> Entry | None:
        """Return the last good version of an entry."""
        query = "SELECT body FROM entry JOIN record ON record.digest = entry.record WHERE id = ?"
        row = self._connection.execute(query, (entry_id,)).fetchone()
        return read_entry(unpack(row[0])) if row else None

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Return the last good versions of entries, by id."""
        entries: dict[EntryId, Entry] = {}
        for batch in batches(ids, MOST_ROWS):
            query = (
                "SELECT id, body FROM entry JOIN record ON record.digest = entry.record "
                f"WHERE id IN ({marks(len(batch))})"
            )
            entries |= {EntryId(id_): read_entry(unpack(body)) for id_, body in self._connection.execute(query, batch)}
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
        row = self._connection.execute("SELECT body FROM record WHERE digest = ?", (digest,)).fetchone()
        return read_entry(unpack(row[0])) if row else None

    # --- fragments

    def fragment_digests(self) -> dict[str, FragmentDigests]:
        """Return, by entry, the digests of what its kept fragments were made from."""
        return self._mirror.fragments.all(self._read_fragment_digests)

    def _read_fragment_digests(self) -> Iterator[tuple[str, FragmentDigests]]:
        digests: dict[str, FragmentDigests] = {}
        for id_, name, content, digest in self._connection.execute(
            "SELECT entry_id, format, content, digest FROM fragment"
        ):
            digests.setdefault(id_, {})[FormatName(name), Content(content)] = digest
        yield from digests.items()

    def fragments(self, ids: Iterable[EntryId]) -> dict[FragmentKey, Fragment]:
        """Return entries as rendered, in every format that is kept."""
        return read_fragments(self._connection, ids)

    # --- feeds and documents

    def feeds(self) -> dict[str, FeedRow]:
        """Return what each feed remembers, by name."""
        query = f"SELECT {columns(FeedRow)} FROM feed"
        return self._mirror.feeds.all(lambda: ((row[0], FeedRow(*row)) for row in self._connection.execute(query)))

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

    def origins(self) -> dict[str, Origin]:
        """Return, for every path, what its document is and what it was made from."""
        return self._mirror.origins.all(self._read_origins)

    def _read_origins(self) -> Iterator[tuple[str, Origin]]:
        for path, kind, inputs, owner in self._connection.execute("SELECT path, kind, inputs, owner FROM document"):
            yield path, Origin(DocumentKind(kind), inputs, owner)

    # --- editions and pictures

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def projection(self, output: str) -> dict[str, ProjectedRow]:
        """Return what was last written into a directory, by path."""
        query = f"SELECT {columns(ProjectedRow)} FROM projection WHERE output = ?"
        rows = (ProjectedRow(*row) for row in self._connection.execute(query, (output,)))
        return {row.path: row for row in rows}

    def put_projection(self, output: str, rows: Iterable[ProjectedRow]) -> None:
        """Remember what stands in a directory now, in place of what stood there before."""
        self._connection.execute("DELETE FROM projection WHERE output = ?", (output,))
        self._writer.put(PROJECTION, rows)

    def has_picture(self, digest: str) -> bool:
        """Tell whether a picture is kept, or need not be."""
        return self._folder is None or pictures.media_path(self._folder, digest).exists()

    def keep_picture(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes."""
        if self._folder is not None:
            pictures.keep_picture(self._folder, digest, body)


def _entry_row(entry: AcceptedEntry) -> EntryRow:
    listing = entry.listing
    return EntryRow(listing.id, listing.digest, listing.published, write_listing(listing), entry.record)
