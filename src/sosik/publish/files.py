"""An edition projected into a directory: each file replaced whole, what did not change left alone.

The directory then holds exactly the documents of the edition, and whatever else people keep there: only files that an
earlier projection wrote are ever removed.
"""

import gzip
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sosik.errors import PublishError
from sosik.file_names import name_of, spelled
from sosik.publish.parts import file_path, files_of, has_time, part_of, parts_of, state_of, unlike
from sosik.publish.policy import is_compressible
from sosik.store import DocumentHead, OutputRow, ProjectedRow, Store
from sosik.version import __version__
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What a projection has to do in the directory of `output`.

    The files of `heads` are to be brought to their documents, those of `gone` to be removed. `known` is what was
    written into `parts` of the directory, the only ones that are touched; in the others are `untouched` files.
    """

    output: OutputRow
    heads: Sequence[DocumentHead]
    gone: Sequence[ProjectedRow]
    known: Mapping[str, ProjectedRow]
    parts: Collection[str]
    untouched: int


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
        task = _task(store, output, compress=compress)
        known, name = task.known, task.output.path
        # First what must go: a folder may be needed where a file of the edition before stands.
        removed = _remove(output, _files_to_remove(task, compress=compress))
        rows = [_bring(store, output, head, known.get(head.path), name=name, compress=compress) for head in task.heads]
        shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise PublishError(
            Message("publish.unwritable", file=str(error.filename or output), reason=error.strerror or "")
        ) from error
    changed = [row for row in rows if known.get(row.document) != row]
    after = {**known, **_by_document(changed)}
    for row in task.gone:
        del after[row.document]
    if task.parts:
        parts = parts_of(name, task.parts, after.values())
        with store.transaction():
            store.projections.keep(task.output, gone=task.gone, rows=changed, parts=parts)
    written = sum(_written(row, known.get(row.document)) for row in changed)
    files = task.untouched + sum(1 + bool(row.packed) for row in after.values())
    return Projection(written=written, removed=removed, unchanged=files - written)


def _written(row: ProjectedRow, before: ProjectedRow | None) -> int:
    """Return how many files of a document were written, of which one that is packed has two."""
    etag, stamp, packed = (before.etag, before.stamp, before.packed) if before else ("", "", "")
    plain = (row.etag, row.stamp) != (etag, stamp)
    return plain + (bool(row.packed) and (row.etag, row.packed) != (etag, packed))


def _task(store: Store, output: Path, *, compress: bool) -> Task:
    """Return what is to be done. Of what was written only that is read of which a file may have to be written again."""
    place = OutputRow(name_of(str(output.resolve())), f"{__version__} gzip" if compress else __version__)
    projections, parts = store.projections, store.projections.parts(place.path)
    if projections.made(place.path) == place.made:
        stale = projections.stale(place.path)
        touched = unlike(output, parts).union(map(part_of, stale))
        known = _by_document(projections.rows(place.path, touched))
        damaged = set(_damaged(output, known.values()))
        asked = damaged.union(stale)
        heads = store.heads_at(asked)
    else:
        known = _by_document(projections.rows(place.path))
        damaged = set(_damaged(output, known.values()))
        heads = {head.path: head for head in store.heads()}
        asked = known.keys() | heads.keys()
        touched = set(map(part_of, asked))
    outdated = {path for path, head in heads.items() if _is_outdated(head, known.get(head.path), compress=compress)}
    return Task(
        output=place,
        heads=[heads[path] for path in sorted(outdated | (damaged & heads.keys()))],
        gone=[known[path] for path in sorted(asked - heads.keys()) if path in known],
        known=known,
        parts=touched,
        untouched=sum(len(json.loads(row.files)) for row in parts if row.part not in touched),
    )


def _by_document(rows: Iterable[ProjectedRow]) -> dict[str, ProjectedRow]:
    return {row.document: row for row in rows}


def _is_outdated(head: DocumentHead, row: ProjectedRow | None, *, compress: bool) -> bool:
    """Tell whether what was written is not what a document is now."""
    return row is None or not _is_of(row, head) or bool(row.packed) != _is_packed(head, compress=compress)


def _is_of(row: ProjectedRow, head: DocumentHead) -> bool:
    """Tell whether a file was written with the bytes and the time that a document has now."""
    return row.etag == head.etag and has_time(row.stamp, head.last_modified)


def _is_packed(head: DocumentHead, *, compress: bool) -> bool:
    """Tell whether a document has a FILE.gz."""
    return compress and is_compressible(head.media_type)


def _refuse_the_sources(output: Path, root: Path | None) -> None:
    """Refuse a folder in which documents would mix with what they are made from, or publish the store."""
    if root is None:
        return
    inside, kept = output.resolve(), root.resolve()
    taken = [kept / name for name in SOURCES]
    if inside == kept or kept.is_relative_to(inside) or any(inside.is_relative_to(folder) for folder in taken):
        raise PublishError(Message("publish.not-alone", folder=str(output)))


def _zipped(path: PurePosixPath) -> PurePosixPath:
    return path.with_name(f"{path.name}.gz")


def _damaged(output: Path, known: Iterable[ProjectedRow]) -> Iterator[str]:
    """Yield the documents whose files are not what was written; each file is looked at, none is read."""
    top = os.fspath(output)
    for row in known:
        if any(state_of(f"{top}/{spelled(file)}") != state for file, state in files_of(row).items()):
            yield row.document


def _files_to_remove(task: Task, *, compress: bool) -> Iterator[str]:
    """Yield the files of documents that are no more, and of those that are not packed any more."""
    for row in task.gone:
        yield from map(spelled, files_of(row))
    for head in task.heads:
        if head.path in task.known and task.known[head.path].packed and not _is_packed(head, compress=compress):
            yield str(_zipped(file_path(head.path)))


def _bring(
    store: Store, output: Path, head: DocumentHead, known: ProjectedRow | None, *, name: str, compress: bool
) -> ProjectedRow:
    """Make the files of a document what they should be and return its row; none is touched that already is."""
    path = file_path(head.path)
    stamp, packed_stamp = (known.stamp, known.packed) if known and _is_of(known, head) else ("", "")
    body = store.body(head.path)
    new_stamp = _brought(output, path, head, body, stamp)
    new_packed = ""
    if _is_packed(head, compress=compress):
        zipped = gzip.compress(body, 9, mtime=0)
        new_packed = _brought(output, _zipped(path), head, zipped, packed_stamp)
    return ProjectedRow(name, part_of(head.path), head.path, head.etag, new_stamp, new_packed)


def _brought(output: Path, path: PurePosixPath, head: DocumentHead, body: bytes, known: str) -> str:
    """Make one file what it should be, unless its state is the `known` one, and return its state."""
    target = output / path
    if (stamp := state_of(target)) and stamp == known:
        return stamp
    if not _holds(target, body, head.last_modified):
        _replace(target, body, head.last_modified, output / BESIDE)
    return state_of(target)


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
