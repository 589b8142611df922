"""The files of content/ as written: `scan` finds them, `read_entry` reads one, `Pictures` finds pictures.

content/ ──scan──▶ SourceFile ──read_entry──▶ EntryReading, with a RawEntry under canonical keys
"""

from typing import TYPE_CHECKING

from sosik.on_demand import imported_on_demand
from sosik.read.files import FileKind, Files, SomeFiles, SourceFile
from sosik.read.ignoring import Ignore, ignore_of
from sosik.read.no_article import is_trash, originals_of
from sosik.read.pictures import PictureFacts, Pictures
from sosik.read.repeated import Look, RepeatedScan
from sosik.read.scan import Scan, look_again, scan, scan_again
from sosik.read.trash import LostFile, in_trash
from sosik.read.work_tree import contains, revision_of, taken_out

if TYPE_CHECKING:
    from sosik.read.entry import EntryReading, bytes_of, digest, read_bytes, read_entry, read_no_further
    from sosik.read.passed import named_in, passed_at, passed_entries

__all__ = [
    "EntryReading",
    "FileKind",
    "Files",
    "Ignore",
    "Look",
    "LostFile",
    "PictureFacts",
    "Pictures",
    "RepeatedScan",
    "Scan",
    "SomeFiles",
    "SourceFile",
    "bytes_of",
    "contains",
    "digest",
    "ignore_of",
    "in_trash",
    "is_trash",
    "look_again",
    "named_in",
    "originals_of",
    "passed_at",
    "passed_entries",
    "read_bytes",
    "read_entry",
    "read_no_further",
    "revision_of",
    "scan",
    "scan_again",
    "taken_out",
]

_READING = {
    "EntryReading": "entry",
    "bytes_of": "entry",
    "digest": "entry",
    "read_bytes": "entry",
    "read_entry": "entry",
    "read_no_further": "entry",
    "named_in": "passed",
    "passed_at": "passed",
    "passed_entries": "passed",
}


__getattr__ = imported_on_demand(__name__, _READING)
"""What reads entries is imported when it is first used: where nothing changed, files are only looked at."""
