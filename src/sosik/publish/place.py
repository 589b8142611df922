"""A directory of published files: each put in place whole, brought to the disk where that is wanted."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
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
        self.is_durable = is_durable
        # Paths as text: of a first projection, making paths took as long as making files.
        self._top = os.fspath(output)
        self._beside = f"{self._top}/{BESIDE}"
        self._changed = Unsynced()
        self._known: set[str] = set()

    def prepare(self) -> None:
        """Make the directory, and remove what a projection that was killed left. Raises `OSError`."""
        self._need(self._top)
        _remove_folder(Path(self._beside))

    def put(self, path: str, pieces: Iterable[bytes], modified: int) -> None:
        """Put a file in place whole: written beside, stamped (seconds), renamed. Raises `OSError`."""
        # Several processes may write at once, each one file.
        target, new = self.at(path), f"{self._beside}/document-{os.getpid()}"
        with self._opened(new) as stream:
            stream.writelines(pieces)
            # As with most umasks.
            is_open_to_all = S_IMODE(os.fstat(stream.fileno()).st_mode) == FILE_MODE
            if self.is_durable:
                stream.flush()
                os.fsync(stream.fileno())
        if not is_open_to_all:
            _open_to_all(new, FILE_MODE)
        os.utime(new, (modified, modified))
        folder = target.rpartition("/")[0]
        self._need(folder)
        try:
            put_in_place(new, target)
        except FileNotFoundError:
            self._need_anew(folder)
            put_in_place(new, target)
        if self.is_durable:
            self._changed.note(Path(folder))

    def _opened(self, new: str) -> BinaryIO:
        """Return a new file beside the others, opened."""
        self._need(self._beside)
        try:
            return open(new, "wb")  # noqa: PTH123  # a path as text
        except FileNotFoundError:
            self._need_anew(self._beside)
            return open(new, "wb")  # noqa: PTH123

    def _need(self, folder: str) -> None:
        """Make a folder, and those it lies in, unless they were made or seen before.

        Any web server may read them, whatever the umask.
        """
        if folder in self._known:
            return
        if folder == self._top:
            for one in (self._changed if self.is_durable else Unsynced()).make(self.output):
                _open_to_all(one, FOLDER_MODE)
        else:
            above = folder.rpartition("/")[0]
            self._need(above)
            if _is_made(folder):
                _open_to_all(folder, FOLDER_MODE)
                if self.is_durable:
                    self._changed.note(Path(above))
        self._known.add(folder)

    def _need_anew(self, folder: str) -> None:
        """Make a folder that somebody has removed since it was made or seen."""
        self._known.clear()
        self._need(folder)

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
            self._known.discard(os.fspath(parent))
            self._changed.note(parent.parent)
        return is_there

    def at(self, path: str) -> str:
        """Return where a file lies that is to be put at a path."""
        return f"{self._top}/{path}"

    def taken(self) -> list[str]:
        """Return the folders in which a name came or went, which whoever takes them is to bring to the disk."""
        return list(map(os.fspath, self._changed.taken()))

    def note(self, folders: Iterable[str]) -> None:
        """Note folders that another process took: they are brought to the disk with those of this one."""
        self._changed.note(*map(Path, folders))

    def note_way(self, path: str) -> None:
        """Note the folders on the way to a file: another process may have made them, and ended before it told."""
        while self.is_durable and path:
            path = path.rpartition("/")[0]
            self._changed.note(Path(self.at(path)))

    def sync(self) -> None:
        """Bring to the disk what was removed, and all that was put in place where that is wanted. Raises `OSError`."""
        _remove_folder(Path(self._beside))
        self._changed.sync()


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


def _is_made(folder: str) -> bool:
    """Make a folder where it is missing, and tell whether it was."""
    try:
        os.mkdir(folder, FOLDER_MODE)  # noqa: PTH102  # a path as text
    except FileExistsError:
        return False
    return True


def _open_to_all(path: Path | str, mode: int) -> None:
    # Some file systems have one mode for all, and refuse any other.
    with suppress(PermissionError):
        os.chmod(path, mode)  # noqa: PTH101  # a path as text
