"""From a match to a time: combines day, time of day and offset in the right zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from msgspec.structs import replace

from sosik.dates.calendar import day_reader, weekday_of
from sosik.dates.clock import Clock, day_notes, read_clock, refuse_part_of_day
from sosik.dates.context import OUTSIDE_YEARS, WRITE_WHOLE, Context, Day, FieldValues, Refusal, number
from sosik.dates.forms import Layer
from sosik.dates.match import Moment
from sosik.dates.model import Note, Precision, Slot, Timestamp
from sosik.dates.offsets import check_other_clock, read_zone
from sosik.dates.relative import read_relative
from sosik.words import Message

_RELATIVE = frozenset({"now", "few", "count", "word", "period", "direction"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What machines write when they have no date: second 0 of Unix time on a wall clock, and .NET's first moment.
_MISSING = frozenset({datetime(1970, 1, 1), datetime(1, 1, 1)})  # noqa: DTZ001 - compared with wall clocks
_FIRST_OF_SHEETS = datetime(1900, 1, 1)  # noqa: DTZ001 - as above
_ABSENT = Message("dates.absent")
_LOCAL = Note("local-day", Message("dates.local-day"))


def resolve(moment: Moment, text: str, context: Context, span: str) -> Timestamp:
    """The timestamp that *moment* names in the folded *text*; *span* is its own text. Raises Refusal."""
    fields = moment.places.fields(text)
    if "apart" in fields:
        fields = _told_apart(fields, context)
    timestamp = _timestamp(moment.places.names, fields, context, span)
    _check_range(timestamp.instant)
    return timestamp


def _told_apart(fields: FieldValues, context: Context) -> FieldValues:
    """Bare digits behind a day: a time in an entry's key and beside a zone; in a line, where they may count, no."""
    digits = str(fields["apart"])
    told = fields | {f"time{len(digits)}": digits}
    if context.slot is Slot.KEY or "zone" in fields:
        return told
    try:
        read_clock(told)
    except Refusal:
        return fields  # no time of day, so it counts
    raise Refusal(Message("dates.time-or-count", digits=digits), "apart", hint=WRITE_WHOLE)


def _timestamp(names: frozenset[str], fields: FieldValues, context: Context, span: str) -> Timestamp:
    if "epoch" in fields or len(str(fields.get("digits", ""))) == 10:
        return _epoch(fields, span, context)
    day = _day(names, fields, context) if _RELATIVE.isdisjoint(names) else read_relative(fields, context)
    if isinstance(day, datetime):
        if "local" in fields:
            raise Refusal(Message("dates.local-time"), "local")
        return Timestamp(day, Precision.MINUTE, span)
    clock = read_clock(fields)
    if "local" in fields and (clock is not None or context.strict):
        raise Refusal(Message("dates.local-time"), "local", hint=Message("dates.write-offset-like"))
    if clock is None:
        if context.slot is Slot.KEY:
            refuse_part_of_day(fields, day.date)
        notes = day.notes + day_notes(fields) + ((_LOCAL,) if "local" in fields else ())
        return Timestamp(start_of(day.date, context.zone), day.precision, span, notes)
    return _timed(day, clock, fields, span, context)


def _day(names: frozenset[str], fields: FieldValues, context: Context) -> Day:
    read = day_reader(names)
    return _day_of_time(fields, context) if read is None else read(fields, context)


def _day_of_time(fields: FieldValues, context: Context) -> Day:
    """A time alone: the day of the date before it, or the last time the clock showed it."""
    if context.anchor is not None:
        return Day(context.anchor)
    now, clock = context.now(), read_clock(fields)
    day = now.date()
    if clock is not None and clock.hour == 24 and context.prose:
        raise Refusal(Message("dates.name"), "hour")  # 24시 편의점
    if clock is not None and _at(day, clock, context.zone) > now:
        day -= timedelta(days=1)
    weekday = weekday_of(fields)
    if weekday is not None and weekday != day.weekday():
        raise Refusal(Message("dates.whose-weekday"), "weekday", hint=WRITE_WHOLE)
    return Day(day)


