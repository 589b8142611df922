"""Scans the files of content/ without opening them."""

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from operator import methodcaller
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.errors import Problem
from sosik.file_names import is_utf8, name_of, read_as_cp949, spelled
from sosik.patterns import pattern
from sosik.progress import Observer, Progress, Stage, unobserved
from sosik.read.files import FileKind, Files, SourceFile, kind_of, location_of, source_file, states_of
from sosik.read.ignoring import Ignore
from sosik.read.no_article import is_passed_over, stands_for
from sosik.read.plain_names import are_plain_names
from sosik.reasons import reason_of
from sosik.source.places import problem_of
from sosik.systems import OPENED
from sosik.words import Message

NOTHING = Ignore(())
"""Nothing is passed over but what is no article anyway."""


# Control characters break the lines of a report.
_UNSPEAKABLE = pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _is_unspeakable(place: str) -> bool:
    # Nearly all are printable, which needs no pattern.
    return not place.isprintable() and _UNSPEAKABLE.search(place) is not None


class Passed(Struct, frozen=True):
    """What the publication passes over: the pattern, and the path of the file or folder as Python spells it."""

    pattern: str
    path: str


class Scan(Struct, frozen=True, kw_only=True, dict=True):
    """The files below content/, by source.

    `unseen` are the sources of files and folders that are there and cannot be told of, the empty one when content/
    itself is: an entry that is missing below one of them is held back, not withdrawn. `has_links` where there is
    a symbolic link, be it to nowhere: it changes as its target does. `ignored` are the files and folders that the
    publication passes over, each place with the pattern, where they may hold entries; `unnamed` the paths, as Python
    spells them, of files that may and have a name that nobody can read; `mistaken` folders with the name of an entry.
    It `is_blind` where any entry may be among what cannot be told of: in a folder that cannot be read, say. Where only
    some files were looked at, since nothing else changed, `changed` are their sources.
    """

    by_source: Files = field(default_factory=Files)
    changed: frozenset[str] | None = None
    problems: tuple[Problem, ...] = ()
    unseen: tuple[str, ...] = ()
    has_links: bool = False
    ignore: Ignore = NOTHING
    ignored: Mapping[str, Passed] = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()
    mistaken: frozenset[str] = frozenset()
    is_blind: bool = False

    @cached_property
    def files(self) -> tuple[SourceFile, ...]:
        """The files, sorted by source."""
        return tuple(sorted(self.by_source.values(), key=lambda file: file.source))

    @property
    def entries(self) -> tuple[SourceFile, ...]:
        """The files that hold entries."""
        return tuple(file for file in self.files if file.kind is FileKind.ENTRY)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies there that is an entry or may be one."""
        has_entries = any(file.kind is FileKind.ENTRY for file in self.by_source.values())
        return not (has_entries or self.unseen or self.unnamed)

    def may_hold(self, source: str) -> bool:
        """Whether a file that is not among `files` may yet be there; of one without a place nobody knows."""
        if source in self.mistaken or (self.is_blind and not source):
            return True
        return any(not place or source == place or source.startswith(f"{place}/") for place in self.unseen)


def scan(content: Path, ignore: Ignore = NOTHING, observer: Observer = unobserved) -> Scan:
    """Return the files below content/, whatever of it can be seen. Never raises for what lies there.

    What is to `ignore` is passed over. The `observer` is told how many files were found so far.
    """
    scanner = _Scanner(content, ignore, observer)
    scanner.walk()
    scanner.prefer_utf8()
    scanner.hide_twins()
    problems = sorted(scanner.problems, key=lambda problem: problem.location.file)
    return Scan(
        by_source=scanner.files,
        problems=tuple(problems),
        unseen=tuple(sorted(scanner.unseen)),
        has_links=scanner.has_links,
        ignore=ignore,
        ignored=scanner.ignored,
        unnamed=tuple(sorted(scanner.unnamed)),
        mistaken=frozenset(scanner.mistaken),
        is_blind=scanner.is_blind,
    )


def scan_again(
    content: Path, before: Scan, changed: Collection[str], ignore: Ignore = NOTHING, observer: Observer = unobserved
) -> Scan:
    """Return what `scan` would, knowing that since it returned `before` nothing has changed but what lies at `changed`.

    Those are absolute paths, of files that were written, renamed or deleted, and may lie elsewhere too. What is not
    plainly an entry or a picture among others is looked for by a new scan. What was `before` is brought up, and is
    nothing any more.
    """
    if before.has_links or before.ignore.lines != ignore.lines:
        return scan(content, ignore, observer)
    top = content.absolute()
    files = before.by_source
    again: set[str] = set()
    for path in map(Path, map(spelled, changed)):
        if not path.is_relative_to(top):
            continue
        below = path.relative_to(top)
        source = name_of(below.as_posix())
        # What a placeholder stands for comes and goes with it.
        if not any(map(stands_for, below.parts)) and any(map(is_passed_over, source.split("/"))):
            continue
        file = _plain_file(content / below, source)
        if file is None or before.may_hold(source) or file.path != files.get(source, file).path or ignore.hides(source):
            return scan(content, ignore, observer)
        files.put(file)
        again.add(source)
    return replace(before, changed=frozenset(again))


def _plain_file(path: Path, source: str) -> SourceFile | None:
    """Return the file at a path if nothing about it can be a problem, else None."""
    try:
        stat = path.lstat()
    except (OSError, ValueError):
        return None
    if not S_ISREG(stat.st_mode) or not unicodedata.is_normalized("NFC", source) or _is_unspeakable(source):
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


@contextmanager
def _listed(path: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Yield what lies in a folder, while that is held open: so the system need not look for it again with each file."""
    if os.scandir not in os.supports_fd:
        with os.scandir(path) as entries:
            yield entries
        return
    handle = os.open(path, os.O_RDONLY | OPENED)
    try:
        with os.scandir(handle) as entries:
            yield entries
    finally:
        os.close(handle)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


