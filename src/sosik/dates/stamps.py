"""Which date of a line each label speaks of, and what that makes of it in its slot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sosik.dates import vocabulary as v
from sosik.dates.forms import Layer
from sosik.dates.labels import Label, Meaning, role_of
from sosik.dates.model import Role, Slot
from sosik.dates.scan import Item, LabelPart, Scan, Unread, scan
from sosik.dates.tokens import NUMBERS, Token


@dataclass(frozen=True, slots=True)
class StampItem:
    """A date of a line that counts: its label, its role, whether it takes missing parts from the one before."""

    item: Item
    label: Label | None
    role: Role
    inherits: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What the shape of a line says: tokens, stamps, why it cannot be read."""

    tokens: tuple[Token, ...]
    stamps: tuple[StampItem, ...]
    unread: Unread | None = None
    edited: bool = False


@lru_cache(maxsize=4096)
def read_line(shape: str, slot: Slot, overrides: tuple[tuple[str, Role], ...] = ()) -> Line:
    """Read the *shape* of a line: folded text with every digit 0.

    Which digits stand there decides nothing here, so lines of one shape, the many of one source, are read once.
    """
    words = tuple(word for word, _ in overrides)
    found = scan(
        shape,
        words,
        numbers_matter=slot not in (Slot.BODY, Slot.FILENAME, Slot.IMPRINT),
        file_name=slot is Slot.FILENAME,
    )
    labelled = _without_relative(found, _labelled(found))
    selected, unread = _SELECTIONS.get(slot, _every)(found, labelled)
    if slot not in (Slot.META, Slot.FEED) and any(item.moments[0].name == "year" for item, _ in selected):
        unread = unread or Unread(selected[0][0].start, "a number alone is no date")
    stamps = _with_roles(selected, slot, dict(overrides))
    if unread is None:
        unread = next((doubt for stamp in stamps if (doubt := _doubtful_pair(stamp, found, slot))), None)
    if unread is None and not stamps:
        unread = _nothing(found)
    return Line(found.tokens, stamps, unread, v.EDITED in found.kinds)


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


Labelled = tuple[Item, Label | None]
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
        neighbour = _neighbour(found, labelled, item)
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


Selection = tuple[list[Labelled], Unread | None]


def _every(found: Scan, labelled: list[Labelled]) -> Selection:
    """A date line: all its dates count, and every number behind its title must be explained."""
    title = _title_end(labelled, found)
    unread = next((doubt for doubt in found.doubts if doubt.token >= title), None)
    if any(not item.coarse for item, _ in labelled):
        labelled = [(item, label) for item, label in labelled if label or not item.coarse]
    return _counting(found, labelled, unread)


def _title_end(labelled: list[Labelled], found: Scan) -> int:
    """The token where a title in front of the line ends: at the label of a publication, and of a whole date."""
    labels = [label for item, label in labelled if item.complete and label and label.meaning in _PUBLIC]
    return next((part.start for part in found.labels if part.label in labels), 0)


_PUBLIC = (Meaning.ENTERED, Meaning.APPROVED, Meaning.PUBLISHED)


def _counting(found: Scan, labelled: list[Labelled], unread: Unread | None) -> Selection:
    """The dates of a line that say when: whole ones, labelled ones, and where neither is, any."""
    if not any(item.complete for item, _ in labelled):
        qualified = next((item for item, label in labelled if label is None and _qualified(found, item)), None)
        if qualified is not None and unread is None:
            return [], Unread(qualified.start, "the word before it may give it another meaning")
        return labelled, unread
    kept = []
    for item, label in labelled:
        if item.complete or label or _after_embargo(found, item):
            kept.append((item, label))
        elif kept and not found.kinds[kept[-1][0].end : item.start].strip(" ,()"):
            return [], unread or Unread(
                item.start, "a second time without a label", "write 수정 before the time of the edit"
            )
        elif kept and item.timed and not kept[-1][0].timed:
            return [], unread or Unread(item.start, "this time stands apart from its date")
    return kept, unread


def _page(found: Scan, labelled: list[Labelled]) -> Selection:
    """A line of a whole page: its dates up to the imprint; of numbers only those directly behind a date matter."""
    imprint = _registration(found)
    kept, unread = _counting(found, [(item, label) for item, label in labelled if item.end <= imprint], None)
    doubts = (doubt for doubt in found.doubts if any(_beside(found, item, doubt.token) for item, _ in kept))
    return kept, unread or next(doubts, None)


