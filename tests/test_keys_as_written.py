"""A message names a key as the file does: `입력` in a file that says so, `date` in one of Jekyll, else `published`."""

import re

import pytest

from newsrooms import Newsroom, Unpack
from sosik.ledger.steps import _TOLD
from sosik.site import Site
from sosik.words import say
from sosik.words.en import ledger

KOREAN = """\
-- content/a.yaml --
id: tag:news.example.kr,2010:k7m2q9x4t1zb
제목: 새 다리가 열렸다
입력: 2024-01-16 15:20
본문: |
  해누리시는 새 다리를 열었다.
"""
ENGLISH = KOREAN.replace("제목:", "title:").replace("입력:", "published:").replace("본문:", "body:")
JEKYLL = ENGLISH.replace("published:", "date:")


def told(room: Newsroom, language: str = "en") -> str:
    """Return what is said of the files of a newsroom, in a language."""
    return "\n".join(say(problem.told, language) for problem in Site(room.root).check().problems)


@pytest.mark.parametrize(
    ("language", "files", "said"),
    [
        ("en", KOREAN.replace("2024-01-16 15:20", "05/06/2026"), "date-unreadable: 입력: cannot read"),
        ("ko", KOREAN.replace("2024-01-16 15:20", "05/06/2026"), "date-unreadable: 입력: '05/06/2026'"),
        ("en", ENGLISH.replace("2024-01-16 15:20", "05/06/2026"), "date-unreadable: published: cannot read"),
        ("ko", JEKYLL.replace("2024-01-16 15:20", "05/06/2026"), "date-unreadable: date: '05/06/2026'"),
        ("en", KOREAN.replace("제목: 새 다리가 열렸다\n", ""), 'hint: 제목: "…"'),
        ("en", ENGLISH.replace("title: 새 다리가 열렸다\n", ""), 'hint: title: "…"'),
        ("ko", KOREAN.replace("본문: |\n  해누리시는 새 다리를 열었다.\n", ""), "`본문: 없음`"),
        ("en", KOREAN + "고침:\n  - 때: 2024-01-17 10:00\n    종류: 정정\n", 'hint: 내용: "description for readers"'),
        ("en", ENGLISH + "edits:\n  - at: 2024-01-17 10:00\n    kind: 정정\n", 'hint: note: "description for readers"'),
        ("ko", KOREAN + "상태: 발행\ndraft: true\n", "상태"),
        ("en", KOREAN + "비공개: 예\n", "hint: write 상태: "),
        ("en", KOREAN + "공개범위: 회원\n", "hint: write 상태: draft or 입력: … instead"),
    ],
)
def test_a_problem_names_the_key_of_its_file(newsroom: Unpack, language: str, files: str, said: str) -> None:
    assert said in told(newsroom(files), language)


@pytest.mark.parametrize(
    ("files", "key", "edit"), [(KOREAN, "입력", "수정"), (ENGLISH, "published", "updated"), (JEKYLL, "date", "updated")]
)
def test_so_do_rules_of_what_was_published(newsroom: Unpack, files: str, key: str, edit: str) -> None:
    room = newsroom(files)
    room.build("2024-01-17 09:00")
    room.write(files.replace("15:20", "16:20"))

    assert f"published-moved: {key} changed from 2024-01-16T15:20:00+09:00 to 2024-01-16T16:20:00+09:00" in told(room)
    assert f"restore {key} and write {edit}: for an edit" in told(room)


def test_what_a_file_lacks_is_named_in_its_language(newsroom: Unpack) -> None:
    room = newsroom(KOREAN + "기자: 홍길동\n요약: 새 다리 소식이다.\n")
    room.build("2024-01-17 09:00")
    room.write(KOREAN)

    assert "missing 기자, was '홍길동'" in told(room)
    assert "hint: write 요약: again" in told(room)


def test_what_is_kept_of_a_problem_is_named_so_when_it_is_told_again(newsroom: Unpack) -> None:
    room = newsroom(KOREAN.replace("2024-01-16 15:20", "2024-01-16(수) 15:20"))
    room.build("2024-01-17 09:00")

    assert "date-note: 입력 '2024-01-16(수) 15:20'" in told(room)
    assert "date-note: 입력 '2024-01-16(수) 15:20'" in told(room, "ko")


def test_a_key_of_two_names_keeps_its_own(newsroom: Unpack) -> None:
    """The address of an author and that of a picture are one key, and may have two names in a file."""
    room = newsroom(KOREAN + "기자: [{이름: 홍길동, 주소: [a]}]\n사진: [{파일: [b.jpg]}]\n")

    assert told(room).count("url takes text, not a list") == 2


def test_what_is_remembered_of_an_arrival_is_all_that_is_said_of_it() -> None:
    """The reading of a file knows every name; what waits to be judged, a few."""
    assert set(re.findall(r"\{@(\w+)", " ".join(ledger.TEXTS.values()))) <= set(_TOLD)


LARGE = "글자가 많다. " * 12_000


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (KOREAN + "대체: 없는-기사\n", "relation-unknown: 대체 names '없는-기사'"),
        (ENGLISH + "replaces: 없는-기사\n", "relation-unknown: replaces names '없는-기사'"),
        (KOREAN + f"요약: {LARGE}\n", "hint: write the text under 본문:"),
        (ENGLISH + f"summary: {LARGE}\n", "hint: write the text under body:"),
    ],
)
def test_so_does_what_is_found_while_the_edition_is_composed(newsroom: Unpack, files: str, said: str) -> None:
    room = newsroom(files)

    assert said in room.sosik("check", status=int("요약" in files or "summary" in files))


def test_an_entry_that_no_feed_shows_is_told_with_its_own_keys(newsroom: Unpack) -> None:
    others = [
        KOREAN.replace("a.yaml", f"n{day}.yaml").replace("k7m2", f"n{day}m2").replace("2024-01-16 15:20", day)
        for day in ("2024-02-01", "2024-02-02")
    ]
    feed = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 1, hours: 1, at_most: 1}\n"
    room = newsroom(feed + "".join(others))
    room.build("2024-02-03 09:00")
    room.write(KOREAN)

    said = told(room)

    assert "entry-unshown" in said
    assert "or set 입력: to now" in said
    assert "입력: 줄을 지금 시각으로" in told(room, "ko")
