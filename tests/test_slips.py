"""What a newsroom does by mistake, told before readers see it, or with the build that shows it to them."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsrooms import ARTICLE, Newsroom, Unpack, at
from sosik.cli.options import publication_of
from sosik.cli.releasing import time_of
from sosik.dates import format_rfc3339
from sosik.dates.zones import zone_of
from sosik.serve.builder import Builder
from sosik.site import Site

FILE = "content/a.yaml"
ROOM = f"-- {FILE} --\n{ARTICLE}"

STAMP = "published: 2024-01-16 15:20\n"


def codes(room: Newsroom) -> list[str]:
    """The codes of what `sosik check` tells."""
    return [problem.code for problem in Site(room.root).check().problems]


@pytest.mark.parametrize(
    "saved",
    [
        ARTICLE.replace(STAMP, "published:\n") + "status: draft\n",
        ARTICLE + "draft: true\n",
        ARTICLE + "상태: 초안\n",
        ARTICLE.replace(STAMP, "published: false\n"),
    ],
)
def test_a_draft_saved_over_a_published_article_is_told_before_and_with_the_build(newsroom: Unpack, saved: str) -> None:
    room = newsroom(ROOM)
    room.build()
    room.write(f"-- {FILE} --\n{saved}")

    told = room.sosik("check")

    assert f"{FILE}: warning: draft-published: published entry is a draft again and is withdrawn; published" in told
    assert f"1 published article will be withdrawn: {FILE}" in told
    assert json.loads(room.sosik("check", "--json"))["withdrawn"] == [FILE]
    assert len(room.items()) == 1
    told = room.sosik("build")
    assert "draft-published" in told
    assert f"    withdrawn: {FILE}" in told
    assert room.items() == []
    assert "withdraw" not in room.sosik("check") + room.sosik("build"), "it is told once"

    room.sosik("release", FILE)
    room.sosik("build")

    assert [item["date_published"] for item in room.items()] == ["2024-01-16T15:20:00+09:00"]


def test_a_published_article_that_lost_its_time_stays_and_the_line_is_told(newsroom: Unpack) -> None:
    room = newsroom(ROOM)
    room.build()
    room.write(f"-- {FILE} --\n{ARTICLE.replace(STAMP, '')}")

    told = room.sosik("build", status=1)

    line = re.search(r"hint: write (published: .*), as published", told)
    assert line is not None
    assert len(room.items()) == 1
    room.write(f"-- {FILE} --\n{ARTICLE.replace(STAMP.strip(), line[1])}")
    assert room.sosik("check").startswith("no problems")


def test_every_article_that_a_build_takes_back_is_named(newsroom: Unpack) -> None:
    room = newsroom(f"{ROOM}-- content/b.yaml --\n{ARTICLE.replace('aaaa', 'bbbb').replace('첫', '둘째')}")
    room.build()
    room.sosik("withdraw", FILE)
    (room.root / "content" / "_drafts").mkdir()
    shutil.move(room.root / "content" / "b.yaml", room.root / "content" / "_drafts" / "b.yaml")

    before = Site(room.root).check().withdrawn
    told = room.sosik("build")

    assert before == ("content/_drafts/b.yaml", FILE)
    assert f"    withdrawn: content/_drafts/b.yaml, {FILE}" in told


def test_the_log_of_serve_names_the_article_that_a_draft_takes_back(
    newsroom: Unpack, caplog: pytest.LogCaptureFixture
) -> None:
    room = newsroom(ROOM)
    builder = Builder(Site(room.root))
    builder.build()
    room.write(f"-- {FILE} --\n{ARTICLE}status: draft\n")

    with caplog.at_level("INFO", "sosik.builder"):
        builder.build()

    assert "draft-published" in caplog.text
    assert f"Withdrawn: {FILE}." in caplog.text


EMBARGOED = """\
시장 사퇴 (엠바고 30일 12시)
[엠바고: 11월 30일(월) 정오] 시장 사퇴
시장 사퇴 (엠바고 12월 1일 06시)
시장 사퇴 (엠바고 3일 12시)
시장 사퇴 [엠바고 내일 조간]
[엠바고] 시장 사퇴
시장 사퇴 / 엠바고 오후 3시
(30일 조간부터 보도해 주시기 바랍니다) 시장 사퇴
새 다리 개통 【보도시점 2026. 11. 30.(월) 12:00】
(EMBARGO 2026-11-30 12:00) New bridge opens
New bridge opens (Embargoed until 30 November 2026, 6 a.m.)
"""

EMBARGOED_BODIES = """\
엠바고: 오후 3시
엠바고 30일 12시
※ 엠바고 : 11. 30.(월) 06:00까지
보도시점 2026. 11. 30.(월) 12:00 (12. 1.(화) 조간)
보도일시: 2026. 11. 30.(월) 조간부터
<p>보도자료</p><table><tr><td>보도시점: 11. 30.(월) 12:00 이후</td></tr></table><p>시는 밝혔다.</p>
<table><tr><td>보도시점</td><td>11. 30.(월) 12:00 이후</td></tr></table><p>시는 밝혔다.</p>
이 자료는 11월 30일(월) 12시 이후 보도하여 주시기 바랍니다.
엠바고 월요일 12시
"""

NO_EMBARGO = """\
엠바고 깬 기자, 30일 소환
국방부, 오후 3시 엠바고 해제
엠바고 30일 12시 해제된 문건에 담긴 것
[기자수첩] 엠바고를 다시 묻는다
엠바고 파기한 언론사 30일 출입 정지
시장 사퇴 (엠바고 28일 12시)
시장 사퇴 (엠바고 11월 27일 12시)
시장 사퇴 (엠바고 오늘 9시)
‘엠바고 논란’ 30일 국회로
보도시점을 놓고 30일 다툰 두 기관
(엠바고 해제)
30일부터 보도블록 교체
Embargo on grain exports to end on 30 November
Embargo until 2030
For release of prisoners on 30 November
"""

NO_EMBARGO_BODIES = """\
보도시점: 배포 즉시
이 자료는 배포 즉시 보도하여 주시기 바랍니다.
보도일시 2026. 11. 28.(토) 12:00
시는 30일 낮 12시까지 엠바고를 요청했다.
“30일 12시까지 보도하지 말아 달라”는 요청이 있었다고 시는 밝혔다.
"""


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        *((f"title: '{title}'\nbody: 시는 밝혔다.\n", True) for title in EMBARGOED.splitlines()),
        *((f"title: 시장 사퇴\nbody: |\n  {body}\n\n  시는 밝혔다.\n", True) for body in EMBARGOED_BODIES.splitlines()),
        ("title: 시장 사퇴 (엠바고 30일 12시)\nbody: <img src='https://www.test.example/1.jpg'>\n", True),
        *((f"title: '{title}'\nbody: 시는 밝혔다.\n", False) for title in NO_EMBARGO.splitlines()),
        *(
            (f"title: 시장 사퇴\nbody: |\n  {body}\n\n  시는 밝혔다.\n", False)
            for body in NO_EMBARGO_BODIES.splitlines()
        ),
        *(
            (f"title: 사퇴 (엠바고 30일 12시)\nbody: 글.\npublished: 2026-11-{day}\n", False)
            for day in (20, "30 12:00")
        ),
    ],
)
def test_embargo_words_with_a_time_ahead_are_told_of_what_is_public_at_once(
    newsroom: Unpack, fields: str, is_told: bool
) -> None:
    stamp = "" if "published" in fields else "published: 2026-11-29 10:00\n"
    room = newsroom(f"-- {FILE} --\nid: tag:test.example,2010:aaaa\n{stamp}{fields}")
    now = at("2026-11-29 10:05")

    report = Site(room.root).check(now=now)

    assert ("embargo-words" in [problem.code for problem in report.problems]) is is_told, report.problems
    Site(room.root).build(now=now)
    assert "embargo-words" not in [problem.code for problem in Site(room.root).check(now=now).problems]


def test_release_asks_for_the_time_that_an_embargo_names(newsroom: Unpack) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    time = format_rfc3339(ahead.replace(microsecond=0, second=0))
    draft = f"title: 시장 사퇴 (엠바고 {time[:16].replace('T', ' ')})\nstatus: draft\nbody: 시는 밝혔다.\n"
    room = newsroom(f"-- {FILE} --\n{draft}")

    assert "embargo-words" in room.sosik("release", FILE, status=1)
    assert (room.root / FILE).read_text("utf-8") == draft
    assert "released for" in room.sosik("release", FILE, "--at", time)
    assert room.sosik("check").count("embargo-words") == 0


HALVES = ["오전", "오후", "새벽", "아침", "낮", "저녁", "밤", "늦은 오후", "PM"]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(
    "line",
    [
        "입력: {}",
        "published: 2024-01-16\nupdated: {}",
        "published: 2024-01-16\nedits:\n  - {{at: {}, kind: update}}",
        "published: 2024-01-16\n고침: {} 정정",
        "공개: {}",
    ],
)
def test_a_part_of_the_day_without_an_hour_opens_no_embargo_at_midnight(newsroom: Unpack, line: str, half: str) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    stated = line.format(f"{ahead} {half}")
    room = newsroom(f"-- {FILE} --\n{ARTICLE.replace(STAMP, stated + chr(10))}")

    told = room.sosik("check", status=1)

    assert ": error: " in told
    assert ("part of the day without its hour" in told) is (not line.startswith("공개"))
    assert (f"write the hour, like {ahead} " in told) is (not line.startswith("공개"))
    assert room.sosik("build", status=1).count("held") >= 1


@pytest.mark.parametrize("text", ["내일 아침", "오늘 밤", "모레 오후", "내일 자정"])
def test_a_release_at_a_part_of_the_day_without_its_hour_is_refused(newsroom: Unpack, text: str) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE.replace(STAMP, '상태: 초안' + chr(10))}")

    said = room.sosik("release", FILE, "--at", text, status=2)

    assert "Invalid value for --at" in said
    assert ("자정 may be the start" in said) is ("자정" in text)
    assert ("part of the day without its hour" in said) is ("자정" not in text)
    assert " like " in said
    assert "적으세요" in room.sosik("--lang", "ko", "release", FILE, "--at", text, status=2)


@pytest.mark.parametrize(
    ("now", "text", "instant"),
    [
        ("2026-11-29T11:00+09:00", "내일 오전 6시", "2026-11-30T06:00:00+09:00"),
        ("2026-11-29T11:00+09:00", "내일 6시", "2026-11-30T06:00:00+09:00"),
        ("2026-11-29T11:00+09:00", "모레 오후 2시", "2026-12-01T14:00:00+09:00"),
        ("2026-11-30T05:00+09:00", "30일 12시", "2026-11-30T12:00:00+09:00"),
        ("2026-11-26T11:00+09:00", "30일 12시", "2026-11-30T12:00:00+09:00"),
        ("2026-11-29T11:00+09:00", "1일 9시", "2026-12-01T09:00:00+09:00"),
        ("2026-12-30T11:00+09:00", "1월 2일 오전 9시", "2027-01-02T09:00:00+09:00"),
        ("2026-11-29T16:00+00:00", "내일 6시", "2026-12-01T06:00:00+09:00"),
    ],
)
def test_a_day_of_release_is_the_next_one_in_the_zone_of_the_publication(
    newsroom: Unpack, now: str, text: str, instant: str
) -> None:
    publication = publication_of(newsroom(ROOM).root)
    at = datetime.fromisoformat(now).astimezone(zone_of(publication.timezone))

    assert format_rfc3339(time_of(text, at, publication)) == instant


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("images/brigde.jpg", "write images/bridge.jpg"),
        ("images/Bridge.JPEG", "write images/bridge.jpg"),
        ("bridge.jpg", "write images/bridge.jpg"),
        ("photos/bridge.jpg", "write images/bridge.jpg"),
        ("images/광장.jpg", "write the path from this file to the picture"),
        ("../../bridge.jpg", "write images/bridge.jpg"),
        ("images/note.txt", "replace the file with a JPEG"),
    ],
)
def test_a_picture_that_is_not_there_is_told_with_the_one_that_is(newsroom: Unpack, written: str, hint: str) -> None:
    room = newsroom(ROOM)
    (room.root / "content" / "images").mkdir()
    (room.root / "content" / "images" / "bridge.jpg").write_bytes(b"x")
    (room.root / "content" / "images" / "note.txt").write_bytes(b"x")
    room.write(f"-- {FILE} --\n{ARTICLE}사진: [{written}]\n")

    told = room.sosik("check")

    assert "picture-missing" in told
    assert f"hint: {hint}" in told


def test_check_tells_what_a_build_would_of_a_record_that_is_gone(newsroom: Unpack) -> None:
    room = newsroom(ROOM)
    room.sosik("build")
    assert "store-missing" not in room.sosik("check")
    shutil.rmtree(room.root / ".sosik")

    assert ".sosik/site.db: warning: store-missing" in room.sosik("check")
    assert [one["code"] for one in json.loads(room.sosik("check", "--json"))["problems"]] == ["store-missing"]
    assert "store-missing" in room.sosik("build")


def settings(room: Newsroom, old: str, new: str) -> None:
    """Change a text of feeds/publication.yaml."""
    file = room.root / "feeds" / "publication.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def moved(room: Newsroom, where: str = "check") -> list[str]:
    """What `sosik check` or `sosik build` tells of addresses that moved."""
    return re.findall(r"warning: address-moved: (.*)", room.sosik(where))


@pytest.mark.parametrize(
    "new", ["https://rss.sihom-ilbo.kr/", "http://feeds.test.example/", "https://feeds.test.example/a/"]
)
def test_another_address_of_the_feeds_is_told_once(newsroom: Unpack, new: str) -> None:
    room = newsroom(ROOM)
    room.build()
    assert moved(room) == []
    settings(room, "https://feeds.test.example/", new)

    told = room.sosik("check")

    assert f"the feeds move from https://feeds.test.example/ to {new}; subscribers" in told
    assert "hint: redirect each address below https://feeds.test.example/" in told
    assert len(moved(room, "build")) == 1
    assert moved(room) == moved(room, "build") == []


def test_one_address_of_both_is_told_as_one(newsroom: Unpack) -> None:
    room = newsroom(ROOM)
    settings(room, "feeds_url: https://feeds.test.example/\n", "")
    room.build()
    settings(room, "https://www.test.example/", "https://sihom-ilbo.kr/")

    assert len(moved(room)) == 1


@pytest.mark.parametrize(
    "made_up", ["http://127.0.0.1:8000/", "https://feeds.example.kr/", "http://192.168.0.7:8000/", "http://localhost/"]
)
def test_made_up_addresses_neither_move_nor_are_moved_to(newsroom: Unpack, made_up: str) -> None:
    room = newsroom(ROOM)
    settings(room, "https://feeds.test.example/", made_up)
    room.build()
    settings(room, made_up, "https://feeds.test.example/")
    assert moved(room, "build") == []
    settings(room, "https://feeds.test.example/", made_up)
    assert moved(room, "build") == []
    settings(room, made_up, "https://rss.sihom-ilbo.kr/")

    assert len(moved(room)) == 1, "readers have the last address that was real"


def test_a_machine_without_the_store_knows_the_address_before(newsroom: Unpack) -> None:
    room = newsroom(ROOM)
    room.sosik("build")
    shutil.rmtree(room.root / ".sosik")
    settings(room, "https://feeds.test.example/", "https://rss.sihom-ilbo.kr/")

    assert "address-moved" in room.sosik("build", "--previous", "public")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("예약: 2099-01-01 09:00", "write 입력: with the time of publication"),
        ("예약발행: 2024-01-01", "write 입력: with the time of publication"),
        ("공개일: 2024-01-01", "write 입력: with the time of publication"),
        ("엠바고: 30일 12시", "write 입력: with the time of publication"),
        ("embargo: noon", "write published: with the time of publication"),
        ("publish_at: noon", "write published: with the time of publication"),
        ("release-date: noon", "write published: with the time of publication"),
        ("expires_at: 2099-01-01", "write expires: with the time to withdraw the entry"),
        ("게시종료: 2099-01-01", "write 만료: with the time to withdraw the entry"),
        ("비공개: true", "write 상태: 초안, or delete it"),
        ("hidden: true", "write status: draft, or delete it"),
        ("헤드라인: 가", "did you mean 제목?"),
        ("headline: 가", "did you mean title?"),
        ("내용: 가", "did you mean 본문?"),
        ("섹션: 정치", "did you mean 분류?"),
        ("바이라인: 김하늘", "did you mean 기자?"),
        ("정정: 금액을 바로잡습니다", "did you mean 고침?"),
        ("상태: 초안임", "write one of 초안, 발행, 철회"),
        ("status: pending", "write one of draft, published, withdrawn"),
        ("고침: [{일시: 2024-01-17, 종류: 고침}]", "write one of 사소, 수정, 정정"),
        ("형식: 마크", "write one of auto, html, 마크다운, 글"),
        ("section: [단독] 사회", 'section: "[단독] 사회"'),
        ("태그: #나중에 정할 것", '태그: "#나중에 정할 것"'),
    ],
)
def test_the_hint_names_what_was_meant_in_the_language_of_the_file(newsroom: Unpack, line: str, hint: str) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE}{line}\n")

    assert f"    hint: {hint}" in room.sosik("check", status=0 if "did you" in hint else 1).splitlines()


@pytest.mark.parametrize("tags", ["#예산 #심사", "#예산, #심사", "\n- #예산\n- #심사", "#예산#심사"])
def test_hashtags_are_tags_without_quotation_marks(newsroom: Unpack, tags: str) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE}태그: {tags}\n")

    assert room.build().problems == []
    assert room.items()[0]["tags"] == ["예산", "심사"]


def test_only_a_headline_is_called_one(newsroom: Unpack) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE}부제: [단독] 사퇴\n요약: [단독] 사퇴\nlink: #자리\n")

    assert codes(room)[:3] == ["headline-quote", "text-quote", "text-quote"]


def test_words_that_the_shell_took_apart_are_one_headline(newsroom: Unpack) -> None:
    room = newsroom(ROOM)

    path = room.sosik("new", "[단독]", "시장", "사퇴", "--section", "정치").splitlines()[0]

    assert '제목: "[단독] 시장 사퇴"' in Path(path).read_text("utf-8")
    assert "unknown option '--sectoin'" in room.sosik("new", "시장", "--sectoin", "정치", status=2)


def test_a_name_in_a_headline_means_what_the_command_can_do_something_with(newsroom: Unpack) -> None:
    draft = ARTICLE.replace("aaaa", "bbbb").replace(STAMP, "상태: 초안\n")
    room = newsroom(f"{ROOM}-- content/b.yaml --\n{draft}")

    assert "a.yaml: [정정]" in room.sosik("correct", "첫 기사", "이름을 바로잡습니다.")
    assert "b.yaml: released" in room.sosik("release", "첫 기사")
    assert "2 articles have '첫 기사'" in room.sosik("release", "첫 기사", status=1)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("내일 오전 9시", timedelta(days=1)),
        ("23:59", timedelta()),
        ("1시간 뒤", timedelta(hours=1)),
        ("모레", timedelta(days=2)),
    ],
)
def test_a_time_of_release_may_count_from_now(newsroom: Unpack, text: str, ahead: timedelta) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE.replace(STAMP, '상태: 초안' + chr(10))}")
    now = datetime.now(UTC)

    said = room.sosik("release", FILE, "--at", text)

    stated = datetime.strptime(" ".join(said.split()[-2:]) + "+0900", "%Y-%m-%d %H:%M%z")
    assert now - timedelta(minutes=1) <= stated <= now + ahead + timedelta(days=1)


@pytest.mark.parametrize("text", ["어제 오후 3시", "2024-01-16 15:20", "언젠가", "3:1"])
def test_a_time_of_release_that_is_past_or_unreadable_is_refused(newsroom: Unpack, text: str) -> None:
    room = newsroom(f"-- {FILE} --\n{ARTICLE.replace(STAMP, '상태: 초안' + chr(10))}")
    before = (room.root / FILE).read_bytes()

    assert "Invalid value for --at" in room.sosik("release", FILE, "--at", text, status=2)
    assert (room.root / FILE).read_bytes() == before


def test_a_feed_that_is_still_defined_is_retired_with_its_definition(newsroom: Unpack) -> None:
    room = newsroom(ROOM)
    room.sosik("build")

    told = room.sosik("retire", "/rss.xml")

    assert "/rss.xml is still defined in feeds/; delete the definition to end it" in told


def test_programs_find_drafts_behind_the_entries_and_marked(newsroom: Unpack) -> None:
    undated = "-- content/_drafts/c.md --\n---\ntitle: 셋째\n---\n글.\n"
    drafts = f"{undated}-- content/d.yaml --\ntitle: 넷째\npublished: 2024-01-01\n"
    second = ARTICLE.replace("aaaa", "bbbb").replace("첫", "둘째")
    room = newsroom(f"{ROOM}-- content/b.yaml --\n{second}status: draft\n{drafts}")
    room.build()

    listed = json.loads(room.sosik("list", "--json").rpartition("]")[0] + "]")

    shown = [(one["title"], one["status"], one["published"], one["source"]) for one in listed]
    assert shown == [
        ("첫 기사", "published", "2024-01-16T15:20:00+09:00", "a.yaml"),
        ("셋째", "draft", None, "_drafts/c.md"),
        ("둘째 기사", "draft", None, "b.yaml"),
        ("넷째", "draft", None, "d.yaml"),
    ]
