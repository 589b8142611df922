"""Changes to the text of a JSON object (RFC 8259) that leave every other character where it was."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sosik.source.json_scanner import JsonSyntaxError, scan_json
from sosik.words import Message
from sosik.write.members import Member, ShapeError, Value


def members(text: str) -> tuple[Member, ...]:
    """Return the members of the object that *text* is. Raises ShapeError where it is anything else or has none."""
    top = _TopLevel()
    try:
        value = scan_json(text, top)
    except (JsonSyntaxError, ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError
        raise ShapeError(Message("write.not-json")) from error
    if not isinstance(value.value, tuple):
        raise ShapeError(Message("write.not-json"))
    if not top.members:
        raise ShapeError(Message("write.empty"))
    return top.members


def first(text: str, key: str, value: Value) -> Iterator[str]:
    """Yield *text* with the member added as the first one."""
    start = members(text)[0].start
    yield f"{text[:start]}{_pair(key, value)},{_gap(text) or ' '}{text[start:]}"


def last(text: str, key: str, value: Value) -> Iterator[str]:
    """Yield *text* with the member added as the last one."""
    end = members(text)[-1].value_end
    yield f"{text[:end]},{_gap(text) or ' '}{_pair(key, value)}{text[end:]}"


def replace(text: str, member: Member, value: str) -> str:
    """Return *text* with the value of *member*, a string, number or null, replaced."""
    if isinstance(member.value, list | tuple):
        raise ShapeError(Message("write.not-plain", key=member.key))
    return text[: member.value_start] + _written(value) + text[member.value_end :]


def append(text: str, member: Member, value: Value) -> str:
    """Return *text* with *value* as one more of the list that *member* holds."""
    if not isinstance(member.value, list):
        raise ShapeError(Message("write.not-list", key=member.key))
    inner = text[member.value_start + 1 : member.value_end - 1]
    place = member.value_start + 1 + len(inner.rstrip())
    gap = inner[: len(inner) - len(inner.lstrip())] or " "
    return text[:place] + (f",{gap}" if member.value else "") + _written(value) + text[place:]


class _Placed(NamedTuple):
    """A value, and the offsets between which it stands."""

    value: Value
    start: int
    end: int


class _TopLevel:
    """Makes plain values; `members` are those of the object that ended last: at the end, of the whole text."""

    def __init__(self) -> None:
        self.members: tuple[Member, ...] = ()

    def opened(self, start: int, depth: int) -> None:
        """Nothing is counted: the text was read before."""

    def key(self, text: str, start: int, end: int) -> _Placed:
        return _Placed(text, start, end)

    def text(self, text: str, start: int, end: int) -> _Placed:
        return _Placed(text, start, end)

    def word(self, written: str, start: int, end: int) -> _Placed:
        return _Placed(json.loads(written), start, end)

    def array(self, items: list[_Placed], start: int, end: int) -> _Placed:
        return _Placed([item.value for item in items], start, end)

    def object(self, members: list[tuple[_Placed, _Placed]], start: int, end: int) -> _Placed:
        self.members = tuple(
            Member(key=str(key.value), value=value.value, start=key.start, value_start=value.start, value_end=value.end)
            for key, value in members
        )
        return _Placed(tuple((str(key.value), value.value) for key, value in members), start, end)


def _gap(text: str) -> str:
    """The white space between the opening brace and the first member."""
    return text[text.index("{") + 1 : members(text)[0].start]


def _pair(key: str, value: Value) -> str:
    return f"{_written(key)}: {_written(value)}"


def _written(value: Value) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Value) -> object:
    """*value* with its mappings as dictionaries again."""
    if isinstance(value, tuple):
        return {key: _plain(member) for key, member in value}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value
