"""Which date of a line each label speaks of, and what that makes of it in its slot."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sosik.dates import vocabulary as v
from sosik.dates.forms import Layer
from sosik.dates.labels import Label, Meaning, role_of
from sosik.dates.model import Role, Slot
from sosik.dates.scan import Item, LabelPart, Scan, Unread, scan
from sosik.dates.selection import Labelled, select
from sosik.dates.tokens import NUMBERS, Token


class StampItem(NamedTuple):
    """A date of a line that counts: its label, its role, whether it takes missing parts from the one before."""

    item: Item
    label: Label | None
    role: Role
    inherits: bool = False


class Line(NamedTuple):
    """What the shape of a line says: tokens, stamps, why it cannot be read."""

    tokens: tuple[Token, ...]
    stamps: tuple[StampItem, ...]
    unread: Unread | None = None
    edited: bool = False


def read_line(shape: str, slot: Slot, overrides: tuple[tuple[str, Role], ...] = ()) -> Line:
    """Read the *shape* of a line: folded text with every digit 0.

    Which digits stand there decides nothing here, so lines of one shape, the many of one source, are read once.
    """
    return (_kept if len(shape) <= _LONGEST_KEPT else _read)(shape, slot, overrides)


# Longer lines hold a story's words and hardly come again; thousands of them would fill the memory.
_LONGEST_KEPT = 200


def _read(shape: str, slot: Slot, overrides: tuple[tuple[str, Role], ...]) -> Line:
    words = tuple(word for word, _ in overrides)
    found = scan(
        shape,
        words,
        numbers_matter=slot not in (Slot.BODY, Slot.FILENAME, Slot.IMPRINT),
        file_name=slot is Slot.FILENAME,
    )
    labelled = _without_relative(found, _labelled(found))
    selected, unread = select(found, labelled, slot)
    if slot not in (Slot.META, Slot.FEED) and any(item.moments[0].name == "year" for item, _ in selected):
        unread = unread or Unread(selected[0][0].start, "a number alone is no date")
    stamps = _with_roles(selected, slot, dict(overrides))
    if unread is None:
        unread = next((doubt for stamp in stamps if (doubt := _doubtful_pair(stamp, found, slot))), None)
    if unread is None and not stamps:
        unread = _nothing(found)
    return Line(found.tokens, stamps, unread, v.EDITED in found.kinds)


_kept = lru_cache(maxsize=4096)(_read)
_BARE_PAIRS = frozenset({"month.day", "month-day", "month/day"})


def _doubtful_pair(stamp: StampItem, found: Scan, slot: Slot) -> Unread | None:
    """Two numbers alone may be a decimal, a score or the name of an event (5.18)."""
    item, (first, *_) = stamp.item, stamp.item.moments
    if (
        first.forms[0].name not in _BARE_PAIRS
        or len(first.forms) > 1
        or first.has("weekday")
        or stamp.label
        or stamp.inherits
    ):
        return None
    if slot is not Slot.BODY and [found.tokens[at].end - found.tokens[at].start for at in _numbers(found, item)] == [
        2,
        2,
    ]:
        return None
    return Unread(item.start, "two numbers alone need not be a date", "write the year, like 2024.01.16")


def _numbers(found: Scan, item: Item) -> list[int]:
    return [at for at in range(item.start, item.end) if found.kinds[at] in NUMBERS]


def _nothing(found: Scan) -> Unread:
    reason = "a lunar date without the solar one is not read" if found.lunar else "there is no date in it"
    return Unread(0, reason)


_BETWEEN = re.compile(rf"(?: ?\( ?[1234] ?{v.COUNTER} ?\))?[ :|,./()~'+_\-]*")  # 승인 [0호] 2024.01.16


def _labelled(found: Scan) -> list[Labelled]:
    """Every item with its label: the one before it, or in lines that put labels behind, the one after."""
    pairs: list[Labelled] = []
    behind = _labels_behind(found)
    taken: set[int] = set()
    for item in found.items:
        front = next(
            (
                label
                for label in reversed(found.labels)
                if label.end <= item.start and _touches(found, label.end, item.start)
            ),
            None,
        )
        back = next(
            (label for label in found.labels if label.start >= item.end and _follows(found, item.end, label.start)),
            None,
        )
        label = (back or front) if behind else (front or back)
        if label is back and back is not None and not behind and _belongs_to_next(found, back):
            label = front
        if label is front and front is not None and front.start in taken:
            label = None
        if label is not None:
            taken.add(label.start)
        pairs.append((item, label.label if label else None))
    return pairs


def _touches(found: Scan, start: int, end: int) -> bool:
    return _BETWEEN.fullmatch(found.kinds, start, end) is not None


def _follows(found: Scan, start: int, end: int) -> bool:
    return not found.kinds[start:end].strip(" ()")


def _belongs_to_next(found: Scan, label: LabelPart) -> bool:
    following = next((item for item in found.items if item.start >= label.end), None)
    return (
        following is not None
        and _touches(found, label.end, following.start)
        and "|" not in found.kinds[label.end : following.start]
    )


def _labels_behind(found: Scan) -> bool:
    """Whether a line begins with a date and ends with a label that belongs to the last one."""
    if not found.items or not found.labels:
        return False
    first, last = found.items[0], found.items[-1]
    return found.labels[0].start > first.start and any(
        label.start >= last.end and _follows(found, last.end, label.start) for label in found.labels
    )


def _without_relative(found: Scan, labelled: list[Labelled]) -> list[Labelled]:
    """Beside a whole date, one that only counts from today says nothing; its label passes on."""
    if not any(item.complete for item, _ in labelled):
        return labelled
    kept: list[Labelled] = []
    passed: Label | None = None
    for item, label in labelled:
        relative = not item.complete and item.moments[0].forms[0].layer is Layer.RELATIVE
        neighbour = _neighbour(found, labelled, item) if relative else None
        if relative and (label is None or neighbour is not None):
            passed = label
            if kept and label and kept[-1][1] is None and kept[-1][0] is neighbour:
                kept[-1] = (kept[-1][0], label)
            continue
        kept.append((item, label or passed))
        passed = None
    return kept


def _neighbour(found: Scan, labelled: list[Labelled], relative: Item) -> Item | None:
    """The whole, unlabelled date directly beside a relative one."""
    for item, label in labelled:
        between = (item.end, relative.start) if item.end <= relative.start else (relative.end, item.start)
        if item.complete and label is None and not found.kinds[between[0] : between[1]].strip(" ()|,-/"):
            return item
    return None


def _with_roles(labelled: list[Labelled], slot: Slot, overrides: dict[str, Role]) -> tuple[StampItem, ...]:
    meanings = {label.meaning for _, label in labelled if label}
    stamps: list[StampItem] = []
    for item, label in labelled:
        role = _role(item, label, slot, meanings, stamps, overrides)
        stamps.append(StampItem(item, label, role, inherits=bool(stamps) and not item.complete))
    return _first_published(tuple(stamps), slot)


_OF_PRINT = (Meaning.PRINTED, Meaning.PUBLISHED, Meaning.TIME)


def _role(
    item: Item,
    label: Label | None,
    slot: Slot,
    meanings: set[Meaning],
    before: list[StampItem],
    overrides: dict[str, Role],
) -> Role:
    if label is not None and label.word in overrides:
        return overrides[label.word]
    if item.printed and slot not in (Slot.MASTHEAD, Slot.IMPRINT) and (label is None or label.meaning in _OF_PRINT):
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


def _first_published(stamps: tuple[StampItem, ...], slot: Slot) -> tuple[StampItem, ...]:
    """A date without label beside an edit stamp, and no other, is the publication."""
    roles = [stamp.role for stamp in stamps]
    if slot is not Slot.STAMP or Role.UPDATED not in roles or Role.PUBLISHED in roles:
        return stamps
    first = stamps[0]
    if first.label is not None or first.role is not Role.NONE:
        return stamps
    return (StampItem(first.item, None, Role.PUBLISHED), *stamps[1:])
