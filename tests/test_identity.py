"""Identity under fire: whatever happens to an article's file, readers know it by the id they first saw."""

import json
import os
import re
import shutil
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from databases import back_up, lose_store, restore
from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.errors import EditionRefusedError
from sosik.model import Outcome
from sosik.site import Site

pytestmark = pytest.mark.usefixtures("database")

ID = "tag:test.example,2010:aaaaaaaaaaaa"
OTHER = "tag:test.example,2010:bbbbbbbbbbbb"
LATER = "2024-02-02 09:00"
TEXT = "시장은 오늘 새 다리의 이름을 정했다고 밝혔다. 다리는 내년 봄에 열리고, 그때까지 배가 사람과 차를 나른다. "
NEXT = "프로축구 개막전에서 홈팀이 세 골을 넣고 이겼다. 관중은 만 명이 넘었고, 다음 경기는 토요일 저녁에 열린다. "


def entry(name: str, *, id_: str = "", title: str = "", published: str = "2024-01-16 15:20", rest: str = "") -> str:
    head = f"id: {id_}\n" if id_ else ""
    body = rest if "body:" in rest else f"{rest}body: {name} 기사의 본문이다.\n"
    return f"-- content/{name}.yaml --\n{head}title: {title or name}\npublished: {published}\n{body}"


def configured(*changes: tuple[str, str]) -> str:
    text = PUBLICATION
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return f"-- feeds/publication.yaml --\n{text}"


def seen(room: Newsroom) -> dict[object, object]:
    """Return what a reader keys on: the pubDate of every id."""
    return {item["id"]: item["date_published"] for item in room.items()}


def codes(room: Newsroom, now: str = LATER) -> set[str]:
    return {problem.code for problem in room.build(now).errors}


# --- what never changes an id


@pytest.mark.parametrize(
    "change",
    [
        entry("a", id_=ID, title="고친 제목"),
        entry("a", id_=ID, rest="body: 아주 새로 쓴 본문.\n"),
        entry("a", id_=ID, rest="section: 정치\nauthor: 한바다\ntags: [다리]\n"),
        entry("a", id_=ID, rest="updated: 2024-01-18 10:00\n"),
        entry("a", id_=ID, rest="link: https://www.test.example/새-주소\n"),
        "-- content/a.yaml --\n(gone)\n" + entry("정치/2024/새-이름", id_=ID, title="고친 제목"),
        "-- content/a.yaml --\n(gone)\n-- content/a.md --\n---\n"
        f"id: {ID}\ntitle: 고친 제목\npublished: 2024-01-16 15:20\n---\n새 본문.\n",
        configured(("https://www.test.example/", "https://new.example/")),
        configured(("https://www.test.example/", "http://www.test.example/")),
        configured(("https://feeds.test.example/", "https://rss.new.example/feeds/")),
        configured(("title: 시험일보", "title: 새시험일보")),
    ],
    ids=[
        "title",
        "body",
        "section and author",
        "updated",
        "link",
        "file, folder and title",
        "form of the file",
        "domain",
        "scheme",
        "host of the feeds",
        "name of the paper",
    ],
)
def test_an_edit_of_anything_keeps_id_and_date(newsroom: Unpack, change: str) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = seen(room)
    room.write(change)

    report = room.build(LATER)

    assert report.errors == []
    assert report.counts["new"] == 0
    assert seen(room) == before


def test_another_machine_gives_the_same_ids(newsroom: Unpack, tmp_path: Path) -> None:
    """Ids that are made of paths are made of those below content/ alone."""
    room = newsroom(entry("가/나", title="첫 기사") + entry("b", id_=ID))
    room.build()
    other = Newsroom(tmp_path / "elsewhere" / "deeper")
    shutil.copytree(room.root, other.root, ignore=shutil.ignore_patterns(".sosik", "public"))

    other.build("2024-05-05 05:05")

    assert seen(other) == seen(room)


