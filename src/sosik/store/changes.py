"""The changes of a stage as a value: the store is written only by `Store.apply`."""

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from sosik.model import Listing
from sosik.model.values import NEVER, Digest, EntryId, Seconds
from sosik.store.records import write_listing
from sosik.store.rows import (
    DocumentRow,
    DueRow,
    EditionRow,
    EntryRow,
    FamilyRow,
    FeedRow,
    FragmentRow,
    GoneRow,
    LedgerRow,
    MediumRow,
    MemberRow,
    PageRow,
    PointerRow,
    TextRow,
)
from sosik.store.source_rows import SourceRow


class ListedRows(Struct, frozen=True, kw_only=True):
    """What follows from entries: what they are members of, when they fall due, what they point to, their pictures."""

    members: frozenset[MemberRow] = frozenset()
    dues: frozenset[DueRow] = frozenset()
    pointers: frozenset[PointerRow] = frozenset()
    media: frozenset[MediumRow] = frozenset()

    def without(self, others: "ListedRows") -> "ListedRows":
        """Return the rows that are not among others."""
        return ListedRows(
            members=self.members - others.members,
            dues=self.dues - others.dues,
            pointers=self.pointers - others.pointers,
            media=self.media - others.media,
        )


class AcceptedEntry(Struct, frozen=True, kw_only=True):
    """The last good version of an entry: its listing, and the digest under which its record is kept."""

    listing: Listing
    record: Digest

    @property
    def row(self) -> EntryRow:
        """The row of the table `entry`."""
        one = self.listing
        return EntryRow(one.id, one.digest, one.published, write_listing(one), self.record, one.source)


class Changes(Struct, frozen=True, kw_only=True):
    """Rows to put, and keys to drop, by table; what is dropped goes first. `meta` are remembered values by name.

    `ledger_gone` are rows of this very transaction that do not come true; no other is ever taken out of the ledger, but
    where nobody can have subscribed yet.
    Paths of documents that go are remembered as `gone_since` (seconds), and those in `gone`. `families` come in place
    of all rows of the definitions in `families_gone`; `unlisted` says that of the rows that follow from entries all go
    first. `texts_known` are those of fragments that are in the store already. `heads` are those of the `fragments`,
    and `pages_packed` pages, as the store packs them, where that was done already. Where `latest` (seconds) is given,
    nothing that stands there is dated after it any more; that comes before all else.
    """

    latest: Seconds | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    sources: Collection[SourceRow] = ()
    sources_gone: Collection[str] = ()
    entries: Collection[AcceptedEntry] = ()
    entries_gone: Collection[EntryId] = ()
    ledger: Collection[LedgerRow] = ()
    ledger_gone: Collection[EntryId] = ()
    unlisted: bool = False
    members_gone: Collection[str] = ()
    listed_gone: ListedRows = ListedRows()
    listed: ListedRows = ListedRows()
    families_gone: Collection[str] = ()
    families: Collection[FamilyRow] = ()
    feeds: Collection[FeedRow] = ()
    fragments: Collection[FragmentRow] = ()
    heads: Collection[bytes] = ()
    texts: Collection[TextRow] = ()
    texts_known: Collection[TextRow] = ()
    documents: Collection[DocumentRow] = ()
    pages: Collection[PageRow] = ()
    pages_packed: Collection[PageRow] = ()
    documents_gone: Collection[str] = ()
    gone_since: Seconds = NEVER
    gone: Collection[GoneRow] = ()
    edition: EditionRow | None = None
