"""Korean date text to times, and back.

``parse_datetime`` reads one date; ``parse_stamps`` reads a line of labelled dates. Both return times or raise
``DateParseError``. They never guess, and never complete a date from the current day. docs/dates.md has the rules.
"""

from typing import TYPE_CHECKING

from sosik.dates.model import Note, Precision, Role, Slot, Stamp, Timestamp
from sosik.dates.writing import format_korean, format_rfc822, format_rfc3339, minute_for_people
from sosik.on_demand import imported_on_demand

if TYPE_CHECKING:
    from sosik.dates.doors import parse_datetime, parse_stamps
    from sosik.dates.errors import DateParseError
    from sosik.dates.explanation import Explanation, explain
    from sosik.dates.profile import SourceProfile, YearLast

__all__ = [
    "DateParseError",
    "Explanation",
    "Note",
    "Precision",
    "Role",
    "Slot",
    "SourceProfile",
    "Stamp",
    "Timestamp",
    "YearLast",
    "explain",
    "format_korean",
    "format_rfc822",
    "format_rfc3339",
    "minute_for_people",
    "parse_datetime",
    "parse_stamps",
]

_READING = {
    "parse_datetime": "doors",
    "parse_stamps": "doors",
    "DateParseError": "errors",
    "Explanation": "explanation",
    "explain": "explanation",
    "SourceProfile": "profile",
    "YearLast": "profile",
}


__getattr__ = imported_on_demand(__name__, _READING)
"""What reads dates is imported when it is first used: most of sosik only writes them."""
