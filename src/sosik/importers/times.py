"""The times of an imported page: the values to write, those to confirm, and the reasons."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct, field

from sosik.dates import DateParseError, Precision, Timestamp, parse_datetime
from sosik.errors import Location, Problem
from sosik.importers.lines import PageLine, SavedPage
from sosik.importers.parts import ArticleParts
from sosik.importers.stamps import infer_day, masthead_stamp, read_times, written
from sosik.words import Message


class Masthead(StrEnum):
    """What becomes of a stamp in the masthead: written as `updated` and marked, written unmarked, or left out."""

    UNCONFIRMED = "unconfirmed"
    USE = "use"
    IGNORE = "ignore"


class DecidedTimes(Struct, kw_only=True):
    """The times as they are written into the entry file, empty where there is none."""

    published: str = ""
    updated: str = ""
    unconfirmed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def doubt(self, key: str, reason: Message, location: Location) -> None:
        """Mark *key* as one that a person should confirm."""
        self.unconfirmed.append(key)
        hint = Message("unconfirmed.look", key=key)
        self.problems.append(Problem(code="unconfirmed", message=reason, location=location, hint=hint))

    def tell(self, code: str, message: Message, location: Location, hint: Message | None = None) -> None:
        """Add another problem."""
        self.problems.append(Problem(code=code, message=message, location=location, hint=hint))


def decide_times(
    page: SavedPage,
    parts: ArticleParts,
    masthead_lines: list[PageLine],
    *,
    name: str,
    timezone: str,
    masthead: Masthead,
) -> DecidedTimes:
    """Return the times of an article.

    Its date line is believed first, then the markup of the page; without either the day may be inferred. A stamp of
    the masthead counts as *masthead* says, and only where the article has no edit stamp of its own.
    """
    decided = DecidedTimes()
    stamp = masthead_stamp(masthead_lines[0].text, timezone) if masthead_lines else None
    published = _published(decided, page, parts, name, timezone)
    if published is None:
        published = _inferred(decided, parts, stamp, name, timezone)
    updated = _updated(page, parts, timezone)
    if updated is None and stamp is not None and masthead is not Masthead.IGNORE:
        updated = _from_masthead(
            decided, stamp, published, masthead, Location(file=name, line=masthead_lines[0].number)
        )
    decided.published = written(published) if published else ""
    if updated is not None and not (published and updated.instant == published.instant):
        decided.updated = written(updated)
    return decided


def _published(
    decided: DecidedTimes, page: SavedPage, parts: ArticleParts, name: str, timezone: str
) -> Timestamp | None:
    """The publication that the page states, in its date line or its markup."""
    place = Location(file=name, line=parts.date_lines[0].number if parts.date_lines else 0)
    times = read_times((line.text for line in parts.date_lines), timezone)
    for error in times.unread:
        decided.tell("date-unreadable", Message("date-unreadable.date-line", refusal=error.message), place)
    declared = _declared(page.published, timezone)
    if times.published is None:
        if declared is not None and declared.text.endswith(("+00:00", "Z")):
            decided.doubt("published", Message("unconfirmed.markup-in-utc"), place)
        return declared
    if not times.labelled:
        decided.doubt("published", Message("unconfirmed.date-line", line=times.published.text), place)
    if declared is None:
        return times.published
    return _agreed(decided, times.published, declared, place)


def _agreed(decided: DecidedTimes, shown: Timestamp, declared: Timestamp, place: Location) -> Timestamp:
    """The time that readers see; the markup's where it is the same and more precise."""
    difference = abs(shown.instant - declared.instant)
    if difference < timedelta(minutes=1) or (shown.precision is Precision.DAY and _same_day(shown, declared)):
        return declared if declared.precision.reaches(shown.precision) else shown
    if difference == timedelta(hours=9):
        message = Message("date-note.markup-nine-hours", shown=written(shown), declared=written(declared))
    else:
        message = Message("date-note.markup-differs", shown=written(shown), declared=written(declared))
    decided.tell("date-note", message, place)
    return shown


def _same_day(shown: Timestamp, declared: Timestamp) -> bool:
    return shown.instant.date() == declared.instant.astimezone(shown.instant.tzinfo).date()


def _inferred(
    decided: DecidedTimes, parts: ArticleParts, stamp: Timestamp | None, name: str, timezone: str
) -> Timestamp | None:
    """The day that picture names and text agree on; where there is none, the problem that says what is missing."""
    captions = [picture.caption for picture in parts.pictures]
    texts = [*captions, *(line.text for line in parts.paragraphs)]
    urls = [picture.url for picture in parts.pictures]
    day = infer_day(urls, texts, stamp.instant if stamp else None)
    if day is None:
        message, hint = Message("published-missing.page"), Message("published-missing.page-hint")
        decided.tell("published-missing", message, Location(file=name), hint)
        return None
    reason = Message("unconfirmed.day-inferred", date=day.isoformat(), day=day.day)
    decided.doubt("published", reason, Location(file=name, line=parts.pictures[0].line))
    return parse_datetime(day.isoformat(), timezone=timezone)


def _updated(page: SavedPage, parts: ArticleParts, timezone: str) -> Timestamp | None:
    """The last edit that the article's date line states, or, where there is no date line, the markup."""
    if parts.date_lines:
        return read_times((line.text for line in parts.date_lines), timezone).updated
    return _declared(page.updated, timezone)


def _from_masthead(
    decided: DecidedTimes, stamp: Timestamp, published: Timestamp | None, masthead: Masthead, place: Location
) -> Timestamp | None:
    """The stamp of the masthead as the last edit, unless it lies before publication."""
    if published is not None and stamp.instant < published.instant and stamp.precision is not Precision.DAY:
        return None
    if published is not None and stamp.instant.date() < published.instant.date():
        return None
    if masthead is Masthead.UNCONFIRMED:
        decided.doubt("updated", Message("unconfirmed.masthead", updated=written(stamp)), place)
    return stamp


def _declared(text: str, timezone: str) -> Timestamp | None:
    """A time of the markup; one that cannot be read is none."""
    try:
        timestamp = parse_datetime(text, timezone=timezone) if text else None
    except DateParseError:
        return None
    return timestamp if timestamp and timestamp.precision.reaches(Precision.DAY) else None
