"""Date-like text in prose that is not a date: names with a month, day or hour, amounts, and notices."""

from __future__ import annotations

from typing import Final

from sosik.dates import vocabulary as v
from sosik.dates.beside_words import MONTHLY, NOTICES
from sosik.dates.forms import BARE_DAY, BARE_MONTH, Layer
from sosik.dates.patterns import compiled
from sosik.dates.scan import LineDate, LineScan

_END: Final = r"[ )'.,|]*$"
_MONTHLY: Final = rf"{_END}|[),.]| ?(?:{'|'.join(MONTHLY)})"
_AT_AN_HOUR: Final = rf" ?(?:현재|기준|쯤|께|경|무렵)?{_END}| ?\("
_PER_DAY: Final = (
    r" ?(?:평균|최대|최소|권장|전쟁|전투|천하|[0-9]{1,4} ?[가-힣a-zA-Z]"
    r"|(?:생산|섭취|사용|처리|배출|교통|이용|소비|발전|급식|방문|수용)(?:량|객|자|인원)|이용권|이용료|입장료|체험|특강|교사|명예|찻집|점장|생활권|학습량|권\b)"
)


def is_a_name(scan: LineScan, shape: str, date: LineDate) -> bool:
    """Whether a date that lacks its year is the beginning of a name or an amount.

    10월 유신, 8월의 크리스마스, 9시 뉴스 and 1일 평균 are; of a month only what is measured by months may follow.
    """
    moment = date.moments[0]
    if date.complete or date.until or moment.has("period", "direction"):
        return False
    behind = shape[scan.tokens[date.end].start :] if date.end < len(scan.tokens) else ""
    particle = "" if date.particle is None else shape[scan.tokens[date.particle].start : scan.tokens[date.particle].end]
    if particle == "의" and compiled(_END).match(behind) is None:
        return True
    if moment.forms == (BARE_MONTH,):
        return particle in _JOINING or (not particle and compiled(_MONTHLY).match(behind) is None)
    if moment.forms[0].layer is Layer.CLOCK:
        return compiled(_AT_AN_HOUR).match(behind) is None
    return moment.forms == (BARE_DAY,) and not particle and compiled(_PER_DAY).match(behind) is not None


_TIME_BEHIND: Final = (
    r"[ (]{0,2}(?:(?:오전|오후|새벽|아침|낮|점심|저녁|밤) ?)?"
    r"[0-9]{1,2} ?(?::[0-9]{2}|시(?!간|[가-힣]*(?:뉴스|내고향)| ?(?:뉴스|내고향|편의점|약국)))"
)


def loses_time(scan: LineScan, shape: str, date: LineDate) -> bool:
    """Whether directly behind a date a time of day stands that could not be read: 18일 오전 10시로 예정된."""
    if date.timed or date.until or date.coarse or date.end >= len(scan.tokens) or date.moments[0].has("clockword"):
        return False
    at = date.end - 1 if date.particle is None and date.moments[0].has("half") else date.end
    return compiled(_TIME_BEHIND).match(shape, scan.tokens[at].start) is not None


_JOINING: Final = ("의", "과", "와")
_OPENING: Final = r"[ ('|.,\-]*"
_BEHIND_NOTICE: Final = r"[ :|.()]*"


def opening_of(scan: LineScan, shape: str) -> int:
    """The token where a text begins: behind its marks, and the word of a notice (발인 20일 오전 8시)."""
    opening = compiled(_OPENING).match(scan.kinds)
    at = opening.end() if opening else 0
    if at < len(scan.tokens) and scan.kinds[at] in v.NOISE + v.LABEL:
        token = scan.tokens[at]
        mark = compiled(_BEHIND_NOTICE).match(scan.kinds, at + 1)
        if shape[token.start : token.end] in NOTICES and mark:
            return mark.end()
    return at
