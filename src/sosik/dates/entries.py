"""The stamps of articles: those in one of the few forms of most files come without importing the others."""

from __future__ import annotations

from datetime import datetime, tzinfo

from sosik.dates.model import Slot, Stamp
from sosik.dates.profile import SourceProfile
from sosik.dates.straight import read_straight
from sosik.dates.zones import zone_of

_OF_ENTRIES = (Slot.KEY, Slot.STAMP)
"""The slots in which a date alone has no role."""


def parse_entry_stamps(
    text: str, *, slot: Slot, timezone: str | tzinfo, profile: SourceProfile | None, now: datetime | None
) -> tuple[Stamp, ...]:
    """Return the stamps of a text that has no reference, and is read *now*, an aware datetime.

    Nothing counts from *now*: by it 31.12.24 is told from a day of 2031. Raises DateParseError as `parse_stamps` does.
    """
    if profile is None and slot in _OF_ENTRIES and (stamp := read_straight(text, zone_of(timezone))):
        return (stamp,)
    # Takes longer to import than most edits take to read.
    from sosik.dates.doors import context_of, read_text, stamps_of

    context = context_of(timezone, None, profile, slot, now)
    return stamps_of(read_text(text, slot, context), context)
