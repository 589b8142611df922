"""Times in feeds: with +09:00 and whole seconds; times for readers: in the time zone of the publication."""

from datetime import datetime

from sosik.dates import Precision, format_rfc3339
from sosik.dates.writing import KST
from sosik.dates.zones import zone_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TO_THE_MINUTE = frozenset({Precision.MINUTE, Precision.SECOND})


def in_seoul(instant: datetime) -> datetime:
    """Return the aware `instant` at +09:00 without its fraction of a second."""
    return instant.astimezone(KST).replace(microsecond=0)


def numerals(instant: datetime, precision: Precision, *, timezone: str) -> str:
    """Return `2024-01-17 09:10` by the clock of a time zone, or `2024-01-17` where no more than the day is known."""
    local = instant.astimezone(zone_of(timezone))
    return f"{local:%Y-%m-%d %H:%M}" if precision in _TO_THE_MINUTE else f"{local:%Y-%m-%d}"


def machine_date(instant: datetime, precision: Precision, *, timezone: str) -> str:
    """Return the instant for machines that read pages (RFC 3339), or its date where only the day is known.

    The day is that of the `timezone` in which it was written: east of Seoul it begins while Seoul has the day before.
    """
    if precision in _TO_THE_MINUTE:
        return format_rfc3339(instant)
    return instant.astimezone(zone_of(timezone)).date().isoformat()


def in_english(instant: datetime, *, timezone: str, precision: Precision) -> str:
    """Return `16 January 2024, 15:20` by the clock of a time zone, as much of it as the precision knows."""
    local = instant.astimezone(zone_of(timezone))
    month = f"{_MONTHS[local.month - 1]} {local.year}"
    if precision is Precision.YEAR:
        return str(local.year)
    if precision is Precision.MONTH:
        return month
    day = f"{local.day} {month}"
    return f"{day}, {local:%H:%M}" if precision in _TO_THE_MINUTE else day
