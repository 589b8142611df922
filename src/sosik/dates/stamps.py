"""A line of labels and dates: which date each label speaks of, and what that makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sosik.dates import vocabulary as v
from sosik.dates.labels import Label, Meaning
from sosik.dates.match import Moment, longest_at
from sosik.dates.model import Slot
from sosik.dates.tokens import NUMBERS, Token, kinds, lex


@dataclass(frozen=True, slots=True)
class Item:
    """A date of a line: its readings (more than one is an ambiguity), its label, whether it is a print reference."""

    moments: tuple[Moment, ...]
    start: int
    end: int
    label: Label | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What the shape of a line says: its tokens, its dates, and what could not be explained (token, reason)."""

    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    unread: tuple[int, str] | None = None


_STARTERS = NUMBERS | set("WPpEjJRrnfbS'(L") | {v.MONTH_UNIT, v.DAY_UNIT}


@lru_cache(maxsize=4096)
def read_line(shape: str) -> Line:
    """Read the *shape* of a line: folded text with every digit 0. What digits stand there decides nothing here."""
    tokens = lex(shape)
    text = kinds(tokens)
    parts: list[Item | Label] = []
    unread: tuple[int, str] | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        moments = longest_at(tokens, text, at) if token.kind in _STARTERS else []
        if moments:
            parts.append(Item(tuple(moments), at, moments[0].end))
            at = moments[0].end
            continue
        if isinstance(token.value, Label):
            parts.append(token.value)
        elif token.kind in NUMBERS and unread is None and not _explained(tokens, text, at, parts):
            unread = (at, "this number belongs to no date that is known here")
        at += 1
    return Line(tokens, _labelled(parts), unread)


def _labelled(parts: list[Item | Label]) -> tuple[Item, ...]:
    after = _labels_stand_after(parts)
    items: list[Item] = []
    for index, part in enumerate(parts):
        if isinstance(part, Label):
            continue
        beside = index + 1 if after else index - 1
        label = parts[beside] if 0 <= beside < len(parts) else None
        items.append(Item(part.moments, part.start, part.end, label if isinstance(label, Label) else None))
    return tuple(items)


def _labels_stand_after(parts: list[Item | Label]) -> bool:
    return bool(parts) and isinstance(parts[0], Item) and isinstance(parts[-1], Label)


_COUNTED = re.compile(f" ?[{v.NOISE}{v.COUNTER}{v.PAGE}{v.SPAN_UNIT}]")


def _explained(tokens: tuple[Token, ...], text: str, at: int, parts: list[Item | Label]) -> bool:
    """Whether a number that is part of no date is a counter, an issue number or the like."""
    if _COUNTED.match(text, at + 1):
        return True
    before = text[:at].rstrip(" :")
    if before and before[-1] in f"{v.NOISE}{v.COUNTER}-_":
        return True
    return bool(parts) and isinstance(parts[-1], Item) and text[at - 1] == " " and not text[at + 1 :].strip()


__all__ = ["Item", "Line", "Meaning", "Slot", "read_line"]
