"""Paragraphs of plain text as Markdown that shows exactly that text (CommonMark 0.31, 2.4, and its extensions)."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape

from sosik.importers.lines import Mark
from sosik.model import BodyFormat
from sosik.normalize.reading import read_body
from sosik.patterns import pattern

INLINE = pattern(
    r"(?P<url>(?:https?://|www\.)[^\s<>`\[\]\\]+)"
    r"|\\(?=[\\`*_\[\]<>~|]|&\#?[^\W_]{1,32};)|(?<=\])\\(?=\()|\A\\(?=[#+=:-])|\A(?P<digits>\d{1,9})\\(?=[.)])"
    r"|[`*\[\]<~]|&(?=\#?[^\W_]{1,32};)|(?<![^\W_])_|_(?![^\W_])"
)
"""What Markdown reads as markup inside a line: a backslash only where it keeps a sign from being that.

An underscore within a word and an address are left as they are.
"""

AT_START = pattern(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|\Z))|(?=[-+](?:\s|\Z)|\#{1,6}(?:\s|\Z)|>|[-=+]+\s*\Z|(?:-\s*){3,}\Z)"
)
"""What Markdown reads as a list, a heading, a quotation or a rule at the start of a line."""


_TAG = pattern(r"<[^<>]*>")
_ENDING = pattern(r"[()<>\\ \t]")
"""What ends the address of a link in Markdown, or is an escape."""

_PUNCTUATION = pattern(r"[!-/:-@\[-`{-~]|\A\d")


def markdown(paragraphs: Iterable[str], marks: Iterable[Sequence[Mark]] = ()) -> str:
    """Return *paragraphs* as Markdown with a blank line between them and a line end last.

    Each is one line of plain text without white space at its ends, *marks* what parts of it are, for each in turn.
    It stays as it is where it reads as it is; else backslashes keep its signs from being markup, or where those would
    be letters, references stand for the signs.
    Raises TooManyBracketsError.
    """
    wanted = list(paragraphs)
    inked = list(marks) or [()] * len(wanted)
    written = [_inked(want, ink, str) for want, ink in zip(wanted, inked, strict=True)]
    for spelled in (_escaped, _referred):
        shown = _shown(written)
        if shown == wanted:
            break
        written = [
            text
            if len(shown) == len(wanted) and shown[n] == want and _shown([text]) == [want]
            else _inked(want, ink, spelled)
            for n, (text, want, ink) in enumerate(zip(written, wanted, inked, strict=True))
        ]
    return "\n\n".join(written) + "\n"


def _inked(paragraph: str, marks: Sequence[Mark], spelled: Callable[[str], str]) -> str:
    """Return a paragraph with its marks, and its text in between spelled in a way. Two tildes next to Hangul strike
    nothing out, for ranges have them (`10~~15일`); the element does everywhere."""
    at, parts = 0, []
    for mark in marks:
        shown = spelled(paragraph[mark.start : mark.end])
        shown = f"<s>{shown}</s>" if mark.is_struck else shown
        shown = f"[{shown}]({_ENDING.sub(_encoded, mark.link)})" if mark.link else shown
        parts += [spelled(paragraph[at : mark.start]), shown]
        at = mark.end
    return "".join([*parts, spelled(paragraph[at:])])


def _encoded(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


def _shown(paragraphs: Iterable[str]) -> list[str]:
    """Return the paragraphs that readers see of a body of which nobody said what it is written in."""
    html = read_body("\n\n".join(paragraphs) + "\n", BodyFormat.AUTO).html.strip()
    if not html.startswith("<p>"):
        return []
    return [unescape(_TAG.sub("", part)) for part in html.split("</p>\n<p>")]


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


def _referred(paragraph: str) -> str:
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", paragraph)