def git(room: Newsroom, *arguments: str) -> None:
    names = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "e", "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "e"}
    plain = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    environment = {**os.environ, **names, **plain}
    subprocess.run(["git", *arguments], cwd=room.root, check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(newsroom: Unpack) -> Newsroom:
    """A newsroom under git, with a branch on which an article is missing and another was edited."""
    room = newsroom(entry("a", id_=ID) + entry("b") + entry("c"))
    room.write("-- .gitignore --\n.sosik/\n")
    git(room, "init", "-q", "-b", "main")
    git(room, "add", ".")
    git(room, "commit", "-qm", "first")
    git(room, "checkout", "-qb", "other")
    room.write("-- content/a.yaml --\n(gone)\n" + entry("b", title="b", rest="body: 다른 가지의 본문.\n"))
    git(room, "commit", "-qam", "other")
    git(room, "checkout", "-q", "main")
    return room


def test_another_branch_and_back_brings_the_same_articles(repository: Newsroom) -> None:
    repository.build()
    before = repository.items()
    git(repository, "checkout", "-q", "other")
    away = repository.build(LATER)
    assert away.outcomes[ID] is Outcome.WITHDRAWN
    git(repository, "checkout", "-q", "main")

    back = repository.build("2024-02-03 09:00")

    assert back.counts["new"] == 0
    assert repository.items() == before


def test_a_fresh_clone_goes_on_from_the_published_feeds(repository: Newsroom, tmp_path: Path) -> None:
    """With public/ in the repository, a machine that has nothing else posts nothing again."""
    repository.build()
    git(repository, "add", "-f", "public")
    git(repository, "commit", "-qm", "published")
    clone = Newsroom(tmp_path / "clone")
    git(repository, "clone", "-q", str(repository.root), str(clone.root))
    clone.write("-- content/b.yaml --\n(gone)\n" + entry("새-이름", title="b", rest="body: 고친 본문.\n"))
    site = Site(clone.root)

    report = site.build(now=at(LATER), previous="public")

    assert {problem.code for problem in report.errors} == {"id-changed"}
    assert report.counts["new"] == 0


# --- what would change one, and is held back


@pytest.mark.parametrize("title", ["a", "고친 제목"])
def test_a_file_moved_across_two_builds_is_known_again(newsroom: Unpack, title: str) -> None:
    """A build between the deletion and the new file withdraws the article; it does not come back as another."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    before = seen(room)
    room.write("-- content/a.yaml --\n(gone)\n")
    room.build(LATER, deleted=True)
    room.write(entry("새-이름", title=title, rest="body: a 기사의 본문이다.\n"))

    report = room.build("2024-02-02 09:01")

    [problem] = report.errors
    assert problem.code == "id-changed"
    room.write(entry("새-이름", id_=str(problem.hint).removeprefix("write into the file: id: "), title=title))
    room.build("2024-02-02 09:02")
    assert seen(room) == before


def test_what_really_is_another_article_can_be_published(newsroom: Unpack) -> None:
    """With an id of its own, and as a draft for one build."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n" + entry("c", rest="body: a 기사의 본문이다.\n"))
    assert codes(room) == {"id-changed"}

    room.write(entry("c", id_=OTHER, rest="status: draft\nbody: a 기사의 본문이다.\n"))
    assert room.build("2024-02-02 09:01", deleted=True).counts["withdrawn"] == 1
    room.write(entry("c", id_=OTHER, rest="body: a 기사의 본문이다.\n"))

    assert room.build("2024-02-02 09:02").counts["new"] == 1


def test_a_new_article_may_take_the_place_of_one_taken_back(newsroom: Unpack) -> None:
    """Only what is surely the same article is held back: the same short text is none."""
    room = newsroom(entry("휴간", title="1월 휴간 안내", rest="body: 내일은 쉽니다.\n") + entry("b"))
    room.build()
    room.write("-- content/휴간.yaml --\n(gone)\n")
    room.build(LATER, deleted=True)
    room.write(entry("휴간2", title="2월 휴간 안내", published="2024-02-02", rest="body: 내일은 쉽니다.\n"))

    report = room.build("2024-02-03 09:00")

    assert report.errors == []
    assert report.counts["new"] == 1


def test_two_files_that_change_names_are_both_held(newsroom: Unpack) -> None:
    """Each would show the other's article under its id, even at the same instant."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    before = room.read("/feed.json")
    ids = {item["title"]: item["id"] for item in room.items()}
    room.write(entry("a", title="b", rest="body: b 기사의 본문이다.\n"))
    room.write(entry("b", title="a", rest="body: a 기사의 본문이다.\n"))

    report = room.build(LATER)

    hints = {problem.location.file: str(problem.hint) for problem in report.errors}
    assert {problem.code for problem in report.errors} == {"id-changed"}
    assert str(ids["b"]) in hints["content/a.yaml"]
    assert str(ids["a"]) in hints["content/b.yaml"]
    assert room.read("/feed.json") == before


def test_an_article_may_not_change_names_with_one_that_is_still_to_come(newsroom: Unpack) -> None:
    """However often it is built, neither shows the other's text."""
    embargoed = entry("b", published="2024-02-10 09:00")
    room = newsroom(entry("a") + embargoed + entry("c"))
    room.build()
    before = room.read("/feed.json")
    room.write(embargoed.replace("content/b", "content/a") + entry("a").replace("content/a", "content/b"))

    for minute in range(3):
        assert codes(room, f"2024-02-02 09:0{minute}") == {"published-moved", "id-changed"}

    assert room.read("/feed.json") == before


