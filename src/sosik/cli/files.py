"""How commands write entry files: whole or not at all, and never over one that is there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sosik.dates.zones import zone_of
from sosik.durability import sync_folder, write_synced
from sosik.errors import SosikError, UnwritableError
from sosik.model import Publication
from sosik.systems import put_in_place
from sosik.words import Message


def now_of(publication: Publication | None = None) -> datetime:
    """Return the wall clock of the publication's zone."""
    return datetime.now(zone_of(publication.timezone if publication else "Asia/Seoul"))


def create(path: Path, text: str, *, synced: bool = True) -> None:
    """Write a new file, whole or not at all; one that is there is never overwritten.

    Of many files that can be made again none need be `synced`: brought to the disk before the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text, synced=synced) as written:
        try:
            _name_anew(written, path)
        except FileExistsError as error:
            raise SosikError(Message("cli.file-there", path=str(path))) from error


def read_text(path: Path) -> str:
    """Return the text of an entry file. Raises `SosikError` where it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SosikError(Message("cli.file-not-utf8", path=str(path))) from error


def rewrite(path: Path, change: Callable[[str], str]) -> bool:
    """Change an entry file, whole or not at all, also in a power cut; tell whether there was anything to change."""
    text = read_text(path)
    try:
        changed = change(text)
    except UnwritableError as error:
        raise UnwritableError(Message("cli.in-file", path=str(path), reason=error.message)) from error
    if changed != text:
        with _beside(path, changed) as written:
            written.chmod(path.stat().st_mode)
            put_in_place(written, path)
            sync_folder(path.parent)
    return changed != text


def _name_anew(written: Path, path: Path) -> None:
    """Give a finished file a name that is free. Raises `FileExistsError` where it is not, and `OSError`."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError, NotImplementedError):
        # Cards, sticks and network drives know one name for a file: the free one is taken, and then filled.
        path.open("x").close()
        try:
            put_in_place(written, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextmanager
def _beside(path: Path, text: str, *, synced: bool = True) -> Iterator[Path]:
    """Give a finished file beside `path`, and leave none behind."""
    written = path.with_name(f".{path.name[:60]}.new")
    try:
        if synced:
            write_synced(written, text.encode("utf-8"))
        else:
            written.write_bytes(text.encode("utf-8"))
        yield written
    finally:
        written.unlink(missing_ok=True)
