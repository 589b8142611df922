"""Whether a file of content/ and its pictures are in the state in which they were read before. Pure."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from sosik.read import LostFile, SourceFile
from sosik.store.source_rows import KnownFile, SourceRow

if TYPE_CHECKING:
    from sosik.read import EntryReading

NONE = "[]"
"""How the store writes that a file has no pictures, or no problems: most have none, and there are many."""


_AWAY = "away "
"""What the stamp of a file begins with that is not there: no file that comes back has such a one."""


def is_away(row: SourceRow) -> bool:
    """Tell whether a file was gone when it was last looked for."""
    return row.stamp.startswith(_AWAY)


def away_stamp(row: SourceRow) -> str:
    """Return what the store keeps as the stamp of a file that is gone."""
    return row.stamp if is_away(row) else _AWAY + row.stamp


def lost_file(row: SourceRow) -> LostFile:
    """Return what a file that is gone can be found again by; nothing fits one of which nothing is known."""
    parts = row.stamp.removeprefix(_AWAY).partition("|")[0].split("-")
    if len(parts) != 4:
        return LostFile(row.path, 0, 0, "")
    return LostFile(row.path, int(parts[0]), int(parts[2]), row.digest)


def stamp_of(file: SourceFile, pictures: Iterable[str], files: Mapping[str, SourceFile]) -> str:
    """Return what identifies the state of a file and its pictures; `files` are all those that are there now."""
    return "|".join([file.stamp, *(files[picture].stamp if picture in files else "" for picture in pictures)])


def is_unchanged(file: SourceFile, row: KnownFile, files: Mapping[str, SourceFile]) -> bool:
    """Tell whether a file and its pictures are as they were when it was last read, and need not be read again.

    `files` are all those that are there now.
    """
    if row.held:
        return False
    return row.stamp == (file.stamp if row.pictures == NONE else stamp_of(file, json.loads(row.pictures), files))


def keeps_time(file: SourceFile, row: KnownFile) -> bool:
    """Tell whether a file has the size and the time of its last change that it had when it was last read."""
    return _unmoved(file.stamp) == _unmoved(row.stamp.partition("|")[0])


def has_same_bytes(file: SourceFile, reading: "EntryReading", row: SourceRow, *, copied: bool) -> bool:
    """Tell whether a file says what it said when it was last read.

    A store of version 4 knows no bytes: there size and time have to do, or, where all files are `copied`, the size.
    """
    if row.digest:
        return row.digest == reading.digest
    now, then = _unmoved(file.stamp), _unmoved(row.stamp.partition("|")[0])
    return now[:1] == then[:1] if copied else now == then


def has_same_pictures(
    row: SourceRow, files: Mapping[str, SourceFile], then: Collection[str], now: Collection[str]
) -> bool:
    """Tell whether pictures are what they were when their entry was last read, by size and time or by their bytes.

    `then` are the digests of its last good version; `now` may be more, where another version of sosik finds more.
    """
    _, *before = row.stamp.split("|")
    stamps = (files[name].stamp if name in files else "" for name in json.loads(row.pictures))
    if list(map(_unmoved, before)) == list(map(_unmoved, stamps)):
        return True
    return bool(then) and set(then) <= set(now)


def _unmoved(stamp: str) -> list[str]:
    """Return of what identifies the state of a file what stays when the file is moved, or copied with its times."""
    return stamp.split("-")[:2]
