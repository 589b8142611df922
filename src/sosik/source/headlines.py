"""Headlines that YAML misreads: their patterns, and the corrected line.

To YAML, `title: [단독] …` is a broken list, `title: 속보: …` has a key in its value, and `… #속보` loses its end.
"""

import re

from msgspec import Struct

from sosik.errors import Location, Problem
from sosik.source.places import problem_of
from sosik.words import Message

_FIRST = {
    "[": Message("source.misread-list"),
    "]": Message("source.misread-list-end"),
    "{": Message("source.misread-mapping"),
    "}": Message("source.misread-mapping-end"),
    ",": Message("source.misread-comma"),
    "!": Message("source.misread-tag"),
    "*": Message("source.misread-alias"),
    "&": Message("source.misread-anchor"),
    "#": Message("source.misread-comment"),
    "%": Message("source.misread-percent"),
    "@": Message("source.misread-at"),
    "`": Message("source.misread-backquote"),
    ">": Message("source.misread-folded"),
    "|": Message("source.misread-literal"),
    "-": Message("source.misread-dash"),
    "?": Message("source.misread-question"),
    '"': Message("source.misread-quote"),
    "'": Message("source.misread-quote"),
}
"""What YAML makes of the first character of a value."""

_HEADLINES = frozenset({"title", "subtitle", "subtitles", "제목", "부제", "부제목"})

_SHOWN = 60
_PASTED = 1000

_BEFORE_QUOTATION = frozenset(" \t([{<‘“「『《〈,…·")
"""What stands before a quotation mark that begins a quotation."""


class Misread(Struct, frozen=True, kw_only=True):
    """A value that YAML does not take for the text it is: what stands before it on its line, its text, and why."""

    head: str
    written: str
    location: Location
    reason: Message | None = None


def shortened(text: str) -> str:
    """Return the beginning of a text that may be as long as its file."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def quoted(text: str) -> str:
    """Return a text of one line as a YAML scalar in quotation marks, in those that need the fewest escapes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def meant(written: str) -> str:
    """Return the text of a value: what stands within quotation marks around the whole of it.

    Such are the outer marks of `"시장 "사퇴" 발표"`; those of `"큰" 것과 "작은"` belong to the text.
    """
    mark, inner = written[:1], written[1:-1]
    if mark not in ("'", '"') or len(written) < 3 or written[-1] != mark:  # the two marks alone
        return written
    plain = re.sub(r"\\.", "  ", inner) if mark == '"' else inner
    at = plain.find(mark)
    opens = at >= 0 and (at == 0 or plain[at - 1] in _BEFORE_QUOTATION) and not plain[at + 1 : at + 2].isspace()
    if not opens and plain.count(mark) and plain.count(mark) % 2 == 0:
        return written
    return inner.replace(f"\\{mark}", mark) if mark == '"' else inner


def misread_as(key: str) -> str:
    """Return the identifier of what is said of the misread text of a key: headlines have a code of their own."""
    return "headline-quote.text" if key.lower() in _HEADLINES else "text-quote.text"


def misread_problem(misread: Misread, says: str) -> Problem:
    """Return the problem that an identifier says, whose hint is the line to paste."""
    hint = Message("headline-quote.long-hint")
    if len(misread.written) <= _PASTED:
        hint = Message("headline-quote.line-hint", line=f"{misread.head} {quoted(meant(misread.written))}")
    reason = misread.reason or _reason(misread.written)
    return problem_of(Message(says, text=shortened(misread.written), reason=reason), misread.location, hint)


def _reason(written: str) -> Message:
    if written[:1] in _FIRST:
        return _FIRST[written[0]]
    if " #" in written:
        return Message("source.misread-hash")
    return Message("source.misread-colon")
