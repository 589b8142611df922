"""Instants as feeds state them: at +09:00 whatever the year, in whole seconds."""

from datetime import datetime

from sosik.dates import format_rfc3339
from sosik.dates.writing import KST

_TO_THE_MINUTE = frozenset({"minute", "second"})


def in_seoul(instant: datetime) -> datetime:
    """Return the aware `instant` at +09:00 without its fraction of a second."""
    return instant.astimezone(KST).replace(microsecond=0)


def numerals(instant: datetime, precision: str) -> str:
    """Return `2024-01-17 09:10`, or `2024-01-17` where no more than the day is known."""
    local = in_seoul(instant)
    return f"{local:%Y-%m-%d %H:%M}" if precision in _TO_THE_MINUTE else f"{local:%Y-%m-%d}"


def machine_date(instant: datetime, precision: str) -> str:
    """Return the instant for machines that read pages (RFC 3339), or its date where only the day is known."""
    return format_rfc3339(instant) if precision in _TO_THE_MINUTE else in_seoul(instant).date().isoformat()
