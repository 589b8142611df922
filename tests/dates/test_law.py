"""Every token of a text is accounted for: what is put beside a valid stamp changes it, is refused, or is known to be
passed over."""

from datetime import datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sosik.dates import DateParseError, parse_stamps
from sosik.dates import vocabulary as v
from sosik.dates.beside import is_passable
from sosik.dates.labels import label_at
from sosik.dates.tokens import kinds, lex

SEOUL = ZoneInfo("Asia/Seoul")
WALL = datetime(2024, 1, 16, 15, 22)  # noqa: DTZ001 - a wall clock of many zones
REFERENCE = datetime(2024, 1, 18, 10, tzinfo=SEOUL)
STAMPS = (
    ("2024-01-16", "15:22"),
    ("2024.01.16", "15:22"),
    ("2024. 1. 16.", "오후 3:22"),
    ("2024년 1월 16일", "15시 22분"),
    ("2024년 1월 16일(화)", "오후 3시 22분"),
    ("24.1.16", "15:22"),
    ("Jan 16, 2024", "3:22 PM"),
    ("2024/01/16", "(15:22)"),
    ("20240116", "15:22"),
)


def key(text: str) -> datetime | None:
    """The instant of an entry's key; None for a refusal, or for a text that is not one stamp of a day or finer."""
    try:
        stamps = parse_stamps(text, slot="key", reference=REFERENCE)
    except DateParseError:
        return None
    return stamps[0].timestamp.instant if len(stamps) == 1 and stamps[0].end is None else None


def beside(word: str, date: str, time: str) -> dict[str, str]:
    """The stamp with a word in front of it, behind it, between its parts, bare and in brackets."""
    return {
        "front": f"{word} {date} {time}",
        "behind": f"{date} {time} {word}",
        "in brackets": f"{date} {time}({word})",
        "in brackets apart": f"{date} {time} ({word})",
        "in front in brackets": f"({word}) {date} {time}",
        "between": f"{date} {word} {time}",
    }


ZONES = {
    "America/New_York": (
        "America/New_York",
        "ET",
        "EST",
        "미 동부시간",
        "미국 동부 시각",
        "뉴욕 현지시간",
        "동부표준시",
    ),
    "America/Chicago": ("America/Chicago", "CST", "미 중부시간", "시카고 시간"),
    "America/Los_Angeles": ("America/Los_Angeles", "PT", "PST", "미 서부시각", "미국 태평양 표준시", "LA 현지 시간"),
    "UTC": ("UTC", "GMT", "Z", "협정세계시", "세계표준시", "그리니치 표준시", "Etc/UTC", "+00:00", "+0000"),
    "Europe/London": ("Europe/London", "런던 현지시각", "영국시간", "BST"),
    "Europe/Paris": ("Europe/Paris", "CET", "파리 현지시간", "프랑스 시간"),
    "Asia/Shanghai": ("Asia/Shanghai", "중국 현지시간", "베이징 시간"),
    "Asia/Kolkata": ("Asia/Kolkata", "IST", "인도 시간"),
    "Asia/Singapore": ("SGT", "싱가포르 현지시간"),
    "Asia/Kathmandu": ("NPT", "네팔 현지시간"),
    "Africa/Nairobi": ("EAT", "케냐 나이로비 현지시간"),
    "Australia/Brisbane": ("브리즈번 현지 시각", "브리즈번 시간 기준"),
    "America/Phoenix": ("피닉스 현지시각",),
}
NAMES = [(zone, name) for zone, names in ZONES.items() for name in names]


@pytest.mark.parametrize(("zone", "name"), NAMES)
@pytest.mark.parametrize("stamp", STAMPS, ids=" ".join)
def test_a_zone_beside_a_stamp_is_its_zone_or_an_error(zone: str, name: str, stamp: tuple[str, str]) -> None:
    for place, text in beside(name, *stamp).items():
        assert key(text) in (None, WALL.replace(tzinfo=ZoneInfo(zone))), place


UNREAD_ZONES = (
    "Mars/Olympus",
    "현지시간",
    "현지 시각",
    "미국시간",
    "러시아 시간",
    "EDT",
    "PDT",
    "CST",
    "IST",
    "XST",
    "NST",
    "유럽 시간",
    "호주시간",
    "M",
    "zz",
)


