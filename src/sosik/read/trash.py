"""Files in trash folders: a file moved there was deleted on purpose, so its entry need not wait."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from sosik.read.no_article import is_passed_over, is_trash
from sosik.systems import last_change

_MOST = 5_000
"""Files in trash folders that are looked at: some are never emptied."""


class LostFile(Struct, frozen=True):
    """A file that was in content/: its size in bytes, when it last changed (nanoseconds), the SHA-256 of its bytes."""

    source: str
    size: int
    changed: int
    digest: str


def in_trash(content: Path, lost: Iterable[LostFile]) -> set[str]:
    """Return, by their sources, the files whose very bytes lie in a trash folder of content/ or of a folder above it.

    They must have come there after the file last changed: what was restored by copying it has left its like behind.
    """
    wanted: dict[int, list[LostFile]] = {}
    for file in lost:
        if file.digest:
            wanted.setdefault(file.size, []).append(file)
    found: set[str] = set()
    if not wanted:
        return found
    for number, path in enumerate(_thrown_away(content.absolute())):
        if number >= _MOST:
            break
        found |= {file.source for file in _alike(path, wanted)}
    return found


def _alike(path: str, wanted: dict[int, list[LostFile]]) -> Iterator[LostFile]:
    from sosik.read.entry import digest  # of files that went to a trash folder

    try:
        stat = os.lstat(path)
        files = [file for file in wanted.get(stat.st_size, ()) if last_change(stat) >= file.changed]
        made = digest(Path(path).read_bytes()) if files else ""
    except OSError:
        return
    yield from (file for file in files if file.digest == made)


def _thrown_away(content: Path) -> Iterator[str]:
    """Yield the files of all trash folders in content/, and of those beside the folders that lead to it."""
    folders = [str(content)]
    while folders:
        for path, name in _subfolders(folders.pop()):
            if is_trash(f"{name}/"):
                yield from _files_below(path)
            elif not is_passed_over(name):
                folders.append(path)
    for above in content.parents:
        for path, name in _subfolders(str(above)):
            if is_trash(f"{name}/"):
                yield from _files_below(path)


def _subfolders(folder: str) -> list[tuple[str, str]]:
    try:
        with os.scandir(folder) as listed:
            return [(entry.path, entry.name) for entry in listed if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _files_below(folder: str) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        yield from (os.path.join(path, name) for name in names)  # noqa: PTH118  # a Path for each would cost more
