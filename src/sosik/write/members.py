"""The top level of an entry file as members with their places, so that one can be changed and all others compared."""

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

from sosik.source.places import LINE_BREAK
from sosik.words import Message

Value = str | int | float | bool | None | list["Value"] | tuple[tuple[str, "Value"], ...]
"""A value for comparison: a mapping is a tuple of its pairs, so that order and repeated keys count."""


class Member(Struct, frozen=True, kw_only=True):
    """One `key: value` of the top level.

    `start` is where the key begins, `value_start` and `value_end` span the value: offsets into the text, in characters.
    """

    key: str
    value: Value
    start: int
    value_start: int
    value_end: int


class Syntax(Protocol):
    """What the modules yaml_text and json_text have in common. Each function raises ShapeError."""

    def members(self, text: str) -> tuple[Member, ...]:
        """Return the members of *text*; at least one."""

    def first(self, text: str, key: str, value: Value) -> Iterable[str]:
        """Yield ways to add a member as the first one."""

    def last(self, text: str, key: str, value: Value) -> Iterable[str]:
        """Yield ways to add a member near the end, the best first."""

    def replace(self, text: str, member: Member, value: str) -> str:
        """Return *text* with the plain value of *member* replaced."""

    def append(self, text: str, member: Member, value: Value) -> str:
        """Return *text* with *value* added to the list that *member* holds."""


class ShapeError(Exception):
    """The text has a shape in which the change cannot be placed; `message` names the shape."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def newline_of(text: str) -> str:
    """Return the line end that *text* uses first; LF where it has none."""
    first = LINE_BREAK.search(text)
    return first[0] if first else "\n"
