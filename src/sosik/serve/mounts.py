"""Finds folders on file systems that do not report changes from elsewhere (Linux; proc_pid_mountinfo(5))."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from sosik.patterns import pattern

MOUNTS = Path("/proc/self/mountinfo")

_WITHOUT_NOTICES = pattern(
    r"nfs\d?|cifs|smb\d?|smbfs|afs|ceph|glusterfs|lustre|gpfs|beegfs|orangefs|ocfs2|gfs2|davfs|ncpfs|coda"  # a network
    r"|9p|virtiofs|vboxsf|prl_fs|vmhgfs|drvfs|grpcfuse|osxfs|fakeowner"  # the machine around this one
    r"|overlay|overlayfs|aufs|unionfs"  # what lies below may change
    r"|fuse(?:\..*)?"  # whatever a program makes of it: sshfs, rclone, Docker Desktop
)
"""File systems of which a part may change without this machine having a hand in it."""

_ESCAPE = pattern(rb"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """Where a file system is mounted, and its type."""

    place: str
    type: str


def mounts(table: Path = MOUNTS) -> list[Mount]:
    """Return what is mounted, the last one on top; nothing where the system does not say."""
    try:
        lines = table.read_bytes().splitlines()
    except OSError:
        return []
    return [*filter(None, map(_mount, lines))]


def without_notices(folders: Iterable[Path], table: Iterable[Mount]) -> dict[str, str]:
    """Return the folders of which changes may go unnoticed, each with the type of the file system that it lies on.

    That is also so where such a file system is mounted somewhere below a folder.
    """
    found = {}
    known = [*table]
    for folder in folders:
        types = [mount.type for mount in _seen(os.path.realpath(folder), known)]
        silent = next(filter(_WITHOUT_NOTICES.fullmatch, types), "")
        if silent:
            found[str(folder)] = silent
    return found


def _seen(folder: str, known: Iterable[Mount]) -> Iterator[Mount]:
    """Yield the file system that a folder lies on, and those that are mounted below it."""
    around = [mount for mount in known if _is_below(folder, mount.place)]
    if around:
        yield max(enumerate(around), key=lambda one: (len(one[1].place), one[0]))[1]
    yield from (mount for mount in known if mount.place != folder and _is_below(mount.place, folder))


def _is_below(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _mount(line: bytes) -> Mount | None:
    """Return what a line of the table tells; the optional fields before the type end with a hyphen."""
    fields, _, rest = line.partition(b" - ")
    parts = fields.split()
    if len(parts) < 5 or not rest:
        return None
    place = _ESCAPE.sub(lambda octal: bytes([int(octal[1], 8)]), parts[4])
    return Mount(os.fsdecode(place), os.fsdecode(rest.split()[0]))
