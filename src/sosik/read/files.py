"""Files below content/ as a scan returns them: path, name, kind and state."""

import os
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

import sosik.systems as systems
from sosik.errors import Location
from sosik.file_names import PARTS, part_of
from sosik.systems import last_change, number_of


class FileKind(StrEnum):
    """What a file is, by the suffix of its name."""

    ENTRY = "entry"
    PICTURE = "picture"
    OTHER = "other"


KINDS = {
    **dict.fromkeys(("yaml", "yml", "md", "markdown", "json"), FileKind.ENTRY),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), FileKind.PICTURE),
}


class SourceFile(NamedTuple):
    """A file below content/.

    `path` is where it lies, as Python spells it in this locale; `source` its NFC path below content/, with slashes.
    `size` is in bytes. `stamp` changes whenever the file's bytes do, even if its times were set back (cp -p, rsync -t).
    """

    path: str
    source: str
    kind: FileKind
    size: int
    stamp: str

    @property
    def changed(self) -> int:
        """When its bytes last changed, in nanoseconds, as its times say."""
        return int(self.stamp.removeprefix(f"{self.size}-").rsplit("-", 2)[0])

    @property
    def location(self) -> Location:
        """The file as the place of a problem."""
        return location_of(self.source)


class Files(Mapping[str, SourceFile]):
    """Files by their sources, in the `parts` of content/ in which they lie."""

    def __init__(self, files: Iterable[SourceFile] = ()) -> None:
        self.parts: dict[str, dict[str, SourceFile]] = {part: {} for part in PARTS}
        for file in files:
            self.put(file)

    def __getitem__(self, source: str) -> SourceFile:
        return self.parts[part_of(source)][source]

    def __iter__(self) -> Iterator[str]:
        for part in self.parts.values():
            yield from part

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))

    def among(self, others: Iterable[SourceFile]) -> "Files":
        """Return these files with others among them, each in place of the one with its source."""
        both = Files()
        both.parts |= self.parts
        for file in others:
            part = part_of(file.source)
            both.parts[part] = {**both.parts[part], file.source: file}
        return both

    def put(self, file: SourceFile) -> None:
        """Put a file in place of the one with its source."""
        self.parts[part_of(file.source)][file.source] = file


def location_of(source: str) -> Location:
    """Return a file or folder below content/ as the place of a problem."""
    return Location(file=f"content/{source}" if source else "content")


def kind_of(source: str) -> FileKind:
    """Return what a file of this name is."""
    return KINDS.get(source.rpartition(".")[2].lower(), FileKind.OTHER)


def source_file(path: str, source: str, stat: os.stat_result) -> SourceFile:
    """Return a file as a scan tells of it."""
    kind = kind_of(source)
    return SourceFile(path, source, kind, stat.st_size, stamp_of_file(stat))


def stamp_of_file(stat: os.stat_result) -> str:
    """Return what identifies the state of a file."""
    if systems.IS_WINDOWS:
        return f"{stat.st_size}-{stat.st_mtime_ns}-{last_change(stat)}-{number_of(stat)}"
    # The same, for many files.
    return f"{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_ino}"
