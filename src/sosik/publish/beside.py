"""Writes `published.json` beside the documents, for a machine without the store."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.errors import Problem, PublishError
from sosik.previous.memory import BEGINNING, Written, state_of_memory, written_memory
from sosik.publish.files import left_alone, remembered_name
from sosik.publish.parts import file_below, file_path, state_of
from sosik.publish.place import Place
from sosik.reasons import reason_of
from sosik.store import OutputRow, Store
from sosik.systems import IS_WINDOWS
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.previous.news import Left


def leave_memory(store: Store, output: Path, path: str, *, replace: bool, durable: bool) -> list[Problem]:
    """Leave at a path below the output what the store holds of what was published, unless it is there.

    A file of others in its place is left as it is and returned as a problem, unless it is to be `replaced`: ours begins
    as this one does. Raises `PublishError`.
    """
    target, name = output / file_path(path), remembered_name(output)
    state, told_before, places = _remembered(store.projections.memory(name))
    is_as_left = bool(state) and state_of(target) == state
    told, news = state_of_memory(store), store.projections.news(name)
    if is_as_left and told == told_before and not news:
        return []
    if not replace and _is_of_others(target):
        return [left_alone(str(file_path(path)))]
    from sosik.previous.news import brought_up  # only where something is to be written

    try:
        with _left(target, places if is_as_left else {}) as left:
            written = (brought_up(store, left, news) if left else None) or written_memory(store)
            _put(Place(output, is_durable=durable), path, written, store.edition().composed)
    except OSError as error:
        raise PublishError(
            Message("publish.unwritable", file=str(error.filename or target), reason=reason_of(error))
        ) from error
    with store.transaction():
        store.projections.keep_memory(name, f"{state_of(target)} {told} {json.dumps(written.places)}")
    return []


def kept_memory(store: Store, folder: Path, path: str) -> tuple[str, bytes]:
    """Return the file as it is to lie at a path somewhere else than in a folder: its name there, and its bytes.

    It is kept in a folder of ours, so that the next one is made of it. Raises `PublishError`.
    """
    leave_memory(store, folder, path, replace=True, durable=False)
    with store.transaction():
        # No document lies there, so none of them is ever stale.
        store.projections.keep(OutputRow(remembered_name(folder), ""), gone=(), rows=(), parts=())
    name = file_path(path)
    return str(name), (folder / name).read_bytes()


def _remembered(memory: str) -> tuple[str, str, Mapping[str, tuple[int, int]]]:
    """Return in which state the file was left, what it told beside the rows of the store, and where its sections are.

    An earlier version of sosik did not keep the last.
    """
    state, told, places = (*memory.split(" ", 2), "", "")[:3]
    return state, told, {name: (start, end) for name, (start, end) in json.loads(places or "{}").items()}


@contextmanager
def _left(target: Path, places: Mapping[str, tuple[int, int]]) -> Iterator["Left | None"]:
    """Hold the bytes of the file; None where nobody knows where its sections are."""
    from mmap import ACCESS_READ, mmap

    from sosik.previous.news import Left

    if not places:
        yield None
    elif IS_WINDOWS:  # what is mapped cannot be replaced there
        yield Left(target.read_bytes(), places)
    else:
        with target.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as body:
            yield Left(body, places)


def _put(place: Place, path: str, written: Written, modified: int) -> None:
    place.put(file_below(path), written, modified)
    place.sync()


def _is_of_others(target: Path) -> bool:
    """Tell whether something stands at a path, or in the place of its folder, that does not begin as ours does."""
    try:
        with target.open("rb") as stream:
            return stream.read(len(BEGINNING)) != BEGINNING
    except FileNotFoundError:
        return False
    except OSError:
        return True
