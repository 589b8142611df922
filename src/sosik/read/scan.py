"""The files of content/: which there are, and what can be told without opening them."""

import os
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from sosik.errors import Location, Problem
from sosik.file_names import is_utf8, name_of, read_as_cp949, spelled
from sosik.read.ignoring import Ignore
from sosik.read.no_article import is_passed_over, stands_for
from sosik.source import problem_of
from sosik.systems import last_change, number_of
from sosik.words import Message

NOTHING = Ignore(())
"""Nothing is passed over but what is no article anyway."""


class FileKind(StrEnum):
    """What a file is, by the suffix of its name."""

    ENTRY = "entry"
    PICTURE = "picture"
    OTHER = "other"


_KINDS = {
    **dict.fromkeys(("yaml", "yml", "md", "markdown", "json"), FileKind.ENTRY),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), FileKind.PICTURE),
}

# Control characters break the lines of a report.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


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


class Passed(NamedTuple):
    """What the publication passes over: the pattern, and the path of the file or folder as Python spells it."""

    pattern: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The files below content/, sorted by source.

    `unseen` are the sources of files and folders that are there and cannot be told of, the empty one when content/
    itself is: an entry that is missing below one of them is held back, not withdrawn. `has_links` where there is
    a symbolic link, be it to nowhere: it changes as its target does. `ignored` are the files and folders that the
    publication passes over, each place with the pattern, where they may hold entries; `unnamed` the paths, as Python
    spells them, of files that may and have a name that nobody can read; `mistaken` folders with the name of an entry.
    It `is_blind` where any entry may be among what cannot be told of: in a folder that cannot be read, say.
    """

    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unseen: tuple[str, ...] = ()
    has_links: bool = False
    ignore: Ignore = NOTHING
    ignored: Mapping[str, Passed] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    mistaken: frozenset[str] = frozenset()
    is_blind: bool = False

    @cached_property
    def entries(self) -> tuple[SourceFile, ...]:
        """The files that hold entries."""
        return tuple(file for file in self.files if file.kind is FileKind.ENTRY)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies there that is an entry or may be one."""
        return not (self.entries or self.unseen or self.unnamed)

    def may_hold(self, source: str) -> bool:
        """Whether a file that is not among `files` may yet be there; of one without a place nobody knows."""
        if source in self.mistaken or (self.is_blind and not source):
            return True
        return any(not place or source == place or source.startswith(f"{place}/") for place in self.unseen)


def location_of(source: str) -> Location:
    """Return a file or folder below content/ as the place of a problem."""
    return Location(file=f"content/{source}" if source else "content")


def scan(content: Path, ignore: Ignore = NOTHING) -> Scan:
    """Return the files below content/, whatever of it can be seen. Never raises for what lies there.

    What is to `ignore` is passed over.
    """
    scanner = _Scanner(content, ignore)
    scanner.walk()
    scanner.prefer_utf8()
    scanner.files.sort(key=lambda file: file.source)
    scanner.hide_twins()
    problems = sorted(scanner.problems, key=lambda problem: problem.location.file)
    return Scan(
        files=tuple(scanner.files),
        problems=tuple(problems),
        unseen=tuple(sorted(scanner.unseen)),
        has_links=scanner.has_links,
        ignore=ignore,
        ignored=scanner.ignored,
        unnamed=tuple(sorted(scanner.unnamed)),
        mistaken=frozenset(scanner.mistaken),
        is_blind=scanner.is_blind,
    )


def scan_again(content: Path, before: Scan, changed: Collection[str], ignore: Ignore = NOTHING) -> Scan:
    """Return what `scan` would, knowing that since it returned `before` nothing has changed but what lies at `changed`.

    Those are absolute paths, of files that were written, renamed or deleted, and may lie elsewhere too. What is not
    plainly an entry or a picture among others is looked for by a new scan.
    """
    if before.has_links or before.ignore.lines != ignore.lines:
        return scan(content, ignore)
    top = content.absolute()
    known = {file.source: file for file in before.files}
    files = dict(known)
    for path in map(Path, map(spelled, changed)):
        if not path.is_relative_to(top):
            continue
        below = path.relative_to(top)
        source = name_of(below.as_posix())
        # What a placeholder stands for comes and goes with it.
        if not any(map(stands_for, below.parts)) and any(map(is_passed_over, source.split("/"))):
            continue
        file = _plain_file(content / below, source)
        if file is None or before.may_hold(source) or file.path != known.get(source, file).path or ignore.hides(source):
            return scan(content, ignore)
        files[file.source] = file
    if len(files) != len(known):
        files = {source: files[source] for source in sorted(files)}
    return replace(before, files=tuple(files.values()))


