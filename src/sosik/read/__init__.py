"""The files of content/ as they were written: `scan` finds them, `read_entry` reads one, `Pictures` knows the pictures.

content/ ──scan──▶ SourceFile ──read_entry──▶ Reading, with a RawEntry under canonical keys
"""

from sosik.read.entry import Reading, digest, read_bytes, read_entry
from sosik.read.pictures import PictureFacts, Pictures
from sosik.read.scan import FileKind, Scan, SourceFile, scan, scan_again

__all__ = [
    "FileKind",
    "PictureFacts",
    "Pictures",
    "Reading",
    "Scan",
    "SourceFile",
    "digest",
    "read_bytes",
    "read_entry",
    "scan",
    "scan_again",
]
