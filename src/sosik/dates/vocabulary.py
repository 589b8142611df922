"""The words dates are written with, as tables: word → kind of token and value.

A kind is one character, so that the kinds of a text form a string over which the patterns of `forms` are matched.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What is counted, by the names that `timedelta` and `relativedelta` have for it."""

    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"


class ClockWord(StrEnum):
    """A time of day that is a word."""

    NOON = "noon"
    MIDNIGHT = "midnight"


class Era(StrEnum):
    """From when years are counted."""

    DANGI = "dangi"
    COMMON = "common"


class Direction(StrEnum):
    """Where a day is looked for, seen from the reference."""

    LAST = "last"
    NEXT = "next"


YEAR_UNIT: Final = "Y"
MONTH_UNIT: Final = "M"  # 월 is a month, and Monday
DAY_UNIT: Final = "D"  # 일 is a day, and Sunday
HOUR_UNIT: Final = "h"
MINUTE_UNIT: Final = "m"
SECOND_UNIT: Final = "s"
SPAN_UNIT: Final = "u"  # units that only lengths of time have: 시간, 개월, 주
WEEKDAY: Final = "W"
MONTH_NAME: Final = "b"
HALF_DAY: Final = "p"  # 오전, PM and the parts of the day that tell which half is meant
CLOCK_WORD: Final = "P"  # 정오, 자정
HALF_HOUR: Final = "H"  # 반
ZONE: Final = "Z"
LETTER_T: Final = "T"
LETTER_W: Final = "w"
AT: Final = "t"
ORDINAL: Final = "o"
ERA: Final = "E"
OTHER_ERA: Final = "A"  # years that are neither common ones nor 단기
LUNAR: Final = "L"
SOLAR: Final = "S"
DAY_WORD: Final = "r"  # 어제
PERIOD_WORD: Final = "R"  # 지난달
LAST: Final = "j"
NEXT: Final = "J"
AGO: Final = "g"
HENCE: Final = "G"
NOW: Final = "n"
FEW: Final = "f"
PARTICLE: Final = "q"
FROM: Final = "F"  # 부터
EDITION: Final = "k"  # 자 of 10일자
RELEASE: Final = "a"  # 조간, 석간: from which edition on a press release is free
PAGE: Final = "K"  # 면 of 5면
ABOUT: Final = "c"
LOCAL_TIME: Final = "X"
VAGUE: Final = "V"
EDITED: Final = "e"  # 수정됨: edited, without a time
COUNTER: Final = "#"
LABEL: Final = "l"
NOISE: Final = "x"
PASSED: Final = "Q"  # numbers with what they count, which are no date: 1,234, 3분 읽기, a telephone number
PRINTED_ISSUE: Final = "U"  # 호수 1234
EPOCH: Final = "d"  # /Date( of JSON
FUTURE: Final = "N"  # 예정: what stands before it has not happened

BYLINE: Final = "byline"  # the value of a word of no meaning that ends a byline, or only hedges
MARK: Final = "mark"  # the value of a mark that means nothing here
EQUALS: Final = "equals"  # the value of = between a label and its value
AND: Final = "and"  # the value of a mark that joins two days
COLUMN: Final = "column"  # the value of the words that head a column of a table beside those of dates
COLUMNS: Final = frozenset(
    ("제목", "작성자", "글쓴이", "이름", "분류", "구분", "첨부", "파일", "부서", "담당부서", "말머리", "글제목")
)
DEVICE: Final = "device"  # the value of the words that say from what something was posted
MASTHEAD: Final = "masthead"  # the value of the tools in a page's head
MASTHEADS: Final = frozenset(
    ("로그인", "로그아웃", "회원가입", "전체보기", "전체메뉴", "마이페이지", "구독신청", "지면보기", "검색", "LOGIN")
)
HEDGES: Final = ("약", "대략", "just")
CAMERA: Final = "camera"  # the value of the letters to which a camera glues the day
CAMERAS: Final = frozenset(
    (
        *("img", "vid", "p", "pxl", "dsc", "mvimg", "pano", "win", "screenshot", "photo", "kakaotalk"),
        *("scan", "capture", "report", "article", "image", "video", "rec", "record", "recording", "backup", "export"),
    )
)
BYLINES: Final = ("기자", "특파원", "위원", "앵커", "관리자", "약", "대략", "by", "just")


