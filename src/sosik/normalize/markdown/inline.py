"""Backslashes and line ends: a backslash is the ₩ of Korean keyboards unless it keeps something from being markup."""

import re

from markdown_it.rules_inline import StateInline, newline

from sosik.normalize.markdown.signs import LIST_LINE

_ALWAYS = frozenset("`*_[]<>~|")
_AT_START = frozenset("#-+=:")
_AFTER_NUMBER = frozenset(".)")
_NEAR = 24
_START = re.compile(r"(?:\A|\n)[ \t>]*\Z")
_NUMBER_AT_START = re.compile(r"(?:\A|\n)[ \t>]*\d{1,9}\Z")
_REFERENCE = re.compile(r"&#?\w{1,32};")


def escape(state: StateInline, silent: bool) -> bool:
    """Read a backslash before a sign that would be markup without it; a rule of the parser."""
    src, pos = state.src, state.pos
    if src[pos] != "\\" or pos + 1 >= state.posMax or not _changes(src, pos):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = src[pos + 1]
        token.markup = src[pos : pos + 2]
        token.info = "escape"
    state.pos = pos + 2
    return True


def _changes(src: str, pos: int) -> bool:
    """Whether the sign after the backslash at *pos* would be read as markup without it.

    A second backslash is markup if it would take the sign that follows it from markup.
    """
    place = pos + 1
    if src[place] == "\\":
        place += 1
        if src[place : place + 1] == "\\":
            return True
    sign = src[place : place + 1]
    if sign in _ALWAYS:
        return True
    if sign == "&":
        return bool(_REFERENCE.match(src, place))
    if sign == "!":
        return src[place + 1 : place + 2] == "["
    if sign == "(":
        return src[pos - 1 : pos] == "]"
    before = src[max(0, pos - _NEAR) : pos]
    if sign in _AT_START:
        return bool(_START.search(before)) and (pos == len(before) or "\n" in before)
    return sign in _AFTER_NUMBER and bool(_NUMBER_AT_START.search(before)) and (pos == len(before) or "\n" in before)


def hard_break(state: StateInline, silent: bool) -> bool:
    """Read a backslash at the end of a line as a line break, as CommonMark does; a rule of the parser."""
    if not state.src.startswith("\\\n", state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 2
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
