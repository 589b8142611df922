"""Dates: from the fields of a form to a day, a month or a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from msgspec.structs import replace

from sosik.dates.context import Context, Day, FieldValues, Refusal, number
from sosik.dates.model import Note, Precision, Slot
from sosik.dates.profile import YearLast
from sosik.dates.vocabulary import Era
from sosik.words import Message

ZEROS = Message("dates.zeros")
DANGI = 2333  # 단기 4357 is 2024
WEEKDAYS = "월화수목금토일"


DayReader = Callable[[FieldValues, Context], Day]


@lru_cache(maxsize=256)
def day_reader(names: frozenset[str]) -> DayReader | None:
    """What makes a day (or month, or year) of fields of these *names*; None where they are no date."""
    return next((read for name, read in _BY_FIELD.items() if name in names), None)


def checked(year: int, month: int, day: int) -> date:
    """The date, or a refusal that says which number is impossible."""
    if year == 0 and month == 0 and day == 0:
        raise Refusal(ZEROS, "year")
    if not 1 <= year <= 9999:
        raise Refusal(Message("dates.no-year", year=year), "year", "year2")
    if not 1 <= month <= 12:
        raise Refusal(Message("dates.no-month", month=month), "month", "first", "date8", "date6", "digits")
    try:
        return date(year, month, day)
    except ValueError:
        reason = Message("dates.no-day-in-month", year=year, month=month, day=day)
        raise Refusal(reason, "day", "second_", "date8", "date6", "digits") from None


def full_year(two_digits: int) -> int:
    """The year that two digits mean: 70 to 99 in the 1900s, else in the 2000s."""
    return two_digits + (1900 if two_digits >= 70 else 2000)


def check_weekday(day: Day, weekday: int | None) -> Day:
    """The day, with a note when the weekday beside it is another's: the date wins."""
    if weekday is None or day.date.weekday() == weekday:
        return day
    true, written = WEEKDAYS[day.date.weekday()], WEEKDAYS[weekday]
    message = Message("dates.weekday-mismatch", date=day.date.isoformat(), true=true, written=written)
    return replace(day, notes=(*day.notes, Note("weekday-mismatch", message)))


def weekday_of(fields: FieldValues) -> int | None:
    """The weekday in *fields*, Monday 0."""
    return number(fields, "weekday") if "weekday" in fields else None


def _year(fields: FieldValues) -> int:
    if "year2" in fields:
        return _english_year(fields) if "monthname" in fields else full_year(number(fields, "year2"))
    if "year3" in fields:
        return 1900 + number(fields, "year3")  # RFC 5322, section 4.3: years counted from 1900
    year = number(fields, "year")
    return year - DANGI if fields.get("era") is Era.DANGI else year


def _english_year(fields: FieldValues) -> int:
    """RFC 5322 puts 50 to 69 into the 1900s, Korean usage does not; a weekday may settle it."""
    digits = number(fields, "year2")
    if not 50 <= digits < 70:
        return full_year(digits)
    month, day = number(fields, "monthname"), number(fields, "day")
    years = [
        year for year in (1900 + digits, 2000 + digits) if checked(year, month, day).weekday() == weekday_of(fields)
    ]
    if len(years) != 1:
        raise Refusal(Message("dates.two-centuries", digits=digits), "year2", hint=Message("dates.write-four-digits"))
    return years[0]


def _with_year(fields: FieldValues, context: Context) -> Day:
    year = _year(fields)
    if "year2" in fields and "day" in fields and "month" in fields:
        _refuse_year_last(fields, context)
    month = (
        number(fields, "month") if "month" in fields else number(fields, "monthname") if "monthname" in fields else None
    )
    if month is None:
        return Day(checked(year, 1, 1), Precision.YEAR)
    if "day" not in fields:
        return Day(checked(year, month, 1), Precision.MONTH)
    return check_weekday(Day(checked(year, month, number(fields, "day"))), weekday_of(fields))


def _refuse_year_last(fields: FieldValues, context: Context) -> None:
    """Refuse 31.12.24, which by the rule is a day of 2031, where read backwards it does not lie far ahead."""
    if context.plausible is None:
        return
    numbers = [number(fields, name) for name in ("year2", "month", "day")]
    try:
        forward = date(full_year(numbers[0]), numbers[1], numbers[2])
        backward = date(full_year(numbers[2]), numbers[1], numbers[0])
    except ValueError:
        return
    latest = context.plausible.date() + _FAR_AHEAD
    if forward > latest >= backward:
        reason = Message("dates.year-first-or-last", first=forward.isoformat(), last=backward.isoformat())
        raise Refusal(reason, "year2", hint=Message("dates.write-four-digits"))


