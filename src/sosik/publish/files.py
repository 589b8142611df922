"""An edition projected into a directory: each file replaced whole, what did not change left alone.

The directory then holds exactly the documents of the edition, and whatever else people keep there: only files that an
earlier projection wrote are ever removed.
"""

import gzip
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sosik.edition.plans import file_name
from sosik.errors import PublishError
from sosik.model.values import DocumentPath
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
        known = {row.document: row for row in store.projections.each(name)}
        packed = frozenset(filter(is_compressible, store.projections.media_types())) if compress else frozenset()
        gone = store.projections.gone(name)
        heads = _to_write(store, name, packed, _damaged(output, known.values(), gone))
        # First what must go: a folder may be needed where a file of the edition before stands.
        removed = _remove(output, _files_to_remove(gone, heads, known, packed))
        rows = [_bring(store, output, head, known.get(head.path), name=name, packed=packed) for head in heads]
        shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise PublishError(
            Message("publish.unwritable", file=str(error.filename or output), reason=error.strerror or "")
        ) from error
    changed = [row for row in rows if known.get(row.document) != row]
    if changed or gone:
        with store.transaction():
            store.projections.drop(gone)
            store.projections.put(changed)
    return _count(known, gone, changed, removed)


def _count(
    known: Mapping[DocumentPath, ProjectedRow],
    gone: Iterable[ProjectedRow],
    changed: Iterable[ProjectedRow],
    removed: int,
) -> Projection:
    """Return what a projection did in files, of which a document that is packed has two."""
    after = dict(known)
    for row in gone:
        del after[row.document]
    written = 0
    for row in changed:
        before = known.get(row.document) or ProjectedRow("", row.document, "", "")
        written += (row.etag, row.stamp) != (before.etag, before.stamp)
        written += bool(row.packed) and (row.etag, row.packed) != (before.etag, before.packed)
        after[row.document] = row
    files = sum(1 + bool(row.packed) for row in after.values())
    return Projection(written=written, removed=removed, unchanged=files - written)


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


def _zipped(path: PurePosixPath) -> PurePosixPath:
    return path.with_name(f"{path.name}.gz")


def _damaged(output: Path, known: Iterable[ProjectedRow], gone: Iterable[ProjectedRow]) -> Iterator[DocumentPath]:
    """Yield the documents whose files are not what was written; each file is looked at, none is read."""
    leaving = {row.document for row in gone}
    for row in known:
        file = f"{output}/{file_name(row.document)}"
        if row.document in leaving:
            continue
        if _stamp(file) != row.stamp or (row.packed and _stamp(f"{file}.gz") != row.packed):
            yield row.document


def _to_write(
    store: Store, output: str, packed: Collection[str], damaged: Iterable[DocumentPath]
) -> list[DocumentHead]:
    """Return the heads of the documents whose files are not what they should be, in the order of their paths."""
    heads: dict[str, DocumentHead] = {head.path: head for head in store.projections.differing(output, packed)}
    heads |= store.heads_at([path for path in damaged if path not in heads])
    return [heads[path] for path in sorted(heads)]


def _files_to_remove(
    gone: Iterable[ProjectedRow],
    heads: Iterable[DocumentHead],
    known: Mapping[DocumentPath, ProjectedRow],
    packed: Collection[str],
) -> Iterator[str]:
    """Yield the files of documents that are no more, and of those that are not packed any more."""
    for row in gone:
        yield str(file_path(row.document))
        if row.packed:
            yield str(_zipped(file_path(row.document)))
    for head in heads:
        if head.path in known and known[head.path].packed and head.media_type not in packed:
            yield str(_zipped(file_path(head.path)))


def _bring(
    store: Store, output: Path, head: DocumentHead, known: ProjectedRow | None, *, name: str, packed: Collection[str]
) -> ProjectedRow:
    """Make the files of a document what they should be and return its row; none is touched that already is."""
    path = file_path(head.path)
    etag, stamp, packed_stamp = (known.etag, known.stamp, known.packed) if known else ("", "", "")
    body = store.body(head.path)
    new_stamp = _brought(output, path, head, body, "" if etag != head.etag else stamp)
    new_packed = ""
    if head.media_type in packed:
        zipped = gzip.compress(body, 9, mtime=0)
        new_packed = _brought(output, _zipped(path), head, zipped, "" if etag != head.etag else packed_stamp)
    return ProjectedRow(output=name, document=head.path, etag=head.etag, stamp=new_stamp, packed=new_packed)


def _brought(output: Path, path: PurePosixPath, head: DocumentHead, body: bytes, known: str) -> str:
    """Make one file what it should be, unless its state is the `known` one, and return its state."""
    target = output / path
    if (stamp := _stamp(target)) and stamp == known:
        return stamp
    if not _holds(target, body, head.last_modified):
        _replace(target, body, head.last_modified, output / BESIDE)
    return _stamp(target)


def _stamp(path: Path | str) -> str:
    """Return what identifies a file's state; any write moves its change time, whoever sets the other times back."""
    try:
        state = os.lstat(path)
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
