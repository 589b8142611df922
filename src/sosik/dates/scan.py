"""Walk along a line and find its dates, its labels, and what cannot be explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from sosik.dates import vocabulary as v
from sosik.dates.forms import Layer
from sosik.dates.labels import Label
from sosik.dates.match import Moment, longest_at
from sosik.dates.tokens import NUMBERS, Token, kinds, lex


@dataclass(frozen=True)
class Item:
    """A date of a line: its readings (several are an ambiguity), the tokens it covers, what stands about it."""

    moments: tuple[Moment, ...]
    start: int
    end: int
    until: tuple[Moment, ...] = ()
    printed: bool = False
    about: bool = False
    lunar: bool = False

    @cached_property
    def complete(self) -> bool:
        """Whether the date needs no reference."""
        return any(moment.has(*_COMPLETE) for moment in self.moments)

    @property
    def coarse(self) -> bool:
        """Whether it names no day, only a month or a year."""
        return not any(moment.has(*_DAYS) for moment in self.moments)

    @property
    def timed(self) -> bool:
        """Whether it tells a time of day with minutes."""
        return any(moment.has("minute", "time4", "time6", "halfhour") for moment in self.moments)


_DAYS = {
    *("day", "day3", "date8", "date7", "date6", "digits", "epoch", "second_", "weekday", "weekday1", "week3"),
    *("hour", "clockword", "word", "now", "few", "count"),
}
_COMPLETE = ("year", "year2", "year3", "date8", "date7", "date6", "digits", "epoch")


class LabelPart(NamedTuple):
    """A label at its tokens."""

    label: Label
    start: int
    end: int


class Unread(NamedTuple):
    """Something a line holds that no reading explains: the token it begins at, and why that matters."""

    token: int
    reason: str
    hint: str = ""


@dataclass(slots=True)
class Scan:
    """What a walk along a line found."""

    tokens: tuple[Token, ...]
    kinds: str
    items: list[Item] = field(default_factory=list)
    labels: list[LabelPart] = field(default_factory=list)
    doubts: list[Unread] = field(default_factory=list)
    lunar: list[Item] = field(default_factory=list)
    file_name: bool = False

    @property
    def unread(self) -> Unread | None:
        """The first thing that no reading explains."""
        return self.doubts[0] if self.doubts else None


_STARTERS = NUMBERS | set("WPpjJRrnfbES'(") | {v.MONTH_UNIT, v.DAY_UNIT}
_VAGUE_AFTER = re.compile(f" ?(?:[{v.VAGUE}{v.SECOND_UNIT}](?!{v.AGO})|1 ?{v.VAGUE})")  # 말, 초, 4분기
_COUNTED = re.compile(f" ?[{v.NOISE}{v.COUNTER}{v.PAGE}{v.SPAN_UNIT}]")
_WAVE = re.compile(f"{v.FROM}? ?~ ?|{v.FROM} | ?- ?|/")
_PAGE = re.compile(f" ?[(|,]? ?(?:[{v.NOISE}{v.COUNTER}] ?)?(?:[123]|{v.NOISE}) ?{v.PAGE}")
_SUFFIX = re.compile(f" ?[{v.EDITION}{v.RELEASE}]| ?{v.ABOUT}|[{v.PARTICLE}{v.FROM}]")
_LUNAR_AFTER = re.compile(f" ?\\(? ?{v.LUNAR} ?\\)?")
_SIGNED = re.compile("(?:^| )[+-]$")
_NO_NUMBER = "this number belongs to no date that is known here"
_VAGUE = "that is too vague for a date"
_WHOLE = "write the whole date, like 2024-01-16 15:22"


def scan(shape: str, words: tuple[str, ...] = (), *, numbers_matter: bool = True, file_name: bool = False) -> Scan:
    """Walk along the *shape* of a line; *words* are further labels of its source."""
    tokens = lex(shape, words)
    found = Scan(tokens, kinds(tokens), file_name=file_name)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        item = _item_at(found, at) if token.kind in _STARTERS or token.kind == v.LUNAR else None
        if item is not None:
            _add(found, item)
            at = item.end
            continue
        if isinstance(token.value, Label):
            found.labels.append(LabelPart(token.value, at, at + 1))
        elif numbers_matter and token.kind in NUMBERS and not _explained(found, at):
            _unread(found, at, _NO_NUMBER)
        at += 1
    _vague_alone(found)
    return found


def _unread(found: Scan, at: int, reason: str) -> None:
    found.doubts.append(Unread(at, reason, _WHOLE))


def _add(found: Scan, item: Item) -> None:
    """Keep an item; a lunar one is only remembered, a vague or a signed one makes the line unreadable."""
    text = found.kinds
    if _SIGNED.search(text, max(0, item.start - 2), item.start):
        _unread(found, item.start - 1, "a sign stands before the year")
    if item.lunar:
        found.lunar.append(item)
        return
    if text[: item.start].rstrip(" ").endswith(v.OTHER_ERA):
        _unread(found, item.start, "its year counts from another era")
    if _VAGUE_AFTER.match(text, item.end) or text[: item.start].rstrip(" ").endswith(v.VAGUE):
        _unread(found, item.start, _VAGUE)
    found.items.append(item)


def _vague_alone(found: Scan) -> None:
    if (
        not found.items
        and (at := min((found.kinds.find(kind) for kind in v.VAGUE + v.FEW if kind in found.kinds), default=-1)) >= 0
    ):
        _unread(found, at, _VAGUE)


def _item_at(found: Scan, at: int) -> Item | None:
    text = found.kinds
    lunar = text[at] == v.LUNAR
    begin = at + 1 if lunar else at
    if lunar and text[begin : begin + 1] in (" ", ".", ")"):
        begin += 1
        begin += text[begin : begin + 1] == " "
    item = _range_of_days(found, begin) or _single(found, begin)
    if item is None:
        return None
    item = _with_suffixes(text, _with_end(found, item))
    after = _LUNAR_AFTER.match(text, item.end)
    if lunar or (after and not longest_at(found.tokens, text, after.end())):
        return replace(item, start=at, end=after.end() if after else item.end, lunar=True)
    return item


def _single(found: Scan, at: int) -> Item | None:
    moments = longest_at(found.tokens, found.kinds, at)
    if moments and moments[0].forms[0].alone and not _nothing_else(found, at, moments[0].end):
        return None
    if not moments or (
        moments[0].end == at + 1
        and found.tokens[at].kind in NUMBERS
        and _COUNTER.search(found.kinds, max(0, at - 8), at)
    ):
        return None
    return Item(tuple(moments), at, moments[0].end)


def _nothing_else(found: Scan, start: int, end: int) -> bool:
    return found.file_name or not (found.kinds[:start] + found.kinds[end:]).strip(" .,()|'")


# 수 of 조회 수 has the letter of Wednesday.
_COUNTER = re.compile(f"{v.COUNTER}(?: ?{v.WEEKDAY})?[ :.]{{0,3}}$")
_NAMED = re.compile(f"[{v.NOISE}{v.COUNTER}](?: ?{v.WEEKDAY})?[ :.]{{0,3}}(?:[123],)?$")


_LEFT_DAY = re.compile(
    f"(?:(?P<direction>[{v.LAST}{v.NEXT}]) |(?P<period>{v.PERIOD_WORD}) ?)?"
    "(?:(?:(?P<year>4)|(?P<year2>2)) ?Y ?)?(?:(?P<month>[12]) ?M ?)?(?P<day>[12]) ?[~-] ?(?=[12] ?D)"
)


def _range_of_days(found: Scan, at: int) -> Item | None:
    """1월 16~18일: the first day has no unit of its own."""
    left = _LEFT_DAY.match(found.kinds, at)
    if left is None:
        return None
    names = [name for name in left.re.groupindex if left.start(name) >= 0]
    fields = tuple((name, found.tokens[left.start(name)]) for name in names)
    until = longest_at(found.tokens, found.kinds, left.end())
    form = until[0].forms[0] if until else None
    if form is None or until[0].forms[0].name != "day 일":
        return None
    return Item((Moment((form,), at, left.end(), fields),), at, until[0].end, tuple(until))


def _with_end(found: Scan, item: Item) -> Item:
    """The item with the end of its range, where one follows."""
    wave = _WAVE.match(found.kinds, item.end)
    if item.until or wave is None:
        return item
    until = [moment for moment in longest_at(found.tokens, found.kinds, wave.end()) if _may_end(moment)]
    if not until and "~" in wave.group() and (day := _BARE_DAY.match(found.kinds, wave.end())):
        form = item.moments[0].forms[0]
        until = [Moment((form,), wave.end(), day.end(), (("day", found.tokens[day.start("day")]),))]
    mark = wave.group().strip()
    if not until or (mark in ("-", "/") and not (item.complete and any(moment.has(*_COMPLETE) for moment in until))):
        return item
    return replace(item, end=until[0].end, until=tuple(until))


_BARE_DAY = re.compile(r"(?P<day>[12])\.?(?![ ]?[:.0-9Mh])")


def _may_end(moment: Moment) -> bool:
    return moment.forms[0].layer is not Layer.RELATIVE


def _with_suffixes(text: str, item: Item) -> Item:
    """The item with what may be glued to it: 자 of a print date, 께, particles, the page."""
    while (suffix := _SUFFIX.match(text, item.end)) is not None:
        kind = suffix.group().strip()
        item = replace(
            item, end=suffix.end(), printed=item.printed or kind == v.EDITION, about=item.about or kind == v.ABOUT
        )
    page = _PAGE.match(text, item.end)
    return replace(item, end=page.end(), printed=item.printed or not item.timed) if page else item


# A counter behind a time, bare or in brackets: 11:11 5, 11:11 (5).
_LONE = re.compile(f" (?:[12345678] ?(?:$|[|(,{v.NOISE}{v.LABEL}{v.COUNTER}])|\\( ?[12345678] ?\\))")


def _explained(found: Scan, at: int) -> bool:
    """Whether a number that is part of no date is a counter, an issue number, part of a name."""
    text = found.kinds
    after_item = bool(found.items) and not text[found.items[-1].end : at].strip(" (")
    if after_item and not found.items[-1].printed:
        alone = _LONE.match(text, found.items[-1].end) is not None
        return alone and found.items[-1].timed and not found.items[-1].until
    if _COUNTED.match(text, at + 1):
        return True
    return _NAMED.search(text, max(0, at - 8), at) is not None