@pytest.mark.parametrize("name", UNREAD_ZONES)
@pytest.mark.parametrize("stamp", STAMPS, ids=" ".join)
def test_a_zone_that_is_not_known_for_that_day_is_an_error(name: str, stamp: tuple[str, str]) -> None:
    assert [place for place, text in beside(name, *stamp).items() if key(text) is not None] == []


CHANGING = (
    *("3분", "2시간", "3일", "2주", "1개월", "1년", "30초", "개월", "전", "후", "2시간 후", "한 달", "사흘"),
    *(
        "예정",
        "예고",
        "예약",
        "내일",
        "모레",
        "글피",
        "다음 주",
        "다음달",
        "내년",
        "오는",
        "tomorrow",
        "공개 예정",
        "예정일",
        "까지",
        "부터",
    ),
    *(
        "이전",
        "이후",
        "이내",
        "마감",
        "쯤이다",
        "PN",
        "AN",
        "오전 오후",
        "음력",
        "~",
        "17일",
        "16:00",
        "2023-01-16",
        "전날",
        "이튿날",
        "5월",
        "10시",
    ),
)


@pytest.mark.parametrize("word", CHANGING)
@pytest.mark.parametrize("stamp", STAMPS, ids=" ".join)
def test_a_unit_or_a_future_word_beside_a_stamp_is_never_passed_over(word: str, stamp: tuple[str, str]) -> None:
    kept = [place for place, text in beside(word, *stamp).items() if key(text) == WALL.replace(tzinfo=SEOUL)]

    assert kept == []


PASSED = (
    *(
        "홍길동 기자",
        "홍길동 인턴기자",
        "서울=홍길동 기자",
        "by 홍길동",
        "작성자 홍길동",
        "관리자",
        "글=홍길동",
        "hong@example.kr",
    ),
    *("해누리일보", "해누리뉴스", "KBS", "YTN", "JTBC", "뉴스1", "연합뉴스"),
    *("정치", "사회부", "경제", "오피니언", "공지사항", "서울", "부산시"),
    *("조회 123", "조회수 1,234", "댓글 0", "좋아요 3", "추천 1", "1,234", "1.2만회", "12,345명", "hit 12"),
    *("URL복사", "PDF", "인쇄", "글자크기", "공유", "스크랩", "3분 읽기", "읽는 시간 2분", "5 min read"),
    *(
        "홍길동 뉴스팀장",
        "앵커 홍길동",
        "홍*동",
        "비회원",
        "조선비즈",
        "해누리트리뷴",
        "증시",
        "경제일반",
        "반려동물",
        "남양주",
    ),
    *(
        "구독자 1.2만명",
        "댓글 3개",
        "방문 123",
        "카카오톡으로 공유하기",
        "기사듣기",
        "아이폰",
        "전체공개",
        "약 5분 소요",
    ),
    *("2001:db8::1", "211.34.12.xx", "010.1234.5678", "+82-2-123-4567", "T.02-123-4567", "영하 3도", "강수확률 30%"),
    *("닛케이 35,901.79", "기사ID 20240110_0012", "제2024-12호", "[종합2보]", "iOS 17.2", "PM2.5"),
    *("192.168.0.12", "211.34.***.12", "02-1234-5678", "010-1234-5678", "맑음", "3.5℃", "코스피 2,497.59", "제1234호"),
)


@pytest.mark.parametrize("stamp", STAMPS, ids=" ".join)
@pytest.mark.parametrize("place", ["front", "behind", "in brackets apart"])
def test_what_may_be_passed_over_never_changes_the_instant(stamp: tuple[str, str], place: str) -> None:
    assert [word for word in PASSED if key(beside(word, *stamp)[place]) != WALL.replace(tzinfo=SEOUL)] == []


HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


def is_known(word: str) -> bool:
    """Whether a table has the word: of dates, of labels, or of what is passed over."""
    return bool(
        is_passable(word)
        or label_at(word, 0)
        or word in v.HANGUL
        or word in v.SINGLE_WEEKDAYS
        or word in v.MONTH_WORDS
        or word in v.MASTHEADS
        or v.ZONE in kinds(lex(word))
        or word.endswith(v.BYLINES)
    )


