"""A directory of published files in parts, each with one digest that shows whether its files changed."""

import errno
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

import sosik.systems as systems
from sosik.edition.plans import file_name
from sosik.file_names import spelled
from sosik.store import PartRow, ProjectedRow
from sosik.systems import last_change, number_of

FILE_MODE = 0o644


def part_of(document: str) -> str:
    """Return the part in which the files of a document are.

    There are 256, whatever the folders: those of article pages hold a file each, and one may hold all of a feed's.
    """
    return sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:2]


def file_path(document_path: str) -> PurePosixPath:
    """Return where a document lies below the output: `/feeds/` is the file `feeds/index.html`.

    Raises ValueError for a path that would leave the output.
    """
    return PurePosixPath(file_below(document_path))


def file_below(document_path: str) -> str:
    """Return the same as text, as the system takes it."""
    path = spelled(file_name(document_path))
    if path.startswith("/") or ".." in path.split("/") or "\0" in path:
        raise ValueError(f"{document_path!r} leaves the output")
    return path


def state_of(path: Path | str) -> str:
    """Return what identifies a file's state, empty where there is none.

    Any write moves its change time, whoever sets the other times back.
    """
    try:
        state = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        if error.errno == errno.EINVAL:  # no name on Windows
            return ""
        raise
    if systems.IS_WINDOWS:
        stamp = f"{number_of(state)}:{state.st_size}:{state.st_mtime_ns}:{last_change(state)}"
    else:
        # The same, for many files.
        stamp = f"{state.st_ino}:{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}"
    return stamp if is_readable(state) else f"{stamp}:private"


def is_readable(state: os.stat_result) -> bool:
    """Tell whether any web server may read a file: some were written with another umask."""
    return state.st_mode & FILE_MODE == FILE_MODE


def has_time(state: str, modified: int) -> bool:
    """Tell whether a file in a state was modified at an instant (seconds)."""
    return state.split(":")[2:3] == [f"{modified}000000000"]


def is_alike(state: str, written: str) -> bool:
    """Tell whether a file that is not as it was written has the time that we gave it, or holds nothing."""
    now, then = state.split(":"), written.split(":")
    return now[1:2] == ["0"] or (len(now) > 2 and now[2:3] == then[2:3])


def unlike(output: Path, parts: Iterable[PartRow]) -> set[str]:
    """Return the parts with a file that is not as it was left; each file is looked at, none is read."""
    top = os.fspath(output)
    return {
        row.part
        for row in parts
        if _signature(state_of(f"{top}/{spelled(file)}") for file in json.loads(row.files)) != row.signature
    }


def parts_of(output: str, parts: Iterable[str], rows: Iterable[ProjectedRow]) -> list[PartRow]:
    """Return parts of a directory as they are left, `rows` being all that is in them."""
    states: dict[str, dict[str, str]] = {part: {} for part in parts}
    for row in rows:
        states[row.part] |= files_of(row)
    return [
        PartRow(output, part, json.dumps(list(files), ensure_ascii=False), _signature(files.values()))
        for part, files in states.items()
    ]


def files_of(row: ProjectedRow) -> Mapping[str, str]:
    """Return the files of a document below the output, by their names in UTF-8, each with its state."""
    name = file_name(row.document)
    return {name: row.stamp, f"{name}.gz": row.packed} if row.packed else {name: row.stamp}


def is_torn(path: str, etag: str, *, is_packed: bool) -> bool:
    """Tell whether a file does not hold what a document's tag is the digest of; with `is_packed`, compressed."""
    import gzip  # after a start of the machine only

    try:
        with gzip.open(path) if is_packed else open(path, "rb") as stream:  # noqa: PTH123  # for both the same
            return not hashlib.file_digest(stream, "sha256").hexdigest().startswith(etag)
    except (OSError, EOFError, zlib.error):
        return True


def _signature(states: Iterable[str]) -> str:
    return sha256("\n".join(states).encode("ascii")).hexdigest()
