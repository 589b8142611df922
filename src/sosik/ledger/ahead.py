"""Stamps that lie ahead of now: an embargo is meant, a year mistyped is not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sosik.dates import format_rfc3339
from sosik.errors import Location, Problem
from sosik.model import Entry
from sosik.words import Message

FAR = timedelta(days=60)
"""How far ahead publication may lie before it looks like a slip."""


def stamped_ahead(entry: Entry, now: datetime) -> Iterator[Problem]:
    """Yield a warning for a publication far ahead, and for edits stamped after both publication and `now`."""
    location = Location(file=f"content/{entry.source}")
    if entry.published > now + FAR:
        yield Problem(
            code="published-far-ahead",
            message=Message(
                "published-far-ahead.days",
                published=format_rfc3339(entry.published),
                days=(entry.published - now).days,
            ),
            location=location,
            hint=Message("published-far-ahead.hint"),
        )
    if entry.changed > max(now, entry.published):
        yield Problem(
            code="updated-in-future",
            message=Message("updated-in-future.at", at=format_rfc3339(entry.changed)),
            location=location,
            hint=Message("updated-in-future.hint"),
        )