ISSUE: Final = "호"  # the value of the counter of issues: 1월호
THIS: Final = (None, 0)  # 이번: of what, the word behind it says

HALF_DAYS: Final = {"오전", "오후", "새벽", "아침", "낮", "점심", "저녁", "밤", "am", "pm"}
# Other words of the same parts of the day.
_SAME_HALF: Final = {
    "상오": "오전",
    "하오": "오후",
    "꼭두새벽": "새벽",
    "이른새벽": "새벽",
    "초저녁": "저녁",
    "한낮": "낮",
    "대낮": "낮",
    "한밤": "밤",
    "한밤중": "밤",
    "심야": "밤",
    "점심때": "점심",
}


def _alike(words: str, kind: str, value: object) -> dict[str, tuple[str, object]]:
    """Rows for words of one kind and value."""
    return dict.fromkeys(words.split(), (kind, value))


def _counted(words: str, kind: str, first: int) -> dict[str, tuple[str, object]]:
    """Rows for words of one kind whose values count from *first*."""
    return {word: (kind, number) for number, word in enumerate(words.split(), first)}


def _zones(names: str) -> dict[str, tuple[str, object]]:
    """Rows for names of zones, whose values are the names in capitals."""
    return {name: (ZONE, name.upper()) for name in names.split()}


