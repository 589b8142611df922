"""One worker, in the process that started it."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from subprocess import DEVNULL, PIPE, Popen

from sosik.pool.calling import Answers, Calling, code_in_use
from sosik.pool.frames import receive, send

_START = 30.0
"""Seconds that a worker may take to be there."""


class CannotStartError(Exception):
    """A worker does not start here, or runs other code than this process; by `chance` where it began to and ended."""

    def __init__(self, *, chance: bool = False) -> None:
        self.chance = chance
        super().__init__(chance)


class Process:
    """A worker that does what it was told at the start; it has the descriptors of `holds`, too.

    Raises `CannotStartError`.
    """

    def __init__(self, calling: Calling, holds: Sequence[int] = ()) -> None:
        # -P: a file of the working folder that is named as a module is none.
        command = [sys.executable, "-P", "-m", "sosik.pool"]
        try:
            self._process = Popen(  # noqa: S603  # ourselves
                command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment(), pass_fds=holds
            )
        except (OSError, ValueError) as error:
            raise CannotStartError from error
        assert self._process.stdin is not None  # noqa: S101  # for the type checker: both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._to, self._from = self._process.stdin, self._process.stdout
        self._calling: Calling | None = calling

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def begin(self) -> None:
        """Tell it what to do, once it is there. Raises `CannotStartError`."""
        if self._calling is None:
            return
        try:
            self._hear()
            send(self._to, self._calling)
            self._hear()
        except (EOFError, OSError) as error:
            raise CannotStartError(chance=True) from error
        self._calling = None

    def _hear(self) -> None:
        """Wait until it says that it is there; what was started may be another program, and say nothing."""
        with DefaultSelector() as selector:
            selector.register(self._from, EVENT_READ)
            if not selector.select(_START) or receive(self._from) != code_in_use():
                raise CannotStartError

    def answers(self, context: object, items: Sequence[object]) -> Answers | None:
        """Return the answers to items; None where the process ended before."""
        try:
            send(self._to, (context, items))
            answers: Answers = receive(self._from)
        except (EOFError, OSError):
            return None
        return answers

    def kill(self) -> None:
        """Have it end at once."""
        self._process.kill()

    def end(self) -> int:
        """Take nothing from it any more, and wait for its end; return its status, as `Popen.returncode` tells it."""
        for stream in (self._to, self._from):
            with suppress(OSError):
                stream.close()
        return self._process.wait()


def has_spun(status: int) -> bool:
    """Tell by its status whether a worker ended because a message took too long."""
    return status == -signal.SIGPROF


def _environment() -> dict[str, str]:
    """Return the environment in which a worker finds the modules that this process has, and spells names as it does."""
    ours = str(Path(__file__).absolute().parents[2])
    folders = [os.path.abspath(folder) for folder in sys.path]  # noqa: PTH100  # the empty one is the working folder
    path = os.pathsep.join([*folders, *([] if ours in folders else [ours])])
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": str(sys.flags.utf8_mode)}
