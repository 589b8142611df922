"""The two doors of the package: one date and nothing else, or a line of stamps."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from sosik.dates.context import Context, Refusal
from sosik.dates.errors import DateParseError
from sosik.dates.fold import Folded, fold
from sosik.dates.labels import Meaning, role_of
from sosik.dates.match import Moment
from sosik.dates.model import Role, Slot, Stamp, Timestamp
from sosik.dates.profile import SourceProfile
from sosik.dates.resolve import resolve
from sosik.dates.stamps import Item, Line, read_line

_LONGEST = 2_000
_SHAPE = str.maketrans("123456789", "000000000")
_PLAIN = SourceProfile()


def parse_datetime(
    text: str,
    *,
    timezone: str | tzinfo = "Asia/Seoul",
    reference: datetime | None = None,
    profile: SourceProfile | None = None,
) -> Timestamp:
    """Return the moment that *text*, one date and nothing else, names.

    Naive times are of *timezone*; relative and incomplete dates are counted from *reference*, an aware datetime.
    Raises DateParseError when no form matches the whole text, or more than one with different meanings.
    """
    folded, line = _read(text)
    context = _context(timezone, reference, profile)
    if len(line.items) != 1:
        raise DateParseError(text, 0, "there is no date in it" if not line.items else "there is more than one date in it")
    item = line.items[0]
    start, end = line.tokens[item.start].start, line.tokens[item.end - 1].end
    rest = folded.text[end:].strip(" .()") or folded.text[:start].strip(" (")
    if rest or item.label:
        position = end if folded.text[end:].strip(" .()") else 0
        raise DateParseError(text, folded.origin(position), "there is more than the date in it")
    return _resolved(item, text, folded, context)


def parse_stamps(
    text: str,
    *,
    slot: str | Slot = Slot.STAMP,
    timezone: str | tzinfo = "Asia/Seoul",
    reference: datetime | None = None,
    profile: SourceProfile | None = None,
) -> tuple[Stamp, ...]:
    """Return the stamps of a line: every date with the role that its label has in *slot*.

    Raises DateParseError when the line has no stamp, or one that cannot be read for sure.
    """
    slot = Slot(slot)
    folded, line = _read(text)
    context = _context(timezone, reference, profile, prose=slot is Slot.BODY)
    if line.unread is not None:
        at, reason = line.unread
        raise DateParseError(text, folded.origin(line.tokens[at].start), reason)
    if not line.items:
        raise DateParseError(text, 0, "there is no date in it")
    approved = any(item.label and item.label.meaning is Meaning.APPROVED for item in line.items)
    stamps = []
    for item in line.items:
        role = role_of(item.label.meaning, slot) if item.label else Role.PUBLISHED if slot is Slot.FEED else Role.NONE
        if approved and item.label and item.label.meaning is Meaning.ENTERED:
            role = Role.NONE
        stamps.append(Stamp(role, _resolved(item, text, folded, context)))
    return tuple(stamps)


def _read(text: str) -> tuple[Folded, Line]:
    if len(text) > _LONGEST:
        raise DateParseError(text, _LONGEST, f"a date line has at most {_LONGEST} characters")
    folded = fold(text)
    return folded, read_line(folded.text.translate(_SHAPE))


def _context(
    timezone: str | tzinfo, reference: datetime | None, profile: SourceProfile | None, *, prose: bool = False
) -> Context:
    zone = _zone(timezone) if isinstance(timezone, str) else timezone
    if reference is not None:
        if reference.utcoffset() is None:
            raise ValueError("the reference must be an aware datetime")
        reference = reference.astimezone(zone)
    return Context(zone=zone, reference=reference, prose=prose, profile=profile or _PLAIN)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def _resolved(item: Item, text: str, folded: Folded, context: Context) -> Timestamp:
    readings: list[Timestamp] = []
    refusal: tuple[Refusal, Moment] | None = None
    for moment in item.moments:
        try:
            readings.append(resolve(moment, folded.text, context))
        except Refusal as error:
            refusal = (error, moment)
    if not readings and refusal is not None:
        error, moment = refusal
        raise DateParseError(text, folded.origin(_place(error, moment)), error.reason, error.hint)
    return readings[0]


def _place(refusal: Refusal, moment: Moment) -> int:
    for name, token in moment.fields:
        if name in refusal.fields:
            return token.start
    return moment.fields[0][1].start
