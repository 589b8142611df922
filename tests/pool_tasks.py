"""What the workers of `test_pool` do: the worst that can be met, on demand."""

import os
import signal
from collections.abc import Callable


class _NoTravellerError(Exception):
    def __init__(self, text: str, number: int) -> None:
        super().__init__(f"{text} {number}")


def obedient(shared: str) -> Callable[[str, str], str]:
    """Return what does as an item says."""

    def called(context: str, item: str) -> str:
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
        return f"{shared} {context} {item}"

    return called


def unable(shared: str) -> Callable[[str, str], str]:
    """Raise before anything is called."""
    raise LookupError(shared)
