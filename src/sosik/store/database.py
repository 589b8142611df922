"""The store as the building process sees it: read everything, write one edition in one transaction."""

import fcntl
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Self

from sosik.errors import StoreError
from sosik.model import KINDS, Entry, Fragment, Listing
from sosik.store.announcements import Announcements
from sosik.store.documents import HEAD, INSERT, ORIGIN, ROW, document_head, document_row, origin, values_of
from sosik.store.mirror import FragmentDigests, Mirror
from sosik.store.records import (
    read_entry,
    read_listing,
    write_entry,
    write_listing,
)
from sosik.store.rows import (
    NO_EDITION,
    DocumentHead,
    DocumentRow,
    EditionRow,
    FeedRow,
    LedgerRow,
    Origin,
    ProjectedRow,
    SourceRow,
    columns,
    insert,
)
from sosik.store.schema import TABLES, VERSION
from sosik.store.snapshot import media_path
from sosik.words import Message

NAME = "site.db"

PATIENCE = 2.0
"""Seconds for which a writer waits for another one."""


class LockedError(StoreError):
    """Another process is building."""


class Store:
    """The store in `folder` (`.sosik`), or in memory where `folder` is None (a dry run of a new publication).

    Everything is written between `begin` and `commit`; `rollback` leaves the store as it was. Pictures are the
    exception: they are added to the folder, under the digest of their bytes, before the edition that names them.

    Who opens the same store again and again may hand over one `mirror` each time; it is trusted in transactions only,
    and only if nobody else wrote in between, which `is_changed_by_others` tells.
    """

    def __init__(self, folder: Path | None, *, mirror: Mirror | None = None) -> None:
        self._folder = folder
        self._mirror = mirror or Mirror()
        self._staged: dict[str, Listing] = {}
        self.is_changed_by_others = True
        self._lock: int | None = None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(folder / "lock")
        try:
            self._connection = _connect(folder)
        except BaseException:
            self._unlock()
            raise
        self.announcements = Announcements(self._connection)

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
        self._connection.execute("BEGIN IMMEDIATE")
        self.is_changed_by_others = self._mirror.revision != self.meta("revision")
        if self.is_changed_by_others:
            self._mirror.forget()
        revision = self.meta("revision") if aside else secrets.token_hex(8)
        try:
            yield
            self.set_meta("revision", revision)
            self._connection.execute("COMMIT" if keep else "ROLLBACK")
        except BaseException:
            self._mirror.forget()
            # A full disk has ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        if keep:
            self._mirror.revision = revision
        else:
            self._mirror.forget()

    # --- meta

    def meta(self, name: str) -> str:
        """Return a remembered value, or nothing."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # --- sources

    def sources(self) -> dict[str, SourceRow]:
        """Return what the files of content/ were when last read, by path."""
        query = f"SELECT {columns(SourceRow)} FROM source"
        return self._mirror.sources.all(lambda: ((row[0], SourceRow(*row)) for row in self._connection.execute(query)))

    def put_source(self, row: SourceRow) -> None:
        """Remember the state of a file."""
        self._connection.execute(insert("source", SourceRow), row)
        self._mirror.sources.put(row.path, row)

    def forget_sources(self, paths: Iterable[str]) -> None:
        """Forget files that are no longer there."""
        for path in paths:
            self._connection.execute("DELETE FROM source WHERE path = ?", (path,))
            self._mirror.sources.drop(path)

    # --- entries

    def listings(self) -> list[Listing]:
        """Return the listing of every entry, newest first, ids breaking ties."""
        found = self._mirror.listings.all(self._read_listings).values()
        return sorted(found, key=lambda listing: (-listing.published, listing.id))

    def _read_listings(self) -> Iterator[tuple[str, Listing]]:
        for id_, record in self._connection.execute("SELECT id, listing FROM entry ORDER BY published DESC, id"):
            yield id_, read_listing(record)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the last good version of an entry."""
        row = self._connection.execute("SELECT record FROM entry WHERE id = ?", (entry_id,)).fetchone()
        return read_entry(row[0]) if row else None

    def stage(self, entry: Entry, listing: Listing) -> None:
        """Set an entry aside until it is decided what becomes of it."""
        self._connection.execute(
            "INSERT OR REPLACE INTO arrival VALUES (?, ?, ?, ?, ?, ?)",
            (entry.source, entry.id, listing.digest, listing.published, write_listing(listing), write_entry(entry)),
        )
        self._staged[entry.source] = listing

    def staged(self, source: str) -> Entry | None:
        """Return the entry that was set aside for a file."""
        row = self._connection.execute("SELECT record FROM arrival WHERE source = ?", (source,)).fetchone()
        return read_entry(row[0]) if row else None

    def accept(self, source: str) -> None:
        """Make the entry that was set aside for a file the last good version of its id."""
        fields = "id, digest, published, listing, record"
        self._connection.execute(
            f"INSERT OR REPLACE INTO entry ({fields}) SELECT {fields} FROM arrival WHERE source = ?", (source,)
        )
        listing = self._staged[source]
        self._mirror.listings.put(listing.id, listing)

    def clear_stage(self) -> None:
        """Forget what was set aside."""
        self._connection.execute("DELETE FROM arrival")
        self._staged.clear()

    def drop_entry(self, entry_id: str) -> None:
        """Forget an entry and its fragments; the ledger remembers its id."""
        self._connection.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
        self._connection.execute("DELETE FROM fragment WHERE entry_id = ?", (entry_id,))
        self._mirror.listings.drop(entry_id)
        self._mirror.fragments.drop(entry_id)

    # --- ledger

    def ledger(self) -> dict[str, LedgerRow]:
        """Return what was ever published, by id."""
        query = f"SELECT {columns(LedgerRow)} FROM ledger"
        return self._mirror.ledger.all(lambda: ((row[0], LedgerRow(*row)) for row in self._connection.execute(query)))

    def put_ledger(self, row: LedgerRow) -> None:
        """Record what was published under an id."""
        self._connection.execute(insert("ledger", LedgerRow), row)
        self._mirror.ledger.put(row.id, row)

    # --- fragments

    def fragment_digests(self) -> dict[str, FragmentDigests]:
        """Return, by entry, the digests of what its kept fragments were made from."""
        return self._mirror.fragments.all(self._read_fragment_digests)

    def _read_fragment_digests(self) -> Iterator[tuple[str, FragmentDigests]]:
        found: dict[str, FragmentDigests] = {}
        for id_, name, content, digest in self._connection.execute(
            "SELECT entry_id, format, content, digest FROM fragment"
        ):
            found.setdefault(id_, {})[name, content] = digest
        yield from found.items()

    def fragment(self, entry_id: str, format_name: str, content: str) -> Fragment | None:
        """Return an entry as rendered for a format."""
        row = self._connection.execute(
            "SELECT prefixes, body FROM fragment WHERE entry_id = ? AND format = ? AND content = ?",
            (entry_id, format_name, content),
        ).fetchone()
        return Fragment(body=bytes(row[1]), prefixes=frozenset(row[0].split())) if row else None

    def put_fragment(self, entry_id: str, format_name: str, content: str, digest: str, fragment: Fragment) -> None:
        """Keep an entry as rendered for a format."""
        self._connection.execute(
            "INSERT OR REPLACE INTO fragment VALUES (?, ?, ?, ?, ?, ?)",
            (entry_id, format_name, content, digest, " ".join(sorted(fragment.prefixes)), fragment.body),
        )
        others = self._mirror.fragments.one(entry_id) or {}
        self._mirror.fragments.put(entry_id, {**others, (format_name, content): digest})

    # --- feeds and documents

    def feeds(self) -> dict[str, FeedRow]:
        """Return what each feed remembers, by name."""
        query = f"SELECT {columns(FeedRow)} FROM feed"
        return self._mirror.feeds.all(lambda: ((row[0], FeedRow(*row)) for row in self._connection.execute(query)))

    def put_feed(self, row: FeedRow) -> None:
        """Let a feed remember its newest change and its members."""
        self._connection.execute(insert("feed", FeedRow), row)
        self._mirror.feeds.put(row.name, row)

    def documents(self) -> Iterator[DocumentRow]:
        """Yield every document with its bytes, in the order of the paths."""
        for row in self._connection.execute(f"SELECT {ROW} FROM document ORDER BY path"):
            yield document_row(*row)

    def heads(self) -> list[DocumentHead]:
        """Return the heads of all documents, by path."""
        rows = self._connection.execute(f"SELECT {HEAD} FROM document ORDER BY path")
        return [document_head(*row) for row in rows]

    def document(self, path: str) -> DocumentRow | None:
        """Return the document of a path."""
        row = self._connection.execute(f"SELECT {ROW} FROM document WHERE path = ?", (path,)).fetchone()
        return document_row(*row) if row else None

    def origins(self) -> dict[str, Origin]:
        """Return, for every path, what its document is and what it was made from."""
        query = f"SELECT path, {ORIGIN} FROM document"
        return self._mirror.origins.all(
            lambda: ((path, origin(*columns)) for path, *columns in self._connection.execute(query))
        )

    def put_document(self, row: DocumentRow) -> None:
        """Put a document into the edition."""
        self._connection.execute(INSERT, values_of(row))
        self._mirror.origins.put(row.path, Origin(row.kind, row.inputs, row.owner))
        self._connection.execute("DELETE FROM gone WHERE path = ?", (row.path,))

    def drop_documents(self, paths: Iterable[str], at: int) -> None:
        """Take documents out of the edition; those are remembered as gone since `at` (seconds) whose kind is."""
        for path in paths:
            row = self._connection.execute(f"SELECT {ORIGIN} FROM document WHERE path = ?", (path,)).fetchone()
            self._connection.execute("DELETE FROM document WHERE path = ?", (path,))
            self._mirror.origins.drop(path)
            if row and KINDS[origin(*row).kind].gone is HTTPStatus.GONE:
                self._connection.execute("INSERT OR REPLACE INTO gone VALUES (?, ?)", (path, at))

    # --- editions and pictures

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""
        row = self._connection.execute(f"SELECT {columns(EditionRow)} FROM edition").fetchone()
        return EditionRow(*row) if row else NO_EDITION

    def put_edition(self, row: EditionRow) -> None:
        """Record an edition in place of the one before."""
        self._connection.execute("DELETE FROM edition")
        self._connection.execute(insert("edition", EditionRow), row)

    def projection(self, output: str) -> dict[str, ProjectedRow]:
        """Return what was last written into a directory, by path."""
        query = f"SELECT {columns(ProjectedRow)} FROM projection WHERE output = ?"
        rows = (ProjectedRow(*row) for row in self._connection.execute(query, (output,)))
        return {row.path: row for row in rows}

    def put_projection(self, output: str, rows: Iterable[ProjectedRow]) -> None:
        """Remember what stands in a directory now, in place of what stood there before."""
        self._connection.execute("DELETE FROM projection WHERE output = ?", (output,))
        self._connection.executemany(insert("projection", ProjectedRow), rows)

    def has_picture(self, digest: str) -> bool:
        """Tell whether a picture is kept, or need not be."""
        return self._folder is None or media_path(self._folder, digest).exists()

    def keep_picture(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes: written beside, then renamed."""
        if self._folder is None:
            return
        target = media_path(self._folder, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(body)
        beside.replace(target)

    def picture(self, digest: str) -> bytes:
        """Return the bytes of a kept picture."""
        if self._folder is None:
            raise StoreError(Message("store.in-memory"))
        return media_path(self._folder, digest).read_bytes()


def _lock(path: Path) -> int:
    """Take the writers' lock; the kernel gives it back when the process ends, however it ends.

    What others write for a moment (an announcement's outcome) is waited for; a build is not.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() < end:
                time.sleep(0.02)
                continue
            os.close(handle)
            raise LockedError(Message("store.locked", path=str(path))) from error
        except OSError:
            os.close(handle)
            raise
        return handle


def _connect(folder: Path | None) -> sqlite3.Connection:
    path = folder / NAME if folder else Path(":memory:")
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise StoreError(Message("store.damaged", path=str(path), reason=str(error))) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, VERSION):
        raise StoreError(Message("store.other-version", path=str(path), version=version, ours=VERSION))
    connection.execute("PRAGMA journal_mode = WAL")
    # A commit survives the death of the process; the operating system's death may cost the last edition, which
    # the next build composes again from the files.
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == 0:
        connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
