"""content/ in groups of folders, and each in parts; all have a digest that shows whether their files changed. Pure.

The state of every file is checked. An unchanged group or part saves reading the stored rows of its files.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from msgspec import Struct

from sosik.file_names import GROUPS, group_of, group_of_part, part_of, parts_of
from sosik.ledger.states import NONE
from sosik.read import FileKind, Files, SourceFile
from sosik.store.source_rows import ScannedRow
from sosik.store.sources import EVERY_TIME


class Parts(Struct, frozen=True, kw_only=True, dict=True):
    """The files of a scan in groups and parts, of which those are `settled` in which all files are as they were left.

    Of the others the rows are to be compared with the files. The paths in `every_time` are in a part of their own.
    """

    files: Files
    every_time: Collection[str]
    settled: Mapping[str, ScannedRow]

    @cached_property
    def open(self) -> frozenset[str]:
        """The names of the parts that are not settled, but for that which is looked at every time."""
        parts = (part for group in self.open_groups for part in parts_of(group))
        return frozenset(part for part in parts if part not in self.settled)

    @cached_property
    def open_groups(self) -> list[str]:
        """The names of the groups that have such parts, in order."""
        return [group for group in GROUPS if group not in self.settled]

    @property
    def live(self) -> int:
        """How many entries of those that are settled stand in the ledger."""
        return sum(row.live for row in self.settled.values())

    def entries(self, group: str) -> Iterator[SourceFile]:
        """Yield the entry files of a group of which one has to look closer, in no order."""
        apart, is_open = self.every_time, self.open
        for file in self.files.in_group(group):
            if file.kind is FileKind.ENTRY and part_of(file.source) in is_open and file.source not in apart:
                yield file

    def looked_at_every_time(self) -> Iterator[SourceFile]:
        """Yield the entry files that are looked at whatever the others are."""
        files = (self.files[path] for path in self.every_time if path in self.files)
        return (file for file in files if file.kind is FileKind.ENTRY)


def in_parts(
    files: Files,
    every_time: Collection[str],
    scanned: Mapping[str, ScannedRow],
    scanned_in: Callable[[Collection[str]], Mapping[str, ScannedRow]],
    changed: Collection[str] | None = None,
) -> Parts:
    """Return files in groups and parts; `scanned` tells how the groups were left, `scanned_in` the parts of some.

    The paths in `every_time` are looked at whatever the others are. Where nothing but what is `changed` may be another
    than it was then, the groups and parts in which nothing is are believed.
    """
    is_concerned = _Concerned(files, changed)
    groups = {
        group: row
        for group, row in scanned.items()
        if not is_concerned.group(row) or row.signature == group_signature(files, group, _names(row.pictures))
    }
    others = [group for group in GROUPS if group not in groups]
    parts = scanned_in(others)
    unlike = {part: row for part, row in parts.items() if is_concerned.part(row)}
    alike: dict[str, ScannedRow] = {part: row for part, row in parts.items() if part not in unlike}
    for group, rows in _by_group(unlike.values()).items():
        states = states_of(files, group, every_time)
        same = (row for row in rows if row.signature == signature(states.get(row.part, ()), files, row.pictures))
        alike |= {row.part: row for row in same}
    return Parts(files=files, every_time=every_time, settled=groups | alike)


def group_signature(files: Files, group: str, others: Iterable[str]) -> str:
    """Return a digest of the states of all files of a group and of the `others` in which its pictures lie."""
    return sha256(b"".join(map(files.digest, (group, *others)))).hexdigest()


def states_of(files: Files, group: str, every_time: Collection[str]) -> Mapping[str, list[str]]:
    """Return, by part, the states of the entry files of a group, but for those that are looked at every time."""
    states: dict[str, list[str]] = {}
    for file in files.in_group(group):
        if file.kind is FileKind.ENTRY and file.source not in every_time:
            states.setdefault(part_of(file.source), []).append(f"{file.source}\n{file.stamp}")
    return states


def signature(states: Iterable[str], files: Files, pictures: str) -> str:
    """Return a digest of the states of the files of a part and of `pictures` (JSON)."""
    stamps = (files[name].stamp if name in files else "" for name in _names(pictures))
    return sha256("\n".join([*sorted(states), *stamps]).encode("utf-8", "surrogatepass")).hexdigest()


def _names(pictures: str) -> Sequence[str]:
    names: Sequence[str] = json.loads(pictures) if pictures != NONE else ()
    return names


class _Concerned:
    """Tells which groups and parts something that changed may be in: a file, or a picture that one has."""

    def __init__(self, files: Files, changed: Collection[str] | None) -> None:
        self._is_any = changed is None
        changed = changed or ()
        self._parts = {*map(part_of, changed)}
        self._groups = {*map(group_of_part, self._parts)}
        self._pictures = {name for name in changed if name not in files or files[name].kind is not FileKind.ENTRY}
        self._of_pictures = {group_of(name.rpartition("/")[0]) for name in self._pictures}

    def group(self, row: ScannedRow) -> bool:
        """Tell it of a group."""
        return self._is_any or row.part in self._groups or not self._of_pictures.isdisjoint(_names(row.pictures))

    def part(self, row: ScannedRow) -> bool:
        """Tell it of a part."""
        return self._is_any or row.part in self._parts or not self._pictures.isdisjoint(_names(row.pictures))


class Settling:
    """The parts and groups that turn out to be as they were left, found out while their rows pass."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._live: dict[str, int] = {}
        self._pictures: dict[str, dict[str, None]] = {}
        self._differ: set[str] = {EVERY_TIME}

    def keep(self, part: str, pictures: str, *, is_live: bool) -> None:
        """Take note of a file that is as it was left."""
        self._live[part] = self._live.get(part, 0) + is_live
        if pictures != NONE:
            self._pictures.setdefault(part, {}).update(dict.fromkeys(_names(pictures)))

    def differs(self, part: str) -> None:
        """Take note that something in a part is not."""
        self._differ.add(part)

    def rows(self) -> list[ScannedRow]:
        """Return the parts in which all is, and the groups in all of whose parts it is."""
        kept = [part for part in self._live if part not in self._differ]
        known = _by_group(self._parts.settled.values())
        differing = {*map(group_of_part, self._differ)}
        found = []
        # Also a group of which there are neither files nor rows: one has not to look for these again.
        for group in self._parts.open_groups:
            parts = [*self._rows_of(group, kept)]
            found += parts
            if group not in differing:
                found.append(_group_row(self._parts.files, group, [*known.get(group, ()), *parts]))
        return found

    def _rows_of(self, group: str, kept: Iterable[str]) -> Iterator[ScannedRow]:
        own = [part for part in kept if group_of_part(part) == group]
        files = self._parts.files
        states = states_of(files, group, self._parts.every_time) if own else {}
        for part in own:
            pictures = json.dumps([*self._pictures.get(part, ())], ensure_ascii=False)
            yield ScannedRow(part, signature(states.get(part, []), files, pictures), self._live[part], pictures)


def _by_group(rows: Iterable[ScannedRow]) -> dict[str, list[ScannedRow]]:
    """Return the rows of parts, by group."""
    found: dict[str, list[ScannedRow]] = {}
    for row in rows:
        if row.part != group_of_part(row.part):
            found.setdefault(group_of_part(row.part), []).append(row)
    return found


def _group_row(files: Files, group: str, parts: Collection[ScannedRow]) -> ScannedRow:
    pictures = {name for row in parts for name in _names(row.pictures)}
    others = sorted({group_of(name.rpartition("/")[0]) for name in pictures} - {group})
    return ScannedRow(group, group_signature(files, group, others), sum(row.live for row in parts), json.dumps(others))
