"""Projects an edition into a directory: changed files are replaced whole, unchanged ones are kept.

The directory then has exactly the documents of the edition, and files of other programs. Only files of an earlier
projection are removed.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace as changed_to

from sosik.durability import boot
from sosik.edition.plans import file_name
from sosik.errors import Location, PictureError, Problem, PublishError
from sosik.file_names import can_be_named, name_of, spelled
from sosik.model.values import DocumentPath
from sosik.publish.ownership import Owners, carries_mark
from sosik.publish.parts import (
    file_path,
    files_of,
    has_time,
    is_alike,
    is_torn,
    part_of,
    parts_of,
    state_of,
    unlike,
)
from sosik.publish.place import Place, holds
from sosik.publish.policy import is_compressible
from sosik.queries import has_query
from sosik.reasons import reason_of
from sosik.store import DocumentHead, OutputRow, ProjectedRow, Store
from sosik.store.bodies import AT_ONCE
from sosik.store.statements import batches
from sosik.version import __version__
from sosik.words import Message

FOREIGN = "foreign"
"""Stands in the place of an ETag where a file of others stands in that of a document: it is asked for every time."""

TORN = "torn"
"""Stands in the place of a state where what lies there is ours, and not what it should be: asked for every time."""

LOST = "picture-lost"
"""The code of a picture whose bytes are nowhere any more."""

_MANY, _AHEAD, _WRITERS = 100, 6, 2
"""Documents from which on other threads write their files, how many of them wait for these, and how many these are."""

SOURCES = ("content", "feeds", ".sosik")
"""The folders of a publication into which nothing is published."""


class Projection(Struct, frozen=True, kw_only=True):
    """The result of writing an edition: numbers of files, and paths below the output that were not written.

    `left` are files of other programs, `unfilled` pictures with lost bytes (the existing files are kept), and `unnamed`
    paths that are invalid on this system.
    """

    written: int
    removed: int
    unchanged: int
    left: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """An error for every path that was not written."""
        return [*map(left_alone, self.left), *map(unfilled, self.unfilled), *map(_left_out, self.unnamed)]


def left_alone(path: str) -> Problem:
    """Return an error for a file that is not ours, and in the place of one that is to be written."""
    message, hint = Message("file-foreign.output"), Message("file-foreign.output-hint")
    return Problem(code="file-foreign", message=message, location=Location(file=path), hint=hint)


def _left_out(path: str) -> Problem:
    message, hint = Message("file-unnamed.output"), Message("file-unnamed.output-hint")
    return Problem(code="file-unnamed", message=message, location=Location(file=path), hint=hint)


def unfilled(path: str) -> Problem:
    """Return an error for a picture whose bytes are lost."""
    message, hint = Message("picture-lost.output"), Message("picture-lost.hint")
    return Problem(code=LOST, message=message, location=Location(file=path), hint=hint)


class Task(Struct, frozen=True, kw_only=True):
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


def publish(
    store: Store, output: Path, *, compress: bool = False, replace: bool = False, durable: bool = False
) -> Projection:
    """Project the store's edition into `output`; with `compress`, each text document also as FILE.gz.

    A file's modification time becomes the document's Last-Modified. Damaged and missing files are repaired; one that
    is not ours is left as it is, unless it is to be `replaced`. With `durable` all is on the disk before it is
    remembered; else the first projection after a start of the machine compares all with their digests. Raises
    `PublishError`, also for a folder that is not the documents' alone to fill; run again, it ends with the same bytes.
    """
    _refuse_the_sources(output, store.root)
    place = Place(output, is_durable=durable or not boot())
    try:
        place.prepare()
        task = _task(store, output, compress=compress)
        done = _done(store, place, task, compress=compress, replace=replace)
        place.sync()
    except OSError as error:
        raise PublishError(
            Message("publish.unwritable", file=str(error.filename or output), reason=reason_of(error))
        ) from error
    there = _remembered(store, task, done)
    files = task.untouched + sum(1 + bool(row.packed) for row in there)
    lost = [row.document for row in done.rows if row.stamp == TORN]
    told = ([name_of(str(output / file_path(path))) for path in paths] for paths in (done.theirs, lost, done.unnamed))
    left, unfilled, unnameable = map(tuple, told)
    written = sum(_written(row, task.known.get(row.document)) for row in done.rows if row.stamp != TORN)
    return Projection(
        written=written,
        removed=done.removed,
        unchanged=files - written,
        left=left,
        unfilled=unfilled,
        unnamed=unnameable,
    )


class _Done(Struct, frozen=True):
    """What became of a task: the rows of what was brought, and the documents that could not be: see `Projection`."""

    rows: Sequence[ProjectedRow]
    removed: int
    theirs: Sequence[DocumentPath]
    unnamed: Sequence[DocumentPath]


def _done(store: Store, place: Place, task: Task, *, compress: bool, replace: bool) -> _Done:
    """Do what there is to do. Raises `OSError`."""
    known, name = task.known, task.output.path
    # First what must go: a folder may be needed where a file of the edition before stands.
    removed = _remove(place, _files_to_remove(task, compress=compress))
    unnamed = [head.path for head in task.heads if not can_be_named(file_path(head.path).parts)]
    heads = [head for head in task.heads if head.path not in unnamed]
    theirs = [] if replace else _theirs(store, place.output, changed_to(task, heads=heads), compress=compress)
    heads = [head for head in heads if head.path not in theirs]
    _claim(store, [_unwritten(name, head.path, "") for head in heads if head.path not in known])
    bring = partial(_bring, place, known, name=name, compress=compress)
    return _Done([*_all_brought(store, heads, bring)], removed, theirs, unnamed)


def _all_brought(
    store: Store, heads: Sequence[DocumentHead], bring: Callable[[DocumentHead, bytes | None], ProjectedRow]
) -> Iterator[ProjectedRow]:
    """Yield the rows of documents that are brought to their files; of many, other threads write those.

    While these write, or pack, the next bytes are put together here; `_AHEAD` of them lie in memory.
    """
    if len(heads) < _MANY:
        return (yield from (bring(head, body) for head, body in _bodies(store, heads)))
    # Takes milliseconds to import, and most projections write little.
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(_WRITERS, "sosik-publish") as beside:
        begun: deque[Future[ProjectedRow]] = deque()
        for head, body in _bodies(store, heads):
            begun.append(beside.submit(bring, head, body))
            if len(begun) > _AHEAD:
                yield begun.popleft().result()
        yield from (one.result() for one in begun)


def _bodies(store: Store, heads: Sequence[DocumentHead]) -> Iterator[tuple[DocumentHead, bytes | None]]:
    """Yield documents with their bytes; with None where these are lost."""
    for batch in batches(heads, AT_ONCE):
        store.read_ahead([head.path for head in batch])
        for head in batch:
            body = None
            with suppress(PictureError):
                body = store.body(head.path)
            yield head, body


def _remembered(store: Store, task: Task, done: _Done) -> list[ProjectedRow]:
    """Remember what was done, and return the rows of all files that are there now, but for the `untouched`."""
    known, name = task.known, task.output.path
    rows = [*done.rows, *(_unwritten(name, path, FOREIGN) for path in (*done.theirs, *done.unnamed))]
    changed = [row for row in rows if known.get(row.document) != row]
    after = {**known, **_by_document(changed)}
    for row in task.gone:
        del after[row.document]
    if task.parts:
        parts = parts_of(name, task.parts, after.values())
        with store.transaction():
            store.projections.keep(task.output, gone=task.gone, rows=changed, parts=parts)
    return [row for row in after.values() if row.etag != FOREIGN and row.stamp != TORN]


def _theirs(store: Store, output: Path, task: Task, *, compress: bool) -> list[DocumentPath]:
    """Return the documents in whose place a file stands that is not ours to replace."""
    unknown = [head for head in task.heads if head.path not in task.known or task.known[head.path].etag == FOREIGN]
    owners = Owners(output, task.heads, is_forgotten=not (task.known or store.projections.made(task.output.path)))

    def is_ours(head: DocumentHead) -> bool:
        path = file_path(head.path)
        files = [path, _zipped(path)] if _is_packed(head, compress=compress) else [path]
        return all(owners.is_ours(output / file, head, partial(store.body, head.path)) for file in files)

    return [head.path for head in unknown if not is_ours(head)]


def _unwritten(output: str, document: DocumentPath, etag: str) -> ProjectedRow:
    return ProjectedRow(output, part_of(document), document, etag, "")


def _claim(store: Store, rows: Collection[ProjectedRow]) -> None:
    """Remember what is about to be written for the first time: after a crash it is known for ours."""
    if rows:
        with store.transaction():
            store.projections.claim(rows)


def _written(row: ProjectedRow, before: ProjectedRow | None) -> int:
    """Return how many files of a document were written, of which one that is packed has two."""
    etag, stamp, packed = (before.etag, before.stamp, before.packed) if before else ("", "", "")
    plain = (row.etag, row.stamp) != (etag, stamp)
    return plain + (bool(row.packed) and (row.etag, row.packed) != (etag, packed))


def _task(store: Store, output: Path, *, compress: bool) -> Task:
    """Return what is to be done. Of what was written only that is read of which a file may have to be written again."""
    # A start of the machine may have come after a power cut, which a file's state need not show.
    made = " ".join([__version__, *(["gzip"] if compress else []), boot()]).rstrip()
    place = OutputRow(remembered_name(output), made)
    projections, parts = store.projections, store.projections.parts(place.path)
    if projections.made(place.path) == place.made:
        stale = projections.stale(place.path)
        touched = unlike(output, parts).union(map(part_of, stale))
        known = _by_document(projections.rows(place.path, touched))
        damaged = set(_damaged(output, known.values()))
        asked = damaged.union(stale)
        heads = _as_files(store.heads_at(asked).values())
    else:
        known = {row.document: _believed(output, row) for row in projections.rows(place.path)}
        damaged = set(_damaged(output, known.values()))
        heads = _as_files(store.heads())
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


def _as_files(heads: Iterable[DocumentHead]) -> dict[str, DocumentHead]:
    """Return the documents that have a file, by path: one with a query is the server's to tell apart."""
    return {head.path: head for head in heads if not has_query(head.path)}


