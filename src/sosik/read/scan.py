"""The files of content/: which there are, and what can be told without opening them."""

import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from sosik.errors import Location, Problem
from sosik.read.no_article import is_passed_over
from sosik.source import problem_of
from sosik.words import Message


class FileKind(StrEnum):
    """What a file is, by the suffix of its name."""

    ENTRY = "entry"
    PICTURE = "picture"
    OTHER = "other"


_KINDS = {
    **dict.fromkeys(("yaml", "yml", "md", "markdown", "json"), FileKind.ENTRY),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), FileKind.PICTURE),
}

# Control characters break the lines of a report; a byte that is no UTF-8 reaches us as a lone surrogate.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class SourceFile(NamedTuple):
    """A file below content/.

    `path` is where it lies, as the system spells it; `source` its NFC path below content/, with slashes. `size` is in
    bytes. `stamp` changes whenever the file's bytes do, even if its times were set back (cp -p, rsync -t).
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


@dataclass(frozen=True, kw_only=True)
class Scan:
    """The files below content/, sorted by source.

    `unseen` are the sources of files and folders that are there and cannot be told of, the empty one when content/
    itself is: an entry that is missing below one of them is held back, not withdrawn. `has_links` where there is
    a symbolic link, be it to nowhere: it changes as its target does.
    """

    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unseen: tuple[str, ...] = ()
    has_links: bool = False

    @cached_property
    def entries(self) -> tuple[SourceFile, ...]:
        """The files that hold entries."""
        return tuple(file for file in self.files if file.kind is FileKind.ENTRY)

    def may_hold(self, source: str) -> bool:
        """Whether a file that is not among `files` may yet be there."""
        return any(not place or source == place or source.startswith(f"{place}/") for place in self.unseen)


def location_of(source: str) -> Location:
    """Return a file or folder below content/ as the place of a problem."""
    return Location(file=f"content/{source}" if source else "content")


def scan(content: Path) -> Scan:
    """Return the files below content/, whatever of it can be seen. Never raises for what lies there."""
    scanner = _Scanner(content)
    scanner.walk()
    scanner.files.sort(key=lambda file: file.source)
    scanner.hide_twins()
    problems = sorted(scanner.problems, key=lambda problem: problem.location.file)
    return Scan(
        files=tuple(scanner.files),
        problems=tuple(problems),
        unseen=tuple(sorted(scanner.unseen)),
        has_links=scanner.has_links,
    )


def scan_again(content: Path, before: Scan, changed: Collection[str]) -> Scan:
    """Return what `scan` would, knowing that since it returned `before` nothing has changed but what lies at `changed`.

    Those are absolute paths, of files that were written, renamed or deleted, and may lie elsewhere too. What is not
    plainly an entry or a picture among others is looked for by a new scan.
    """
    if before.has_links:
        return scan(content)
    top = content.absolute()
    known = {file.source: file for file in before.files}
    files = dict(known)
    for path in map(Path, changed):
        if not path.is_relative_to(top):
            continue
        below = path.relative_to(top)
        if any(map(is_passed_over, below.parts)):
            continue
        file = _plain_file(content / below, below.as_posix())
        if file is None or before.may_hold(file.source) or file.path != known.get(file.source, file).path:
            return scan(content)
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
    file = _source_file(os.fspath(path), source, stat)
    return None if file.kind is FileKind.OTHER else file


def look_again(file: SourceFile) -> SourceFile | None:
    """Return a file as it is now, None where it is gone."""
    try:
        stat = os.stat(file.path)  # noqa: PTH116  # as the scan asks, of many files
    except OSError:
        return None
    return _source_file(file.path, file.source, stat)


def _source_file(path: str, source: str, stat: os.stat_result) -> SourceFile:
    kind = _KINDS.get(source.rpartition(".")[2].lower(), FileKind.OTHER)
    stamp = f"{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_ino}"
    return SourceFile(path, source, kind, stat.st_size, stamp)


class _Scanner:
    """Walks one folder; collects its files, the problems and what could not be seen."""

    def __init__(self, content: Path) -> None:
        self._top = os.fspath(content)
        self._root = os.path.realpath(content)
        self.files: list[SourceFile] = []
        self.problems: list[Problem] = []
        self.unseen: list[str] = []
        self.has_links = False

    def walk(self) -> None:
        """Collect the files of the folder and of all those in it, in no order."""
        folders = [(self._top, "")]
        while folders:
            path, source = folders.pop()
            try:
                with os.scandir(path) as listed:
                    entries = [entry for entry in listed if not is_passed_over(entry.name)]
            except OSError as error:
                self._hide(source, Message("file-unreadable.system", reason=unreadable(error)))
                continue
            for entry in entries:
                name = unicodedata.normalize("NFC", entry.name)
                place = f"{source}/{name}" if source else name
                if _UNSPEAKABLE.search(name):
                    self._refuse_name(place)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, place))
                else:
                    self._add(entry, place)

    def _add(self, entry: os.DirEntry[str], source: str) -> None:
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
        file = _source_file(entry.path, source, stat)
        if file.kind is FileKind.OTHER:
            self._report(source, *_other(source))
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

    def _refuse_name(self, source: str) -> None:
        """Report a name that is no UTF-8 or holds control characters."""
        self._report(_speakable(source), Message("name-unreadable.file"), Message("name-unreadable.file-hint"))

    def _hide(self, source: str, message: Message, hint: Message | None = None) -> None:
        self.unseen.append(source)
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
    return Message("file-type.other"), Message("file-type.other-hint")
