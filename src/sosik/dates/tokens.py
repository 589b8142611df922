"""Cut folded text into tokens: numbers, units, parts of the day, weekdays, labels, marks, and other words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sosik.dates import places, zones
from sosik.dates import vocabulary as v
from sosik.dates.beside import DEVICES, ISSUE, PASSED, is_whole
from sosik.dates.labels import Label, Meaning, label_at
from sosik.dates.numerals import spelled_number
from sosik.dates.patterns import compiled


class Token(NamedTuple):
    """A piece of the text: its kind (one character, see `vocabulary`), its place, its value where a word has one."""

    kind: str
    start: int
    end: int
    value: object = None


TokenReader = Callable[[str, re.Match[str], list[Token]], list[Token]]

# Numbers are told apart by how many digits they have, for that decides what they can be.
NUMBER_KINDS = {**{length: str(length) for length in range(1, 10)}, 10: "α", 12: "β", 13: "γ", 14: "δ"}
OTHER_NUMBER = "ν"
NUMBERS = frozenset("123456789αβγδν")

_TOKEN = (
    r"(?P<address>[A-Za-z][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.(?!png|jpe?g)[A-Za-z]{2,20}){1,4}|https?://[^\s()|]{1,500})"
    rf"|(?P<passed>{PASSED})"
    rf"|(?P<issue>{ISSUE})"
    r"|(?P<number>[0-9]+)"
    r"|(?P<epoch>\\?/Date\((?=[0-9]))"
    r"|(?P<korea>(?:대한민국|한국|우리) ?(?:표준시|시[간각])(?: ?기준)?(?![가-힣])|Korea(?:n)? Standard Time)"
    rf"|(?P<universal>{places.UNIVERSAL})"
    rf"|(?P<region_>{places.REGION})"
    rf"|(?P<english>{places.ENGLISH})"
    rf"|(?P<english_>{places.ENGLISH_PLACE})"
    rf"|(?P<place_>{places.PLACE})"
    rf"|(?P<database>{places.TZ_NAME})"
    rf"|(?P<local>(?:이[하상] )?현지 ?시[간각](?: ?기준)?|{places.UNNAMED})"
    r"|(?P<early>(?:이른|늦은) ?(?P<early_half>새벽|아침|오전|점심|오후|저녁|밤)(?![가-힣]))"
    r"|(?P<star>(?:星期|周|礼拜)[一二三四五六日天])"
    r"|(?P<sharp> ?정각(?![가-힣]))"
    r"|(?P<period>(?:지지난|지난|저번|이번|다음|다다음) (?:주|달|해)(?=에|의|[^가-힣]|$))"
    r"|(?P<week>(?:첫째|둘째|셋째|넷째|다섯째|첫|마지막) ?주(?![가-힣]))"
    r"|(?P<following>다음 날(?![가-힣]))"
    r"|(?P<word>[가-힣]+|[一-鿿〇]+)"
    r"|(?P<half>[AaPp]\.[Mm](?:\.|(?![A-Za-z])))"
    r"|(?P<latin>[A-Za-z]+)"
    r"|(?P<blank> +)"
    r"|(?P<mark>.)"
)
_NUMERAL = (
    r"([영공일이삼사오육칠팔구십백천]+|[〇一二三四五六七八九十百千]+)"
    r"(?=년|월|일|시|분|초|개월|주|면|年|月|日|時|时|分|秒|面)"
)
_NUMERAL_APART = r"[영공일이삼사오육칠팔구십백천]+(?= (?:년|월|일|시|분|초|개월|주))"
_NATIVE = "(" + "|".join(sorted(v.NATIVE_NUMBERS, key=len, reverse=True)) + ")(?= ?(?:시|달|해|주|개월))"


_FILE_NAME = (
    r"(?<![^ |(])[^ |():]{1,80}\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|mp[34]|txt|csv)(?![A-Za-z0-9])"
    r"|(?<![^ |(])[A-Z]{2,5}[0-9]{8,20}(?:[_-][0-9]{1,6})?(?![0-9A-Za-z가-힣:.-])"
)
"""Names of files, and numbers of an agency's articles."""
_LONGEST_WORD = max(map(len, v.HANGUL))
_LONGEST_RUN = 30
_MARKS = {**{mark: mark for mark in ".,:-/·_~+'()|"}, "=": "|", "@": v.AT}


