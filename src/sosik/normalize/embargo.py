"""Embargo words in a text, as in press releases: `(엠바고 30일 12시)`, `보도시점: …`.

Articles about embargoes have such words in sentences. Only words on a separate line or in brackets, with a time, count.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from sosik.dates.zones import zone_of
from sosik.model import Entry
from sosik.normalize.markup import html_text
from sosik.patterns import pattern

LINES = 8
"""Lines of a body in which the head of a press release stands."""

RECENT = timedelta(days=1)
"""Since when an entry was published that is about to go out: of older ones an embargo without a date says nothing."""

COMING = timedelta(days=14)
"""How far ahead a day without its year or month is looked for: the latest one before an entry was no embargo of it."""

_LONGEST = 200
_HEAD = 4_000
_SHOWN = 60

_LABEL = pattern(
    r"엠바고(?: ?(?:해제|적용|시점|시각|시한|일시|기한))*"
    r"|보도 ?(?:시점|일시|시각|일자|시간|유예|제한|해제|가능)(?: ?일시)?"
    r"|(?:strictly )?(?:under )?embargo(?:ed)?(?: (?:until|till|for))?"
    r"|(?:not )?for (?:release|publication)(?: (?:before|until|after|at|on))",
    re.IGNORECASE,
)
_REQUEST = pattern(
    r"(?:부터|이후에?|후에?|까지) ?(?:보도|사용|게재|공개|인용)(?:를?|하여|해|가) ?"
    r"(?:주시기|주십시오|주세요|부탁드립니다|바랍니다|가능합니다)"
)
_HINT = pattern(
    r"엠바고|보도|주(?:시|십|세)|부탁|바랍니다|가능합|e[Mm][Bb][Aa]|E[Mm][Bb][Aa]|f[Oo][Rr] [RrPp]|F[Oo][Rr] [RrPp]"
)
"""What stands in every label or request, and begins with a letter as it is: a search for it takes a tenth."""
_FIRST_TIME = pattern(r"\d|오늘|내일|모레|정오|자정|오전|오후|낮|밤|새벽")
_TIME_WORDS = pattern(
    r"(?:\d|[월화수목금토일]요일|[년월일시분]|오늘|내일|모레|오전|오후|정오|자정|낮|밤|새벽|아침|저녁|조간|석간"
    r"|이후|까지|부터|해제|예정|[ap]\.?m\.?|kst|[ :.,()~/-])+",
    re.IGNORECASE,
)
_DAY_OR_CLOCK = pattern(r"\d ?[일시]|\d:\d\d|[ap]\.?m|요일|조간|석간", re.IGNORECASE)
_DAY = pattern(r"\d ?일|\d ?[./] ?\d")
_FROM_NOW = pattern(r"오늘|내일|모레|어제|전")
_TAG = frozenset({"엠바고", "embargo", "embargoed"})
_OPENING, _CLOSING = "([{<【〔〈《「『（［", ")]}>】〕〉》」』）］"
_SEPARATORS = "※*/|·,–—-"
_BETWEEN = " \t:：;-–~"


class Embargo(Struct, frozen=True):
    """Words of an embargo, and until when it lasts; None where that is not read."""

    words: str
    until: datetime | None


def embargo_of(entry: Entry, now: datetime, timezone: str) -> Embargo | None:
    """Return the embargo that an entry names and does not keep: it is seen *now*, and the time lies ahead.

    None for one that waits until its time by itself, and where no words say so.
    """
    head = entry.body[:_HEAD]
    if entry.published > now or not any(map(_may_say, (entry.title[:_LONGEST], *entry.subtitles, head))):
        return None
    lines = [*((line, True) for line in (entry.title, *entry.subtitles))]
    lines += [(line, False) for line in _joined(html_text(head).splitlines()[:LINES])]
    day_ends = entry.published.astimezone(zone_of(timezone)).replace(hour=23, minute=59, second=59)
    for line, is_headline in lines:
        for words, time in _named(line[:_LONGEST], is_headline=is_headline):
            until, is_time = _read(time, day_ends, timezone)
            is_recent = entry.published > now - RECENT
            if until and until <= now and is_recent and _DAY.search(time) and not _FROM_NOW.search(time):
                until, _ = _read(time, day_ends + COMING, timezone)
            is_ahead = until > now if until else (is_time or not time) and is_recent
            if is_ahead:
                return Embargo(words[:_SHOWN], until)
    return None


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield lines; a label that has a cell of its own, with the next one."""
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        yield f"{line} {following}" if _LABEL.fullmatch(line.strip(_BETWEEN)) else line


def _may_say(text: str) -> bool:
    return _HINT.search(text) is not None and bool(_LABEL.search(text) or _REQUEST.search(text))


def _named(line: str, *, is_headline: bool) -> Iterator[tuple[str, str]]:
    """Yield the words of each embargo in a line, and those of its time, empty for a tag alone before a headline."""
    for label in _LABEL.finditer(line):
        before = line[: label.start()].rstrip()
        if any(map(str.isalnum, before)) and before[-1] not in _OPENING + _SEPARATORS:
            continue
        if not before or before[-1] not in _OPENING:
            yield line[label.start() :], line[label.end() :].strip(_BETWEEN)
            continue
        end = _closed_at(line, label.end())
        inner, behind = line[label.end() : end].strip(_BETWEEN), line[end + 1 :].strip(_BETWEEN)
        words = line[len(before) - 1 : end + 1]
        if inner:
            yield words, inner
        elif is_headline and behind and not before[:-1].strip() and label[0].lower() in _TAG:
            yield words, ""
        elif behind:
            yield line[len(before) - 1 :], behind
    request = _REQUEST.search(line)
    first = _FIRST_TIME.search(line, 0, request.start()) if request else None
    if request and first:
        yield line, line[first.start() : request.start()]


def _closed_at(line: str, start: int) -> int:
    """Return where the bracket closes in which *start* stands; the end of the line where it does not."""
    depth = 1
    for place, letter in enumerate(line[start:], start):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth == 0:
            return place
    return len(line)


def _read(time: str, day_ends: datetime, timezone: str) -> tuple[datetime | None, bool]:
    """Return the earliest instant that a text names, and whether it is a time at all."""
    if not time:
        return None, False
    # Most articles name no embargo.
    from sosik.dates import DateParseError, parse_stamps

    try:
        stamps = parse_stamps(f"엠바고 {time}", reference=day_ends, timezone=timezone)
    except DateParseError:
        return None, bool(_TIME_WORDS.fullmatch(time) and _DAY_OR_CLOCK.search(time))
    has_other_words = any(note.code == "passed-over" for stamp in stamps for note in stamp.timestamp.notes)
    if has_other_words and not _TIME_WORDS.fullmatch(time):
        return None, False  # a sentence
    return min(stamp.timestamp.instant for stamp in stamps), True
