"""Paragraphs of plain text as Markdown that shows exactly that text (CommonMark 0.31, 2.4, and its extensions)."""

import re
from collections.abc import Iterable

INLINE = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>`\[\]\\]+)"
    r"|\\(?=[\\`*_\[\]<>~|]|&\#?[^\W_]{1,32};)|(?<=\])\\(?=\()|\A\\(?=[#+=:-])|\A(?P<digits>\d{1,9})\\(?=[.)])"
    r"|[`*\[\]<~]|&(?=\#?[^\W_]{1,32};)|(?<![^\W_])_|_(?![^\W_])"
)
"""What Markdown reads as markup inside a line: a backslash only where it keeps a sign from being that.

An underscore within a word and an address are left as they are.
"""

AT_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|\Z))|(?=[-+](?:\s|\Z)|\#{1,6}(?:\s|\Z)|>|[-=+]+\s*\Z|(?:-\s*){3,}\Z)"
)
"""What Markdown reads as a list, a heading, a quotation or a rule at the start of a line."""


def markdown(paragraphs: Iterable[str]) -> str:
    """Return *paragraphs* as Markdown with a blank line between them and a line end last.

    Each is one line of plain text without white space at its ends.
    """
    return "\n\n".join(_escaped(paragraph) for paragraph in paragraphs) + "\n"


def _escaped(paragraph: str) -> str:
    inline = INLINE.sub(_escape, paragraph)
    return (
        AT_START.sub(lambda match: f"{match['number'] or ''}\\", inline, count=1) if AT_START.match(inline) else inline
    )


def _escape(match: re.Match[str]) -> str:
    if match["url"]:
        return match[0]
    digits = match["digits"] or ""
    return f"{digits}\\{match[0][len(digits) :]}"
