"""content/ in parts, each with one digest that shows whether its files changed. Pure.

The state of every file is checked. An unchanged part saves reading the stored rows of its files.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from sosik.file_names import PARTS, part_of
from sosik.ledger.states import NONE
from sosik.read import FileKind, Files, SourceFile
from sosik.store.source_rows import ScannedRow
from sosik.store.sources import EVERY_TIME


class Parts(Struct, frozen=True, kw_only=True):
    """The files of a scan in parts, of which those are `settled` in which all files are as they were left.

    Of the others the rows are to be compared with the files. The paths in `every_time` are in a part of their own.
    """

    files: Files
    every_time: Collection[str]
    settled: Mapping[str, ScannedRow]

    @property
    def open(self) -> list[str]:
        """The names of the parts that are not settled, but for that which is looked at every time."""
        return [part for part in PARTS if part not in self.settled]

    def to_look_at(self) -> list[SourceFile]:
        """Return the entry files of which one has to look closer, in order."""
        every_time = [self.files[path] for path in self.every_time if path in self.files]
        files = [file for part in self.open for file in self.entries(part)]
        files += (file for file in every_time if file.kind is FileKind.ENTRY)
        return sorted(files, key=lambda file: file.source)

    def entries(self, part: str) -> Iterator[SourceFile]:
        """Yield the entry files of a part, in no order."""
        for file in self.files.parts[part].values():
            if file.kind is FileKind.ENTRY and file.source not in self.every_time:
                yield file

    def signature(self, part: str, pictures: str) -> str:
        """Return a digest of the states of the files of a part and of `pictures` (JSON)."""
        apart = self.every_time
        states = [
            f"{source}\n{stamp}"
            for _, source, kind, _, stamp in self.files.parts[part].values()
            if kind is FileKind.ENTRY and source not in apart
        ]
        states.sort()
        if pictures != NONE:
            files = self.files
            states += (files[picture].stamp if picture in files else "" for picture in json.loads(pictures))
        return sha256("\n".join(states).encode("utf-8", "surrogatepass")).hexdigest()


def in_parts(
    files: Files,
    every_time: Collection[str],
    scanned: Mapping[str, ScannedRow],
    changed: Collection[str] | None = None,
) -> Parts:
    """Return files in parts; `scanned` tells how these were left.

    The paths in `every_time` are looked at whatever the others are. Where nothing but what is `changed` may be another
    than it was then, the parts in which nothing is are believed.
    """
    parts = Parts(files=files, every_time=every_time, settled={})
    asked = scanned.keys() if changed is None else _concerned(files, changed, scanned.values())
    unlike = {part for part in asked if part in scanned and not _is_as_left(parts, scanned[part])}
    return replace(parts, settled={part: row for part, row in scanned.items() if part not in unlike})


def _is_as_left(parts: Parts, row: ScannedRow) -> bool:
    return row.signature == parts.signature(row.part, row.pictures)


def _concerned(files: Files, changed: Iterable[str], scanned: Iterable[ScannedRow]) -> set[str]:
    """Return the parts of which something changed: a file, or a picture that one has."""
    found = {part_of(source) for source in changed}
    pictures = {source for source in changed if source not in files or files[source].kind is not FileKind.ENTRY}
    return found | {row.part for row in scanned if not pictures.isdisjoint(_pictures(row))}


def _pictures(row: ScannedRow) -> Sequence[str]:
    pictures: Sequence[str] = json.loads(row.pictures) if row.pictures != NONE else ()
    return pictures


class Settling:
    """The parts that turn out to be as they were left, found out while their rows pass."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._live: dict[str, int] = {}
        self._pictures: dict[str, dict[str, None]] = {}
        self._differ: set[str] = {EVERY_TIME}

    def keep(self, part: str, pictures: str, *, is_live: bool) -> None:
        """Take note of a file that is as it was left."""
        self._live[part] = self._live.get(part, 0) + is_live
        if pictures != NONE:
            self._pictures.setdefault(part, {}).update(dict.fromkeys(json.loads(pictures)))

    def differs(self, part: str) -> None:
        """Take note that something in a part is not."""
        self._differ.add(part)

    def rows(self) -> list[ScannedRow]:
        """Return the parts in which all is."""
        found = []
        for part, live in self._live.items():
            if part not in self._differ:
                pictures = json.dumps([*self._pictures.get(part, ())], ensure_ascii=False)
                found.append(ScannedRow(part, self._parts.signature(part, pictures), live, pictures))
        return found