def test_pinned_files_may_change_names(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b", id_=OTHER))
    room.build()
    before = room.items()
    first, second = entry("a", id_=ID), entry("b", id_=OTHER)
    room.write(first.replace("content/a", "content/b") + second.replace("content/b", "content/a"))

    report = room.build(LATER)

    assert report.errors == []
    assert room.items() == before


def test_files_that_change_names_after_an_id_was_lost_are_told_apart(newsroom: Unpack) -> None:
    """What a file says comes before where it lies, though another file has the right id for now."""
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = room.read("/feed.json")
    [other] = [item["id"] for item in room.items() if item["title"] == "b"]
    room.write(entry("a"))
    assert codes(room) == {"id-changed"}
    room.write(entry("a", title="b", rest="body: b 기사의 본문이다.\n"))
    room.write(entry("b", title="a", rest="body: a 기사의 본문이다.\n"))

    report = room.build("2024-02-02 09:01")

    hints = {problem.location.file: str(problem.hint).partition("id: ")[2] for problem in report.errors}
    assert hints == {"content/a.yaml": other, "content/b.yaml": ID}
    assert room.read("/feed.json") == before


@pytest.mark.parametrize("name", ["a", "z"])
@pytest.mark.parametrize("published", ["2024-01-16 15:20", "2024-02-01"])
def test_an_id_given_away_to_another_article_is_missed(newsroom: Unpack, name: str, published: str) -> None:
    """Of two files with one id the wrong one got a new id: readers would get its article twice."""
    room = newsroom(entry("a", id_=ID, rest=f"body: {TEXT}\n") + entry("c"))
    room.build()
    before = room.read("/feed.json")
    room.write("-- content/a.yaml --\n(gone)\n" + entry("b", id_=ID, published=published, rest=f"body: {NEXT}\n"))
    room.write(entry(name, id_=OTHER, title="a", rest=f"body: {TEXT}\n"))

    report = room.build(LATER)

    assert ("content/" + name + ".yaml", f"write into the file: id: {ID}") in {
        (problem.location.file, str(problem.hint)) for problem in report.errors
    }
    assert OTHER not in seen(room)
    assert (room.read("/feed.json") == before) == (published == "2024-02-01")


def test_an_article_that_takes_anothers_id_stays_up(newsroom: Unpack) -> None:
    """Held back as a duplicate, it has not vanished."""
    room = newsroom(entry("a", id_=ID) + entry("b", id_=OTHER))
    room.build()
    before = room.read("/feed.json")
    room.write(entry("a", id_=OTHER))

    report = room.build(LATER)

    assert {problem.code for problem in report.errors} == {"id-duplicate"}
    assert Outcome.WITHDRAWN not in report.outcomes.values()
    assert room.read("/feed.json") == before


def test_what_two_files_claim_until_its_time_comes_is_remembered_as_it_is_shown(newsroom: Unpack) -> None:
    """Neither file is accepted; what appears is the last good version, and its date is the one that never moves."""
    room = newsroom(entry("a", id_=ID, published="2024-02-01 10:00"))
    room.build("2024-02-01 09:00")
    room.write(entry("b", id_=ID, title="다른 기사", published="2024-02-01 09:30"))
    room.build("2024-02-01 09:10")
    room.build("2024-02-01 11:00")
    shown = seen(room)
    room.write("-- content/b.yaml --\n(gone)\n")

    report = room.build(LATER)

    assert shown == seen(room) == {ID: "2024-02-01T10:00:00+09:00"}
    assert (report.problems, report.counts["unchanged"]) == ([], 1)


def test_a_file_renamed_onto_another_is_not_shown_under_its_id(newsroom: Unpack) -> None:
    """Once the id is put right, the article that was overwritten is withdrawn."""
    room = newsroom(entry("a") + entry("b", published="2024-01-17 10:00"))
    room.build()
    before = seen(room)
    ids = {item["title"]: item["id"] for item in room.items()}
    moved = entry("a", title="b", published="2024-01-17 10:00", rest="body: b 기사의 본문이다.\n")
    room.write("-- content/b.yaml --\n(gone)\n" + moved)

    assert codes(room) == {"id-changed"}
    assert seen(room) == before

    room.write(moved.replace("title:", f"id: {ids['b']}\ntitle:"))
    report = room.build("2024-02-02 09:05", deleted=True)

    assert report.outcomes[str(ids["a"])] is Outcome.WITHDRAWN
    assert seen(room) == {ids["b"]: before[ids["b"]]}


def test_an_overwritten_article_comes_back_as_itself(newsroom: Unpack) -> None:
    """Its file holds another article of the same minute, in nearly the same words; it returns with a new headline."""
    room = newsroom(entry("가", title="가 예보") + entry("나", title="나 예보") + entry("c"))
    room.build()
    before = room.read("/feed.json")
    overwritten = entry("나", title="가 예보", rest="body: 가 기사의 본문이다.\n")
    returned = entry("라", title="고친 예보", rest="body: 나 기사의 본문이다.\n")
    room.write(f"-- content/가.yaml --\n(gone)\n{overwritten}{returned}")

    report = room.build(LATER)

    assert {problem.code for problem in report.errors} == {"id-changed"}
    assert report.counts["new"] == 0
    assert room.read("/feed.json") == before


def test_an_article_whose_id_was_retyped_is_known_however_it_is_edited(newsroom: Unpack) -> None:
    """Nobody looked at the error: first the date goes, then the text, then the headline."""
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = room.read("/feed.json")
    retyped = [
        entry("a", id_=OTHER, published="2024-01-30"),
        entry("a", id_=OTHER, published="2024-01-30", rest="body: 새 본문.\n"),
        entry("a", id_=OTHER, published="2024-01-30", title="새 제목", rest="body: 새 본문.\n"),
    ]
    for minute, text in enumerate(retyped):
        room.write(text)
        assert codes(room, f"2024-02-02 09:0{minute}") == {"id-changed"}

    assert room.read("/feed.json") == before


def test_the_hint_names_the_article_not_the_file_it_took(newsroom: Unpack) -> None:
    """Of an article that was renamed onto another one's file, headline and text say more than the file."""
    room = newsroom(entry("a", id_=ID) + entry("b", published="2024-01-17 10:00") + entry("c"))
    room.build()
    [wanted] = [item["id"] for item in room.items() if item["title"] == "b"]
    moved = entry("a", title="b", published="2024-01-17 10:00", rest="body: b 기사의 본문이다.\n")
    room.write("-- content/b.yaml --\n(gone)\n" + moved)

    report = room.build(LATER)

    assert [str(problem.hint) for problem in report.errors] == [f"write into the file: id: {wanted}"]


def test_an_article_is_known_however_much_it_is_edited_while_held(newsroom: Unpack) -> None:
    """One edit after the other would make it a stranger; the ledger follows it."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    before = room.read("/feed.json")
    room.write("-- content/a.yaml --\n(gone)\n" + entry("c", title="새 제목", rest="body: a 기사의 본문이다.\n"))
    assert codes(room) == {"id-changed"}

    room.write(entry("c", title="새 제목", rest="body: 새 본문.\n"))
    assert codes(room, "2024-02-02 09:01") == {"id-changed"}
    room.write("-- content/c.yaml --\n(gone)\n" + entry("d", title="새 제목", rest="body: 더 새로운 본문.\n"))
    assert codes(room, "2024-02-02 09:02") == {"id-changed"}

    assert room.read("/feed.json") == before


def test_an_article_that_was_taken_back_is_known_however_much_it_is_edited_while_held(newsroom: Unpack) -> None:
    """Renamed as a draft, it returns under another id; redating it and a new headline change nothing of that."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    room.write(
        "-- content/a.yaml --\n(gone)\n" + entry("z", title="a", rest="status: draft\nbody: a 기사의 본문이다.\n")
    )
    assert codes(room) == set()
    edits = (
        {"title": "a"},
        {"title": "고친 제목"},
        {"title": "고친 제목", "published": "2024-01-10"},
        {"title": "또 고친 제목", "published": "2024-01-10"},
    )

    for minute, edit in enumerate(edits, start=1):
        room.write(entry("z", rest="body: a 기사의 본문이다.\n", **edit))
        assert codes(room, f"2024-02-02 09:0{minute}") == {"id-changed"}

    assert room.titles() == ["b"]


