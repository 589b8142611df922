"""The forms a date is written in, as one table; `elements` says what their patterns mean."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Layer(StrEnum):
    """What part of a moment a form reads."""

    DATE = "date"
    CLOCK = "clock"
    ISO_CLOCK = "clock after T"
    ZONE = "offset"
    LOST_PLUS = "offset without its sign"
    OTHER_CLOCK = "the same time in another zone"
    NAME_CLOCK = "clock in a file name"
    RELATIVE = "relative"


class Form(NamedTuple):
    """A row of the table.

    *clock*: a time of day may follow. *alone*: so little of a date that it is one only where nothing else stands.
    """

    layer: Layer
    name: str
    pattern: str
    example: str
    clock: bool = True
    alone: bool = False


def _date(name: str, pattern: str, example: str, clock: bool = True) -> Form:
    return Form(Layer.DATE, name, pattern, example, clock)


def _alone(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.DATE, name, pattern, example, clock=False, alone=True)


def _clock(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.CLOCK, name, pattern, example)


def _iso(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.ISO_CLOCK, name, pattern, example)


def _other(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.OTHER_CLOCK, name, pattern, example)


def _relative(name: str, pattern: str, example: str, clock: bool = True) -> Form:
    return Form(Layer.RELATIVE, name, pattern, example, clock)


HALF_OF_DAY = _clock("half of the day", "half", "오후")
"""It tells no time by itself."""

HOUR = _clock("hour 시", "half? hour 시 half?", "오후 3시")

SHORT_OFFSET = Form(Layer.ZONE, "±hh", "sign +offset2", "+09")
"""So short that it could be something else."""

APART_OFFSETS = (
    Form(Layer.ZONE, "± hhmm", "sign offset4", "+ 0900"),
    Form(Layer.ZONE, "± hh:mm", "sign offset2 +: +offsetminutes", "+ 09:00"),
)
"""With a blank behind its sign it could be a range."""

BARE_MONTH = _date("month 월", "month 월", "1월", clock=False)
BARE_DAY = _date("day 일", "day 일", "16일")
BARE_YEAR = _alone("year", "year4", "2024")
BARE_PAIRS = (
    _date("month.day", "month . day .?", "01.16"),
    _date("month-day", "month - day", "01-16"),
    _date("month/day", "month / day", "01/16"),
)
"""Two numbers alone may be a decimal, a score or the name of an event."""

FORMS: tuple[Form, ...] = (
    # year, month, day, with one and the same mark between them
    _date("year.month.day", "year4 . month . day 일? .?", "2024.01.16"),
    _date("year-month-day", "year4 - month - day 일?", "2024-01-16"),
    _date("year/month/day", "year4 / month / day 일?", "2024/01/16"),
    _date("year·month·day", "year4 · month · day", "2024·01·16"),
    _date("year_month_day", "year4 _ month _ day", "2024_01_16"),
    _date("year month day", "year4 month2 day2", "2024 01 16"),
    _date("year:month:day", "year4 : month : day", "2024:01:16"),
    _date("yy.month.day", "'? year2 . month . day 일? .?", "24.01.16"),
    _date("yy-month-day", "'? year2 - month - day 일?", "24-01-16"),
    _date("yy/month/day", "'? year2 / month / day 일?", "24/01/16"),
    # with units
    _date("year 년 month 월 day 일", "era? 지난? year4 년 month 월 day 일", "2024년 1월 16일"),
    _date("yy 년 month 월 day 일", "'? year2 년 month 월 day 일", "24년 1월 16일"),
    _date("year. month 월 day 일", "year4 .? month 월 day 일", "2024. 1월 16일"),
    _date("yy. month 월 day 일", "'? year2 . month 월 day 일", "24. 1월 16일"),
    _date("month 월 day 일, year", "month 월 day 일 ,? year4 년?", "1월 16일, 2024"),
    _date("month 월 day, year", "month 월 day , year4", "1월 16, 2024"),
    _date("era year.month.day", "era year4 . month . day .?", "단기 4357.1.16"),
    _date("era year-month-day", "era year4 - month - day", "단기 4357-1-16"),
    _date(
        "other era year(year) 년 month 월 day 일",
        "othera eracount 년? ( era2? year4 년? ) 년? month 월 day 일",
        "令和6(2024)年 1月 16日",
    ),
    _date(
        "other era year(year).month.day",
        "othera eracount 년? ( era2? year4 년? ) 년? .? month . day .?",
        "주체113(2024).1.16",
    ),
    _date("other era year(year)", "othera eracount 년? ( era2? year4 년? ) 년?", "주체113(2024)년", clock=False),
    # digits without marks
    _date("yyyymmdd", "date8", "20240116"),
    _date("yyyymmdd-hhmmss", "date8 -or-_? time6", "20240116-152211", clock=False),
    _date("yyyymmdd-hhmm", "date8 -or-_? time4", "20240116-1522", clock=False),
    _date("yyyymmddhhmmss", "digits14", "20240116152211", clock=False),
    _date("yyyymmddhhmm", "digits12", "202401161522", clock=False),
    _alone("epoch seconds", "digits10", "1705386131"),
    _alone("epoch milliseconds", "digits13", "1705386131000"),
    _date("/Date(milliseconds)/", "epochmark digits13 )", "/Date(1705386131000)/", clock=False),
    _date(
        "/Date(milliseconds±hhmm)/", "epochmark digits13 sign offsetshown )", "/Date(1705386131000+0900)/", clock=False
    ),
    # ISO 8601 beyond calendar dates
    Form(Layer.DATE, "year-day", "year4 +- +day3", "2024-016", alone=True),
    Form(Layer.DATE, "yyyyddd", "date7", "2024016", alone=True),
    _date("year-week-day", "year4 +- +W +week +- +weekday1", "2024-W03-2"),
    _date("yearWweekday", "year4 +W +week3", "2024W032"),
    # months and years alone
    _date("year 년 month 월", "era? 지난? 오는? year4 년 month 월", "2024년 1월", clock=False),
    _date("year 년", "era? 지난? 오는? year4 년", "2024년", clock=False),
    _alone("year.month", "year4 . month .?", "2024.01"),
    _alone("year-month", "year4 - month", "2024-01"),
    _alone("year/month", "year4 / month", "2024/01"),
    BARE_YEAR,
    _alone("yymmdd", "date6", "240116"),
    _date("year. month 월", "year4 . month 월", "2024. 1월", clock=False),
    BARE_MONTH,
    _date("month-name year", "monthname .? ,? year4", "January 2024", clock=False),
    _date("month 월 year 년", "month 월 ,? year4 년?", "10월 2014", clock=False),
    # without a year
    _date("month 월 day 일", "month 월 day 일", "1월 16일"),
    *BARE_PAIRS,
    BARE_DAY,
    # the year last
    _date("n/n/year", "first / second_ / year4", "09/27/2021"),
    _date("n.n.year", "first . second_ . year4", "27.09.2021"),
    _date("n-n-year", "first - second_ - year4", "27-09-2021"),
    # English, and what feeds make of it
    _date("month-name day, year", "monthname .? day th? ,? year4", "Jan 16, 2024"),
    _date("month-name day. year", "monthname .? day . year4", "June 18.2015"),
    _date("day month-name year", "day th? .? monthname .? ,? year4", "16 Jan 2024"),
    _date("day month-name yy", "day monthname year2", "16 Jan 24"),
    _date("day month-name yyy", "day monthname year3", "16 Jan 124"),
    _date("day-month-name-year", "day - monthname - year4", "16-Jan-2024"),
    _date("day-month-name-yy", "day - monthname - year2", "16-Jan-24"),
    _date("day/month-name/year", "day / monthname / year4", "16/Jan/2024"),
    _date("month-name-day-year", "monthname - day - year4", "Jan-16-2024"),
    _date("year month-name day", "year4 monthname .? day", "2024 Jan 16"),
    _date("year-month-name-day", "year4 - monthname - day", "2024-Jan-16"),
    _date("month-name day", "monthname .? day th?", "Jan 16"),
    _date("day month-name", "day th? monthname", "16 Jan"),
    _date("day month 월 year", "day month 월 year4", "16 1월 2024"),
    _date("day-month 월-year", "day - month 월 - year4", "16-1월-2024"),
    _date("day-month 월-yy", "day - month 월 - year2", "16-1월 -24"),
    _date("weekday, day month year", "anyweekday , day month year4", "Sat, 16 07 2022"),
    # the time of day
    _clock("hour:minute", "half? ,? hour : minute2 분? half?", "15:22"),
    _clock("hour:minute:second", "half? ,? hour : minute2 : second2 초? half?", "15:22:11"),
    _clock("hour:minute:second.fraction", "half? ,? hour : minute2 : second2 +decimal +fraction half?", "15:22:11.123"),
    _clock("(hour:minute)", "half? ( half? hour : minute2 half? ) half?", "(15:22)"),
    _clock("(hour:minute:second)", "half? ( half? hour : minute2 : second2 half? ) half?", "(15:22:11)"),
    HOUR,
    _clock("hour 시 반", "half? hour 시 반", "오후 3시 반"),
    _clock("hour 시 minute 분", "half? hour 시 minute 분 half?", "15시 22분"),
    _clock("hour 시 minute 분 second 초", "half? hour 시 minute 분 second 초 half?", "15시 22분 11초"),
    _clock("hour half", "hour half", "3 PM"),
    _clock("정오", "clockword", "정오"),
    _clock("정오 hour 시", "clockword hour 시", "정오 12시"),
    HALF_OF_DAY,
    # what ISO 8601 allows after a T
    _iso("Thh", "hour2", "T15"),
    _iso("Thhmm", "time4", "T1522"),
    _iso("Thhmmss", "time6", "T152211"),
    _iso("Thhmmss.fraction", "time6 +decimal +fraction", "T152211.123"),
    _iso("Thh:mm.fraction", "hour2 +: +minute2 +decimal +minutefraction", "T15:22,5"),
    _iso("Thhmm.fraction", "time4 +decimal +minutefraction", "T1522,5"),
    _iso("Thh.fraction", "hour2 +decimal +hourfraction", "T15.5"),
    # the time of day in the names of pictures
    Form(Layer.NAME_CLOCK, "hour.minute.second", "half? hour . minute2 . second2 half?", "오후 3.22.11"),
    Form(Layer.NAME_CLOCK, "hour.minute", "half? hour . minute2 half?", "오후 3.22"),
    Form(Layer.NAME_CLOCK, "hour-minute-second", "half? hour -or-_ minute2 -or-_ second2 half?", "15-22-11"),
    Form(Layer.NAME_CLOCK, "hour minute second", "half? hour minute2 second2 half?", "15 22 11"),
    Form(Layer.NAME_CLOCK, "hour-minute", "half? hour2 -or-_ minute2 half?", "15-22"),
    Form(Layer.NAME_CLOCK, "hhmmss", "time6", "152211"),
    Form(Layer.NAME_CLOCK, "hhmm", "time4", "1522"),
    Form(Layer.NAME_CLOCK, "hhmmssfff", "time9", "152211123"),
    Form(Layer.NAME_CLOCK, "hhmm_ss_fff", "time4 -or-_ second2 -or-_ digits3", "1522_11_123"),
    # the offset
    Form(Layer.ZONE, "zone", "zone", "KST"),
    Form(Layer.ZONE, "±hhmm", "sign +offset4", "+0900"),
    Form(Layer.ZONE, "±hh:mm", "sign +offset2 +: +offsetminutes", "+09:00"),
    SHORT_OFFSET,
    *APART_OFFSETS,
    Form(Layer.LOST_PLUS, "hh:mm", "lost +offset2 +: +offsetminutes", " 09:00"),
    Form(Layer.ZONE, "zone±hhmm", "zone sign +offset4", "GMT+0900"),
    Form(Layer.ZONE, "zone±hh:mm", "zone sign +offset2 +: +offsetminutes", "GMT+09:00"),
    Form(Layer.ZONE, "zone±h", "zone sign +offset2", "GMT+9"),
    _other("hour:minute zone", "otherhalf? otherhour : otherminute otherzone", "06:22 UTC"),
    _other("hour:minute:second zone", "otherhalf? otherhour : otherminute : othersecond otherzone", "06:22:11 UTC"),
    _other("zone hour:minute", "otherzone otherhalf? otherhour : otherminute", "UTC 06:22"),
    _other("zone day 일 hour:minute", "otherzone otherday 일 otherhalf? otherhour : otherminute", "UTC 16일 06:22"),
    _other("zone hour 시", "otherzone otherhalf? otherhour 시", "UTC 오전 6시"),
    _other("zone hour 시 minute 분", "otherzone otherhalf? otherhour 시 otherminute 분", "UTC 오전 6시 22분"),
    _other(
        "zone day 일 hour 시 minute 분",
        "otherzone otherday 일 otherhalf? otherhour 시 otherminute 분",
        "UTC 16일 6시 22분",
    ),
    _other("zone day 일 hour 시", "otherzone otherday 일 otherhalf? otherhour 시", "UTC 16일 오전 6시"),
    # from a reference
    _relative("day word", "word", "어제"),
    _relative("day word (day 일)", "word ( day 일 )", "어제(17일)"),
    _relative("day word (month 월 day 일)", "word ( month 월 day 일 )", "어제(1월 17일)"),
    _relative("count unit 전", "count unit about? ago", "3시간 전"),
    _relative("count unit, twice, 전", "count unit ,? count2 unit2 about? ago", "1시간 20분 전", clock=False),
    _relative(
        "count unit, three times, 전",
        "count unit ,? count2 unit2 ,? count3 unit3 about? ago",
        "1일 2시간 3분 전",
        clock=False,
    ),
    _relative(
        "count unit, four times, 전",
        "count unit ,? count2 unit2 ,? count3 unit3 ,? count4 unit4 about? ago",
        "1개월 2일 3시간 4분 전",
        clock=False,
    ),
    _relative("count unit 반 전", "count unit 반 about? ago", "1시간 반 전", clock=False),
    _relative("now", "now ago?", "방금 전", clock=False),
    _relative("몇 초 전", "few 초 ago", "몇 초 전", clock=False),
    _relative("week weekday", "period anyweekday", "다음 주 수요일"),
    _relative("week weekday (day 일)", "period anyweekday ( day 일 )", "지난주 화요일(9일)"),
    _relative("period", "period", "지난달", clock=False),
    _relative("period day 일", "period day 일", "지난달 24일"),
    _relative("period month 월", "period month 월", "지난해 11월", clock=False),
    _relative("period month 월 day 일", "period month 월 day 일", "지난해 11월 3일"),
    _relative("지난 weekday", "direction anyweekday", "지난 화요일"),
    _relative("지난 weekday (day 일)", "direction anyweekday ( day 일 )", "지난 화요일(16일)"),
    _relative("지난 day 일", "direction day 일", "지난 16일"),
    _relative("지난 month 월", "direction month 월", "지난 6월", clock=False),
    _relative("지난 month 월 day 일", "direction month 월 day 일", "지난 6월 22일"),
)
"""Every form that is read; docs/dates.md prints this table."""
