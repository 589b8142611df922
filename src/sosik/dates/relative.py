"""Dates counted from a reference: 3시간 전, 어제, 지난달 24일, 다음 주 수요일."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from sosik.dates import vocabulary as v
from sosik.dates.calendar import by_weekday, check_weekday, checked, in_month, weekday_of
from sosik.dates.context import OUTSIDE_YEARS, Context, Day, FieldValues, Refusal, number
from sosik.dates.model import Note, Precision
from sosik.words import Message


def read_relative(fields: FieldValues, context: Context) -> Day | datetime:
    """The day, or the minute, that relative *fields* name."""
    if "now" in fields or "few" in fields:
        return _minute(context.now())
    if "count" in fields:
        return _counted(fields, context.now())
    if "word" in fields and "day" in fields:
        return _named_day(fields, context)
    if "word" in fields:
        return check_weekday(Day(_shifted(context.today(), days=number(fields, "word"))), weekday_of(fields))
    if "period" in fields:
        return _in_period(fields, context.today())
    return _in_direction(fields, context)


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


_UNITS = tuple(v.Unit)
_CLOCK_UNITS = (v.Unit.HOURS, v.Unit.MINUTES, v.Unit.SECONDS)


def _counted(fields: FieldValues, now: datetime) -> Day | datetime:
    """So many years, …, seconds before or after the reference: all units count, the largest first."""
    sign = -1 if fields["ago"] == v.AGO else 1
    counts = [
        (v.Unit(str(fields[f"unit{n}"])), sign * number(fields, f"count{n}")) for n in _PLACES if f"unit{n}" in fields
    ]
    sizes = [_UNITS.index(unit) for unit, _ in counts]
    if sizes != sorted(set(sizes)):
        raise Refusal(Message("dates.units-in-order"), "unit2", "unit3", "unit4")
    if "halfhour" in fields:
        if counts[0][0] is not v.Unit.HOURS:
            raise Refusal(Message("dates.only-hours-halved"), "halfhour")
        counts.append((v.Unit.MINUTES, sign * 30))
    spans = timedelta(**{unit: count for unit, count in counts if unit in _CLOCK_UNITS})
    days = {str(unit): count for unit, count in counts if unit not in _CLOCK_UNITS}
    if len(days) == len(counts):
        return Day(_shifted(now.date(), **days))
    shifted = _shifted(now.date(), **days) if days else now.date()
    wall = now.replace(year=shifted.year, month=shifted.month, day=shifted.day)
    return _minute(wall + spans)


_PLACES = ("", "2", "3", "4")


def _named_day(fields: FieldValues, context: Context) -> Day:
    """어제(17일): the day of the month that is written, where it lies nearest to the day the word names."""
    named = _shifted(context.today(), days=number(fields, "word"))
    written = [day for shift in range(-12, 13) if (day := in_month(named, shift, number(fields, "day"))) is not None]
    if "month" in fields:
        written = [day for day in written if day.month == number(fields, "month")]
    if not written:
        raise Refusal(Message("dates.no-such-day"), "day")
    nearest = min(written, key=lambda day: abs(day - named))
    notes: tuple[Note, ...] = ()
    if nearest != named:
        message = Message("dates.other-day-than-word", written=nearest.isoformat(), named=named.isoformat())
        notes = (Note("day-mismatch", message),)
    return check_weekday(Day(nearest, notes=notes), weekday_of(fields))


def _shifted(day: date, **by: int) -> date:
    # Imported here, for most dates are absolute: relativedelta clamps 31 March less a month to the end of February.
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(**by)  # type: ignore[arg-type]  # the keys are relativedelta's own
    except (ValueError, OverflowError):
        raise Refusal(OUTSIDE_YEARS) from None


def _in_period(fields: FieldValues, today: date) -> Day:
    unit, count = cast("tuple[v.Unit | None, int]", fields["period"])  # the vocabulary's pair
    if "weekday" in fields and "day" not in fields:
        if unit is not v.Unit.WEEKS and (unit, count) != v.THIS:
            raise Refusal(Message("dates.whose-weekday"), "period")
        monday = today - timedelta(days=today.weekday())
        return Day(_shifted(monday, days=7 * count + number(fields, "weekday")))
    if "weekday" in fields and unit is v.Unit.WEEKS:
        monday = today - timedelta(days=today.weekday())
        named = _shifted(monday, days=7 * count + number(fields, "weekday"))
        if named.day != number(fields, "day"):
            raise Refusal(Message("dates.whose-weekday"), "day")
        return Day(named)
    if unit is v.Unit.MONTHS and "month" not in fields:
        if "day" not in fields:
            return Day(_shifted(today.replace(day=1), months=count), Precision.MONTH)
        day = in_month(today, count, number(fields, "day"))
        if day is None:
            raise Refusal(Message("dates.no-day-in-that-month", day=number(fields, "day")), "day")
        return check_weekday(Day(day), weekday_of(fields))
    if unit is v.Unit.YEARS and ("month" in fields or "day" not in fields):
        return _in_year(fields, today.year + count)
    raise Refusal(Message("dates.stretch"), "period")


def _in_year(fields: FieldValues, year: int) -> Day:
    if "month" not in fields:
        return Day(checked(year, 1, 1), Precision.YEAR)
    if "day" not in fields:
        return Day(checked(year, number(fields, "month"), 1), Precision.MONTH)
    return check_weekday(Day(checked(year, number(fields, "month"), number(fields, "day"))), weekday_of(fields))


def _in_direction(fields: FieldValues, context: Context) -> Day:
    """지난: the last one before today. 오는: the next one after it."""
    today, last = context.today(), fields["direction"] is v.Direction.LAST
    if "weekday" in fields and "day" not in fields and "month" not in fields:
        days = (number(fields, "weekday") - today.weekday()) % 7
        return Day(today + timedelta(days=(days - 7) if last else (days or 7)))
    candidates = [day for day in _candidates(fields, today) if (day < today if last else day > today)]
    if not candidates:
        raise Refusal(Message("dates.not-near"), "day", "month")
    near = sorted(candidates, reverse=last)
    if "day" not in fields:
        return Day(near[0], Precision.MONTH)
    if "month" in fields:
        return check_weekday(Day(near[0]), weekday_of(fields))
    return by_weekday(near[:2], weekday_of(fields), context)


def _candidates(fields: FieldValues, today: date) -> list[date]:
    day = number(fields, "day") if "day" in fields else 1
    if "month" not in fields:
        return [candidate for shift in range(-3, 4) if (candidate := in_month(today, shift, day)) is not None]
    shift = number(fields, "month") - today.month
    if not 1 <= number(fields, "month") <= 12:
        raise Refusal(Message("dates.no-month", month=number(fields, "month")), "month")
    if "day" not in fields and shift == 0:
        return [candidate for years in (-12, 12) if (candidate := in_month(today, years, 1)) is not None]
    return [candidate for years in range(-8, 9) if (candidate := in_month(today, shift + 12 * years, day)) is not None]
