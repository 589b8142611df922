"""Find the longest moment that begins at a token: a date, perhaps a weekday, a time of day and an offset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sosik.dates import vocabulary as v
from sosik.dates.field_places import FieldPlaces, places_of
from sosik.dates.forms import FORMS, HALF_OF_DAY, SHORT_OFFSET, Form, Layer, Match, Step, beginnings, match, steps
from sosik.dates.tokens import Token

FieldTokens = tuple[tuple[str, Token], ...]


@dataclass(frozen=True)
class Moment:
    """A match: the forms that made it, the tokens it covers, and its fields by name."""

    forms: tuple[Form, ...]
    start: int
    end: int
    fields: FieldTokens

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


def _by_beginning(layer: Layer) -> Patterns:
    """The patterns of a layer by the kinds of token they may begin with."""
    patterns: Patterns = {}
    for form in FORMS:
        if form.layer is layer:
            pattern = steps(form.pattern)
            for kind in beginnings(pattern):
                patterns.setdefault(kind, []).append((form, pattern))
    return patterns


_PATTERNS = {layer: _by_beginning(layer) for layer in Layer}
_WEEKDAYS = f"{v.WEEKDAY}{v.MONTH_UNIT}{v.DAY_UNIT}"

_PREFIX = re.compile(
    f"(?:{v.SOLAR} ?)?(?:(?P<weekday>{v.WEEKDAY})(?: ?[.,])? ?|\\( ?(?P<bracketed>[{_WEEKDAYS}]) ?\\) ?)?"
)
_WEEKDAY = re.compile(
    f" ?[,.]? ?(?:\\( ?(?P<bracketed>[{_WEEKDAYS}]) ?\\)|(?P<weekday>{v.WEEKDAY})\\.?)"
    f"| (?P<bare>[{v.MONTH_UNIT}{v.DAY_UNIT}])(?=[ (|,]|$)"
)
_LUNAR = re.compile(f" ?\\( ?{v.LUNAR}[^()]{{0,16}}\\)")
_LOCAL = re.compile(f" ?\\( ?(?P<local>{v.LOCAL_TIME}) ?\\)| ?(?P<bare>{v.LOCAL_TIME})")
_GLUE = re.compile(f" ?(?:[-,.:/·_|] ?)?(?:{v.AT} ?)?")
_T = re.compile(v.LETTER_T)
_YEAR_AFTER = re.compile(" ?,? ?(?P<year>4)")
_ZONE_NAME = re.compile(f" ?\\( ?(?P<bracketed>{v.ZONE}) ?\\)| (?P<also>{v.ZONE})")


def longest_at(tokens: tuple[Token, ...], text: str, start: int) -> list[Moment]:
    """The longest moments beginning at token *start*: none, one, or several that cover the same tokens."""
    moments = [moment for moment in _moments(tokens, text, start) if moment.end > start]
    end = max((moment.end for moment in moments), default=0)
    return [moment for moment in moments if moment.end == end]


def _moments(tokens: tuple[Token, ...], text: str, start: int) -> list[Moment]:
    moments = _dated(tokens, text, start, start, ())
    prefix = _PREFIX.match(text, start)
    if prefix is not None and prefix.end() > start:
        moments += _dated(tokens, text, start, prefix.end(), _weekday_fields(prefix, tokens))
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
    patterns = _PATTERNS[layer].get(text[start : start + 1], ())
    return [(form, matched) for form, pattern in patterns if (matched := match(pattern, text, start)) is not None]


def _fields(matched: Match, tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple((name, tokens[at]) for name, at in matched.fields)


def _groups(match: re.Match[str], tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple((name, tokens[match.start(name)]) for name in match.re.groupindex if match.start(name) >= 0)


def _weekday_fields(match: re.Match[str], tokens: tuple[Token, ...]) -> FieldTokens:
    return tuple(("weekday", token) for _, token in _groups(match, tokens))


def _with_date(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """A time of day in front of a whole date: 3:22 PM, January 16, 2024."""
    glue = _GLUE.match(text, moment.end)
    begin = glue.end() if glue else moment.end
    dates = [
        moment.grown(matched.end, _fields(matched, tokens), form)
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
        match = pattern.match(text, moment.end)
        if match is not None and not (pattern is _WEEKDAY and moment.has("weekday")):
            fields = _weekday_fields(match, tokens)
            moment = moment.grown(
                match.end(), fields if pattern is _WEEKDAY else tuple(("local", token) for _, token in fields)
            )
    return moment


def _with_clock(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    after_t = _T.match(text, moment.end)
    if after_t is not None:
        mark: FieldTokens = (("T", tokens[moment.end]),)
        clocks = _matches(Layer.CLOCK, text, after_t.end()) + _matches(Layer.ISO_CLOCK, text, after_t.end())
    else:
        mark = ()
        glue = _GLUE.match(text, moment.end)
        clocks = _matches(Layer.CLOCK, text, glue.end() if glue else moment.end)
    timed = [moment.grown(clock.end, mark + _fields(clock, tokens), form) for form, clock in clocks]
    return max(timed, key=lambda grown: grown.end, default=moment)


def _with_year(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The year of C's asctime and Unix date, behind the time: Tue Jan 16 15:22:11 KST 2024."""
    year = _YEAR_AFTER.match(text, moment.end)
    if year is None or not moment.has("monthname") or moment.has("year", "year2", "year3"):
        return moment
    return moment.grown(year.end(), _groups(year, tokens))


def _with_zone(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    offset = _offset(tokens, text, moment)
    name = _ZONE_NAME.match(text, offset.end) if offset is not moment else None
    if name is None:
        return offset
    return offset.grown(name.end(), tuple(("also", token) for _, token in _groups(name, tokens)))


def _offset(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The moment with the longest offset behind it, in brackets or not."""
    layers = (Layer.ZONE, Layer.LOST_PLUS) if moment.has("T") and moment.has("second") else (Layer.ZONE,)
    best = moment
    for opening, closing in (("", ""), (" ", ""), ("(", ")"), (" (", ")")):
        begin = moment.end + len(opening)
        if text[moment.end : begin] != opening:
            continue
        for form, offset in (pair for layer in layers for pair in _matches(layer, text, begin)):
            end = offset.end + len(closing)
            if text[offset.end : end] == closing and end > best.end and _offset_fits(form, moment, tokens, begin):
                best = moment.grown(end, _fields(offset, tokens), form)
    return best


def _offset_fits(form: Form, moment: Moment, tokens: tuple[Token, ...], begin: int) -> bool:
    """Offsets so short that they could be something else stand only behind seconds or in ISO 8601."""
    return form is not SHORT_OFFSET or (moment.has("T", "second") and tokens[begin + 1].kind == "2")
