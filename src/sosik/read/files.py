"""Files below content/ as a scan returns them: path, name, kind and state."""

import marshal
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter
from stat import S_ISREG
from typing import NamedTuple, overload

import sosik.systems as systems
from sosik.errors import Location
from sosik.file_names import group_of
from sosik.patterns import pattern
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


State = tuple[int, int, int, int]
"""The size of a file in bytes, when its bytes and when anything of it last changed (ns), and its number."""

_STAMP = pattern(r"(\d+)-(-?\d+)-(-?\d+)-(-?\d+)")


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
    def state(self) -> State:
        """The same as numbers."""
        parts = _STAMP.fullmatch(self.stamp)
        assert parts is not None  # noqa: S101  # see `stamp_of_state`
        size, changed, touched, number = map(int, parts.groups())
        return size, changed, touched, number

    @property
    def changed(self) -> int:
        """When its bytes last changed, in nanoseconds, as its times say."""
        return self.state[1]

    @property
    def location(self) -> Location:
        """The file as the place of a problem."""
        return location_of(self.source)


_OPEN = 4
"""Folders that stay unpacked after somebody asked for a file in them."""


class _Packed(NamedTuple):
    """Files of a folder, their names and states packed; what their paths begin with."""

    top: str
    states: bytes


class Files(Mapping[str, SourceFile]):
    """Files by their sources, in the groups of folders in which they lie.

    What a scan finds in a folder stays packed, in some 60 bytes a file, until somebody asks for one of these files.
    """

    def __init__(self, files: Iterable[SourceFile] = ()) -> None:
        self._groups: dict[str, dict[str, None]] = {}
        self._packed: dict[str, _Packed] = {}
        self._apart: dict[str, dict[str, SourceFile]] = {}
        self._open: dict[str, dict[str, State]] = {}
        for file in files:
            self.put(file)

    def __getitem__(self, source: str) -> SourceFile:
        folder, _, name = source.rpartition("/")
        apart = self._apart.get(folder)
        if apart is not None and name in apart:
            return apart[name]
        state = self._unpacked(folder)[name]
        return _file(self._packed[folder].top + name, source, state)

    def __contains__(self, source: object) -> bool:
        folder, _, name = str(source).rpartition("/")
        return name in self._apart.get(folder, ()) or name in self._unpacked(folder)

    def __iter__(self) -> Iterator[str]:
        return (file.source for file in self.values())

    def __len__(self) -> int:
        return sum(len(self._unpacked(folder)) for folder in self._packed) + sum(map(len, self._apart.values()))

    def values(self) -> Iterator[SourceFile]:  # type: ignore[override]  # one after another: they are many
        """Yield the files, in no order."""
        for group in self._groups:
            yield from self.in_group(group)

    def in_group(self, group: str) -> Iterator[SourceFile]:
        """Yield the files of a group, in no order."""
        for folder in self._groups.get(group, ()):
            if packed := self._packed.get(folder):
                place = f"{folder}/" if folder else ""
                for name, state in self._unpacked(folder).items():
                    yield _file(packed.top + name, place + name, state)
            yield from self._apart.get(folder, {}).values()

    def digest(self, group: str) -> bytes:
        """Return a digest of the names and the states of all files of a group; unlike ones may be of the same files."""
        found = sha256()
        for folder in sorted(self._groups.get(group, ())):
            found.update(f"{folder}\n".encode("utf-8", "surrogatepass"))
            if packed := self._packed.get(folder):
                found.update(packed.states)
            for name, file in sorted(self._apart.get(folder, {}).items()):
                found.update(f"\n{name}\n{file.stamp}".encode("utf-8", "surrogatepass"))
        return found.digest()

    def has_folder(self, folder: str) -> bool:
        """Tell whether there are files of a folder."""
        return folder in self._packed or folder in self._apart

    def pack(self, folder: str, top: str, names: Sequence[str], states: Sequence[State]) -> None:
        """Put the files of a folder into it, each state with its name; their paths are those with `top` before."""
        if names:
            self._groups.setdefault(group_of(folder), {})[folder] = None
            self._packed[folder] = _Packed(top, _pack(names, states))
        else:
            self._packed.pop(folder, None)
        self._open.pop(folder, None)

    def put(self, file: SourceFile) -> None:
        """Put a file in place of the one with its source."""
        folder, _, name = file.source.rpartition("/")
        packed = self._packed.get(folder)
        if packed is not None and packed.top + name == file.path and name not in self._apart.get(folder, ()):
            self._pack_again(folder, {**self._unpacked(folder), name: file.state})
            return
        self.remove(file.source)
        self._groups.setdefault(group_of(folder), {})[folder] = None
        self._apart.setdefault(folder, {})[name] = file

    def remove(self, source: str) -> None:
        """Take a file out, if it is there."""
        folder, _, name = source.rpartition("/")
        self._apart.get(folder, {}).pop(name, None)
        if name in (states := self._unpacked(folder)):
            self._pack_again(folder, {other: states[other] for other in states if other != name})

    def _pack_again(self, folder: str, states: Mapping[str, State]) -> None:
        self.pack(folder, self._packed[folder].top, [*states], [*states.values()])

    def among(self, others: Iterable[SourceFile]) -> "Files":
        """Return these files with others among them, each in place of the one with its source."""
        both = Files()
        both._groups = {group: {**folders} for group, folders in self._groups.items()}
        both._packed = {**self._packed}
        both._apart = {folder: {**files} for folder, files in self._apart.items()}
        for file in others:
            both.put(file)
        return both

    def _unpacked(self, folder: str) -> Mapping[str, State]:
        """Return the packed files of a folder, by their names."""
        found = self._open.get(folder)
        if found is None:
            packed = self._packed.get(folder)
            if packed is None:
                return {}
            while len(self._open) >= _OPEN:
                del self._open[next(iter(self._open))]
            found = self._open[folder] = _unpack(packed.states)
        return found