@given(word=HANGUL, stamp=st.sampled_from(STAMPS))
def test_any_other_word_in_a_key_is_an_error(word: str, stamp: tuple[str, str]) -> None:
    assume(not is_known(word))

    assert [place for place, text in beside(word, *stamp).items() if key(text) == WALL.replace(tzinfo=SEOUL)] == []


@given(word=HANGUL, stamp=st.sampled_from(STAMPS))
def test_elsewhere_it_is_noted(word: str, stamp: tuple[str, str]) -> None:
    assume(not is_known(word))
    try:
        stamps = parse_stamps(f"{stamp[0]} {stamp[1]} {word}", slot="stamp")
    except DateParseError:
        return

    assert "passed-over" in {note.code for note in stamps[0].timestamp.notes}


NAMES_AND_NUMBERS = (
    *("5·18", "6·25 전쟁", "3·1절", "4·19 혁명", "12·3 계엄", "10월 유신", "5월 단체", "12월 당", "8월의 크리스마스"),
    *("4월 이야기", "삼일절", "88올림픽", "2002 월드컵", "영화 1987", "100일의 낭군님", "6시 내고향", "24시 편의점"),
    *("1박 2일", "87년 체제", "2030세대", "4·3특별법", "헌법 제10조", "삼일대로 12", "중앙로 12번길 3", "22대 총선"),
    *("3-2 승리", "2대1", "3:2", "1.5배", "3.5%", "12,345원", "1만2000원", "3승 2패", "010-1234-5678", "1588-1234"),
    *("제12회", "10위", "3일째", "사흘간", "50주년", "2학기", "3월호", "12면", "2024가합1234", "3~4명", "9~11월"),
    *("영수증", "특허", "예산안", "마감", "개막", "평일", "매주", "가나다"),
)
INSTANT = WALL.replace(tzinfo=SEOUL)


@pytest.mark.parametrize("word", NAMES_AND_NUMBERS)
@pytest.mark.parametrize("slot", ["stamp", "key", "page"])
@pytest.mark.parametrize("label", ["", "입력 "])
def test_a_name_or_a_number_beside_a_stamp_makes_no_other_stamp(word: str, slot: str, label: str) -> None:
    """Whatever stands about a stamp, it is that stamp, or refused: no other moment, no other role, none less exact."""
    for date, time in STAMPS[:3]:
        stamp = f"{date} {time}"
        for text in (
            f"{word} {label}{stamp}",
            f"{label}{stamp} {word}",
            f"{label}{word} {stamp}",
            f"{label}{date} {word} {time}",
            f"{word} | {label}{stamp}",
        ):
            try:
                stamps = parse_stamps(text, slot=slot, reference=REFERENCE)
            except DateParseError:
                continue
            assert [each.timestamp.instant for each in stamps] == [INSTANT], text
            assert stamps[0].role in (("none", "published") if label else ("none",)), text


@given(word=HANGUL)
def test_a_word_in_front_of_a_weak_label_takes_its_day(word: str) -> None:
    """영수증 발행 2024.1.3: of an unknown thing it is not said that the article was published then."""
    assume(not is_known(word) and " " not in word)
    try:
        stamps = parse_stamps(f"{word} 발행 2024.01.16", slot="stamp")
    except DateParseError:
        return

    assert [each.role for each in stamps] in (["none"], ["print"])


TURNS = (("등록일", "published"), ("마감일", "none"), ("최종수정", "updated"), ("지면", "print"))
DAYS = ("2024-01-16", "2024-01-19", "2024-01-22")


@pytest.mark.parametrize("between", [" ", " | ", " / ", ", ", "\n", " l ", "ㅣ"])
@pytest.mark.parametrize("turns", [*permutations(TURNS, 2), *permutations(TURNS[:3], 3)])
def test_dates_and_labels_that_take_turns_pair_in_one_order(between: str, turns: tuple[tuple[str, str], ...]) -> None:
    roles = [role for _, role in turns]
    front = between.join(f"{label} {day}" for (label, _), day in zip(turns, DAYS, strict=False))
    behind = between.join(f"{day} {label}" for (label, _), day in zip(turns, DAYS, strict=False))

    for text in (front, behind):
        stamps = parse_stamps(text, slot="stamp")
        assert [(each.role, each.value) for each in stamps] == list(zip(roles, DAYS, strict=False)), text
