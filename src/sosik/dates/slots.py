"""Selects the dates of a line that count, depending on the place of the line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sosik.dates import vocabulary as v
from sosik.dates.context import WRITE_WHOLE
from sosik.dates.forms import Layer
from sosik.dates.labels import Label, Meaning
from sosik.dates.model import Slot
from sosik.dates.patterns import compiled
from sosik.dates.prose import is_a_name, opening_of
from sosik.dates.scan import LineDate, LineScan, Unread
from sosik.words import Message

Labelled = tuple[LineDate, Label | None]
Counted = tuple[list[Labelled], Unread | None]


def _every(scan: LineScan, labelled: list[Labelled]) -> Counted:
    """A date line: all its dates count, and every number behind its title must be explained."""
    title = _title_end(labelled, scan)
    whole = any(date.complete and not date.coarse for date, _ in labelled)
    coarse = set(_of_coarse(scan, labelled)) if whole else set()
    unread = next((doubt for doubt in scan.doubts if doubt.token >= title and doubt.token not in coarse), None)
    if any(not date.coarse for date, _ in labelled):
        labelled = [(date, label) for date, label in labelled if label or date.printed or not date.coarse]
    elif v.NOISE in scan.kinds and any(not label and not date.printed for date, label in labelled):
        unread = unread or Unread(labelled[0][0].start, Message("dates.coarse-among-words"))
    return _counting(scan, labelled, unread)


def _of_coarse(scan: LineScan, labelled: list[Labelled]) -> Iterator[int]:
    """The tokens of years and months without a label, which a title names, and of the quarters behind them."""
    for date, label in labelled:
        if date.coarse and label is None:
            yield date.start
            yield from (at for at in (date.end, date.end + 1) if scan.kinds[at + 1 : at + 2] == v.VAGUE)


def _title_end(labelled: list[Labelled], scan: LineScan) -> int:
    """The token where a title in front of the line ends: at the label of a publication, and of a whole date."""
    labels = [label for date, label in labelled if date.complete and label and label.meaning in _PUBLIC]
    return next((part.start for part in scan.labels if part.label in labels), 0)


_PUBLIC = (Meaning.ENTERED, Meaning.APPROVED, Meaning.PUBLISHED)


def _counting(scan: LineScan, labelled: list[Labelled], unread: Unread | None, *, page: bool = False) -> Counted:
    """The dates of a line that say when: whole ones, labelled ones, and where neither is, any."""
    if not any(date.complete for date, _ in labelled):
        qualified = next((date for date, label in labelled if label is None and _qualified(scan, date)), None)
        if qualified is not None and unread is None:
            return [], Unread(qualified.start, Message("dates.qualified"))
        finer = [(date, label) for date, label in labelled if label or date.printed or not date.coarse]
        return finer or labelled, unread
    first = next(at for at, (date, _) in enumerate(labelled) if date.complete)
    poorer = next((date for date, label in labelled[:first] if label and not _told_apart(date)), None)
    if poorer is not None:
        return [], unread or Unread(poorer.start, Message("dates.poorer-in-front"), WRITE_WHOLE)
    apart = next((date for date, _ in labelled if date.timed and not date.complete and _told_apart(date)), None)
    if apart is not None and not any(date.timed for date, _ in labelled if date.complete):
        return [], unread or Unread(apart.start, Message("dates.time-apart"))
    kept = []
    for date, label in labelled:
        if date.complete or label or _after_embargo(scan, date):
            kept.append((date, label))
        elif page and kept and kept[-1][0].timed and not date.timed:
            continue  # a story begins
        elif kept and not scan.kinds[kept[-1][0].end : date.start].strip(" ,()|/·-"):
            return [], unread or Unread(date.start, Message("dates.second-time"), Message("dates.write-edit-label"))
        elif kept and date.timed and not kept[-1][0].timed:
            return [], unread or Unread(date.start, Message("dates.time-apart"))
    return kept, unread


def _page(scan: LineScan, labelled: list[Labelled]) -> Counted:
    """A line of a whole page: its dates up to the imprint; of numbers only those directly behind a date matter."""
    imprint = _registration(scan)
    article = [pair for pair in labelled if pair[0].end <= imprint and not _of_masthead(scan, pair, labelled)]
    if any(date.complete and not date.coarse for date, _ in article):
        article = [(date, label) for date, label in article if label or date.printed or not date.coarse]
    kept, unread = _counting(scan, article, None, page=True)
    doubts = (
        doubt
        for doubt in scan.doubts
        if any(_beside(scan, date, doubt.token) for date, _ in kept)
        and not compiled(_LENGTH_IN_STORY).match(scan.kinds, doubt.token)
    )
    return kept, unread or next(doubts, None)


def _of_masthead(scan: LineScan, pair: Labelled, labelled: list[Labelled]) -> bool:
    """Whether a date stands above the article: without a label and a time, in front of its stamp or beside a login."""
    date, label = pair
    if label is not None:
        return label.meaning is Meaning.EDITION and _beside_tools(scan, date)
    above = any(other and other.meaning in _PUBLIC and stamp.start > date.start for stamp, other in labelled)
    return (above and not date.timed and not date.printed) or _beside_tools(scan, date)


def _beside_tools(scan: LineScan, date: LineDate) -> bool:
    around = scan.tokens[max(0, date.start - _NEAR) : date.start] + scan.tokens[date.end : date.end + _NEAR]
    return any(token.value == v.MASTHEAD for token in around)


_NEAR = 8


def _beside(scan: LineScan, date: LineDate, token: int) -> bool:
    return date.start - 1 <= token and not scan.kinds[date.end : token].strip(" (")


def _told_apart(date: LineDate) -> bool:
    """Whether a date says by itself what it counts from, or is of a print edition."""
    return date.printed or date.moments[0].forms[0].layer is Layer.RELATIVE


_LENGTH_IN_STORY = f"[12] ?{v.SPAN_UNIT} ?[{v.NOISE}{v.VAGUE}]"
_QUALIFIED = f"{v.NOISE} ?$"


def _qualified(scan: LineScan, date: LineDate) -> bool:
    """Whether a word that is no byline stands before a date that is not whole (어젯밤 11시)."""
    if not compiled(_QUALIFIED).search(scan.kinds, max(0, date.start - 2), date.start):
        return False
    at = date.start - 1 if scan.kinds[date.start - 1] == v.NOISE else date.start - 2
    return scan.tokens[at].value != v.BYLINE and at not in scan.known


def _after_embargo(scan: LineScan, date: LineDate) -> bool:
    before = [label for label in scan.labels if label.end <= date.start]
    if before:
        return before[-1].label.meaning is Meaning.EMBARGO
    return v.RELEASE in scan.kinds[: date.start]


def _whole(scan: LineScan, labelled: list[Labelled]) -> Counted:
    """A feed or a meta element: dates, labels and marks, no other word."""
    outside = scan.kinds
    for date in scan.dates + scan.lunar:
        outside = outside[: date.start] + " " * (date.end - date.start) + outside[date.end :]
    other = re.search(f"[^ |,.:()/'{v.LABEL}{v.EDITED}-]", outside)
    if scan.unread is None and other is not None and labelled:
        return [], Unread(other.start(), Message("dates.more-than-date"))
    second = next((date for date, label in labelled[1:] if label is None), None)
    if second is not None:
        return [], scan.unread or Unread(second.start, Message("dates.two-dates"))
    return labelled, scan.unread


def _caption(scan: LineScan, labelled: list[Labelled], shape: str) -> Counted:
    """A caption: whole dates wherever they stand; without one, what a date line would read."""
    whole: list[Labelled] = [(date, None) for date, _ in labelled if date.complete]
    if whole:
        finer = [(date, label) for date, label in whole if not date.coarse]
        return finer or whole, None
    named = next((date for date, _ in labelled if is_a_name(scan, shape, date)), None)
    if named is not None:
        return [], Unread(named.start, _A_NAME)
    return [(date, None) for date, _ in labelled], scan.unread


def _file_name(scan: LineScan, labelled: list[Labelled]) -> Counted:
    whole: list[Labelled] = [
        (date, None) for date, _ in labelled if date.moments[0].has(*_FILE_NAME_FIELDS) and _stands_free(scan, date)
    ]
    if any(date.complete for date, _ in whole):
        whole = [(date, label) for date, label in whole if date.complete]  # Screenshot_20240518-100000_5.18.jpg
    if len(whole) > 1:
        return [], Unread(whole[1][0].start, Message("dates.two-dates-in-name"))
    return [(date, label) for date, label in whole], None


_FILE_NAME_FIELDS = ("date8", "date6", "digits", "day")


def _stands_free(scan: LineScan, date: LineDate) -> bool:
    before = scan.kinds[date.start - 1] if date.start else "_"
    after = scan.kinds[date.end] if date.end < len(scan.kinds) else "_"
    if date.moments[0].has("date6") and compiled("[48][_-]$").search(scan.kinds, max(0, date.start - 2), date.start):
        return False  # 2024_0518_101122
    glued = date.start > 0 and (scan.tokens[date.start - 1].value == v.CAMERA or before == v.NOISE)
    return (glued or before in " _-.(|)") and after in " _-.()|" + v.NOISE + v.AT + "~"


def _registration(scan: LineScan) -> int:
    """The token from which on a line speaks of the newspaper's registration."""
    return next((part.start for part in scan.labels if part.label.meaning is Meaning.REGISTRATION), len(scan.tokens))


