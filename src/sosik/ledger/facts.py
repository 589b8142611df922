"""Facts about the changed files of content/: a few hundred bytes each, without text.

The text of an entry goes into the store as a record by digest. No row refers to it until the entry is accepted.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from sosik.errors import Problem
from sosik.ledger.recognition import Arrival
from sosik.model import Listing, Publication
from sosik.model.values import NO_DIGEST, Digest, EntryId, Seconds
from sosik.read import Pictures, SourceFile
from sosik.store import AcceptedEntry, LedgerRow, SourceRow
from sosik.store.records import Record
from sosik.store.source_rows import KnownFile

READ_AGAIN = frozenset({"picture-missing", "picture-relative"})
"""Problems that another file can cure: an entry that has one is read at every build."""

STOPPED = "reading-stopped"
"""The problem of a file that takes too much time to read, or ends whoever reads it: it is not read again as it is."""


class TakenBack(Struct, frozen=True):
    """An entry that its file takes back, and when (seconds); `is_draft` where that is said of no published entry."""

    id: EntryId
    at: Seconds
    is_draft: bool = False


class Fact(Struct, frozen=True, kw_only=True):
    """What became known of one file that was read: `row` is what is to be remembered of it.

    An entry that may be published has its `arrival`, its `listing` and the digest of its `record`; one that the file
    takes back is `taken_back`; a draft tells what it `hides`. `has_failed` where the file cannot be read as an entry:
    its last good version stays up. `problems` are those that depend on the instant; the others stand in the row.
    """

    row: SourceRow
    has_failed: bool = False
    arrival: Arrival | None = None
    listing: Listing | None = None
    record: Digest = NO_DIGEST
    taken_back: TakenBack | None = None
    hides: Arrival | None = None
    problems: tuple[Problem, ...] = ()


class Again(Struct, frozen=True, kw_only=True):
    """Which files are read though they did not change: `everything`, or those that hold some entries."""

    everything: bool = False
    ids: frozenset[EntryId] = frozenset()

    def covers(self, row: SourceRow | KnownFile) -> bool:
        """Tell whether a file is one of them."""
        return self.everything or row.entry_id in self.ids


class Desk(Struct, frozen=True, kw_only=True):
    """What files are read with: the publication, all `files` that are there, which are read `again`, `now` in seconds.

    Of those that are to be read, `known` is what was remembered, by path, and `ledger` what was published of that, by
    id; `accepted` are the last good versions of those that have pictures. `moved` are files that are gone, by the ids
    of their entries, where the store does not know what they said; all files are `copied` where none kept its time.
    """

    publication: Publication
    pictures: Pictures
    files: Mapping[str, SourceFile]
    again: Again
    drafts: bool
    now: Seconds
    known: Mapping[str, SourceRow] = field(default_factory=dict)
    ledger: Mapping[EntryId, LedgerRow] = field(default_factory=dict)
    accepted: Mapping[EntryId, AcceptedEntry] = field(default_factory=dict)
    moved: Mapping[EntryId, SourceRow] = field(default_factory=dict)
    copied: bool = False


class Gathered(Struct, frozen=True, kw_only=True):
    """What reading files came to: facts, the entries as records, and the `same`: files whose bytes are as they were."""

    facts: list[Fact] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    same: list[SourceRow] = field(default_factory=list)

    def add(self, read: "Read") -> None:
        """Add what one file came to."""
        if read.same is not None:
            self.same.append(read.same)
        if read.fact is not None:
            self.facts.append(read.fact)
        if read.record is not None:
            self.records.append(read.record)


class Read(Struct, frozen=True):
    """What reading a file came to: a `fact`, and the `record` of its entry; or it says the `same` as before."""

    fact: Fact | None = None
    record: Record | None = None
    same: SourceRow | None = None


def has_stopped(row: SourceRow) -> bool:
    """Tell whether reading a file could not be brought to an end when it was last tried."""
    return row.held and f'"code":"{STOPPED}"' in row.problems