def remembered_name(output: Path) -> str:
    """Return by what name a directory is remembered."""
    return name_of(str(output.resolve()))


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


def _believed(output: Path, row: ProjectedRow) -> ProjectedRow:
    """Return what was written of a document, less the files that do not hold it, whatever their state says."""
    if row.etag in ("", FOREIGN):
        return row
    plain = f"{os.fspath(output)}/{spelled(file_name(row.document))}"

    def believed(path: str, state: str, *, is_packed: bool) -> str:
        # Another state says enough: something was done to that file, maybe by others.
        return TORN if state == state_of(path) and is_torn(path, row.etag, is_packed=is_packed) else state

    stamp = believed(plain, row.stamp, is_packed=False)
    packed = row.packed and believed(f"{plain}.gz", row.packed, is_packed=True)
    return row._replace(stamp=stamp, packed=packed)


def _files_to_remove(task: Task, *, compress: bool) -> Iterator[tuple[str, str]]:
    """Yield the files of documents that are no more, and of those that are not packed any more, each as it was left."""
    for row in task.gone:
        if row.etag != FOREIGN:
            yield from ((spelled(file), state) for file, state in files_of(row).items())
    for head in task.heads:
        if head.path in task.known and task.known[head.path].packed and not _is_packed(head, compress=compress):
            yield str(_zipped(file_path(head.path))), task.known[head.path].packed


