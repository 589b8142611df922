"""Summaries: plain text, as written, or the first whole sentences of the body."""

import re
from collections.abc import Iterable, Iterator

from sosik.model import Image
from sosik.normalize.captions import MARKS, Captions, Line, ends_caption, is_credit, said_of_pictures
from sosik.normalize.fields import EntryFields
from sosik.normalize.markup import ATTRIBUTES, INLINE, html_text
from sosik.normalize.sentences import ENDED, joined, sentences
from sosik.normalize.straight.opening import opening
from sosik.patterns import pattern

LIMIT = 300
"""Characters of a summary made of the body."""

# As much of a body as can hold a summary, whatever stands before it.
_LOOKED_AT = 20 * LIMIT

_LISTS = frozenset({"ul", "ol", "dl"})
_NO_PROSE = frozenset({"figure", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "details", "aside"})
_TAG = pattern(rf"<(/?)([a-z][a-z0-9]*){ATTRIBUTES}*>")
_NOTE_NUMBER = pattern(r"<sup>(?:<a [^<>]*>\[?\d+\]?</a>|\[\d+\])</sup>")

# In text, 10<sup>2</sup> would read as another number.
_SMALL = pattern(r"<(sup|sub)>([0-9+-]{1,9})</\1>")
_SMALL_SIGNS = {
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}

# What stands in place of pictures, behind one in its paragraph, around links, and around what is set off from other
# text, while lines are told apart.
_PICTURE, _LINK, _LINK_END, _SET, _SET_END, _BESIDE = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_QUOTE, _QUOTE_END = "\x07", "\x08"
_LINKS = pattern(f"[{_LINK}{_LINK_END}{_BESIDE}]")
_SETS = pattern(f"[{_SET}{_SET_END}{_BESIDE}]")
_PLACED = pattern(f"[{_PICTURE}-{_QUOTE_END}]")
_SET_OFF = pattern(f"(?:{_SET}+[^{_SET}{_SET_END}]*{_SET_END}+\\s*)+")
_SETTING_OFF = ("em", "i", "small", "b", "strong", "u", "cite", "sub", "sup", "mark", "code")
_LINE_END = "<p></p>"
_LONGEST_CAPTION = 300
_ONLY_LINKS = pattern(rf"(?:{_LINK}[^{_LINK_END}]*{_LINK_END}[\s|·,/]*)+|(?:https?://|www\.)\S+")


def entry_summary(fields: EntryFields, body: str, known: Iterable[str], images: Iterable[Image]) -> str:
    """Return the summary as written, or what `summarize` makes of the sanitized *body* with its *known* captions."""
    return fields.text("summary") or summarize(body, Captions(known, said_of_pictures(body, images)))


def summarize(html: str, captions: Captions, limit: int = LIMIT) -> str:
    """Return the first whole sentences of a body, at most *limit* characters, without captions, dateline and byline.

    A first sentence longer than that is cut between words and ends in `…`.
    """
    if (made := opening(html, captions, limit)) is not None:
        return made
    html = _SMALL.sub(lambda small: small[2].translate(_SMALL_SIGNS[small[1]]), _NOTE_NUMBER.sub("", html))
    lines = _prose(_lines(html, _NO_PROSE | _LISTS), captions)
    if not lines:
        lines = _listed(_lines(html, _NO_PROSE), captions)
    if not lines:  # old pages are tables as a whole
        lines = [line for line in _prose(_lines(html, _NO_PROSE - {"table"}), captions) if ENDED.search(line)]
    return joined(filter(ENDED.search, sentences(lines)), limit) or joined(sentences(lines), limit)


def is_made_of(summary: str, html: str, images: Iterable[Image]) -> bool:
    """Whether a summary is what `summarize` made of a sanitized body, whatever captions it knew of then."""
    if summary == summarize(html, Captions((), said_of_pictures(html, images))):
        return True
    text = " ".join(html_text(html).split())
    return all(sentence.rstrip("…") in text for sentence in sentences([summary]))


