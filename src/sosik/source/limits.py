"""How much a file may hold. An article is a few kilobytes; the limits are far above that and far below harm."""

from sosik.words import Message

MAX_BYTES = 2 * 1024 * 1024
"""Bytes of one entry or feed file."""

MAX_DEPTH = 20
"""Lists and mappings inside each other."""

MAX_VALUES = 10_000
"""Values of one file, where every thousand characters of a text count as one more and an alias as all it repeats."""


class LimitError(Exception):
    """The file goes beyond a limit; `message` says which. Never leaves `sosik.source`."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Budget:
    """Counts the values of one file."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, values: int) -> None:
        """Count more values. Raises LimitError when the file has too many."""
        self.spent += values
        if self.spent > MAX_VALUES:
            raise LimitError(Message("limit.values", most=MAX_VALUES))


def check_depth(depth: int) -> None:
    """Raise LimitError when lists and mappings are nested too deep."""
    if depth > MAX_DEPTH:
        raise LimitError(Message("limit.depth", most=MAX_DEPTH))