def lex(text: str, words: tuple[str, ...] = (), *, file_name: bool = False) -> tuple[Token, ...]:
    """Return the tokens of folded *text*, without a gap; *words* are labels of its source. Time is linear.

    The names of files in it hold no date, unless it is a *file_name* itself.
    """
    tokens: list[Token] = []
    position = 0
    token = compiled(_TOKEN, re.DOTALL)
    files = {} if file_name else {name.start(): name.end() for name in compiled(_FILE_NAME).finditer(text)}
    while position < len(text):
        if position in files:
            tokens.append(Token(v.NOISE, position, files[position]))
            position = files[position]
            continue
        own = next((word for word in words if text.startswith(word, position)), None)
        if own is not None:
            end = position + len(own)
            tokens.append(Token(v.LABEL, position, end, Label(Meaning.TIME, own.replace(" ", ""), end)))
            position = end
            continue
        match = token.match(text, position)
        assert match is not None  # noqa: S101 - the last alternative matches any character
        tokens.extend(_READERS[match.lastgroup or "mark"](text, match, tokens))
        position = tokens[-1].end
    return tuple(tokens)


def kinds(tokens: tuple[Token, ...]) -> str:
    """The kinds of the tokens as one string, the text that forms are matched against."""
    return "".join([token.kind for token in tokens])


