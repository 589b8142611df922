"""Where a text shows code: fences, code spans, `pre` and `code` elements, comments. There, text stays."""

import re
from collections.abc import Iterator

from sosik.patterns import pattern

_BLOCK = pattern(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n|\Z)"
    r"|<(?P<element>pre|code|script|style|textarea)(?=[\s>])|(?P<comment><!--)",
    re.MULTILINE | re.IGNORECASE,
)
_TICKS = pattern(r"`+")
_PARAGRAPH = pattern(r"\n[ \t]*\n")


def outside_code(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is code."""
    position = 0
    while block := _BLOCK.search(text, position):
        end = _end(text, block)
        yield from _spans(text[position : block.start()])
        yield text[block.start() : end], True
        position = end
    yield from _spans(text[position:])


def _end(text: str, block: re.Match[str]) -> int:
    """Return where a block of code ends: what never ends goes on to the end of the text, an element ends at once."""
    if block["fence"]:
        mark = block["fence"]
        end = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(text, block.end())
        return end.end() if end else len(text)
    closing = "-->" if block["comment"] else f"</{block['element']}"
    end_at = re.compile(re.escape(closing), re.IGNORECASE).search(text, block.end())
    return end_at.end() if end_at else block.end()


def _spans(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text without blocks of code: a span ends at as many backticks, in the same paragraph."""
    position = 0
    runs = list(_TICKS.finditer(text))
    ends = _partners(text, runs)
    for run in runs:
        if run.start() < position or run.start() not in ends:
            continue
        yield text[position : run.start()], False
        position = ends[run.start()]
        yield text[run.start() : position], True
    yield text[position:], False


def _partners(text: str, runs: list[re.Match[str]]) -> dict[int, int]:
    """Return where the span ends that each run of backticks would begin, if it has a partner in its paragraph."""
    breaks = [match.start() for match in _PARAGRAPH.finditer(text)] if runs else []
    ends: dict[int, int] = {}
    later: dict[int, int] = {}
    for run in reversed(runs):
        while breaks and breaks[-1] > run.start():
            breaks.pop()
            later.clear()
        length = len(run[0])
        if length in later:
            ends[run.start()] = later[length]
        later[length] = run.end()
    return ends
