"""Captions recognised by the markup around them: their names, and elements with only a picture and a text.

This runs before class names and styles are removed.
"""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from sosik.normalize.markup import ATTRIBUTES, INLINE, VOID, attributes, elements, html_text
from sosik.patterns import pattern

_CLASS = pattern(
    r"caption|cutline|legend|캡션|사진[\s_-]?(?:설명|출처|제공|캡션)"
    r"|(?:photo|img|image|pic|picture|thumb|media|vod|video|movie|article)s?"
    r"[_-]?(?:desc|te?xt|info|exp|source|alt|cap|credit)|(?:desc|te?xt|exp|source|credit)[_-]?(?:photo|img|image|pic|vod)"
    r"|(?:^|[\s_-])(?:cap|credits?|copyright|출처)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What the class of a caption is."""

_BOX = pattern(
    r"photo|pics?(?:$|[\s_-])|picture|ima?ge?s?(?:$|[\s_A-Z-])|thumb|slide|gallery|사진|이미지", re.IGNORECASE
)
"""What the class of an element is that holds a picture and what is said of it."""

_LOOKS = pattern(
    r"\b(?:text-align\s*:\s*center|(?:font-size|color|opacity|font-style)\s*:\s*[^;]+|font\s*:[^;]+)", re.IGNORECASE
)
"""What a style says by which a line differs from the article's own."""

_LONGEST = 300
"""Characters of a caption; an element of such a class that holds more is the article around one."""
_LONGEST_WRITTEN = 5_000
"""Characters of it with its markup."""
_LONGEST_LINE = 150
"""Characters of a line that only its place or its looks tell for a caption."""
_MOST_LINES = 20
"""Lines and pictures of an element that is a picture's own."""
_MOST_AROUND = 20
"""Elements around a line that are asked how it looks."""
_MOST = 100
"""Captions of a body: a summary looks at no more."""
_SENTENCES = pattern(r"[.?!…]\s")

_TOKEN = pattern(rf"<(/?)([a-z][^\s<>/]*)({ATTRIBUTES}*)>|[^<]+")
_NO_LINES = INLINE | {"span", "font", "strike", "wbr", "nobr"}
_BOXES = frozenset({"div", "dl", "figure", "center", "table", "td"})
_PICTURES = frozenset({"img", "video", "iframe", "object", "audio", "picture"})


class _Line(Struct, kw_only=True):
    """A line of text, empty for a picture; how it looks, and where it begins."""

    start: int
    text: str = ""
    looks: str = ""


class _Box(Struct, kw_only=True):
    """An element that is open, the number of its first line, and how many pictures stood before it."""

    name: str
    values: dict[str, str]
    first: int
    pictures: int


def told_captions(html: str) -> tuple[str, ...]:
    """Return the captions of a body in nh3's form, line by line, that their elements tell."""
    named = list(islice(_named(html), _MOST)) if 'class="' in html else []
    texts = [text for _, _, lines in named for text in lines]
    if "<img" not in html and "<video" not in html and "<iframe" not in html:
        return tuple(texts)
    reading = _Reading()
    reading.read(html)
    inside = [(start, end) for start, end, _ in named]
    said = {number for number, line in enumerate(reading.lines) if line.text}
    found = sorted({*(reading.boxed if reading.boxed < said else ()), *_set_off(reading.lines)})
    lines = (reading.lines[number] for number in found)
    texts += [line.text for line in lines if not any(start <= line.start < end for start, end in inside)]
    return tuple(texts[: 2 * _MOST])


def _named(html: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield where elements stand whose class names a caption, and the lines in each."""
    end = 0
    for element in sorted(elements(html), key=lambda element: element.start):
        if element.start < end or not _CLASS.search(attributes(element.written).get("class", "")):
            continue
        if element.inner_end - element.inner > _LONGEST_WRITTEN:
            continue
        text = html_text(html[element.inner : element.inner_end], numbers=False)
        if 0 < len(text) <= _LONGEST:
            yield element.start, element.end, text.split("\n")
            end = element.end


def _set_off(lines: list[_Line]) -> Iterator[int]:
    """Yield the numbers of lines below a picture that look otherwise than the next line of text."""
    following: _Line | None = None
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        is_below = line.text and not lines[number - 1].text and len(line.text) <= _LONGEST_LINE
        if is_below and line.looks and following and following.looks != line.looks:
            yield number
        following = line if line.text else following


class _Reading:
    """The lines of a body, and the numbers of those that stand with a picture in an element of their own (`boxed`)."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.boxed: set[int] = set()
        self._open: list[_Box] = []
        self._pictures: list[int] = []
        self._text: list[str] = []

    def read(self, html: str) -> None:
        """Read a whole body."""
        for token in _TOKEN.finditer(html):
            end, name, written = token.groups()
            if name is None:
                if not "".join(self._text).strip() and token[0].strip():
                    self._text = []
                    self.lines.append(_Line(start=token.start(), looks=self._looks()))
                self._text.append(token[0])
            else:
                self._tag(token.start(), name, written, is_end=bool(end))
        self._end_line()

    def _tag(self, start: int, name: str, written: str, *, is_end: bool) -> None:
        if name not in _NO_LINES:
            self._end_line()
        if name in _PICTURES and not is_end:
            self._pictures.append(len(self.lines))
            self.lines.append(_Line(start=start))
        if name in VOID or name in _PICTURES:
            return
        if not is_end:
            box = _Box(name=name, values=attributes(written), first=len(self.lines), pictures=len(self._pictures))
            self._open.append(box)
        elif self._open and self._open[-1].name == name:
            self._close(self._open.pop())

    def _end_line(self) -> None:
        text = html_text("".join(self._text), numbers=False).replace("\n", " ")
        if text:
            self.lines[-1].text = text
        self._text = []

    def _close(self, box: _Box) -> None:
        is_named = bool(_BOX.search(box.values.get("class", "")))
        pictures = self._pictures[box.pictures : box.pictures + 1]
        if not pictures or not (is_named or box.name in _BOXES) or len(self.lines) - box.first > _MOST_LINES:
            return
        texts = [number for number in range(box.first, len(self.lines)) if self.lines[number].text]
        said = [self.lines[number].text for number in texts]
        is_line_below = len(said) == 1 and texts[0] > pictures[0] and _is_short(said[0])
        if is_line_below or (is_named and sum(map(len, said)) <= _LONGEST):
            self.boxed |= set(texts)

    def _looks(self) -> str:
        """Return how text looks here: by its block, and by the elements around it in the line."""
        looks: list[str] = []
        for box in islice(reversed(self._open), _MOST_AROUND):
            looks += _LOOKS.findall(box.values.get("style", ""))
            looks += [f"{name}={box.values[name]}" for name in ("align", "size", "color") if box.values.get(name)]
            looks += ["center"] if box.name == "center" else []
            if box.name not in _NO_LINES:
                break
        return ";".join(sorted(looks))


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and not _SENTENCES.search(text)
