"""What outlives a power cut: bytes and names that the system was asked to bring to the disk before it went on."""

import errno
import os
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")

_REFUSED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF, errno.EISDIR})
"""What file systems answer that do not bring folders to the disk by themselves: those of networks, most of all."""


@cache
def boot() -> str:
    """Return what tells this start of the machine from others; nothing where the system does not say."""
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def write_synced(path: Path, body: bytes) -> None:
    """Write a file and bring its bytes to the disk; its name is there once its folder is. Raises `OSError`."""
    with path.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Bring to the disk which names a folder holds, as far as its file system can be asked to. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
    finally:
        os.close(handle)


class Folders:
    """The folders in which names came or went, to be brought to the disk together: each once, however many names."""

    def __init__(self) -> None:
        self._folders: set[Path] = set()

    def note(self, *folders: Path) -> None:
        """Note folders in which a name came or went."""
        self._folders.update(folders)

    def make(self, folder: Path) -> list[Path]:
        """Make a folder and those it lies in, note where their names stand, and return those that were not there."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(exist_ok=True)
            self.note(one.parent)
        return missing

    def sync(self) -> None:
        """Bring all of them to the disk; of one that is gone, the folder in which it was. Raises `OSError`."""
        for folder in sorted({_there(folder) for folder in self._folders}):
            sync_folder(folder)
        self._folders.clear()


def _there(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_dir())
