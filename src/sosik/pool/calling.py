"""The messages between a worker and its parent: values of both processes."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from sosik.version import made_by

Stages = Sequence[Callable[[Any], Any]]
"""What is done with an item, step by step: the first takes the item, each next one what the one before returned."""


class Calling(Struct, frozen=True):
    """What a worker does: `function` of `module` returns of `shared` what returns the `Stages` for a context.

    All items of a job pass a stage before the next, so that its code stays in the caches of the processor. A message of
    items that takes more than so many `seconds` of processor time ends the process; then each of them gets a message of
    its own, so that the limit is one of an item.
    """

    module: str
    function: str
    shared: Any
    seconds: float


class Answers(Struct, frozen=True):
    """What came of the items of a job: a value for each, or the exception that was raised for one of them."""

    values: Sequence[Any] = ()
    error: Exception | None = None


def code_in_use() -> tuple[str, str]:
    """Return what two processes have to agree on: the code, and how names of files are spelt."""
    return made_by(), sys.getfilesystemencoding()