def _beside(found: Scan, item: Item, token: int) -> bool:
    return item.start - 1 <= token and not found.kinds[item.end : token].strip(" (")


_QUALIFIED = re.compile(f"{v.NOISE} ?$")


def _qualified(found: Scan, item: Item) -> bool:
    """Whether a word that is no byline stands before a date that is not whole (어젯밤 11시)."""
    if not _QUALIFIED.search(found.kinds, max(0, item.start - 2), item.start):
        return False
    at = item.start - 1 if found.kinds[item.start - 1] == v.NOISE else item.start - 2
    return found.tokens[at].value != v.BYLINE


def _after_embargo(found: Scan, item: Item) -> bool:
    before = [label for label in found.labels if label.end <= item.start]
    if before:
        return before[-1].label.meaning is Meaning.EMBARGO
    return v.RELEASE in found.kinds[: item.start]


def _whole(found: Scan, labelled: list[Labelled]) -> Selection:
    """A feed or a meta element: dates, labels and marks, no other word."""
    outside = found.kinds
    for item in found.items + found.lunar:
        outside = outside[: item.start] + " " * (item.end - item.start) + outside[item.end :]
    other = re.search(f"[^ |,.:()/'{v.LABEL}{v.EDITED}-]", outside)
    if found.unread is None and other is not None and labelled:
        return [], Unread(other.start(), "there is more than the date in it")
    return labelled, found.unread


def _caption(found: Scan, labelled: list[Labelled]) -> Selection:
    """A caption: whole dates wherever they stand; without one, what a date line would read."""
    whole: list[Labelled] = [(item, None) for item, _ in labelled if item.complete]
    if whole:
        return whole, None
    return [(item, None) for item, _ in labelled], found.unread


def _file_name(found: Scan, labelled: list[Labelled]) -> Selection:
    whole: list[Labelled] = [
        (item, None) for item, _ in labelled if item.moments[0].has(*_FILE_NAME_FIELDS) and _stands_free(found, item)
    ]
    if len(whole) > 1:
        return [], Unread(whole[1][0].start, "the name holds two dates")
    return [(item, label) for item, label in whole], None


_FILE_NAME_FIELDS = ("date8", "date6", "digits", "day")


def _stands_free(found: Scan, item: Item) -> bool:
    before = found.kinds[item.start - 1] if item.start else "_"
    after = found.kinds[item.end] if item.end < len(found.kinds) else "_"
    return before in " _-.(|" and after in " _-.()|" + v.NOISE


def _registration(found: Scan) -> int:
    """The token from which on a line speaks of the newspaper's registration."""
    return next((part.start for part in found.labels if part.label.meaning is Meaning.REGISTRATION), len(found.tokens))


def _imprint(found: Scan, labelled: list[Labelled]) -> Selection:
    kept = [
        (item, label)
        for item, label in labelled
        if (label is None and item.start < _registration(found)) or (label and label.meaning is Meaning.EDITION)
    ]
    if labelled and not kept:
        return [], Unread(labelled[0][0].start, "an imprint's dates are those of the newspaper's registration")
    return kept, None


_OPENING = re.compile(r"[ ('|.,\-]*")
_CLOSED = re.compile(r"[ )'.,|]*")
_APART = re.compile(r"$|[ )'.,|x(]")


def _running(found: Scan, labelled: list[Labelled]) -> Selection:
    """Running text: a date it begins with, or a reference to a print edition; anything else is a story's matter."""
    printed: list[Labelled] = [(item, None) for item, _ in labelled if item.printed]
    if printed:
        return printed, found.unread
    opening = _OPENING.match(found.kinds)
    first = found.items[0] if found.items else None
    if first is None:
        return [], found.unread
    begins = opening is not None and opening.end() >= first.start
    alone = _CLOSED.fullmatch(found.kinds, first.end) is not None
    incomplete = not first.complete and len(found.items) == 1 and _APART.match(found.kinds, first.end) is not None
    if begins and (alone or incomplete):
        return [(first, None)], found.unread
    return [], found.unread or Unread(first.start, "a date within running text stamps nothing")


_SELECTIONS = {
    Slot.FEED: _whole,
    Slot.META: _whole,
    Slot.CAPTION: _caption,
    Slot.PAGE: _page,
    Slot.FILENAME: _file_name,
    Slot.IMPRINT: _imprint,
    Slot.BODY: _running,
}


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