def _bring(
    place: Place, rows: Mapping[str, ProjectedRow], head: DocumentHead, body: bytes | None, *, name: str, compress: bool
) -> ProjectedRow:
    """Make the files of a document what they should be and return its row; none is touched that already is.

    Where its bytes are lost, nothing is touched.
    """
    if body is None:
        return _unwritten(name, head.path, "")._replace(stamp=TORN)
    path, known = file_path(head.path), rows.get(head.path)
    stamp, packed_stamp = (known.stamp, known.packed) if known and _is_of(known, head) else ("", "")
    new_stamp = _brought(place, path, head, body, stamp)
    new_packed = ""
    if _is_packed(head, compress=compress):
        import gzip  # only where it is asked for

        zipped = gzip.compress(body, 9, mtime=0)
        new_packed = _brought(place, _zipped(path), head, zipped, packed_stamp)
    return ProjectedRow(name, part_of(head.path), head.path, head.etag, new_stamp, new_packed)


def _brought(place: Place, path: PurePosixPath, head: DocumentHead, body: bytes, known: str) -> str:
    """Make one file what it should be, unless its state is the `known` one, and return its state."""
    target = place.output / path
    if (stamp := state_of(target)) and stamp == known:
        return stamp
    if not (stamp and holds(target, body, head.last_modified)):
        place.put(path, [body], head.last_modified)
    return state_of(target)


def _remove(place: Place, files: Iterable[tuple[str, str]]) -> int:
    """Remove files that an earlier projection wrote, and the folders that this leaves empty.

    What another program has put in the place of one since it was left with its stamp stays.
    """
    removed = 0
    for path, stamp in sorted(files):
        target = place.output / path
        state = state_of(target)
        # Of what a power cut tore the time may stand that we gave it, or nothing at all.
        is_ours = stamp in ("", TORN, state) or is_alike(state, stamp) or carries_mark(target)
        removed += place.remove(path, with_file=is_ours)
    return removed
