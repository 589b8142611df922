"""Formats times for feeds, Korean readers and messages, without locale, clock and zone names."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from sosik.dates.model import Precision
from sosik.dates.zones import zone_of
from sosik.words import Message

KST = timezone(timedelta(hours=9))
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KOREAN_WEEKDAYS = "월화수목금토일"


def format_rfc822(instant: datetime) -> str:
    """Return an aware time for RSS (RFC 822, with a four-digit year): ``Tue, 16 Jan 2024 15:22:11 +0900``."""
    local = _local(instant, KST)
    clock = f"{local.hour:02}:{local.minute:02}:{local.second:02}"
    return f"{_WEEKDAYS[local.weekday()]}, {local.day:02} {_MONTHS[local.month - 1]} {local.year:04} {clock} +0900"


def format_rfc3339(instant: datetime) -> str:
    """Return an aware time for Atom and JSON Feed (RFC 3339), in whole seconds: ``2024-01-16T15:22:11+09:00``."""
    return _local(instant, KST).isoformat(timespec="seconds")


def format_korean(
    instant: datetime, *, timezone: str | tzinfo = "Asia/Seoul", precision: str | Precision = Precision.MINUTE
) -> str:
    """Return an aware time for readers, in *timezone*: ``2024년 1월 16일(화) 오후 3:20``.

    *precision* is the finest part that is shown. Raises ValueError for a naive time or an unknown zone.
    """
    local = _local(instant, zone_of(timezone))
    precision = Precision(precision)
    shown = f"{local.year}년"
    if precision.reaches(Precision.MONTH):
        shown += f" {local.month}월"
    if precision.reaches(Precision.DAY):
        shown += f" {local.day}일({_KOREAN_WEEKDAYS[local.weekday()]})"
    if precision.reaches(Precision.MINUTE):
        shown += f" {'오전' if local.hour < 12 else '오후'} {local.hour % 12 or 12}:{local.minute:02}"
    if precision.reaches(Precision.SECOND):
        shown += f":{local.second:02}"
    return shown


def minute_for_people(instant: datetime, zone: str | tzinfo) -> Message:
    """Return an aware time for messages, in *zone*: ``2024-01-16 15:20``, ``2024년 1월 16일 15:20`` in Korean.

    Raises ValueError for a naive time or an unknown zone.
    """
    local = _local(instant, zone_of(zone))
    clock = f"{local.hour:02}:{local.minute:02}"
    return Message("dates.minute-for-people", year=local.year, month=local.month, day=local.day, clock=clock)


def _local(instant: datetime, zone: tzinfo) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("a naive datetime names no instant")
    return instant.astimezone(zone)