def test_a_held_article_is_known_though_it_was_copied_meanwhile(newsroom: Unpack) -> None:
    """Each of the two files is remembered for itself."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    before = room.read("/feed.json")
    room.write("-- content/a.yaml --\n(gone)\n" + entry("c", title="a") + entry("d", title="a"))
    assert codes(room) == {"id-changed"}

    room.write(entry("c", title="a", rest="body: 새 본문.\n"))
    assert codes(room, "2024-02-02 09:01") == {"id-changed"}
    room.write(entry("c", title="새 제목", rest="body: 새 본문.\n"))
    assert codes(room, "2024-02-02 09:02") == {"id-changed"}

    assert room.read("/feed.json") == before


@pytest.mark.parametrize(
    "change",
    [
        entry("z", title="고친 제목", rest=f"body: {TEXT}끝.\n"),
        entry("z", title="a", published="2024-01-30", rest=f"body: {TEXT}끝.\n"),
        entry("z", id_=OTHER, title="고친 제목", rest=f"body: {TEXT}끝.\n"),
        entry("b", title="고친 제목", rest=f"body: {TEXT}끝.\n"),
    ],
    ids=["headline and text", "date and text", "id, headline and text", "onto another file"],
)
def test_a_file_renamed_and_edited_all_over_is_known_by_most_of_its_text(newsroom: Unpack, change: str) -> None:
    """The same instant or headline, and more than half of the words, are the same article."""
    room = newsroom(entry("a", rest=f"body: {TEXT}\n") + entry("b", rest=f"body: {NEXT}\n"))
    room.build()
    before = room.read("/feed.json")
    [wanted] = [item["id"] for item in room.items() if item["title"] == "a"]
    room.write("-- content/a.yaml --\n(gone)\n" + change)

    report = room.build(LATER)

    assert [str(problem.hint) for problem in report.errors] == [f"write into the file: id: {wanted}"]
    assert room.read("/feed.json") == before


def test_another_article_may_come_at_the_instant_of_one_that_goes(newsroom: Unpack) -> None:
    room = newsroom(entry("a", rest=f"body: {TEXT}\n") + entry("b"))
    room.build()
    room.write(
        "-- content/a.yaml --\n(gone)\n" + entry("z", title="a", rest=f"body: {NEXT}\n").replace(": a\n", ": c\n")
    )

    report = room.build(LATER, deleted=True)

    assert report.errors == []
    assert (report.counts["new"], report.counts["withdrawn"]) == (1, 1)


def test_what_was_confirmed_once_cannot_move_by_being_called_unconfirmed(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    before = seen(room)
    room.write(entry("a", id_=ID, rest="unconfirmed: [published]\n"))
    assert codes(room) == set()

    room.write(entry("a", id_=ID, published="2024-01-30", rest="unconfirmed: [published]\n"))

    assert codes(room, "2024-02-02 09:01") == {"published-moved"}
    assert seen(room) == before


@pytest.mark.parametrize("gone", ["", "-- content/a.yaml --\n(gone)\n"], ids=["beside it", "after it was taken back"])
def test_who_publishes_an_article_again_under_a_new_id_is_told(newsroom: Unpack, gone: str) -> None:
    """An id of its own says that it is meant; a slip of the hand should not go unnoticed."""
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    if gone:
        room.write(gone)
        room.build(LATER, deleted=True)
    room.write(entry("z", id_=OTHER, title="a", published="2024-02-02", rest="body: a 기사의 본문이다.\n"))

    report = room.build("2024-02-02 09:01")

    [problem] = [problem for problem in report.problems if problem.code == "entry-repeated"]
    assert f"id: {ID}" in str(problem.hint)
    assert report.counts["new"] == 1
    assert "entry-repeated" not in {problem.code for problem in room.build("2024-02-02 09:02").problems}


def test_two_ids_with_one_page_are_not_both_published(newsroom: Unpack) -> None:
    """The page belongs to whoever had it first; the other one needs a link, or another id."""
    same = "tag:other.example,2020:aaaaaaaaaaaa"
    room = newsroom(entry("z", id_=ID) + entry("b"))
    room.build()
    room.write(entry("a", id_=same))

    report = room.build(LATER)

    [problem] = report.errors
    assert (problem.code, problem.location.file) == ("page-taken", "content/a.yaml")
    assert f"/articles/aaaaaaaaaaaa/, also of {ID} in content/z.yaml" in str(problem.message)
    room.write("-- content/z.yaml --\n(gone)\n")
    assert codes(room, "2024-02-02 09:01") == {"page-taken"}
    room.write(entry("a", id_=same, rest="link: https://www.test.example/1\n"))
    assert codes(room, "2024-02-02 09:02") == set()
    assert same in seen(room)


def test_of_two_new_files_with_one_page_one_is_published(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID) + entry("b", id_="tag:other.example,2020:aaaaaaaaaaaa"))

    assert codes(room) == {"page-taken"}
    assert [*seen(room)] == [ID]


def test_a_copy_is_held_until_it_is_another_article(newsroom: Unpack) -> None:
    room = newsroom(entry("a") + entry("b"))
    room.build()
    copied = entry("c", title="a", rest="body: a 기사의 본문이다.\n")
    room.write(copied)

    assert codes(room) == {"entry-copied"}
    assert len(room.items()) == 2

    room.write(entry("c", published="2024-02-02 09:00"))
    assert codes(room, "2024-02-02 09:01") == set()
    assert len(room.items()) == 3


def test_a_copy_stays_one_though_the_original_is_edited(newsroom: Unpack) -> None:
    room = newsroom(entry("a") + entry("b"))
    room.build()
    room.write(entry("c", title="a", rest="body: a 기사의 본문이다.\n"))
    assert codes(room) == {"entry-copied"}

    room.write(entry("a", title="고친 제목", rest="body: a 기사의 본문이다.\n"))
    assert codes(room, "2024-02-02 09:01") == {"entry-copied"}
    room.write(entry("a", title="고친 제목", rest="body: 고친 본문.\n"))
    assert codes(room, "2024-02-02 09:02") == {"entry-copied"}

    assert len(room.items()) == 2


def test_pin_makes_no_article_of_what_is_held_back(newsroom: Unpack) -> None:
    """A deleted file is restored without its id. Nothing advises to pin it, and to pin everything does not post it."""
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    room.write("-- content/a.yaml --\n(gone)\n")
    room.build(LATER, deleted=True)
    room.write(entry("c", title="a", rest="body: a 기사의 본문이다.\n"))

    problems = room.sosik("check", status=1)
    assert "content/c.yaml: error: id-changed: " in problems
    assert "content/c.yaml:1:1: warning: id-not-pinned" not in problems
    assert "content/b.yaml:1:1: warning: id-not-pinned" in problems

    told = room.sosik("pin", status=1)
    assert f"hint: write into the file: id: {ID}" in told
    assert told.endswith("1 pinned\n")
    assert codes(room, "2024-02-02 09:01") == {"id-changed"}
    assert len(room.items()) == 1


@pytest.mark.parametrize("named", [[], ["content/나/b.yaml"]])
def test_pin_writes_the_id_that_a_renamed_file_is_held_back_for(newsroom: Unpack, named: list[str]) -> None:
    """Also after a build has seen the new name; an article that is two files' is left as it is."""
    room = newsroom(entry("a") + entry("c"))
    room.build()
    before = room.items()
    for name, target in (("a", "나/b"), ("c", "나/d")):
        (room.root / "content" / "나").mkdir(exist_ok=True)
        (room.root / "content" / f"{name}.yaml").rename(room.root / "content" / f"{target}.yaml")
    assert codes(room) == {"id-changed"}

    told = room.sosik("pin", *named)
    assert told.endswith("1 pinned\n" if named else "2 pinned\n")
    assert codes(room, "2024-02-02 09:01") == ({"id-changed"} if named else set())
    assert room.items() == before