def _plain_file(path: Path, source: str) -> SourceFile | None:
    """Return the file at a path if nothing about it can be a problem, else None."""
    try:
        stat = path.lstat()
    except (OSError, ValueError):
        return None
    if not S_ISREG(stat.st_mode) or not unicodedata.is_normalized("NFC", source) or _UNSPEAKABLE.search(source):
        return None
    file = source_file(os.fspath(path), source, stat)
    return None if file.kind is FileKind.OTHER else file


def look_again(file: SourceFile) -> SourceFile | None:
    """Return a file as it is now, None where it is gone."""
    try:
        stat = os.stat(file.path)  # noqa: PTH116  # as the scan asks, of many files
    except OSError:
        return None
    return source_file(file.path, file.source, stat)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def kind_of(source: str) -> FileKind:
    """Return what a file of this name is."""
    return _KINDS.get(source.rpartition(".")[2].lower(), FileKind.OTHER)


def source_file(path: str, source: str, stat: os.stat_result) -> SourceFile:
    """Return a file as a scan tells of it."""
    kind = kind_of(source)
    stamp = f"{stat.st_size}-{stat.st_mtime_ns}-{last_change(stat)}-{number_of(stat)}"
    return SourceFile(path, source, kind, stat.st_size, stamp)


class _Folder(NamedTuple):
    """A folder to be looked into: its path, its place below content/, and whether CP949 names a part of that."""

    path: str
    source: str = ""
    is_old: bool = False

    def place_of(self, name: str) -> str:
        """Return the place of what has this name in the folder."""
        return f"{self.source}/{name}" if self.source else name


