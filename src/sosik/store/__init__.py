"""The store: the newsroom's memory, one SQLite file in WAL mode. One writer, any number of readers.

`Store` is for the process that builds; `Snapshot` is what servers read: the documents of the newest edition.
"""

from sosik.store.announcements import Announcements
from sosik.store.changes import AcceptedEntry, Changes, ListedRows
from sosik.store.database import Store
from sosik.store.lock import LockedError
from sosik.store.opening import NAME as STORE_NAME
from sosik.store.rows import (
    NO_EDITION,
    AnnouncementRow,
    DocumentHead,
    DocumentRow,
    EditionRow,
    FeedRow,
    FragmentKey,
    FragmentRow,
    LedgerRow,
    Origin,
    PageRow,
    ProjectedRow,
    SourceRow,
    TargetRow,
    TextRow,
)
from sosik.store.snapshot import Snapshot

__all__ = [
    "NO_EDITION",
    "STORE_NAME",
    "AcceptedEntry",
    "AnnouncementRow",
    "Announcements",
    "Changes",
    "DocumentHead",
    "DocumentRow",
    "EditionRow",
    "FeedRow",
    "FragmentKey",
    "FragmentRow",
    "LedgerRow",
    "ListedRows",
    "LockedError",
    "Origin",
    "PageRow",
    "ProjectedRow",
    "Snapshot",
    "SourceRow",
    "Store",
    "TargetRow",
    "TextRow",
]
