"""Changes to the text of a YAML mapping that leave every other character where it was.

Places come from PyYAML's own parser in Python: its marks count characters, those of libyaml count otherwise.
"""

from collections.abc import Iterator

import yaml

from sosik.source.places import LINE_BREAK
from sosik.words import Message
from sosik.write.members import Member, ShapeError, Value, newline_of
from sosik.write.quoting import quote


def members(text: str) -> tuple[Member, ...]:
    """Return the members of the block mapping that *text* is. Raises ShapeError where it is anything else."""
    root = _root(text)
    return tuple(
        Member(
            key=str(key.value),
            value=_value(value),
            start=key.start_mark.index,
            value_start=value.start_mark.index,
            value_end=_last_mark(value),
        )
        for key, value in root.value
    )


def first(text: str, key: str, value: Value) -> Iterator[str]:
    """Yield *text* with the member added as the first one."""
    yield _added(text, members(text)[0].start, key, value)


def last(text: str, key: str, value: Value) -> Iterator[str]:
    """Yield *text* with the member added at the end, then, for where that would change the last value, before it."""
    yield _added(text, _root(text).end_mark.index, key, value)
    yield _added(text, members(text)[-1].start, key, value)


def replace(text: str, member: Member, value: str) -> str:
    """Return *text* with the scalar value of *member* replaced."""
    if not isinstance(member.value, str):
        raise ShapeError(Message("write.not-plain", key=member.key))
    written = text[member.value_start : member.value_end]
    space = "" if text[member.value_start - 1].isspace() else " "
    line_ends = written[len(written.rstrip()) :]
    return text[: member.value_start] + space + quote(value) + line_ends + text[member.value_end :]


def append(text: str, member: Member, value: Value) -> str:
    """Return *text* with *value* as one more of the list that *member* holds; nothing at all is an empty list."""
    if not isinstance(member.value, list) and member.value != "":
        raise ShapeError(Message("write.not-list", key=member.key))
    if text[: member.value_end].endswith("]"):
        inner = text[member.value_start + 1 : member.value_end - 1].rstrip()
        comma = "" if not inner or inner.endswith(",") else ", "
        place = member.value_start + 1 + len(inner)
        return text[:place] + comma + _flow(value) + text[place:]
    column = _column(text, member.value_start) if member.value else _column(text, member.start) + 2
    return _with_lines(text, _line_after(text, member.value_end), column, _item(value))


def _root(text: str) -> yaml.MappingNode:
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.BaseLoader)):
            raise ShapeError(Message("write.aliases"))
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ShapeError(Message("write.not-yaml")) from error
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        raise ShapeError(Message("write.not-block"))
    if not all(isinstance(key, yaml.ScalarNode) for key, _ in root.value):
        raise ShapeError(Message("write.key"))
    return root


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [_value(member) for member in node.value]
    if isinstance(node, yaml.MappingNode):
        return tuple((str(key.value), _value(value)) for key, value in node.value)
    return str(node.value)


def _last_mark(node: yaml.Node) -> int:
    """Where a value ends: a block collection ends with its last scalar, not with the comments after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last_member = node.value[-1]
        return _last_mark(last_member[1] if isinstance(node, yaml.MappingNode) else last_member)
    return int(node.end_mark.index)


def _added(text: str, place: int, key: str, value: Value) -> str:
    lines = [f"{key}: {_flow(value)}"]
    if isinstance(value, list):
        lines = [f"{key}:", *(f"  {line}" for member in value for line in _item(member))]
    return _with_lines(text, place, _column(text, members(text)[0].start), lines)


def _with_lines(text: str, place: int, column: int, lines: list[str]) -> str:
    """*text* with whole *lines*, indented to *column*, before the line of *place*, or after the last line."""
    end = newline_of(text)
    written = end.join(" " * column + line for line in lines)
    start = place - _column(text, place)
    if not text[start:place].strip(" "):
        return text[:start] + written + end + text[start:]
    if place == len(text):
        return text + end + written
    raise ShapeError(Message("write.line"))


def _line_after(text: str, place: int) -> int:
    """Where the line after *place* begins; *place* itself when it begins one."""
    if not _column(text, place):
        return place
    end = LINE_BREAK.search(text, place)
    return end.end() if end else len(text)


def _column(text: str, place: int) -> int:
    return place - max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) - 1


def _item(value: Value) -> list[str]:
    """A mapping, or a text, as the lines of a list's member."""
    if not isinstance(value, tuple):
        return [f"- {_flow(value)}"]
    pairs = value
    lines = [f"{key}: {_flow(member)}" for key, member in pairs]
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _flow(value: Value) -> str:
    if isinstance(value, tuple):
        return "{" + ", ".join(f"{key}: {_flow(member)}" for key, member in value) + "}"
    return quote(str(value))