class _Scanner:
    """Walks one folder; collects its files, the problems and what could not be seen."""

    def __init__(self, content: Path, ignore: Ignore) -> None:
        self._top = os.fspath(content)
        self._root = os.path.realpath(content)
        self._ignore = ignore
        self._old: dict[str, SourceFile] = {}
        self.files: list[SourceFile] = []
        self.problems: list[Problem] = []
        self.unseen: list[str] = []
        self.has_links = False
        self.ignored: dict[str, Passed] = {}
        self.unnamed: list[str] = []
        self.mistaken: list[str] = []
        self.is_blind = False

    def walk(self) -> None:
        """Collect the files of the folder and of all those in it, in no order."""
        folders = [_Folder(self._top)]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder.path) as listed:
                    entries = [*listed]
            except OSError as error:
                self._hide(folder.source, Message("file-unreadable.system", reason=unreadable(error)))
                self.is_blind = True
                continue
            folders += filter(None, (self._met(folder, entry) for entry in entries))

    def _met(self, folder: _Folder, entry: os.DirEntry[str]) -> _Folder | None:
        """Take one entry of a folder for what it is; return it if it is a folder to be looked into."""
        name = unicodedata.normalize("NFC", name_of(entry.name))
        if meant := stands_for(name):
            self._evicted(folder.place_of(meant))
        if is_passed_over(name) or meant:
            return None
        korean = "" if is_utf8(name) else read_as_cp949(name)
        place = folder.place_of(unicodedata.normalize("NFC", korean) or name)
        if _UNSPEAKABLE.search(place):
            return self._unnamed(folder, entry, place)
        is_folder = _is_folder(entry)
        is_entry = kind_of(place) is FileKind.ENTRY
        if pattern := self._ignore.passes_over(place, is_folder=is_folder):
            if is_folder or is_entry:
                self.ignored[place] = Passed(pattern, entry.path)
            return None
        is_old = folder.is_old or korean != ""
        if not is_folder:
            self._add(entry, place, is_old=is_old)
            return None
        if is_entry:
            self.mistaken.append(place)
        return _Folder(entry.path, place, is_old)

    def _unnamed(self, folder: _Folder, entry: os.DirEntry[str], place: str) -> _Folder | None:
        """Report a name that is no UTF-8 or holds control characters; what lies below it has no name either."""
        if not _UNSPEAKABLE.search(folder.source):
            self._report(_speakable(place), Message("name-unreadable.file"), Message("name-unreadable.file-hint"))
        if _is_folder(entry):
            return _Folder(entry.path, place)
        if kind_of(place) is FileKind.ENTRY:
            self.unnamed.append(entry.path)
        return None

    def _evicted(self, source: str) -> None:
        """Hide an entry whose bytes are elsewhere, but for a placeholder."""
        if kind_of(source) is FileKind.ENTRY and not self._ignore.passes_over(source):
            self._hide(source, Message("file-evicted.placeholder"), Message("file-evicted.hint"))

    def _add(self, entry: os.DirEntry[str], source: str, *, is_old: bool) -> None:
        try:
            if entry.is_symlink():
                self.has_links = True
                if not self._leads_inside(entry, source):
                    return
            if not entry.is_file():
                self._hide(source, Message("file-type.no-file"), Message("file-type.no-file-hint"))
                return
            stat = entry.stat()
        except OSError as error:
            self._hide(source, Message("file-unreadable.system", reason=unreadable(error)))
            return
        file = source_file(entry.path, source, stat)
        if file.kind is FileKind.OTHER:
            self._report(source, *_other(source))
        if is_old:
            self._old[source] = file
        else:
            self.files.append(file)

    def _leads_inside(self, entry: os.DirEntry[str], source: str) -> bool:
        """Whether a symbolic link is to be followed: only to a file of content/."""
        target = os.path.realpath(entry.path)
        if not f"{target}{os.sep}".startswith(f"{self._root}{os.sep}"):
            message = Message("file-outside.link", target=_speakable(target))
            self._hide(source, message, Message("file-outside.link-hint"))
            return False
        if not os.path.lexists(target):
            self._hide(source, Message("file-unreadable.link", target=_speakable(target)))
            return False
        if entry.is_dir():
            self._hide(source, Message("file-type.folder-link"), Message("file-type.folder-link-hint"))
            return False
        return True

    def hide_twins(self) -> None:
        """Leave out the files whose name another one has, too, once both are composed: nobody can tell which counts."""
        pairs = zip(self.files, self.files[1:], strict=False)
        twins = {file.source for file, after in pairs if file.source == after.source}
        for source in twins:
            self._hide(source, Message("file-name.twins"), Message("file-name.twins-hint"))
        self.files = [file for file in self.files if file.source not in twins]

    def prefer_utf8(self) -> None:
        """Take files whose names are CP949 for what those say, unless a file has that name in UTF-8."""
        named = {file.source for file in self.files}
        for source, file in self._old.items():
            if source in named:
                self._report(source, Message("name-old.twin"), Message("name-old.twin-hint"))
            else:
                self.files.append(file)
                self._report(source, Message("name-old.file"), Message("name-old.file-hint"))

    def _hide(self, source: str, message: Message, hint: Message | None = None) -> None:
        self.unseen.append(source)
        self.is_blind = self.is_blind or kind_of(source) is FileKind.ENTRY
        self._report(source, message, hint)

    def _report(self, source: str, message: Message, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location_of(source), hint))


def unreadable(error: OSError) -> str:
    """Return why the system does not let us read a file or folder, in its own words."""
    return (error.strerror or str(error)).lower()


def _speakable(name: str) -> str:
    """Return a name that is no UTF-8 or holds control characters in a spelling that can be printed."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in shown)


def _other(source: str) -> tuple[Message, Message]:
    """Return what to say of a file that is neither an entry nor a picture."""
    suffix = source.rpartition(".")[2].lower()
    if suffix in ("bmp", "heic", "heif", "psd", "svg", "tif", "tiff"):
        return Message("file-type.picture"), Message("file-type.picture-hint")
    name, _, last = source.rpartition("/")[2].rpartition(".")
    if kind_of(name) is FileKind.ENTRY:
        return Message("file-type.doubled", suffix=f".{last}"), Message("file-type.doubled-hint", name=name)
    return Message("file-type.other"), Message("file-type.other-hint")
