"""A disk in the hands of a power cut: what a program asked of it, and what is left of that.

The system calls of a real run are recorded by strace and replayed here. A file's bytes are on the disk once the file
was synced, a name once its folder was; so says POSIX, and file systems mostly do better.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

CALLS = (
    "openat,write,pwrite64,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,"
    "utimensat,fsync,fdatasync"
)

_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (\d+)(?:<(.*)>)?$")
_RESUMED = re.compile(r" *<\.\.\. \w+ resumed>(.*)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_SECONDS = re.compile(r"tv_sec=(\d+)")
_FILE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")


def record(script: str, folder: Path, log: Path) -> list[tuple[str, list[str], str]]:
    """Run a script of Python in a folder, and return what it asked of the disk: calls, arguments, what came back."""
    command: list[str | Path] = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "100000000",
        "--seccomp-bpf",
        "-o",
        log,
        "-e",
        f"trace={CALLS}",
    ]
    subprocess.run([*command, sys.executable, "-B", "-c", script], cwd=folder, check=True, capture_output=True)
    found = map(_LINE.match, _whole(log.read_text("ascii").splitlines()))
    return [(line[1], _arguments(line[2]), line[4] or "") for line in found if line]


def _whole(lines: list[str]) -> Iterator[str]:
    """Yield calls whole, when they came back: of several threads strace writes one that waits in two lines."""
    begun: dict[str, str] = {}
    for line in lines:
        process, _, rest = line.partition(" ")
        if rest.endswith(" <unfinished ...>"):
            begun[process] = line.removesuffix(" <unfinished ...>")
        elif resumed := _RESUMED.match(rest):
            yield begun.pop(process) + resumed[1]
        else:
            yield line


def _arguments(text: str) -> list[str]:
    return text.split(", ")


@dataclass(eq=False)
class File:
    """The bytes of a file as programs see them, and those that are on the disk; the time that it was given."""

    seen: bytearray = field(default_factory=bytearray)
    kept: bytes = b""
    modified: int = 0


@dataclass
class Disk:
    """The files below `root` as programs see them, and as they are on the disk; None is a folder.

    What lies in the folders of `safe` is on the disk at once. With `rests`, the system has brought everything there,
    unasked, by the time that the program makes a folder of that name.
    """

    root: Path
    safe: tuple[str, ...]
    rests: str = ""
    seen: dict[PurePosixPath, File | None] = field(default_factory=dict)
    kept: dict[PurePosixPath, File | None] = field(default_factory=dict)
    places: dict[tuple[str, PurePosixPath], int] = field(default_factory=dict)

    def find(self) -> None:
        """Take what lies below the root for what is there, and on the disk."""
        for path in sorted(self.root.rglob("*")):
            body = b"" if path.is_dir() else path.read_bytes()
            file = None if path.is_dir() else File(bytearray(body), body)
            name = PurePosixPath(path.relative_to(self.root))
            self.seen[name] = self.kept[name] = file

    def files(self, folder: str) -> Iterator[tuple[str, File]]:
        """Yield the files below a folder as programs see them, by their names there."""
        for path, file in self.seen.items():
            if file is not None and path.is_relative_to(folder):
                yield str(path.relative_to(folder)), file

    def replay(self, calls: list[tuple[str, list[str], str]]) -> Iterator[str]:
        """Do again what was recorded; yield before every sync, and once at the end, what is about to be synced."""
        for name, arguments, came in calls:
            if name in ("fsync", "fdatasync"):
                path = self._path(_FILE, arguments[0], 2)
                if path is not None:
                    yield f"{name} {path}"
                    self._sync(path)
                continue
            self._do(name, arguments, came)
        yield "the end"

    def _do(self, name: str, arguments: list[str], came: str) -> None:
        if name in ("write", "pwrite64", "ftruncate"):
            self._write(name, arguments)
            return
        paths = self._named(arguments)
        if name == "openat" and "O_CREAT" in arguments[2]:
            path = self._path(_FILE, f"0<{came}>", 2)
            file = self.seen.setdefault(path, File()) if path is not None else None
            if file is not None and "O_TRUNC" in arguments[2]:
                file.seen.clear()
            self.places = {key: place for key, place in self.places.items() if key[1] != path}
        if name == "utimensat" and (file := self.seen.get(paths[0]) if paths else None) is not None:
            file.modified = int(_SECONDS.findall(", ".join(arguments))[-1])
        if name.startswith("mkdir") and paths:
            if str(paths[-1]) == self.rests:
                self._bring_all()
            self.seen[paths[-1]] = None
        if name.startswith(("unlink", "rmdir")) and paths:
            self.seen.pop(paths[-1], None)
        if name.startswith("rename") and len(paths) == 2:
            self.seen[paths[1]] = self.seen.pop(paths[0])
        if name.startswith("link") and len(paths) == 2:
            self.seen[paths[1]] = self.seen[paths[0]]

    def _write(self, name: str, arguments: list[str]) -> None:
        path = self._path(_FILE, arguments[0], 2)
        file = self.seen.get(path) if path is not None else None
        if path is None or file is None:
            return
        if name == "ftruncate":
            length = int(arguments[1])
            file.seen[length:] = bytes(max(0, length - len(file.seen)))
            return
        body = bytes.fromhex(arguments[1].strip('"').replace("\\x", ""))
        key = (arguments[0].partition("<")[0], path)
        place = int(arguments[3]) if name == "pwrite64" else self.places.get(key, 0)
        file.seen.extend(bytes(max(0, place - len(file.seen))))
        file.seen[place : place + len(body)] = body
        if name == "write":
            self.places[key] = place + len(body)

    def _sync(self, path: PurePosixPath) -> None:
        file = self.seen.get(path)
        if file is not None:
            file.kept = bytes(file.seen)
            return
        for name in {*self.seen, *self.kept}:
            if name.parent == path and name != path:
                if name in self.seen:
                    self.kept[name] = self.seen[name]
                else:
                    self.kept.pop(name, None)

    def _bring_all(self) -> None:
        for file in self.seen.values():
            if file is not None:
                file.kept = bytes(file.seen)
        self.kept = dict(self.seen)

    def _named(self, arguments: list[str]) -> list[PurePosixPath]:
        """Return the paths that a call names below the root, some of them seen from an open folder."""
        paths = []
        for before, text in zip(["", *arguments], arguments, strict=False):
            if _TEXT.fullmatch(text):
                folder = self._path(_FILE, before, 2) or PurePosixPath()
                path = self._path(_TEXT, text, 1)
                paths += [] if path is None else [folder / path]
        return paths

    def _path(self, pattern: re.Pattern[str], text: str, group: int) -> PurePosixPath | None:
        """Return the path that an argument names, seen from the root; None for one elsewhere."""
        found = pattern.match(text)
        if not found:
            return None
        path = self.root / bytes.fromhex(found[group].replace("\\x", "")).decode().removesuffix(" (deleted)")
        return PurePosixPath(path.relative_to(self.root)) if path.is_relative_to(self.root) else None

    # --- what a power cut leaves

    def left(self, names: Mapping[PurePosixPath, File | None], body: Callable[[File], bytes], into: Path) -> None:
        """Write what is left: these names, as far as their folders are there, each file with what is its body."""
        into.mkdir()
        mine = {path: file for path, file in names.items() if path.parts[:1] and path.parts[0] not in self.safe}
        safe = {path: file for path, file in self.seen.items() if path.parts[:1] and path.parts[0] in self.safe}
        for path, file in sorted({**mine, **safe}.items()):
            target = into / path
            if file is None:
                if target.parent.is_dir():
                    target.mkdir()
            elif target.parent.is_dir() and not path.name.endswith("-shm"):
                target.write_bytes(file.seen if path in safe else body(file))
                if file.modified:
                    os.utime(target, (file.modified, file.modified))

    def nothing(self, into: Path) -> None:
        """Leave nothing that was not synced."""
        self.left(self.kept, lambda file: file.kept, into)

    def names(self, into: Path) -> None:
        """Leave all names, and of their files the bytes that were synced."""
        self.left(self.seen, lambda file: file.kept, into)

    def zeros(self, into: Path) -> None:
        """Leave all names and lengths, with zeros where bytes were not synced."""
        self.left(self.seen, lambda file: file.kept[: len(file.seen)].ljust(len(file.seen), b"\0"), into)
