"""The messages between a worker and its parent: values of both processes."""

import sys
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


class Answer(Struct, frozen=True):
    """What came of an item: a value, or the exception that was raised."""

    value: Any = None
    error: Exception | None = None


def code_in_use() -> tuple[str, str]:
    """Return what two processes have to agree on: the code, and how names of files are spelt."""
    return made_by(), sys.getfilesystemencoding()