HANGUL: Final[dict[str, tuple[str, object]]] = {
    "년": (YEAR_UNIT, "year"),
    "월": (MONTH_UNIT, 0),
    "일": (DAY_UNIT, 6),
    "시": (HOUR_UNIT, None),
    "분": (MINUTE_UNIT, None),
    "초": (SECOND_UNIT, None),
    "시간": (SPAN_UNIT, Unit.HOURS),
    "개월": (SPAN_UNIT, Unit.MONTHS),
    "달": (SPAN_UNIT, Unit.MONTHS),
    "주": (SPAN_UNIT, Unit.WEEKS),
    "주일": (SPAN_UNIT, Unit.WEEKS),
    "해": (SPAN_UNIT, Unit.YEARS),
    **{word: (HALF_DAY, word) for word in HALF_DAYS if not word.isascii()},
    **{word: (HALF_DAY, same) for word, same in _SAME_HALF.items()},
    "정오": (CLOCK_WORD, ClockWord.NOON),
    "자정": (CLOCK_WORD, ClockWord.MIDNIGHT),
    "반": (HALF_HOUR, None),
    **{day + end: (WEEKDAY, number) for number, day in enumerate("월화수목금토일") for end in ("요일", "욜")},
    "한국시간": (ZONE, "KST"),
    "한국시각": (ZONE, "KST"),
    "한국표준시": (ZONE, "KST"),
    "단기": (ERA, Era.DANGI),
    "단군기원": (ERA, Era.DANGI),
    **_alike("불기 주체 메이지 다이쇼 쇼와 헤이세이 레이와 민국 광무 융희 원기 포덕 황기", OTHER_ERA, None),
    "서기": (ERA, Era.COMMON),
    "서력": (ERA, Era.COMMON),
    "음력": (LUNAR, None),
    "음": (LUNAR, None),
    "양력": (SOLAR, None),
    "양": (SOLAR, None),
    **_alike("오늘 금일 이날 당일", DAY_WORD, 0),
    **_alike("어제 어젯 어저께 전날 전일 작일", DAY_WORD, -1),
    **_alike("그제 그저께 재작일", DAY_WORD, -2),
    **_alike("그끄저께 그끄제", DAY_WORD, -3),
    **_alike("내일 명일 익일 이튿날 다음날", DAY_WORD, 1),
    **_alike("모레 내일모레", DAY_WORD, 2),
    "글피": (DAY_WORD, 3),
    "그글피": (DAY_WORD, 4),
    **_alike("지난달 저번달 전월", PERIOD_WORD, (Unit.MONTHS, -1)),
    **_alike("이달 이번달 금월 당월", PERIOD_WORD, (Unit.MONTHS, 0)),
    **_alike("다음달 내달 익월", PERIOD_WORD, (Unit.MONTHS, 1)),
    "지지난달": (PERIOD_WORD, (Unit.MONTHS, -2)),
    "다다음달": (PERIOD_WORD, (Unit.MONTHS, 2)),
    **_alike("지난해 작년 전년 거년", PERIOD_WORD, (Unit.YEARS, -1)),
    **_alike("올해 금년 올", PERIOD_WORD, (Unit.YEARS, 0)),
    **_alike("내년 다음해 명년", PERIOD_WORD, (Unit.YEARS, 1)),
    "재작년": (PERIOD_WORD, (Unit.YEARS, -2)),
    "지지난해": (PERIOD_WORD, (Unit.YEARS, -2)),
    "후년": (PERIOD_WORD, (Unit.YEARS, 2)),
    **_alike("지난주 저번주", PERIOD_WORD, (Unit.WEEKS, -1)),
    **_alike("이번주 금주", PERIOD_WORD, (Unit.WEEKS, 0)),
    **_alike("다음주 내주 차주", PERIOD_WORD, (Unit.WEEKS, 1)),
    "지지난주": (PERIOD_WORD, (Unit.WEEKS, -2)),
    "다다음주": (PERIOD_WORD, (Unit.WEEKS, 2)),
    "지난": (LAST, Direction.LAST),
    "저번": (LAST, Direction.LAST),
    "오는": (NEXT, Direction.NEXT),
    "돌아오는": (NEXT, Direction.NEXT),
    "이번": (PERIOD_WORD, THIS),
    "다음": (PERIOD_WORD, (None, 1)),
    "전": (AGO, None),
    "후": (HENCE, None),
    "뒤": (HENCE, None),
    **_alike("방금 지금 현재 조금", NOW, None),
    "몇": (FEW, None),
    **_alike(
        "까지 에 에는 의 은 는 이 과 와 엔 입니다 이다 임 자로 부터는 까지는 까지도 에도 에서 에선 에만 이며 이고",
        PARTICLE,
        None,
    ),
    "자": (EDITION, None),
    **_alike("조간 석간", RELEASE, None),
    "면": (PAGE, None),
    **_alike("경 께 쯤 무렵 가량 정도 남짓", ABOUT, None),
    "부터": (FROM, None),
    "정각": (PARTICLE, "정각"),
    "현지시간": (LOCAL_TIME, None),
    "현지시각": (LOCAL_TIME, None),
    **_alike("엊그제 엊그저께 며칠 얼마 수일 최근 요즘 한동안 오래 조만간 당분간 반년", VAGUE, None),
    **_alike("수십 수백 수천 여러 몇몇 두어 서너 너댓 네댓 대여섯 예닐곱 반나절 간밤 지난밤", VAGUE, None),
    **_alike("첫째 둘째 셋째 넷째 다섯째 첫주 첫째주 둘째주 셋째주 넷째주 마지막주 주차 말일 그믐", VAGUE, None),
    **_alike("만에 만의 만이다 동안 내내 이내 연속 넘게 가까이 이상 이하 사이 이맘때", VAGUE, None),
    **_alike("말 말께 초순 중순 중순께 하순 하순께 상순 초반 중반 후반 전후 즈음", VAGUE, None),
    **_alike("상반기 하반기 분기 연말 연초 월말 월초 주말 주초 봄 여름 가을 겨울", VAGUE, None),
    **_alike("예정 예정일 예고 예약 개시예정 공개예정", FUTURE, None),
    "수정됨": (EDITED, None),
    "편집됨": (EDITED, None),
    **_alike("업데이트됨 갱신됨 변경됨 보완됨 개정됨", EDITED, None),
    **_alike(
        "댓글 조회 조회수 좋아요 추천 추천수 공감 비추천 스크랩 번호 글번호 기사번호 수 읽음 통권 제", COUNTER, None
    ),
    "호": (COUNTER, ISSUE),
}

