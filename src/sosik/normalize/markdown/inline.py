"""Line ends: which of them break a line."""

from markdown_it.rules_inline import StateInline, newline

from sosik.normalize.markdown.signs import LIST_LINE
from sosik.patterns import pattern

_SLASHES = pattern(r"(\\+)\n")


def hard_break(state: StateInline, silent: bool) -> bool:
    """Read a backslash at the end of a line as a line break, as CommonMark does; a rule of the parser.

    Two of them are one that breaks none.
    """
    slashes = _SLASHES.match(state.src, state.pos, state.posMax)
    if slashes is None:
        return False
    count = len(slashes[1])
    if not silent:
        state.pending += "\\" * (count // 2)
        if count % 2:
            state.push("hardbreak", "br", 0)
    state.pos = slashes.end() - (count + 1) % 2
    return True


def line_end(state: StateInline, silent: bool) -> bool:
    """Read a line end as a line break where the next line begins as papers begin the lines of a list."""
    if state.src[state.pos] != "\n":
        return False
    if silent or not (following := LIST_LINE.match(state.src, state.pos + 1)):
        return newline(state, silent)
    state.pending = state.pending.rstrip(" ")
    state.push("hardbreak", "br", 0)
    state.pos += 1
    while state.pos < following.end() and state.src[state.pos] in " \t":
        state.pos += 1
    return True