def test_nothing_is_pinned_under_an_authority_that_is_not_the_publications(newsroom: Unpack) -> None:
    room = newsroom(entry("a"))
    room.build()
    room.write(configured(("test.example,2010", "new.example,2024")))

    assert "authority-changed" in room.sosik("pin", status=1)
    assert "id:" not in (room.root / "content" / "a.yaml").read_text("utf-8")


def test_a_copy_that_was_rewritten_in_part_is_not_called_the_same_word_for_word(newsroom: Unpack) -> None:
    room = newsroom(entry("a", id_=ID))
    room.build()
    room.write(entry("b", id_=ID))
    assert codes(room) == {"id-duplicate"}

    room.write(entry("b"))
    assert codes(room, "2024-02-02 09:01") == {"entry-copied"}
    assert "copy of content/a.yaml, still partly identical" in room.sosik("check", status=1)


def test_a_copy_of_what_is_held_is_a_copy_too(newsroom: Unpack) -> None:
    """Here the original was redated and given another headline."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    held = entry("a", title="고친 제목", published="2024-01-30", rest="body: a 기사의 본문이다.\n")
    room.write(held)
    assert codes(room) == {"published-moved"}

    room.write(held.replace("content/a", "content/c"))

    assert codes(room, "2024-02-02 09:01") == {"published-moved", "entry-copied"}
    assert len(room.items()) == 2


@pytest.mark.parametrize("rest", ["status: draft\n", "draft: true\n", "status: withdrawn\n"])
def test_a_copy_that_is_a_draft_takes_nothing_away(newsroom: Unpack, rest: str) -> None:
    """A copied file whose id was left in is no withdrawal of the article it was copied from."""
    room = newsroom(entry("b", id_=ID) + entry("c"))
    room.build()
    before = room.items()
    room.write(entry("a", id_=ID, rest=rest))

    report = room.build(LATER)

    assert {problem.code for problem in report.errors} == {"id-duplicate"}
    assert report.outcomes["content/a.yaml"] is Outcome.HELD
    assert room.items() == before


def test_a_broken_file_keeps_its_id_on_a_machine_without_the_store(newsroom: Unpack) -> None:
    room = newsroom(entry("a") + entry("b"))
    room.build()
    lose_store(room.root)
    room.write('-- content/a.yaml --\ntitle: "열린\npublished: 2024-01-16 15:20\n')
    report = Site(room.root).build(now=at(LATER), previous="public")

    assert Outcome.WITHDRAWN not in report.outcomes.values()
    room.write(entry("a"))
    assert room.build("2024-02-02 09:01").counts["new"] == 0


@pytest.mark.parametrize("at_once", [False, True])
def test_a_file_name_may_be_used_again_and_what_to_do_is_told(newsroom: Unpack, at_once: bool) -> None:
    """A pinned article moved on; a new one under its old file name would get its id."""
    room = newsroom(entry("a") + entry("b"))
    room.build()
    room.sosik("pin")
    (room.root / "content/a.yaml").rename(room.root / "content/z.yaml")
    if not at_once:
        room.build(LATER)
    room.write(entry("a", title="새 기사", published="2024-02-01", rest="body: 다른 글.\n"))

    hints = {problem.location.file: str(problem.hint) for problem in room.build("2024-02-02 09:00").errors}

    assert re.search("rename this file|a new file name", hints["content/a.yaml"])
    (room.root / "content/a.yaml").rename(room.root / "content/c.yaml")
    report = room.build("2024-02-02 09:01")
    assert (report.errors, report.counts["new"]) == ([], 1)


# --- what ids are made of


def test_another_authority_refuses_the_edition(newsroom: Unpack) -> None:
    """Every derived id and every feed's id would change; the hint is the line to write."""
    room = newsroom(entry("a"))
    room.build()
    before = room.read("/atom.xml")
    room.write(configured(("test.example,2010", "new.example,2024")))

    with pytest.raises(EditionRefusedError) as refused:
        room.build(LATER)

    [problem] = refused.value.problems
    assert (problem.code, problem.location.file) == ("authority-changed", "feeds/publication.yaml")
    assert "write authority: test.example,2010" in str(problem.hint)
    assert room.read("/atom.xml") == before
    room.write(configured())
    assert room.build(LATER).errors == []


