"""Finds the longest time that begins at a token: a date, with optional weekday, time of day and offset."""

from __future__ import annotations

import re
from functools import cache, cached_property

from sosik.dates import vocabulary as v
from sosik.dates.elements import Match, Step, beginnings, match, steps
from sosik.dates.field_places import FieldPlaces, places_of
from sosik.dates.forms import APART_OFFSETS, FORMS, HALF_OF_DAY, SHORT_OFFSET, Form, Layer
from sosik.dates.patterns import compiled
from sosik.dates.tokens import Token

FieldTokens = tuple[tuple[str, Token], ...]


class Moment:
    """A match: the forms that made it, the tokens it covers, and its fields by name."""

    def __init__(self, forms: tuple[Form, ...], start: int, end: int, fields: FieldTokens) -> None:
        self.forms = forms
        self.start = start
        self.end = end
        self.fields = fields

    @cached_property
    def places(self) -> FieldPlaces:
        """How its fields are read from any text of its shape."""
        return places_of(self.fields)

    @property
    def name(self) -> str:
        """The names of its forms, as the table calls them."""
        return ", ".join(form.name for form in self.forms)

    def has(self, *names: str) -> bool:
        """Whether a field of one of these names was matched."""
        return any(name in names for name, _ in self.fields)

    def grown(self, end: int, fields: FieldTokens = (), form: Form | None = None) -> Moment:
        """The moment as far as token *end*, with more fields, perhaps of one more form."""
        return Moment(self.forms if form is None else (*self.forms, form), self.start, end, self.fields + fields)


Patterns = dict[str, list[tuple[Form, tuple[Step, ...]]]]


@cache
def _by_beginning(layer: Layer) -> Patterns:
    """The patterns of a layer by the kinds of token they may begin with, made when the first text needs them."""
    patterns: Patterns = {}
    for form in FORMS:
        if form.layer is layer:
            pattern = steps(form.pattern)
            for kind in beginnings(pattern):
                patterns.setdefault(kind, []).append((form, pattern))
    return patterns


_WEEKDAYS = f"{v.WEEKDAY}{v.MONTH_UNIT}{v.DAY_UNIT}"

_PREFIX = (
    f"(?:{v.SOLAR} ?)?(?:(?P<zone>{v.ZONE}) ?|\\( ?(?P<zonefirst>{v.ZONE}) ?\\) ?)?"
    f"(?:(?P<weekday>{v.WEEKDAY})(?: ?[.,])? ?|\\( ?(?P<bracketed>[{_WEEKDAYS}]) ?\\) ?)?"
)
_WEEKDAY = (
    f" ?[,.]? ?(?:\\( ?(?P<bracketed>[{_WEEKDAYS}])\\.? ?\\)|(?P<weekday>{v.WEEKDAY})\\.?)"
    f"|(?:[ .]|(?<=\\.))(?P<bare>[{v.MONTH_UNIT}{v.DAY_UNIT}])(?=[ (|,.]|$)"
)
_LUNAR = f" ?\\( ?{v.LUNAR}[^()]{{2,16}}\\)"
_LOCAL = f" ?\\( ?(?P<local>{v.LOCAL_TIME}) ?\\)| ?(?P<bare>{v.LOCAL_TIME})"
_GLUE = f"(?: - |-| ?(?:[,.:/·_|] ?)?)(?:{v.AT} ?)?"
_WEEKDAY_IN_FRONT = f"(?P<weekday>{v.WEEKDAY})[.,]? ?"
_ZONE_BETWEEN = f" ?\\(? ?(?P<zone>{v.ZONE}) ?\\)? ?"
_YEAR_AFTER = " ?,? ?(?P<year>4)"
_ALSO_OFFSET = (
    f" ?\\( ?(?P<alsozone>{v.ZONE}) ?(?P<alsosign>[+-]) ?"
    "(?:(?P<alsofour>4)|(?P<alsohours>[12])(?::(?P<alsominutes>2))?) ?\\)"
)
_ZONE_NAME = f" ?\\( ?(?P<bracketed>{v.ZONE}) ?\\)|[ /](?P<also>{v.ZONE})"


def longest_at(tokens: tuple[Token, ...], text: str, start: int, *, named: bool = False) -> list[Moment]:
    """The longest moments beginning at token *start*: none, one, or several that cover the same tokens.

    *named*: the text is the name of a file.
    """
    moments = [moment for moment in _moments(tokens, text, start) if moment.end > start]
    moments = [moment for moment in moments if not _ends_in_a_year(text, moment)]
    grown = _with_name_clock if named else _with_bare_digits
    moments = [grown(tokens, text, moment) for moment in moments]
    end = max((moment.end for moment in moments), default=0)
    return [moment for moment in moments if moment.end == end]


def _ends_in_a_year(text: str, moment: Moment) -> bool:
    """Whether the digits of its time are the year of another date: 20231225 2024.05.18."""
    return (
        moment.has("time4")
        and text[moment.end - 2 : moment.end] == " 4"
        and text[moment.end : moment.end + 1] in _OF_DATES
    )


_OF_DATES = (".", "-", "/", v.YEAR_UNIT)


