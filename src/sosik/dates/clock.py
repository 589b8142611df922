"""Times of day and offsets: from the fields of a form to a wall-clock time and its distance from UTC."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from sosik.dates.context import FieldValues, Refusal, number
from sosik.dates.model import Note, Precision
from sosik.dates.vocabulary import ClockWord
from sosik.words import Message


class Clock(NamedTuple):
    """A time of day; hour 24 is 00:00 of the next day."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    precision: Precision = Precision.MINUTE
    notes: tuple[Note, ...] = ()


_MIDNIGHT_NOTE = Note("midnight-word", Message("dates.midnight-word"))
_HOUR_24 = Note("hour-24", Message("dates.hour-24"))


def read_clock(fields: FieldValues) -> Clock | None:
    """The time of day in *fields*; None if there is none, or only half of the day is told."""
    if not _COMPACT.isdisjoint(fields):
        return _compact(fields)
    if "hourfraction" in fields or "minutefraction" in fields:
        return _fractional(number(fields, "hour"), fields)
    if fields.get("clockword") is ClockWord.NOON:
        return _noon(fields)
    if "hour" not in fields:
        return None
    if "clockword" in fields:
        raise Refusal(Message("dates.midnight-word"), "clockword")
    minute = 30 if "halfhour" in fields else number(fields, "minute") if "minute" in fields else 0
    second = number(fields, "second") if "second" in fields else 0
    clock = Clock(
        _hour(fields),
        minute,
        second,
        _microsecond(fields),
        Precision.SECOND if "second" in fields else Precision.MINUTE,
    )
    return _checked(clock)


_COMPACT = frozenset({"time4", "time6", "time9", "digits"})


def _noon(fields: FieldValues) -> Clock:
    if fields.get("hour", 12) != 12:
        reason = Message("dates.half-and-hour", half="정오", hour=number(fields, "hour"))
        raise Refusal(reason, "hour", hint=Message("dates.write-24-hours"))
    return Clock(12)


def day_notes(fields: FieldValues) -> tuple[Note, ...]:
    """Notes on words that seem to tell a time and do not."""
    return (_MIDNIGHT_NOTE,) if fields.get("clockword") is ClockWord.MIDNIGHT else ()


def refuse_part_of_day(fields: FieldValues, day: date) -> None:
    """Refuse a part of *day* whose hour is not told (12월 1일 오후), for its 00:00 would be a false time."""
    if "half" in fields:
        hours = _HALVES[str(fields["half"])].hours24
        time = f"{day.isoformat()} {hours[len(hours) // 2]:02}:00"
        raise Refusal(Message("dates.hour-missing"), "half", hint=Message("dates.write-the-hour", time=time))


def _compact(fields: FieldValues) -> Clock:
    digits = str(fields.get("time6") or fields.get("time4") or fields.get("time9") or str(fields["digits"])[8:])[:6]
    if "second" in fields:
        digits += f"{number(fields, 'second'):02}"
    hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0)
    if "minutefraction" in fields:
        return _fractional(hour, fields | {"minute": minute})
    precision = Precision.SECOND if digits[4:] else Precision.MINUTE
    return _checked(Clock(hour, minute, second, _microsecond(fields), precision))


def _fractional(hour: int, fields: FieldValues) -> Clock:
    """A time whose last part, hour or minute, has a decimal fraction (ISO 8601-1, 5.3.1.4)."""
    unit, name = (3600, "hourfraction") if "hourfraction" in fields else (60, "minutefraction")
    digits = str(fields[name])[:_FRACTION_DIGITS]
    seconds, millionths = divmod(unit * 1_000_000 * int(digits) // 10 ** len(digits), 1_000_000)
    minute = seconds // 60 if unit == 3600 else number(fields, "minute")
    return _checked(Clock(hour, minute, seconds % 60, millionths, Precision.SECOND))


_FRACTION_DIGITS = 9


def _checked(clock: Clock) -> Clock:
    if clock.second > 60:
        raise Refusal(Message("dates.no-second", second=clock.second), "second", "time6", "digits")
    if clock.minute > 59:
        raise Refusal(Message("dates.no-minute", minute=clock.minute), "minute", "time4", "time6", "digits")
    if clock.hour > 24 or (clock.hour == 24 and (clock.minute or clock.second or clock.microsecond)):
        reason = Message("dates.only-24-00") if clock.hour == 24 else Message("dates.no-hour", hour=clock.hour)
        raise Refusal(reason, "hour", "time4", "time6", "digits")
    return clock._replace(notes=(*clock.notes, _HOUR_24)) if clock.hour == 24 else clock


def _microsecond(fields: FieldValues) -> int:
    return int(str(fields["fraction"])[:6].ljust(6, "0")) if "fraction" in fields else 0


class _Half(Struct, frozen=True):
    """Hours of the 12-hour clock that a part of the day may have, and those of the 24-hour clock."""

    afternoon: range | tuple[int, ...]
    morning: range | tuple[int, ...]
    hours24: range


# 오전 12:30 is 00:30, 오후 12:30 is 12:30; an hour of the 24-hour clock makes the marker redundant or contradicts it.
_HALVES = {
    "오전": _Half((), range(13), range(12)),
    "오후": _Half(range(13), (), range(12, 24)),
    "새벽": _Half((), (12, 0, 1, 2, 3, 4, 5, 6), range(7)),
    "아침": _Half((), range(5, 12), range(5, 12)),
    "낮": _Half((12, 1, 2, 3, 4, 5), (10, 11), range(10, 18)),
    "점심": _Half((12, 1, 2), (11,), range(11, 15)),
    "저녁": _Half((4, 5, 6, 7, 8, 9, 10, 11), (), range(16, 24)),
    "밤": _Half((6, 7, 8, 9, 10, 11), (1, 2, 3), range(18, 24)),
}
_HALVES |= {"am": _HALVES["오전"], "pm": _HALVES["오후"]}


_HALF_FIELDS = ("half", "half_1", "half_2", "half_3")


def _hour(fields: FieldValues) -> int:
    hour = number(fields, "hour")
    halves = sorted({str(fields[name]) for name in _HALF_FIELDS if name in fields})
    if not halves:
        return hour
    told = _hour_of(hour, halves[0])
    for half in halves[1:]:
        if _hour_of(hour, half) != told:
            raise Refusal(Message("dates.halves-contradict", first=halves[0], second=half), "half")
    return told


def _hour_of(hour: int, half: str) -> int:
    if half == "밤" and hour in (12, 0):
        return 24 if hour == 12 else 0
    ranges = _HALVES[half]
    if hour in ranges.afternoon:
        return hour if hour == 12 else hour + 12
    if hour in ranges.morning:
        return 0 if hour == 12 else hour
    if hour in ranges.hours24:
        return hour
    raise Refusal(Message("dates.half-and-hour", half=half, hour=hour), "hour", hint=Message("dates.write-24-hours"))