def _pack(names: Sequence[str], states: Sequence[State]) -> bytes:
    # Of the second version: there the same values are always the same bytes.
    return marshal.dumps(([*names], [*states]), 2)


def _unpack(states: bytes) -> dict[str, State]:
    return dict(zip(*marshal.loads(states), strict=True))  # noqa: S302  # from `_pack`, in the same process


def _file(path: str, source: str, state: State) -> SourceFile:
    return SourceFile(path, source, kind_of(source), state[0], stamp_of_state(state))


class SomeFiles(Sequence[SourceFile]):
    """Some of many files, by their sources: each is made when it is asked for."""

    def __init__(self, files: Mapping[str, SourceFile], sources: Sequence[str]) -> None:
        self._files, self._sources = files, sources

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[SourceFile]:
        return map(self._files.__getitem__, self._sources)

    @overload
    def __getitem__(self, at: int) -> SourceFile: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[SourceFile]: ...
    def __getitem__(self, at: int | slice) -> SourceFile | Sequence[SourceFile]:
        if isinstance(at, slice):
            return SomeFiles(self._files, self._sources[at])
        return self._files[self._sources[at]]


def location_of(source: str) -> Location:
    """Return a file or folder below content/ as the place of a problem."""
    return Location(file=f"content/{source}" if source else "content")


def kind_of(source: str) -> FileKind:
    """Return what a file of this name is."""
    return KINDS.get(source.rpartition(".")[2].lower(), FileKind.OTHER)


def source_file(path: str, source: str, stat: os.stat_result) -> SourceFile:
    """Return a file as a scan tells of it."""
    return _file(path, source, state_of(stat))


_STATE = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_MODE = attrgetter("st_mode")


def state_of(stat: os.stat_result) -> State:
    """Return what identifies the state of a file, as numbers."""
    if systems.IS_WINDOWS:
        return stat.st_size, stat.st_mtime_ns, last_change(stat), number_of(stat)
    state: State = _STATE(stat)
    return state


def states_of(entries: Iterable["os.DirEntry[str]"]) -> list[State] | None:
    """Return the same of the entries of a folder; None if one is no regular file, be it a link. Raises `OSError`.

    Most of what a build without changes does.
    """
    stats = [entry.stat(follow_symlinks=False) for entry in entries]
    if not all(map(S_ISREG, {*map(_MODE, stats)})):
        return None
    return [*map(state_of if systems.IS_WINDOWS else _STATE, stats)]


def stamp_of_state(state: State) -> str:
    """Return the same as text."""
    return "%d-%d-%d-%d" % state  # noqa: UP031  # of many files


def stamp_of_file(stat: os.stat_result) -> str:
    """Return what identifies the state of a file, as text."""
    return stamp_of_state(state_of(stat))
