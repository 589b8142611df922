"""Searches ignored files and unreadable names for published entries."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from sosik.file_names import is_utf8, name_of, spelled
from sosik.read.entry import digest, named_id
from sosik.read.files import FileKind, SourceFile, kind_of, source_file
from sosik.read.no_article import is_passed_over
from sosik.read.scan import Passed
from sosik.source import MAX_BYTES


class Named(Struct, frozen=True):
    """What a file says of itself: the id that it names, empty for none, and the SHA-256 of its bytes."""

    id: str
    digest: str


def passed_at(content: Path, source: str) -> SourceFile | None:
    """Return the file at a place below content/ that a scan does not go to, None where there is none."""
    path = os.path.join(content, spelled(source))  # noqa: PTH118  # as the paths of a scan are made
    try:
        stat = os.lstat(path)
    except (OSError, ValueError):
        return None
    return source_file(path, source, stat) if S_ISREG(stat.st_mode) else None


def passed_entries(ignored: Mapping[str, Passed]) -> Iterator[SourceFile]:
    """Yield the entry files at and below the places that a publication passes over."""
    left = [(place, passed.path) for place, passed in ignored.items()]
    while left:
        place, path = left.pop()
        try:
            stat = os.lstat(path)
            if S_ISREG(stat.st_mode) and kind_of(place) is FileKind.ENTRY:
                yield source_file(path, place, stat)
            elif not S_ISREG(stat.st_mode):
                with os.scandir(path) as listed:
                    left += _below(place, listed)
        except OSError:
            continue


def _below(place: str, listed: Iterator[os.DirEntry[str]]) -> Iterator[tuple[str, str]]:
    for entry in listed:
        name = unicodedata.normalize("NFC", name_of(entry.name))
        if is_utf8(name) and not is_passed_over(name) and not entry.is_symlink():
            yield f"{place}/{name}", entry.path


def named_in(path: str) -> Named:
    """Return what a file says of itself, nothing where it cannot be read."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  # as a scan spells it
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return Named("", "")
    return Named(named_id(data), digest(data))
