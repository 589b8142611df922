"""Words beside a date without a meaning for it: bylines, outlets, sections, counters, tools of a page.

A class has a name and a pattern over folded text with its digits as 0. A word without a class is an error in a key of
an entry, and elsewhere a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosik.dates import beside_words as w
from sosik.dates import places
from sosik.dates.beside_words import TRANSACTIONS as TRANSACTIONS
from sosik.dates.patterns import compiled


def _any(table: list[str]) -> str:
    return "|".join(table)


_AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,3})?"
_ROUND = r"[0-9]{1,4}(?:,[0-9]{3})?(?:\.[0-9]{1,2})?"
_CHANGE = r"(?: ?\(? ?[|+-]? ?[0-9][0-9,]*\.[0-9]{1,2}(?![0-9]|\.[0-9]) ?%? ?\)?){0,3}"
_OCTET = r"(?:[0-9]{1,3}|[*♡♥]{1,3}|[xX]{1,3})"

_ALONE = r"(?![가-힣A-Za-z0-9])"
_PHONES = (
    r"(?:(?:대표|고객|문의|직통|구독) ?)?(?:전화|문의|번호|연락처|팩스|내선|휴대폰|휴대전화|핸드폰|직통"
    r"|TEL|Tel|tel|T|FAX|Fax|F|HP|H\.P|Mobile|M|☎|✆)"
)
_VERSIONED = r"(?:iOS|iPadOS|macOS|Android|안드로이드|Windows|버전|[vV]er(?:sion)?\.?|[vV]|[bB]uild|빌드)"
_SCORED = r"(?:승리?|패배?|무승부|(?:역전|연장|완봉|영봉)[승패]|완승|완패|신승|대승|대패|제압|격파|완파)"
_NUMBERED = (
    r"기사|뉴스|문서|관리|접수|게시|게시물|자료|사진|영상|민원|공고|콘텐츠|상품|주문|의안|사건|원고|고유|일련|계좌"
)
_COUNTED = "회|건|명|뷰|원|포인트|장|개|권|편|쪽|곳|표|위|인|views?|hits?|likes?|comments?|replies|shares?"
_LONG = r"[0-9]{1,3} ?분(?: ?[0-9]{1,2} ?초)?"

PASSED: Final = "|".join(
    (
        # an address of the internet, whole or masked; all of two digits could be a date
        rf"(?<![0-9.])(?=[0-9.*xX♡♥]*(?:[0-9]{{3}}|[*xX♡♥])){_OCTET}(?:\.{_OCTET}){{3}}(?![0-9.:시])",
        rf"(?<=[0-9|(] ){_OCTET}(?:\.{_OCTET}){{3}}(?![0-9.:시])",
        r"(?<=\()(?=[0-9.]{0,4}[0-9]{3})[0-9]{2,3}\.[0-9]{2,3}(?=\))",
        r"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}(?![0-9A-Za-z:])",
        r"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{1,4}:){5,7}[0-9A-Fa-f]{1,4}(?![0-9A-Za-z:])",
        # telephone numbers
        r"(?<![0-9A-Za-z.+-])(?:\+[0-9]{1,3}[- ])?\(?[0-9]{1,3}[-)] ?[0-9]{3,4}-[0-9]{4}(?![0-9-])",
        r"(?<![0-9.-])[0-9]{3}\.[0-9]{3,4}\.[0-9]{4}(?![0-9.-])",
        rf"{_PHONES}[ .:]{{0,3}}\(?[0-9]{{2,4}}\)?(?:[-.)] ?[0-9]{{3,4}}){{1,2}}(?![0-9-])",
        r"내선 ?:? ?[0-9]{3,4}(?![0-9-])",
        r"(?<=[0-9가-힣)] )[0-9]{4}-[0-9]{4}(?![0-9-])",
        # numbers of articles, of documents and of announcements, which begin like dates
        rf"(?:(?:{_NUMBERED}|예약|우편) ?"
        r"(?:ID|아이디|번호|코드|[Nn]o\.?|NO\.?)|\bID|식별자|ISSN|ISBN|DOI|UCI|사업자 ?등록 ?번호|사업자번호)"
        r"[ :.#=|]{0,3}(?:제 ?)?[A-Za-z]{0,5}-?[0-9]{2,}(?:[_-][A-Za-z]{0,3}[0-9]{1,8}){0,4}"
        r"(?:호)?(?![0-9가-힣:/]|[.][0-9])",
        r"제 ?[0-9]{4} ?- ?[0-9]{1,6} ?호",
        # the number of an item, a year of two digits alone
        r"^[0-9]{1,3}[.)] (?=[가-힣]{2})",
        r"'[0-9]{2}년(?! ?[0-9])(?= [가-힣]{2})",
        r"(?<![A-Za-z])D ?[-+] ?[0-9]{1,4}(?![0-9])",
        # versions, pages, scores, and events that are called by their day
        rf"{_VERSIONED} ?[0-9]{{1,3}}(?:\.[0-9]{{1,4}}){{0,3}}(?![0-9])",
        r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){1,3} ?버전",
        r"(?<=[0-9] )\([0-9]{1,2} ?/ ?[0-9]{1,3}\)(?! ?[0-9])",
        r"(?:평점|별점|만족도) ?[:]? ?[0-9](?:\.[0-9])?(?: ?/ ?[0-9]{1,3})?(?![0-9.:])",
        rf"(?<![0-9.:/-])[0-9]{{1,3}} ?[-:대] ?[0-9]{{1,3}} ?{_SCORED}(?![가-힣])",
        rf"(?<![0-9.])[0-9]{{1,2}} ?· ?[0-9]{{1,2}} ?(?:{_any(w.EVENTS)})(?:들)?",
        rf"(?<![0-9.,:/-])[0-9]{{1,7}}(?:{_any(w.COUNTS)})(?![가-힣A-Za-z])",
        # how long reading, hearing or watching takes
        rf"(?:예상 ?|평균 ?)?(?:읽|듣)(?:는|기) ?(?:데 ?)?(?:소요 ?|예상 ?)?"
        rf"(?:시간)? ?:? ?(?:약 ?)?{_LONG}(?: ?소요)?(?![가-힣])",
        rf"(?:약 ?)?(?<![0-9:])(?<!시)(?<!시 ){_LONG} ?(?:읽기|읽음|분량|소요|듣기|청취)(?: ?읽기)?(?![가-힣])",
        rf"(?<![0-9:])(?<!시)(?<!시 ){_LONG} ?(?:이면|만에|안에|컷) ?(?:읽기|읽는|보는|끝)?(?![가-힣])",
        r"(?<![0-9:])[0-9]{1,3}[- ]?min(?:ute)?s?\.?(?: |-)?(?:read|listen|watch)",
        r"(?:재생|영상|동영상|음성|러닝타임|오디오|듣기|길이) ?(?:시간|길이)? ?:? ?"
        r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])",
        # counts that a page rounds, or groups by commas
        rf"(?<![0-9.,:/-]){_ROUND}(?: ?[만천억]|[kKM](?![A-Za-z]))(?: ?{_AMOUNT} ?천| ?[0-9],[0-9]{{3}})?"
        rf" ?(?:여 ?)?(?:{_COUNTED})?{_ALONE}",
        rf"(?<![0-9.,:/-])[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]{{1,2}})? ?(?:{_COUNTED}|p)?(?![가-힣A-Za-z0-9,.:/-])",
        rf"(?<![0-9.,:/-])[0-9]{{1,7}} ?(?:{_COUNTED})(?![가-힣A-Za-z])",
        # what RFC 9557 puts behind a moment
        r"\(!?[a-z][a-z0-9-]*=[a-z0-9-]+\)",
        # parts of one, and programmes that are called by their hour
        r"[0-9]{1,3} ?분의 ?[0-9]{1,3}",
        r"(?<![0-9])(?<![전후녁침낮밤벽심] )[0-9]{1,2}시 ?(?:뉴스(?:데스크|광장|룸)?|내고향|편의점|약국)(?![가-힣])",
        r"정오의 ?희망곡",
        # which report of one event, which column of a page
        r"(?:속보|종합|단독|긴급)?\(?(?<![0-9])[0-9]{1,2} ?보\)?(?![가-힣])",
        r"(?<=면 )(?:[0-9]{1,2} ?단|TOP|톱)(?![가-힣A-Za-z])",
        # the weather and the markets in a page's head
        r"(?<![0-9.,:/-])(?:영[하상] ?)?[+-]?[0-9]{1,3}(?:\.[0-9]{1,2})?"
        r" ?(?:℃|°C|° ?C|℉|°F|°|도(?![가-힣])|%|㎍/㎥|㎍|mm|㎜|㎝|m/s|㎧)",
        r"(?<![0-9A-Za-z])PM[0-9](?:\.[0-9]|[0-9])(?![0-9:])\)?(?: ?:? ?[0-9]{1,3}(?![0-9.:/-]))?",
        r"(?:최저|최고)(?: ?기온)? ?[:]? ?-?[0-9]{1,2}(?![0-9:./-])(?: ?[/,] ?(?=최))?",
        rf"(?:{_any(w.MARKETS)})(?:000)? ?(?:지수|환율|시세|선물)?"
        rf" ?:? ?{_AMOUNT}(?![0-9:/-]|\.[0-9]) ?(?:만 ?)?(?:원|달러|포인트|엔|p)?{_CHANGE}",
    )
)
"""Numbers with what they count: read before dates are looked for, for some hold what looks like one."""

ISSUE: Final = r"(?:호수|지령) ?:? ?(?:제 ?)?[0-9]{1,3}(?:,[0-9]{3})*[0-9]{0,3} ?호?(?![0-9가-힣.:/-])"
"""The number of a printed issue."""

_NAME = r"[가-힣]{2,5}"
_END = r"(?:님|들)?(?![가-힣A-Za-z])"
_OUTLET = (
    rf"(?:{_any(w.OUTLETS)})(?:00?)?(?![가-힣A-Za-z])|"
    rf"(?!(?:서머|썸머|섬머|현지|러닝)타임)[가-힣A-Za-z0]{{0,10}}(?:{_any(w.OUTLET_ENDS)})(?:00?)?(?:사|팀|국)?"
    r"|뉴스0"
)
_READER_COUNTS = (
    r"(?:(?:조회|추천|댓글|방문|방문자|클릭|다운로드|시청|재생|공유|답변|답글|의견|반응|회원|찬성|반대|하트|응원)"
    r" ?수?|첨부"
    r"|좋아요|공감|비추천|스크랩|읽음|글번호|기사번호|게시물번호|문서번호|번호|구독자|팔로워|누적|no|No|NO"
    r"|[hH]its?|HITS?|[vV]iews?|[lL]ikes?|[cC]omments?|[rR]eplies|[sS]hares?|[dD]ownloads?)"
)
_WRITER = _any(w.WRITERS)
_KIND = _any(w.KINDS)
_SECTION = _any(w.SECTIONS)
_PLACE = _any(w.PLACES)
_MARKED = r"[^ |/()0][^ |/()]{0,20}"
_DEVICE = _any(w.DEVICES)
_ABROAD = _any(w.words(" ".join(places.PLACES)))

PERSON: Final = (
    rf"(?:[{w.SURNAMES}]|{_any(w.DOUBLE_SURNAMES)})[{w.GIVEN}](?![일날시간분회차기한식전후])[{w.GIVEN}](?![가-힣])"
)
"""The name of a person, bare; words for a day or a time are no name though they look like one: 전시일."""

CLASSES: Final = {
    "byline": (
        rf"(?:(?:{_PLACE}|{_ABROAD}|{_OUTLET}) ?[=/] ?)?{_NAME}(?: ?[·,/&] ?{_NAME}){{0,5}}"
        rf" ?(?:(?:{_KIND}|{_ABROAD}) ?){{0,2}}(?:{_WRITER}|{_any(w.OFFICES)}){_END}(?: ?=)?"
        rf"|(?:(?:{_KIND}) ?)?(?:{_WRITER}){_END}(?: (?:{PERSON}|[가-힣]{{2,4}}(?= ?[|,)]|$)))?"
        r"|(?:posted |written )?[bB][yY] [^ |/()0]{1,20}(?: [^ |/()0]{1,20})?"
        rf"|(?:{_any(w.AUTHOR_LABELS)}|{_any(w.CREDITS)}) ?(?:[:=] ?{_MARKED}|\| ?{_MARKED}(?= ?(?:\||$)))"
        rf"|(?:{_any(w.AUTHOR_LABELS)}) [^ |/()0]{{1,20}}"
        r"|(?:ID|아이디) [A-Za-z][A-Za-z0-9_*.-]{2,20}"
        r"|(?=[^ |/()]{0,12}\*)[가-힣A-Za-z0-9_]{0,8}\*{1,8}[가-힣A-Za-z0-9_*]{0,8}(?![0-9.])"
        rf"|(?:{_any(w.ANYONE)})(?![가-힣A-Za-z])"
        r"|[가-힣]{1,8}(?:부서|담당관|과|실|센터|본부|위원회|사무국|편집국|보도국|제작진)(?![가-힣])"
    ),
    "outlet": rf"(?:{_OUTLET})(?![가-힣A-Za-z])|(?:{_any(w.LATIN_OUTLETS)})(?![A-Za-z])"
    r"|(?:저작권자 ?)?(?:[ⓒ©]|\([cC]\))[^|0]{0,30}|(?:Copyright|COPYRIGHT|저작권자)[^|]{0,60}|All rights reserved\.?"
    r"|무단 ?전재(?: ?및 ?| ?[·,-] ?)?(?:재배포)?(?: ?[·,] ?AI ?학습)?(?: 및 활용)? ?금지",
    "section": rf"(?:{_SECTION})(?:{_SECTION}|일반)?(?:부|팀|면|란|국)?(?![가-힣A-Za-z])"
    r"|[가-힣]{1,8}게시판(?![가-힣])",
    "place": rf"(?:{_PLACE})(?:시|도|군|구|특별시|광역시|특별자치시|특별자치도|본사|지사|취재본부|본부)?(?![가-힣])"
    r"|[가-힣]{2,6} ?(?== ?[가-힣A-Za-z])",
    "counter": rf"{_READER_COUNTS}(?: ?[:|.]? ?\(?[0-9,]+(?![0-9,.만천억kKM])\)?)?(?![가-힣A-Za-z])",
    "tools": rf"(?:이 ?기사를|(?:{_any(w.TOOLS)}))(?![가-힣])|(?:{_any(w.LATIN_TOOLS)})(?![A-Za-z0])"
    rf"|(?:(?:from|via|on|by) )?(?:{_DEVICE})(?: ?(?:앱|웹|app|web))?(?:에서|으로|로)?(?![가-힣A-Za-z])",
    "weather": rf"(?:{_any(w.WEATHER)})(?![가-힣])",
    "issue": r"(?:통권|제|호수|창간|지령) ?[0-9,]* ?호?(?![가-힣])|[0-9,]+ ?호(?![가-힣])",
    "counted number": PASSED,
}
"""What may be passed over, by the name that `sosik date` gives it."""

DEVICES: Final = frozenset(f"{device}에서" for device in w.DEVICES)

WHOLE: Final = frozenset(
    word
    for table in (w.SECTIONS, w.PLACES, w.TOOLS, w.WRITERS, w.OFFICES, w.NO_RUNS)
    for word in table
    if len(word) > 1
)
"""Sections, places, tools, and how writers are called."""

_SECTIONS: Final = frozenset((*w.SECTIONS, "일반"))


def is_whole(word: str) -> bool:
    """Whether a word is not taken apart, though pieces of it are words of dates: 경제, 전시, 경제일반, 사회부."""
    if word in WHOLE:
        return True
    bare = word[:-1] if word.endswith(_OF_SECTIONS) else word
    return bare in _SECTIONS or any(bare[:at] in _SECTIONS and bare[at:] in _SECTIONS for at in range(1, len(bare)))


_OF_SECTIONS = ("부", "팀", "면", "란", "국")

HEAD = ("byline", "outlet", "section", "place")
"""Classes in front of a date beside an edit that leave it the publication's."""


def passable_at(shape: str, position: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The classes that a piece of a text, beginning at *position*, may belong to, each with what it covers."""
    for name, pattern in CLASSES.items():
        found = compiled(pattern).match(shape, position)
        if found is not None:
            yield name, found


def is_person(text: str) -> bool:
    """Whether a word is the bare name of a person."""
    return text not in w.NO_NAMES and compiled(PERSON).fullmatch(text) is not None


def is_happening(text: str) -> bool:
    """Whether a word that may be a section also names what happens on a day."""
    return text in w.HAPPENINGS


def is_day_column(text: str) -> bool:
    """Whether a word that is no label names a day: 마감일, 공연일, 유효기간."""
    return compiled(_DAY_COLUMN).fullmatch(text) is not None


_DAY_COLUMN = r"[가-힣]{0,6}(?:[가-힣](?:일|일자|일시|날짜|기간|시각)|마감|시작|종료|개막|개봉|폐막)"


def is_other_thing(text: str) -> bool:
    """Whether a word names what is issued, approved or entered, and is no article."""
    return text in w.OTHER_THINGS


def is_passable(text: str) -> bool:
    """Whether the whole of a text belongs to one class."""
    return any(found.end() == len(text) for _, found in passable_at(text, 0))
