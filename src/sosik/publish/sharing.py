"""Shares the work of a projection with worker processes: each reads documents from the store and writes their files.

Who publishes remembers what was written, and does what no worker did.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sosik.errors import SosikError
from sosik.model import FEEDS
from sosik.pool.calling import Calling, Stages
from sosik.pool.jobs import Job, can_work, cores
from sosik.publish.bringing import Manner, Wanted, all_brought
from sosik.publish.parts import file_below
from sosik.publish.place import Place
from sosik.store import EditionRow, ProjectedRow, Store, open_snapshot
from sosik.store import Place as StorePlace
from sosik.store.bodies import AT_ONCE
from sosik.store.statements import batches

if TYPE_CHECKING:
    from sosik.pool.crew import Crew

_FEW, _FEW_PACKED = 2_000, 200
"""Documents below which a second process costs more than it saves, also where each is compressed: it takes a tenth of
a second to start, and knows nothing of what this one has just rendered."""
_EACH, _MOST = 20_000, 3
"""Documents for which there is a worker, and how many of these there are at most: each holds 20 MB."""
_NEXT, _AHEAD = 2, 4_000_000
"""Jobs for each worker that are handed on, the one that it is at and the next; more of them of so many bytes: pages are
small, and it is not to wait while this process is at a batch of feeds."""
_SECONDS = 60.0
"""Processor time that a job may take; large pictures take a second."""


class Errand(Struct, frozen=True):
    """What a worker has to know: where the store is, and the edition that is brought to `output`, and how."""

    store: StorePlace
    edition: EditionRow
    output: Path
    is_durable: bool
    manner: Manner


class Done(Struct, frozen=True):
    """What a worker did: the rows of what it brought, and the folders that are to be brought to the disk."""

    rows: list[ProjectedRow]
    folders: list[str]


Batch = list[Wanted]


def all_brought_together(
    store: Store, place: Place, manner: Manner, wanted: Sequence[Wanted], processes: int | None = None
) -> Iterator[ProjectedRow]:
    """Bring documents to their files, and yield their rows, in any order; `processes` as `Site` has them.

    Raises `OSError`, and what reading the bytes of documents does.
    """
    # Feeds first, and of these the last: what they show was in use a moment ago, and lies in this process's memory.
    wanted = sorted(wanted, key=lambda one: (one.head.kind in FEEDS, one.head.path), reverse=True)
    size = _size(len(wanted), manner, processes)
    if not size or store.place is None:
        yield from _brought_here(store, place, manner, wanted)
        return
    # Few projections need one, and what speaks with it takes long to import.
    from sosik.pool.crew import Crew

    errand = Errand(store.place, store.edition(), place.output, place.is_durable, manner)
    calling = Calling(__name__, bringer_of.__name__, errand, _SECONDS)
    left = deque(batches(wanted, AT_ONCE))
    with Crew(calling, size, store.holds) as crew:
        yield from _shared(crew, size, left, store, place, manner)


def _shared(
    crew: "Crew", workers: int, left: deque[Batch], store: Store, place: Place, manner: Manner
) -> Iterator[ProjectedRow]:
    """Bring batches to their files: this process from the first one on, workers from the last."""
    begun: deque[tuple[Job, int]] = deque()
    while left or begun:
        ahead = sum(size for _, size in begun)
        while left and (len(begun) < workers * _NEXT or ahead < workers * _AHEAD):
            batch = left.pop()
            size = sum(one.head.length for one in batch)
            begun.append((crew.begin(None, [batch]), size))
            ahead += size
        if left:
            yield from _brought_here(store, place, manner, left.popleft())
        while begun and (begun[0][0].is_done or not left):
            job, _ = begun.popleft()
            (done,) = crew.finish(job) or [None]
            if isinstance(done, Done):
                place.note(done.folders)
                yield from done.rows
            else:  # none started, it ended, or it has to be told here what hindered it
                for one in job.items[0]:
                    place.note_way(file_below(one.head.path))
                yield from _brought_here(store, place, manner, job.items[0])


def _brought_here(store: Store, place: Place, manner: Manner, wanted: Sequence[Wanted]) -> Iterator[ProjectedRow]:
    return all_brought(place, manner, wanted, store.read_ahead, store.body)


def bringer_of(errand: Errand) -> Callable[[None], Stages]:
    """Return what brings documents to their files in a process that was started for that; None where it cannot."""
    # Files and folders have their modes at once, whenever this process may end.
    os.umask(0o022)
    parent, snapshot = os.getppid(), open_snapshot(errand.store)
    place = Place(errand.output, is_durable=errand.is_durable)

    def bringing(wanted: Batch) -> Done | None:
        rows = []
        try:
            with snapshot.reading():
                if snapshot.edition() != errand.edition:
                    return None
                for row in all_brought(place, errand.manner, wanted, snapshot.read_ahead, snapshot.body):
                    rows.append(row)
                    if os.getppid() != parent:  # nobody remembers what is written from now on
                        os._exit(1)
        except (OSError, SosikError):
            return None
        return Done(rows, place.taken())

    return lambda _: [bringing]


def _size(count: int, manner: Manner, processes: int | None) -> int:
    """Return how many workers help."""
    if count < (_FEW_PACKED if manner.compress else _FEW) or not can_work():
        return 0
    return min(cores() - 1, 1 + count // _EACH, _MOST) if processes is None else max(0, processes - 1)
