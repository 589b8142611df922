"""What the workers of `test_pool` do: the worst that can be met, on demand."""

import math
import os
import signal
import time
from collections.abc import Callable
from functools import partial

from sosik.pool.calling import Stages


class _NoTravellerError(Exception):
    def __init__(self, text: str, number: int) -> None:
        super().__init__(f"{text} {number}")


SECONDS = 0.5
"""Processor time for an item; none that is meant to be answered takes more than half of it."""
_SLOW = SECONDS / 2
_SPENT = {"spin": math.inf, "slow": _SLOW}


def _spend(seconds: float) -> None:
    ends = time.process_time() + seconds
    while time.process_time() < ends:
        pass


def obedient(shared: str) -> Callable[[str], Stages]:
    """Return what does as an item says."""

    def called(item: str, context: str) -> str:
        if item == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "exit":
            os._exit(3)
        _spend(_SPENT.get(item, 0))
        if item == "raise":
            raise LookupError(context)
        if item == "raise what does not pass":
            raise _NoTravellerError(context, 2)
        if item == "print":
            print("among the answers", flush=True)  # noqa: T201  # that is what is tried
            os.write(1, b"among the answers")
        return f"{context} {item}"

    def told(answer: str) -> str:
        return f"{shared} {answer}"

    def slowly(answer: str) -> str:
        if answer.endswith("slow everywhere"):
            _spend(_SLOW)
        return answer

    return lambda context: [partial(called, context=context), told, slowly, slowly, slowly]


def unable(shared: str) -> Callable[[str], Stages]:
    """Raise before anything is called."""
    raise LookupError(shared)
