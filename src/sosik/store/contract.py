"""The contract of a store for all other packages, for any database; `tests/store/` checks it.

Lookups by key accept any number of keys and omit unknown ones. Failures raise `StoreError`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from sosik.model import DocumentKind, Entry, Fragment
from sosik.model.values import EntryId
from sosik.store.address import Place
from sosik.store.announcements import Announcements
from sosik.store.changes import AcceptedEntry, Changes
from sosik.store.ledger_rows import LedgerRows
from sosik.store.membership import Membership
from sosik.store.packed_entries import PackedEntry
from sosik.store.projections import Projections
from sosik.store.records import Record
from sosik.store.rendered import Rendered
from sosik.store.rows import (
    AddressRow,
    DocumentHead,
    DocumentRow,
    EditionRow,
    FeedRow,
    FragmentDigests,
    FragmentKey,
    GoneRow,
    Origin,
)
from sosik.store.sources import Sources
from sosik.store.watched import Watched


class Store(Protocol):
    """The store as the building process sees it: reads everything, writes one edition in one transaction.

    Everything is written within a `transaction`, all of it or nothing, by one process at a time. Pictures are the
    exception: they are kept, under the digest of their bytes, before the edition that names them.

    A dry run reads one moment of the store, changes nothing in it and keeps nobody waiting: what it writes is forgotten
    with the transaction.
    """

    sources: Sources
    ledger: LedgerRows
    announcements: Announcements
    membership: Membership
    projections: Projections
    watched: Watched

    @property
    def root(self) -> Path | None:
        """The publication that the store belongs to: the folder that holds `.sosik`."""

    @property
    def place(self) -> Place | None:
        """Where other processes read what was committed (`open_snapshot`), None for a store that only this one has."""

    @property
    def holds(self) -> Sequence[int]:
        """The descriptors that keep other writers away for as long as any process has one of them open."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Close the store, forgetting what was not committed, and let the next writer in."""

    def transaction(self, *, keep: bool = True) -> AbstractContextManager[None]:
        """Commit what the block writes, all or nothing; with `keep` false, nothing."""

    # --- what is written

    def add_records(self, records: Collection[Record]) -> None:
        """Keep entries as normalized, by digest; those that no entry comes to point to go with the transaction."""

    def apply(self, changes: Changes) -> None:
        """Write what a stage has decided, rows in place of those with the same key.

        What is kept by digest goes with the last row that refers to it.
        """

    def make_anew(self) -> None:
        """Forget what documents were made of, and entries as rendered, so that the next composing makes all anew."""

    @property
    def most_picture_bytes(self) -> int | None:
        """The size of the largest picture that belongs into the store, None where any does; larger ones are kept."""

    def keep_picture(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes, on the disk before the transaction is. Raises `OSError`."""

    # --- entries

    def ids(self) -> list[EntryId]:
        """Return the ids of all entries, newest first, ids breaking ties."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return the last good version of an entry."""

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, Entry]:
        """Return the last good versions of entries, by id."""

    def packed_entries(self, ids: Iterable[EntryId]) -> dict[EntryId, PackedEntry]:
        """Return the last good versions of entries as they are kept, by id."""

    def dictionaries(self, kinds: Iterable[str]) -> dict[str, bytes]:
        """Return what bytes of some kinds are packed by; nothing of those that have no dictionary yet, or a damaged."""

    def accepted(self, ids: Iterable[EntryId]) -> dict[EntryId, AcceptedEntry]:
        """Return the listings of entries, and the digests of their records, by id."""

    def record(self, digest: str) -> Entry | None:
        """Return the entry that is kept under a digest, accepted or not."""

    def fragment_digests(self, ids: Iterable[EntryId]) -> dict[EntryId, FragmentDigests]:
        """Return, by entry, the digests of what its kept fragments were made from; not to be changed."""

    @property
    def rendered(self) -> Rendered:
        """What was rendered or read last, and which of it is known to be well-formed."""

    def fragments(self, keys: Iterable[FragmentKey]) -> dict[FragmentKey, Fragment]:
        """Return entries as rendered, by key."""

    # --- feeds, documents, editions

    def feeds(self) -> dict[str, FeedRow]:
        """Return what each feed remembers, by name."""

    def body(self, path: str) -> bytes:
        """Return the bytes of a document. Raises `StoreError` where there is none, `PictureError` for a lost one."""

    def read_ahead(self, paths: Collection[str]) -> None:
        """Read together what documents are made of, if that is faster; until a transaction begins, `body` needs it."""

    def frames(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the documents of feeds at some paths as they would be without an entry, by path."""

    def addresses(self) -> list[AddressRow]:
        """Return where the documents of feeds are, in the order of the paths."""

    def documents(self, paths: Iterable[str] | None = None) -> list[DocumentRow]:
        """Return documents, all or those at some paths, but what their bytes are made of, in the order of the paths."""

    def gone(self, paths: Iterable[str] | None = None) -> list[GoneRow]:
        """Return the paths, all or of some, that once had a document and have none any more, in order."""

    def heads(self) -> list[DocumentHead]:
        """Return the heads of all documents, by path."""

    def heads_at(self, paths: Iterable[str]) -> dict[str, DocumentHead]:
        """Return the heads of the documents at some paths, by path."""

    def origins(self, paths: Iterable[str] | None = None) -> dict[str, Origin]:
        """Return, for every path or for some, what its document is and what it was made from."""

    def count(self) -> int:
        """Return the number of documents."""

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""

    def meta(self, name: str) -> str:
        """Return a remembered value, or nothing."""

    def pictures_states(self, parts: Collection[str] | None = None) -> dict[str, str]:
        """Return, by part, what changes whenever a picture there is added, lost or written to; of some, or of all."""

    def has_picture(self, digest: str) -> bool:
        """Tell whether a picture is kept, byte for byte, or need not be."""

    def unneeded_pictures(self) -> dict[str, list[str]]:
        """Return, by part, the files of pictures that no document is of."""

    def drop_pictures(self, files: Mapping[str, Collection[str]]) -> None:
        """Remove the files of pictures, by part. Raises `OSError`."""


class Leadership(Protocol):
    """What makes one of several processes that may build the leader. Every method but `close` raises `StoreError`."""

    def take(self) -> bool:
        """Tell whether this process leads now: nobody else does."""

    def holds(self) -> bool:
        """Tell whether this process still leads."""

    def is_asked_anew(self) -> bool:
        """Tell whether a server has found a document damaged since the last time, as `holds` was told."""

    def close(self) -> None:
        """Lead no longer."""


class Snapshot(Protocol):
    """What a server reads: the documents of the newest edition, never half of one.

    Every method reads one committed edition; `reading` makes several calls read the same one.
    """

    announcements: Announcements

    def reading(self) -> AbstractContextManager[None]:
        """Hold one edition for all calls in the block."""

    def data_version(self) -> int:
        """Return a number that changes when somebody else has committed: cheap enough to ask often."""

    def fileno(self) -> int | None:
        """Return a descriptor that can be read once somebody else has committed, None where nothing tells of that."""

    def give_up(self, seconds: float) -> None:
        """End the connection where an answer is waited for longer than that; from another thread than waits."""

    def refuse_a_newer_store(self) -> None:
        """Raise `NewerStoreError` where the store was brought to a later version since it was opened."""

    def edition(self) -> EditionRow:
        """Return the newest edition; number 0 where there is none yet."""

    def newest_number(self) -> int:
        """Return the number of the newest edition of all: of a replica, what its primary says."""

    def meta(self, name: str) -> str:
        """Return a remembered value, or nothing."""

    def count(self) -> int:
        """Return the number of documents."""

    def heads(self) -> list[DocumentHead]:
        """Return the heads of all documents, by path."""

    def heads_at(self, paths: Iterable[str]) -> dict[str, DocumentHead]:
        """Return the heads of the documents at some paths, by path."""

    def heads_of(self, kinds: Collection[DocumentKind]) -> list[DocumentHead]:
        """Return the heads of the documents of some kinds; those that stand are the same objects as the last time."""

    def head(self, path: str) -> DocumentHead | None:
        """Return the head of a document, or None if the edition has no such path."""

    def gone(self) -> list[str]:
        """Return the paths that once had a document and have none any more, in order."""

    def is_gone(self, path: str) -> bool:
        """Tell whether a path once had a document and has none any more."""

    def read_ahead(self, paths: Collection[str]) -> None:
        """Read together what documents are made of, if that is faster; `body` needs it while the `reading` lasts."""

    def body(self, path: str) -> bytes | None:
        """Return the bytes of a document, None if there is no such path. Raises `PictureError` for a lost one."""

    def close(self) -> None:
        """Let go of the store."""
