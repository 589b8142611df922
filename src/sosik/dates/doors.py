"""The public functions of the package: one date, or a line of labelled dates."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from sosik.dates.context import OUTSIDE_YEARS, PLAIN, Context, Refusal
from sosik.dates.errors import DateParseError
from sosik.dates.fold import Folded, fold, without_comments
from sosik.dates.match import Moment
from sosik.dates.model import Note, Precision, Role, Slot, Stamp, Timestamp
from sosik.dates.patterns import compiled
from sosik.dates.profile import SourceProfile
from sosik.dates.resolve import of_next_day, resolve, resolve_end
from sosik.dates.stamps import LineShape, LineStamp, read_line
from sosik.dates.zones import zone_of
from sosik.words import Message

LONGEST = 2_000
"""A longer text is no date line; characters."""

SHAPE = str.maketrans("123456789", "000000000")
_TWO_HOURS = timedelta(hours=2)
_NINE_HOURS = timedelta(hours=9)
# Bytes of CP949 or UTF-8 decoded as Windows-1252: accented letters in a row, or beside its marks.
_MOJIBAKE = "[²³¹¿-ÿ][\x80-\xff\u0152\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\ufffd"


class ShapedText(Struct, frozen=True):
    """A text, folded, and what its shape says."""

    text: str
    folded: Folded
    line: LineShape


def parse_datetime(
    text: str,
    *,
    timezone: str | tzinfo = "Asia/Seoul",
    reference: datetime | None = None,
    profile: SourceProfile | None = None,
) -> Timestamp:
    """Return the time of *text*, which must be one date without other text.

    Times without an offset are in *timezone*. Relative and incomplete dates need *reference*, an aware datetime.
    *profile* has the known faults of a source. Raises DateParseError if no form matches the whole text, or if several
    forms with different meanings do.

    >>> parse_datetime("2024년 1월 16일(화) 오후 3시 20분").instant.isoformat()
    '2024-01-16T15:20:00+09:00'
    """
    context = context_of(timezone, reference, profile, Slot.META)
    shaped = read_text(text, Slot.META, context)
    stamps = stamps_of(shaped, context)
    if len(stamps) > 1 or stamps[0].end is not None:
        raise DateParseError(text, _position(shaped, shaped.line.stamps[-1].date.start), Message("dates.two-dates"))
    if shaped.line.stamps[0].label is not None:
        raise DateParseError(text, 0, Message("dates.more-than-date"), Message("dates.use-parse-stamps"))
    return stamps[0].timestamp


def parse_stamps(
    text: str,
    *,
    slot: str | Slot = Slot.STAMP,
    timezone: str | tzinfo = "Asia/Seoul",
    reference: datetime | None = None,
    profile: SourceProfile | None = None,
) -> tuple[Stamp, ...]:
    """Return the dates of a line in their order, each with the role of its label in *slot*.

    For the other arguments see `parse_datetime`. Raises DateParseError if the line has no date, or an ambiguous one.

    >>> [(str(stamp.role), stamp.value) for stamp in parse_stamps("입력 2024.01.16. 오후 3:22 수정 2024.01.17.")]
    [('published', '2024-01-16T15:22:00+09:00'), ('updated', '2024-01-17')]
    """
    slot = slot if isinstance(slot, Slot) else Slot(slot)
    context = context_of(timezone, reference, profile, slot)
    return stamps_of(read_text(text, slot, context), context)


def context_of(
    timezone: str | tzinfo,
    reference: datetime | None,
    profile: SourceProfile | None,
    slot: Slot,
    now: datetime | None = None,
) -> Context:
    """What the arguments of a door say. Raises ValueError for a naive reference or an unknown zone."""
    zone = zone_of(timezone)
    if reference is not None:
        if reference.utcoffset() is None:
            raise ValueError("the reference must be an aware datetime")
        try:
            reference = reference.astimezone(zone)
        except OverflowError as error:
            raise ValueError("the reference lies outside the years 1 to 9999") from error
    return Context(zone=zone, reference=reference, clock=now, slot=slot, profile=profile or PLAIN)


def read_text(text: str, slot: Slot, context: Context) -> ShapedText:
    """Fold *text* and read its shape in *slot*. Raises DateParseError for what is no text of a date at all."""
    if len(text) > LONGEST:
        raise DateParseError(text, LONGEST, Message("dates.too-long", n=LONGEST))
    garbled = None if text.isascii() else compiled(_MOJIBAKE).search(text)
    if garbled is not None:
        reason = Message("dates.wrong-encoding")
        raise DateParseError(text, garbled.start(), reason, Message("dates.decode-again"))
    folded = fold(text)
    line = read_line(folded.text.translate(SHAPE), slot, context.profile.label_items)
    if line.unread is not None and slot in (Slot.FEED, Slot.META) and "(" in folded.text:
        bare = replace(folded, text=without_comments(folded.text))
        uncommented = read_line(bare.text.translate(SHAPE), slot, context.profile.label_items)
        if uncommented.unread is None and uncommented.stamps[0].date.moments[0].has("monthname"):
            return ShapedText(text, bare, uncommented)
    return ShapedText(text, folded, line)


def stamps_of(shaped: ShapedText, context: Context) -> tuple[Stamp, ...]:
    """Resolve what was read. Raises DateParseError."""
    line = shaped.line
    if line.unread is not None:
        position = _position(shaped, line.unread.token)
        raise DateParseError(shaped.text, position, line.unread.reason, line.unread.hint)
    stamps: list[Stamp] = []
    for stamp in line.stamps:
        anchored = _anchored(context, stamps) if stamp.inherits else context
        if stamp.inherits and _of_another_zone(context, stamps, stamp):
            raise DateParseError(shaped.text, _position(shaped, stamp.date.start), Message("dates.time-without-zone"))
        if anchored.after is not None and stamp.role is Role.PUBLISHED:
            anchored = replace(anchored, after=None)  # beside an edit, the earlier time is the publication's
        stamps.append(_stamp(shaped, stamp, anchored))
    if len(stamps) > 1:
        stamps = _distinct(stamps)
    return _noted(stamps, shaped, context)


def _anchored(context: Context, stamps: list[Stamp]) -> Context:
    """The context of a date that takes its missing parts from the one before it."""
    before = stamps[-1].timestamp
    after = before.instant if before.precision.reaches(Precision.MINUTE) else None
    return replace(context, anchor=before.instant.astimezone(context.zone).date(), after=after)


def _of_another_zone(context: Context, stamps: list[Stamp], stamp: LineStamp) -> bool:
    """Whether a time without a date and a zone stands behind one of another zone than that of naive times."""
    instant = stamps[-1].timestamp.instant
    zoned = stamp.date.moments[0].has("zone", "sign", "lost")
    return not zoned and instant.utcoffset() != instant.astimezone(context.zone).utcoffset()


def _position(shaped: ShapedText, token: int) -> int:
    tokens = shaped.line.tokens
    return shaped.folded.origin(tokens[token].start) if token < len(tokens) else len(shaped.text)


def _stamp(shaped: ShapedText, stamp: LineStamp, context: Context) -> Stamp:
    date = stamp.date
    start = _one_reading(shaped, date.moments, context, None)
    if date.about:
        start = replace(start, notes=(*start.notes, Note("about", Message("dates.about"))))
    if not date.until:
        return Stamp(stamp.role, start)
    return Stamp(stamp.role, start, _one_reading(shaped, date.until, context, start))


def _one_reading(
    shaped: ShapedText, moments: tuple[Moment, ...], context: Context, start: Timestamp | None
) -> Timestamp:
    """The timestamp that all readings of a date agree on; else an error that names two, or says why there is none."""
    readings: list[tuple[Moment, Timestamp]] = []
    refused: list[tuple[Refusal, Moment]] = []
    for moment in moments:
        span = _span(shaped, moment)
        try:
            if start is None:
                reading = resolve(moment, shaped.folded.text, context, span)
                if context.after is not None:
                    reading = of_next_day(reading, context.after, moment)
                readings.append((moment, reading))
            else:
                readings.append((moment, resolve_end(moment, shaped.folded.text, context, start, span)))
        except Refusal as refusal:
            refused.append((refusal, moment))
        except OverflowError:  # from arithmetic at the ends of the calendar, wherever it is done
            refused.append((Refusal(OUTSIDE_YEARS), moment))
    if not readings:
        raise _error(shaped, *refused[0])
    (first, timestamp), *others = readings
    for other, reading in others:
        if (reading.instant, reading.precision) != (timestamp.instant, timestamp.precision):
            reason = Message(
                "dates.two-readings",
                first=timestamp.value,
                first_form=first.name,
                second=reading.value,
                second_form=other.name,
            )
            raise DateParseError(shaped.text, _position(shaped, first.start), reason)
    return timestamp


def _span(shaped: ShapedText, moment: Moment) -> str:
    tokens = shaped.line.tokens
    origin = shaped.folded.origin
    return shaped.text[origin(tokens[moment.start].start) : origin(tokens[moment.end - 1].end)]


def _error(shaped: ShapedText, refusal: Refusal, moment: Moment) -> DateParseError:
    places = [token.start for name, token in moment.fields if name in refusal.fields]
    position = places[0] if places else shaped.line.tokens[moment.start].start
    return DateParseError(shaped.text, shaped.folded.origin(position), refusal.reason, refusal.hint)


def _distinct(stamps: list[Stamp]) -> list[Stamp]:
    """The stamps without those that only say one again in another form."""
    seen: set[tuple[Role, str]] = set()
    kept = []
    for stamp in stamps:
        key = (stamp.role, stamp.value)
        if key not in seen or stamp.role is Role.NONE:
            kept.append(stamp)
        seen.add(key)
    return kept


def _noted(stamps: list[Stamp], shaped: ShapedText, context: Context) -> tuple[Stamp, ...]:
    """The stamps with notes on what looks wrong about them."""
    line = shaped.line
    if context.slot is Slot.STAMP and line.unknown:
        stamps = [_with_passed(stamp, shaped) for stamp in stamps]
    if len(stamps) == 1 and context.reference is None and not line.edited:
        return tuple(stamps)
    published = next((stamp for stamp in stamps if stamp.role is Role.PUBLISHED), None)
    return tuple(_with_notes(stamp, published, stamps, line, context) for stamp in stamps)


def _with_passed(stamp: Stamp, shaped: ShapedText) -> Stamp:
    """The stamp with a note of the words that were passed over, though no class accounts for them."""
    tokens, origin = shaped.line.tokens, shaped.folded.origin
    words = " ".join(shaped.text[origin(tokens[at].start) : origin(tokens[at].end)] for at in shaped.line.unknown)
    shown = words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN] + "…"
    note = Note("passed-over", Message("dates.passed-over", words=shown))
    return replace(stamp, timestamp=replace(stamp.timestamp, notes=(*stamp.timestamp.notes, note)))


_LONGEST_SHOWN = 60


def _with_notes(stamp: Stamp, published: Stamp | None, stamps: list[Stamp], line: LineShape, context: Context) -> Stamp:
    instant, notes = stamp.timestamp.instant, list(stamp.timestamp.notes)
    if context.reference is not None and instant - context.reference > _TWO_HOURS:
        notes.append(Note("future", Message("dates.future")))
    if stamp.role is Role.UPDATED and published is not None and instant < published.timestamp.instant:
        notes.append(Note("updated-before-published", Message("dates.updated-before-published")))
    if any(abs(instant - other.timestamp.instant) == _NINE_HOURS and _both_timed(stamp, other) for other in stamps):
        notes.append(Note("nine-hours", Message("dates.nine-hours")))
    if line.edited:
        notes.append(Note("edited-flag", Message("dates.edited-flag")))
    return (
        stamp
        if len(notes) == len(stamp.timestamp.notes)
        else replace(stamp, timestamp=replace(stamp.timestamp, notes=tuple(notes)))
    )


def _both_timed(stamp: Stamp, other: Stamp) -> bool:
    return stamp.precision.reaches(Precision.MINUTE) and other.precision.reaches(Precision.MINUTE)
