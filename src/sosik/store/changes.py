"""What a stage decided to change in the store, as a value: the store has one door that writes, `Store.apply`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sosik.model import Listing
from sosik.model.values import NEVER, Digest, EntryId, Seconds
from sosik.store.rows import DocumentRow, EditionRow, FeedRow, FragmentRow, LedgerRow, PageRow, SourceRow, TextRow


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptedEntry:
    """The last good version of an entry: its listing, and the digest under which its record is kept."""

    listing: Listing
    record: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """Rows to put, and keys to drop, by table; what is dropped goes first. `meta` are remembered values by name.

    `ledger_gone` are rows of this very transaction that do not come true; no other is ever taken out of the ledger.
    Paths of documents that go are remembered as `gone_since` (seconds).
    """

    meta: Mapping[str, str] = field(default_factory=dict)
    sources: Collection[SourceRow] = ()
    sources_gone: Collection[str] = ()
    entries: Collection[AcceptedEntry] = ()
    entries_gone: Collection[EntryId] = ()
    ledger: Collection[LedgerRow] = ()
    ledger_gone: Collection[EntryId] = ()
    feeds: Collection[FeedRow] = ()
    fragments: Collection[FragmentRow] = ()
    texts: Collection[TextRow] = ()
    documents: Collection[DocumentRow] = ()
    pages: Collection[PageRow] = ()
    documents_gone: Collection[str] = ()
    gone_since: Seconds = NEVER
    edition: EditionRow | None = None
