"""Lists, as opposed to dates, numbers and minus signs at the start of a line.

In files that are Markdown, CommonMark decides, except for lines that begin with a year (`2024. 3. 5.`), a date (`3. 1.
기념식`) or a number that lists cannot show (`007.`). In other texts, a list needs two neighbouring items. Numbers must
count up, and other items must not begin with a number and its unit (`- 5도`).
"""

import re

from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore

from sosik.patterns import pattern

_DEEPEST = 12
"""Levels of elements around a list; deeper ones stay text, since the parser leaves out what it does not descend to."""

_NUMBER_AND_DOT = r"(?![ \t]+\d{1,4}\.(?!\d))"
_ITEM = pattern(rf"(?:((?!0\d)\d{{1,3}})\.{_NUMBER_AND_DOT}|([-+*]))(?:[ \t]|\Z)")
_MARKED = pattern(r"\d{1,9}[.)](?:[ \t]|\Z)")
_NUMBERED = pattern(rf"(?!0\d)\d{{1,3}}[.)]{_NUMBER_AND_DOT}(?:[ \t]|\Z)")
_UNITS = (
    "도|℃|℉|°|%|％|퍼센트|퍼밀|포인트|점|배|원|달러|엔|유로|위안|만|억|조|천|백|명|건|개(?!월)|톤|리터|그램|미터|킬로|센티|밀리"
    "|[a-zA-Z㎜㎝㎞㎡㎢㎥㎎㎏ℓ㎖㎾㎿Ω]"
)
_NUMBER_AND_UNIT = pattern(rf"[ \t]*\d[\d,.]*(?:[ \t]?(?:{_UNITS})|[ \t]*\Z)")


def markdown_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list as CommonMark does, but for dates; a rule of the parser."""
    text = _text(state, start)
    if state.level > _DEEPEST or (_MARKED.match(text) and not _NUMBERED.match(text)):
        return False
    return list_block(state, start, end, silent)


def auto_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list where there certainly is one; a rule of the parser."""
    item = _ITEM.match(_text(state, start))
    if item is None or state.level > _DEEPEST:
        return False
    if silent and state.sCount[start] < state.blkIndent:  # the next item ends the paragraph of the one before
        return True
    if not _is_list(state, start, end, item):
        return False
    return silent or list_block(state, start, end, silent)


def list_stop(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Whether a line ends the list before it, because it is no item though it looks like one; a rule of the parser."""
    text = _text(state, start)
    return silent and bool(_MARKED.match(text)) and not _NUMBERED.match(text)


def list_end(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Whether a line ends the paragraph of an item, because it stands further left; a rule of the parser."""
    return silent and state.parentType == "paragraph" and 0 <= state.sCount[start] < state.blkIndent


def keep_numbers(state: StateCore) -> None:
    """Give items whose numbers do not count up their numbers; a rule of the parser."""
    expected: list[int] = []
    for token in state.tokens:
        if token.type == "ordered_list_open":
            expected.append(int(token.attrs.get("start", 1)))
        elif token.type == "ordered_list_close":
            expected.pop()
        elif token.type == "list_item_open" and token.info:
            number = int(token.info)
            if number != expected[-1]:
                token.attrSet("value", str(number))
            expected[-1] = number + 1


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_list(state: StateBlock, start: int, end: int, item: re.Match[str]) -> bool:
    known: dict[tuple[int, int], bool] = state.env.setdefault("lists", {})
    place = (start, state.bMarks[start] + state.tShift[start])
    if place not in known:
        if item[1]:
            following = _neighbour(state, start, end)
            known[place] = following is not None and following[1][1] == str(int(item[1]) + 1)
        else:
            known |= dict.fromkeys(*_bullets(state, start, end, item))
    return known[place]


def _bullets(state: StateBlock, start: int, end: int, item: re.Match[str]) -> tuple[list[tuple[int, int]], bool]:
    """Return the places of an item and its neighbours, and whether they are a list."""
    places, is_list = [], True
    line: int | None = start
    found = item
    while line is not None:
        places.append((line, state.bMarks[line] + state.tShift[line]))
        text = _text(state, line)[found.end() :]
        is_list = is_list and not _NUMBER_AND_UNIT.match(text)
        following = _neighbour(state, line, end)
        line = None
        if following is not None and following[1][2] == item[2]:
            line, found = following
    return places, is_list and (len(places) > 1 or _is_below_item(state, start))


def _is_below_item(state: StateBlock, line: int) -> bool:
    """Whether a line stands in an item of a list, below the line with the item's own mark."""
    return state.blkIndent > 0 and state.src[state.bMarks[line] : state.bMarks[line] + state.tShift[line]].isspace()


def _neighbour(state: StateBlock, line: int, end: int) -> tuple[int, re.Match[str]] | None:
    """Return the next item at the same indent, over blank lines and over what is indented further."""
    indent = state.sCount[line]
    for following in range(line + 1, end):
        if state.isEmpty(following) or state.sCount[following] > indent:
            continue
        if state.sCount[following] < indent:
            return None
        item = _ITEM.match(_text(state, following))
        return (following, item) if item else None
    return None
