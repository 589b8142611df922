"""The values that pass from stage to stage: frozen, named after RFC 4287, plural where there may be several.

Instants are aware `datetime` values. Paths of documents begin with a slash and are decoded, NFC text
(`/section/정치/rss.xml`); addresses (`url`, `link`) are absolute and percent-encoded ASCII.
"""

from sosik.model.document import ANNOUNCED, FEEDS, KINDS, POLLED, DocumentKind, KindTraits
from sosik.model.entry import (
    Edit,
    EditKind,
    Entry,
    Image,
    Listing,
    Medium,
    Normalized,
    Person,
    Relation,
    RelationKind,
    Status,
    Withdrawal,
)
from sosik.model.feed import (
    FILENAMES,
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Feed,
    FormatName,
    Fragment,
    Outcome,
    Tombstone,
)
from sosik.model.publication import (
    AT_THEIR_WORD,
    ArchivePeriod,
    Criteria,
    Criterion,
    DateHabits,
    FeedDefinition,
    IndexNow,
    Publication,
    Window,
)
from sosik.model.raw import BodyFormat, RawEntry, RawList, RawMapping, RawText, RawValue

__all__ = [
    "ANNOUNCED",
    "AT_THEIR_WORD",
    "FEEDS",
    "FILENAMES",
    "KINDS",
    "NO_ARCHIVE",
    "POLLED",
    "ArchiveLinks",
    "ArchivePeriod",
    "BodyFormat",
    "Content",
    "Criteria",
    "Criterion",
    "DateHabits",
    "DocumentKind",
    "Edit",
    "EditKind",
    "Entry",
    "Feed",
    "FeedDefinition",
    "FormatName",
    "Fragment",
    "Image",
    "IndexNow",
    "KindTraits",
    "Listing",
    "Medium",
    "Normalized",
    "Outcome",
    "Person",
    "Publication",
    "RawEntry",
    "RawList",
    "RawMapping",
    "RawText",
    "RawValue",
    "Relation",
    "RelationKind",
    "Status",
    "Tombstone",
    "Window",
    "Withdrawal",
]
