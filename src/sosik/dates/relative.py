"""Dates counted from a reference: 3시간 전, 어제, 지난달 24일, 다음 주 수요일."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from sosik.dates import vocabulary as v
from sosik.dates.calendar import check_weekday, checked, in_month, weekday_of
from sosik.dates.context import OUTSIDE_YEARS, Context, Day, FieldValues, Refusal, number
from sosik.dates.model import Precision
from sosik.words import Message


def read_relative(fields: FieldValues, context: Context) -> Day | datetime:
    """The day, or the minute, that relative *fields* name."""
    if "now" in fields or "few" in fields:
        return _minute(context.now())
    if "count" in fields:
        return _counted(fields, context.now())
    if "word" in fields:
        return check_weekday(Day(_shifted(context.today(), days=number(fields, "word"))), weekday_of(fields))
    if "period" in fields:
        return _in_period(fields, context.today())
    return _in_direction(fields, context.today())


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


_CLOCK_UNITS = (v.Unit.HOURS, v.Unit.MINUTES, v.Unit.SECONDS)


def _counted(fields: FieldValues, now: datetime) -> Day | datetime:
    unit = v.Unit(str(fields["unit"]))
    sign = -1 if fields["ago"] == v.AGO else 1
    count = sign * number(fields, "count")
    if "halfhour" in fields and unit is not v.Unit.HOURS:
        raise Refusal(Message("dates.only-hours-halved"), "halfhour")
    if unit in _CLOCK_UNITS:
        span = timedelta(**{unit: count})
        if "halfhour" in fields:
            span += sign * timedelta(minutes=30)
        if fields.get("unit2") in _CLOCK_UNITS:
            span += timedelta(**{str(fields["unit2"]): sign * number(fields, "count2")})
        return _minute(now + span)
    if "unit2" in fields:
        raise Refusal(Message("dates.no-count"), "unit2")
    return Day(_shifted(now.date(), **{unit: count}))


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


def _in_direction(fields: FieldValues, today: date) -> Day:
    """지난: the last one before today. 오는: the next one after it."""
    last = fields["direction"] is v.Direction.LAST
    if "weekday" in fields and "day" not in fields and "month" not in fields:
        days = (number(fields, "weekday") - today.weekday()) % 7
        return Day(today + timedelta(days=(days - 7) if last else (days or 7)))
    candidates = [day for day in _candidates(fields, today) if (day < today if last else day > today)]
    if not candidates:
        raise Refusal(Message("dates.not-near"), "day", "month")
    chosen = max(candidates) if last else min(candidates)
    if "day" not in fields:
        return Day(chosen, Precision.MONTH)
    return check_weekday(Day(chosen), weekday_of(fields))


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
