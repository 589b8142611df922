"""Checks the first promise: every letter, digit and sign of a body as written is visible in the HTML.

The two are compared from beginning to end. A difference must be markup (`table`), and the HTML must have its effect at
that place: emphasis for stars, the number of a list item. The package shares no code with the parser.
"""

import re
from collections import Counter
from collections.abc import Collection
from html import unescape

from sosik.model import BodyFormat
from sosik.normalize.kept.beside import Beside, Unseen
from sosik.normalize.kept.inline import MARKDOWN, TEXT
from sosik.normalize.kept.lines import line_start
from sosik.normalize.kept.shown import flat, visible
from sosik.normalize.kept.table import (
    HTML_SIGNS,
    HTML_TOKENS,
    LIST_MARK,
    MARKDOWN_SIGNS,
    MARKDOWN_TOKENS,
    NOTE,
    TEXT_TOKENS,
)
from sosik.normalize.kept.tags import HTML, Reader
from sosik.patterns import pattern

__all__ = ["Unseen", "unseen"]

_PLAIN_TAG = pattern(
    r"</?(?:p|br|div|img|a|span|strong|em|h[1-6]|ul|ol|li|figure|figcaption|hr|t[rdh]|table|t(?:head|body|foot))"
    r"(?:\s[^<>]*)?/?>"
)
_PLAIN_NAME = pattern("<(/?)([a-z][a-z0-9]*)")
_HANGUL = pattern("[가-힣]")


_READERS: dict[BodyFormat, tuple[re.Pattern[str], re.Pattern[str], dict[str, Reader]]] = {
    BodyFormat.AUTO: (MARKDOWN_SIGNS, MARKDOWN_TOKENS, MARKDOWN),
    BodyFormat.MARKDOWN: (MARKDOWN_SIGNS, MARKDOWN_TOKENS, MARKDOWN),
    BodyFormat.HTML: (HTML_SIGNS, HTML_TOKENS, HTML),
    BodyFormat.TEXT: (TEXT_TOKENS, TEXT_TOKENS, TEXT),
}
"""How a body is read: the signs to stop at, what may begin with one, and who reads it."""


def unseen(text: str, read_as: BodyFormat, html: str, *, told: Collection[str] = ()) -> tuple[Unseen, ...]:
    """Return the first places of a body that readers of the sanitized HTML made of it do not see as written.

    *read_as* is what it was read as, `AUTO` meaning Markdown though nobody said so. *told*: the names of elements, and
    the codes of problems, by which the newsroom knows already that something is not there.
    """
    if _is_plainly_the_same(text, read_as, html):
        return ()
    body = Beside(text, html, is_auto=read_as is not BodyFormat.MARKDOWN, told=frozenset(told))
    is_markdown = read_as in (BodyFormat.AUTO, BodyFormat.MARKDOWN)
    parts = _parts(body.text, body.out.text) if is_markdown else [(0, len(text))]
    for body.at, body.end in parts:
        if is_markdown:
            line_start(body)
        _read_part(body, *_READERS[read_as])
    _find_code(body)
    return body.found()


def _is_plainly_the_same(text: str, read_as: BodyFormat, html: str) -> bool:
    """Whether all is there that is no tag, and no line has to end where none may; most bodies are like that."""
    if read_as is BodyFormat.HTML:
        if _ends_nothing(text):
            return False
        text = unescape(_PLAIN_TAG.sub("", text))
    elif LIST_MARK.search(text):
        return False
    return "<pre" not in html and flat(text) == visible(html)


def _ends_nothing(text: str) -> bool:
    """Whether a plain tag ends an element that did not begin."""
    opened: Counter[str] = Counter()
    for end, name in _PLAIN_NAME.findall(text):
        opened[name] += -1 if end else 1
        if opened[name] < 0:
            return True
    return False


def _read_part(body: Beside, signs: re.Pattern[str], tokens: re.Pattern[str], readers: dict[str, Reader]) -> None:
    start = body.at
    while not body.is_over:
        sign = signs.search(body.text, start, body.end)
        if sign is None:
            body.read(body.at, body.end)
            return
        token = tokens.match(body.text, sign.start(), body.end)
        start = sign.end()
        if token:
            body.read(body.at, token.start())
            body.at = token.end()
            readers[token.lastgroup or ""](body, token)
            start = body.at


def _parts(text: str, seen: str) -> list[tuple[int, int]]:
    """Return the parts of a body in the order in which they are seen: notes that something refers to are at its end."""
    if "[^" not in text:
        return [(0, len(text))]
    parts: list[tuple[int, int]] = []
    notes: dict[str, tuple[int, tuple[int, int]]] = {}
    start = 0
    for note in NOTE.finditer(text):
        label = f"[^{note[1]}]"
        own = note.end(1) - len(label) + 1
        referred = text.find(label)
        referred = text.find(label, note.end(1)) if referred == own else referred
        if referred >= 0 and label not in notes and f"{label}:" not in seen:
            notes[label] = (referred, (note.end(1) + 2, note.end()))
            parts.append((start, note.start()))
            start = note.end()
    return [*parts, (start, len(text)), *(part for _, part in sorted(notes.values()))]


def _is_prose(body: Beside, words: str) -> bool:
    """Whether words are no code: where somebody said that it is Markdown, code may hold some Hangul."""
    return len(_HANGUL.findall(words)) > (0 if body.is_auto else len(words) // 2)


def _find_code(body: Beside) -> None:
    """Note Hangul that is shown as the code of a program though nobody wrote it so."""
    for at, marks in body.out.marks.items():
        if any(mark.name == "pre" and not mark.used for mark in marks):
            end = next((end for end in body.out.after(at) if any(m.name == "/pre" for m in body.out.marks[end])), at)
            words = body.out.text[at:end][:20]
            written = re.search(r"\s*".join(map(re.escape, words)), body.text) if _is_prose(body, words) else None
            if written:
                body.miss(*written.span())
