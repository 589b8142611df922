"""Fast path: the few forms of most files, read without the other forms.

Its results are equal to those of the forms. Every text with a word, a note or a refusal goes to the forms.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from sosik.dates.model import Precision, Role, Stamp, Timestamp
from sosik.dates.patterns import compiled

_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2})?(?:Z|[+][0-9]{2}:[0-5][0-9])?)?"
"""ISO 8601: `2026-11-28`, `2026-11-28 09:30`, `2026-11-28T09:30:00+09:00`."""

_DOTTED = (
    "([0-9]{4})[.] ?([0-9]{1,2})[.] ?([0-9]{1,2})[.]?(?: (?:(오전|오후) )?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)
"""`2026.11.28. 오전 9:30`, `2026. 11. 28. 09:30`."""

_SPELLED = "([0-9]{4})년 ([0-9]{1,2})월 ([0-9]{1,2})일(?: (?:(오전|오후) )?([0-9]{1,2})시(?: ([0-9]{1,2})분)?()?)?"
"""`2026년 11월 28일 오전 9시 30분`."""

_FIRST_YEAR, _LAST_YEAR = 1971, 9998
"""Before and after are the moments that machines write for none, and those that no calendar holds everywhere."""

_FURTHEST = timedelta(hours=14)


def read_straight(text: str, zone: tzinfo) -> Stamp | None:
    """Return the stamp that a text alone is, naive times of *zone*; None where the forms are to be asked."""
    try:
        timestamp = _iso(text, zone) if text[4:5] == "-" else _korean(text, zone)
    except ValueError:  # no calendar or clock shows it
        return None
    if timestamp is None or not _FIRST_YEAR <= timestamp.instant.year <= _LAST_YEAR:
        return None
    return Stamp(Role.NONE, timestamp)


def _iso(text: str, zone: tzinfo) -> Timestamp | None:
    if not compiled(_ISO).fullmatch(text):
        return None
    instant = datetime.fromisoformat(text)
    precision = Precision.DAY if len(text) == _DAY else Precision.SECOND if text[16:17] == ":" else Precision.MINUTE
    offset = instant.utcoffset()
    if offset is None:
        return _local(instant.replace(tzinfo=zone), precision, text)
    return Timestamp(instant, precision, text) if offset <= _FURTHEST else None


_DAY = len("2026-11-28")


def _korean(text: str, zone: tzinfo) -> Timestamp | None:
    match = compiled(_DOTTED if text[4:5] == "." else _SPELLED).fullmatch(text)
    if match is None:
        return None
    year, month, day, half, hour, minute, second = match.groups()
    start = datetime(int(year), int(month), int(day), tzinfo=zone)
    if not hour:
        return Timestamp(start, Precision.DAY, text)
    instant = start.replace(hour=_of_24(int(hour), half), minute=int(minute or 0), second=int(second or 0))
    return _local(instant, Precision.SECOND if second else Precision.MINUTE, text)


def _of_24(hour: int, half: str | None) -> int:
    """Return an hour of the 12-hour clock as one of 24. Raises ValueError where it is none."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "오후" else 0)


def _local(instant: datetime, precision: Precision, text: str) -> Timestamp | None:
    """Return a moment of a zone, None for a time that its clocks skipped or showed twice; a day begins all the same."""
    if precision is not Precision.DAY and instant.utcoffset() != instant.replace(fold=1).utcoffset():
        return None
    return Timestamp(instant, precision, text)
