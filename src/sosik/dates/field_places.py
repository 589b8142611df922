"""The fields of a match, cut out of a text: what the shape decides of them is worked out once for all texts of it."""

from __future__ import annotations

from msgspec import Struct

from sosik.dates import vocabulary as v
from sosik.dates.context import FieldValues
from sosik.dates.tokens import Token

_UNITS = {
    v.YEAR_UNIT: v.Unit.YEARS,
    v.DAY_UNIT: v.Unit.DAYS,
    v.MINUTE_UNIT: v.Unit.MINUTES,
    v.SECOND_UNIT: v.Unit.SECONDS,
}
# Digits that are a number and nothing else; of the others the zeros in front, or how many there are, matter.
_NUMBERS = {
    *("year", "year2", "year3", "month", "day", "first", "second_", "day3", "week", "weekday1"),
    *("hour", "minute", "second", "count", "count2", "count3", "count4"),
    *("otherday", "otherhour", "otherminute", "othersecond"),
}


class FieldPlaces(Struct, frozen=True):
    """Where a text of this shape has its fields: values of words, places of numbers, places of other digits."""

    names: frozenset[str]
    words: FieldValues
    numbers: tuple[tuple[str, int, int], ...]
    digits: tuple[tuple[str, int, int], ...]

    def fields(self, text: str) -> FieldValues:
        """The fields by name: numbers, digits as written, values of words."""
        values = self.words.copy()
        for name, start, end in self.numbers:
            values[name] = int(text[start:end])
        for name, start, end in self.digits:
            values[name] = text[start:end]
        return values


def places_of(fields: tuple[tuple[str, Token], ...]) -> FieldPlaces:
    """How the *fields* of a match are read; of two of one name the later counts."""
    tokens = dict(fields)
    words: FieldValues = {}
    numbers, digits = [], []
    for name, token in tokens.items():
        value = _word(name, token)
        place = (name, token.start, token.end)
        if value is not None:
            words[name] = value
        elif name in _NUMBERS:
            numbers.append(place)
        else:
            digits.append(place)
    return FieldPlaces(frozenset(tokens), words, tuple(numbers), tuple(digits))


def _word(name: str, token: Token) -> object:
    if name.startswith("unit"):
        return _UNITS.get(token.kind, token.value)
    return token.kind if name == "ago" else token.value
