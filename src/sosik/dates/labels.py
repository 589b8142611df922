"""The labels before a date, and their meaning in each slot."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

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


class Label(Struct, frozen=True):
    """A label as it stands in a text: what it means, its word without blanks, where it ends."""

    meaning: Meaning
    word: str
    end: int


def _alike(words: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(words.split(), meaning)


STEMS: dict[str, Meaning] = {
    "입력": Meaning.ENTERED,
    **_alike(
        "작성 게시 업로드 등록 송고 발행 게재 생성 공개 출고 배포 전송 포스팅 등재 탑재 업로딩", Meaning.PUBLISHED
    ),
    "승인": Meaning.APPROVED,
    **_alike("수정 업데이트 갱신 변경 개정 업뎃 고침 바로잡음 재송고 재등록 재전송 수정본 현행화", Meaning.UPDATED),
    "편집": Meaning.EDITION,
    "지면": Meaning.PRINTED,
    **_alike("보도일시 보도시점 보도시각 보도일자 보도시간 엠바고", Meaning.EMBARGO),
    **_alike("등록일자 등록번호 창간일 창간일자 창간 설립일 설립 등록연월일 등록년월일", Meaning.REGISTRATION),
    **_alike("일시 시각 날짜 일자 시간", Meaning.TIME),
}
_PRINT_FIRST = (
    r"(?:지면|신문)(?: ?(?:게재|발행|보도))?(?: ?(?:일시|일자|날짜|일))?(?! ?(?:보기|기사|구독|신청)|[가-힣])"
    # a tool of the page where no day alone follows
    r"|(?:지면|신문) ?(?:보기|기사)"
    r"(?= ?:? ?[0-9]{2,4} ?[./년-] ?[0-9]{1,2} ?[./월-] ?[0-9]{1,2}(?![0-9:])(?! ?[일.]? ?[0-9]{1,2}:))"
    r"|호수(?![가-힣])"
)
_WHEN = r"(?:일시|일자|시간|시각|날짜|일|날|때|시점)"
_OBJECTS = r"(?:내용|제목|본문|사진|영상|오타|오탈자|오기|오류|표현|수치|문구|사실관계|자료|설명|답변|반론|입장)"
_KOREAN = (
    r"(?:(?:기사|최초|최종|최근|마지막으로|마지막|데스크|온라인|인터넷|홈페이지|누리집|뉴스|포털|처음|노출"
    rf"|글|일부|게시글|게시물|문서|페이지|원문"
    rf"|{_OBJECTS}) ?){{0,2}}(?<!크기 )(?<!크기)"
    r"(?P<stem>" + "|".join(map(" ?".join, sorted(STEMS, key=len, reverse=True))) + r")"
    rf"(?: ?{_WHEN}| ?(?:이력|내역)|(?:한|된|하신) ?{_WHEN}|됨(?= ?[:|]? ?[0-9]{{2,4}}[./년-]))?"
    r"(?:[은는](?= ))?(?![가-힣])"
    r"(?!(?<=수정) ?[|/·,]? ?(?:삭제|답변|답글|목록))"  # the buttons below a post
    r"(?!(?<=창간) ?(?:[0-9]{1,4} ?주년|기념|특집|축하))"
)
_VERBS: dict[str, Meaning] = {
    **_alike("작성 게시 등록 발행 게재 업로드 공개 출고 송고 배포 입력 생성 포스팅", Meaning.PUBLISHED),
    **_alike("수정 편집 업데이트 변경 갱신 보완 보강 개정 정정", Meaning.UPDATED),
}
_BE_DONE = (
    "(?:(?<=으로 수정)됨|(?<=으로 편집)됨|(?<=으로 업데이트)됨|됨"
    + "".join(f"(?<!{verb}됨)" for verb in ("수정", "편집", "업데이트", "갱신", "변경", "보완", "개정"))
    + ")"
)
"""Those are marks of an edit, which say not when."""
_SAID = (
    # what is said in a sentence of what was done with the text, behind its time
    r"(?:(?:에|에서) )?(?:(?:마지막으로|최종적으로|최종|최초|처음|다시|일부) )?"
    rf"(?:{_OBJECTS}(?:이|을|를)? )?(?P<verb>" + "|".join(_VERBS) + r")(?:이|을|를)? ?"
    rf"(?:(?:했|하였|되었|됐)(?:습니다|다|음|어요|네요|던 [가-힣]{{1,4}})|함|완료|돼|{_BE_DONE}"
    r"|(?:한|된) (?:글|기사|게시물|게시글|문서|내용|뉴스|자료|페이지|판)(?:입니다|이다|임)?)(?![가-힣])"
)
_NATIVE_VERBS: dict[str, Meaning] = {
    **_alike("올린 올라온 쓴 적은 보낸 등록한 내보낸", Meaning.PUBLISHED),
    **_alike("고친 고쳐진 바로잡은 바뀐 손본", Meaning.UPDATED),
}
_NATIVE = (
    r"(?:(?:글|기사|마지막으로|마지막|최종|처음) ?)?(?P<native>" + "|".join(_NATIVE_VERBS) + r") ?"
    rf"(?:{_WHEN}|(?:글|기사|게시물)(?:입니다|이다|임)?)(?![가-힣])"
    r"|(?P<righted>고쳤습니다|고쳤음|고쳐졌습니다|바로잡습니다|바로잡았습니다|바로잡음)(?![가-힣])"
    r"|(?P<posted>올렸습니다|올림|올라왔습니다|씀|썼습니다)(?![가-힣])(?= ?$)"
)
_MARKED = (
    # what an edit adds or puts right, in front of its time or at the end behind it
    rf"(?:{_OBJECTS} ?)?(?P<mark>정정|추가|보완|보강|재수정|오류 ?정정|교체|반영)"
    r"(?=(?: ?[:|)]+ ?| )(?:[0-9]{2,4} ?[./년-]|[0-9]{1,2}:[0-9]{2})| ?\)? ?$)"
    rf"|(?:(?<=[0-9] )|(?<=[시분초] ))(?:{_OBJECTS} ?)?(?P<behind>정정|추가|보완|보강|교체|반영)(?= ?[|(),·/])"
)
_ENGLISH_STEMS = {
    **_alike(
        "published posted written write created registered date uploaded upload pubdate input released issued",
        Meaning.PUBLISHED,
    ),
    **_alike("modified modify edited revised corrected amended", Meaning.UPDATED),
    **_alike("update updated", Meaning.EDITION),
    "approved": Meaning.APPROVED,
    "embargo": Meaning.EMBARGO,
}
_ENGLISH = (
    r"(?:(?:article|og|dc|dcterms)[:.])?(?:(?:first|last|date|originally|article)[ _]?)?"
    r"(?P<stem>" + "|".join(sorted(_ENGLISH_STEMS, key=len, reverse=True)) + r")"
    r"(?:[ _]?(?:on|at|date|time))?(?![A-Za-z])(?:(?! by\b)| by (?:[^ |()]{1,20} ){1,3}on(?= ))"
)


def label_at(text: str, position: int) -> Label | None:
    """The label that begins at *position* of the folded text, or None."""
    if text[position].isascii():
        return _label(compiled(_ENGLISH, re.IGNORECASE).match(text, position), _ENGLISH_STEMS)
    told = _told(text, position)
    if told is not None:
        return told
    printed = compiled(_PRINT_FIRST).match(text, position)
    if printed is not None:
        return Label(Meaning.PRINTED, printed.group().replace(" ", ""), printed.end())
    return _label(compiled(_KOREAN).match(text, position), STEMS)


def _told(text: str, position: int) -> Label | None:
    """What a sentence says of a text, or a mark of an edit."""
    said = compiled(_SAID).match(text, position)
    if said is not None:
        return Label(_VERBS[said["verb"]], said["verb"], said.end())
    native = compiled(_NATIVE).match(text, position)
    if native is not None:
        meaning = Meaning.PUBLISHED if native["posted"] else Meaning.UPDATED
        return Label(_NATIVE_VERBS.get(native["native"] or "", meaning), native.group().replace(" ", ""), native.end())
    marked = compiled(_MARKED).match(text, position)
    if marked is None:
        return None
    return Label(Meaning.UPDATED, (marked["mark"] or marked["behind"]).replace(" ", ""), marked.end())


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


OF_ARTICLES = (
    "입력|기사|송고|데스크|최종|최초|최근|마지막|온라인|인터넷|포털|노출"
    "|(?:등록|작성|게시|업로드|게재|배포|수정|편집|올린|고친)(?:일시|일자|일|시간|시각|날짜|날)$"
)
"""Labels that speak of an article, whatever word stands in front of them."""


def role_of(meaning: Meaning, slot: Slot) -> Role:
    """The role of a stamp so labelled in *slot*; a masthead or imprint never speaks of an article."""
    if slot in (Slot.MASTHEAD, Slot.IMPRINT):
        return Role.NONE
    return _ROLES[meaning]
