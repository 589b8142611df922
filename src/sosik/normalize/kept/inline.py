"""Markup inside lines of Markdown: emphasis, links, pictures, code, escapes, cells of tables."""

import re

from sosik.normalize.kept.beside import WINDOW, Beside
from sosik.normalize.kept.lines import HEADING_ENDS, line_start
from sosik.normalize.kept.table import (
    ADDRESS,
    AFTER_A_NAME,
    LINK,
    LIST_MARK,
    MASKING,
    NOWHERE,
    OPENS_EMPHASIS,
    TELEPHONE,
)
from sosik.normalize.kept.tags import HTML, Reader
from sosik.patterns import pattern

_CELLS = ("td", "th", "/td", "/th", "tr", "/tr")
_ESCAPED_PIPE = pattern(r"[ \t]*\\\|")
_NOTE_NUMBER = pattern(r"\[?\d+\]?")
_STRONG = {2: ("strong", "/strong"), 1: ("em", "/em")}
_LINE_SHOWN = 12
_STRUCK = {2: ("del", "/del")}


def _line_end(body: Beside, token: re.Match[str]) -> None:
    """Read the end of a line, which readers must see where the next is a member of a list."""
    if not (body.is_auto and body.seen and LIST_MARK.match(body.text, token.start(), body.end)):
        return
    if not any(mark.breaks for mark in body.out.marks.get(body.seen, ())):
        line = body.text[token.end() : token.end() + _LINE_SHOWN].partition("\n")[0]
        body.miss(token.end(), token.end() + len(line))


def _next_line(body: Beside, token: re.Match[str]) -> None:
    _line_end(body, token)
    line_start(body)


def _ticks(body: Beside, token: re.Match[str]) -> None:
    body.pass_put_in_before(token.start())
    ticks = token[0]
    closing = None if ticks in body.never_again else _closing(body, ticks)
    if closing is None:
        body.never_again.add(ticks)
    if closing and body.use("code"):
        body.read(token.end(), closing.start())
        body.at = closing.end()
    else:
        body.read(*token.span())


def _closing(body: Beside, ticks: str) -> re.Match[str] | None:
    return re.compile(rf"(?<!`){ticks}(?!`)").search(body.text, body.at, body.end)


def _emphasis(body: Beside, token: re.Match[str]) -> None:
    body.pass_put_in_before(token.start())
    left, sign = len(token[0]), token[0][0]
    kinds = _STRUCK if sign == "~" else _STRONG
    while left and not body.is_told:
        size = next((size for size in kinds if size <= left and any(m.name in kinds[size] for m in body.here())), 0)
        mark = body.use(*kinds[size]) if size else None
        if mark and not mark.name.startswith("/") and not _may_open(body, token, size):
            body.miss(token.start(), token.end())
            return
        if not mark:
            body.read(token.end() - left, token.end() - left + 1)
        left -= size or 1
    body.at = token.end()


def _may_open(body: Beside, token: re.Match[str], size: int) -> bool:
    """Whether emphasis may begin here: not in the middle of a name, a number or a formula."""
    before, after = body.text[max(0, token.start() - 1) : token.start()], body.text[token.end() : token.end() + 1]
    if not before or OPENS_EMPHASIS.match(before):
        return True
    if token[0][0] == "~":
        return not (before.isdigit() and after.isdigit())
    if size == 1 or not after:
        return False
    is_masking = MASKING.search(body.text[max(0, token.start() - 2) : token.start()])
    return not is_masking and not AFTER_A_NAME.match(body.text, token.end())


def _escape(body: Beside, token: re.Match[str]) -> None:
    """Read backslashes before a sign: all of them are seen, or half where without them it could be markup."""
    sign, count = token.end() - 1, len(token["slashes"])
    body.at = sign
    if body.sees(token["slashes"]):
        return
    is_break = body.text[sign] == "\n" and not body.is_auto
    if not (is_break or body.slashes.may_vanish(sign)) or not body.sees("\\" * (count // 2)):
        body.read(token.start(), sign)
    elif count % 2 and not is_break:
        body.read(sign, token.end())
    elif count % 2 and not any(mark.name == "br" for mark in body.here()):
        body.miss(token.start(), sign)


def _pipe(body: Beside, token: re.Match[str]) -> None:
    is_next = body.out.text.startswith("|", body.seen)
    if is_next and not _ESCAPED_PIPE.match(body.text, token.end()):
        body.sees("|")
    elif not body.use(*_CELLS):
        body.read(*token.span())


def _image(body: Beside, token: re.Match[str]) -> None:
    if "img" in body.told:
        return
    if body.use("img"):
        _pass_caption(body)
        return
    behind = body.out.next("img", body.seen)
    if body.seen in body.out.marks and behind <= body.seen + WINDOW:  # what was put in stands between
        body.seen = behind
    if body.use("img"):
        _pass_caption(body)
    else:
        body.read(token.start(), token.start() + 2)


def _pass_caption(body: Beside) -> None:
    """Go behind the caption below a picture, which the entry's file says and not its body."""
    is_inside = any(mark.name in ("/em", "/strong", "/del") for mark in body.here())  # what ends before the picture
    if not is_inside and body.use("figcaption"):
        body.seen = body.out.next("/figcaption", body.seen)


def _note(body: Beside, token: re.Match[str]) -> None:
    number = _NOTE_NUMBER.match(body.out.text, body.seen) if body.use("sup") else None
    if number:
        body.seen = number.end()
    else:
        body.read(*token.span())


def _target(body: Beside, token: re.Match[str]) -> None:
    target = token[0][2:-1]
    if ADDRESS.search(target) or TELEPHONE.fullmatch(target):
        if body.text[token.start() - 1] == "[":  # the link shows its address
            body.seen = body.out.next("/a", body.seen)
        is_picture = body.text[token.start() - 1] == ")"  # of which no text stands between two links
        if (is_picture and _leads_nowhere(body, target)) or body.use("/a") or _leads_nowhere(body, target):
            return
    body.read(token.start(), token.start() + 1)


def _leads_nowhere(body: Beside, target: str) -> bool:
    """Whether a link became the words that it was made of: it led to a place of the page, or its loss was told."""
    return bool(NOWHERE.match(target)) or "address-lost" in body.told


def _label(body: Beside, token: re.Match[str]) -> None:
    if not body.use("/a"):
        body.read(token.start(), token.start() + 1)


def _bracket(body: Beside, token: re.Match[str]) -> None:
    if token[0] == "]":
        if body.sees("]") or (body.labels and body.use("/a")):
            return
        body.read(*token.span())
        return
    link = LINK.match(body.text, token.start(), body.end)
    is_nowhere = link is not None and _leads_nowhere(body, link[1][1:-1])
    if is_nowhere and body.text.startswith("![", token.end()):  # of which no text stands between two links
        return
    if not (body.use("a") or (is_nowhere and not body.out.text.startswith("[", body.seen))):
        body.read(*token.span())


def _closing_marks(body: Beside, token: re.Match[str]) -> None:
    if not body.use(*HEADING_ENDS):
        body.read(*token.span())


def _autolink(body: Beside, token: re.Match[str]) -> None:
    if body.use("a"):
        body.read(token.start() + 1, token.end() - 1)
        body.at = token.end()
    else:
        body.read(token.start(), token.start() + 1)


MARKDOWN: dict[str, Reader] = {
    **HTML,
    "newline": _next_line,
    "ticks": _ticks,
    "emphasis": _emphasis,
    "escape": _escape,
    "pipe": _pipe,
    "image": _image,
    "note": _note,
    "target": _target,
    "label": _label,
    "bracket": _bracket,
    "closing": _closing_marks,
    "autolink": _autolink,
}
"""Who reads what, by the names of `sosik.normalize.kept.table.MARKDOWN_TOKENS`."""

TEXT: dict[str, Reader] = {"newline": _line_end}
"""The same for plain text."""
