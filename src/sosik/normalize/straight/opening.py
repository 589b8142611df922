"""The summary of a body that opens with plain paragraphs: no more of it is looked at than the summary holds."""

import re
from collections.abc import Iterator
from html import unescape

from sosik.normalize.captions import LONGEST_BARE, Captions, Line, ends_caption, is_credit
from sosik.normalize.sentences import ENDED, joined, sentences
from sosik.normalize.straight.links import DoubtError
from sosik.patterns import pattern

_WORDS = r"[^<]*(?:</?(?:strong|b|em|i)>[^<]*|<br>(?!(?:\s|&nbsp;)*<br>)[^<]*|<a href=\"[^\"<>]*\">[^<]*|</a>[^<]*)*+"
_BLOCK = pattern(
    rf"(?:<p>(?P<words>[^<\s&]{_WORDS})</p>|<h[1-6]>{_WORDS}</h[1-6]>|(?P<picture><p><img [^<>]*></p>)"
    rf"|<(?P<list>[uo]l)>\n(?:<li>{_WORDS}</li>\n)*+</(?P=list)>)\n?"
)
_TAG = pattern("<(?!br>)[^<>]*>")
_GAP = pattern(r"<(?:(?<=\s<)|(?<=&nbsp;<)|(?<=<br><))(?!br>)[^<>]*+>(?:<(?!br>)[^<>]*+>)*+(?:\s|&nbsp;|<br>)")
"""White space on both sides of tags, which the long road does not fold; it is looked for where a tag begins."""
_ADDRESS = ("http", "www.")

_LOOKED_AT = 6_000
"""Characters, at most as many as the long road looks at (`sosik.normalize.summary`)."""


def opening(html: str, captions: Captions, limit: int) -> str | None:
    """Return the summary of a published body, at most *limit* characters; None where anything is in doubt."""
    if captions.are_known:
        return None
    try:
        whole = joined(filter(ENDED.search, sentences(_lines(html, captions))), limit)
        return whole or joined(sentences(_lines(html, captions)), limit) or None
    except DoubtError:
        return None


def _lines(html: str, captions: Captions) -> Iterator[str]:
    """Yield the lines that belong to the article's text. Raises DoubtError where they may be told apart otherwise."""
    for text, is_below_picture, end in _texts(html):
        is_credited = False
        if is_below_picture and len(text) <= LONGEST_BARE:
            is_credited = is_credit(next((following for following, _, _ in _texts(html, end)), ""))
        if not captions.is_one(Line(text=text, after_picture=is_below_picture, is_credited=is_credited)):
            yield text


def _texts(html: str, position: int = 0) -> Iterator[tuple[str, bool, int]]:
    """Yield the lines of text, whether a picture stands above each, and where it ends."""
    is_below_picture = False
    while position < len(html):
        block = _BLOCK.match(html, position)
        if block is None or position > _LOOKED_AT:
            raise DoubtError
        position = block.end()
        words, picture, _ = block.groups()
        is_below_picture = is_below_picture or bool(picture)
        if words is None:
            continue
        if "<" in words:
            if _GAP.search(words):
                raise DoubtError
            words = _TAG.sub("", words)
        if words.startswith(_ADDRESS) or _has_caption(words):
            raise DoubtError
        yield " ".join(unescape(words.replace("<br>", " ")).split()), is_below_picture, position
        is_below_picture = False


def _has_caption(words: str) -> bool:
    """Whether a line of a paragraph may end a caption."""
    before = ""
    for line in words.split("<br>") if "<br>" in words or "\n" in words else ():
        if ends_caption(before) or any(ends_caption(before + line[: end.start()]) for end in re.finditer("\n", line)):
            return True
        before += line
    return False
