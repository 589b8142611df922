"""Find the longest moment that begins at a token: a date, perhaps a weekday, a time of day and an offset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from sosik.dates import vocabulary as v
from sosik.dates.forms import FORMS, Form, Layer, compile_pattern
from sosik.dates.tokens import Token, kinds, lex


@dataclass(frozen=True, slots=True)
class Moment:
    """A match: the forms that made it, the tokens it covers, and its fields by name."""

    forms: tuple[Form, ...]
    start: int
    end: int
    fields: tuple[tuple[str, Token], ...]
    gap: bool = field(default=True)

    @property
    def name(self) -> str:
        """The names of the forms, as the table calls them."""
        return " ".join(form.name for form in self.forms)

    def has(self, *names: str) -> bool:
        """Whether a field of one of these names was matched."""
        return any(name in names for name, _ in self.fields)


_PATTERNS = {
    layer: tuple((form, compile_pattern(form.pattern)) for form in FORMS if form.layer is layer) for layer in Layer
}
_STARTERS = _PATTERNS[Layer.DATE] + _PATTERNS[Layer.RELATIVE]
_CLOCKS = _PATTERNS[Layer.CLOCK]
_ZONES = _PATTERNS[Layer.ZONE]

_PREFIX = re.compile(
    f"(?:{v.SOLAR} ?)?(?:(?P<weekday>{v.WEEKDAY})(?: ?[.,])?| ?\\( ?(?P<bracketed>[{v.WEEKDAY}MD]) ?\\))? ?"
)
_WEEKDAY = re.compile(
    f" ?[,.]? ?(?:\\( ?(?P<bracketed>[{v.WEEKDAY}MD]) ?\\)|(?P<weekday>{v.WEEKDAY})\\.?)| (?P<bare>[MD])(?=[ (|,]|$)"
)
_LUNAR = re.compile(
    f" ?\\( ?{v.LUNAR} ?\\.?(?: ?(?:4 ?Y ?)?[12] ?M ?[12] ?D?| ?(?:4 ?[.] ?)?[12] ?[./-] ?[12] ?\\.?) ?\\)"
)
_LOCAL = re.compile(f" ?\\( ?{v.LOCAL_TIME} ?\\)| ?{v.LOCAL_TIME}")
_GLUE = re.compile(f" ?T(?=[2])|(?: ?[-,./:·|])? ?(?:{v.AT} ?)?")
_YEAR_AFTER = re.compile(" ?(?P<year>4)")


def longest_at(tokens: tuple[Token, ...], text: str, start: int) -> list[Moment]:
    """The longest moments beginning at token *start*: none, one, or several that cover the same tokens."""
    found = [moment for moment in _moments(tokens, text, start) if moment.end > start]
    if not found:
        return []
    end = max(moment.end for moment in found)
    return [moment for moment in found if moment.end == end]


def _moments(tokens: tuple[Token, ...], text: str, start: int) -> list[Moment]:
    prefix = _PREFIX.match(text, start)
    begin = prefix.end() if prefix else start
    fields = _weekday_fields(prefix, tokens)
    moments = _dated(tokens, text, start, start, ())
    if begin > start:
        moments += _dated(tokens, text, start, begin, fields)
    for form, match in _matches(_CLOCKS, text, start):
        moment = Moment((form,), start, match.end(), _fields(match, tokens))
        if form.name != "half of the day":
            moments.append(_with_zone(tokens, text, moment))
    return moments


def _dated(
    tokens: tuple[Token, ...], text: str, start: int, begin: int, fields: tuple[tuple[str, Token], ...]
) -> list[Moment]:
    return [
        _with_tail(tokens, text, Moment((form,), start, match.end(), fields + _fields(match, tokens)))
        for form, match in _matches(_STARTERS, text, begin)
    ]


def _matches(
    patterns: tuple[tuple[Form, re.Pattern[str]], ...], text: str, start: int
) -> list[tuple[Form, re.Match[str]]]:
    return [(form, match) for form, pattern in patterns if (match := pattern.match(text, start)) is not None]


def _fields(match: re.Match[str], tokens: tuple[Token, ...]) -> tuple[tuple[str, Token], ...]:
    return tuple((name, tokens[match.start(name)]) for name in match.re.groupindex if match.start(name) >= 0)


def _weekday_fields(match: re.Match[str] | None, tokens: tuple[Token, ...]) -> tuple[tuple[str, Token], ...]:
    return tuple(("weekday", token) for _, token in _fields(match, tokens)) if match else ()


def _with_tail(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    """The moment with all that may follow a date: weekday, lunar date, local-time mark, time of day, offset."""
    moment = _with_day_marks(tokens, text, moment)
    if moment.forms[0].clock:
        timed = _with_clock(tokens, text, moment)
        if timed is not moment:
            moment = _with_day_marks(tokens, text, _with_zone(tokens, text, timed))
    elif moment.has("time4", "time6", "digits"):
        moment = _with_zone(tokens, text, moment)
    return moment


def _with_day_marks(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    for pattern in (_WEEKDAY, _LUNAR, _LOCAL):
        match = pattern.match(text, moment.end)
        if match is not None:
            fields = _weekday_fields(match, tokens)
            if pattern is _LOCAL:
                fields = (("local", tokens[moment.end]),)
            moment = Moment(moment.forms, moment.start, match.end(), moment.fields + fields)
    return moment


def _with_clock(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    glue = _GLUE.match(text, moment.end)
    assert glue is not None  # noqa: S101 - the pattern matches nothing too
    best = moment
    for form, match in _matches(_CLOCKS, text, glue.end()):
        if match.end() > best.end:
            best = Moment((moment.forms[0], form), moment.start, match.end(), moment.fields + _fields(match, tokens))
    if best is not moment and not moment.has("year", "year2"):
        year = _YEAR_AFTER.match(text, best.end)  # asctime: Tue Jan 16 15:22:11 2024
        if year is not None and moment.has("monthname"):
            best = Moment(best.forms, best.start, year.end(), best.fields + _fields(year, tokens))
    return best


def _with_zone(tokens: tuple[Token, ...], text: str, moment: Moment) -> Moment:
    best = moment
    bracket = re.compile(r" ?\(? ?").match(text, moment.end)
    for begin in {moment.end, bracket.end() if bracket else moment.end}:
        for form, match in _matches(_ZONES, text, begin):
            closed = match.end()
            if text[moment.end : begin].strip() and text[closed : closed + 1] == ")":
                closed += 1
            elif text[moment.end : begin].strip():
                continue
            if closed > best.end:
                best = Moment((*moment.forms, form), moment.start, closed, moment.fields + _fields(match, tokens))
    return best


@lru_cache(maxsize=4096)
def _lexed(shape: str) -> tuple[tuple[Token, ...], str]:
    tokens = lex(shape)
    return tokens, kinds(tokens)
