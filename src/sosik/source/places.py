"""Offsets in a text as lines and columns, and what the parsers of this package hand back."""

from bisect import bisect_right

from msgspec import Struct

from sosik.errors import Location, Problem
from sosik.model import RawText, RawValue
from sosik.patterns import pattern
from sosik.words import Message

LINE_BREAK = pattern("\r\n|\r|\n")


class ParsedFile(Struct, frozen=True, kw_only=True):
    """What a file came to.

    `value` is None when the text could not be read at all. It may be there beside errors: then it is the best reading,
    good for finding the file's other problems and not for publishing.
    """

    value: RawValue | None = None
    problems: tuple[Problem, ...] = ()


class Places:
    """Finds the line and column, counted from 1 in characters, of offsets in one text."""

    def __init__(self, text: str, file: str, *, first_line: int = 1) -> None:
        self._file = file
        self._first_line = first_line
        self._starts = [0, *(line_break.end() for line_break in LINE_BREAK.finditer(text))]

    def location(self, offset: int) -> Location:
        """Return the place of a character."""
        line = bisect_right(self._starts, offset) - 1
        return Location(file=self._file, line=line + self._first_line, column=offset - self._starts[line] + 1)


def problem_of(message: Message, location: Location, hint: Message | None = None) -> Problem:
    """Return what a message tells of a place as a problem: the message's identifier begins with its code."""
    return Problem(code=message.key.partition(".")[0], message=message, location=location, hint=hint)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems of one file from its first line to its last."""
    return tuple(sorted(problems, key=lambda problem: (problem.location.line, problem.location.column)))


def duplicate(key: RawText, first: Location) -> Problem:
    """Return the problem of a key that stands twice in a mapping, the first time at another place."""
    message = Message("key-duplicate.line", key=key.text, line=first.line)
    return problem_of(message, key.location, Message("key-duplicate.line-hint"))
