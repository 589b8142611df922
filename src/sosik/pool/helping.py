"""Jobs that worker processes share with this one: whoever is free takes the next.

A job is a value with a pure function of it, so it does not matter who does it, nor whether somebody else began to.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from sosik.pool.calling import Calling, Stages
from sosik.pool.jobs import Job, Stopped, can_work, cores

if TYPE_CHECKING:
    from sosik.pool.crew import Crew

FEW = 1_000
"""Documents or entries below which another process costs more than it saves: it takes a third of a second to start."""

_MOST = 3
"""Processes at most, beside this one: what they make is written by this one, and each holds 40 MB."""

_AHEAD = 3
"""Jobs of each process that are begun before the one that is waited for."""

_SECONDS = 60.0
"""Processor time for a task; the longest takes a tenth of a second."""

NOTHING: Iterator[object] = iter(())
"""What a process does meanwhile that has nothing else to do."""

Result = TypeVar("Result", covariant=True)
J = TypeVar("J", bound="Task[Any]")


class Task(Protocol[Result]):
    """What can be done anywhere: it can be pickled, and what it comes to, too."""

    def do(self) -> Result:
        """Return what it comes to."""


class Helpers:
    """Up to `most` processes, by default one less than there are cores. They begin with the first job, and end here."""

    def __init__(self, most: int | None = 0) -> None:
        usable = min(cores() - 1, _MOST) if most is None else most
        self._size = usable if can_work() else 0
        self._crew: Crew | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the processes; the next task begins others."""
        if self._crew is not None:
            self._crew.end()
            self._crew = None

    def pay(self, count: int) -> bool:
        """Tell whether they are worth it, for so many documents or entries."""
        return self._size > 0 and count >= FEW

    def each(self, tasks: Iterable[J], meanwhile: Iterator[object] = NOTHING) -> Iterator[tuple[J, Any]]:
        """Yield tasks, each with what it came to, in order. While it waits, this process takes steps of `meanwhile`.

        It does tasks itself when there are no more steps; so it does one that cost a process its life.
        """
        begun: deque[tuple[J, Job]] = deque()
        crew = self._begun()
        for task in tasks:
            begun.append((task, crew.begin(None, [task])))
            if len(begun) > _AHEAD * self._size:
                first, job = begun.popleft()
                yield first, _result(crew, job, meanwhile)
        for first, job in begun:
            yield first, _result(crew, job, meanwhile)
        for _ in meanwhile:
            pass

    def _begun(self) -> "Crew":
        if self._crew is None:
            # Few builds need one, and what speaks with it takes long to import.
            from sosik.pool.crew import Crew

            self._crew = Crew(Calling(__name__, doing.__name__, None, _SECONDS), self._size)
        return self._crew


NOBODY = Helpers()


def doing(_: None) -> Callable[[None], Stages]:
    """Return what does tasks in a process that was started for that."""
    return lambda _: [_done]


def _done(task: Task[Any]) -> Any:
    return task.do()


def _result(crew: "Crew", job: Job, meanwhile: Iterator[object]) -> Any:
    """Return what a job came to; until it is done, do something else."""
    while not job.is_done:
        if next(meanwhile, None) is not None:
            continue
        other = crew.take()
        if other is None:
            break
        other.answers = [task.do() for task in other.items]
        other.is_done = True
    answers = crew.finish(job) or [Stopped.ENDED]
    return job.items[0].do() if isinstance(answers[0], Stopped) else answers[0]
