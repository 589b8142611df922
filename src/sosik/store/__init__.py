"""The store: one writer, any number of readers.

`Store` is for builds; `Snapshot` is for servers and has the documents of the newest edition. Both are contracts:
`open_store` and `open_snapshot` return the implementation for a location: an SQLite file in a folder, or a schema of a
PostgreSQL database.
"""

from sosik.store.address import VARIABLE, Place, StoreAddress, place_of
from sosik.store.announcements import Announcements
from sosik.store.changes import AcceptedEntry, Changes, ListedRows
from sosik.store.contract import Leadership, Snapshot, Store
from sosik.store.copies import Copy, Restored, begin_anew, copies, copy_of_day, keep_copy, open_for_build, restore
from sosik.store.database import has_store, is_store_whole, open_store, open_trial
from sosik.store.drivers import ask_leader_to_make_anew, leadership, leave_note
from sosik.store.examination import ANEW, ask_to_make_anew, asking_anew
from sosik.store.known import Known
from sosik.store.lock import LockedError
from sosik.store.opening import NAME as STORE_NAME
from sosik.store.projections import News
from sosik.store.rows import (
    NO_EDITION,
    AddressRow,
    AnnouncementRow,
    DocumentHead,
    DocumentRow,
    EditionRow,
    FeedRow,
    FragmentKey,
    FragmentRow,
    LedgerRow,
    Origin,
    OutputRow,
    PageRow,
    PartRow,
    ProjectedRow,
    TargetRow,
    TextRow,
)
from sosik.store.snapshot import open_snapshot
from sosik.store.source_rows import SourceRow

__all__ = [
    "ANEW",
    "NO_EDITION",
    "STORE_NAME",
    "VARIABLE",
    "AcceptedEntry",
    "AddressRow",
    "AnnouncementRow",
    "Announcements",
    "Changes",
    "Copy",
    "DocumentHead",
    "DocumentRow",
    "EditionRow",
    "FeedRow",
    "FragmentKey",
    "FragmentRow",
    "Known",
    "Leadership",
    "LedgerRow",
    "ListedRows",
    "LockedError",
    "News",
    "Origin",
    "OutputRow",
    "PageRow",
    "PartRow",
    "Place",
    "ProjectedRow",
    "Restored",
    "Snapshot",
    "SourceRow",
    "Store",
    "StoreAddress",
    "TargetRow",
    "TextRow",
    "ask_leader_to_make_anew",
    "ask_to_make_anew",
    "asking_anew",
    "begin_anew",
    "copies",
    "copy_of_day",
    "has_store",
    "is_store_whole",
    "keep_copy",
    "leadership",
    "leave_note",
    "open_for_build",
    "open_snapshot",
    "open_store",
    "open_trial",
    "place_of",
    "restore",
]
