"""Instants as feeds state them: at +09:00 whatever the year, in whole seconds."""

from datetime import datetime

from sosik.dates.writing import KST

_TO_THE_MINUTE = frozenset({"minute", "second"})


def in_seoul(instant: datetime) -> datetime:
    """Return the aware `instant` at +09:00 without its fraction of a second."""
    return instant.astimezone(KST).replace(microsecond=0)


def numerals(instant: datetime, precision: str) -> str:
    """Return `2024-01-17 09:10`, or `2024-01-17` where no more than the day is known."""
    local = in_seoul(instant)
    return f"{local:%Y-%m-%d %H:%M}" if precision in _TO_THE_MINUTE else f"{local:%Y-%m-%d}"
