"""A directory of published files: each put in place whole, brought to the disk where that is wanted."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sosik.durability import Unsynced
from sosik.publish.parts import FILE_MODE, is_readable
from sosik.systems import put_in_place

BESIDE = ".sosik-new"
"""The folder, inside the output, where files are written before they are renamed into place."""

FOLDER_MODE = 0o755


class Place:
    """The directory `output`; with `is_durable`, what is put there is on the disk once that was asked for (`sync`).

    What is removed always is: nobody would know it for ours if it came back.
    """

    def __init__(self, output: Path, *, is_durable: bool = False) -> None:
        self.output = output
        self._is_durable = is_durable
        self._beside = output / BESIDE
        self._changed = Unsynced()
        self._known: set[Path] = set()

    def prepare(self) -> None:
        """Make the directory, and remove what a projection that was killed left. Raises `OSError`."""
        self._make(self.output)
        _remove_folder(self._beside)

    def put(self, path: PurePosixPath, pieces: Iterable[bytes], modified: int) -> None:
        """Put a file in place whole: written beside, stamped (seconds), renamed. Raises `OSError`."""
        from threading import get_ident  # most builds write nothing

        # Several threads may write at once, each one file.
        target, new = self.output / path, self._beside / f"document-{get_ident()}"
        with self._opened(new) as stream:
            stream.writelines(pieces)
            if self._is_durable:
                stream.flush()
                os.fsync(stream.fileno())
        _open_to_all(new, FILE_MODE)
        os.utime(new, (modified, modified))
        self._need(target.parent)
        try:
            put_in_place(new, target)
        except FileNotFoundError:
            # Somebody has removed the folder since it was made or seen.
            self._make(target.parent)
            put_in_place(new, target)
        if self._is_durable:
            self._changed.note(target.parent)

    def _opened(self, new: Path) -> BinaryIO:
        """Return a new file beside the others, opened."""
        self._need(new.parent)
        try:
            return new.open("wb")
        except FileNotFoundError:
            self._make(new.parent)
            return new.open("wb")

    def _need(self, folder: Path) -> None:
        """Make a folder unless it was made or seen before."""
        if folder not in self._known:
            self._make(folder)
            self._known.add(folder)

    def remove(self, path: str, *, with_file: bool) -> bool:
        """Remove a file, and the folders that are left empty; tell whether there was one. Raises `OSError`."""
        target = self.output / path
        is_there = with_file and (target.is_file() or target.is_symlink())
        if is_there:
            target.unlink()
            self._changed.note(target.parent)
        for parent in target.parents:
            if parent == self.output or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
            self._known.discard(parent)
            self._changed.note(parent.parent)
        return is_there

    def sync(self) -> None:
        """Bring to the disk what was removed, and all that was put in place where that is wanted. Raises `OSError`."""
        _remove_folder(self._beside)
        self._changed.sync()

    def _make(self, folder: Path) -> None:
        """Make a folder, and those it lies in, such that any web server may read them, whatever the umask."""
        made = Unsynced() if not self._is_durable else self._changed
        for one in made.make(folder):
            _open_to_all(one, FOLDER_MODE)


def _remove_folder(folder: Path) -> None:
    """Remove a folder if it is there: as a rule it is empty, for whatever was put into it was put in place."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError:
        from shutil import rmtree  # what a projection left that was killed

        rmtree(folder, ignore_errors=True)


def holds(target: Path, body: bytes, modified: int) -> bool:
    """Tell whether a file already is what it should be: bytes and modification time (seconds)."""
    try:
        state = target.lstat()
        is_same = state.st_size == len(body) and state.st_mtime_ns == modified * 10**9
        if target.is_symlink() or not is_same or not is_readable(state):
            return False
        return target.read_bytes() == body
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _open_to_all(path: Path, mode: int) -> None:
    # Some file systems have one mode for all, and refuse any other.
    with suppress(PermissionError):
        path.chmod(mode)
