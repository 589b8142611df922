"""The forms a date is written in: one table, and the patterns made from it.

A form is a sequence of elements over the kinds of tokens. Elements stand apart by a blank in the pattern and may stand
apart by blanks in the text; ``+`` in front allows no blank, ``?`` behind makes an element optional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sosik.dates import vocabulary as v


class Layer(StrEnum):
    """What part of a moment a form reads."""

    DATE = "date"
    CLOCK = "clock"
    ISO_CLOCK = "clock after T"
    ZONE = "offset"
    LOST_PLUS = "offset without its sign"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Form:
    """A row of the table.

    *clock*: a time of day may follow. *alone*: so little of a date that it is one only where nothing else stands.
    """

    layer: Layer
    name: str
    pattern: str
    example: str
    clock: bool = True
    alone: bool = False


_ANY_NUMBER = "[12345678αβγδν]"
ELEMENTS: dict[str, str] = {
    "year4": "(?P<year>4)",
    "year2": "(?P<year2>2)",
    "year": "(?P<year>4)",
    "month": "(?P<month>[12])",
    "day": "(?P<day>[12])",
    "month2": "(?P<month>2)",
    "day2": "(?P<day>2)",
    "first": "(?P<first>[12])",
    "second_": "(?P<second_>[12])",
    "hour": "(?P<hour>[12])",
    "hour2": "(?P<hour>2)",
    "minute": "(?P<minute>[12])",
    "minute2": "(?P<minute>2)",
    "second": "(?P<second>[12])",
    "second2": "(?P<second>2)",
    "fraction": f"(?P<fraction>{_ANY_NUMBER})",
    "year3": "(?P<year3>3)",
    "decimal": "[.,]",
    "minutefraction": f"(?P<minutefraction>{_ANY_NUMBER})",
    "hourfraction": f"(?P<hourfraction>{_ANY_NUMBER})",
    "date8": "(?P<date8>8)",
    "date6": "(?P<date6>6)",
    "date7": "(?P<date7>7)",
    "day3": "(?P<day3>3)",
    "week": "(?P<week>2)",
    "week3": "(?P<week3>3)",
    "weekday1": "(?P<weekday1>1)",
    "digits14": "(?P<digits>δ)",
    "digits12": "(?P<digits>β)",
    "digits10": "(?P<digits>α)",
    "digits13": "(?P<epoch>γ)",
    "time4": "(?P<time4>4)",
    "time6": "(?P<time6>6)",
    "count": "(?P<count>[1234])",
    "count2": "(?P<count2>[12])",
    "half": f"(?P<half>{v.HALF_DAY})",
    "clockword": f"(?P<clockword>{v.CLOCK_WORD})",
    "monthname": f"(?P<monthname>{v.MONTH_NAME})",
    "weekday": f"(?P<weekday>{v.WEEKDAY})",
    "anyweekday": f"(?P<weekday>[{v.WEEKDAY}{v.MONTH_UNIT}{v.DAY_UNIT}])",
    "era": f"(?P<era>{v.ERA})",
    "zone": f"(?P<zone>{v.ZONE})",
    "sign": "(?P<sign>[+-])",
    "lost": "(?P<lost> )",  # a plus sign that URL decoding made a blank
    "offset4": "(?P<offset4>4)",
    "offset2": "(?P<offset2>[12])",
    "offsetminutes": "(?P<offsetminutes>2)",
    "word": f"(?P<word>{v.DAY_WORD})",
    "period": f"(?P<period>{v.PERIOD_WORD})",
    "direction": f"(?P<direction>[{v.LAST}{v.NEXT}])",
    "unit": f"(?P<unit>[{v.YEAR_UNIT}{v.DAY_UNIT}{v.MINUTE_UNIT}{v.SECOND_UNIT}{v.SPAN_UNIT}])",
    "unit2": f"(?P<unit2>[{v.MINUTE_UNIT}{v.SECOND_UNIT}{v.SPAN_UNIT}])",
    "ago": f"(?P<ago>[{v.AGO}{v.HENCE}])",
    "now": f"(?P<now>{v.NOW})",
    "few": f"(?P<few>{v.FEW})",
    "년": v.YEAR_UNIT,
    "월": v.MONTH_UNIT,
    "일": v.DAY_UNIT,
    "시": v.HOUR_UNIT,
    "분": v.MINUTE_UNIT,
    "초": v.SECOND_UNIT,
    "반": f"(?P<halfhour>{v.HALF_HOUR})",
    "지난": v.LAST,
    "T": v.LETTER_T,
    "W": v.LETTER_W,
    "th": v.ORDINAL,
    "-or-_": "[-_]",
}


def _date(name: str, pattern: str, example: str, clock: bool = True) -> Form:
    return Form(Layer.DATE, name, pattern, example, clock)


def _alone(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.DATE, name, pattern, example, clock=False, alone=True)


def _clock(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.CLOCK, name, pattern, example)


def _iso(name: str, pattern: str, example: str) -> Form:
    return Form(Layer.ISO_CLOCK, name, pattern, example)


def _relative(name: str, pattern: str, example: str, clock: bool = True) -> Form:
    return Form(Layer.RELATIVE, name, pattern, example, clock)


FORMS: tuple[Form, ...] = (
    # year, month, day, with one and the same mark between them
    _date("year.month.day", "year4 . month . day 일? .?", "2024.01.16"),
    _date("year-month-day", "year4 - month - day 일?", "2024-01-16"),
    _date("year/month/day", "year4 / month / day 일?", "2024/01/16"),
    _date("year·month·day", "year4 · month · day", "2024·01·16"),
    _date("year_month_day", "year4 _ month _ day", "2024_01_16"),
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
    # digits without marks
    _date("yyyymmdd", "date8", "20240116"),
    _date("yyyymmdd-hhmmss", "date8 -or-_? time6", "20240116-152211", clock=False),
    _date("yyyymmdd-hhmm", "date8 -or-_? time4", "20240116-1522", clock=False),
    _date("yyyymmddhhmmss", "digits14", "20240116152211", clock=False),
    _date("yyyymmddhhmm", "digits12", "202401161522", clock=False),
    _alone("epoch seconds", "digits10", "1705386131"),
    _alone("epoch milliseconds", "digits13", "1705386131000"),
    # ISO 8601 beyond calendar dates
    _date("year-day", "year4 +- +day3", "2024-016"),
    Form(Layer.DATE, "yyyyddd", "date7", "2024016", alone=True),
    _date("year-week-day", "year4 +- +W +week +- +weekday1", "2024-W03-2"),
    _date("yearWweekday", "year4 +W +week3", "2024W032"),
    # months and years alone
    _date("year 년 month 월", "era? 지난? year4 년 month 월", "2024년 1월", clock=False),
    _date("year 년", "era? 지난? year4 년", "2024년", clock=False),
    _alone("year.month", "year4 . month .?", "2024.01"),
    _alone("year-month", "year4 - month", "2024-01"),
    _alone("year/month", "year4 / month", "2024/01"),
    _alone("year", "year4", "2024"),
    _alone("yymmdd", "date6", "240116"),
    _date("month 월", "month 월", "1월", clock=False),
    _date("month-name year", "monthname .? ,? year4", "January 2024", clock=False),
    _date("month 월 year 년", "month 월 ,? year4 년?", "10월 2014", clock=False),
    # without a year
    _date("month 월 day 일", "month 월 day 일", "1월 16일"),
    _date("month.day", "month . day .?", "01.16"),
    _date("month-day", "month - day", "01-16"),
    _date("month/day", "month / day", "01/16"),
    _date("day 일", "day 일", "16일"),
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
    _date("weekday, day month year", "anyweekday , day month year4", "Sat, 16 07 2022"),
    # the time of day
    _clock("hour:minute", "half? ,? hour : minute2 half?", "15:22"),
    _clock("hour:minute:second", "half? ,? hour : minute2 : second2 half?", "15:22:11"),
    _clock("hour:minute:second.fraction", "half? ,? hour : minute2 : second2 +decimal +fraction half?", "15:22:11.123"),
    _clock("(hour:minute)", "half? ( half? hour : minute2 half? ) half?", "(15:22)"),
    _clock("(hour:minute:second)", "half? ( half? hour : minute2 : second2 half? ) half?", "(15:22:11)"),
    _clock("hour 시", "half? hour 시 half?", "오후 3시"),
    _clock("hour 시 반", "half? hour 시 반", "오후 3시 반"),
    _clock("hour 시 minute 분", "half? hour 시 minute 분 half?", "15시 22분"),
    _clock("hour 시 minute 분 second 초", "half? hour 시 minute 분 second 초 half?", "15시 22분 11초"),
    _clock("hour half", "hour half", "3 PM"),
    _clock("정오", "clockword", "정오"),
    _clock("half of the day", "half", "오후"),
    # what ISO 8601 allows after a T
    _iso("Thh", "hour2", "T15"),
    _iso("Thhmm", "time4", "T1522"),
    _iso("Thhmmss", "time6", "T152211"),
    _iso("Thhmmss.fraction", "time6 +decimal +fraction", "T152211.123"),
    _iso("Thh:mm.fraction", "hour2 +: +minute2 +decimal +minutefraction", "T15:22,5"),
    _iso("Thhmm.fraction", "time4 +decimal +minutefraction", "T1522,5"),
    _iso("Thh.fraction", "hour2 +decimal +hourfraction", "T15.5"),
    # the offset
    Form(Layer.ZONE, "zone", "zone", "KST"),
    Form(Layer.ZONE, "±hhmm", "sign +offset4", "+0900"),
    Form(Layer.ZONE, "±hh:mm", "sign +offset2 +: +offsetminutes", "+09:00"),
    Form(Layer.ZONE, "±hh", "sign +offset2", "+09"),
    Form(Layer.LOST_PLUS, "hh:mm", "lost +offset2 +: +offsetminutes", " 09:00"),
    Form(Layer.ZONE, "zone±hhmm", "zone sign +offset4", "GMT+0900"),
    Form(Layer.ZONE, "zone±hh:mm", "zone sign +offset2 +: +offsetminutes", "GMT+09:00"),
    Form(Layer.ZONE, "zone±h", "zone sign +offset2", "GMT+9"),
    # from a reference
    _relative("day word", "word", "어제"),
    _relative("count unit 전", "count unit ago", "3시간 전"),
    _relative("count unit count unit 전", "count unit count2 unit2 ago", "1시간 20분 전", clock=False),
    _relative("now", "now ago?", "방금 전", clock=False),
    _relative("몇 초 전", "few 초 ago", "몇 초 전", clock=False),
    _relative("week weekday", "period anyweekday", "다음 주 수요일"),
    _relative("period", "period", "지난달", clock=False),
    _relative("period day 일", "period day 일", "지난달 24일"),
    _relative("period month 월", "period month 월", "지난해 11월", clock=False),
    _relative("period month 월 day 일", "period month 월 day 일", "지난해 11월 3일"),
    _relative("지난 weekday", "direction anyweekday", "지난 화요일"),
    _relative("지난 day 일", "direction day 일", "지난 16일"),
    _relative("지난 month 월", "direction month 월", "지난 6월", clock=False),
    _relative("지난 month 월 day 일", "direction month 월 day 일", "지난 6월 22일"),
)
"""Every form that is read; docs/dates.md prints this table."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression over kinds of tokens for a pattern; every group occurs once, no repetition in it."""
    expression = ""
    seen: set[str] = set()
    for element in pattern.split():
        name = element.removeprefix("+").removesuffix("?") if len(element) > 1 else element
        read = ELEMENTS.get(name) or re.escape(name)
        if name in seen and "(?P<" in read:
            read = re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>_" + str(expression.count(name)) + ">", read)
        blank = "" if element.startswith("+") and len(element) > 1 else " ?"
        seen.add(name)
        expression += f"(?:{blank}{read})?" if element.endswith("?") and len(element) > 1 else blank + read
    return re.compile(expression.removeprefix(" ?"))
