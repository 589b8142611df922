"""What every reading step shares: how to refuse, what a text is read with, what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from sosik.dates.model import Note, Precision
from sosik.dates.profile import SourceProfile
from sosik.words import Message

PLAIN = SourceProfile()
"""A source that means what it writes."""

WRITE_WHOLE = Message("dates.write-whole")
OUTSIDE_YEARS = Message("dates.outside-years")


class Refusal(Exception):  # noqa: N818 - never leaves the package; the doors make a DateParseError of it
    """Why a match is no date: the reason, the field it lies in, what to write instead."""

    def __init__(self, reason: Message, *fields: str, hint: Message | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a text is read with: the zone of naive times, the reference in that zone, whether it is running text,

    and the anchor, a date of the same line from which missing parts are taken.
    """

    zone: tzinfo
    reference: datetime | None = None
    prose: bool = False
    anchor: date | None = None
    profile: SourceProfile = PLAIN

    def today(self) -> date:
        """The day of the reference; a refusal without one."""
        return self.now().date()

    def now(self) -> datetime:
        """The reference; a refusal without one."""
        if self.reference is None:
            raise Refusal(Message("dates.no-reference"), hint=WRITE_WHOLE)
        return self.reference


class Day(NamedTuple):
    """A resolved date."""

    date: date
    precision: Precision = Precision.DAY
    notes: tuple[Note, ...] = ()


FieldValues = dict[str, str | int | object]


def number(fields: FieldValues, name: str) -> int:
    """The value of a numeric field: digits of the text, or a spelled number."""
    value = fields[name]
    return value if isinstance(value, int) else int(str(value))
