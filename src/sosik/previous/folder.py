"""Published feeds found in a folder of files."""

from collections.abc import Iterator
from pathlib import Path

from sosik.errors import PreviousError
from sosik.model.values import Seconds
from sosik.previous.documents import ATOM, JSON, MOST_BYTES, RSS, FeedDocuments, is_alias
from sosik.previous.memory import MOST_BYTES as MOST_MEMORY
from sosik.previous.memory import NAME as MEMORY_NAME
from sosik.previous.memory import Memory, read_memory
from sosik.reasons import reason_of
from sosik.words import Message


def in_folder(folder: Path) -> Iterator[FeedDocuments]:
    """Yield every feed below a folder, in the order of the paths. Raises `PreviousError`."""
    if not folder.is_dir():
        raise PreviousError(Message("previous.no-folder", folder=str(folder)))
    try:
        for path in sorted(folder.rglob(JSON)):
            beside, body = path.with_name(ATOM), _contents(path)
            if is_alias(body):
                continue
            yield FeedDocuments(
                folder=path.parent.relative_to(folder).as_posix().removeprefix("."),
                place=str(path),
                json=body,
                atom=_contents(beside) if beside.exists() else b"",
                modified=Seconds(int(path.stat().st_mtime)),
                rss=_contents(path.with_name(RSS)) if path.with_name(RSS).is_file() else b"",
            )
    except OSError as error:
        reason = reason_of(error)
        raise PreviousError(Message("previous.unreadable", file=str(error.filename), reason=reason)) from error


def memory_in_folder(folder: Path, pages: str) -> Memory | None:
    """Return what was left beside the feeds below a folder, None where nothing was. Raises `PreviousError`.

    `pages` may have been another path then: the one file of that name is taken, wherever it lies.
    """
    path = folder / pages.strip("/") / MEMORY_NAME
    try:
        if path.is_file():
            return read_memory(_contents(path, MOST_MEMORY), str(path))
        found = list(filter(None, map(_memory_of_ours, sorted(folder.rglob(MEMORY_NAME)))))
    except OSError as error:
        reason = reason_of(error)
        raise PreviousError(Message("previous.unreadable", file=str(path), reason=reason)) from error
    return found[0] if len(found) == 1 else None


def _memory_of_ours(path: Path) -> Memory | None:
    """Return what a file tells, None for one of another program."""
    try:
        return read_memory(_contents(path, MOST_MEMORY), str(path))
    except PreviousError:
        return None


def _contents(path: Path, most: int = MOST_BYTES) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise PreviousError(Message("previous.too-large", path=str(path), most=f"{most:,}"))
    return data
