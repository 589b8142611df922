"""Text as YAML scalars that no reader of YAML can take for anything else (YAML 1.2, 5.7 and 7.3.1)."""

import re

from sosik.patterns import pattern

UNSEEN = pattern(
    '["\\\\\x00-\x1f\x7f-\xa0\xad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff'
    "\ufff9-\uffff]"
)
"""What a double-quoted scalar must or should not hold as it is: quote, backslash, and everything nobody sees.

The zero-width joiner (U+200D) stays: it is part of many emoji.
"""

SHORT = {'"': r"\"", "\\": r"\\", "\0": r"\0", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\x85": r"\N", "\xa0": r"\_"}

AWKWARD_IN_BLOCK = pattern(r"\A\s|^[ \t]+$|\n\n\Z|\A\Z", re.MULTILINE)
"""Text that a literal block would need indicators for: white space first, lines of white space alone,
several line ends last."""


def quote(text: str) -> str:
    """Return *text* as one double-quoted YAML scalar on one line; what can be seen is left readable."""
    return f'"{UNSEEN.sub(_escape, text)}"'


def block(text: str) -> str | None:
    """Return *text* as a literal block indented by two spaces, beginning with `|`, or None where it would not come back
    exactly."""
    if AWKWARD_IN_BLOCK.search(text) or any(character not in '"\\\n\t' for character in UNSEEN.findall(text)):
        return None
    header = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([header, *(f"  {line}" if line else "" for line in lines)])


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in SHORT:
        return SHORT[character]
    number = ord(character)
    return f"\\x{number:02X}" if number <= 0xFF else f"\\u{number:04X}"
