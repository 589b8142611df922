"""What the workers of `test_pool` do: the worst that can be met, on demand."""

import os
import signal
from collections.abc import Callable
from functools import partial

from sosik.pool.calling import Stages


class _NoTravellerError(Exception):
    def __init__(self, text: str, number: int) -> None:
        super().__init__(f"{text} {number}")


def obedient(shared: str) -> Callable[[str], Stages]:
    """Return what does as an item says."""

    def called(item: str, context: str) -> str:
        if item == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "exit":
            os._exit(3)
        while item == "spin":
            pass
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

    return lambda context: [partial(called, context=context), told]


def unable(shared: str) -> Callable[[str], Stages]:
    """Raise before anything is called."""
    raise LookupError(shared)
