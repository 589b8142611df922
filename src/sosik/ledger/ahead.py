"""Stamps that lie ahead of now: an embargo is meant, a year mistyped is not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sosik.dates import format_rfc3339
from sosik.errors import Location, Problem
from sosik.model import Entry

FAR = timedelta(days=60)
"""How far ahead publication may lie before it looks like a slip."""


def stamped_ahead(entry: Entry, now: datetime) -> Iterator[Problem]:
    """Yield a warning for a publication far ahead, and for edits stamped after both publication and `now`."""
    location = Location(file=f"content/{entry.source}")
    if entry.published > now + FAR:
        yield Problem(
            code="published-far-ahead",
            message=f"published is {format_rfc3339(entry.published)}, {(entry.published - now).days} days ahead",
            location=location,
            hint="the article is hidden until then; if the year is right, nothing needs to be done",
        )
    if entry.changed > max(now, entry.published):
        yield Problem(
            code="updated-in-future",
            message=f"an edit is stamped {format_rfc3339(entry.changed)}, which has not come yet",
            location=location,
            hint="the edit counts from then on; write the time at which it was made",
        )
