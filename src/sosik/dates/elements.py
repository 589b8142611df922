"""The elements of the patterns of forms, and the matching of a pattern against the kinds of tokens.

A form is a sequence of elements over the kinds of tokens. A blank separates elements in the pattern and allows blanks
in the text; ``+`` before an element allows no blank, ``?`` after it makes it optional.
"""

from __future__ import annotations

from msgspec import Struct

from sosik.dates import vocabulary as v

_ANY_NUMBER = "123456789αβγδν"


class PatternElement(Struct, frozen=True):
    """What one element of a pattern matches: one token of these kinds; *field* names what it is."""

    kinds: str
    field: str = ""


ELEMENTS: dict[str, PatternElement] = {
    "year4": PatternElement("4", "year"),
    "year2": PatternElement("2", "year2"),
    "month": PatternElement("12", "month"),
    "day": PatternElement("12", "day"),
    "eracount": PatternElement("1234"),
    "othera": PatternElement(v.OTHER_ERA + v.ERA),
    "era2": PatternElement(v.ERA),
    "month2": PatternElement("2", "month"),
    "day2": PatternElement("2", "day"),
    "first": PatternElement("12", "first"),
    "second_": PatternElement("12", "second_"),
    "hour": PatternElement("12", "hour"),
    "hour2": PatternElement("2", "hour"),
    "minute": PatternElement("12", "minute"),
    "minute2": PatternElement("2", "minute"),
    "second": PatternElement("12", "second"),
    "second2": PatternElement("2", "second"),
    "fraction": PatternElement(_ANY_NUMBER, "fraction"),
    "year3": PatternElement("3", "year3"),
    "decimal": PatternElement(".,"),
    "minutefraction": PatternElement(_ANY_NUMBER, "minutefraction"),
    "hourfraction": PatternElement(_ANY_NUMBER, "hourfraction"),
    "date8": PatternElement("8", "date8"),
    "date6": PatternElement("6", "date6"),
    "date7": PatternElement("7", "date7"),
    "day3": PatternElement("3", "day3"),
    "week": PatternElement("2", "week"),
    "week3": PatternElement("3", "week3"),
    "weekday1": PatternElement("1", "weekday1"),
    "digits14": PatternElement("δ", "digits"),
    "digits12": PatternElement("β", "digits"),
    "digits10": PatternElement("α", "digits"),
    "digits13": PatternElement("γ", "epoch"),
    "time4": PatternElement("4", "time4"),
    "time6": PatternElement("6", "time6"),
    "time9": PatternElement("9", "time9"),
    "digits3": PatternElement("3"),
    "epochmark": PatternElement(v.EPOCH),
    "offsetshown": PatternElement("4"),
    "otherhalf": PatternElement(v.HALF_DAY, "otherhalf"),
    "otherhour": PatternElement("12", "otherhour"),
    "otherminute": PatternElement("2", "otherminute"),
    "othersecond": PatternElement("2", "othersecond"),
    "otherzone": PatternElement(v.ZONE, "otherzone"),
    "otherday": PatternElement("12", "otherday"),
    "noword": PatternElement(v.NOISE),
    "count": PatternElement("1234", "count"),
    "count2": PatternElement("12", "count2"),
    "half": PatternElement(v.HALF_DAY, "half"),
    "clockword": PatternElement(v.CLOCK_WORD, "clockword"),
    "monthname": PatternElement(v.MONTH_NAME, "monthname"),
    "anyweekday": PatternElement(v.WEEKDAY + v.MONTH_UNIT + v.DAY_UNIT, "weekday"),
    "era": PatternElement(v.ERA, "era"),
    "zone": PatternElement(v.ZONE, "zone"),
    "sign": PatternElement("+-", "sign"),
    "lost": PatternElement(" ", "lost"),
    "offset4": PatternElement("4", "offset4"),
    "offset2": PatternElement("12", "offset2"),
    "offsetminutes": PatternElement("2", "offsetminutes"),
    "word": PatternElement(v.DAY_WORD, "word"),
    "period": PatternElement(v.PERIOD_WORD, "period"),
    "direction": PatternElement(v.LAST + v.NEXT, "direction"),
    "unit": PatternElement(v.YEAR_UNIT + v.DAY_UNIT + v.MINUTE_UNIT + v.SECOND_UNIT + v.SPAN_UNIT, "unit"),
    "count3": PatternElement("12", "count3"),
    "count4": PatternElement("12", "count4"),
    "unit2": PatternElement(v.DAY_UNIT + v.MINUTE_UNIT + v.SECOND_UNIT + v.SPAN_UNIT, "unit2"),
    "unit3": PatternElement(v.DAY_UNIT + v.MINUTE_UNIT + v.SECOND_UNIT + v.SPAN_UNIT, "unit3"),
    "unit4": PatternElement(v.DAY_UNIT + v.MINUTE_UNIT + v.SECOND_UNIT + v.SPAN_UNIT, "unit4"),
    "ago": PatternElement(v.AGO + v.HENCE, "ago"),
    "about": PatternElement(v.ABOUT),
    "now": PatternElement(v.NOW, "now"),
    "few": PatternElement(v.FEW, "few"),
    "년": PatternElement(v.YEAR_UNIT),
    "월": PatternElement(v.MONTH_UNIT),
    "일": PatternElement(v.DAY_UNIT),
    "시": PatternElement(v.HOUR_UNIT),
    "분": PatternElement(v.MINUTE_UNIT),
    "초": PatternElement(v.SECOND_UNIT),
    "반": PatternElement(v.HALF_HOUR, "halfhour"),
    "지난": PatternElement(v.LAST),
    "오는": PatternElement(v.NEXT),
    "W": PatternElement(v.LETTER_W),
    "th": PatternElement(v.ORDINAL),
    "-or-_": PatternElement("-_"),
}
"""Elements by name; any other is the mark itself."""


class Step(Struct, frozen=True):
    """An element in its pattern: what it matches, whether blanks may stand before it, whether it may be left out."""

    kinds: str
    field: str
    blank: bool
    optional: bool


def steps(pattern: str) -> tuple[Step, ...]:
    """The steps of a pattern. A field that comes again has a number behind its name."""
    made: list[Step] = []
    for written in pattern.split():
        glued = len(written) > 1 and written.startswith("+")
        optional = len(written) > 1 and written.endswith("?")
        name = written[glued : len(written) - optional]
        element = ELEMENTS.get(name, PatternElement(name))
        again = sum(step.field.startswith(element.field) for step in made) if element.field else 0
        field = f"{element.field}_{again}" if element.field == "half" and again else element.field
        made.append(Step(element.kinds, field, bool(made) and not glued, optional))
    return tuple(made)


def beginnings(pattern: tuple[Step, ...]) -> set[str]:
    """The kinds of token that a match of the pattern may begin with."""
    kinds: set[str] = set()
    for step in pattern:
        kinds |= set(step.kinds) | ({" "} if step.blank else set())
        if not step.optional:
            break
    return kinds


class Match(Struct, frozen=True):
    """Where a match ends, and the tokens of its fields."""

    end: int
    fields: tuple[tuple[str, int], ...]


def match(pattern: tuple[Step, ...], kinds: str, start: int) -> Match | None:
    """The match of *pattern* at token *start* of a text, given as the kinds of its tokens; no step is tried twice."""
    at = start
    fields = []
    for step in pattern:
        here = at + 1 if step.blank and kinds[at : at + 1] == " " else at
        if here < len(kinds) and kinds[here] in step.kinds:
            if step.field:
                fields.append((step.field, here))
            at = here + 1
        elif not step.optional:
            return None
    return Match(at, tuple(fields))