def _lines(html: str, left_out: frozenset[str]) -> list[str]:
    """Return the lines of a body outside some elements, as far as a summary looks, with places for `_prose` to see."""
    parts: list[str] = []
    position = depth = length = 0
    first = _FirstLine()
    for tag in _TAG.finditer(html):
        ends, name = tag.groups()
        if not depth:
            parts.append(first.text(html[position : tag.start()]))
            parts.append(first.tag(tag, html[tag.end() : tag.end() + 1]))
            length += tag.start() - position
        position = tag.end()
        if name in left_out:
            depth = max(0, depth + (-1 if ends else 1))
        if length > _LOOKED_AT:
            return html_text("".join(parts)).split("\n")
    return html_text("".join([*parts, "" if depth else first.text(html[position:])])).split("\n")


_PLACES = {
    ("", "img"): f"<p>{_PICTURE}</p>{_BESIDE}",
    ("", "figure"): f"<p>{_PICTURE}</p><figure>",
    ("", "a"): _LINK,
    ("/", "a"): _LINK_END,
    **{("", name): _SET for name in _SETTING_OFF},
    **{("/", name): _SET_END for name in _SETTING_OFF},
    ("", "blockquote"): f"<blockquote>{_QUOTE}",
    ("/", "blockquote"): f"{_QUOTE_END}</blockquote>",
}


class _FirstLine:
    """The first line of a paragraph, or below a picture in one: it may be the caption, and the next the article."""

    def __init__(self) -> None:
        self._text: str | None = ""
        self._is_below_picture = self._is_set_off = False

    def text(self, text: str) -> str:
        """Return text with the end of the line put in where a caption ends."""
        if self._text is None:
            return text
        before, self._text = self._text, self._text + text
        if len(self._text) > _LONGEST_CAPTION:
            self._text = None
            return text
        place = text.find("\n")
        while place >= 0:
            if ends_caption(before + text[:place]):
                self._text = None
                return f"{text[:place]}{_LINE_END}{text[place:]}"
            place = text.find("\n", place + 1)
        return text

    def tag(self, tag: re.Match[str], following: str) -> str:
        """Return what stands in the place of a tag; *following* is the character behind it."""
        ends, name = tag.groups()
        placed = _PLACES.get((ends, name), tag[0])
        if name == "img" or name not in INLINE | {"br"}:
            self._text, self._is_below_picture, self._is_set_off = "", name == "img", False
        elif self._text is None:
            return placed
        elif name == "br":
            if self._is_below_picture or ends_caption(self._text):
                is_text = bool(self._text.strip())
                placed = _LINE_END if is_text else f"{_LINE_END}{_BESIDE}"
                self._text = None if is_text else ""
        elif name in _SETTING_OFF and self._is_below_picture:
            if ends and self._is_set_off and following in ("\n", ""):
                self._text, placed = None, placed + _LINE_END
            self._is_set_off = not ends and not (self._text or "").strip()
        return placed


def _prose(lines: list[str], captions: Captions) -> list[str]:
    """Return the lines that belong to the article's text: no captions, no labels of players, no bare addresses."""
    return [line.text for line in _texts(lines, captions) if not captions.is_one(line)]


def _listed(lines: list[str], captions: Captions) -> list[str]:
    """Return the lines of a body that is nothing but lists, with their numbers and marks."""
    texts = [line.text for line in _texts(lines, captions) if not captions.is_sure(line)]
    return texts if len(texts) > 1 or sum(map("".join(texts).count, MARKS)) != 1 else []


def _texts(lines: list[str], captions: Captions) -> Iterator[Line]:
    """Yield the lines of text, no bare addresses."""
    after_picture = is_quoted = False
    texts = list(captions.without(_PLACED.sub("", line).strip() for line in lines))
    for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
        is_quoted = _QUOTE in line or (is_quoted and _QUOTE_END not in line)
        if _LINKS.sub("", line) == _PICTURE:
            after_picture = True
            continue
        if not text:
            continue
        if not _ONLY_LINKS.fullmatch(_SETS.sub("", line)):
            yield Line(
                text=text,
                after_picture=after_picture,
                is_beside=_BESIDE in line,
                is_set_off=is_quoted or bool(_SET_OFF.fullmatch(_LINKS.sub("", line))),
                is_credited=after_picture and is_credit(next(filter(None, texts[number + 1 :]), "")),
            )
        after_picture = False