def _number(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    start, end = match.span()
    return [Token(NUMBER_KINDS.get(end - start, OTHER_NUMBER), start, end)]


def _mark(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    mark = match.group()
    return [
        Token(
            _MARKS.get(mark, v.NOISE),
            *match.span(),
            v.EQUALS if mark == "=" else None if mark in _MARKS else v.AND if mark == "&" else v.MARK,
        )
    ]


def _latin(text: str, match: re.Match[str], before: list[Token]) -> list[Token]:
    start, end = match.span()
    if text[max(0, start - 1) : end + 1].lower() in ("(edited)", "(modified)"):
        return [Token(v.EDITED, start, end)]
    label = label_at(text, start)
    if label is not None:
        return [Token(v.LABEL, start, label.end, label)]
    word = match.group().lower()
    if match.group() in zones.CAPITALS and (start == 0 or text[start - 1] in " ("):
        return [Token(v.ZONE, start, _with_basis(text, end), match.group())]
    if word in ("a", "p") and start > 0 and text[start - 1].isdigit() and not text[end : end + 1].isalnum():
        return [Token(v.HALF_DAY, start, end, word + "m")]  # 3:22p
    short = _short_word(text, match, before)
    if short is not None:
        return [short]
    if len(word) == 1 and end == len(text) and word in _MILITARY and text[start - 1 : start] == " ":
        return [Token(v.ZONE, start, end, word.upper())]
    known = v.LATIN.get(word)
    if known is None or (word in ("t", "w", "z") and not _beside_number(text, start, end)):
        whole = _end_of_name(text, end)
        if word in v.CAMERAS and (whole - end in _DAYS_GLUED or compiled(_DAY_GLUED).match(text, end)):
            return [Token(v.NOISE, start, end, v.CAMERA)]  # IMG20240116152211
        return [Token(v.NOISE, start, whole, v.BYLINE if word in v.BYLINES else None)]
    return [Token(known[0], start, _with_basis(text, end) if known[0] == v.ZONE else end, known[1])]


def _with_basis(text: str, end: int) -> int:
    """The end of a zone with 기준 behind it: by the clocks of that zone."""
    basis = compiled(" ?기준(?![가-힣])").match(text, end)
    return end if basis is None else basis.end()


def _short_word(text: str, match: re.Match[str], before: list[Token]) -> Token | None:
    """A word of one or two letters that is something only beside what stands before it."""
    (start, end), word = match.span(), match.group().lower()
    if match.group() == "Z" and _behind_a_clock(before):
        return Token(v.ZONE, start, end, "Z")
    if (
        match.group() in ("a", "p")
        and _behind_a_clock(before)
        and not compiled("[.]?[0-9A-Za-z가-힣]").match(text, end)
    ):
        return Token(v.HALF_DAY, start, end, word + "m")  # 3:22 p
    if word in ("l", "i") and before and (before[-1].kind in NUMBERS | {")"} or _stands_as_bar(text, start, end)):
        return Token("|", start, end)  # the letter l used as a bar
    return _english_length(text, word, start, end, before)


def _stands_as_bar(text: str, start: int, end: int) -> bool:
    """Whether a letter stands alone, or between a word and a number, as only a bar does: 입력 l 2024, 입력l2024."""
    if text[start] not in "lI" or end == len(text):
        return False
    hangul = "가" <= text[start - 1] <= "힣"
    return (text[start - 1] == " " and text[end] == " ") or ((hangul or text[start - 1] == " ") and text[end].isdigit())


_SHORT_UNITS = {"h": v.Unit.HOURS, "d": v.Unit.DAYS, "w": v.Unit.WEEKS}


def _english_length(text: str, word: str, start: int, end: int, before: list[Token]) -> Token | None:
    """A word of so many hours ago that is none elsewhere: an hour, 2h ago, the and between two units."""
    if word in ("a", "an") and compiled("(?:year|month|week|day|hour|minute) ago").match(text, end + 1):
        return _spelled(1, start, end)
    if word in _SHORT_UNITS and start > 0 and text[start - 1].isdigit() and text.startswith(" ago", end):
        return Token(v.SPAN_UNIT, start, end, _SHORT_UNITS[word])
    if word == "and" and before and _significant(before) == v.SPAN_UNIT:
        return Token(",", start, end)
    return None


# Zones of one letter (RFC 822, section 5.1), at the very end only, where nothing else is one letter.
_MILITARY = frozenset("abcdefghiklmnopqrstuvwxyz")


_DAYS_GLUED = (8, 14)
_DAY_GLUED = "[0-9]{4}([-_.])[0-9]{1,2}\\1[0-9]{1,2}(?![0-9])"


def _behind_a_clock(before: list[Token]) -> bool:
    return [token.kind for token in before[-3:]] == [":", "2", " "]


def _beside_number(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isdigit()) or (end < len(text) and text[end].isdigit())


def _end_of_name(text: str, end: int) -> int:
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return end


def _word(text: str, match: re.Match[str], before: list[Token]) -> list[Token]:
    """A run of Hangul or Hanja: either all of it is words of dates, or it is one word of no meaning here."""
    start, end = match.span()
    run: list[Token] = []
    if end - start == 1 and text[start] in v.SINGLE_WEEKDAYS and compiled(_NUMERAL_APART).match(text, start) is None:
        return [Token(_UNIT_WEEKDAYS.get(text[start], v.WEEKDAY), start, end, v.SINGLE_WEEKDAYS[text[start]])]
    if is_whole(text[start:end]) and text[start:end] not in v.HANGUL and label_at(text, start) is None:
        return [_noise(text, start, end)]
    position = start
    while position < end and len(run) < _LONGEST_RUN:
        after_number = _significant(run or before) in NUMBERS
        piece = _piece(text, position, end, after_number)
        if not piece:
            return _unknown_run(text, start, end)
        run.extend(piece)
        position = piece[-1].end
    return run


def _unknown_run(text: str, start: int, end: int) -> list[Token]:
    """A word of no meaning here, unless a label is glued to a name (홍길동기자입력)."""
    for name in compiled(_NAME_END).finditer(text, start, min(end, start + _LONGEST_NAME)):
        label = label_at(text, name.end()) if name.end() < end else None
        if label is not None and label.word != "신문":  # 해누리경제신문
            return [Token(v.NOISE, start, name.end(), v.BYLINE), Token(v.LABEL, name.end(), label.end, label)]
    return [_noise(text, start, end)]


def _noise(text: str, start: int, end: int) -> Token:
    """A word of no meaning for a date, with what it means for the line."""
    word = text[start:end]
    if word in v.MASTHEADS:
        return Token(v.NOISE, start, end, v.MASTHEAD)
    if word in v.COLUMNS:
        return Token(v.NOISE, start, end, v.COLUMN)
    if word in DEVICES:
        return Token(v.NOISE, start, end, v.DEVICE)
    return Token(v.NOISE, start, end, v.BYLINE if word.endswith(v.BYLINES) else None)


# The letters of Monday and Sunday are also the units of months and days.
_UNIT_WEEKDAYS = {"월": v.MONTH_UNIT, "月": v.MONTH_UNIT, "일": v.DAY_UNIT, "日": v.DAY_UNIT}
# What reporters' and papers' names end with, to which labels are glued.
_NAME_END = (
    "기자|특파원|위원|일보|신문|뉴스|투데이|타임[즈스]|경제|방송|데일리|저널|미디어|통신|닷컴|매일|포스트|헤럴드"
)
_LONGEST_NAME = 20


def _significant(tokens: list[Token]) -> str:
    for token in reversed(tokens[-2:]):
        if token.kind != " ":
            return token.kind
    return ""


def _piece(text: str, position: int, end: int, after_number: bool) -> list[Token]:
    label = label_at(text, position)
    if after_number and text[position - 1] == " " and compiled(_NATIVE).match(text, position):
        return _numeral(text, position, after_number)  # 댓글 7 일곱 시간 전
    if after_number:
        unit = _known(text, position, end)
        if unit and unit[0].kind in _AFTER_NUMBER and not (label and label.word.startswith("일부")):
            return unit
    if label is not None:
        return [Token(v.LABEL, position, label.end, label)]
    glued = after_number and text[position - 1] != " "
    return ([] if glued else _numeral(text, position, after_number)) or _known(text, position, end)


_AFTER_NUMBER = frozenset(
    (v.YEAR_UNIT, v.MONTH_UNIT, v.DAY_UNIT, v.HOUR_UNIT, v.MINUTE_UNIT, v.SECOND_UNIT, v.SPAN_UNIT, v.PAGE, v.HALF_DAY)
)


def _numeral(text: str, position: int, after_number: bool) -> list[Token]:
    for pattern in (_NUMERAL, _NUMERAL_APART):
        numeral = compiled(pattern).match(text, position)
        if numeral is not None:
            value = spelled_number(numeral.group())
            return [] if value is None else [_spelled(value, position, numeral.end())]
    native = compiled(_NATIVE).match(text, position)
    if native is not None:
        return [_spelled(v.NATIVE_NUMBERS[native.group()], position, native.end())]
    for word, value in v.DAY_COUNTS.items():
        if text.startswith(word, position):
            end = position + len(word)
            return [_spelled(value, position, end), Token(v.DAY_UNIT, end, end, 6)]
    for word, month in () if after_number else v.MONTH_WORDS.items():
        if month is not None and text.startswith(word, position):
            end = position + len(word)
            return [_spelled(month, position, end - 1), Token(v.MONTH_UNIT, end - 1, end, 0)]
    return []


def _spelled(value: int, start: int, end: int) -> Token:
    return Token(NUMBER_KINDS.get(len(str(value)), OTHER_NUMBER), start, end, value)


def _known(text: str, position: int, end: int) -> list[Token]:
    for length in range(min(_LONGEST_WORD, end - position), 0, -1):
        word = text[position : position + length]
        known = v.HANGUL.get(word) or v.HANJA.get(word)
        if known is not None:
            return [Token(known[0], position, position + length, known[1])]
    return []


def _fixed(kind: str, value: object) -> TokenReader:
    def read(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
        return [Token(kind, *match.span(), value)]

    return read


def _half(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.HALF_DAY, *match.span(), match.group()[0].lower() + "m")]


def _region(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.ZONE, *match.span(), places.named_region(match["region"], match["season"] or match["summer"]))]


def _place(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.ZONE, *match.span(), places.PLACES[match["place"]])]


