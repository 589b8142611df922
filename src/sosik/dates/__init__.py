"""Korean date text to instants, and back.

``parse_datetime`` reads one date and nothing else; ``parse_stamps`` reads a line of labelled dates. Both define an
instant or raise ``DateParseError``: nothing is guessed, nothing filled in from today. docs/dates.md has the rules.
"""

from sosik.dates.doors import parse_datetime, parse_stamps
from sosik.dates.errors import DateParseError
from sosik.dates.explain import Explanation, explain
from sosik.dates.model import Note, Precision, Role, Slot, Stamp, Timestamp
from sosik.dates.profile import SourceProfile, YearLast
from sosik.dates.writing import format_korean, format_rfc822, format_rfc3339

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
    "parse_datetime",
    "parse_stamps",
]
