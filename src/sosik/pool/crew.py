"""Several workers that share jobs: a free worker takes the next one.

Each has a thread that writes to it and reads from it, so workers never wait for each other. On interpreters without a
GIL, the threads can call the function instead of a process.
"""

from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Condition, Thread
from typing import Any, Self

from sosik.pool.calling import Calling
from sosik.pool.jobs import Job, Stopped
from sosik.pool.process import CannotStartError, Process, has_spun

_TRIES = 2
"""How often an item may end its worker: once may be chance, if somebody else ended it."""
_STARTS = 5
"""How often a worker may end before it begins."""


class Crew:
    """Workers that all do the same. Ends them when it is left, whatever they are at.

    Each of them also holds the descriptors of `holds` open, until it has ended.
    """

    def __init__(self, calling: Calling, size: int, holds: Sequence[int] = ()) -> None:
        self._calling = calling
        self._holds = holds
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._changed = Condition()
        self._is_ending = False
        self._is_broken = False
        self._processes: dict[int, Process | None] = {}
        for number in range(size):
            self._processes[number] = self._started()
        self._threads = [
            Thread(target=self._work, args=(number,), name=f"sosik-pool-{number}", daemon=True)
            for number in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run."""
        with self._changed:
            return [process.pid for process in self._processes.values() if process is not None]

    def begin(self, context: object, items: Sequence[Any]) -> Job:
        """Hand on a job, to be done after those before."""
        job = Job(context, items)
        self._jobs.put(job)
        return job

    def take(self) -> Job | None:
        """Return a job that no worker has begun, and that none will; None where there is none."""
        try:
            return self._jobs.get_nowait()
        except Empty:
            return None

    def finish(self, job: Job) -> list[Any] | None:
        """Wait for a job and return the answers, each a value or `Stopped`; None where no worker starts.

        Raises what was raised in the worker.
        """
        with self._changed:
            self._changed.wait_for(lambda: job.is_done)
        if job.error is not None:
            raise job.error
        return job.answers

    def end(self) -> None:
        """End all processes."""
        with self._changed:
            self._is_ending = True
            for process in self._processes.values():
                if process is not None:
                    process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _started(self) -> Process | None:
        try:
            return Process(self._calling, self._holds)
        except CannotStartError:
            return None

    def _work(self, number: int) -> None:
        """Do jobs as long as there are any."""
        while (job := self._jobs.get()) is not None:
            try:
                self._do(number, job)
            except CannotStartError:
                job.answers = None
            except BaseException as error:  # noqa: BLE001  # it is raised where the job came from
                job.error = error
                self._dismiss(number)  # it is still at that job
            with self._changed:
                job.is_done = True
                self._changed.notify_all()
        self._dismiss(number)

    def _do(self, number: int, job: Job) -> None:
        """Have all items of a job answered together, and one by one where that ended the worker.

        One of them may have, or all took too long together: only what is alone in its message is known to have.
        """
        done: list[Any] = []
        job.answers, tries, together = done, 0, len(job.items)
        while len(done) < len(job.items) and not self._is_ending:
            items = job.items[len(done) : len(done) + together]
            answers = self._process(number).answers(job.context, items)
            if answers is not None:
                if answers.error is not None:
                    raise answers.error
                done += answers.values
                tries = 0
                continue
            has_taken_long = has_spun(self._dismiss(number))
            tries += together == 1
            if together == 1 and (has_taken_long or tries == _TRIES):
                done.append(Stopped.TIME if has_taken_long else Stopped.ENDED)
                tries = 0
            together = 1

    def _process(self, number: int) -> Process:
        """Return the process of a thread, and another one where that has ended. Raises `CannotStartError`."""
        tries = 0
        while not self._is_broken:
            try:
                process = self._processes[number] or self._begun(number)
                process.begin()
            except CannotStartError as error:
                tries += 1
                self._dismiss(number)
                self._is_broken = tries == _STARTS or not error.chance
            else:
                return process
        raise CannotStartError

    def _begun(self, number: int) -> Process:
        process = Process(self._calling, self._holds)
        with self._changed:
            self._processes[number] = process
            if self._is_ending:
                process.kill()
        return process

    def _dismiss(self, number: int) -> int:
        """Have the process of a thread end, where it has not; return its status."""
        with self._changed:
            process, self._processes[number] = self._processes[number], None
        if process is None:
            return 0
        process.kill()
        return process.end()
