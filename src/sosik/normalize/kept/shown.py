"""The visible text of published HTML, without white space, and the start and end of its elements.

The check shares no code with the conversion: this module has a separate pattern for tags.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

from sosik.patterns import pattern

_TAG = pattern(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:"[^"]*"|[^"<>])*)>""")
_NUMBER = pattern(r'\s(start|value)="(-?\d+)"')
_INVISIBLE = pattern("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufdd0\ufeff\ufffe\uffff]")
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
"""Elements that readers cannot tell from others."""

_INLINE_NAMES = """
a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u
"""
_INLINE = frozenset(_INLINE_NAMES.split())


class Mark(Struct):
    """An element's beginning, or with `/` its end; of a list's item its number, and how many items the list has.

    `breaks`: whether a line ends there; `nested`: whether the list stands in another list's item; `used`: whether
    something in the source was found that it was made of.
    """

    name: str
    breaks: bool = True
    number: int | None = None
    items: list[int] | None = None
    nested: bool = False
    used: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it is the only item of a list that stands in no other."""
        return not self.nested and (self.items is None or self.items[0] < 2)


PLAIN = {name: Mark(name) for name in ("p", "/p", "br", "div", "/div", "/li", "tbody", "/tbody")}
"""Marks that need not be used up, so that one of each is enough."""


class Shown(Struct, frozen=True):
    """The visible text, the marks before the character at each offset of it, and from where to where it is quoted."""

    text: str
    marks: dict[int, list[Mark]]
    offsets: list[int]
    quotes: list[tuple[int, int]]

    def after(self, offset: int) -> Iterator[int]:
        """Give the offsets of marks behind an offset, from the nearest on."""
        offsets = self.offsets
        return (offsets[at] for at in range(bisect_right(offsets, offset), len(offsets)))

    def next(self, name: str, offset: int) -> int:
        """Return where the next mark of a name is behind an offset; the offset itself where none is."""
        return next((at for at in self.after(offset) if any(mark.name == name for mark in self.marks[at])), offset)

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at an offset stands in a quotation of whole paragraphs."""
        before = bisect_right(self.quotes, (offset, len(self.text)))
        return before > 0 and self.quotes[before - 1][1] >= offset


def flat(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())


def without_invisible(text: str) -> str:
    """Return text with white space in place of characters that nobody can see, such as the mark of a byte order."""
    return _INVISIBLE.sub(" ", text)


def visible(html: str) -> str:
    """Return the visible text of sanitized HTML without white space."""
    text = _TAG.sub("", html)
    return flat(unescape(text) if "&" in text else text)


def shown(html: str) -> Shown:
    """Return sanitized HTML as its visible text and its marks."""
    html = without_invisible(html)
    text: list[str] = []
    marks: dict[int, list[Mark]] = {}
    lists: list[Mark] = []
    length = position = 0
    for tag in _TAG.finditer(html):
        if tag.start() > position:
            between = html[position : tag.start()]
            text.append(flat(unescape(between) if "&" in between else between))
            length += len(text[-1])
        position = tag.end()
        marks.setdefault(length, []).append(_mark(tag, lists))
    text.append(visible(html[position:]))
    return Shown("".join(text), marks, list(marks), _quotes(marks))


def _quotes(marks: dict[int, list[Mark]]) -> list[tuple[int, int]]:
    """Return from where to where the outermost quotations go."""
    quotes, depth, start = [], 0, 0
    for at, here in marks.items():
        for mark in here:
            if mark.name == "blockquote":
                start, depth = start if depth else at, depth + 1
            elif mark.name == "/blockquote":
                depth -= 1
                if not depth:
                    quotes.append((start, at))
    return quotes


def _mark(tag: re.Match[str], lists: list[Mark]) -> Mark:
    """Return the mark of a tag; *lists* are the lists that are open there, each with its next number."""
    end, name, attributes = tag.groups()
    if plain := PLAIN.get(f"{end}{name}"):
        return plain
    mark = Mark(f"{end}{SAME.get(name, name)}", breaks=name not in _INLINE)
    if name in ("ol", "ul"):
        if end:
            del lists[-1:]
            return mark
        mark.nested, mark.items = bool(lists), [0]
        mark.number = _number(attributes, 1) if name == "ol" else None
        lists.append(mark)
    elif mark.name == "li" and lists:
        of = lists[-1]
        mark.items, mark.nested = of.items, of.nested
        if of.items is not None:
            of.items[0] += 1
        if of.number is not None:
            mark.number = _number(attributes, of.number)
            of.number = mark.number + 1
    return mark


def _number(attributes: str, default: int) -> int:
    written = _NUMBER.search(attributes)
    return int(written[2]) if written else default
