"""The date of each label in a line, and its role in the slot."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from sosik.dates import vocabulary as v
from sosik.dates.accounts import Account, account_of, first_objection, of_another_thing, of_the_article
from sosik.dates.forms import BARE_MONTH, BARE_PAIRS, BARE_YEAR
from sosik.dates.labels import Label, Meaning, role_of
from sosik.dates.model import Role, Slot
from sosik.dates.pairing import paired, without_relative
from sosik.dates.prose import is_a_name, loses_time
from sosik.dates.scan import LineDate, LineScan, Unread, scan_line
from sosik.dates.slots import Labelled, dates_that_count
from sosik.dates.tokens import NUMBERS, Token
from sosik.words import Message


class LineStamp(Struct, frozen=True):
    """A date of a line that counts: its label, its role, whether it takes missing parts from the one before."""

    date: LineDate
    label: Label | None
    role: Role
    inherits: bool = False


class LineShape(Struct, frozen=True):
    """What the shape of a line says: tokens, stamps, why it cannot be read."""

    tokens: tuple[Token, ...]
    stamps: tuple[LineStamp, ...]
    unread: Unread | None = None
    edited: bool = False
    classes: tuple[tuple[int, str | None], ...] = ()

    unknown: tuple[int, ...] = ()
    """The tokens that no date, label or class accounts for."""


def read_line(shape: str, slot: Slot, overrides: tuple[tuple[str, Role], ...] = ()) -> LineShape:
    """Read the *shape* of a line: folded text with every digit 0.

    Which digits stand there decides nothing here, so lines of one shape, the many of one source, are read once.
    """
    return (_kept if len(shape) <= _LONGEST_KEPT else _read)(shape, slot, overrides)


# Longer lines hold a story's words and hardly come again; thousands of them would fill the memory.
_LONGEST_KEPT = 200


def _read(shape: str, slot: Slot, overrides: tuple[tuple[str, Role], ...]) -> LineShape:
    words = tuple(word for word, _ in overrides)
    scan = scan_line(
        shape,
        words,
        numbers_matter=slot not in (Slot.BODY, Slot.FILENAME, Slot.IMPRINT),
        file_name=slot is Slot.FILENAME,
    )
    account = account_of(scan, shape)
    scan = replace(scan, known=account.known | account.people)
    pairs, mispaired = paired(scan, shape)
    labelled = without_relative(scan, pairs)
    selected, unread = dates_that_count(scan, labelled, slot, shape)
    unread = unread or mispaired
    if slot not in (Slot.META, Slot.FEED) and any(date.moments[0].forms == (BARE_YEAR,) for date, _ in selected):
        unread = unread or Unread(selected[0][0].start, Message("dates.number-alone"))
    named = next(
        (date for date, _ in selected if date.moments[0].forms == (BARE_MONTH,) and is_a_name(scan, shape, date)), None
    )
    lost = next((date for date, _ in selected if loses_time(scan, shape, date)), None)
    if lost is not None:
        unread = unread or Unread(lost.end, Message("dates.time-apart"))
    if named is not None:
        unread = unread or Unread(named.start, Message("dates.name"))
    stamps = _with_roles(scan, shape, account, selected, slot, dict(overrides))
    if unread is None:
        unread = next((doubt for stamp in stamps if (doubt := _doubtful_pair(stamp, scan, slot))), None)
    if unread is None and not stamps:
        unread = _nothing(scan)
    if unread is None:
        unread = first_objection(scan, shape, account, selected, slot)
    edited = v.EDITED in scan.kinds and not any(_edited_then(scan, date, label) for date, label in selected)
    return LineShape(scan.tokens, stamps, unread, edited, tuple(account.classes.items()), account.unknown)


_kept = lru_cache(maxsize=4096)(_read)


def _doubtful_pair(stamp: LineStamp, scan: LineScan, slot: Slot) -> Unread | None:
    """Two numbers alone may be a decimal, a score or the name of an event (5.18)."""
    date, (first, *_) = stamp.date, stamp.date.moments
    if (
        first.forms[0] not in BARE_PAIRS
        or len(first.forms) > 1
        or first.has("weekday")
        or stamp.label
        or stamp.inherits
    ):
        return None
    if slot is not Slot.BODY and [scan.tokens[at].end - scan.tokens[at].start for at in _numbers(scan, date)] == [
        2,
        2,
    ]:
        return None
    return Unread(date.start, Message("dates.two-numbers"), Message("dates.write-year-like"))


def _numbers(scan: LineScan, date: LineDate) -> list[int]:
    return [at for at in range(date.start, date.end) if scan.kinds[at] in NUMBERS]


def _nothing(scan: LineScan) -> Unread:
    return Unread(0, Message("dates.lunar") if scan.lunar else Message("dates.no-date"))


def _edited_then(scan: LineScan, date: LineDate, label: Label | None) -> bool:
    """Whether 수정됨 stands directly behind a date that has no label: then it was edited at that time."""
    if label is not None:
        return False
    if scan.kinds[date.end : date.end + 2].lstrip(" ")[:1] == v.EDITED:
        return True
    return scan.dates[0] is date and scan.kinds[: date.start].rstrip(" ·:|-").endswith(v.EDITED)


def _with_roles(
    scan: LineScan,
    shape: str,
    account: Account,
    labelled: list[Labelled],
    slot: Slot,
    overrides: dict[str, Role],
) -> tuple[LineStamp, ...]:
    meanings = {label.meaning for _, label in labelled if label}
    stamps: list[LineStamp] = []
    for date, label in labelled:
        role = _role(date, label, slot, meanings, stamps, overrides)
        if label is not None and label.word not in overrides and of_another_thing(scan, shape, account, date, label):
            role = Role.NONE
        if label is not None and role is Role.PUBLISHED and _registered(scan, date):
            role = Role.NONE
        if role is Role.NONE and label is None:
            role = _role_of_word(scan, date, slot, meanings)
        stamps.append(LineStamp(date, label, role, inherits=bool(stamps) and not date.complete))
    return _first_published(scan, account, tuple(stamps), slot)


def _registered(scan: LineScan, date: LineDate) -> bool:
    """Whether a number of registration stands in front of a date, whose labels then are the newspaper's."""
    return any(part.label.word.startswith("등록번호") and part.end <= date.start for part in scan.labels)