def _epoch(fields: FieldValues, span: str, context: Context) -> Timestamp:
    milliseconds = int(str(fields["epoch"])) if "epoch" in fields else 1000 * int(str(fields["digits"]))
    instant = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(context.zone)
    if instant == _EPOCH:
        raise Refusal(_ABSENT, "epoch", "digits")
    if "zone" in fields:
        raise Refusal(Message("dates.zone-of-seconds"), "zone")
    if "digits" in fields:
        _refuse_compact_hour(str(fields["digits"]))
    elif milliseconds < _LEAST_MILLISECONDS:
        raise Refusal(Message("dates.too-few-milliseconds"), "epoch")
    return Timestamp(instant, Precision.SECOND, span)


_LEAST_MILLISECONDS = 10**12


def _refuse_compact_hour(digits: str) -> None:
    """Ten digits are seconds since 1970 unless they are none (before 2001) or may be year, month, day and hour."""
    if digits.startswith("0"):
        raise Refusal(Message("dates.seconds-of-zero"), "digits")
    try:
        hour = datetime(int(digits[:4]), int(digits[4:6]), int(digits[6:8]), int(digits[8:]), tzinfo=UTC)
    except ValueError:
        return
    if hour.year >= _FIRST_HOUR_YEAR:
        reason = Message("dates.hour-or-seconds", digits=digits, day=f"{hour:%Y-%m-%d}", hour=f"{hour:%H}")
        raise Refusal(reason, "digits", hint=Message("dates.write-hour"))


# Earlier years would make a date of 1705010112, which counts the seconds to January 2024.
_FIRST_HOUR_YEAR = 1900


def _timed(day: Day, clock: Clock, fields: FieldValues, span: str, context: Context) -> Timestamp:
    offset = _offset(fields, day.date, clock, context)
    if context.profile.day_only_times and _tells_no_time(clock, context):
        message = Message("dates.day-only", time=f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}")
        return Timestamp(start_of(day.date, context.zone), Precision.DAY, span, (*day.notes, Note("day-only", message)))
    instant = _at(day.date, clock, offset or context.zone)
    if "otherhour" in fields:
        check_other_clock(fields, instant)
    notes = day.notes + clock.notes
    if clock.second == _LEAP_SECOND:
        instant, notes = _after_leap_second(instant), (*notes, _LEAP)
    if not isinstance(offset, timezone):
        _check_local(instant)
        instant = instant if offset is None else instant.replace(tzinfo=timezone(instant.utcoffset() or timedelta()))
    if instant.year in _SUSPECT_YEARS:
        _check_missing(instant, clock)
    return Timestamp(instant, clock.precision, span, notes + _false_offset(fields, offset))


def _tells_no_time(clock: Clock, context: Context) -> bool:
    times = {(at.hour, at.minute, at.second, at.microsecond) for at in context.profile.day_only_times}
    return clock.precision is Precision.SECOND and clock[:4] in times


# Where "no date" lies.
_SUSPECT_YEARS = frozenset({1, 1899, 1900, 1969, 1970})


def _check_missing(instant: datetime, clock: Clock) -> None:
    wall = instant.replace(tzinfo=None)
    if instant == _EPOCH or wall == _FIRST_OF_SHEETS or (clock.precision is Precision.SECOND and wall in _MISSING):
        raise Refusal(_ABSENT, "year", "date8", "digits")


def _offset(fields: FieldValues, day: date, clock: Clock, context: Context) -> tzinfo | None:
    if fields.keys().isdisjoint(_OFFSETS):
        return None
    hour, second = clock.hour % 24, min(clock.second, _LEAP_SECOND - 1)
    offset = read_zone(fields, datetime(day.year, day.month, day.day, hour, clock.minute, second), context)  # noqa: DTZ001 - a wall clock
    if written_offset(fields) in context.profile.false_offsets:
        return None
    return offset


def written_offset(fields: FieldValues) -> str:
    """The offset as it was written, as a profile names it: ``+0000``, ``+00:00``, ``Z``."""
    zone, sign = str(fields.get("zone", "")), str(fields.get("sign", ""))
    minutes = f":{fields['offsetminutes']}" if "offsetminutes" in fields else ""
    return f"{zone}{sign}{fields.get('offset4', fields.get('offset2', ''))}{minutes}"


_OFFSETS = frozenset({"sign", "zone", "lost"})


def _false_offset(fields: FieldValues, offset: tzinfo | None) -> tuple[Note, ...]:
    if offset is not None or fields.keys().isdisjoint(_OFFSETS):
        return ()
    return (Note("false-offset", Message("dates.false-offset", offset=written_offset(fields))),)


