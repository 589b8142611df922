"""Classifies every token of a line: part of a date, label, word of a class that may be skipped, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from sosik.dates import vocabulary as v
from sosik.dates.beside import HEAD, TRANSACTIONS, is_day_column, is_happening, is_other_thing, is_person, passable_at
from sosik.dates.context import WRITE_WHOLE
from sosik.dates.forms import Layer
from sosik.dates.labels import OF_ARTICLES, Label, Meaning
from sosik.dates.model import Slot
from sosik.dates.patterns import compiled
from sosik.dates.scan import LineDate, LineScan, Unread
from sosik.dates.tokens import NUMBERS
from sosik.words import Message

BARE = "bare number"
_MARKS = " .,:-/·_~+'()|"
_STRICT = (Slot.KEY,)
_TOLD = (Slot.STAMP, Slot.KEY)
"""Where words beside a date matter; elsewhere they are a story's, or refused already."""


class Account(Struct, frozen=True):
    """What is known of the tokens of a line beside its dates: the class of each, None where it belongs to none."""

    classes: dict[int, str | None]
    people: frozenset[int] = frozenset()
    """The tokens that are of no class, but bare names of people."""
    happenings: frozenset[int] = frozenset()
    """The tokens that name what happens on a day, if they stand in front of one."""

    @property
    def known(self) -> frozenset[int]:
        """The tokens that belong to a class."""
        return frozenset(at for at, name in self.classes.items() if name is not None)

    @property
    def unknown(self) -> tuple[int, ...]:
        """The tokens that belong to no class."""
        return tuple(at for at, name in self.classes.items() if name is None)


def account_of(scan: LineScan, shape: str) -> Account:
    """The class of every token that is neither part of a date nor a label nor a mark."""
    taken = _taken(scan)
    classes: dict[int, str | None] = {}
    doubts = {doubt.token for doubt in scan.doubts}
    at = 0
    while at < len(scan.tokens):
        token = scan.tokens[at]
        if at in taken or token.kind in _MARKS:
            at += 1
            continue
        end, name = _class_at(scan, shape, at, taken)
        if name is None and token.kind in NUMBERS and at not in doubts:
            name = BARE
        for covered in range(at, end):
            if scan.kinds[covered] not in _MARKS:
                classes[covered] = name
        at = end
    words = {at: shape[scan.tokens[at].start : scan.tokens[at].end] for at in classes if scan.kinds[at] == v.NOISE}
    people = frozenset(at for at, word in words.items() if classes[at] is None and is_person(word))
    return Account(
        classes, people, frozenset(at for at, word in words.items() if is_happening(word) or is_day_column(word))
    )


def _taken(scan: LineScan) -> set[int]:
    taken = {at for date in (*scan.dates, *scan.lunar) for at in range(date.start, date.end)}
    return taken | {at for label in scan.labels for at in range(label.start, label.end)}


_BY_KIND = {
    v.PASSED: "counted number",
    v.COUNTER: "counter",
    v.EDITED: "edited",
    v.RELEASE: "edition",
    v.PAGE: "page",
    v.PRINTED_ISSUE: "issue",
}


def _class_at(scan: LineScan, shape: str, at: int, taken: set[int]) -> tuple[int, str | None]:
    """Where the class of a token ends, and its name."""
    token = scan.tokens[at]
    if token.kind in _BY_KIND:
        return at + 1, _BY_KIND[token.kind]
    if token.kind == v.NOISE and not shape[token.start : token.end].isalnum() and token.end - token.start > 1:
        return at + 1, "address"
    ends = {name: _end_of(scan, at, found.end(), taken) for name, found in passable_at(shape, token.start)}
    longest = max(ends, key=lambda name: ends[name], default="")
    if longest and ends[longest] > at:
        return ends[longest], longest
    if token.value == v.BYLINE:
        return at + 1, "byline"
    if token.value == v.MASTHEAD:
        return at + 1, "tools"
    if token.kind == v.NOISE and not shape[token.start : token.end].isalnum():
        return at + 1, None if shape[token.start : token.end] in _DOUBTING else "mark"
    return at + 1, None