_FAR_AHEAD = timedelta(days=60)


def _year_last(fields: FieldValues, context: Context) -> Day:
    first, second, year = number(fields, "first"), number(fields, "second_"), number(fields, "year")
    order = context.profile.year_last
    if order is None and first <= 12 and second <= 12:
        dates = f"{year}-{first:02}-{second:02}", f"{year}-{second:02}-{first:02}"
        reason = Message("dates.month-or-day", first=dates[0], second=dates[1])
        raise Refusal(reason, "first", hint=Message("dates.write-year-first"))
    day_first = first > 12 if order is None else order is YearLast.DAY_FIRST
    month, day = (second, first) if day_first else (first, second)
    return check_weekday(Day(checked(year, month, day)), weekday_of(fields))


def _compact(fields: FieldValues, _context: Context) -> Day:
    digits = str(fields.get("date8") or fields.get("digits"))
    if int(digits) == 0:
        raise Refusal(ZEROS, "date8", "digits")
    day = checked(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    return check_weekday(Day(day), weekday_of(fields))


def _six(fields: FieldValues, _context: Context) -> Day:
    """Year, month and day of two digits each, unless they may as well be a year and a month."""
    digits = str(fields["date6"])
    if 1900 <= int(digits[:4]) <= 2099 and 1 <= int(digits[4:]) <= 12:
        raise Refusal(Message("dates.six-digits", digits=digits, month=f"{digits[:4]}-{digits[4:]}"), "date6")
    return Day(checked(full_year(int(digits[:2])), int(digits[2:4]), int(digits[4:])))


def _ordinal(fields: FieldValues, _context: Context) -> Day:
    if "date7" in fields:
        year, day = divmod(number(fields, "date7"), 1000)
    else:
        year, day = number(fields, "year"), number(fields, "day3")
    first = checked(year, 1, 1)
    counted = date.fromordinal(min(first.toordinal() + max(day, 1) - 1, date.max.toordinal()))
    if day < 1 or counted.year != year:
        raise Refusal(Message("dates.no-day-in-year", year=year, day=day), "day3", "date7")
    return check_weekday(Day(counted), weekday_of(fields))


def _week(fields: FieldValues, _context: Context) -> Day:
    week, weekday = (
        divmod(number(fields, "week3"), 10)
        if "week3" in fields
        else (number(fields, "week"), number(fields, "weekday1"))
    )
    try:
        return Day(date.fromisocalendar(number(fields, "year"), week, weekday))
    except ValueError:
        raise Refusal(Message("dates.no-day-in-week", day=weekday, week=week), "week", "week3") from None


def _without_year(fields: FieldValues, context: Context) -> Day:
    month = number(fields, "month") if "month" in fields else number(fields, "monthname")
    if context.anchor is not None and "day" in fields:
        return _nearest(month, number(fields, "day"), fields, context.anchor)
    if context.anchor is not None:
        return Day(checked(context.anchor.year, month, 1), Precision.MONTH)
    today = context.today()
    if "day" not in fields:
        latest = _latest(month, 1, today)
        return Day(_month_in_prose(month, latest, today) if context.prose else latest, Precision.MONTH)
    day = number(fields, "day")
    weekday = weekday_of(fields)
    if weekday is not None:
        return _year_by_weekday(month, day, weekday, today)
    past = _latest(month, day, today)
    if context.prose:
        return Day(_in_prose(month, day, past, today))
    return Day(past)


def _in_prose(month: int, day: int, past: date, today: date) -> date:
    """In running text, where dates may lie ahead: the nearest, if it is the last one too or of the year of the text."""
    nearest = min(_in_years(month, day, today), key=lambda candidate: abs(candidate - today))
    if nearest == past or nearest.year == today.year:
        return nearest
    reason = Message("dates.two-years", past=past.isoformat(), nearest=nearest.isoformat())
    raise Refusal(reason, "month", hint=Message("dates.write-year"))


def _month_in_prose(month: int, past: date, today: date) -> date:
    """In running text, where months lie ahead too: of the year of the text, unless next year's is near."""
    nearest = min(_in_years(month, 1, today), key=lambda candidate: abs(candidate - today))
    if nearest.year == today.year:
        return nearest
    if nearest > past and nearest - today < _A_SEASON:
        reason = Message("dates.two-years", past=past.isoformat(), nearest=nearest.isoformat())
        raise Refusal(reason, "month", hint=Message("dates.write-year"))
    return past


_A_SEASON = timedelta(days=92)


def _nearest(month: int, day: int, fields: FieldValues, anchor: date) -> Day:
    """The date nearest to another of the same line, whose year it shares or adjoins."""
    return check_weekday(
        Day(min(_in_years(month, day, anchor), key=lambda candidate: abs(candidate - anchor))), weekday_of(fields)
    )


def _in_years(month: int, day: int, today: date) -> list[date]:
    """The dates of that month and day around today; 29 February only in leap years."""
    dates = []
    for year in range(max(today.year - 8, 1), min(today.year + 8, 9999) + 1):
        try:
            dates.append(date(year, month, day))
        except ValueError:
            continue
    if not dates:
        checked(2000, month, day)
        raise Refusal(Message("dates.no-such-day"), "day")
    return dates


def _latest(month: int, day: int, today: date) -> date:
    """The latest such date that is not after today; a day of tolerance, for clocks differ."""
    past = [candidate for candidate in _in_years(month, day, today) if (candidate - today).days <= 1]
    if not past:
        raise Refusal(Message("dates.before-any-year"))
    return past[-1]


def _year_by_weekday(month: int, day: int, weekday: int, today: date) -> Day:
    latest = _latest(month, day, today)
    if latest.weekday() == weekday:
        return Day(latest)
    fitting = [candidate for candidate in _in_years(month, day, today) if candidate.weekday() == weekday]
    near = [candidate for candidate in fitting if abs(candidate.year - latest.year) == 1]
    past = [candidate for candidate in fitting if candidate < latest]
    if not near and not past:
        raise Refusal(Message("dates.no-such-weekday", weekday=WEEKDAYS[weekday]), "weekday")
    chosen = near[0] if near else past[-1]
    return Day(chosen, notes=(Note("year-from-weekday", Message("dates.year-from-weekday", year=chosen.year)),))


def _bare_day(fields: FieldValues, context: Context) -> Day:
    """A day without its month: in running text the nearest, in a date line the latest not after the reference."""
    day = number(fields, "day")
    if context.anchor is not None:
        return check_weekday(Day(checked(context.anchor.year, context.anchor.month, day)), weekday_of(fields))
    today = context.today()
    if not 1 <= day <= 31:
        raise Refusal(Message("dates.no-day", day=day), "day")
    around = [candidate for shift in (-2, -1, 0, 1, 2) if (candidate := in_month(today, shift, day)) is not None]
    past = [candidate for candidate in around if (candidate - today).days <= 1]
    if not past:
        raise Refusal(Message("dates.before-any-day"), "day")
    nearest, latest = sorted(around, key=lambda candidate: abs(candidate - today)), sorted(past, reverse=True)
    return by_weekday(nearest[:3] if context.prose else latest[:2], weekday_of(fields), context)


def by_weekday(near: list[date], weekday: int | None, context: Context) -> Day:
    """Of the nearest day and its neighbours, the nearest first, the one on that weekday; where none is, the date wins.

    In an entry's key there is nothing to win: that is a Refusal.
    """
    fitting = [candidate for candidate in near if weekday is None or candidate.weekday() == weekday]
    if fitting:
        return Day(fitting[0])
    if context.slot is Slot.KEY:
        raise Refusal(Message("dates.no-such-weekday", weekday=WEEKDAYS[weekday or 0]), "weekday")
    return check_weekday(Day(near[0]), weekday)


def in_month(today: date, shift: int, day: int) -> date | None:
    """Day *day* of the month *shift* months from today's, or None if it has none."""
    year, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    try:
        return date(year, month + 1, day)
    except ValueError:
        return None


_BY_FIELD: dict[str, DayReader] = {
    "first": _year_last,
    "date8": _compact,
    "digits": _compact,
    "date6": _six,
    "date7": _ordinal,
    "day3": _ordinal,
    "week": _week,
    "week3": _week,
    "year": _with_year,
    "year2": _with_year,
    "year3": _with_year,
    "month": _without_year,
    "monthname": _without_year,
    "day": _bare_day,
}