_LEAP_SECOND = 60
_LEAP = Note("leap-second", Message("dates.leap-second"))


def _after_leap_second(instant: datetime) -> datetime:
    """The second after 23:59:60 UTC at the end of a month (RFC 3339, section 5.7); no other minute has 61 seconds."""
    following = instant + timedelta(seconds=1)
    utc = following.astimezone(UTC)
    if (utc.day, utc.hour, utc.minute, utc.second) != (1, 0, 0, 0):
        raise Refusal(Message("dates.no-leap-second"), "second", "time6", "digits")
    return following


def _at(day: date, clock: Clock, zone: tzinfo) -> datetime:
    if clock.hour == 24:
        day, clock = _following(day), clock._replace(hour=0)
    second = clock.second if clock.second < _LEAP_SECOND else 59
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, second, clock.microsecond, zone)


def _following(day: date) -> date:
    if day == date.max:
        raise Refusal(OUTSIDE_YEARS, "year")
    return day + timedelta(days=1)


def _check_range(instant: datetime) -> None:
    """Refuse what could not be written: its year at the furthest offsets is none."""
    if instant.year in (1, 9999):
        try:
            instant.astimezone(timezone(timedelta(hours=-14)))
            instant.astimezone(timezone(timedelta(hours=14)))
        except OverflowError:
            raise Refusal(OUTSIDE_YEARS, "year") from None


def _check_local(instant: datetime) -> None:
    """Refuse a wall-clock time that the zone skipped or had twice."""
    first, second = instant.utcoffset(), instant.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return
    time, zone = f"{instant:%H:%M}", str(instant.tzinfo)
    if first < second:
        raise Refusal(Message("dates.skipped-time", time=time, zone=zone), "hour")
    reason = Message("dates.time-twice", time=time, zone=zone, first=str(timezone(first)), second=str(timezone(second)))
    raise Refusal(reason, "hour", hint=Message("dates.write-offset"))


def start_of(day: date, zone: tzinfo) -> datetime:
    """00:00 of the day: the earlier one if it came twice; if clocks skipped it, the moment they were put forward."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def resolve_end(moment: Moment, text: str, context: Context, start: Timestamp, span: str) -> Timestamp:
    """The end of a range that begins at *start*; parts that it leaves out are those of the start."""
    begun = start.instant.astimezone(context.zone) if start.precision.reaches(Precision.MINUTE) else start.instant
    end = resolve(moment, text, replace(context, reference=None, anchor=begun.date()), span)
    fields = moment.places.fields(text)
    if end.instant <= start.instant and end.precision is start.precision and _time_alone(moment):
        end = _later(end, begun, fields)
    crosses = (
        end.instant < start.instant
        and "month" in fields
        and "year" not in fields
        and number(fields, "month") < begun.month
    )
    if crosses:
        raise Refusal(Message("dates.crosses-year"), "month", hint=Message("dates.write-year-of-end"))
    if end.instant < start.instant or end.precision is not start.precision:
        raise Refusal(Message("dates.wrong-end"), "day", "hour")
    return end


def _time_alone(moment: Moment) -> bool:
    return moment.forms[0].layer is Layer.CLOCK


def _later(end: Timestamp, begun: datetime, fields: FieldValues) -> Timestamp:
    """오전 11시~1시, 오후 10시~2시: the first moment behind the start at which clocks show the hour of the end."""
    halves = (12, 24) if "half" not in fields and "hour" in fields and number(fields, "hour") <= 12 else (24,)
    for hours in halves:
        later = end.instant + timedelta(hours=hours)
        if begun < later <= begun + _LONGEST_RANGE:
            return replace(end, instant=later)
    return end


_LONGEST_RANGE = timedelta(hours=12)


def of_next_day(timestamp: Timestamp, before: datetime, moment: Moment) -> Timestamp:
    """A second time without a date that is earlier than the one before it: of the next day, where that is near.

    Raises Refusal where it is not.
    """
    if not _time_alone(moment) or timestamp.instant >= before:
        return timestamp
    later = timestamp.instant + timedelta(days=1)
    if later - before >= _LONGEST_RANGE:
        raise Refusal(Message("dates.time-before"), "hour", hint=WRITE_WHOLE)
    return replace(timestamp, instant=later, notes=(*timestamp.notes, _NEXT_DAY))


_NEXT_DAY = Note("next-day", Message("dates.next-day"))
