"""The progress of a long operation, for an observer."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct


class Stage(StrEnum):
    """What a build is at."""

    LOOKING = "looking"
    READING = "reading"
    MAKING = "making"
    WRITING = "writing"


class Progress(Struct, frozen=True):
    """A stage, and how many things of how many are done in it; of none where nobody knows of how many."""

    stage: Stage
    done: int = 0
    total: int = 0


Observer = Callable[[Progress], None]


def unobserved(progress: Progress) -> None:
    """Take no notice."""
