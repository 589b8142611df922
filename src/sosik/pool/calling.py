"""The messages between a worker and its parent: values of both processes."""

import sys
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from sosik.version import made_by


class Calling(Struct, frozen=True):
    """What a worker does: `function` of `module` returns of `shared` what is called with each context and item.

    An item that takes more than so many `seconds` of processor time ends the process.
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