def _role_of_word(scan: LineScan, date: LineDate, slot: Slot, meanings: set[Meaning]) -> Role:
    """The role by what is no label: 수정됨 behind a date, 조간 or 석간 beside it."""
    if slot in (Slot.MASTHEAD, Slot.IMPRINT, Slot.BODY, Slot.CAPTION, Slot.FILENAME):
        return Role.NONE
    if _edited_then(scan, date, None):
        return Role.UPDATED
    waits = Meaning.EMBARGO in meanings or v.FROM in scan.kinds[date.start :]
    before = scan.kinds[max(0, date.start - 3) : date.start].rstrip(" ()|:,")
    if not waits and not date.timed and (date.released or before.endswith(v.RELEASE)):
        return Role.PRINT
    return Role.NONE


_OF_PRINT = (Meaning.PRINTED, Meaning.PUBLISHED, Meaning.TIME)


def _role(
    date: LineDate,
    label: Label | None,
    slot: Slot,
    meanings: set[Meaning],
    before: list[LineStamp],
    overrides: dict[str, Role],
) -> Role:
    if label is not None and label.word in overrides:
        return overrides[label.word]
    if date.printed and slot not in (Slot.MASTHEAD, Slot.IMPRINT) and (label is None or label.meaning in _OF_PRINT):
        return Role.PRINT
    if label is None:
        return Role.PUBLISHED if slot is Slot.FEED else Role.NONE
    if label.meaning is Meaning.ENTERED and Meaning.APPROVED in meanings:
        return Role.NONE  # public from its approval; 입력 is then only when it was written
    if (
        label.meaning is Meaning.EDITION
        and slot is Slot.PAGE
        and not any(stamp.role is Role.PUBLISHED for stamp in before)
    ):
        return Role.NONE  # above the article stands the masthead
    return role_of(label.meaning, slot)


def _first_published(
    scan: LineScan, account: Account, stamps: tuple[LineStamp, ...], slot: Slot
) -> tuple[LineStamp, ...]:
    """A date without label beside an edit stamp, and no other, is the publication, unless it has a word of its own."""
    roles = [stamp.role for stamp in stamps]
    if slot not in (Slot.STAMP, Slot.KEY) or Role.UPDATED not in roles or Role.PUBLISHED in roles:
        return stamps
    first = stamps[0]
    if first.label is not None or first.role is not Role.NONE or not of_the_article(scan, account, first.date):
        return stamps
    return (LineStamp(first.date, None, Role.PUBLISHED), *stamps[1:])
