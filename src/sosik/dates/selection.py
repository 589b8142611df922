"""Which of a line's dates count: that depends on where the line stands."""

from __future__ import annotations

import re

from sosik.dates import vocabulary as v
from sosik.dates.labels import Label, Meaning
from sosik.dates.model import Slot
from sosik.dates.scan import Item, Scan, Unread

Labelled = tuple[Item, Label | None]
Selection = tuple[list[Labelled], Unread | None]


def _every(found: Scan, labelled: list[Labelled]) -> Selection:
    """A date line: all its dates count, and every number behind its title must be explained."""
    title = _title_end(labelled, found)
    unread = next((doubt for doubt in found.doubts if doubt.token >= title), None)
    if any(not item.coarse for item, _ in labelled):
        labelled = [(item, label) for item, label in labelled if label or not item.coarse]
    elif v.NOISE in found.kinds and any(not label for _, label in labelled):
        unread = unread or Unread(labelled[0][0].start, "a year or a month among other words is no stamp")
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
        elif kept and not found.kinds[kept[-1][0].end : item.start].strip(" ,()|/·-"):
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


def select(found: Scan, labelled: list[Labelled], slot: Slot) -> Selection:
    """The dates that count in *slot*, and what of the line is not explained."""
    return _SELECTIONS.get(slot, _every)(found, labelled)