def test_another_time_zone_is_told_once_and_clearly(newsroom: Unpack) -> None:
    """Naive dates would move, so their entries are held; those with an offset are not."""
    fixed = entry("c", published="2024-01-16T15:20:00+09:00")
    room = newsroom(entry("a") + entry("b") + fixed)
    room.build()
    before = room.read("/feed.json")
    room.write(configured(("title: 시험일보\n", "title: 시험일보\ntimezone: UTC\n")))

    report = room.build(LATER)

    [told] = [problem for problem in report.errors if problem.code == "timezone-changed"]
    assert "timezone: Asia/Seoul" in str(told.hint)
    assert "2 published entries are held back" in str(told.message)
    assert report.outcomes["content/a.yaml"] is Outcome.HELD
    assert seen(room) == {item["id"]: item["date_published"] for item in json.loads(before)["items"]}
    assert "timezone-changed" in codes(room, "2024-02-02 09:01")

    room.write("".join(entry(name, published="2024-01-16 15:20 +09:00") for name in "ab"))
    assert codes(room, "2024-02-02 09:02") == set()


# --- time


def test_a_stated_updated_counts_until_a_later_edit_comes_true(newsroom: Unpack) -> None:
    """Neither the feed's nor the entry's updated goes back while an edit lies ahead."""
    edits = "edits: [{at: 2024-02-05 12:00, kind: correction, note: 바로잡습니다}]\n"
    room = newsroom(entry("a", id_=ID, rest=f"updated: 2024-01-17\n{edits}") + entry("b"))

    room.build()
    assert next(item for item in room.items() if item["id"] == ID)["date_modified"] == "2024-01-17T00:00:00+09:00"
    assert b"<updated>2024-01-17T00:00:00+09:00</updated>" in room.read("/atom.xml")

    report = room.build("2024-02-05 12:00")
    assert next(item for item in room.items() if item["id"] == ID)["date_modified"] == "2024-02-05T12:00:00+09:00"
    assert report.outcomes[ID] is Outcome.CORRECTED