# Words that say a number of days by themselves.
DAY_COUNTS: Final = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "열하루": 11,
    "열이틀": 12,
    "열사흘": 13,
    "열나흘": 14,
    "보름": 15,
}
_NATIVE_ONES: Final = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_NATIVE_TENS: Final = {"": 0, "열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50}
NATIVE_NUMBERS: Final = {
    **{ten + one: tens + ones for ten, tens in _NATIVE_TENS.items() for one, ones in _NATIVE_ONES.items()},
    "열": 10,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "석": 3,
    "넉": 4,
}
# Months whose names dropped a sound.
MONTH_WORDS: Final = {"유월": 6, "시월": 10, "동짓달": None, "섣달": None}

HANJA: Final[dict[str, tuple[str, object]]] = {
    "年": (YEAR_UNIT, "year"),
    "月": (MONTH_UNIT, 0),
    "日": (DAY_UNIT, 6),
    "時": (HOUR_UNIT, None),
    "时": (HOUR_UNIT, None),
    "分": (MINUTE_UNIT, None),
    "秒": (SECOND_UNIT, None),
    "半": (HALF_HOUR, None),
    "午前": (HALF_DAY, "오전"),
    "午後": (HALF_DAY, "오후"),
    "正午": (CLOCK_WORD, ClockWord.NOON),
    "子正": (CLOCK_WORD, ClockWord.MIDNIGHT),
    **{day + "曜日": (WEEKDAY, number) for number, day in enumerate("月火水木金土日")},
    **{day + "曜": (WEEKDAY, number) for number, day in enumerate("月火水木金土日")},
    "檀紀": (ERA, Era.DANGI),
    **_alike("明治 大正 昭和 平成 令和 佛紀 民國 光武 隆熙 皇紀", OTHER_ERA, None),
    "檀": (ERA, Era.DANGI),
    "西紀": (ERA, Era.COMMON),
    "陰曆": (LUNAR, None),
    "陰": (LUNAR, None),
    "陽曆": (SOLAR, None),
    "前": (AGO, None),
    "字": (EDITION, None),
    "面": (PAGE, None),
}

LATIN: Final[dict[str, tuple[str, object]]] = {
    **_counted("january february march april may june july august september october november december", MONTH_NAME, 1),
    **_counted("jan feb mar apr may jun jul aug sep oct nov dec", MONTH_NAME, 1),
    "sept": (MONTH_NAME, 9),
    **_counted("monday tuesday wednesday thursday friday saturday sunday", WEEKDAY, 0),
    **_counted("mon tue wed thu fri sat sun", WEEKDAY, 0),
    "tues": (WEEKDAY, 1),
    "wednes": (WEEKDAY, 2),
    "thur": (WEEKDAY, 3),
    "thurs": (WEEKDAY, 3),
    "am": (HALF_DAY, "am"),
    "pm": (HALF_DAY, "pm"),
    **_zones("kst jst utc gmt ut z est edt cst cdt mst mdt pst pdt"),
    # Names that several zones bear: known, so that they are refused and not passed over.
    **_zones(
        "bst cet cest eet eest wet west ist sgt hkt pht ict wib msk hst akst akdt ast adt aest aedt acst acdt awst"
        " nzst nzdt"
    ),
    "t": (LETTER_T, None),
    "w": (LETTER_W, None),
    "at": (AT, None),
    **dict.fromkeys(("st", "nd", "rd", "th"), (ORDINAL, None)),
    "ago": (AGO, None),
    "now": (NOW, None),
    "today": (DAY_WORD, 0),
    "yesterday": (DAY_WORD, -1),
    "tomorrow": (DAY_WORD, 1),
    **_alike("year years", SPAN_UNIT, Unit.YEARS),
    **_alike("month months", SPAN_UNIT, Unit.MONTHS),
    **_alike("week weeks", SPAN_UNIT, Unit.WEEKS),
    **_alike("day days", SPAN_UNIT, Unit.DAYS),
    **_alike("hour hours hr hrs", SPAN_UNIT, Unit.HOURS),
    **_alike("minute minutes min mins", SPAN_UNIT, Unit.MINUTES),
    **_alike("second seconds sec secs", SPAN_UNIT, Unit.SECONDS),
    **_alike("hit hits view views read no vol comment comments like likes", COUNTER, None),
}

SINGLE_WEEKDAYS: Final = {
    **{day: number for number, day in enumerate("월화수목금토일")},
    **{day: number for number, day in enumerate("月火水木金土日")},
}