_DOUBTING = ("?", "±")


def _end_of(scan: LineScan, at: int, until: int, taken: set[int]) -> int:
    """The token behind a class that ends at character *until*: whole tokens, none that changes a date; else *at*."""
    end = at
    while end < len(scan.tokens) and end not in taken and scan.tokens[end].end <= until:
        end += 1
    whole = end > at and (scan.tokens[end - 1].end == until or end in taken)
    return end if whole and not any(kind in _HARD for kind in scan.kinds[at:end]) else at


# What changes the moment beside it, wherever a date is a stamp.
_HARD = frozenset(
    (
        *(v.ZONE, v.HALF_DAY, v.CLOCK_WORD, v.HOUR_UNIT, v.MINUTE_UNIT, v.SECOND_UNIT, v.SPAN_UNIT, v.YEAR_UNIT),
        *(v.AGO, v.HENCE, v.FUTURE, v.LOCAL_TIME),
    )
)
_UNKNOWN = Message("dates.unknown-word")
_CHANGES = Message("dates.changing-word")


def first_objection(
    scan: LineScan, shape: str, account: Account, labelled: list[tuple[LineDate, Label | None]], slot: Slot
) -> Unread | None:
    """The first token that changes what the dates of a line mean, or in an entry's key that belongs to no class."""
    if slot not in _TOLD and slot is not Slot.PAGE:
        return None
    dates = [date for date, _ in labelled]
    labels = [label for _, label in labelled]
    objections = [Unread(at, _CHANGES, WRITE_WHOLE) for at in account.unknown if _changes(scan, shape, at, dates)]
    if slot in _TOLD:
        objections += [Unread(at, _CHANGES, WRITE_WHOLE) for at in account.unknown if _of_line(scan, at)]
    left = [date for date in scan.dates if date not in dates and date.moments[0].has("zone", "local")]
    objections += [Unread(date.start, _CHANGES, WRITE_WHOLE) for date in left if slot in _TOLD]
    if slot in _STRICT:
        objections += [Unread(at, _UNKNOWN, WRITE_WHOLE) for at in account.unknown]
        objections += [Unread(at, _UNKNOWN, WRITE_WHOLE) for at in _hedged(scan, shape, dates)]
        objections += [Unread(at, _UNKNOWN, WRITE_WHOLE) for at in _bare_numbers(scan, account, dates)]
        objections += [
            Unread(date.start, _CHANGES, WRITE_WHOLE) for date in scan.dates if _counts(scan, shape, date, dates)
        ]
        objections += [Unread(at, _CHANGES, WRITE_WHOLE) for at in _open_ends(scan, dates)]
        objections += [Unread(part.start, _UNKNOWN, WRITE_WHOLE) for part in scan.labels if part.label not in labels]
    return min(objections, key=lambda objection: objection.token, default=None)


def _changes(scan: LineScan, shape: str, at: int, dates: list[LineDate]) -> bool:
    """Whether a token directly beside a date changes it: a unit, a zone, a future word, half a marker (3:22 PN)."""
    token = scan.tokens[at]
    if token.kind == v.FUTURE:
        return any(date.end <= at <= date.end + _NEAR and "|" not in scan.kinds[date.end : at] for date in dates)
    if token.kind in (v.ZONE, v.LOCAL_TIME):
        return any(_same_part(scan, at, date) for date in dates)
    for date in dates:
        if at >= date.end and not scan.kinds[date.end : at].strip(" ().,"):
            half = date.exact and token.kind == v.NOISE and shape[token.start : token.end].lower() in _HALF_MARKERS
            return token.kind in _HARD or half
        if at < date.start and not scan.kinds[at + 1 : date.start].strip(" (),"):
            of_time = token.kind == v.WEEKDAY and date.moments[0].forms[0].layer is Layer.CLOCK
            return token.kind in _HARD or of_time
    return False


