"""The first day of a newsroom: nothing goes public by accident, and what was made up does not stay."""

import json
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from newsrooms import Newsroom, Unpack, at
from sosik.site import Site

HEADLINE = "[단독] 새 다리 이름은 '해오름교'"


def begun(tmp_path: Path) -> Newsroom:
    """A publication that was just made, with an address of its own."""
    room = Newsroom(tmp_path / "신문")
    Newsroom(tmp_path).sosik("init", "신문", "--title", "해오름신문", "--url", "https://haeoreum.test/")
    settings = room.root / "feeds" / "publication.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("http://127.0.0.1:8000/", "https://haeoreum.test/"), "utf-8"
    )
    return room


def written(room: Newsroom, *options: str) -> str:
    """The path of a new article with a body."""
    path = room.sosik("new", HEADLINE, *options).splitlines()[0]
    file = Path(path)
    file.write_text(file.read_text("utf-8") + "  새 다리의 이름이 정해졌다.\n", "utf-8")
    return path


def test_a_new_article_is_seen_by_nobody_until_it_is_released(tmp_path: Path) -> None:
    room = begun(tmp_path)
    path = written(room)

    told = room.sosik("build")
    assert "2 drafts not released (`sosik release`)" in told
    assert room.items() == []

    room.sosik("release", path)
    room.sosik("build")
    assert room.titles() == [HEADLINE]
    assert "not a draft; nothing was changed" in room.sosik("release", path)


def test_the_printed_path_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    room = begun(tmp_path)
    path = written(room)

    assert shlex.split(path) == [path]
    command = f"{shlex.quote(sys.executable)} -m sosik -C {shlex.quote(str(room.root))} release {path}"
    subprocess.run(["bash", "-c", command], check=True, capture_output=True)


def test_a_draft_goes_out_only_with_a_body(tmp_path: Path) -> None:
    room = begun(tmp_path)
    path = room.sosik("new", "[속보] 시장 사퇴").splitlines()[0]
    before = Path(path).read_text("utf-8")

    assert "--flash" in room.sosik("release", path, status=1)
    assert Path(path).read_text("utf-8") == before
    room.sosik("release", path, "--flash")
    room.sosik("build")
    assert room.titles() == ["[속보] 시장 사퇴"]


def test_what_is_wrong_with_a_draft_keeps_it_a_draft(tmp_path: Path) -> None:
    room = begun(tmp_path)
    path = written(room)
    Path(path).write_text(Path(path).read_text("utf-8").replace("입력:", '입력: "어제쯤"'), "utf-8")
    before = Path(path).read_text("utf-8")

    assert "date-unreadable" in room.sosik("release", path, status=1)
    assert Path(path).read_text("utf-8") == before


NOW = ""


@pytest.mark.parametrize(
    ("suffix", "mark", "published"),
    [
        ("yaml", "status: draft\n", NOW),
        ("yaml", "상태: 초안\n", NOW),
        ("md", "published: false\n", NOW),
        ("md", "headless: true\npublished:\n", NOW),
        ("md", "draft: true\n", NOW),
        ("json", "status: draft\n", NOW),
        ("json", 'published: "2024-01-16 09:00"\ndraft: "yes"\n', "2024-01-16 09:00"),
    ],
)
def test_every_mark_of_a_draft_is_taken_away_and_no_stamp_is(
    newsroom: Unpack, suffix: str, mark: str, published: str
) -> None:
    room = newsroom("-- content/first.yaml --\nstatus: draft\n")
    fields = yaml.safe_load(mark) | {"title": "가로등", "tags": ["빛"]}
    matter = f"{mark}title: 가로등\ntags: [빛]\n"
    texts = {
        "yaml": f"{matter}body: |\n  불이 켜졌다.\n",
        "md": f"---\n{matter}---\n불이 켜졌다.\n",
        "json": json.dumps(fields | {"body": "불이 켜졌다."}, ensure_ascii=False),
    }
    (room.root / "content" / f"빛.{suffix}").write_text(texts[suffix], "utf-8")
    room.build()
    assert room.items() == []

    room.sosik("release", "가로등")
    room.sosik("build")

    (item,) = room.items()
    stated = datetime.fromisoformat(str(item["date_published"]))
    assert stated == at(published) if published else abs(stated - datetime.now(UTC)) < timedelta(minutes=1)
    assert item["tags"] == ["빛"]


@pytest.mark.parametrize(("beside", "target"), [("글.yaml", "글.yaml"), ("_posts/옛.md", "_posts/글.yaml")])
def test_a_file_moves_out_of_the_folder_of_drafts(newsroom: Unpack, beside: str, target: str) -> None:
    room = newsroom("-- content/_drafts/글.yaml --\ntitle: 둔치 도서관\nbody: 문을 연다.\n")
    if beside.startswith("_posts"):
        room.write(f"-- content/{beside} --\n---\ntitle: 옛\npublished: 2024-01-01\n---\n옛글.\n")

    room.sosik("release", "둔치 도서관")

    assert (room.root / "content" / target).exists()
    assert not (room.root / "content" / "_drafts" / "글.yaml").exists()


