"""The words in front of a date, and what they say of it in each slot."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from sosik.dates.model import Role, Slot
from sosik.dates.patterns import compiled


class Meaning(StrEnum):
    """What a label speaks of; which role that is depends on where it stands."""

    ENTERED = "entered"
    APPROVED = "approved"
    PUBLISHED = "published"
    UPDATED = "updated"
    EDITION = "edition"
    PRINTED = "printed"
    EMBARGO = "embargo"
    REGISTRATION = "registration"
    TIME = "time"


class Label(NamedTuple):
    """A label as it stands in a text: what it means, its word without blanks, where it ends."""

    meaning: Meaning
    word: str
    end: int


def _alike(words: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(words.split(), meaning)


STEMS: dict[str, Meaning] = {
    "입력": Meaning.ENTERED,
    **_alike("작성 게시 업로드 등록 송고 발행 게재 생성 공개 출고 배포 전송", Meaning.PUBLISHED),
    "승인": Meaning.APPROVED,
    **_alike("수정 업데이트 갱신 변경 개정", Meaning.UPDATED),
    "편집": Meaning.EDITION,
    "지면": Meaning.PRINTED,
    **_alike("보도일시 보도시점 보도시각 보도일자 보도시간 엠바고", Meaning.EMBARGO),
    **_alike("등록일자 등록번호 창간일 창간일자 창간 설립일 설립 등록연월일 등록년월일", Meaning.REGISTRATION),
    **_alike("일시 시각 날짜 일자 시간", Meaning.TIME),
}
_PRINT_FIRST = (
    r"(?:지면|신문)(?: ?(?:게재|발행|보도|기사|보기))?(?: ?(?:일시|일자|날짜|일))?(?![가-힣])|호수(?![가-힣])"
)
_KOREAN = (
    r"(?:(?:기사|최초|최종|최근|마지막|데스크|온라인|인터넷|뉴스|포털|처음|노출|글|일부) ?){0,2}"
    r"(?P<stem>" + "|".join(map(" ?".join, sorted(STEMS, key=len, reverse=True))) + r")"
    r"(?: ?(?:일시|일자|시간|시각|날짜|일)|됨(?= ?[:|]? ?[0-9]{2,4}[./년-]))?(?:[은는](?= ))?(?![가-힣])"
    r"(?!(?<=수정) ?[|/·,]? ?(?:삭제|답변|답글|목록))"  # the buttons below a post
)
_CHANGED = (
    # what is said of an edit in a sentence, behind its time
    r"(?:(?:에|에서) )?(?:(?:마지막으로|최종적으로|최종|다시|일부) )?"
    r"(?P<verb>수정|편집|업데이트|변경|갱신|보완|개정)(?:이|을|를)? ?"
    r"(?:했습니다|하였습니다|되었습니다|됐습니다|했다|하였다|되었다|됐다|했음|하였음|되었음|됐음|함|완료)(?![가-힣])"
    # what an edit adds or puts right, in front of its time
    r"|(?P<mark>정정|추가|보완|보강|재수정|오류 ?정정)(?=(?: ?[:|)]+ ?| )(?:[0-9]{2,4} ?[./년-]|[0-9]{1,2}:[0-9]{2}))"
)
_ENGLISH_STEMS = {
    **_alike("published posted written write created registered date uploaded upload pubdate input", Meaning.PUBLISHED),
    **_alike("modified modify edited revised", Meaning.UPDATED),
    **_alike("update updated", Meaning.EDITION),
    "approved": Meaning.APPROVED,
    "embargo": Meaning.EMBARGO,
}
_ENGLISH = (
    r"(?:(?:article|og|dc|dcterms)[:.])?(?:(?:first|last|date|originally|article)[ _]?)?"
    r"(?P<stem>" + "|".join(sorted(_ENGLISH_STEMS, key=len, reverse=True)) + r")"
    r"(?:[ _]?(?:on|at|date|time))?(?![A-Za-z])(?! by\b)"
)


def label_at(text: str, position: int) -> Label | None:
    """The label that begins at *position* of the folded text, or None."""
    if text[position].isascii():
        return _label(compiled(_ENGLISH, re.IGNORECASE).match(text, position), _ENGLISH_STEMS)
    changed = compiled(_CHANGED).match(text, position)
    if changed is not None:
        word = changed["verb"] or changed["mark"]
        return Label(Meaning.UPDATED, word.replace(" ", ""), changed.end())
    printed = compiled(_PRINT_FIRST).match(text, position)
    if printed is not None:
        return Label(Meaning.PRINTED, printed.group().replace(" ", ""), printed.end())
    return _label(compiled(_KOREAN).match(text, position), STEMS)


def _label(match: re.Match[str] | None, stems: dict[str, Meaning]) -> Label | None:
    if match is None:
        return None
    return Label(stems[match["stem"].replace(" ", "").lower()], match.group().replace(" ", ""), match.end())


_ROLES: dict[Meaning, Role] = {
    Meaning.ENTERED: Role.PUBLISHED,
    Meaning.APPROVED: Role.PUBLISHED,
    Meaning.PUBLISHED: Role.PUBLISHED,
    Meaning.UPDATED: Role.UPDATED,
    Meaning.EDITION: Role.UPDATED,
    Meaning.PRINTED: Role.PRINT,
    Meaning.EMBARGO: Role.NONE,
    Meaning.REGISTRATION: Role.NONE,
    Meaning.TIME: Role.NONE,
}


def role_of(meaning: Meaning, slot: Slot) -> Role:
    """The role of a stamp so labelled in *slot*; a masthead or imprint never speaks of an article."""
    if slot in (Slot.MASTHEAD, Slot.IMPRINT):
        return Role.NONE
    return _ROLES[meaning]
