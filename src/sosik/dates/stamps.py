"""Which date of a line each label speaks of, and what that makes of it in its slot."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sosik.dates import vocabulary as v
from sosik.dates.accounts import Account, account_of, first_objection, of_the_article
from sosik.dates.forms import BARE_PAIRS, BARE_YEAR, Layer
from sosik.dates.labels import Label, Meaning, role_of
from sosik.dates.model import Role, Slot
from sosik.dates.patterns import compiled
from sosik.dates.scan import LabelPart, LineDate, LineScan, Unread, scan_line
from sosik.dates.slots import Labelled, dates_that_count
from sosik.dates.tokens import NUMBERS, Token
from sosik.words import Message


class LineStamp(NamedTuple):
    """A date of a line that counts: its label, its role, whether it takes missing parts from the one before."""

    date: LineDate
    label: Label | None
    role: Role
    inherits: bool = False


class LineShape(NamedTuple):
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
    scan = scan._replace(known=account.known | account.people)
    pairs, mispaired = _paired(scan)
    labelled = _without_relative(scan, pairs)
    selected, unread = dates_that_count(scan, labelled, slot, shape)
    unread = unread or mispaired
    if slot not in (Slot.META, Slot.FEED) and any(date.moments[0].forms == (BARE_YEAR,) for date, _ in selected):
        unread = unread or Unread(selected[0][0].start, Message("dates.number-alone"))
    stamps = _with_roles(scan, account, selected, slot, dict(overrides))
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


# 승인 [0호] 2024.01.16, 지면 A12면 2024.01.16
_BETWEEN = (
    rf"(?: ?\( ?[1234] ?{v.COUNTER} ?\))?(?: {v.COUNTER}(?= ))?"
    rf"(?: ?[:|]? ?(?:[123]|{v.NOISE}) ?{v.PAGE})?[ :|,./()~'+_\-]*"
)


def _paired(scan: LineScan) -> tuple[list[Labelled], Unread | None]:
    """Every date with its label; in a table the labels of the head row and the values below pair in order."""
    head = _head_row(scan)
    if not head:
        return _labelled(scan), None
    if len(head) != len(scan.dates) and v.NOISE in scan.kinds[head[0].end : head[-1].start]:
        return _labelled(scan), None
    if len(head) != len(scan.dates):
        return _labelled(scan), Unread(head[0].start, Message("dates.labels-and-values"))
    return [(date, part.label) for date, part in zip(scan.dates, head, strict=True)], None


def _head_row(scan: LineScan) -> list[LabelPart]:
    """The labels of times that stand together in front of all dates; fewer than two are no row."""
    if not scan.dates:
        return []
    first = scan.dates[0].start
    front = [part for part in scan.labels if part.end <= first and part.label.meaning is not Meaning.TIME]
    words = {part.label.word for part in front}
    if len(front) == len(scan.dates) == 1 and _among_columns(scan, front[0]):
        return front
    if (
        len(front) < 2
        or len(words) < len(front)
        or len(front) != len([p for p in scan.labels if p.label.meaning is not Meaning.TIME])
    ):
        return []
    apart = [scan.kinds[one.end : other.start] for one, other in pairwise(front)]
    return front if all(not compiled(_HEADS_APART).sub("", between) for between in apart) else []


def _among_columns(scan: LineScan, label: LabelPart) -> bool:
    """Whether a label heads a column: directly beside another head, and not in front of its value."""
    before = scan.tokens[max(0, label.start - 2) : label.start]
    behind = scan.tokens[label.end : label.end + 2]
    return any(token.value == v.COLUMN or token.kind == v.COUNTER for token in before) or any(
        token.value == v.COLUMN or token.kind == v.COUNTER for token in behind
    )


_HEADS_APART = rf"[ |,/·{v.NOISE}{v.COUNTER}{v.WEEKDAY}]"


def _labelled(scan: LineScan) -> list[Labelled]:
    """Every date with its label: the one before it, or in lines that put labels behind, the one after."""
    pairs: list[Labelled] = []
    behind = _labels_behind(scan)
    taken: set[int] = set()
    for date in scan.dates:
        front = next(
            (
                label
                for label in reversed(scan.labels)
                if label.end <= date.start and _touches(scan, label.end, date.start)
            ),
            None,
        )
        back = next(
            (
                part
                for part in scan.labels
                if part.start >= date.end
                and part.label.meaning is not Meaning.TIME
                and _follows(scan, date.end, part.start)
                and not (part.label.meaning is Meaning.PRINTED and (date.timed or front))
            ),
            None,
        )
        label = (back or front) if behind else (front or back)
        if label is back and back is not None and not behind and _belongs_to_next(scan, back):
            label = front
        if label is front and front is not None and front.start in taken:
            label = None
        if label is not None:
            taken.add(label.start)
        pairs.append((date, label.label if label else None))
    return pairs


def _touches(scan: LineScan, start: int, end: int) -> bool:
    between = "".join(["|" if token.value == v.MARK else token.kind for token in scan.tokens[start:end]])
    return compiled(_BETWEEN).fullmatch(between) is not None


def _follows(scan: LineScan, start: int, end: int) -> bool:
    between = [token for token in scan.tokens[start:end] if token.value != v.DEVICE]
    return not "".join([token.kind for token in between]).strip(" ()")


def _belongs_to_next(scan: LineScan, label: LabelPart) -> bool:
    following = next((date for date in scan.dates if date.start >= label.end), None)
    return (
        following is not None
        and _touches(scan, label.end, following.start)
        and "|" not in scan.kinds[label.end : following.start]
    )


def _labels_behind(scan: LineScan) -> bool:
    """Whether a line begins with a date and ends with a label that belongs to the last one."""
    if not scan.dates or not scan.labels:
        return False
    first, last = scan.dates[0], scan.dates[-1]
    return scan.labels[0].start > first.start and any(
        label.start >= last.end
        and label.label.meaning is not Meaning.PRINTED  # 지면 A1면 says where it stood, not when
        and _follows(scan, last.end, label.start)
        for label in scan.labels
    )


def _without_relative(scan: LineScan, labelled: list[Labelled]) -> list[Labelled]:
    """Beside a whole date, one that only counts from today says nothing; its label passes on."""
    if not any(date.complete for date, _ in labelled):
        return labelled
    kept: list[Labelled] = []
    passed: Label | None = None
    for date, label in labelled:
        relative = not date.complete and date.moments[0].forms[0].layer is Layer.RELATIVE
        neighbour = _neighbour(scan, labelled, date) if relative else None
        if relative and (label is None or neighbour is not None):
            passed = label
            if kept and label and kept[-1][1] is None and kept[-1][0] is neighbour:
                kept[-1] = (kept[-1][0], label)
            continue
        kept.append((date, label or passed))
        passed = None
    return kept


def _neighbour(scan: LineScan, labelled: list[Labelled], relative: LineDate) -> LineDate | None:
    """The whole, unlabelled date directly beside a relative one."""
    for date, label in labelled:
        between = (date.end, relative.start) if date.end <= relative.start else (relative.end, date.start)
        if date.complete and label is None and not scan.kinds[between[0] : between[1]].strip(" ()|,-/"):
            return date
    return None


def _edited_then(scan: LineScan, date: LineDate, label: Label | None) -> bool:
    """Whether 수정됨 stands directly behind a date that has no label: then it was edited at that time."""
    if label is not None:
        return False
    if scan.kinds[date.end : date.end + 2].lstrip(" ")[:1] == v.EDITED:
        return True
    return scan.dates[0] is date and scan.kinds[: date.start].rstrip(" ·:|-").endswith(v.EDITED)


def _with_roles(
    scan: LineScan, account: Account, labelled: list[Labelled], slot: Slot, overrides: dict[str, Role]
) -> tuple[LineStamp, ...]:
    meanings = {label.meaning for _, label in labelled if label}
    stamps: list[LineStamp] = []
    for date, label in labelled:
        role = _role(date, label, slot, meanings, stamps, overrides)
        if role is Role.NONE and label is None:
            role = _role_of_word(scan, date, slot, meanings)
        stamps.append(LineStamp(date, label, role, inherits=bool(stamps) and not date.complete))
    return _first_published(scan, account, tuple(stamps), slot)


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
