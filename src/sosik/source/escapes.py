"""Invalid escapes in double quotation marks of YAML: not a character, or only half of one."""

import re

from sosik.errors import Problem
from sosik.patterns import pattern
from sosik.source.characters import escape_removed
from sosik.source.places import Places

_REST = pattern(r'(?:[^"\\]|\\.)*', re.DOTALL)

# JSON writes a character beyond U+FFFF as the two halves that it has in UTF-16, and so does what was pasted from it.
_ESCAPE = pattern(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u(?P<short>[0-9a-fA-F]{4})|\\U(?P<long>[0-9a-fA-F]{8})|\\.",
    re.DOTALL,
)


def is_refused(text: str, offset: int) -> bool:
    """Whether an escape begins at an offset that stands for no character, so that a parser stops at it."""
    escape = _ESCAPE.match(text, offset)
    number = (escape["high"] or escape["short"] or escape["long"] or "") if escape else ""
    return number != "" and not _is_character(int(number, 16))


def resolved(text: str, offset: int, places: Places) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with two halves as the character they are, and without what is none, in one quoted value.

    The value's first such escape stands at the offset; where something was removed, a problem tells the first of it.
    """
    rest = _REST.match(text, offset)
    end = rest.end() if rest else offset
    removed: list[Problem] = []

    def resolve(escape: re.Match[str]) -> str:
        if escape["high"]:
            halves = bytes.fromhex(escape["high"] + escape["low"])
            return halves.decode("utf-16be")
        number = int(escape["short"] or escape["long"] or "0", 16)
        if _is_character(number):
            return escape[0]
        removed.append(escape_removed(number, places.location(offset + escape.start())))
        return ""

    fixed = _ESCAPE.sub(resolve, text[offset:end])
    return f"{text[:offset]}{fixed}{text[end:]}", tuple(removed[:1])


def _is_character(number: int) -> bool:
    return number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
