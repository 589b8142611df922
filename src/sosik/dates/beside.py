"""What may stand beside a date and says nothing of it: bylines, outlets, sections, counters, the tools of a page.

A class has a name and a pattern over folded text with its digits 0. What belongs to no class is an error in an entry's
key, and elsewhere a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosik.dates import zones
from sosik.dates.patterns import compiled


def words(text: str) -> list[str]:
    """The words of a table, the longest first: of two that begin alike the pattern takes the whole one."""
    return sorted(set(text.split()), key=len, reverse=True)


_AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,3})?"
_CHANGE = r"(?: ?\(? ?[|+-]? ?[0-9][0-9,]*\.[0-9]{1,2}(?![0-9]|\.[0-9]) ?%? ?\)?){0,3}"
_OCTET = r"(?:[0-9]{1,3}|[*♡♥]{1,3}|xxx)"

PASSED: Final = "|".join(
    (
        # an address of the internet, whole or masked; all of two digits could be a date
        rf"(?<![0-9.])(?=[0-9.*x♡♥]*(?:[0-9]{{3}}|[*x♡♥])){_OCTET}(?:\.{_OCTET}){{3}}(?![0-9.:시])",
        rf"(?<=[0-9|(] ){_OCTET}(?:\.{_OCTET}){{3}}(?![0-9.:시])",
        # telephone numbers
        r"(?<![0-9.-])(?:\+00[- ]?)?\(?[0-9]{2,3}[-)] ?[0-9]{3,4}-[0-9]{4}(?![0-9-])",
        r"(?:(?:대표|고객|문의) ?)?(?:전화|문의|번호|TEL|Tel|☎|✆) ?:? ?\(?[0-9]{2,4}\)?(?:-[0-9]{3,4}){1,2}(?![0-9-])",
        r"(?<=[0-9가-힣)] )[0-9]{4}-[0-9]{4}(?![0-9-])",
        # how long reading, hearing or watching takes
        r"(?:예상 ?)?읽(?:는|기) ?(?:데 ?)?(?:소요 ?)?(?:시간)? ?:? ?(?:약 ?)?"
        r"[0-9]{1,3} ?분(?: ?[0-9]{1,2} ?초)?(?: ?소요)?(?![가-힣])",
        r"(?<![0-9:])[0-9]{1,3} ?분(?: ?[0-9]{1,2} ?초)? ?(?:읽기|읽음|분량|소요|이면|만에)(?: ?읽기)?(?![가-힣])",
        r"(?<![0-9:])[0-9]{1,3}[- ]?min(?:ute)?s?\.? ?read",
        r"(?:재생|영상|동영상|음성|러닝타임|오디오) ?(?:시간|길이)? ?:? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])",
        # counts that a page rounds, or groups by commas
        rf"(?<![0-9.,:/-]){_AMOUNT} ?(?:[만천억]|[kKM](?![A-Za-z]))(?: ?{_AMOUNT} ?천?)? ?(?:여 ?)?"
        r"(?:회|건|명|개|뷰|원|views?|hits?)?(?![가-힣A-Za-z0-9])",
        r"(?<![0-9.,:/-])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})? ?"
        r"(?:회|건|명|개|뷰|원|포인트|p|views?|hits?)?(?![가-힣A-Za-z0-9,.:/-])",
        r"(?<![0-9.,:/-])[0-9]{1,7} ?(?:회|건|명|뷰|원|포인트|views?|hits?)(?![가-힣A-Za-z])",
        # the weather and the markets in a page's head
        r"(?<![0-9.,:/-])[+-]?[0-9]{1,3}(?:\.[0-9]{1,2})? ?(?:℃|°C|° ?C|℉|°F|°|도(?![가-힣])|%|㎍/㎥|㎍|mm|㎜)",
        rf"(?:코스피|코스닥|환율|원/달러|원·달러|달러|다우|나스닥|비트코인|유가|금값|국고채"
        r"|KOSPI|KOSDAQ|NASDAQ|DOW|USD|WTI)(?:000)? ?(?:지수|환율)?"
        rf" ?:? ?{_AMOUNT}(?![0-9:/-]|\.[0-9]) ?(?:원|달러|포인트|p)?{_CHANGE}",
    )
)
"""Numbers with what they count: read before dates are looked for, for some hold what looks like one."""

ISSUE: Final = r"(?:호수|지령) ?:? ?(?:제 ?)?[0-9]{1,3}(?:,[0-9]{3})*[0-9]{0,3} ?호?(?![0-9가-힣.:/-])"
"""The number of a printed issue."""

_NAME = r"[가-힣]{2,5}"
_END = r"(?:님|들)?(?![가-힣A-Za-z])"
_WRITERS = (
    r"기자|특파원|논설위원|편집위원|전문위원|해설위원|위원|앵커|아나운서|PD|피디|작가|편집장|편집국장|에디터|칼럼니스트|통신원|리포터|평론가|교수"
    r"|연구원|대표|국장|부장|차장|팀장|주임|기상캐스터|캐스터"
)
_KIND = r"(?:선임|수습|인턴|객원|전문|명예|시민|대학생|취재|사진|영상|온라인|의학|과학|산업|경제|정치|사회|문화|스포츠)"
_SECTIONS = words(
    "정치 경제 사회 문화 국제 세계 스포츠 연예 생활 IT 과학 산업 기업 금융 증권 부동산 오피니언 사설 칼럼 기고 "
    "인터뷰 전국 지방 지역 수도권 교육 노동 환경 건강 의료 의학 여행 날씨 인물 피플 북한 외교 국방 국회 대통령실 "
    "법원 검찰 사건 사고 사건사고 종합 속보 단독 포토 영상 동영상 공지 공지사항 게시판 자유게시판 보도자료 알림 "
    "알림마당 행사 일반 기획 특집 연재 라이프 홈 뉴스 전체 최신 인기 기사 최신기사 주요뉴스 새소식 소식 종교 책 "
    "출판 공연 전시 미술 음악 영화 방송 미디어 게임 모바일 자동차 유통 농업 농촌 수산 복지 여성 시민 행정 자치 "
    "의회 도정 시정 군정 구정 디지털 온라인 편집 취재 사진 그래픽 데이터 탐사 논설 생활문화 정책 재테크 글로벌 "
    "월드 총선 대선 지방선거 선거 축구 야구 농구 골프 배구 바둑 사람들 사람 부고 인사 동정 화촌 모집 채용 입찰 "
    "고시 공고 자료실 질문 답변 안내 중요 필독 이벤트 커뮤니티 독자투고 만평 카드뉴스 팩트체크 자유"
)
_PLACES = words(
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 충청 전라 경상 호남 "
    "영남 영동 영서 수원 성남 고양 용인 청주 천안 전주 창원 포항 춘천 원주 강릉 목포 여수 순천 안동 구미 진주 "
    "김해 평택 안산 안양 의정부 파주 김포 화성 군산 익산 경주 양산 서귀포"
)
_OUTLETS = (
    r"[가-힣A-Za-z0]{0,10}(?:일보|신문|뉴스|투데이|타임[즈스]|경제|방송|데일리|저널|미디어|통신|닷컴|매일|포스트|헤럴드|매거진|신보|시보|타임|TV|라디오"
    r"|프레스|경제신문|위키)(?:00?)?(?:사|팀|국)?|뉴시스|뉴스0|한겨레|오마이뉴스|프레시안|노컷뉴스|네이버|다음|카카오|채널A|경향|유튜브"
)
_LATIN_OUTLETS = words(
    "KBS[0-9]? MBC SBS EBS CBS BBS OBS TBS tbs YTN JTBC MBN MTN KTV BTN TBC KNN TJB CJB JIBS UBC TV CNN BBC NBC "
    "ABC NHK AP AFP UPI DPA EPA TASS Reuters Bloomberg Xinhua Kyodo Yonhap News[0-9]? News[0-9] NEWSIS Newsis "
    "NAVER Naver DAUM Daum YouTube ZDNet EPL VOA RFA WSJ NYT SNS ITN"
)
_TOOLS = words(
    "글자크기 글자 크기 글씨 글씨크기 가 가가 가가가 인쇄 인쇄하기 프린트 공유 공유하기 스크랩 스크랩하기 URL "
    "복사 URL복사 링크 링크복사 주소복사 복사하기 기사저장 저장 북마크 본문 본문듣기 듣기 음성 음성듣기 번역 닫기 "
    "열기 목록 목록보기 이전글 다음글 메일 이메일 카카오톡 카톡 카카오스토리 페이스북 트위터 밴드 라인 "
    "블로그 인스타그램 텔레그램 더보기 전체보기 로그인 로그아웃 회원가입 마이페이지 검색 메뉴 구독 구독하기 "
    "좋아요 추천 추천하기 신고 신고하기 답글 답글쓰기 댓글 댓글쓰기 댓글보기 의견 제보 기사제보 설정 폰트 확대 "
    "축소 크게 작게 보통 다크모드 화면 첨부 첨부파일 파일 다운로드 삭제 수정하기 원문 원문보기 기사원문 기사보기 "
    "보기 바로가기 지면보기 요약 요약봇 AI요약 응원 후원 후원하기 관심 알림받기 네이버에서 크게보기 작게보기 "
    "사진보기 페이지 상단 맨위로 위로 화나요 슬퍼요 훈훈해요 감동이에요 쏠쏠정보 흥미진진 공감백배 분석탁월 "
    "후속강추"
)
_LATIN_TOOLS = words(
    "PDF URL SNS QR AI RSS HOT hot NEW New new icon ICON share Share SHARE print Print PRINT facebook Facebook "
    "FACEBOOK twitter Twitter TWITTER kakao KakaoTalk email Email EMAIL Mail mail copy Copy COPY link Link TOP "
    "top HOME Home home LOGIN Login login BEST best Band band X x N l I HWP hwp DOC JPG jpg PNG AM PM VOD Live "
    "LIVE"
)
_READER_COUNTS = (
    r"(?:조회 ?수?|추천 ?수?|댓글 ?수?|좋아요|공감|비추천|스크랩|읽음|글번호|기사번호|번호|no"
    r"|hits?|views?|likes?|comments?)"
)


def _any(table: list[str]) -> str:
    return "|".join(table)


CLASSES: Final = {
    "byline": (
        rf"(?:(?:{_any(_PLACES)}|{_OUTLETS}) ?[=/] ?)?{_NAME}(?: ?[·,/&] ?{_NAME}){{0,5}}"
        rf" ?{_KIND}? ?(?:{_WRITERS}){_END}(?: ?=)?"
        rf"|{_KIND}? ?(?:{_WRITERS}){_END}"
        rf"|(?:posted |written )?[bB][yY] [^ |/()0]{{1,20}}(?: [^ |/()0]{{1,20}})?"
        rf"|(?:글|사진|글·사진|작성자|글쓴이|기자명|이름|닉네임|담당자?|등록자|게시자|작성|취재|편집|그래픽|필자|저자|게재자|출처|제공|자료|부서|담당부서|ID|아이디)"
        rf" ?[:=|] ?[^ |/()0]{{1,20}}"
        r"|(?:작성자|글쓴이|기자명|이름|닉네임|담당자|등록자|게시자|담당부서|출처) [^ |/()0]{1,20}"
        r"|관리자|운영자|최고관리자|시스템관리자|편집자|편집부|취재부|운영팀|홍보팀|담당자|작성자|글쓴이|익명|admin|Admin|webmaster|editor"
        r"|[가-힣]{1,8}(?:부서|담당관|과|실|센터|본부|위원회|사무국|편집국|보도국|제작진)(?![가-힣])"
    ),
    "outlet": rf"(?:{_OUTLETS})(?![가-힣])|(?:{_any(_LATIN_OUTLETS)})(?![A-Za-z])"
    r"|[ⓒ©][^|0]{0,30}|(?:Copyright|COPYRIGHT)[^|]{0,60}"
    r"|무단 ?전재(?: ?및 ?| ?[·,-] ?)?(?:재배포)? ?금지",
    "section": rf"(?:{_any(_SECTIONS)})(?:부|팀|면|란|국)?(?![가-힣A-Za-z])|[가-힣]{{1,8}}게시판(?![가-힣])",
    "place": rf"(?:{_any(_PLACES)})(?:시|도|특별시|광역시|본사|지사|취재본부|본부)?(?![가-힣])"
    rf"|(?:{_any(words(' '.join(zones.PLACES)))}) ?(?==)",
    "counter": rf"{_READER_COUNTS}(?: ?[:|]? ?\(?[0-9,]+\)?)?",
    "tools": rf"(?:{_any(_TOOLS)})(?![가-힣])|(?:{_any(_LATIN_TOOLS)})(?![A-Za-z0])",
    "weather": r"(?:맑음|흐림|구름 ?(?:많음|조금)|비|눈|소나기|안개"
    r"|미세먼지|초미세먼지|습도|기온|체감|날씨|나쁨|매우나쁨|좋음)(?![가-힣])",
    "issue": r"(?:통권|제|호수|창간|지령) ?[0-9,]* ?호?(?![가-힣])|[0-9,]+ ?호(?![가-힣])",
    "counted number": PASSED,
}
"""What may be passed over, by the name that `sosik date` gives it."""

WHOLE: Final = frozenset(_SECTIONS + _PLACES)
"""Words that are not taken apart, though pieces of them are words of dates: 경제, 전시."""

HEAD = ("byline", "outlet", "section", "place")
"""Classes in front of a date beside an edit that leave it the publication's."""


def passable_at(shape: str, position: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The classes that a piece of a text, beginning at *position*, may belong to, each with what it covers."""
    for name, pattern in CLASSES.items():
        found = compiled(pattern).match(shape, position)
        if found is not None:
            yield name, found


def is_passable(text: str) -> bool:
    """Whether the whole of a text belongs to one class."""
    return any(found.end() == len(text) for _, found in passable_at(text, 0))
