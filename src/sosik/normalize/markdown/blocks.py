"""Blocks: what begins one in Korean text, and what only looks as if it did."""

from itertools import pairwise

from markdown_it.rules_block import StateBlock, blockquote, code, fence, heading, html_block

from sosik.normalize.tags import ELEMENTS, SWALLOWING, is_markup
from sosik.patterns import pattern

_DEEPEST = 12
_MOST_EMPTY = 20
"""Lines of a quotation without anything in it that are looked at."""
_EMPTY_QUOTE = pattern(r">[> \t]*")
_GREATER = pattern(r">=?\d")
_HEADING = pattern(r"#{1,6}[ \t]+[^#\s]|#{1,6}[ \t]+#+[^#\s]")
_FENCE = pattern(r"(`{3,}|~{3,})[ \t]*([^\n]*)")
_NAME = pattern(r"</?([A-Za-z][^\s<>/]*)")
_UNENDING = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))

_HANGUL = pattern("[가-힣]")
_LATIN = pattern("[A-Za-z]")
_CODE = pattern(r"[{};]|[=<>]=|\w\(|=\s|://|\$\w|\A\s*#")

_DELIMITER = pattern(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+\Z")
_CELL_END = pattern(r"(?<!\\)\|")
_MOST_EMPTY = 1000
"""Cells of a table that are added where rows are shorter than the head: a short text must not become a long one."""


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quotation of something, but none so deep that the parser leaves out its text; a rule of the parser."""
    return state.level <= _DEEPEST and _quotes(state, start, end) and blockquote(state, start, end, silent)


def _quotes(state: StateBlock, start: int, end: int) -> bool:
    """Whether a line with the sign, or a next one, has more than the sign."""
    line, end = start, min(end, start + _MOST_EMPTY)
    while line < end and _EMPTY_QUOTE.fullmatch(_line(state, line)):
        line += 1
    return line in (start, start + _MOST_EMPTY) or (line < end and _line(state, line).startswith(">"))


def auto_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quotation, unless the sign says that a number is greater (`>5%`); a rule of the parser."""
    return not _GREATER.match(_line(state, start)) and quotation(state, start, end, silent)


def heading_with_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a heading that has a text; a rule of the parser."""
    return bool(_HEADING.match(_line(state, start))) and heading(state, start, end, silent)


def closed_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a fence that is closed, and is no line of tildes; a rule of the parser."""
    opening = _FENCE.match(_line(state, start))
    if not opening or (opening[1][0] == "~" and not opening[2].isascii()):
        return False
    known: dict[str, int] = state.env.setdefault("fences", {})
    mark = opening[1]
    if mark not in known:
        known[mark] = max((line for line in range(start, end) if _closes(_line(state, line), mark)), default=-1)
    return known[mark] > start and fence(state, start, end, silent)


def _closes(line: str, mark: str) -> bool:
    return line.startswith(mark) and not line.strip(mark[0] + " \t")


def code_but_prose(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read indented code, unless it is indented prose of Hangul; a rule of the parser."""
    if not state.is_code_block(start):
        return False
    lines = []
    for line in range(start, end):
        if not state.isEmpty(line) and not state.is_code_block(line):
            break
        lines.append(_line(state, line))
    text = "\n".join(lines)
    is_prose = len(_HANGUL.findall(text)) > len(_LATIN.findall(text)) and not _CODE.search(text)
    return not is_prose and code(state, start, end, silent)


def known_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of HTML that begins with an element of HTML, and ends; a rule of the parser."""
    text = _line(state, start)
    if not text.startswith("<"):
        return False
    name = _NAME.match(text)
    if name and not (is_markup(name[1]) and _has_end(state, start, name[1].lower())):
        return False
    if name and name[1].lower() not in ELEMENTS and "=" not in text and not _ends(state, start, name[1].lower()):
        return False
    for opening, closing in () if name else _UNENDING:
        if text.startswith(opening):
            if state.src.find(closing, state.bMarks[start] + state.tShift[start]) < 0:
                return False
            break
    return html_block(state, start, end, silent)


def _has_end(state: StateBlock, line: int, name: str) -> bool:
    """Whether an element ends, if it would take all that follows with it."""
    return name not in SWALLOWING or _ends(state, line, name)


def _ends(state: StateBlock, line: int, name: str) -> bool:
    """Whether the end of an element stands on a line or below it."""
    if "lower" not in state.env:
        state.env["lower"] = state.src.lower()
    lower: str = state.env["lower"]
    return lower.find(f"</{name}", state.bMarks[line]) >= 0


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, of which rows may have more cells than the head; a rule of the parser."""
    if start + 2 > end or "|" not in (head := _line(state, start)) or state.is_code_block(start):
        return False
    delimiter = _line(state, start + 1)
    if state.sCount[start + 1] < state.blkIndent or "-" not in delimiter or not _DELIMITER.match(delimiter):
        return False
    aligns = [_align(cell) for cell in _cells(delimiter)]
    cells = _cells(head)
    if len(cells) != len(aligns):
        return False
    if not silent:
        _push_table(state, start, end, cells, aligns)
    return True


def bare_heads(text: str) -> tuple[str, frozenset[int]]:
    """Return a text in which the heads of tables are bare that are such without backslashes alone, and their lines."""
    lines = text.split("\n")
    heads: set[int] = set()
    for number, (line, below) in enumerate(pairwise(lines)):
        if "\\|" in line and "-" in below and _DELIMITER.match(below):
            bare, columns = line.replace("\\|", "|"), len(_cells(below))
            if len(_cells(line)) != columns and len(_cells(bare)) == columns:
                lines[number] = bare
                heads.add(number)
    return "\n".join(lines), frozenset(heads)


def _align(cell: str) -> str:
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(
        (cell.startswith(":"), cell.endswith(":")), ""
    )


def _cells(line: str) -> list[str]:
    """Return the cells of a row; only the pipes at its ends belong to no cell."""
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line.strip())]
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _push_table(state: StateBlock, start: int, end: int, head: list[str], aligns: list[str]) -> None:
    before, state.parentType = state.parentType, "table"
    token = state.push("table_open", "table", 1)
    state.push("thead_open", "thead", 1)
    _push_row(state, start, "th", head, aligns)
    state.push("thead_close", "thead", -1)
    stops = state.md.block.ruler.getRules("blockquote")
    line, spare = start + 2, _MOST_EMPTY
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        if any(stop(state, line, end, True) for stop in stops):
            break
        if line == start + 2:
            state.push("tbody_open", "tbody", 1)
        cells = _cells(_line(state, line))
        missing = max(0, len(aligns) - len(cells))
        spare -= missing
        _push_row(state, line, "td", cells + [""] * missing if spare > 0 else cells, aligns)
        line += 1
    if line > start + 2:
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    token.map = [start, line]
    state.parentType, state.line = before, line


def _push_row(state: StateBlock, line: int, tag: str, cells: list[str], aligns: list[str]) -> None:
    state.push("tr_open", "tr", 1)
    for cell, align in zip(cells, [*aligns, *[""] * len(cells)], strict=False):
        token = state.push(f"{tag}_open", tag, 1)
        if align:
            token.attrs = {"align": align}
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = cell, [line, line + 1], []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)
