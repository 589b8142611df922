"""From a match to an instant: the day, the time of day and the offset put together in the right zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from sosik.dates import vocabulary as v
from sosik.dates.calendar import read_day
from sosik.dates.clock import Clock, day_notes, read_clock, read_offset
from sosik.dates.context import Context, Day, Fields, Refusal
from sosik.dates.match import Moment
from sosik.dates.model import Note, Precision, Timestamp
from sosik.dates.relative import read_relative
from sosik.dates.tokens import Token

_RELATIVE = frozenset({"now", "few", "count", "word", "period", "direction"})
_DAY_FIELDS = frozenset({"first", "date8", "digits", "date7", "day3", "week", "week3", "year", "year2", "month", "monthname", "day"})


def resolve(moment: Moment, text: str, context: Context) -> Timestamp:
    """The timestamp that *moment* names in the folded *text*; raises Refusal."""
    fields = field_values(moment, text)
    if "epoch" in fields or len(str(fields.get("digits", ""))) == 10:
        return _epoch(fields, text, context)
    day = read_relative(fields, context) if _RELATIVE & fields.keys() else _day(fields, context)
    if isinstance(day, datetime):
        return Timestamp(day, Precision.MINUTE, text)
    clock = read_clock(fields)
    if clock is None:
        notes = day.notes + day_notes(fields)
        return Timestamp(start_of(day, context.zone), day.precision, text, notes)
    if "local" in fields:
        raise Refusal("it is the local time of a place that is not named", "local")
    return _timed(day, clock, fields, text, context)


def field_values(moment: Moment, text: str) -> Fields:
    """The fields of a moment by name: digits as written, and the values of words."""
    return {name: _value(name, token, text) for name, token in moment.fields}


_UNITS = {v.YEAR_UNIT: "years", v.DAY_UNIT: "days", v.MINUTE_UNIT: "minutes", v.SECOND_UNIT: "seconds"}


def _value(name: str, token: Token, text: str) -> object:
    if name in ("unit", "unit2"):
        return _UNITS.get(token.kind, token.value)
    if name == "ago":
        return token.kind
    return text[token.start : token.end] if token.value is None else token.value


def _day(fields: Fields, context: Context) -> Day:
    if _DAY_FIELDS & fields.keys():
        return read_day(fields, context)
    today = context.today()
    clock = read_clock(fields)
    if clock is not None and _at(Day(today), clock, context.zone) > context.now():
        today -= timedelta(days=1)
    return Day(today)


def _epoch(fields: Fields, text: str, context: Context) -> Timestamp:
    milliseconds = int(str(fields["epoch"])) if "epoch" in fields else 1000 * int(str(fields["digits"]))
    instant = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(context.zone)
    if instant == _EPOCH:
        raise Refusal("the first second of Unix time means that the date is missing", "epoch", "digits")
    if "digits" in fields:
        _refuse_compact_hour(fields)
    return Timestamp(instant, Precision.SECOND, text)


def _refuse_compact_hour(fields: Fields) -> None:
    """Ten digits may also be year, month, day and hour."""
    digits = str(fields["digits"])
    try:
        hour = datetime.strptime(digits, "%Y%m%d%H")  # noqa: DTZ007 - only shown
    except ValueError:
        return
    raise Refusal(f"{digits} could be {hour:%Y-%m-%d %H}시 or a count of seconds", "digits", hint="write 2024-01-16 15:00")


def _timed(day: Day, clock: Clock, fields: Fields, text: str, context: Context) -> Timestamp:
    offset = read_offset(fields)
    instant = _at(day, clock, offset or context.zone)
    if offset is None:
        _check_local(instant)
    elif not 1 < instant.year < 9999:
        raise Refusal("it lies outside the years 1 to 9999", "year")
    if instant == _EPOCH:
        raise Refusal("the first second of Unix time means that the date is missing", "year")
    return Timestamp(instant, clock.precision, text, day.notes + clock.notes)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _at(day: Day, clock: Clock, zone: tzinfo) -> datetime:
    start = day.date
    if clock.hour == 24:
        try:
            start += timedelta(days=1)
        except OverflowError:
            raise Refusal("it lies outside the years 1 to 9999", "year") from None
    return datetime(
        start.year, start.month, start.day, clock.hour % 24, clock.minute, min(clock.second, 59), clock.microsecond, tzinfo=zone
    )


def _check_local(instant: datetime) -> None:
    """Refuse a wall-clock time that the zone skipped or had twice."""
    first, second = instant.utcoffset(), instant.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return
    zone = instant.tzinfo
    if first < second:
        raise Refusal(f"{instant:%H:%M} did not exist on that day in {zone}: clocks were put forward", "hour")
    raise Refusal(
        f"{instant:%H:%M} came twice on that day in {zone}: at {_signed(first)} and, clocks put back, at {_signed(second)}",
        "hour",
        hint="write the offset",
    )


def _signed(offset: timedelta) -> str:
    return f"{timezone(offset)}"


def start_of(day: Day, zone: tzinfo) -> datetime:
    """The first instant of the day: its 00:00, or where clocks were put forward over it, the moment after."""
    return datetime(day.date.year, day.date.month, day.date.day, tzinfo=zone)