def _moments(tokens: tuple[Token, ...], text: str, start: int) -> list[Moment]:
    moments = _dated(tokens, text, start, start, ())
    prefix = compiled(_PREFIX).match(text, start)
    if prefix is not None and prefix.end() > start:
        moments += _dated(tokens, text, start, prefix.end(), _prefix_fields(prefix, tokens))
        if prefix["zone"] or prefix["zonefirst"]:
            moments = [moment for moment in moments if _tells_time(moment)]
    for form, matched in _matches(Layer.CLOCK, text, start):
        if form is not HALF_OF_DAY:
            moment = _with_zone(tokens, text, Moment((form,), start, matched.end, _fields(matched, tokens)))
            moments.append(_with_date(tokens, text, moment))
    return moments


def _dated(tokens: tuple[Token, ...], text: str, start: int, begin: int, fields: FieldTokens) -> list[Moment]:
    return [
        _with_tail(tokens, text, Moment((form,), start, matched.end, fields + _fields(matched, tokens)))
        for layer in (Layer.DATE, Layer.RELATIVE)
        for form, matched in _matches(layer, text, begin)
    ]


def _matches(layer: Layer, text: str, start: int) -> list[tuple[Form, Match]]:
    patterns = _by_beginning(layer).get(text[start : start + 1], ())
    return [(form, matched) for form, pattern in patterns if (matched := match(pattern, text, start)) is not None]


