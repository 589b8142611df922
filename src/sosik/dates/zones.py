"""Time zones by name."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(timezone: str | tzinfo) -> tzinfo:
    """The zone of a tz database name, or the zone itself. Raises ValueError for an unknown name.

    The standard library's zones, not dateutil's: they are twice as fast and a third of the import.
    """
    return _named(timezone) if isinstance(timezone, str) else timezone


@lru_cache(maxsize=64)
def _named(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no zone of the tz database; one is Asia/Seoul") from error