def _database(text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    end = _with_basis(text, match.end())
    return [Token(v.ZONE, match.start(), end, places.spelled_as_known(match.group()))]


def _english_place(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.ZONE, *match.span(), places.english_place(match["english_place"]))]


def _early(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.HALF_DAY, *match.span(), match["early_half"])]


def _star(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.WEEKDAY, *match.span(), "一二三四五六日天".index(match.group()[-1]) % 7)]


def _english(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.ZONE, *match.span(), places.english_zone(match["english_region"], match["english_season"]))]


def _period(_text: str, match: re.Match[str], _before: list[Token]) -> list[Token]:
    return [Token(v.PERIOD_WORD, *match.span(), v.HANGUL[match.group().replace(" ", "")][1])]


_READERS: dict[str, TokenReader] = {
    "address": _fixed(v.NOISE, None),
    "number": _number,
    "passed": _fixed(v.PASSED, None),
    "issue": _fixed(v.PRINTED_ISSUE, None),
    "epoch": _fixed(v.EPOCH, None),
    "korea": _fixed(v.ZONE, "KST"),
    "universal": _fixed(v.ZONE, "UTC"),
    "english": _english,
    "english_": _english_place,
    "early": _early,
    "star": _star,
    "region_": _region,
    "place_": _place,
    "database": _database,
    "local": _fixed(v.LOCAL_TIME, None),
    "period": _period,
    "following": _fixed(v.DAY_WORD, 1),
    "week": _fixed(v.VAGUE, None),
    "word": _word,
    "half": _half,
    "sharp": _fixed(v.PARTICLE, "정각"),
    "latin": _latin,
    "blank": _fixed(" ", None),
    "mark": _mark,
}
