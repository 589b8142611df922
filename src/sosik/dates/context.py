"""The shared context of the parsing steps: refusals, options, results."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from msgspec import Struct

from sosik.dates.model import Note, Precision, Slot
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


class Context(Struct, frozen=True):
    """What a text is read with: the zone of naive times, the reference in that zone, where the text stood,

    the anchor, a date of the same line from which missing parts are taken, and the moment that a time follows.
    """

    zone: tzinfo
    reference: datetime | None = None
    clock: datetime | None = None
    slot: Slot = Slot.STAMP
    anchor: date | None = None
    after: datetime | None = None
    profile: SourceProfile = PLAIN

    @property
    def plausible(self) -> datetime | None:
        """The moment by which it is judged what lies too far ahead: the reference, or where none is, now."""
        return self.reference or self.clock

    @property
    def prose(self) -> bool:
        """Whether it is running text."""
        return self.slot is Slot.BODY

    @property
    def feed(self) -> bool:
        """Whether names of zones are those of RFC 822."""
        return self.slot is Slot.FEED

    @property
    def meta(self) -> bool:
        """Whether they are where the date is written as RFC 822 has it."""
        return self.slot is Slot.META

    @property
    def strict(self) -> bool:
        """Whether nothing may be left open: the text is an entry's key, or one date and nothing else."""
        return self.slot in (Slot.KEY, Slot.META)

    def today(self) -> date:
        """The day of the reference; a refusal without one."""
        return self.now().date()

    def now(self) -> datetime:
        """The reference; a refusal without one."""
        if self.reference is None:
            raise Refusal(Message("dates.no-reference"), hint=WRITE_WHOLE)
        return self.reference


class Day(Struct, frozen=True):
    """A resolved date."""

    date: date
    precision: Precision = Precision.DAY
    notes: tuple[Note, ...] = ()


FieldValues = dict[str, str | int | object]


def number(fields: FieldValues, name: str) -> int:
    """The value of a numeric field: digits of the text, or a spelled number."""
    value = fields[name]
    return value if isinstance(value, int) else int(str(value))