def test_a_paper_in_english_has_comments_in_english(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.sosik("init", "--title", "The Harbour", "--url", "https://harbour.test/", "--language", "en")
    path = Path(room.sosik("new", "A new bridge").splitlines()[0])
    room.sosik("release", "bridge", "--flash")
    told = room.sosik("correct", "bridge", "The name was wrong.") + room.sosik("diff")

    texts = [
        file.read_text("utf-8") for file in (path, *(tmp_path / "feeds").iterdir(), *tmp_path.glob("content/*.yaml"))
    ]
    assert not re.search("[가-힣]", told + "".join(texts))
    assert "[Correction] The name was wrong." in told
    assert {yaml.safe_load(text).get("language") for text in texts} == {None, "en"}


def test_list_and_show_tell_of_drafts_and_know_words_of_a_headline(newsroom: Unpack) -> None:
    draft = "-- content/{}.yaml --\ntitle: 둔치 도서관 {}\nstatus: draft\nbody: 문을 연다.\n"
    room = newsroom(draft.format("a", "개관") + draft.format("b", "증축") + "-- content/first.yaml --\n" + FIRST)
    room.build()

    listed = room.sosik("list")
    assert "2 drafts not released (`sosik release`): content/a.yaml, content/b.yaml" in listed
    assert json.loads(room.sosik("show", "첫", "--json"))[0]["body"]
    assert "status:      draft" in room.sosik("show", "도서관 개관")
    assert "status:      draft" in room.sosik("show", "content/a.yaml")
    assert "2 articles have '도서관'" in room.sosik("show", "도서관", status=1)
    assert "no entry with" in room.sosik("show", "수영장", status=1)


FIRST = """\
id: tag:test.example,2010:aaaaaaaaaaaa
title: 첫 기사
published: 2024-01-16 15:20
body: 본문입니다.
"""


def test_an_article_that_was_never_published_waits_for_its_body(newsroom: Unpack) -> None:
    """Also after it was told of once; one that readers have seen stays, whatever becomes of its body."""
    room = newsroom()
    room.build()
    bare = "-- content/b.yaml --\nid: tag:test.example,2010:b\ntitle: 나\npublished: 2024-01-17\n{}"
    room.write(bare.format("body:\n") + "-- content/first.yaml --\n" + ARTICLE_WITHOUT_BODY)

    for minute in range(2):
        report = room.build(f"2024-02-01 09:0{minute + 1}")
        assert report.drafts == ("content/b.yaml",)
        assert "content/b.yaml" not in report.outcomes
        assert room.titles() == ["첫 기사"]
    room.write(bare.format("body: none\n"))
    room.build("2024-02-01 09:03")
    assert room.titles() == ["나", "첫 기사"]


ARTICLE_WITHOUT_BODY = """\
id: tag:test.example,2010:aaaaaaaaaaaa
title: 첫 기사
published: 2024-01-16 15:20
"""


def test_commands_take_a_path_an_id_or_words_of_a_headline(newsroom: Unpack) -> None:
    room = newsroom()
    room.write(
        "-- content/b.yaml --\nid: tag:test.example,2010:bbbb\ntitle: 둘째 기사\npublished: 2024-01-17\nbody: 글\n"
        '-- content/c.json --\n{"title": "\\uc14b\\uc9f8 글", "published": "2024-01-18", "body": "글"}\n'
    )

    assert "content/first.yaml" in room.sosik("correct", "첫 기사", "바로잡습니다")
    assert "content/b.yaml" in room.sosik("correct", "bbbb", "바로잡습니다")
    assert "content/c.json" in room.sosik("withdraw", "셋째")
    told = room.sosik("withdraw", "기사", status=1)
    assert "content/b.yaml" in told
    assert "content/first.yaml" in told
    assert "no entry with the path" in room.sosik("withdraw", "넷째", status=2)


def test_a_made_up_authority_may_be_changed_until_the_paper_has_an_address(tmp_path: Path) -> None:
    room = Newsroom(tmp_path / "신문")
    Newsroom(tmp_path).sosik("init", "신문")
    room.sosik("release", "content/first-article.yaml")
    settings = room.root / "feeds" / "publication.yaml"
    made_up = settings.read_text("utf-8")
    assert "placeholder" in room.sosik("build")
    room.sosik("build", "--strict", status=1)
    assert len(room.items()) == 1

    own = re.sub(r"news\.example\.kr,\d{4}", "haeoreum.test,2003", made_up)
    own = own.replace("https://news.example.kr/", "https://haeoreum.test/")
    settings.write_text(own.replace("http://127.0.0.1:8000/", "https://haeoreum.test/rss/"), "utf-8")
    room.sosik("build", "--strict")
    assert len(room.items()) == 1

    settings.write_text(settings.read_text("utf-8").replace("test,2003", "test,2004"), "utf-8")
    assert "delete .sosik/ and public/" in room.sosik("build", status=1)


def test_inside_content_a_command_finds_the_publication_above(newsroom: Unpack) -> None:
    room = newsroom()
    command = [sys.executable, "-m", "sosik", "withdraw", "first.yaml"]

    done = subprocess.run(command, cwd=room.root / "content", capture_output=True, text=True, check=True)

    assert "withdrawn" in done.stdout


def test_what_an_editor_mistypes_is_named_for_what_it_is(newsroom: Unpack) -> None:
    room = newsroom(
        "-- content/a.yaml --\n제목： 가로등\n-- content/b.yaml --\ntitle: 가로등\n본문： 글\n"
        "-- content/16.yaml.txt --\ntitle: 가로등\n"
        "-- content/c.yaml --\ntitle: [단독] 시장 사퇴\npublished: 2024-01-16\nbody: 글\n"
    )

    problems = json.loads(room.sosik("check", "--json", status=1))["problems"]

    assert [(one["file"], one["code"]) for one in problems] == [
        ("content/16.yaml.txt", "file-type"),
        ("content/a.yaml", "yaml-invalid"),
        ("content/b.yaml", "yaml-invalid"),
        ("content/c.yaml", "headline-quote"),
    ]
    assert all("full-width" in one["message"] for one in problems[1:3])
    assert problems[0]["hint"] == "rename it to 16.yaml"
    assert "3 articles will not be published as they are" in room.sosik("check", status=1)


def test_warnings_that_say_the_same_are_one(newsroom: Unpack) -> None:
    room = newsroom()
    for number in range(9):
        room.write(
            f"-- content/{number}.yaml --\ntitle: 글 {number}\npublished: 2024-01-1{number}\nbody: 본문 {number}\n"
        )

    told = room.sosik("check")

    assert told.count("id-not-pinned") == 1
    assert "content/0.yaml:1:1: warning: id-not-pinned" in told
    assert "the same in 8 more files: content/1.yaml, content/2.yaml, content/3.yaml, …" in told
    assert len(json.loads(room.sosik("check", "--json"))["problems"]) == 9


@pytest.mark.parametrize("dated", ["", "published:\n"])
def test_a_preview_shows_drafts_without_a_time(newsroom: Unpack, dated: str) -> None:
    room = newsroom(f"-- content/first.yaml --\ntitle: 축제\nstatus: draft\n{dated}body: 봄 축제가 열린다.\n")
    site = Site(room.root, drafts=True)

    site.build(now=at("2024-02-01 09:00"))
    site.publish(room.root / "preview")

    assert json.loads((room.root / "preview" / "feed.json").read_text("utf-8"))["items"][0]["title"] == "축제"
    assert room.build("2024-02-01 09:01").drafts == ("content/first.yaml",)


def test_a_time_in_the_file_and_another_one_asked_for_are_refused(newsroom: Unpack) -> None:
    text = 'title: 두 시각\npublished: "2024-01-16 02:00"\nstatus: draft\nbody: 글\n'
    room = newsroom(f"-- content/first.yaml --\n{text}")

    assert "2024-01-16 02:00" in room.sosik("release", "두 시각", "--at", "2099-01-16 23:00", status=1)
    assert "is past; write the whole date" in room.sosik("release", "두 시각", "--at", "2023-11-29 23:00", status=2)
    assert (room.root / "content" / "first.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("command", [("withdraw",), ("correct", "바로잡습니다")])
def test_what_is_no_article_yet_is_not_edited(newsroom: Unpack, command: tuple[str, ...]) -> None:
    """Undone by hand, it would be public."""
    room = newsroom("-- content/first.yaml --\n제목: 인사 발령\n상태: 초안\n본문: 글\n")
    before = (room.root / "content" / "first.yaml").read_bytes()

    assert "not published" in room.sosik(command[0], "인사", *command[1:], status=1)
    assert (room.root / "content" / "first.yaml").read_bytes() == before


def test_a_withdrawn_article_is_released_by_hand(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("withdraw", "첫 기사")

    assert "remove status: and withdrawn:" in room.sosik("release", "첫 기사", status=1)


@pytest.mark.parametrize("line", ["## 소제목", "#해누리 #새다리", " ## 일정"])
def test_text_below_a_body_that_is_a_comment_is_told(newsroom: Unpack, line: str) -> None:
    room = newsroom(f"-- content/first.yaml --\ntitle: 다리\npublished: 2024-01-16\nbody: |\n  글\n\n{line}\n# 메모\n")

    (told,) = [one for one in room.build().problems if one.code == "comment-ignored"]
    assert (told.location.line, told.location.column) == (6, 1)
    assert line.strip() in str(told)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("preview", "serve --drafts"), ("publish", "release"), ("delete", "withdraw"), ("chek", "check")],
)
def test_a_mistyped_command_names_the_one_that_is_meant(newsroom: Unpack, typed: str, meant: str) -> None:
    assert f"Did you mean '{meant}'?" in newsroom().sosik(typed, status=2)