def test_an_edit_before_publication_never_shows_before_it(newsroom: Unpack) -> None:
    edits = "edits: [{at: 2024-01-10, kind: update}, {at: 2024-02-05 12:00, kind: update}]\n"
    room = newsroom(entry("a", id_=ID, rest=edits))

    room.build()

    assert room.items()[0]["date_modified"] == room.items()[0]["date_published"]


def test_a_clock_that_was_set_back_takes_nothing_away(newsroom: Unpack) -> None:
    room = newsroom(entry("a", published="2024-02-01 08:59"))
    room.build("2024-02-01 09:00")
    before = room.read("/feed.json")

    room.build("2024-02-01 08:30")

    assert room.read("/feed.json") == before


def test_a_trial_of_a_day_to_come_binds_nobody(newsroom: Unpack) -> None:
    """Neither does a later build wait for that day, nor is an embargo broken."""
    embargo = f"{datetime.now(UTC) + timedelta(days=300):%Y-%m-%d}"
    room = newsroom(entry("a") + entry("b", published=embargo))
    room.build("2100-01-01")
    begun = time.monotonic()

    room.sosik("build")

    assert time.monotonic() - begun < 30
    assert len(room.items()) == 1


# --- files that move while they are looked at


def test_a_file_that_is_being_replaced_is_not_withdrawn(newsroom: Unpack) -> None:
    """Editors rename the old file before they write the new one: the build looks twice."""
    room = newsroom(entry("a", id_=ID) + entry("b"))
    room.build()
    path, aside = room.root / "content" / "a.yaml", room.root / "content" / "a.yaml~"
    path.rename(aside)
    back = threading.Timer(0.01, lambda: aside.rename(path))
    back.start()

    report = room.build(LATER)

    back.join()
    assert Outcome.WITHDRAWN not in report.outcomes.values()
    assert len(room.items()) == 2


