"""Every form of the table is read: its example, and any instant written in it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sosik.dates import Precision, explain, format_rfc822, format_rfc3339, parse_datetime
from sosik.dates.forms import FORMS, Form, Layer

SEOUL = ZoneInfo("Asia/Seoul")
REFERENCE = datetime(2024, 1, 18, 10, tzinfo=SEOUL)
BEFORE = {
    Layer.CLOCK: "2024-01-16 ",
    Layer.ISO_CLOCK: "2024-01-16",
    Layer.ZONE: "2024-01-16T15:22:11",
    Layer.LOST_PLUS: "2024-01-16T15:22:11",
    Layer.OTHER_CLOCK: "2024-01-16 15:22:11 / ",
    Layer.NAME_CLOCK: "2024-01-16 ",
}
IN_FILE_NAMES = {"yymmdd"} | {form.name for form in FORMS if form.layer is Layer.NAME_CLOCK}


def moments(first: str, last: str) -> st.SearchStrategy[datetime]:
    """Wall clocks between two moments, to the second."""
    times = st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last))
    return times.map(lambda at: at.replace(microsecond=0))


# The standard offset of Korea last changed on 10 August 1961; the first day of Unix time stands for "no date".
INSTANTS = moments("1961-08-10T01:00", "2100-12-31T23:59").filter(lambda at: at.date() != date(1970, 1, 1))


def named(form: Form) -> str:
    return form.name


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_the_example_of_a_form_is_read_by_it(form: Form) -> None:
    slot = "filename" if form.name in IN_FILE_NAMES else "meta"

    explanation = explain(BEFORE.get(form.layer, "") + form.example, slot=slot, reference=REFERENCE)

    assert explanation.error is None
    assert form.name in explanation.forms[0]


WRITERS: dict[str, Callable[[datetime], str]] = {
    "year4": lambda at: f"{at.year}",
    "year3": lambda at: f"{at.year - 1900}",
    "year2": lambda at: f"{at.year % 100:02}",
    "month": lambda at: f"{at.month}",
    "day": lambda at: f"{at.day}",
    "month2": lambda at: f"{at.month:02}",
    "day2": lambda at: f"{at.day:02}",
    "first": lambda at: f"{at.month}",
    "second_": lambda at: f"{at.day}",
    "date8": lambda at: f"{at:%Y%m%d}",
    "digits14": lambda at: f"{at:%Y%m%d%H%M%S}",
    "digits12": lambda at: f"{at:%Y%m%d%H%M}",
    "digits10": lambda at: f"{at.replace(tzinfo=SEOUL).timestamp():.0f}",
    "digits13": lambda at: f"{at.replace(tzinfo=SEOUL).timestamp():.0f}000",
    "date7": lambda at: f"{at:%Y%j}",
    "day3": lambda at: f"{at:%j}",
    "monthname": lambda at: "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * at.month - 3 :][:3],
    "anyweekday": lambda at: "월화수목금토일"[at.weekday()],
    "hour": lambda at: f"{at.hour}",
    "hour2": lambda at: f"{at.hour:02}",
    "minute": lambda at: f"{at.minute}",
    "minute2": lambda at: f"{at.minute:02}",
    "second": lambda at: f"{at.second}",
    "second2": lambda at: f"{at.second:02}",
    "time4": lambda at: f"{at:%H%M}",
    "time6": lambda at: f"{at:%H%M%S}",
    "half": lambda at: "오전" if at.hour < 12 else "오후",
    "fraction": lambda _at: "0",
    "decimal": lambda _at: ".",
}
NOT_WRITTEN = {
    "era",
    "othera",
    "epochmark",
    "date6",
    "week",
    "week3",
    "clockword",
    "minutefraction",
    "hourfraction",
    "반",
}


def elements(form: Form) -> list[str]:
    """The elements of the form that may not be left out; ``+`` in front stays."""
    return [element for element in form.pattern.split() if len(element) == 1 or not element.endswith("?")]


def written(form: Form, at: datetime, blank: str) -> str:
    """The instant in the form, its elements apart by *blank*, or by one blank where digits would run together."""
    text = ""
    for element in elements(form):
        glued = len(element) > 1 and element.startswith("+")
        name = element[1:] if glued else element
        piece = WRITERS[name](at) if name in WRITERS else name
        apart = " " if text[-1:].isdigit() and piece[:1].isdigit() else blank
        text += piece if glued or not text else apart + piece
    return text


SPANS = {
    "year3": ("2000-01-01", "2099-12-31"),
    "year2": ("1970-01-02", "2049-12-31"),
    "digits10": ("2001-10-01", "2033-05-01"),
    "digits13": ("2001-10-01", "2100-12-31"),
}


def instants(form: Form) -> st.SearchStrategy[datetime]:
    """Wall clocks that the form can hold without another meaning."""
    span = next((span for name, span in SPANS.items() if name in form.pattern), None)
    found = moments(*span) if span else INSTANTS
    return found.map(lambda at: at.replace(day=13 + at.day % 16)) if "first" in form.pattern else found


def truncated(at: datetime, precision: Precision) -> datetime:
    if precision is Precision.SECOND:
        return at
    return at.replace(second=0) if precision is Precision.MINUTE else at.replace(hour=0, minute=0, second=0)


def exists_once(at: datetime) -> bool:
    local = at.replace(tzinfo=SEOUL)
    return local.utcoffset() == local.replace(fold=1).utcoffset()


def written_forms(*layers: Layer) -> list[Form]:
    forms = [form for form in FORMS if form.layer in layers]
    return [form for form in forms if not NOT_WRITTEN & {part.strip("+") for part in elements(form)}]


def is_an_hour(digits: str) -> bool:
    """Whether digits may also be a day and an hour: such a count of seconds is refused."""
    try:
        return bool(datetime.strptime(digits.strip(), "%Y%m%d%H"))  # noqa: DTZ007  # only whether there is one
    except ValueError:
        return False


HOLDS_A_DAY = re.compile("year.*(day|second_)|(day|second_).*year|date[78]|digits")
WHOLE = [form for form in written_forms(Layer.DATE) if HOLDS_A_DAY.search(form.pattern)]


@pytest.mark.parametrize("form", WHOLE, ids=named)
@given(data=st.data(), blank=st.sampled_from(["", " "]))
def test_a_date_written_in_a_form_comes_back(form: Form, data: st.DataObject, blank: str) -> None:
    at = data.draw(instants(form))
    assume(exists_once(at))
    text = written(form, at, blank)
    assume(form.name != "epoch seconds" or not is_an_hour(text))

    timestamp = parse_datetime(text)

    assert timestamp.instant.astimezone(SEOUL).replace(tzinfo=None) == truncated(at, timestamp.precision)
    assert timestamp.precision.reaches(Precision.DAY)


@pytest.mark.parametrize("form", written_forms(Layer.CLOCK, Layer.ISO_CLOCK), ids=named)
@given(at=INSTANTS, blank=st.sampled_from(["", " "]))
def test_a_time_written_in_a_form_comes_back(form: Form, at: datetime, blank: str) -> None:
    iso = form.layer is Layer.ISO_CLOCK
    hour_only = "hour" in form.pattern and "minute" not in form.pattern
    moment = at.replace(minute=0) if hour_only else at
    assume(exists_once(moment))

    timestamp = parse_datetime(f"{at:%Y-%m-%d}" + ("T" if iso else " ") + written(form, at, "" if iso else blank))

    assert timestamp.instant == truncated(moment, timestamp.precision).replace(tzinfo=SEOUL)


@pytest.mark.rule(26, 28)
@given(at=moments("1900-01-01", "2100-12-31"))
def test_what_is_written_for_feeds_comes_back(at: datetime) -> None:
    """RFC 822 and RFC 3339 at +09:00 name the same instant whatever the offset of Seoul was then."""
    instant = at.replace(tzinfo=UTC)
    assume(at.date() != date(1970, 1, 1))

    assert parse_datetime(format_rfc822(instant)).instant == instant
    assert parse_datetime(format_rfc3339(instant)).instant == instant


@given(day=st.dates(date(1961, 8, 10), date(2100, 12, 31)), days=st.integers(0, 300))
def test_a_date_without_year_is_the_last_one(day: date, days: int) -> None:
    reference = datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(days=days)

    assert parse_datetime(f"{day.month}월 {day.day}일", reference=reference).instant.date() == day
