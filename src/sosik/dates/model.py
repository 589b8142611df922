"""The results of date parsing: times with their precision, and dates with their role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from sosik.words import Message


class Precision(StrEnum):
    """The precision of a date, from coarse to fine."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"

    def reaches(self, other: Precision) -> bool:
        """Whether this precision is equal to *other* or finer."""
        return _ORDER[self] >= _ORDER[other]

    def __repr__(self) -> str:
        # As the text that it is: the digests of entries are made of this, and compared with what was published before.
        return repr(self.value)


_ORDER = {precision: rank for rank, precision in enumerate(Precision)}


class Role(StrEnum):
    """The meaning of a date for its article; NONE if it has none."""

    PUBLISHED = "published"
    UPDATED = "updated"
    PRINT = "print"
    NONE = "none"


class Slot(StrEnum):
    """Where a text stood; the same words mean different things in different places."""

    STAMP = "stamp"
    KEY = "key"
    FEED = "feed"
    META = "meta"
    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    BODY = "body"
    CAPTION = "caption"
    FILENAME = "filename"
    PAGE = "page"


class Note(Struct, frozen=True):
    """Something an editor should know of a date that was read all the same: a stable *code* and what to say."""

    code: str
    message: Message

    def __str__(self) -> str:
        return str(self.message)


class Timestamp(Struct, frozen=True):
    """A time with the precision of its text.

    ``instant`` is an aware datetime. For a day, month or year it is the first 00:00 in the zone of the text.
    """

    instant: datetime
    precision: Precision
    text: str
    notes: tuple[Note, ...] = ()

    @property
    def value(self) -> str:
        """The time in ISO 8601, with its precision: ``2024``, ``2024-01``, … or with time and offset."""
        return _VALUE[self.precision](self.instant)


class Stamp(Struct, frozen=True):
    """A date and its role. For a range, ``timestamp`` is the start and ``end`` the last time."""

    role: Role
    timestamp: Timestamp
    end: Timestamp | None = None

    @property
    def precision(self) -> Precision:
        """The precision of the timestamp."""
        return self.timestamp.precision

    @property
    def value(self) -> str:
        """The value of the timestamp; for a range, ``start/end``."""
        return self.timestamp.value if self.end is None else f"{self.timestamp.value}/{self.end.value}"


def _year(instant: datetime) -> str:
    return f"{instant.year:04}"


def _month(instant: datetime) -> str:
    return f"{instant.year:04}-{instant.month:02}"


def _day(instant: datetime) -> str:
    return instant.date().isoformat()


def _timed(instant: datetime) -> str:
    return instant.isoformat()


_VALUE: dict[Precision, Callable[[datetime], str]] = {
    Precision.YEAR: _year,
    Precision.MONTH: _month,
    Precision.DAY: _day,
    Precision.MINUTE: _timed,
    Precision.SECOND: _timed,
}
