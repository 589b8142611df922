"""Published feeds found in a folder of files."""

from collections.abc import Iterator
from pathlib import Path

from sosik.errors import PreviousError
from sosik.previous.documents import ATOM, JSON, MOST_BYTES, FeedDocuments


def in_folder(folder: Path) -> Iterator[FeedDocuments]:
    """Yield every feed below a folder, in the order of the paths. Raises `PreviousError`."""
    if not folder.is_dir():
        raise PreviousError(f"there is no folder {folder}.")
    try:
        for path in sorted(folder.rglob(JSON)):
            beside = path.with_name(ATOM)
            yield FeedDocuments(
                folder=path.parent.relative_to(folder).as_posix().removeprefix("."),
                place=str(path),
                json=_contents(path),
                atom=_contents(beside) if beside.exists() else b"",
                modified=int(path.stat().st_mtime),
            )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PreviousError(f"{error.filename}: {reason}.") from error


def _contents(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PreviousError(f"{path} has more than {MOST_BYTES:,} bytes; no feed of sosik's does.")
    return data
