"""Finds the dates, labels and unknown words of a line."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from sosik.dates import vocabulary as v
from sosik.dates.context import WRITE_WHOLE
from sosik.dates.forms import BARE_DAY, HOUR, Layer
from sosik.dates.labels import Label
from sosik.dates.match import Moment, longest_at
from sosik.dates.patterns import compiled
from sosik.dates.tokens import NUMBERS, Token, kinds, lex
from sosik.words import Message


class LineDate(Struct, frozen=True):
    """A date of a line: its readings (several are an ambiguity), the tokens it covers, what stands about it."""

    moments: tuple[Moment, ...]
    start: int
    end: int
    until: tuple[Moment, ...] = ()
    printed: bool = False
    about: bool = False
    lunar: bool = False
    released: bool = False
    particle: int | None = None

    @property
    def complete(self) -> bool:
        """Whether the date needs no reference."""
        return any(moment.has(*_COMPLETE) for moment in self.moments)

    @property
    def coarse(self) -> bool:
        """Whether it names no day, only a month or a year."""
        return not any(moment.has(*_DAYS) for moment in self.moments)

    @property
    def timed(self) -> bool:
        """Whether it tells a time of day."""
        return any(moment.has("hour", "minute", "time4", "time6", "halfhour", "digits") for moment in self.moments)

    @property
    def exact(self) -> bool:
        """Whether it tells minutes, so that a number behind it can only count."""
        return any(moment.has("minute", "time4", "time6", "halfhour") for moment in self.moments)


_DAYS = {
    *("day", "day3", "date8", "date7", "date6", "digits", "epoch", "second_", "weekday", "weekday1", "week3"),
    *("hour", "clockword", "word", "now", "few", "count", "time4", "time6", "time9"),
}
_COMPLETE = ("year", "year2", "year3", "date8", "date7", "date6", "digits", "epoch")


class LabelPart(Struct, frozen=True):
    """A label at its tokens."""

    label: Label
    start: int
    end: int


class Unread(Struct, frozen=True):
    """Something a line holds that no reading explains: the token it begins at, and why that matters."""

    token: int
    reason: Message
    hint: Message | None = None


class LineScan(Struct, frozen=True):
    """What a walk along a line found."""

    tokens: tuple[Token, ...]
    kinds: str
    dates: list[LineDate]
    labels: list[LabelPart]
    doubts: list[Unread]
    lunar: list[LineDate]
    file_name: bool = False
    known: frozenset[int] = frozenset()
    """The tokens beside the dates that may be passed over."""

    @property
    def unread(self) -> Unread | None:
        """The first thing that no reading explains."""
        return self.doubts[0] if self.doubts else None


_STARTERS = NUMBERS | set("WPpjJRrnfbES'(AdZ") | {v.MONTH_UNIT, v.DAY_UNIT}
_VAGUE_AFTER = f" ?(?:[{v.VAGUE}{v.SECOND_UNIT}](?!{v.AGO})|1 ?{v.VAGUE})"  # 말, 초, 4분기
_COUNTED = f" ?[{v.NOISE}{v.COUNTER}{v.PAGE}{v.PASSED}]"
_WAVE = f"{v.FROM}? ?~ ?|{v.FROM} | ?- ?|/"
_PAGE = (
    f" ?[(|,]? ?(?:{v.COUNTER}? ?[1234567] ?{v.COUNTER}[ |,]*)?"
    f"(?:[{v.NOISE}{v.COUNTER}] ?)?(?:[123]|{v.NOISE}) ?{v.PAGE}"
)
_EDITION_BEFORE = (
    f"(?:^|[ (|])(?:[123]|{v.NOISE}) ?{v.PAGE}(?: ?{v.PASSED})?[ ,|)(·:/-]*$|{v.PRINTED_ISSUE}[ ,|)(·:/-]*$"
)
_SUFFIX = f" ?[{v.EDITION}{v.RELEASE}]| ?{v.ABOUT}|[{v.PARTICLE}{v.FROM}]"
_LUNAR_AFTER = f" ?\\(? ?{v.LUNAR} ?\\)?"
_SIGNED = "(?:^| )[+-]$"
_NO_NUMBER = Message("dates.stray-number")
_VAGUE = Message("dates.vague")


def scan_line(
    shape: str, words: tuple[str, ...] = (), *, numbers_matter: bool = True, file_name: bool = False
) -> LineScan:
    """Walk along the *shape* of a line; *words* are further labels of its source."""
    tokens = lex(shape, words, file_name=file_name)
    scan = LineScan(tokens, kinds(tokens), [], [], [], [], file_name)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        date = _date_at(scan, at) if token.kind in _STARTERS or token.kind == v.LUNAR else None
        if date is not None:
            _add(scan, date)
            at = date.end
            continue
        if isinstance(token.value, Label):
            scan.labels.append(LabelPart(token.value, at, at + 1))
        elif numbers_matter and token.kind in NUMBERS and not _explained(scan, at):
            _unread(scan, at, _NO_NUMBER)
        at += 1
    _vague_alone(scan)
    return scan


def _unread(scan: LineScan, at: int, reason: Message) -> None:
    scan.doubts.append(Unread(at, reason, WRITE_WHOLE))


def _add(scan: LineScan, date: LineDate) -> None:
    """Keep a date; a lunar one is only remembered, a vague or a signed one makes the line unreadable."""
    text = scan.kinds
    if compiled(_SIGNED).search(text, max(0, date.start - 2), date.start):
        _unread(scan, date.start - 1, Message("dates.sign-before-year"))
    if date.lunar:
        scan.lunar.append(date)
        return
    if text[: date.start].rstrip(" ").endswith(v.OTHER_ERA):
        _unread(scan, date.start, Message("dates.other-era"))
    if compiled(_VAGUE_AFTER).match(text, date.end) or text[: date.start].rstrip(" ").endswith(v.VAGUE):
        _unread(scan, date.start, _VAGUE)
    scan.dates.append(date)


def _vague_alone(scan: LineScan) -> None:
    if (
        not scan.dates
        and (at := min((scan.kinds.find(kind) for kind in v.VAGUE + v.FEW if kind in scan.kinds), default=-1)) >= 0
    ):
        _unread(scan, at, _VAGUE)


def _date_at(scan: LineScan, at: int) -> LineDate | None:
    text = scan.kinds
    lunar = text[at] == v.LUNAR
    begin = at + 1 if lunar else at
    if lunar and text[begin : begin + 1] in (" ", ".", ")"):
        begin += 1
        begin += text[begin : begin + 1] == " "
    date = _range_of_days(scan, begin) or _single(scan, begin)
    if date is None or (lunar and date.moments[0].forms[0].layer is Layer.CLOCK):
        return None
    date = _with_suffixes(scan, _with_end(scan, date))
    after = compiled(_LUNAR_AFTER).match(text, date.end)
    if lunar or (after and not longest_at(scan.tokens, text, after.end())):
        return replace(date, start=at, end=after.end() if after else date.end, lunar=True)
    if any(_counts_days(scan, moment) for moment in date.moments):
        return None
    return date


def _single(scan: LineScan, at: int) -> LineDate | None:
    moments = longest_at(scan.tokens, scan.kinds, at, named=scan.file_name)
    if not scan.file_name:
        moments = _to_first_hour(scan, at, moments) or moments
    if moments and moments[0].forms[0].alone and not _nothing_else(scan, at, moments[0].end):
        return None
    if not moments or (
        moments[0].end == at + 1
        and scan.tokens[at].kind in NUMBERS
        and compiled(_COUNTER).search(scan.kinds, max(0, at - 8), at)
    ):
        return None
    if _counter_in_front(scan, at, moments[0]):
        return None
    return LineDate(tuple(moments), at, moments[0].end, about=v.ABOUT in scan.kinds[at : moments[0].end])


def _counts_days(scan: LineScan, moment: Moment) -> bool:
    """Whether the day of a month is a word that only counts days: 5월 보름, which is a lunar day."""
    if not moment.has("month"):
        return False
    days = [token for name, token in moment.fields if name == "day" and isinstance(token.value, int)]
    return any(scan.tokens[at + 1][1:3] == (day.end, day.end) for day in days for at in [scan.tokens.index(day)])


def _to_first_hour(scan: LineScan, at: int, moments: list[Moment]) -> list[Moment]:
    """20일 오후 2~4시: the first hour of a range has no unit of its own; none where no such range begins."""
    end = moments[0].end if moments else at
    hour = compiled(_LEFT_HOUR).match(scan.kinds, end)
    if hour is None or (moments and moments[0].has("hour", "count")) or not (moments or hour["half"]):
        return []
    fields = tuple((name, scan.tokens[hour.start(name)]) for name in ("half", "hour") if hour[name])
    if moments:
        return [moment.grown(hour.end("hour"), fields) for moment in moments]
    return [Moment((HOUR,), at, hour.end("hour"), fields)]


_LEFT_HOUR = f" ?(?:(?P<half>{v.HALF_DAY}) ?)?(?P<hour>[12]) ?~ ?(?={v.HALF_DAY}? ?[12] ?{v.HOUR_UNIT})"


def _counter_in_front(scan: LineScan, at: int, moment: Moment) -> bool:
    """Whether a match begins with the value of a counter in front of a date: 댓글 0 Jan 16, 2024."""
    if scan.tokens[at].kind not in NUMBERS:
        return False
    if moment.forms[0].name == "hour half":  # 댓글 3 오전 8:20
        return compiled(_COUNTER).search(scan.kinds, max(0, at - 8), at) is not None
    if not moment.has("monthname"):
        return False
    following = at + 1 + (scan.kinds[at + 1 : at + 2] == " ")
    return compiled(_NAMED).search(scan.kinds, max(0, at - 8), at) is not None and any(
        other.has("monthname") and other.has("year") and other.has("day")
        for other in longest_at(scan.tokens, scan.kinds, following)
    )


def _nothing_else(scan: LineScan, start: int, end: int) -> bool:
    return scan.file_name or not (scan.kinds[:start] + scan.kinds[end:]).strip(" .,()|'")


# 수 of 조회 수 has the letter of Wednesday.
_COUNTER = f"{v.COUNTER}(?: ?{v.WEEKDAY})?[ :.(|]{{0,3}}$"
_NAMED = f"[{v.NOISE}{v.COUNTER}{v.PASSED}](?: ?{v.WEEKDAY})?[ :.(|]{{0,3}}(?:[123],)?$"


_LEFT_DAY = (
    f"(?:(?P<direction>[{v.LAST}{v.NEXT}]) |(?P<period>{v.PERIOD_WORD}) ?)?"
    "(?:(?:(?P<year>4)|(?P<year2>2)) ?Y ?)?(?:(?P<month>[12]) ?M ?)?(?P<day>[12]) ?[~-] ?(?=[12] ?D)"
)


def _range_of_days(scan: LineScan, at: int) -> LineDate | None:
    """1월 16~18일: the first day has no unit of its own."""
    left = compiled(_LEFT_DAY).match(scan.kinds, at)
    if left is None:
        return None
    names = [name for name in left.re.groupindex if left.start(name) >= 0]
    fields = tuple((name, scan.tokens[left.start(name)]) for name in names)
    until = longest_at(scan.tokens, scan.kinds, left.end())
    if not until or until[0].forms[0] is not BARE_DAY:
        return None
    return LineDate((Moment((BARE_DAY,), at, left.end(), fields),), at, until[0].end, tuple(until))


def _with_end(scan: LineScan, date: LineDate) -> LineDate:
    """The date with the end of its range, where one follows."""
    wave = compiled(_WAVE).match(scan.kinds, date.end)
    if date.until or wave is None or (scan.file_name and _copy_behind(scan, wave.end())):
        return date
    until = [moment for moment in longest_at(scan.tokens, scan.kinds, wave.end()) if _may_end(moment)]
    if not until and "~" in wave.group() and (day := compiled(_DAY_ALONE).match(scan.kinds, wave.end())):
        form = date.moments[0].forms[0]
        until = [Moment((form,), wave.end(), day.end(), (("day", scan.tokens[day.start("day")]),))]
    mark = wave.group().strip()
    if not until or (mark in ("-", "/") and not (date.complete and any(moment.has(*_COMPLETE) for moment in until))):
        return date
    return replace(date, end=until[0].end, until=tuple(until))


def _copy_behind(scan: LineScan, at: int) -> bool:
    """Whether what follows in the name of a file counts its copies: IMG_20240116_152211~2."""
    return compiled("[12](?:[.]|$)").match(scan.kinds, at) is not None


_DAY_ALONE = r"(?P<day>[12])\.?(?![ ]?[:.0-9Mh])"


def _may_end(moment: Moment) -> bool:
    return moment.forms[0].layer is not Layer.RELATIVE


def _with_suffixes(scan: LineScan, date: LineDate) -> LineDate:
    """The date with what may be glued to it: 자 of a print date, 께, particles, the page, the issue."""
    text = scan.kinds
    while (suffix := compiled(_SUFFIX).match(text, date.end)) is not None:
        at = suffix.end() - 1
        kind = text[at]
        particle = kind in (v.PARTICLE, v.FROM) and scan.tokens[at].value is None
        date = replace(
            date,
            end=suffix.end(),
            printed=date.printed or kind == v.EDITION,
            about=date.about or kind == v.ABOUT,
            released=date.released or kind == v.RELEASE,
            particle=at if particle and date.particle is None else date.particle,
        )
    page = compiled(_PAGE).match(text, date.end)
    if page is not None:
        return replace(date, end=page.end(), printed=date.printed or not date.timed)
    issue = date.end if date.coarse and text[date.end : date.end + 1] == v.COUNTER else None
    if issue is not None and scan.tokens[issue].value == v.ISSUE:
        return replace(date, end=issue + 1, printed=True)
    counted = date.moments[0].forms[0].layer is Layer.RELATIVE
    if not date.timed and not counted and compiled(_EDITION_BEFORE).search(text, max(0, date.start - 12), date.start):
        return replace(date, printed=True)
    return date


# A counter behind a time, bare or in brackets: 11:11 5, 11:11 (5).
_LONE = f" (?:[12345678](?: [1234567])* ?(?:$|[|(,{v.NOISE}{v.LABEL}{v.COUNTER}{v.PASSED}])|\\( ?[12345678] ?\\))"


_COUNTS = "(?: [1234567])+ "
_CELL_BEHIND = " [1234567](?: |$)"


def _explained(scan: LineScan, at: int) -> bool:
    """Whether a number that is part of no date is a counter, an issue number, part of a name."""
    text = scan.kinds
    between = text[scan.dates[-1].end : at] if scan.dates else "x"
    if between.strip(" ") == v.NOISE and scan.tokens[at - 1 - (text[at - 1] == " ")].value == v.AND:
        return False  # 2024.12.02 & 05
    if compiled(_BEHIND_ZONE).search(text, max(0, at - 2), at):
        return False  # 15:22 UTC 9
    if scan.dates and not between.strip(" (") and not scan.dates[-1].printed:
        if _counter_in_head(scan) and compiled(_CELL_BEHIND).match(text, scan.dates[-1].end):
            return True
        alone = compiled(_LONE).match(text, scan.dates[-1].end) is not None
        counted = scan.dates[-1].exact or text[at] in _NO_TIME or "(" in between or _counter_in_head(scan)
        return alone and not scan.dates[-1].until and counted
    if scan.dates and compiled(_COUNTS).fullmatch(between) and (scan.dates[-1].exact or between[1] in _NO_TIME):
        return True
    if compiled(_COUNTED).match(text, at + 1):
        return True
    if compiled(_CELL).fullmatch(text, max(0, at - 2), min(len(text), at + 3)):
        return True
    if at == 1 and compiled(_BRACKETED_FIRST).match(text):
        return True
    if scan.dates and compiled(_BRACKETED).match(text, max(0, at - 2)):
        return True
    return compiled(_NAMED).search(text, max(0, at - 8), at) is not None


def _counter_in_head(scan: LineScan) -> bool:
    """Whether the head row of a table names a count whose value must stand behind the dates."""
    head = scan.kinds[: scan.dates[0].start]
    return v.LABEL in head and compiled(_COUNTER_HEAD).search(head) is not None


_COUNTER_HEAD = f"{v.COUNTER}(?! ?[:(|]? ?[1-9])"
_BEHIND_ZONE = f"{v.ZONE} ?$"
_NO_TIME = "35"  # how many digits a counter behind a bare day has, and no time of day
_BRACKETED_FIRST = "\\([12345]\\) "  # [12] 2024.12.02
_BRACKETED = " ?\\( ?[12345678] ?\\)(?: ?$| ?[|])"
_CELL = "(?:.?[|] ?|^)[1234567] ?[|].?|(?:.?[|] ?)[1234567]"  # a number in a cell of its own
