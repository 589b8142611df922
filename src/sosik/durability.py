"""Durable writes: syncs bytes and names to the disk, for a power cut."""

import errno
import os
from functools import cache
from pathlib import Path

from sosik.systems import IS_WINDOWS, OPENED

_BOOT = Path("/proc/sys/kernel/random/boot_id")

_REFUSED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF, errno.EISDIR})
"""What file systems answer that do not bring folders to the disk by themselves: those of networks, most of all."""


@cache
def boot() -> str:
    """Return what tells this start of the machine from others; nothing where the system does not say."""
    try:
        return _BOOT.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


_AT_ONCE = 8
"""How many files are brought to the disk together: file systems do that in one go for all who wait."""


def write_synced(path: Path, body: bytes) -> None:
    """Write a file and bring its bytes to the disk; its name is there once its folder is. Raises `OSError`."""
    with path.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Bring to the disk which names a folder holds, as far as its file system can be asked to. Raises `OSError`."""
    try:
        sync_file(folder)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise


def sync_file(path: Path) -> None:
    """Bring the bytes of a file to the disk. Raises `OSError`."""
    # Windows brings only those to the disk that are opened to be written, and no folder at all.
    handle = os.open(path, (os.O_RDWR if IS_WINDOWS else os.O_RDONLY) | OPENED)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Unsynced:
    """Files, and folders in which names came or went, to be brought to the disk together: each once."""

    def __init__(self) -> None:
        self._files: set[Path] = set()
        self._folders: set[Path] = set()

    def note(self, *folders: Path) -> None:
        """Note folders in which a name came or went."""
        self._folders.update(folders)

    def note_file(self, path: Path) -> None:
        """Note a file whose bytes and name are to be on the disk."""
        self._files.add(path)
        self._folders.add(path.parent)

    def taken(self) -> set[Path]:
        """Return the folders that were noted, and know them no longer."""
        folders, self._folders = self._folders, set()
        return folders

    def make(self, folder: Path) -> list[Path]:
        """Make a folder and those it lies in, note where their names stand, and return those that were not there."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            self.note(one.parent)
        return missing

    def sync(self) -> None:
        """Bring all of it to the disk; of a folder that is gone, the one in which it was. Raises `OSError`."""
        for sync, paths in ((sync_file, self._files), (sync_folder, {_there(folder) for folder in self._folders})):
            if len(paths) > 1:
                # Takes as long to import as a commit: most builds bring nothing but the store to the disk.
                from concurrent.futures import ThreadPoolExecutor

                with ThreadPoolExecutor(_AT_ONCE) as together:
                    list(together.map(sync, sorted(paths)))
            else:
                list(map(sync, paths))
        self._files.clear()
        self._folders.clear()


def _there(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_dir())