def _imprint(scan: LineScan, labelled: list[Labelled]) -> Counted:
    kept = [
        (date, label)
        for date, label in labelled
        if (label is None and date.start < _registration(scan)) or (label and label.meaning is Meaning.EDITION)
    ]
    if labelled and not kept:
        return [], Unread(labelled[0][0].start, Message("dates.registration"))
    return kept, None


_CLOSED = r"[ )'.,|]*"
_APART = r"$|[ )'.,|x(]"


def _running(scan: LineScan, labelled: list[Labelled], shape: str) -> Counted:
    """Running text: a date it begins with, or a reference to a print edition; anything else is a story's matter."""
    printed: list[Labelled] = [(date, None) for date, _ in labelled if date.printed]
    if printed:
        return printed, scan.unread
    first = scan.dates[0] if scan.dates else None
    if first is None:
        return [], scan.unread
    begins = opening_of(scan, shape) >= first.start
    alone = compiled(_CLOSED).fullmatch(scan.kinds, first.end) is not None
    others = [date for date in scan.dates if date is not first and not date.moments[0].has("now")]  # 17일 현재
    in_front = not others and compiled(_APART).match(scan.kinds, first.end) is not None
    if first.coarse and compiled(f" ?[123456789{v.PASSED}]").match(scan.kinds, first.end):
        return [], scan.unread or Unread(first.end, Message("dates.stray-number"))  # 1월 1일자로
    if is_a_name(scan, shape, first):
        return [], scan.unread or Unread(first.start, _A_NAME)
    if begins and (alone or in_front):
        return [(first, None)], scan.unread
    return [], scan.unread or Unread(first.start, Message("dates.within-text"))


_A_NAME = Message("dates.name")
_BY_SLOT = {
    Slot.FEED: _whole,
    Slot.META: _whole,
    Slot.PAGE: _page,
    Slot.FILENAME: _file_name,
    Slot.IMPRINT: _imprint,
}


_PROSE = {Slot.BODY: _running, Slot.CAPTION: _caption}


def dates_that_count(scan: LineScan, labelled: list[Labelled], slot: Slot, shape: str) -> Counted:
    """The dates that count in *slot*, and what of the line is not explained."""
    if slot in _PROSE:
        return _PROSE[slot](scan, labelled, shape)
    return _BY_SLOT.get(slot, _every)(scan, labelled)
