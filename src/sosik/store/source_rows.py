"""Rows for files, and for entries of every build. Times are in seconds."""

from typing import NamedTuple

from sosik.model.values import EntryId, Seconds


class SourceRow(NamedTuple):
    """A file of content/ when it was last read: `stamp` identifies that state of it and of its `pictures` (JSON).

    `held` asks to read it again, unchanged or not. `digest` is the SHA-256 of its bytes, empty where they could not be
    read. `missing_since` is the instant of the build that missed the file, None for one that is there.
    """

    path: str
    stamp: str
    entry_id: EntryId
    pictures: str
    held: bool
    problems: str
    digest: str = ""
    missing_since: Seconds | None = None


class StoredSource(NamedTuple):
    """A `SourceRow` as the table has it, in a `part` of content/: see `sosik.store.sources`."""

    path: str
    stamp: str
    entry_id: EntryId
    pictures: str
    held: bool
    problems: str
    digest: str
    missing_since: Seconds | None
    part: str


class ScannedRow(NamedTuple):
    """A part of content/, or a group of parts, in which every file was as it was left: a digest of the states of these.

    `live` of its entries stand in the ledger and were not taken back. `pictures` (JSON) are those of the entries of a
    part, whose states are in the digest, too; of a group, the other groups in which they lie.
    """

    part: str
    signature: str
    live: int
    pictures: str


class WatchedRow(NamedTuple):
    """An entry that every build asks for: `reason` is `file` where none has it, `edition` where none has shown it.

    It is `link` where another entry has its link.
    """

    reason: str
    entry: EntryId


class KnownFile(NamedTuple):
    """What a scan is compared with: of a file when it was last read what `SourceRow` has.

    `is_live` where its entry stands in the ledger and was not taken back; `part` is that of content/ in which it lies.
    """

    path: str
    stamp: str
    entry_id: EntryId
    pictures: str
    held: bool
    problems: str
    part: str
    is_live: bool
