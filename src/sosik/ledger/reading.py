"""Reads files in this process or in several; results and order are the same."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct
from msgspec.structs import replace

from sosik.ledger.begun import Begun
from sosik.ledger.facts import Desk, Gathered, Read, has_stopped
from sosik.ledger.packed import packed, unpacked
from sosik.ledger.states import NONE, stamp_of
from sosik.model.values import EntryId
from sosik.pool.calling import Calling, Stages
from sosik.pool.jobs import Job, Stopped, can_work, cores
from sosik.progress import Observer, Progress, Stage
from sosik.read import SourceFile
from sosik.store import AcceptedEntry, LedgerRow, SourceRow
from sosik.store.statements import batches
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.pool.crew import Crew

MOST_SECONDS = 5.0
"""Processor time that reading one file may take; the worst file within all limits takes less than two seconds."""

_FEW = 800
"""Files below which a second process costs more than it saves: it takes a third of a second to start."""
_MOST = 4
"""Processes at most: what is done with the facts is done by one, and each holds 40 MB."""
_LARGE = 500_000
"""Bytes of a file that is not read in this process: who waits for others is not to wait for it."""
_JOB = 32
"""Files that are handed on together: few enough that all processes end at about the same time."""
_AHEAD = 2
"""How many batches are read ahead of the one that is settled."""


class Processes(Struct, frozen=True):
    """How files are read: in so many processes, by default as many as pay, each file in so many `seconds`."""

    most: int | None = None
    seconds: float = MOST_SECONDS


AS_MANY_AS_PAY = Processes()


class Batch(Struct, frozen=True):
    """Some files to be read, and the desk with what is known of them."""

    files: Sequence[SourceFile]
    desk: Desk


class _Part(Struct, frozen=True):
    """What a process has to know of some files, beside what it was told of all: see `Desk`."""

    files: Mapping[str, SourceFile]
    known: Mapping[str, SourceRow]
    ledger: Mapping[EntryId, LedgerRow]
    accepted: Mapping[EntryId, AcceptedEntry]


def gather(batch: Batch) -> Gathered:
    """Read and normalize files in this process."""
    return _gathered(batch, [read_file(file, batch.desk) for file in batch.files])


def read_file(file: SourceFile, desk: Desk) -> Read:
    """Read and normalize a file in this process. The states of its pictures are left out of its row."""
    from sosik.ledger.steps import STAGES  # most builds read no file

    value: Any = file
    for stage in STAGES:
        value = stage(value, desk)
    read: Read = value
    return read


class Readers:
    """Reads files, `count` in all; to be left when they are read."""

    def __init__(self, desk: Desk, count: int, processes: Processes, observer: Observer, begun: Begun) -> None:
        self._desk = desk
        self._kept = begun
        self._processes = processes
        self._observer = observer
        self._done, self._count = 0, count
        self._crew: Crew | None = None
        observer(Progress(Stage.READING, 0, count))
        self._size = _size(count, processes)
        if self._size > 1 or processes.most:
            self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()
        if self._crew is not None:
            self._crew.end()

    def read(self, all_batches: Iterable[Batch]) -> Iterator[tuple[Batch, Gathered]]:
        """Yield what each batch comes to, in order; while that is settled, the next ones are being read."""
        begun: deque[tuple[Batch, dict[str, Read], list[Job]]] = deque()
        for batch in all_batches:
            kept = {file.source: read for file in batch.files if (read := self._kept.find(file, batch.desk))}
            rest = replace(batch, files=[file for file in batch.files if file.source not in kept])
            begun.append((batch, kept, self._begun(rest)))
            while begun and (self._crew is None or len(begun) > _AHEAD):
                yield self._taken(*begun.popleft())
        while begun:
            yield self._taken(*begun.popleft())

    def _taken(self, batch: Batch, kept: Mapping[str, Read], jobs: Sequence[Job]) -> tuple[Batch, Gathered]:
        """Return what a batch comes to; of some files it is `kept` from a build that was ended."""
        rest = replace(batch, files=[file for file in batch.files if file.source not in kept])
        read_now = iter(self._finished(rest, jobs))
        reads = [kept.get(file.source) or next(read_now) for file in batch.files]
        self._done += len(batch.files)
        self._observer(Progress(Stage.READING, self._done, self._count))
        return batch, _gathered(batch, reads)

    def _begin(self) -> None:
        """Let processes read from now on."""
        # Few builds need one, and what speaks with it takes long to import.
        from sosik.pool.crew import Crew

        calling = Calling(__name__, reader_of.__name__, replace(self._desk, files={}), self._processes.seconds)
        self._crew = Crew(calling, max(1, self._size))

    def _begun(self, batch: Batch) -> list[Job]:
        """Hand a batch to processes, in parts; nothing where this one is to read it."""
        if self._crew is None and self._size and any(_is_suspicious(file, batch.desk) for file in batch.files):
            self._begin()
        if self._crew is None:
            return []
        return [self._crew.begin(_part_of(part, batch.desk), part) for part in batches(batch.files, _JOB)]

    def _finished(self, batch: Batch, jobs: Sequence[Job]) -> list[Read]:
        given: list[Read | bytes]
        if self._crew is None or not jobs:
            given = [read_file(file, batch.desk) for file in batch.files]
        else:
            given = [*self._answers(self._crew, batch.desk, jobs)]
        reads = [unpacked(one) if isinstance(one, bytes) else one for one in given]
        if self._count >= _FEW:
            self._kept.keep(zip(batch.files, reads, given, strict=True), batch.desk)
        return reads

    def _answers(self, crew: "Crew", desk: Desk, jobs: Iterable[Job]) -> Iterator[Read | bytes]:
        for job in jobs:
            answers, files = crew.finish(job), job.items
            if answers is None:
                yield from (read_file(file, desk) for file in files)
                continue
            for file, answer in zip(files, answers, strict=True):
                yield self._stopped(file, answer, desk) if isinstance(answer, Stopped) else answer

    def _stopped(self, file: SourceFile, stopped: Stopped, desk: Desk) -> Read:
        from sosik.ledger.steps import stop_reading

        is_late = stopped is Stopped.TIME
        seconds = self._processes.seconds
        why = Message("reading-stopped.time", seconds=seconds) if is_late else Message("reading-stopped.ended")
        return stop_reading(file, why, desk)


def reader_of(desk: Desk) -> Callable[[_Part], Stages]:
    """Return what reads files in a process that was started for that."""
    from sosik.ledger.steps import STAGES  # not at the first file's expense

    def reading(part: _Part) -> Stages:
        told = replace(desk, files=part.files, known=part.known, ledger=part.ledger, accepted=part.accepted)
        return [*(_at(stage, told) for stage in STAGES), _as_it_passes]

    return reading


def _at(stage: Callable[[Any, Desk], Any], desk: Desk) -> Callable[[Any], Any]:
    return lambda value: stage(value, desk)


def _as_it_passes(read: Read) -> Read | bytes:
    return packed(read) or read


def _size(count: int, processes: Processes) -> int:
    """Return how many processes may read: none where there can be none, one where only what is suspicious pays."""
    if processes.most == 0 or not can_work():
        return 0
    if processes.most is not None:
        return processes.most
    usable = cores()
    return min(usable, _MOST) if usable > 1 and count >= _FEW else 1


def _is_suspicious(file: SourceFile, desk: Desk) -> bool:
    """Tell whether a file may take long, or did."""
    row = desk.known.get(file.source)
    return file.size > _LARGE or (row is not None and has_stopped(row))


def _part_of(files: Sequence[SourceFile], desk: Desk) -> _Part:
    known = {file.source: desk.known[file.source] for file in files if file.source in desk.known}
    rows = [*known.values(), *desk.moved.values()]
    ids = {row.entry_id for row in rows}
    pictures = {name for row in rows if row.pictures != NONE for name in json.loads(row.pictures)}
    return _Part(
        files={name: desk.files[name] for name in pictures if name in desk.files},
        known=known,
        ledger={id_: desk.ledger[id_] for id_ in ids if id_ in desk.ledger},
        accepted={id_: desk.accepted[id_] for id_ in ids if id_ in desk.accepted},
    )


def _gathered(batch: Batch, answers: Iterable[Read]) -> Gathered:
    """Return what files came to, with the states of their pictures, which nobody but the scan knows."""
    gathered = Gathered()
    for file, read in zip(batch.files, answers, strict=True):
        fact, same = read.fact, read.same
        if fact is not None and fact.row.pictures != NONE:
            fact = replace(fact, row=_with_pictures(file, fact.row, batch.desk))
        if same is not None and same.pictures != NONE:
            same = _with_pictures(file, same, batch.desk)
        gathered.add(Read(fact, read.record, same))
    return gathered


def _with_pictures(file: SourceFile, row: SourceRow, desk: Desk) -> SourceRow:
    return row._replace(stamp=stamp_of(file, json.loads(row.pictures), desk.files))