def _of_line(scan: LineScan, at: int) -> bool:
    """Whether a token beside no date changes those of its line: a zone, a future word in front of a label."""
    token = scan.tokens[at]
    if token.kind == v.FUTURE:
        return any(label.start in (at + 1, at + 2) for label in scan.labels)
    return token.kind == v.ZONE and token.value not in _SEOUL


_SEOUL = ("KST", "Asia/Seoul")


def _same_part(scan: LineScan, at: int, date: LineDate) -> bool:
    """Whether between a zone and a date stand only labels, marks and what may be passed over, and no bar."""
    between = range(date.end, at) if at >= date.end else range(at + 1, date.start)
    labels = {token for label in scan.labels for token in range(label.start, label.end)}
    strange = [token for token in between if token not in labels | scan.known and scan.kinds[token] not in _NO_BAR]
    if scan.kinds[at] == v.LOCAL_TIME:  # the place in front of it may be one that no table has
        strange = [token for token in strange if scan.kinds[token] != v.NOISE]
    return not strange


_NO_BAR = _MARKS.replace("|", "")
_NEAR = 6  # tokens: 15:22 개봉 예정
_HALF_MARKERS = {*(f"{half}{letter}" for half in "ap" for letter in "abcdefghijklnopqrstuvwxyz"), "m", "mp", "ma"} - {
    *("ai", "ap", "pc", "pd", "pr", "ps", "pt", "ad", "as", "at", "an", "po", "pv", "ar", "al")
}


def _hedged(scan: LineScan, shape: str, dates: list[LineDate]) -> Iterator[int]:
    """What leaves a key open: 까지, 부터, 쯤, 약. A particle in front of an edit's label belongs to its sentence."""
    labels = {label.start for label in scan.labels}
    for date in dates:
        if date.particle is not None and not {date.end, date.end + 1} & labels:
            yield date.particle
        if date.about:
            yield date.end - 1
        if date.exact and re.match(" 2(?: |$)", scan.kinds[date.end :]):
            yield date.end + 1  # 15:22 30, which may be seconds
    hedges = (
        at
        for at, token in enumerate(scan.tokens)
        if token.kind == v.NOISE and shape[token.start : token.end] in v.HEDGES
    )
    yield from hedges


def _bare_numbers(scan: LineScan, account: Account, dates: list[LineDate]) -> Iterator[int]:
    """Numbers of a key that nothing counts: 15:22 0900, and what makes a date a number itself: 제2024-05-18호."""
    for at, name in account.classes.items():
        named = compiled(_COUNTER_BEFORE).search(scan.kinds, max(0, at - 4), at) is not None
        if (
            name == BARE
            and not named
            and (scan.kinds[at] not in "12" or (at > 1 and scan.tokens[at - 1].value == v.MARK))
        ):
            yield at
    if scan.kinds.lstrip(" ").startswith(")"):
        yield 0  # >= 2024-05-18
    for date in dates:
        if date.start and scan.kinds[date.start - 1] in v.COUNTER + "." and v.COUNTER in scan.kinds[: date.start][-2:]:
            yield date.start


_COUNTER_BEFORE = f"{v.COUNTER}[ :.(|]{{0,3}}$"


def _counts(scan: LineScan, shape: str, date: LineDate, dates: list[LineDate]) -> bool:
    """Whether a date that was left out must not be: all but one that says again how long ago the whole one was."""
    if date in dates:
        return False
    tokens = scan.tokens[date.start : date.end]
    if date.timed or any(token.kind == v.HOUR_UNIT for token in tokens):
        return True  # 어제 10:00
    if any(token.kind in NUMBERS and token.value is not None for token in tokens):
        return True  # 하루 전: in words it is a sentence's, and of that date
    if any(shape[token.start : token.end] in _OF_ANOTHER for token in tokens):
        return True
    ahead = any(
        token.kind in (v.HENCE, v.NEXT)
        or (token.kind == v.DAY_WORD and isinstance(token.value, int) and token.value > 0)
        or (token.kind == v.PERIOD_WORD and isinstance(token.value, tuple) and token.value[1] > 0)
        for token in tokens
    )
    return (
        ahead
        or date.moments[0].forms[0].layer is not Layer.RELATIVE
        or (date.moments[0].has("now") and v.AGO not in scan.kinds[date.start : date.end])
    )


