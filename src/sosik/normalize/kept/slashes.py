"""The backslashes that may disappear: those before a sign that would be markup without them.

Found by patterns over the text without backslashes, one paragraph at a time.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from sosik.normalize.kept.table import (
    ADDRESS,
    AFTER_A_NAME,
    BARE_ADDRESSES,
    BARE_BLOCKS,
    BARE_DEFINITIONS,
    BARE_LINKS,
    BARE_TABLE,
    BARE_TAGS,
    ELEMENTS,
    ESCAPED_LABELS,
    MASKING,
    OPENS_EMPHASIS,
)
from sosik.patterns import pattern

_PARAGRAPHS = pattern(r"\n[ \t>]*\n")
_RUN = pattern(r"\*+|_+|~~+")
_TICKS = pattern("`+")
_SLASHES = pattern(r"(?<!\\)\\++(?=[!-/:-@\[\]^-`{-~])")
_LEAST = 3
"""Signs that make a line of them a rule, and both kinds of emphasis at once."""

_SHORT = ("-", "--", "=", "==", "*", "+")
"""Lines of one sign or two that are a heading or an empty item in Markdown."""

_ITEM = pattern(r"^[ \t>]*(?:([-+*])|(\d{1,9})[.)])[ \t]", re.MULTILINE)


class Slashes:
    """The backslashes of one body, asked from its beginning to its end."""

    def __init__(self, text: str, *, is_auto: bool) -> None:
        self._text, self._is_auto = text, is_auto
        self._ends = [match.start() for match in _PARAGRAPHS.finditer(text)]
        bare = _SLASHES.sub(_half, text)
        self._items = Counter(match.groups() for match in _ITEM.finditer(bare))
        self._labels = {match[1].casefold() for match in BARE_DEFINITIONS.finditer(bare)}
        self._start = self._end = -1
        self._removed: list[int] = []
        self._signs: set[int] = set()
        self._kept: set[int] = set()

    def may_vanish(self, sign: int) -> bool:
        """Whether the sign at an offset, behind backslashes, could be markup without them."""
        if not self._start <= sign <= self._end:
            self._read_paragraph(sign)
        return sign in self._kept or sign - self._start - bisect_right(self._removed, sign) in self._signs

    def _read_paragraph(self, at: int) -> None:
        number = bisect_right(self._ends, at)
        self._start = self._ends[number - 1] if number else 0
        self._end = self._ends[number] if number < len(self._ends) else len(self._text)
        written = self._text[self._start : self._end]
        runs = [match.span() for match in _SLASHES.finditer(written)]
        self._removed = [self._start + at for start, end in runs for at in range(start + (end - start) // 2, end)]
        bare = _SLASHES.sub(_half, written)
        self._signs = {*_emphasis(bare), *self._inline(bare), *self._blocks(bare)}
        labels = (match.span() for match in ESCAPED_LABELS.finditer(written))
        self._kept = {at + self._start for label in labels for at in range(*label) if written[at] in "[]"}

    def _inline(self, bare: str) -> Iterator[int]:
        ticks = [match.span() for match in _TICKS.finditer(bare)]
        sizes = Counter(end - start for start, end in ticks)
        for start, end in ticks:
            if sizes[end - start] > 1 or sizes[end - start - 1]:
                yield from range(start, end)
        for tag in BARE_TAGS.finditer(bare):
            if not tag["name"] or tag["name"].lower() in ELEMENTS or any(sign in tag[0] for sign in "=-:@"):
                yield from range(*tag.span())
        for address in BARE_ADDRESSES.finditer(bare):
            yield from (at for at in range(*address.span()) if bare[at] in "_~")
        for link in BARE_LINKS.finditer(bare):
            target, label = link["target"], link["label"] or link["text"]
            if ADDRESS.search(target) if target else label.startswith("^") or label.casefold() in self._labels:
                yield from range(*link.span())

    def _blocks(self, bare: str) -> Iterator[int]:
        for block in BARE_BLOCKS.finditer(bare):
            item = _ITEM.match(block[0])
            signs = block[0].strip(" \t>")
            if item:
                is_block = not self._is_auto or self._is_listed(item)
            else:
                is_block = not signs or len(signs) >= _LEAST or (signs in _SHORT and not self._is_auto)
            if is_block:
                yield from range(*block.span())
        if BARE_TABLE.search(bare):
            yield from (match.start() for match in re.finditer(r"\|", bare))

    def _is_listed(self, item: re.Match[str]) -> bool:
        """Whether another line begins as an item does: where nobody said that it is Markdown, one is no list."""
        if item[1]:
            return self._items[item[1], None] > 1
        return any((None, str(int(item[2]) + step)) in self._items for step in (-1, 1))


def _half(slashes: re.Match[str]) -> str:
    return slashes[0][: len(slashes[0]) // 2]


def _emphasis(bare: str) -> Iterator[int]:
    """Yield where signs of emphasis stand that may have a partner."""
    opened: dict[str, re.Match[str]] = {}
    for run in _RUN.finditer(bare):
        sign, size = run[0][0], len(run[0])
        if _may_close(bare, run):
            for length in {size, _LEAST} if size < _LEAST else range(1, _LEAST + 1):
                if opening := opened.get(sign * length):
                    yield from (*range(*opening.span()), *range(*run.span()))
        if _may_open(bare, run):
            opened[run[0]] = run


def _may_close(bare: str, run: re.Match[str]) -> bool:
    before, after = bare[max(0, run.start() - 1) : run.start()], bare[run.end() : run.end() + 1]
    in_word = f"{before}{after}".isascii() and before.isalnum() and after.isalnum()
    return bool(before.strip()) and before not in "([{<" and not in_word


def _may_open(bare: str, run: re.Match[str]) -> bool:
    before, after = bare[max(0, run.start() - 1) : run.start()], bare[run.end() : run.end() + 1]
    if not after.strip() or after in ")]}>":
        return False
    if not before or OPENS_EMPHASIS.match(before):
        return True
    is_masking = MASKING.search(bare[max(0, run.start() - 2) : run.start()])
    return len(run[0]) > 1 and not is_masking and not AFTER_A_NAME.match(bare, run.end())
