"""Time zones by name: those of the tz database, the letters of feeds, and what Korean newsrooms call them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

_BY_HOURS: Final = {
    -5: "COT PET",
    -4: "VET",
    -3: "BRT ART",
    0: "UTC GMT UT Z",
    1: "WAT",
    2: "CAT SAST",
    3: "EAT TRT",
    5: "PKT",
    5.75: "NPT",
    6.5: "MMT",
    7: "ICT WIB",
    8: "SGT PHT WITA MYT",
    9: "KST JST WIT",
    10: "CHST",
}
FIXED: Final = {name: hours for hours, names in _BY_HOURS.items() for name in names.split()}
"""Names of one offset, in hours."""

RFC_822: Final = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Offsets in hours that RFC 822 (section 5.1) gives to names which elsewhere hold for a part of the year only."""

_SEASONAL: Final = {
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CDT": "America/Chicago",
    "US CST": "America/Chicago",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "AST": "America/Halifax",
    "ADT": "America/Halifax",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "EET": "Europe/Athens",
    "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow",
    "HKT": "Asia/Hong_Kong",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide",
    "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
}
"""Names that hold where and when the tz database has them. CST (of China, too) and IST are not among them; what stands
in front of a name tells two of one name apart."""

GENERIC: Final = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AKT": "America/Anchorage",
    "AET": "Australia/Sydney",
    "NZT": "Pacific/Auckland",
}
"""Names of a zone in winter and in summer."""

UNREAD: Final = frozenset(
    (
        *("NST", "NDT", "BRST", "CLT", "CLST", "UYT", "PYT", "IRST", "IRDT", "GST", "AMST", "YEKT", "OMST", "KRAT"),
        *("IRKT", "YAKT", "VLAT", "MAGT", "UZT", "ALMT", "ACWST", "CHAST", "SAMT", "AZT", "PGT", "FJT", "LHST"),
    )
)
"""Names that are known to be of zones, and not read: what bears one is refused."""

CAPITALS: Final = frozenset((*GENERIC, *FIXED, *UNREAD)) - {"UTC", "GMT", "UT", "Z", "KST", "JST"}
"""Names that are zones only as they are written here, for in small letters they are words."""


def zone_of(timezone: str | tzinfo) -> tzinfo:
    """The zone of a tz database name, or the zone itself. Raises ValueError for an unknown name.

    The standard library's zones, not dateutil's: they are twice as fast and a third of the import.
    """
    return _named(timezone) if isinstance(timezone, str) else timezone


@lru_cache(maxsize=64)
def _named(name: str) -> tzinfo:
    # Imported here: with it comes all that is known of how Python was built.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no zone of the tz database; one is Asia/Seoul") from error


def changes(name: str) -> bool:
    """Whether the offset of the zone called so depends on the day."""
    return "/" in name or name in GENERIC or name in _SEASONAL


def named_zone(name: str, wall: datetime, *, feed: bool) -> tzinfo | None:
    """The zone called *name* where the naive *wall* clock stands; None if there is none, or more than one.

    In a *feed* the names of RFC 822 mean what it says.
    """
    if name in FIXED:
        return timezone(timedelta(hours=FIXED[name]))
    if feed and name in RFC_822:
        return timezone(timedelta(hours=RFC_822[name]))
    try:
        if name in _SEASONAL:
            zone = zone_of(_SEASONAL[name])
            return zone if wall.replace(tzinfo=zone).tzname() == name.rpartition(" ")[2] else None
        return zone_of(GENERIC.get(name, name)) if "/" in name or name in GENERIC else None
    except ValueError:
        return None