@pytest.mark.parametrize("second", ["다른 본문이다", "또 다른 글이"])
def test_two_changes_in_one_tick_of_the_clock_are_both_seen(newsroom: Unpack, second: str) -> None:
    """Even where size and times of a file stay the same (cp -p, rsync -t, a restored backup)."""
    room = newsroom(entry("a", id_=ID, rest="body: 처음 본문이다.\n"))
    room.build()
    path = room.root / "content" / "a.yaml"
    times = path.stat()
    room.write(entry("a", id_=ID, rest=f"body: {second}.\n"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    room.build(LATER)

    assert second in str(room.items()[0]["content_html"])


def test_what_lay_ahead_under_another_id_does_not_appear_beside_its_article(newsroom: Unpack) -> None:
    """A restored backup still has the entry as it lay ahead; readers know the article by the id of its next name."""
    made = newsroom(entry("a", published="2024-02-01 10:00") + entry("b"))
    made.build("2024-02-01 09:00")
    back_up(made.root)
    (made.root / "content" / "a.yaml").rename(made.root / "content" / "c.yaml")
    made.build("2024-02-01 11:00")
    before = seen(made)
    (made.root / "content" / "c.yaml").rename(made.root / "content" / "a.yaml")
    restore(made.root)

    report = Site(made.root).build(now=at("2024-02-01 12:00"), previous=str(made.root / "public"))
    Site(made.root).publish(made.root / "public")

    assert {problem.code for problem in report.errors} == {"id-changed"}
    assert seen(made).keys() <= before.keys()