class _Folder(Struct, frozen=True):
    """A folder to be looked into: its path, its place below content/, and whether CP949 names a part of that."""

    path: str
    source: str = ""
    is_old: bool = False

    def place_of(self, name: str) -> str:
        """Return the place of what has this name in the folder."""
        return f"{self.source}/{name}" if self.source else name

    def path_of(self, entry: os.DirEntry[str]) -> str:
        """Return the path of what lies in the folder."""
        return f"{self.path}{os.sep}{entry.name}"


_is_file = methodcaller("is_file", follow_symlinks=False)


class _Scanner:
    """Walks one folder; collects its files, the problems and what could not be seen."""

    def __init__(self, content: Path, ignore: Ignore, observer: Observer) -> None:
        self._top = os.fspath(content)
        self._root = os.path.realpath(content)
        self._ignore = ignore
        self._observer = observer
        self._found = 0
        self._old: dict[str, SourceFile] = {}
        self.files = Files()
        self._twins: list[SourceFile] = []
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
                with _listed(folder.path) as entries:
                    folders += [found for entry in self._others(folder, entries) if (found := self._met(folder, entry))]
            except OSError as error:
                self._hide(folder.source, Message("file-unreadable.system", reason=reason_of(error)))
                self.is_blind = True

    def _others(self, folder: _Folder, entries: Iterable[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
        """Take the plain files of a folder, of whose names nothing is to be said, and return the other entries.

        They are nearly all there is, so this costs little more than asking the system for their states.
        """
        found = [*entries]
        self._found += len(found)
        self._observer(Progress(Stage.LOOKING, self._found))
        # Two folders have one name where one is spelled otherwise.
        if folder.is_old or _is_unspeakable(folder.source) or self.files.has_folder(folder.source):
            return found
        # Most folders hold nothing else, which is found out in a few steps.
        if self._have_taken(folder, found):
            return []
        plain: list[os.DirEntry[str]] = []
        others: list[os.DirEntry[str]] = []
        for entry in found:
            (plain if _is_file(entry) and self._are_plain(folder, [entry.name]) else others).append(entry)
        return others if self._have_taken(folder, plain) else found

    def _have_taken(self, folder: _Folder, entries: Sequence[os.DirEntry[str]]) -> bool:
        """Take the entries of a folder if all are plain files; tell whether they are."""
        names = [entry.name for entry in entries]
        if not self._are_plain(folder, names):
            return False
        try:
            states = states_of(entries)
        except OSError:  # one went away a moment ago, say: each is to be looked at alone
            return False
        if states is None:
            return False
        self.files.pack(folder.source, folder.path + os.sep, names, states)
        return True

    def _are_plain(self, folder: _Folder, names: Sequence[str]) -> bool:
        return are_plain_names(names, folder.place_of(""), self._ignore)

    def _put(self, file: SourceFile) -> None:
        if file.source in self.files:
            self._twins.append(file)
        else:
            self.files.put(file)

    def _met(self, folder: _Folder, entry: os.DirEntry[str]) -> _Folder | None:
        """Take one entry of a folder for what it is; return it if it is a folder to be looked into."""
        name = unicodedata.normalize("NFC", name_of(entry.name))
        if meant := stands_for(name):
            self._evicted(folder.place_of(meant))
        if is_passed_over(name) or meant:
            return None
        korean = "" if is_utf8(name) else read_as_cp949(name)
        place, path = folder.place_of(unicodedata.normalize("NFC", korean) or name), folder.path_of(entry)
        if _is_unspeakable(place):
            return self._unnamed(folder, entry, place)
        is_folder = _is_folder(entry)
        is_entry = kind_of(place) is FileKind.ENTRY
        if pattern := self._ignore.passes_over(place, is_folder=is_folder):
            if is_folder or is_entry:
                self.ignored[place] = Passed(pattern, path)
            return None
        is_old = folder.is_old or korean != ""
        if not is_folder:
            self._add(entry, path, place, is_old=is_old)
            return None
        if is_entry:
            self.mistaken.append(place)
        return _Folder(path, place, is_old)

    def _unnamed(self, folder: _Folder, entry: os.DirEntry[str], place: str) -> _Folder | None:
        """Report a name that is no UTF-8 or holds control characters; what lies below it has no name either."""
        if not _is_unspeakable(folder.source):
            self._report(_speakable(place), Message("name-unreadable.file"), Message("name-unreadable.file-hint"))
        if _is_folder(entry):
            return _Folder(folder.path_of(entry), place)
        if kind_of(place) is FileKind.ENTRY:
            self.unnamed.append(folder.path_of(entry))
        return None

    def _evicted(self, source: str) -> None:
        """Hide an entry whose bytes are elsewhere, but for a placeholder."""
        if kind_of(source) is FileKind.ENTRY and not self._ignore.passes_over(source):
            self._hide(source, Message("file-evicted.placeholder"), Message("file-evicted.hint"))

    def _add(self, entry: os.DirEntry[str], path: str, source: str, *, is_old: bool) -> None:
        try:
            if entry.is_symlink():
                self.has_links = True
                if not self._leads_inside(entry, path, source):
                    return
            if not entry.is_file():
                self._hide(source, Message("file-type.no-file"), Message("file-type.no-file-hint"))
                return
            stat = entry.stat()
        except OSError as error:
            self._hide(source, Message("file-unreadable.system", reason=reason_of(error)))
            return
        file = source_file(path, source, stat)
        if file.kind is FileKind.OTHER:
            self._report(source, *_other(source))
        if is_old:
            self._old[source] = file
        else:
            self._put(file)

    def _leads_inside(self, entry: os.DirEntry[str], path: str, source: str) -> bool:
        """Whether a symbolic link is to be followed: only to a file of content/."""
        target = os.path.realpath(path)
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
        for source in {file.source for file in self._twins}:
            self._hide(source, Message("file-name.twins"), Message("file-name.twins-hint"))
            self.files.remove(source)

    def prefer_utf8(self) -> None:
        """Take files whose names are CP949 for what those say, unless a file has that name in UTF-8."""
        named = {source for source in self._old if source in self.files}
        for source, file in self._old.items():
            if source in named:
                self._report(source, Message("name-old.twin"), Message("name-old.twin-hint"))
            else:
                self._put(file)
                self._report(source, Message("name-old.file"), Message("name-old.file-hint"))

    def _hide(self, source: str, message: Message, hint: Message | None = None) -> None:
        self.unseen.append(source)
        self.is_blind = self.is_blind or kind_of(source) is FileKind.ENTRY
        self._report(source, message, hint)

    def _report(self, source: str, message: Message, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location_of(source), hint))


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
