"""Whatever stands in front of a stamp and behind it, its label, its form and its zone are read as they are alone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sosik.dates import Precision, Stamp, parse_stamps

SEOUL = ZoneInfo("Asia/Seoul")
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"

DATES = (
    *("{y}-{m:02}-{d:02}", "{y}.{m:02}.{d:02}", "{y}.{m:02}.{d:02}.", "{y}. {m}. {d}.", "{y}/{m:02}/{d:02}"),
    *("{y}년 {m}월 {d}일", "{y}년{m:02}월{d:02}일", "{yy:02}.{m:02}.{d:02}", "{y}.{m:02}.{d:02}({w})"),
    *("{y}년 {m}월 {d}일({w})", "{y}년 {m}월 {d}일 {w}요일", "{month} {d}, {y}", "{d} {month} {y}"),
)
TIMES = (
    *(" {h:02}:{n:02}", " {h:02}:{n:02}:{s:02}", " {half} {twelve}:{n:02}", " {half} {twelve}시 {n}분", " {h}시 {n}분"),
    *(
        " {twelve}:{n:02} {ap}",
        " ({h:02}:{n:02})",
        ", {h:02}:{n:02}",
        " · {half} {twelve}:{n:02}",
        " | {h:02}:{n:02}",
        "",
    ),
)
ZONES = {
    "": "Asia/Seoul",
    " KST": "Asia/Seoul",
    " (한국시간)": "Asia/Seoul",
    " ET": "America/New_York",
    " (미 동부시간)": "America/New_York",
    " UTC": "UTC",
    "(런던 현지시간)": "Europe/London",
    " 파리 시간": "Europe/Paris",
    " GMT+9": "Asia/Seoul",
}
PUBLISHED = (
    *("입력 ", "입력: ", "기사입력 ", "등록일 ", "작성일시 ", "승인 ", "송고시간 ", "게시일: ", "발행 ", "[입력] "),
    *("입력 | ", "입력 ➜ ", "Published ", "올린 날짜 "),
)
UPDATED = ("수정 ", "최종수정 : ", "업데이트 ", "마지막 수정: ", "고침 ", "Updated: ", "제목 수정 ", "수정한 날짜 ")
HEADS = (
    *(
        "",
        "홍길동 기자 ",
        "[해누리=연합뉴스] 홍길동 기자 ",
        "정치 > 국회 | ",
        "조회 123 | ",
        "KBS ",
        "[단독] ",
        "댓글 3 ",
    ),
    *(
        "해누리일보 | ",
        "작성자 관리자 ",
        "2,345 | ",
        "(서울=뉴스1) ",
        "공유하기 URL복사 ",
        "조회수 1.2만회 · ",
        "댓글(3) ",
    ),
    *("홍길동 기자 hong@example.kr | ", "앵커 홍길동 | ", "홍길동·김서윤 기자 = ", "👍 3 | "),
)
TAILS = (
    *("", " 조회 1,234", " | 조회수 345", " 댓글 3개", " 홍길동 기자", " 글자크기 인쇄", " 3분 읽기", " · 5 min read"),
    *(" 192.168.100.12", " 02-1234-5678", " 호수 1234", " (3)", " | 해누리일보", " 좋아요 12개", " 서울 맑음 3℃"),
    *(
        " 코스피 2,497.59",
        " ⓒ 해누리일보",
        " 답글 수정 삭제",
        " 카카오톡 공유",
        " /연합뉴스",
        " 아이폰에서",
        " 기사ID 20240116_0001",
    ),
)
FIRST, LAST = datetime.fromisoformat("2001-01-01"), datetime.fromisoformat("2026-12-31")
MOMENTS = st.datetimes(FIRST, LAST).map(lambda at: at.replace(microsecond=0))


def written(form: str, at: datetime) -> str:
    afternoon = at.hour >= 12
    return form.format(
        y=at.year,
        yy=at.year % 100,
        m=at.month,
        month=MONTHS[3 * at.month - 3 :][:3],
        d=at.day,
        w="월화수목금토일"[at.weekday()],
        h=at.hour,
        twelve=at.hour % 12 or 12,
        n=at.minute,
        s=at.second,
        half="오후" if afternoon else "오전",
        ap="PM" if afternoon else "AM",
    )


def moment(at: datetime, time: str, zone: str) -> datetime | date:
    """What a stamp of that time in that zone is: its instant, or its day."""
    if not time:
        return at.date()
    return at.replace(second=at.second if "{s" in time else 0, tzinfo=ZoneInfo(zone))


def told(stamp: Stamp) -> tuple[str, datetime | date]:
    instant = stamp.timestamp.instant
    return stamp.role, instant if stamp.precision.reaches(Precision.MINUTE) else instant.date()


def exists_once(at: datetime, zone: str) -> bool:
    local = at.replace(tzinfo=ZoneInfo(zone))
    return local.utcoffset() == local.replace(fold=1).utcoffset()


@settings(max_examples=400)
@given(
    at=MOMENTS,
    form=st.tuples(st.sampled_from(DATES), st.sampled_from(TIMES)),
    zone=st.sampled_from(sorted(ZONES)),
    label=st.one_of(
        st.just(("none", "")),
        st.tuples(st.just("published"), st.sampled_from(PUBLISHED)),
        st.tuples(st.just("updated"), st.sampled_from(UPDATED)),
    ),
    around=st.tuples(st.sampled_from(HEADS), st.sampled_from(TAILS)),
    slot=st.sampled_from(["stamp", "key"]),
)
def test_one_stamp_among_what_is_passed_over(
    at: datetime, form: tuple[str, str], zone: str, label: tuple[str, str], around: tuple[str, str], slot: str
) -> None:
    day, time = form
    zone = zone if time else ""
    assume(exists_once(at, ZONES[zone]))
    text = around[0] + label[1] + written(day + time, at) + zone + around[1]

    assert [told(stamp) for stamp in parse_stamps(text, slot=slot)] == [(label[0], moment(at, time, ZONES[zone]))]


SEPARATORS = (" ", " | ", " ㅣ ", " / ", "|", " · ", " → ", "\n", "<br>", ", ", " l ", " ❘ ", "&nbsp;|&nbsp;")
TAILS_OF_TWO = (*TAILS[:8], " 지면A1면", " 제1234호", " 공유", " 수정 삭제")


@pytest.mark.parametrize("style", ["front", "behind", "in brackets"])
@settings(max_examples=200)
@given(
    at=MOMENTS,
    later=st.integers(1, 5_000).map(lambda minutes: timedelta(minutes=minutes)),
    form=st.tuples(st.sampled_from(DATES), st.sampled_from(TIMES)),
    labels=st.tuples(st.sampled_from(PUBLISHED[:9]), st.sampled_from(UPDATED[:4])),
    separator=st.sampled_from(SEPARATORS),
    around=st.tuples(st.sampled_from(HEADS), st.sampled_from(TAILS_OF_TWO)),
)
def test_two_stamps_among_what_is_passed_over(
    style: str,
    at: datetime,
    later: timedelta,
    form: tuple[str, str],
    labels: tuple[str, str],
    separator: str,
    around: tuple[str, str],
) -> None:
    first, second = written("".join(form), at), written("".join(form), at + later)
    entered, edited = labels
    lines = {
        "front": f"{entered}{first}{separator}{edited}{second}",
        "behind": f"{first} {entered.strip(' :')}{separator}{second} {edited.strip(' :')}",
        "in brackets": f"{entered}{first} ({edited}{second})",
    }

    stamps = parse_stamps(around[0] + lines[style] + around[1])

    assert [told(stamp) for stamp in stamps] == [
        ("published", moment(at, form[1], "Asia/Seoul")),
        ("updated", moment(at + later, form[1], "Asia/Seoul")),
    ]
