"""Strict parsing of the dates in feeds: the time, or the violated rule."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from msgspec import Struct

from sosik.patterns import pattern
from sosik.words import Message

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

_RFC822 = re.compile(
    r"(?:(?P<weekday>\w+), *)?(?P<day>\d{1,2}) +(?P<month>\w+) +(?P<year>\d+) +"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: +(?P<zone>\S+))?",
    re.ASCII,
)
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d(?P<t>[Tt ])\d\d:\d\d:\d\d(?P<fraction>\.\d+)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
_DAY = pattern(r"\d{4}-\d\d-\d\d", re.ASCII)
_OFFSET = pattern(r"([+-])(\d\d):?([0-5]\d)", re.ASCII)

RFC822_HINT = Message("conformance.rfc822-hint")
RFC3339_HINT = Message("conformance.rfc3339-hint")


class DateReading(Struct, frozen=True):
    """What a date came to: the aware instant, or None; `rule` is the number of the rule it breaks, 0 for none.

    `fault` is the identifier of the message that says how, which stands in need of the date's `name` and its text
    (`date`) besides `values`. `certain` is false for what is allowed and unwise.
    """

    instant: datetime | None = None
    rule: int = 0
    fault: str = ""
    hint: Message | None = None
    values: Mapping[str, str] = {}
    certain: bool = True


def read_rfc822(text: str) -> DateReading:
    """Read a date of RSS (RFC 822 with four digits of year)."""
    match = _RFC822.fullmatch(text.strip())
    if match is None:
        return _broken(26, "conformance.date-not-rfc822", RFC822_HINT)
    if match["month"] not in _MONTHS or len(match["year"]) != 4:
        return _broken(26, "conformance.date-month", RFC822_HINT)
    zone = match["zone"]
    if zone is None:
        return _broken(25, "conformance.date-without-zone", RFC822_HINT)
    if zone == "KST" or (":" in zone and _OFFSET.fullmatch(zone)):
        return _broken(27, "conformance.date-zone-ambiguous", Message("conformance.write-offset"), zone=zone)
    offset = _ZONES.get(zone)
    shift = timedelta(hours=offset) if offset is not None else _offset(zone)
    if shift is None:
        return _broken(26, "conformance.date-zone-unknown", Message("conformance.write-offset-or-gmt"), zone=zone[:20])
    return _rfc822_instant(match, shift)


def _rfc822_instant(match: re.Match[str], shift: timedelta) -> DateReading:
    clock = (int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    month = _MONTHS.index(match["month"]) + 1
    try:
        instant = datetime(int(match["year"]), month, int(match["day"]), *clock, tzinfo=timezone(shift))
        comparable = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return _broken(26, "conformance.date-nowhere", RFC822_HINT)
    weekday = _WEEKDAYS[instant.weekday()]
    if match["weekday"] not in (None, weekday):
        values = {"stated": match["weekday"][:20], "weekday": weekday}
        hint = Message("conformance.date-weekday-hint", weekday=weekday)
        return DateReading(comparable, 26, "conformance.date-weekday", hint, values)
    return DateReading(comparable)


def read_rfc3339(text: str) -> DateReading:
    """Read a date of Atom or JSON Feed (RFC 3339)."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        return _broken(28, "conformance.date-not-rfc3339", RFC3339_HINT)
    if match["zone"] is None:
        return _broken(25, "conformance.date-without-zone", RFC3339_HINT)
    try:
        instant = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return _broken(28, "conformance.date-nowhere", RFC3339_HINT)
    if match["t"] != "T" or match["zone"] == "z":
        return DateReading(instant, 28, "conformance.date-small-letter", RFC3339_HINT)
    if match["fraction"]:
        return DateReading(instant, 28, "conformance.date-fraction", RFC3339_HINT, certain=False)
    return DateReading(instant)


def read_w3c(text: str) -> DateReading:
    """Read a date of a sitemap: a day, which names no instant, or as RFC 3339 has it."""
    if not _DAY.fullmatch(text):
        return read_rfc3339(text)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return _broken(28, "conformance.date-no-day", Message("conformance.date-no-day-hint"))
    return DateReading()


def _offset(zone: str) -> timedelta | None:
    match = _OFFSET.fullmatch(zone)
    if match is None or int(match[2]) > 23:
        return None
    shift = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -shift if match[1] == "-" else shift


def _broken(rule: int, fault: str, hint: Message, **values: str) -> DateReading:
    return DateReading(None, rule, fault, hint, values)
