"""Brings documents to their files: each is made what it should be, and none is touched that already is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from sosik.errors import PictureError
from sosik.model.values import DocumentPath
from sosik.publish.parts import file_below, has_time, part_of, state_of
from sosik.publish.place import Place, holds
from sosik.publish.policy import is_compressible
from sosik.store import DocumentHead, ProjectedRow
from sosik.store.bodies import AT_ONCE
from sosik.store.statements import batches

TORN = "torn"
"""Stands in the place of a state where what lies there is ours, and not what it should be: asked for every time."""


class Wanted(NamedTuple):
    """A document that is to be brought to its files, and what was `known` of these."""

    head: DocumentHead
    known: ProjectedRow | None


class Manner(Struct, frozen=True):
    """How documents are brought into a directory that is remembered by a `name`; `compress` also as FILE.gz."""

    name: str
    compress: bool


def all_brought(
    place: Place,
    manner: Manner,
    wanted: Iterable[Wanted],
    read_ahead: Callable[[Sequence[str]], None],
    body_of: Callable[[str], bytes | None],
) -> Iterator[ProjectedRow]:
    """Bring documents to their files, and yield their rows. Raises `OSError`, and what reading their bytes does."""
    for batch in batches(wanted, AT_ONCE):
        read_ahead([head.path for head, _ in batch])
        for one in batch:
            body = None
            with suppress(PictureError):
                body = body_of(one.head.path)
            yield _brought(place, manner, one, body)


def unwritten(output: str, document: DocumentPath, etag: str = "") -> ProjectedRow:
    """Return the row of a document of which no file is known to be written."""
    return ProjectedRow(output, part_of(document), document, etag, "")


def zipped(path: str) -> str:
    """Return where the compressed file lies beside the one at a path."""
    return f"{path}.gz"


def is_packed(head: DocumentHead, *, compress: bool) -> bool:
    """Tell whether a document has a FILE.gz."""
    return compress and is_compressible(head.media_type)


def is_of(row: ProjectedRow, head: DocumentHead) -> bool:
    """Tell whether a file was written with the bytes and the time that a document has now."""
    return row.etag == head.etag and has_time(row.stamp, head.last_modified)


def _brought(place: Place, manner: Manner, wanted: Wanted, body: bytes | None) -> ProjectedRow:
    """Make the files of a document what they should be and return its row. Where its bytes are lost, none is."""
    head, known = wanted
    if body is None:
        return unwritten(manner.name, head.path)._replace(stamp=TORN)
    path = file_below(head.path)
    stamp, packed_stamp = (known.stamp, known.packed) if known and is_of(known, head) else ("", "")
    new_stamp = _brought_file(place, path, head, body, stamp)
    new_packed = ""
    if is_packed(head, compress=manner.compress):
        import gzip  # only where it is asked for

        new_packed = _brought_file(place, zipped(path), head, gzip.compress(body, 9, mtime=0), packed_stamp)
    return ProjectedRow(manner.name, part_of(head.path), head.path, head.etag, new_stamp, new_packed)


def _brought_file(place: Place, path: str, head: DocumentHead, body: bytes, known: str) -> str:
    """Make one file what it should be, unless its state is the `known` one, and return its state."""
    target = place.at(path)
    if (stamp := state_of(target)) and stamp == known:
        return stamp
    if not (stamp and holds(Path(target), body, head.last_modified)):
        place.put(path, [body], head.last_modified)
    return state_of(target)
