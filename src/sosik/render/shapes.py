"""Templates by shape: the output for one shape of values is kept as a template and filled with others.

A shape is which values exist, and how many: an item with two categories and no picture. The output of feedgen and of
the page templates depends on nothing more. So the output for placeholders, with the values in their place, is the
output for these values; tests/render/test_shapes.py compares both for all shapes. The escaping of a placeholder shows
its context: text, attribute, or unescaped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from operator import itemgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from sosik.dates.writing import KST
from sosik.patterns import pattern

Values = tuple[object, ...]
"""What is told: texts and instants, in tuples and structs, and what belongs to the shape: "", a `Word`, all else."""


class Word(str):
    """A text that belongs to the shape, because something is looked for in it."""

    __slots__ = ()


class Slot(Enum):
    """What stands in the place of a value in a shape."""

    TEXT = "text"
    INSTANT = "instant"

    __hash__ = object.__hash__
    """Shapes are looked up for every entry, and `Enum` would take the digest of each name in Python."""


Writing = Callable[[list[Any]], Iterable[str]]
"""How values are written that come to the same kind of place."""

_BETWEEN = "\0"
"""What stands between texts that are written together; those in which it stands are written one by one."""


def together(write: Callable[[str], str]) -> Writing:
    """Return what writes texts of which each character is written for itself: looking through one takes least."""

    def writing(texts: list[str]) -> list[str]:
        written = write(_BETWEEN.join(texts)).split(_BETWEEN)
        return written if len(written) == len(texts) else [write(text) for text in texts]

    return writing


class Template(Struct, frozen=True):
    """Text with a `%s` for each slot, and the values that belong there: how they are written, and which of them.

    `placed` takes the values as written and gives one for each slot: many stand in several.
    """

    text: str
    values: tuple[tuple[Writing, tuple[int, ...]], ...]
    placed: Callable[[Sequence[str]], tuple[str, ...]]

    def filled(self, values: Sequence[Any]) -> str:
        """Return the text with values in the slots."""
        written: list[str] = []
        for write, places in self.values:
            written += write([values[place] for place in places])
        return self.text % self.placed(written)


MOST_SHAPES = 1_000
"""Templates of a kind that lie in memory; one is about as large as what it is of, without the values."""

INSTANT = "@"
"""The sign of an instant, which is written before it comes to a tag."""

_TOKEN = pattern(r"\ue000(\"|&quot;|&#34;|@)([0-9]+)\ue001")
"""A stand-in as it came out: the quotation mark in it shows what became of such."""

_FIRST = datetime(2001, 2, 3, 4, 5, 6, tzinfo=KST)
"""An instant that stands in for the first value, its next days for the others."""


_NOTHING = (tuple,)


def shape_of(value: object, given: list[object]) -> Any:
    """Return the shape of values, and add to those that are `given` what belongs into its slots."""
    if isinstance(value, Struct):
        parts = astuple(value)
    elif isinstance(value, tuple):
        parts = value
    else:
        return _slot(value, given)
    shape: list[Any] = [type(value)]
    for one in parts:
        kind = type(one)
        if kind is str:  # what most values are
            shape.append(Slot.TEXT if one else "")
            if one:
                given.append(one)
        elif kind is Word or kind is bool:
            shape.append(one)
        elif kind is datetime:
            shape.append(Slot.INSTANT)
            given.append(one)
        elif one == ():  # what there is nothing of
            shape.append(_NOTHING)
        else:
            shape.append(shape_of(one, given))
    return tuple(shape)


def _slot(value: object, given: list[object]) -> Any:
    """Return the shape of a single value, and add it to those that are `given` if a slot stands in its place."""
    kind = type(value)
    if kind is str:
        if not value:
            return ""
        given.append(value)
        return Slot.TEXT
    if kind is datetime:
        given.append(value)
        return Slot.INSTANT
    return value


def probe_of(shape: Any) -> tuple[Any, list[str | datetime]]:
    """Return stand-ins in a shape, and all of them in order."""
    stand_ins: list[str | datetime] = []

    def standing_in(part: Any) -> Any:
        if part is Slot.TEXT:
            stand_ins.append(f'\ue000"{len(stand_ins)}\ue001')
        elif part is Slot.INSTANT:
            stand_ins.append(_FIRST + timedelta(days=len(stand_ins)))
        elif isinstance(part, tuple):
            kind, *parts = part
            values = [standing_in(one) for one in parts]
            return kind(values) if kind is tuple else kind(*values)
        else:
            return part
        return stand_ins[-1]

    return standing_in(shape), stand_ins


Pattern = tuple[str, Sequence[tuple[int, str]]]
"""A template as it is kept: its text, and of each slot the place of its value and what became of the mark in that."""


def pattern_of(text: str, stand_ins: Iterable[str | datetime], write: Callable[[datetime], str] = str) -> Pattern:
    """Return the template of what was written of stand-ins; `write` says how instants were."""
    for place, value in enumerate(stand_ins):
        if isinstance(value, datetime):
            text = text.replace(write(value), f"\ue000{INSTANT}{place}\ue001")
    slots = [(int(token[2]), token[1]) for token in _TOKEN.finditer(text)]
    return _TOKEN.sub("%s", text.replace("%", "%%")), slots


def template_of(pattern: Pattern, writing: Mapping[str, Writing]) -> Template:
    """Return a template; `writing` says how values are written, by what became of the mark in them."""
    text, slots = pattern
    given = [(mark, place) for place, mark in slots]
    alike: dict[str, list[int]] = {}
    for mark, place in dict.fromkeys(given):
        alike.setdefault(mark, []).append(place)
    different = [(mark, place) for mark, places in alike.items() for place in places]
    at = [different.index(slot) for slot in given]
    # Of one place or none `itemgetter` gives no tuple.
    placed = itemgetter(*at) if len(at) > 1 else tuple
    return Template(text, tuple((writing[mark], tuple(places)) for mark, places in alike.items()), placed)
