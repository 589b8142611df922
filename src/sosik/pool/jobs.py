"""What workers are given to do, and how many of them there can be."""

import os
import sys
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from sosik.systems import CAN_END_SPINNING


class Stopped(Enum):
    """Why an item has no answer: it takes too much `TIME`, or the process that works on it `ENDED`."""

    TIME = auto()
    ENDED = auto()


class Job:
    """Some items that a worker is to answer with the same `context`.

    `answers` has a value for each, or why there is none; it is None where no worker starts.
    """

    def __init__(self, context: object, items: Sequence[Any]) -> None:
        self.context = context
        self.items = items
        self.answers: list[Any] | None = []
        self.error: BaseException | None = None
        self.is_done = False


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_work() -> bool:
    """Tell whether there can be workers here: Python knows itself, and the system ends what spins."""
    return bool(sys.executable) and CAN_END_SPINNING
