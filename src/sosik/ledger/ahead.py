"""Future dates: an embargo is intended, a mistyped year is not, and an unknown key may be an embargo."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sosik.dates import Precision, format_rfc3339
from sosik.dates.zones import zone_of
from sosik.errors import Location, Problem
from sosik.model import Entry, Publication, RawEntry, RawList, RawMapping, RawText, RawValue
from sosik.model.instants import instant, seconds
from sosik.model.values import Seconds
from sosik.words import Message

FAR = timedelta(days=60)
"""How far ahead publication may lie before it looks like a slip."""

DRAFT_WAITS = "draft.waits"


def stamped_ahead(entry: Entry, now: datetime) -> Iterator[Problem]:
    """Yield a warning for a publication far ahead, and for edits stamped after both publication and `now`."""
    if entry.published <= now and entry.changed <= now:
        return
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


def is_of_today(entry: Entry, publication: Publication, now: datetime) -> bool:
    """Tell whether an entry's publication names the day of `now` in the publication's zone, and no time."""
    if entry.published_precision is not Precision.DAY:
        return False
    zone = zone_of(publication.timezone)
    return entry.published.astimezone(zone).date() == now.astimezone(zone).date()


def only_below(
    problems: Iterable[Problem], newest: Seconds | None, publication: Publication, now: Seconds
) -> Iterator[Problem]:
    """Yield problems, but a day without a time only where it stands below something: what is `newest` came that day."""
    for problem in problems:
        if problem.code != "published-day" or _is_of_day(newest, publication, now):
            yield problem


def _is_of_day(at: Seconds | None, publication: Publication, now: Seconds) -> bool:
    today = instant(now).astimezone(zone_of(publication.timezone))
    return at is not None and at > seconds(today.replace(hour=0, minute=0, second=0))


def expired(source: str, at: datetime, *, is_published: bool) -> Problem:
    """Return the warning that an entry is taken back, or never shown, because it was to be seen until now only."""
    message = Message("expired.at" if is_published else "expired.never", at=format_rfc3339(at))
    return Problem(code="expired", message=message, location=Location(file=f"content/{source}"))


def waiting(source: str) -> Problem:
    """Return what a file is remembered with that holds a draft: it is counted, and not told of."""
    return Problem(code="draft", message=Message(DRAFT_WAITS), location=Location(file=f"content/{source}"))


def dated_ahead(raw: RawEntry, publication: Publication, now: datetime) -> Iterator[Problem]:
    """Yield an error for each member under an unknown key whose value reads as a date ahead of `now`."""
    for name, value in raw.unknown:
        for text in _texts(value):
            if _is_ahead(text, publication, now):
                message = Message("key-unknown.ahead", key=name.text, value=text.strip())
                hint = Message("key-unknown.ahead-hint")
                yield Problem(code="key-unknown", message=message, location=name.location, hint=hint)


def _texts(value: RawValue) -> Iterator[str]:
    if isinstance(value, RawText):
        yield value.text
    members = value.items if isinstance(value, RawList) else ()
    for member in [member for _, member in value.items] if isinstance(value, RawMapping) else members:
        yield from _texts(member)


def _is_ahead(text: str, publication: Publication, now: datetime) -> bool:
    from sosik.dates import DateParseError, parse_datetime  # not where no file is read

    try:
        stamp = parse_datetime(text, timezone=publication.timezone, profile=publication.dates.profile)
    except DateParseError:
        return False
    return stamp.precision.reaches(Precision.DAY) and stamp.instant > now
