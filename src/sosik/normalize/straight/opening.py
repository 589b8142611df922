"""The summary of a body that opens with plain paragraphs: no more of it is looked at than the summary holds."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from sosik.normalize.captions import Captions, Line, ends_caption
from sosik.normalize.sentences import ENDED, joined, sentences
from sosik.normalize.straight.links import DoubtError
from sosik.patterns import pattern

_WORDS = r"[^<]*(?:</?(?:strong|b|em|i)>[^<]*|<br>(?!(?:\s|&nbsp;)*<br>)[^<]*|<a href=\"[^\"<>]*\">[^<]*|</a>[^<]*)*+"
_BLOCK = pattern(rf"(?:<p>(?P<words>[^<\s&]{_WORDS})</p>|<h[1-6]>{_WORDS}</h[1-6]>)\n?")
_TAG = pattern("<(?!br>)[^<>]*>")
_GAP = pattern(r"(?:\s|&nbsp;|<br>)(?:<(?!br>)[^<>]*+>)+(?:\s|&nbsp;|<br>)")
"""White space on both sides of tags, which the long road does not fold."""
_ADDRESS = ("http", "www.")

_LOOKED_AT = 6_000
"""Characters, at most as many as the long road looks at (`sosik.normalize.summary`)."""


def opening(html: str, captions: Captions, limit: int) -> str | None:
    """Return the summary of a published body, at most *limit* characters; None where anything is in doubt."""
    if captions.are_known:
        return None
    lines: list[str] = []
    try:
        summary = joined(filter(ENDED.search, sentences(_kept(_lines(html, captions), lines))), limit)
    except DoubtError:
        return None
    return summary or joined(sentences(lines), limit) or None


def _kept(lines: Iterable[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


def _lines(html: str, captions: Captions) -> Iterator[str]:
    """Yield the lines that belong to the article's text. Raises DoubtError where they may be told apart otherwise."""
    position = 0
    while position < len(html):
        block = _BLOCK.match(html, position)
        if block is None or position > _LOOKED_AT:
            raise DoubtError
        position = block.end()
        if block["words"] is None:
            continue
        words = block["words"]
        if "<" in words:
            if _GAP.search(words):
                raise DoubtError
            words = _TAG.sub("", words)
        if words.startswith(_ADDRESS) or _has_caption(words):
            raise DoubtError
        text = " ".join(unescape(words.replace("<br>", " ")).split())
        if not captions.is_one(Line(text=text)):
            yield text


def _has_caption(words: str) -> bool:
    """Whether a line of a paragraph may end a caption."""
    before = ""
    for line in words.split("<br>") if "<br>" in words or "\n" in words else ():
        if ends_caption(before) or any(ends_caption(before + line[: end.start()]) for end in re.finditer("\n", line)):
            return True
        before += line
    return False
