"""The store as the building process sees it, in SQL that any of our databases takes."""

import json
from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Self

from sosik.errors import StoreError
from sosik.model import FEEDS, KINDS, DocumentKind, Entry, Fragment
from sosik.model.digests import dump
from sosik.model.document import STATUS_GONE
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store.ahead import date_back
from sosik.store.announcements import Announcements
from sosik.store.bodies import RECORD_KIND, UNLIKE, Parts, envelope_kind, page_kind, read_body, read_frames
from sosik.store.changes import AcceptedEntry, Changes
from sosik.store.connection import Connection
from sosik.store.contract import Store
from sosik.store.faults import damaged
from sosik.store.fragments import KeptFragments, fragment_kind
from sosik.store.known import Known
from sosik.store.ledger_rows import LedgerRows
from sosik.store.membership import Membership, write_membership
from sosik.store.packed_entries import PackedEntry, packed_entries, packed_version
from sosik.store.packing import Packing
from sosik.store.pictures import KeptPictures, Pictures
from sosik.store.projections import MOST_NEWS, News, Projections, news_of
from sosik.store.records import Record, read_listing
from sosik.store.references import Loose
from sosik.store.rendered import Rendered
from sosik.store.rows import (
    NO_EDITION,
    AddressRow,
    DocumentHead,
    DocumentRow,
    EditionRow,
    FeedRow,
    FragmentDigests,
    FragmentKey,
    GoneRow,
    MetaRow,
    Origin,
    columns,
    document_head,
)
from sosik.store.sources import Sources, stored_source
from sosik.store.statements import (
    COUNTED,
    COUNTS,
    DICTIONARY,
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
from sosik.store.watched import Watched
from sosik.words import Message


class SqlStore(Store):
    """The store behind `connection`, pictures in `folder` or elsewhere; transactions are the database's own."""

    def __init__(
        self,
        connection: Connection,
        writer: Writer,
        folder: Path | None,
        *,
        is_dry: bool,
        known: Known | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._is_dry = is_dry
        self._writer = writer
        self._loose = Loose(connection)
        self._pictures = pictures or KeptPictures(folder)
        self._packing = Packing(connection, writer)
        self._known = Known() if known is None else known
        self._fragments = KeptFragments(connection, self._packing, self._known)
        self._parts = Parts(connection)
        self._news: set[News] | None = set()
        self.watched = Watched(connection, writer)
        self.sources = Sources(connection, writer)
        self.ledger = LedgerRows(connection)
        self.announcements = Announcements(connection, writer)
        self.membership = Membership(connection, self._known)
        self.projections = Projections(connection, writer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def root(self) -> Path | None:
        if self._folder is None:
            return None
        folder = self._folder.absolute()
        return next((path.parent for path in (folder, *folder.parents) if path.name == ".sosik"), None)

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        self._parts.forget()
        self._begin()
        try:
            yield
            if keep and not self._is_dry:
                self._end()
                self._commit()
            else:
                self._undo()
                self._known.forget()
        except BaseException:
            self._undo()
            self._known.forget()
            raise
        finally:
            self._packing.forget()
            self._writer.written.clear()
            self.watched.forget()
            self._news = set()

    def _end(self) -> None:
        """Bring up what follows from all that was written."""
        self._loose.end()
        self._pictures.sync()
        self.watched.end()
        if self._news is None or self._news:
            self.projections.outdate_memory(self._news)
        self._keep_counts()

    def _keep_counts(self) -> None:
        """Remember how many rows the tables have that were written, so that one that loses some is known by it."""
        known: dict[str, int] = json.loads(self.meta(COUNTS) or "{}")
        counted = [table for table in COUNTED if table.name in self._writer.written or table.name not in known]
        if counted:
            numbers = ", ".join(f"(SELECT count(*) FROM {table.name})" for table in counted)
            found = self._connection.execute(f"SELECT {numbers}").fetchone()
            known |= {table.name: number for table, number in zip(counted, found, strict=True)}
            self._writer.put(META, [MetaRow(COUNTS, dump(known))])

    def _commit(self) -> None:
        """Let what the transaction wrote happen."""
        self._connection.execute("COMMIT")

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction, the only one that writes; of a dry run one whose writing nobody else sees."""

    @abstractmethod
    def _undo(self) -> None:
        """Take back what the transaction wrote, if it has not ended already."""

    # --- meta

    def meta(self, name: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    # --- what is written

    def add_records(self, records: Collection[Record]) -> None:
        self._writer.put(TEXT, {text.digest: text for _, text in records}.values())
        self._writer.put(RECORD, self._packing.pack_rows((row for row, _ in records), "body", lambda _: RECORD_KIND))
        self._loose.add_records(row.digest for row, _ in records)

    def apply(self, changes: Changes) -> None:
        if changes.latest is not None:
            self.projections.outdate(date_back(self._connection, self._writer, changes.latest))
        self._loose.note(ENTRY, "id", [*changes.entries_gone, *(entry.listing.id for entry in changes.entries)])
        self._loose.note(FRAGMENT, "entry_id", {*changes.entries_gone, *(row.entry_id for row in changes.fragments)})
        self._loose.note(DOCUMENT, "path", [*changes.documents_gone, *(row.path for row in changes.documents)])
        self._note_news(changes, is_held_otherwise=self.watched.note(changes))
        self._known.note(changes)
        self._fragments.note(changes)
        self._drop(changes)
        write_membership(self._connection, self._writer, changes)
        self._writer.put(META, (MetaRow(*item) for item in changes.meta.items()))
        self._writer.put(SOURCE, map(stored_source, changes.sources))
        self._writer.put(LEDGER, changes.ledger)
        self._writer.put(FEED, changes.feeds)
        self._writer.put(ENTRY, (entry.row for entry in changes.entries))
        self._loose.take_records(entry.record for entry in changes.entries)
        self._writer.put(TEXT, changes.texts)
        if changes.heads:
            packed = zip(changes.fragments, changes.heads, strict=True)
            self._writer.put(FRAGMENT, (row._replace(head=head) for row, head in packed))
        else:
            fragments = self._packing.pack_rows(changes.fragments, "head", lambda row: fragment_kind(row.format))
            self._writer.put(FRAGMENT, fragments)
        self._writer.put(PAGE, self._packing.pack_rows(changes.pages, "body", lambda row: page_kind(row.kind)))
        self._writer.put(PAGE, changes.pages_packed)
        self._put_documents(changes.documents)
        self._writer.put(GONE, changes.gone)
        self._loose.drop()
        if changes.edition is not None and changes.edition != self.edition():
            self._connection.execute("DELETE FROM edition")
            self._writer.put(EDITION, [changes.edition])

    def _note_news(self, changes: Changes, *, is_held_otherwise: bool) -> None:
        """Note what changes of what readers were shown, or of what is remembered of that; None is for everything."""
        if is_held_otherwise or changes.latest is not None:
            self._news = None
        elif self._news is not None:
            self._news.update(news_of(changes))
            self._news = self._news if len(self._news) <= MOST_NEWS else None

    def _put_documents(self, rows: Collection[DocumentRow]) -> None:
        packed = self._packing.pack_rows(rows, "head", lambda row: envelope_kind(row.format) if row.feed else "")
        self._writer.put(DOCUMENT, packed)
        self._writer.drop(GONE, "path", [row.path for row in rows])
        self.projections.outdate([row.path for row in rows])

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
        gone = [path for path in paths if path in origins and KINDS[origins[path].kind].gone == STATUS_GONE]
        self._writer.drop(DOCUMENT, "path", paths)
        self.projections.outdate(paths)
        self._writer.put(GONE, (GoneRow(DocumentPath(path), at) for path in gone))

    def make_anew(self) -> None:
        self._connection.execute("DELETE FROM fragment")
        used = "SELECT 1 FROM record WHERE record.text = text.digest"
        self._connection.execute(f"DELETE FROM text WHERE NOT EXISTS ({used})")
        self._connection.execute("UPDATE document SET inputs = ''")
        self._writer.drop(DICTIONARY, "kind", self._packing.damaged())
        self._packing.forget()
        self._known.forget()

    # --- entries

    def ids(self) -> list[EntryId]:
        return [id_ for (id_,) in self._connection.execute("SELECT id FROM entry ORDER BY published DESC, id")]

    def entry(self, entry_id: str) -> Entry | None:
        return self.entries([EntryId(entry_id)]).get(EntryId(entry_id))

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        entries, lacking = self._known.entries.among(ids)
        for batch in batches(lacking, MOST_ROWS):
            read = {EntryId(packed.id): self._entry_of(packed) for packed in packed_entries(self._connection, batch)}
            self._known.entries.keep(read)
            entries |= read
        return entries

    def _entry_of(self, packed: PackedEntry) -> Entry:
        """Return the entry of a record. Raises `StoreDamagedError` where it is not what its digests say."""
        try:
            return packed.read(partial(self._packing.unpack, RECORD_KIND))
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise damaged(self._folder or "", Message("store.row", table="record", row=packed.digest)) from error

    def packed_entries(self, ids: Iterable[EntryId]) -> dict[EntryId, PackedEntry]:
        return {EntryId(packed.id): packed for packed in packed_entries(self._connection, ids)}

    def dictionaries(self, kinds: Iterable[str]) -> dict[str, bytes]:
        try:
            return self._packing.dictionaries(kinds)
        except ValueError:
            return {}

    def accepted(self, ids: Iterable[EntryId]) -> dict[EntryId, AcceptedEntry]:
        accepted: dict[EntryId, AcceptedEntry] = {}
        for batch in batches(ids, MOST_ROWS):
            query = f"SELECT id, listing, record FROM entry WHERE id IN ({marks(len(batch))})"
            for id_, listing, record in self._connection.execute(query, batch):
                accepted[id_] = AcceptedEntry(listing=read_listing(listing), record=record)
        return accepted

    def record(self, digest: str) -> Entry | None:
        packed = packed_version(self._connection, digest)
        return None if packed is None else self._entry_of(packed)

    # --- fragments

    def fragment_digests(self, ids: Iterable[EntryId]) -> dict[EntryId, FragmentDigests]:
        return self._fragments.digests(ids)

    @property
    def rendered(self) -> Rendered:
        return self._known.rendered

    def fragments(self, keys: Iterable[FragmentKey]) -> dict[FragmentKey, Fragment]:
        return self._fragments.of(keys)

    # --- feeds and documents

    def feeds(self) -> dict[str, FeedRow]:
        query = f"SELECT {columns(FeedRow)} FROM feed"
        return {row[0]: FeedRow(*row) for row in self._connection.execute(query)}

    def read_ahead(self, paths: Collection[str]) -> None:
        with suppress(*UNLIKE):  # told of the document that it is of
            self._fragments.of(self._parts.read_ahead(paths))

    def body(self, path: str) -> bytes:
        body = read_body(self._parts, self._packing, self._pictures, path, self._fragments)
        if body is None:
            raise StoreError(Message("store.no-document", path=path))
        return body

    def frames(self, paths: Iterable[str]) -> dict[str, bytes]:
        return read_frames(self._connection, self._packing, paths)

    def addresses(self) -> list[AddressRow]:
        kinds = sorted(FEEDS)
        query = f"SELECT {columns(AddressRow)} FROM document WHERE kind IN ({marks(len(kinds))})"
        rows = sorted(self._connection.execute(query, kinds))
        return [AddressRow(path, DocumentKind(kind), *others) for path, kind, *others in rows]

    def documents(self, paths: Iterable[str] | None = None) -> list[DocumentRow]:
        light = ", ".join(name for name in DocumentRow._fields if name not in ("head", "joint", "tail"))
        rows = self._at(f"SELECT {light} FROM document", paths)
        return sorted(DocumentRow(path, DocumentKind(kind), *others) for path, kind, *others in rows)

    def gone(self, paths: Iterable[str] | None = None) -> list[GoneRow]:
        return sorted(map(GoneRow._make, self._at(f"SELECT {columns(GoneRow)} FROM gone", paths)))

    def _at(self, query: str, paths: Iterable[str] | None) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds of all paths, or of some."""
        if paths is None:
            yield from self._connection.execute(query)
            return
        for batch in batches(paths, MOST_ROWS):
            yield from self._connection.execute(f"{query} WHERE path IN ({marks(len(batch))})", batch)

    def heads(self) -> list[DocumentHead]:
        rows = self._connection.execute(f"SELECT {columns(DocumentHead)} FROM document ORDER BY path")
        return [document_head(row) for row in rows]

    def heads_at(self, paths: Iterable[str]) -> dict[str, DocumentHead]:
        heads: dict[str, DocumentHead] = {}
        for batch in batches(paths, MOST_ROWS):
            query = f"SELECT {columns(DocumentHead)} FROM document WHERE path IN ({marks(len(batch))})"
            heads |= {row[0]: document_head(row) for row in self._connection.execute(query, batch)}
        return heads

    def origins(self, paths: Iterable[str] | None = None) -> dict[str, Origin]:
        rows = self._at("SELECT path, kind, inputs, owner FROM document", paths)
        return {path: Origin(DocumentKind(kind), inputs, owner) for path, kind, inputs, owner in rows}

    def count(self) -> int:
        count: int = self._connection.execute("SELECT count(*) FROM document").fetchone()[0]
        return count

    # --- editions and pictures

    def edition(self) -> EditionRow:
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def pictures_states(self, parts: Collection[str] | None = None) -> dict[str, str]:
        return self._pictures.states(parts)

    def has_picture(self, digest: str) -> bool:
        return self._pictures.has(digest)

    @property
    def most_picture_bytes(self) -> int | None:
        return self._pictures.most_bytes

    def keep_picture(self, digest: str, body: bytes) -> None:
        self._pictures.keep(digest, body)

    def unneeded_pictures(self) -> dict[str, list[str]]:
        query = "SELECT DISTINCT blob FROM document WHERE blob <> ''"
        return self._pictures.unneeded([blob for (blob,) in self._connection.execute(query)])

    def drop_pictures(self, files: Mapping[str, Collection[str]]) -> None:
        self._pictures.drop(files)
