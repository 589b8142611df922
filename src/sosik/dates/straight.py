"""The straight road: the few forms in which most files write their times, read without looking for any other.

What it reads, the forms read just so; whatever would need a word, a note or a refusal is left to them.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from sosik.dates.model import Precision, Role, Stamp, Timestamp
from sosik.dates.patterns import compiled

_CLOCK = "(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_ISO = (
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    f"(?:[T ]{_CLOCK}(?:Z|[+](?P<east>[0-9]{{2}}):(?P<minutes>[0-9]{{2}}))?)?"
)
"""ISO 8601: `2026-11-28`, `2026-11-28 09:30`, `2026-11-28T09:30:00+09:00`."""

_DOTTED = (
    "(?P<year>[0-9]{4})[.] ?(?P<month>[0-9]{1,2})[.] ?(?P<day>[0-9]{1,2})[.]?"
    f"(?: (?:(?P<half>오전|오후) )?{_CLOCK})?"
)
"""`2026.11.28. 오전 9:30`, `2026. 11. 28. 09:30`."""

_SPELLED = (
    "(?P<year>[0-9]{4})년 (?P<month>[0-9]{1,2})월 (?P<day>[0-9]{1,2})일"
    "(?: (?:(?P<half>오전|오후) )?(?P<hour>[0-9]{1,2})시(?: (?P<minute>[0-9]{1,2})분)?)?"
)
"""`2026년 11월 28일 오전 9시 30분`."""

_FIRST_YEAR, _LAST_YEAR = 1971, 9998
"""Before and after are the moments that machines write for none, and those that no calendar holds everywhere."""

_FURTHEST = timedelta(hours=14)


def read_straight(text: str, zone: tzinfo) -> Stamp | None:
    """Return the stamp that a text alone is, naive times of *zone*; None where the forms are to be asked."""
    form = _ISO if text[4:5] == "-" else _DOTTED if text[4:5] == "." else _SPELLED
    match = compiled(form).fullmatch(text)
    if match is None:
        return None
    told = match.groupdict()
    hour, second = told["hour"], told.get("second")
    try:
        offset = _offset(text, told) if hour else None
        day = datetime(int(told["year"]), int(told["month"]), int(told["day"]), tzinfo=offset or zone)
        instant = day
        if hour:
            instant = day.replace(
                hour=_of_24(int(hour), told.get("half")), minute=int(told["minute"] or 0), second=int(second or 0)
            )
    except ValueError:
        return None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR or (hour and not offset and _is_doubtful(instant)):
        return None
    precision = Precision.DAY if not hour else Precision.SECOND if second else Precision.MINUTE
    return Stamp(Role.NONE, Timestamp(instant, precision, text))


def _offset(text: str, told: dict[str, str | None]) -> timezone | None:
    """Return the offset behind a time, None where none stands there. Raises ValueError for what is none."""
    if text.endswith("Z"):
        return timezone(timedelta())
    if not told.get("east"):
        return None
    offset = timedelta(hours=int(told["east"] or 0), minutes=int(told["minutes"] or 0))
    if offset > _FURTHEST or int(told["minutes"] or 0) > 59:
        raise ValueError(text)
    return timezone(offset)


def _of_24(hour: int, half: str | None) -> int:
    """Return an hour of the 12-hour clock as one of 24. Raises ValueError where it is none."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "오후" else 0)


def _is_doubtful(instant: datetime) -> bool:
    """Whether the clocks of a zone skipped a time, or showed it twice."""
    return instant.utcoffset() != instant.replace(fold=1).utcoffset()