def _fields(matched: Match, tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple((name, tokens[at]) for name, at in matched.fields)


def _groups(match: re.Match[str], tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple((name, tokens[match.start(name)]) for name in match.re.groupindex if match.start(name) >= 0)


def _weekday_fields(match: re.Match[str], tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple(("weekday", token) for _, token in _groups(match, tokens))


def _prefix_fields(match: re.Match[str], tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple(("zone" if name.startswith("zone") else "weekday", token) for name, token in _groups(match, tokens))


_TIMES = ("hour", "time4", "time6", "digits", "clockword")


def _tells_time(moment: Moment) -> bool:
    return moment.has(*_TIMES)


def _with_bare_digits(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """A whole day with four or six digits at the end behind it, a time or a count: 2024-01-16 1522."""
    digits = compiled(_DIGITS_APART).match(text, moment.end)
    if digits is None or moment.has(*_TIMES) or not (moment.has("year", "year2") and moment.has("day")):
        return moment
    return _with_zone(tokens, text, moment.grown(digits.end(), _groups(digits, tokens)))


_DIGITS_APART = f" (?P<apart>[46])(?= ?\\(?{v.ZONE}| ?$)"


def _with_name_clock(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """A day with the time that the name of a picture carries behind it: 15-22-11, 152211, 오후 3.22.11."""
    if moment.has("T"):
        return _with_name_clock_behind_t(tokens, text, moment)
    if moment.has(*_TIMES) and moment.forms[-1].layer is not Layer.CLOCK:
        return moment
    if moment.has("minute") or not moment.has("day", "date8", "date6"):
        return moment
    day = moment if not moment.has("half") else Moment(moment.forms[:1], moment.start, moment.end, moment.fields)
    clocks = []
    for glue in _NAME_GLUES:
        if not text.startswith(glue, day.end):
            continue
        for form, clock in _matches(Layer.NAME_CLOCK, text, day.end + len(glue)):
            clocks.append(day.grown(clock.end, _fields(clock, tokens), form))
    return max(clocks, key=lambda grown: grown.end, default=moment)


def _with_name_clock_behind_t(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """2024-01-16T15-22-11, where a colon may not stand; else the moment that was read."""
    names = [name for name, _ in moment.fields]
    mark = moment.fields[names.index("T")][1]
    at = next(at for at in range(moment.start, moment.end) if tokens[at] is mark)
    day = Moment(moment.forms[:1], moment.start, at, moment.fields[: names.index("T")])
    named = _with_name_clock(tokens, text, day)
    return named if named.end > moment.end else moment


_NAME_GLUES = (" ", "T", "_", "-", f" {v.AT} ", f"_{v.AT}_", f"-{v.AT}-", ", ", " - ", "")


def _with_date(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """A time of day in front of a whole date: 3:22 PM, January 16, 2024."""
    glue = compiled(_GLUE).match(text, moment.end)
    begin = glue.end() if glue else moment.end
    weekday = compiled(_WEEKDAY_IN_FRONT).match(text, begin)
    day: FieldTokens = ()
    if weekday is not None and not moment.has("weekday"):
        begin, day = weekday.end(), _groups(weekday, tokens)
    dates = [
        moment.grown(matched.end, day + _fields(matched, tokens), form)
        for form, matched in _matches(Layer.DATE, text, begin)
        if form.clock and any(name in ("year", "year2") for name, _ in matched.fields)
    ]
    best = max(dates, key=lambda dated: dated.end, default=moment)
    if best is moment or _with_clock(tokens, text, best) is not best:
        return moment
    return _with_day_marks(tokens, text, best)


def _with_tail(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The moment with all that may follow a date: weekday, lunar date, local-time mark, time of day, offset."""
    moment = _with_day_marks(tokens, text, moment)
    if not moment.forms[0].clock:
        return _with_zone(tokens, text, moment) if moment.has("time4", "time6", "digits") else moment
    timed = _with_clock(tokens, text, moment)
    if timed is moment:
        return moment
    return _with_day_marks(
        tokens, text, _with_year(tokens, text, _with_zone(tokens, text, _with_year(tokens, text, timed)))
    )


def _with_day_marks(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    for pattern in (_WEEKDAY, _LUNAR, _LOCAL):
        match = compiled(pattern).match(text, moment.end)
        if match is not None and not (pattern is _WEEKDAY and moment.has("weekday")):
            fields = _weekday_fields(match, tokens)
            moment = moment.grown(
                match.end(), fields if pattern is _WEEKDAY else tuple(("local", token) for _, token in fields)
            )
    return moment


def _with_clock(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    mark: FieldTokens = ()
    after_t = moment.end + 1 if text.startswith((" T", "T"), moment.end) else None
    if after_t is not None:
        after_t += text[moment.end] == " "
        mark = (("T", tokens[after_t - 1]),)
        clocks = _matches(Layer.CLOCK, text, after_t) + _matches(Layer.ISO_CLOCK, text, after_t)
    else:
        glue = compiled(_GLUE).match(text, moment.end)
        clocks = _matches(Layer.CLOCK, text, glue.end() if glue else moment.end)
        between = None if clocks or moment.has("zone") else compiled(_ZONE_BETWEEN).match(text, moment.end)
        if between is not None:
            mark = _groups(between, tokens)
            clocks = [pair for pair in _matches(Layer.CLOCK, text, between.end()) if pair[0] is not HALF_OF_DAY]
    timed = [moment.grown(clock.end, mark + _fields(clock, tokens), form) for form, clock in clocks]
    return max(timed, key=lambda grown: grown.end, default=moment)


def _with_year(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The year of C's asctime and Unix date, behind the time: Tue Jan 16 15:22:11 KST 2024."""
    year = compiled(_YEAR_AFTER).match(text, moment.end)
    if year is None or not moment.has("monthname") or moment.has("year", "year2", "year3"):
        return moment
    return moment.grown(year.end(), _groups(year, tokens))


def _with_zone(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The moment with its offset, a zone's name beside that, and the same time of day in another zone."""
    moment = _offset(tokens, text, moment)
    name = compiled(_ZONE_NAME).match(text, moment.end) if moment.has("zone", "sign", "lost") else None
    if name is not None:
        moment = moment.grown(name.end(), tuple(("also", token) for _, token in _groups(name, tokens)))
    offset = compiled(_ALSO_OFFSET).match(text, moment.end) if moment.has("zone") else None
    if offset is not None:
        moment = moment.grown(offset.end(), _groups(offset, tokens))
    return _with_other_clock(tokens, text, moment)


def _with_other_clock(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    for opening, closing in (("(", ")"), (" (", ")"), (" / ", ""), ("/", ""), (", ", ""), (" | ", ""), ("|", "")):
        begin = moment.end + len(opening)
        if not text.startswith(opening, moment.end) or not moment.has("hour"):
            continue
        matches = _matches(Layer.OTHER_CLOCK, text, begin)
        for form, other in sorted(matches, key=lambda pair: -pair[1].end):
            if text.startswith(closing, other.end) and not text.startswith(_NEXT_DAY, other.end + len(closing)):
                return moment.grown(other.end + len(closing), _fields(other, tokens), form)
    return moment


_NEXT_DAY = (" 4", "4")


def _offset(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The moment with the longest offset behind it, in brackets or not."""
    layers = (Layer.ZONE, Layer.LOST_PLUS) if moment.has("T") and moment.has("second") else (Layer.ZONE,)
    best = moment
    for opening, closing in (("", ""), (" ", ""), (", ", ""), ("(", ")"), (" (", ")")):
        begin = moment.end + len(opening)
        if text[moment.end : begin] != opening:
            continue
        for form, offset in (pair for layer in layers for pair in _matches(layer, text, begin)):
            end = offset.end + len(closing)
            if text[offset.end : end] == closing and end > best.end and _offset_fits(form, moment, tokens, begin):
                best = moment.grown(end, _second(moment, _fields(offset, tokens)), form)
    return best


def _second(moment: Moment, fields: FieldTokens) -> FieldTokens:
    """The fields of an offset; a zone behind the time of a date that has one in front is to be the same."""
    again = moment.has("zone")
    return tuple(("also" if again and name == "zone" else name, token) for name, token in fields)


def _offset_fits(form: Form, moment: Moment, tokens: tuple[Token, ...], begin: int) -> bool:
    """Offsets that could be something else stand only behind seconds or in ISO 8601."""
    if form in APART_OFFSETS:
        return moment.has("second")
    if form is SHORT_OFFSET and begin == moment.end and tokens[begin].kind == "+":
        return tokens[begin + 1].kind == "2"
    return form is not SHORT_OFFSET or (moment.has("T", "second") and tokens[begin + 1].kind == "2")