_OF_ANOTHER = ("전날", "전일", "당일", "이날", "이튿날", "다음날", "익일", "명일")
"""Days that count from the one beside them."""


def _open_ends(scan: LineScan, dates: list[LineDate]) -> Iterator[int]:
    """Waves beside a date that no range has: of one without its start, or without its end."""
    for date in dates:
        behind = scan.kinds[date.end :].lstrip(" (")
        if behind.startswith("~"):
            yield len(scan.kinds) - len(behind)
        before = scan.kinds[: date.start].rstrip(" ()")
        if before.endswith("~"):
            yield len(before) - 1


def of_the_article(scan: LineScan, account: Account, date: LineDate) -> bool:
    """Whether nothing stands in front of a date but who wrote, where and for what section: no word of its own."""
    front = {at: name for at, name in account.classes.items() if at < date.start}
    last = max(front, default=None)
    if last is not None and last in account.happenings and not scan.kinds[last + 1 : date.start].strip(" :"):
        return False
    particle = None if date.particle is None else scan.kinds[date.particle]
    if particle == v.FROM or (
        particle and scan.tokens[date.particle or 0].end - scan.tokens[date.particle or 0].start > 1
    ):
        return False  # 까지, 부터
    if date.until or next(_open_ends(scan, [date]), None) is not None:
        return False
    first = min((at for at in account.classes if at >= date.end), default=None)
    if first in account.happenings and account.classes[first] is None and not scan.kinds[date.end : first].strip(" (|"):
        return False  # 2024.01.31 | 마감일 | 2024.01.16 | 수정
    behind = _directly_behind(scan, date, account)
    if any(at in account.happenings or (account.classes[at] is None and at not in account.people) for at in behind):
        return False
    return all(name in _IN_FRONT or at in account.people for at, name in front.items()) and not any(
        label.label.meaning is not Meaning.TIME for label in scan.labels if label.end <= date.start
    )


def of_another_thing(scan: LineScan, shape: str, account: Account, date: LineDate, label: Label) -> bool:
    """Whether a label speaks of what the word directly in front of it names: 영수증 발행, 여권 갱신일, 특허 등록."""
    part = next((part for part in scan.labels if part.label is label), None)
    at = part.start - 1 if part else -1
    if at >= 0 and scan.kinds[at] == " ":
        at -= 1
    if (
        at < 0
        or at not in account.classes
        or any(not scan.kinds[other.end : at].strip(" ") for other in _before(scan, at))
    ):
        return False  # or it says what the date in front of it is of: 2024.01.31 마감 수정 2024.01.16
    word = shape[scan.tokens[at].start : scan.tokens[at].end]
    if is_day_column(word):
        return False
    strange = account.classes[at] is None and at not in account.people and scan.kinds[at] == v.NOISE
    if part is not None and part.end < date.start and "|" in scan.kinds[part.end : date.start]:
        return (strange or is_other_thing(word)) and not compiled(OF_ARTICLES).search(label.word)
    if date.timed:
        return word in TRANSACTIONS  # else it is the end of a title, above the time of its article
    if is_other_thing(word):
        return True
    return strange and not compiled(OF_ARTICLES).search(label.word)


def _before(scan: LineScan, at: int) -> list[LineDate]:
    return [date for date in scan.dates if date.start < at]


def _directly_behind(scan: LineScan, date: LineDate, account: Account) -> list[int]:
    """The word directly behind a date, which says what it is of: 2024.01.31 마감; none where a bar stands between."""
    first = min((at for at in account.classes if at >= date.end), default=len(scan.tokens))
    return [] if scan.kinds[date.end : first].strip(" (") or first == len(scan.tokens) else [first]


_IN_FRONT = (
    *HEAD,
    "address",
    "mark",
    "counter",
    BARE,
    "counted number",
    "issue",
    "tools",
    "edition",
    "page",
    "weather",
)
