"""Changes to the text of a JSON object (RFC 8259) that leave every other character where it was."""

import json
import re
from collections.abc import Iterator

from sosik.write.members import Member, ShapeError, Value

SPACE = re.compile(r"[ \t\r\n]*")

DECODER = json.JSONDecoder(object_pairs_hook=tuple)


def members(text: str) -> tuple[Member, ...]:
    """Return the members of the object that *text* is. Raises ShapeError where it is anything else or has none."""
    try:
        found = tuple(_members(text))
    except (ValueError, IndexError, RecursionError) as error:
        raise ShapeError("it is not a JSON object") from error
    if not found:
        raise ShapeError("it is empty")
    return found


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
        raise ShapeError(f"`{member.key}` is not one plain value")
    return text[: member.value_start] + _written(value) + text[member.value_end :]


def append(text: str, member: Member, value: Value) -> str:
    """Return *text* with *value* as one more of the list that *member* holds."""
    if not isinstance(member.value, list):
        raise ShapeError(f"`{member.key}` is not a list")
    inner = text[member.value_start + 1 : member.value_end - 1]
    place = member.value_start + 1 + len(inner.rstrip())
    gap = inner[: len(inner) - len(inner.lstrip())] or " "
    return text[:place] + (f",{gap}" if member.value else "") + _written(value) + text[place:]


def _members(text: str) -> Iterator[Member]:
    """The members one after the other; ValueError or IndexError where the text goes on in another way."""
    place = _past(text, 0, "{")
    while text[place] != "}":
        key, key_end = DECODER.raw_decode(text, place)
        start = _past(text, key_end, ":")
        value, end = DECODER.raw_decode(text, start)
        yield Member(key=str(key), value=value, start=place, value_start=start, value_end=end)
        after = _space(text, end)
        place = after if text[after] == "}" else _past(text, after, ",")
    if _space(text, place + 1) != len(text):
        raise ValueError("text after the object")


def _past(text: str, place: int, mark: str) -> int:
    """Where the next token begins after white space, *mark* and white space."""
    place = _space(text, place)
    if text[place] != mark:
        raise ValueError(f"{mark} expected")
    return _space(text, place + 1)


def _space(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    return found.end() if found else place


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
