"""Published feeds found in a folder of files."""

from collections.abc import Iterator
from pathlib import Path

from sosik.errors import PreviousError
from sosik.model.values import Seconds
from sosik.previous.documents import ATOM, JSON, MOST_BYTES, FeedDocuments, is_alias
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
            )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PreviousError(Message("previous.unreadable", file=str(error.filename), reason=reason)) from error


def _contents(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PreviousError(Message("previous.too-large", path=str(path), most=f"{MOST_BYTES:,}"))
    return data
