"""content/ in parts, of which each is told by one digest to be as it was left, or not. Pure.

Every file is looked at all the same: what a part saves is to read what is remembered of its files, one by one.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sosik.ledger.states import NONE
from sosik.read import FileKind, SourceFile
from sosik.store.source_rows import ScannedRow
from sosik.store.sources import EVERY_TIME, PARTS, part_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """The entry files of a scan, by part, each in the order of the paths.

    In the `settled` parts all files are as they were left; of the others the rows are to be compared with the files.
    """

    files: Mapping[str, Sequence[SourceFile]]
    settled: Mapping[str, ScannedRow]

    @property
    def open(self) -> list[str]:
        """The names of the parts that are not settled, but for that which is looked at every time."""
        return [part for part in PARTS if part not in self.settled]

    @property
    def to_look_at(self) -> list[SourceFile]:
        """The entry files of which one has to look closer, in order."""
        files = [file for part in (EVERY_TIME, *self.open) for file in self.files.get(part, ())]
        return sorted(files, key=lambda file: file.source)


def in_parts(files: Mapping[str, SourceFile], every_time: Collection[str], scanned: Mapping[str, ScannedRow]) -> Parts:
    """Return the files that are there, by path, in parts; `scanned` tells how these were left.

    The paths in `every_time` are looked at whatever the others are.
    """
    groups: dict[str, list[SourceFile]] = {}
    for file in files.values():
        if file.kind is FileKind.ENTRY:
            part = EVERY_TIME if file.source in every_time else part_of(file.source)
            groups.setdefault(part, []).append(file)
    settled = {
        part: row
        for part, row in scanned.items()
        if row.signature == signature_of(groups.get(part, ()), row.pictures, files)
    }
    return Parts(files=groups, settled=settled)


def signature_of(entries: Iterable[SourceFile], pictures: str, files: Mapping[str, SourceFile]) -> str:
    """Return a digest of the states of the files of a part and of `pictures` (JSON); `files` are all that are there."""
    states = [f"{file.source}\n{file.stamp}" for file in entries]
    if pictures != NONE:
        states += (files[picture].stamp if picture in files else "" for picture in json.loads(pictures))
    return sha256("\n".join(states).encode("utf-8", "surrogatepass")).hexdigest()


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

    def rows(self, files: Mapping[str, SourceFile]) -> list[ScannedRow]:
        """Return the parts in which all is; `files` are all that are there."""
        found = []
        for part, live in self._live.items():
            if part not in self._differ:
                pictures = json.dumps([*self._pictures.get(part, ())], ensure_ascii=False)
                signature = signature_of(self._parts.files.get(part, ()), pictures, files)
                found.append(ScannedRow(part, signature, live, pictures))
        return found
