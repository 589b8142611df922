"""An edition projected into a directory: each file replaced whole, what did not change left alone.

The directory then holds exactly the documents of the edition, and whatever else people keep there: only files that an
earlier projection wrote are ever removed.
"""

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sosik.edition.plans import file_name
from sosik.errors import PublishError
from sosik.publish.policy import is_compressible
from sosik.store import DocumentHead, ProjectedRow, Store
from sosik.words import Message

BESIDE = ".sosik-new"
"""The folder, inside the output, where files are written before they are renamed into place."""

SOURCES = ("content", "feeds", ".sosik")
"""The folders of a publication into which nothing is published."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Projection:
    """What a projection did, in files."""

    written: int
    removed: int
    unchanged: int


def publish(store: Store, output: Path, *, compress: bool = False) -> Projection:
    """Project the store's edition into `output`; with `compress`, each text document also as FILE.gz.

    A file's modification time becomes the document's Last-Modified. Damaged and missing files are repaired. Raises
    `PublishError`, also for a folder that is not the documents' alone to fill; run again, it ends with the same bytes.
    """
    _refuse_the_sources(output, store.root)
    beside = output / BESIDE
    try:
        output.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        name = str(output.resolve())
        before = store.projection(name)
        heads = store.heads()
        wanted = {str(path) for path in _wanted(heads, compress=compress)}
        # First what must go: a folder may be needed where a file of the edition before stands.
        removed = _remove(output, before.keys() - wanted)
        files = _write_all(store, heads, output, before, compress=compress, name=name)
        shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise PublishError(
            Message("publish.unwritable", file=str(error.filename or output), reason=error.strerror or "")
        ) from error
    written = [file for file in files if before.get(file.path) != file]
    gone = [row for path, row in before.items() if path not in wanted]
    if written or gone:
        with store.transaction():
            store.put_projection(written, gone)
    return Projection(written=len(written), removed=removed, unchanged=len(files) - len(written))


def _refuse_the_sources(output: Path, root: Path | None) -> None:
    """Refuse a folder in which documents would mix with what they are made from, or publish the store."""
    if root is None:
        return
    inside, kept = output.resolve(), root.resolve()
    taken = [kept / name for name in SOURCES]
    if inside == kept or kept.is_relative_to(inside) or any(inside.is_relative_to(folder) for folder in taken):
        raise PublishError(Message("publish.not-alone", folder=str(output)))


def file_path(document_path: str) -> PurePosixPath:
    """Return where a document lies below the output: `/feeds/` is the file `feeds/index.html`.

    Raises ValueError for a path that would leave the output.
    """
    path = PurePosixPath(file_name(document_path))
    if path.is_absolute() or ".." in path.parts or "\0" in document_path:
        raise ValueError(f"{document_path!r} leaves the output")
    return path


def _wanted(heads: Iterable[DocumentHead], *, compress: bool) -> Iterator[PurePosixPath]:
    """Yield every file that the output is to hold."""
    for head in heads:
        path = file_path(head.path)
        yield path
        if compress and is_compressible(head.media_type):
            yield _zipped(path)


def _zipped(path: PurePosixPath) -> PurePosixPath:
    return path.with_name(f"{path.name}.gz")


def _write_all(
    store: Store,
    heads: Iterable[DocumentHead],
    output: Path,
    before: Mapping[str, ProjectedRow],
    *,
    compress: bool,
    name: str,
) -> list[ProjectedRow]:
    files = []
    for document in heads:
        path = file_path(document.path)
        files.append(_bring(store, output, path, document, before, name=name, zipped=False))
        if compress and is_compressible(document.media_type):
            files.append(_bring(store, output, _zipped(path), document, before, name=name, zipped=True))
    return files


def _bring(
    store: Store,
    output: Path,
    path: PurePosixPath,
    document: DocumentHead,
    before: Mapping[str, ProjectedRow],
    *,
    name: str,
    zipped: bool,
) -> ProjectedRow:
    """Make one file what it should be and return its row; the file is not touched when it already is."""
    target = output / path
    known = before.get(str(path))
    if known is not None and known.etag == document.etag and known.stamp == _stamp(target):
        return known
    body = store.body(document.path)
    if zipped:
        body = gzip.compress(body, 9, mtime=0)
    if not _holds(target, body, document.last_modified):
        _replace(target, body, document.last_modified, output / BESIDE)
    return ProjectedRow(output=name, path=str(path), etag=document.etag, stamp=_stamp(target))


def _stamp(path: Path) -> str:
    """Return what identifies a file's state; any write moves its change time, whoever sets the other times back."""
    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return f"{state.st_ino}:{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}"


def _holds(target: Path, body: bytes, modified: int) -> bool:
    """Tell whether a file already is what it should be: bytes and modification time (seconds)."""
    try:
        state = target.lstat()
        if target.is_symlink() or state.st_size != len(body) or state.st_mtime_ns != modified * 10**9:
            return False
        return target.read_bytes() == body
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _replace(target: Path, body: bytes, modified: int, beside: Path) -> None:
    """Put a file in place whole: written beside, stamped, renamed."""
    beside.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = beside / "document"
    new.write_bytes(body)
    os.utime(new, (modified, modified))
    new.replace(target)


def _remove(output: Path, paths: Iterable[str]) -> int:
    """Remove files that an earlier projection wrote, and the folders that this leaves empty."""
    removed = 0
    for path in sorted(paths):
        target = output / path
        if target.is_file() or target.is_symlink():
            target.unlink()
            removed += 1
        for parent in target.parents:
            if parent == output or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed
