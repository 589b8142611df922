"""Markup in HTML: tags, comments, references, and codes of other programs."""

import re
from collections.abc import Callable
from html import unescape

from sosik.normalize.kept.beside import Beside
from sosik.normalize.kept.shown import SAME, flat, without_invisible
from sosik.normalize.kept.table import (
    AD_WORDS,
    ELEMENTS,
    HIDDEN,
    HIDDEN_ATTRIBUTE,
    HIDDEN_UNTIL_ASKED,
    HIDING_STYLE,
    NEEDS_END,
    STYLE,
)
from sosik.patterns import pattern

Reader = Callable[[Beside, re.Match[str]], None]
"""Reads what a token is, whose end the body stands at."""

_NAME = pattern(r"</?([^\s<>/\"']+)")
_BEHIND = 3
_TAG = pattern(r"<[^<>]*>")
_THROUGH = pattern(r"\{%-?\s*(?:end)?(?:raw|highlight)\b")
_WORDS = pattern(r"https?://[^\s\"'\[\]]+|[\w-]{6,}", re.ASCII)
_ALTERNATIVE = pattern(r"""\salttext\s*=\s*(?:"([^"\\]+)"|'([^'\\]+)')""", re.IGNORECASE)
_ANNOTATION = pattern(r"<(annotation(?:-xml)?)\b[^<>]*>(?:(?!<annotation).)*?</\1>", re.IGNORECASE | re.DOTALL)
_AHEAD = 40
"""Characters behind a code or a formula among which words are looked for that are seen behind what it became."""
_BETWEEN = 5
"""Characters that may stand between two signs of a formula: brackets, and the signs of fractions and roots."""


def read_reference(body: Beside, token: re.Match[str]) -> None:
    """Read a character reference: its character is seen, or itself."""
    if not flat(without_invisible(unescape(token[0]))):
        return
    behind = flat(body.text[token.end() : token.end() + _BEHIND].partition("<")[0].partition("&")[0])
    body.pass_put_in(f"{unescape(token[0])}{behind}")
    if body.out.text.startswith(f"{token[0]}{behind}", body.seen):
        body.sees(token[0])
    elif not (body.sees(unescape(token[0])) or body.sees(token[0])):
        body.read(*token.span())


def read_comment(body: Beside, token: re.Match[str]) -> None:
    """Read the beginning of a comment, of which nothing is seen where it ends."""
    if body.sees(token[0]):
        return
    if token[0] != "<!--":
        if token[0][:5].lower() == "<?php" and "?php" not in body.told:
            body.miss(*token.span())
        return
    end = body.find("-->", token.start() + 2)
    if end < 0:
        body.read(*token.span())
    else:
        body.at = end + 3


def read_tag(body: Beside, token: re.Match[str]) -> None:
    """Read what looks like a tag: of a tag nothing is seen, words in angle brackets are."""
    written = token[0]
    match = _NAME.match(written)
    name = match[1].lower() if match else ""
    is_end = written.startswith("</")
    if not _is_tag(body, written, name, is_end=is_end):
        body.read(token.start(), token.start() + 1)
        return
    same = SAME.get(name, name)
    body.use(f"/{same}" if is_end else same)
    if not is_end:
        body.opened[name] += 1
        if name in HIDDEN or name in body.told or _is_left_out(body, name, written):
            _pass_over(body, name)
        elif name == "math":
            _read_formula(body, token)
    elif body.opened[name]:
        body.opened[name] -= 1
    elif name != "br" and f"/{name}" not in body.told:
        body.miss(*token.span())


def _is_left_out(body: Beside, name: str, tag: str) -> bool:
    """Tell whether a tag hides its element, by an attribute or by its style, or is an advertisement's."""
    if "html-removed" not in body.told:
        return False
    styled = any(HIDING_STYLE.search(style[1]) for style in STYLE.finditer(tag))
    styled = styled or name in HIDDEN_UNTIL_ASKED
    return styled or HIDDEN_ATTRIBUTE.search(tag) is not None or AD_WORDS.search(tag) is not None


def _is_tag(body: Beside, written: str, name: str, *, is_end: bool) -> bool:
    if body.out.text.startswith(flat(written), body.seen):
        return False
    if name in ELEMENTS:
        return is_end or name not in NEEDS_END or "=" in written or f"</{name}" in body.lower
    is_own = "-" in name and f"</{name}" in body.lower
    return ":" in name or "=" in written or is_own or (is_end and f"<{name} " in body.lower)


def _read_formula(body: Beside, token: re.Match[str]) -> None:
    """Read a formula, of which all signs are seen in order, or its text for readers is."""
    end = body.find("</math", token.end())
    if end < 0:
        return
    told = _ALTERNATIVE.search(token[0])
    written = _TAG.sub("", _ANNOTATION.sub("", body.text[token.end() : end]))
    for words in (told[1] or told[2] if told else "", written):
        seen = _behind_signs(body, flat(unescape(words)))
        if seen > body.seen:
            behind = flat(_TAG.sub("", body.text[end : end + _AHEAD]).partition("<")[0])[:_BEHIND]
            close = next((n for n in range(_BEHIND) if body.out.text.startswith(behind, seen + n)), 0)
            body.at, body.seen = end, seen + close
            return


def _behind_signs(body: Beside, signs: str) -> int:
    """Return where the last of some signs is visible, each near the one before it; where nothing was read if not."""
    seen = body.seen
    for sign in signs:
        at = body.out.text.find(sign, seen, seen + _BETWEEN)
        if at < 0:
            return body.seen
        seen = at + 1
    return seen


def _pass_over(body: Beside, name: str) -> None:
    """Go to the end of an element whose text need not be seen, unless it is seen."""
    if name in body.never_again:
        return
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])").finditer(body.lower, body.at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            words = flat(_TAG.sub("", body.text[body.at : tag.start()]))[:8]
            if not (words and body.out.text.startswith(words, body.seen)):
                body.at = tag.start()
            return
    body.never_again.add(name)


def read_shortcode(body: Beside, token: re.Match[str]) -> None:
    """Read what is meant for another program: it is seen, or told of, or something was made of it."""
    if body.sees(token[0]) or _THROUGH.match(token[0]):
        return
    made = "shortcode" in body.told or token[0].startswith("[/")
    made = made or any(word in body.html for word in _WORDS.findall(token[0]))
    if not made and not ("caption" in token[0] and "<figure" in body.html):
        body.read(token.start(), token.start() + 1)
        return
    ahead = body.text[token.end() : token.end() + _AHEAD].lstrip()
    for words in (ahead, ahead.lstrip("[#>*_~`+- ")):
        body.pass_put_in(flat(words)[:8])


HTML: dict[str, Reader] = {
    "reference": read_reference,
    "comment": read_comment,
    "tag": read_tag,
    "shortcode": read_shortcode,
}
"""Who reads what, by the names of `sosik.normalize.kept.table.HTML_TOKENS`."""
