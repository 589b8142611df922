"""The command line as its users meet it: what it prints, what it writes, its exit statuses."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from newsrooms import Newsroom, Unpack

ID = "tag:test.example,2010:aaaaaaaaaaaa"


def test_a_publication_made_by_init_builds_at_once(tmp_path: Path) -> None:
    """Nothing of it is public, all that is told is its address; a second init changes nothing."""
    room = Newsroom(tmp_path)

    room.sosik("init", "새 신문", "--title", "새빛일보", "--url", "https://saebit.example")
    made = Newsroom(tmp_path / "새 신문")
    assert [problem["code"] for problem in json.loads(made.sosik("check", "--json"))["problems"]] == ["placeholder"]
    assert "content/first-article.yaml" in made.sosik("build")
    made.sosik("check", "--feeds", "--strict")

    assert json.loads(made.read("/feed.json"))["home_page_url"] == "https://saebit.example/"
    assert made.items() == []
    made.sosik("release", "content/first-article.yaml")
    made.sosik("build")
    assert re.fullmatch(r"tag:saebit\.example,\d{4}:[a-z2-7]{12}", str(made.items()[0]["id"]))
    assert "nothing was changed" in room.sosik("init", "새 신문", status=1)


@pytest.mark.parametrize(
    "title", ["[단독] 시장 사퇴", '"한강" 노벨상…', "속보: 지진 #속보 & <긴급>", "- 대시", "뒤에 \\ 빗금"]
)
def test_new_quotes_any_headline_rightly(newsroom: Unpack, title: str) -> None:
    room = newsroom()

    file = Path(room.sosik("new", title, "--section", "정치", "--author", "김하늘").splitlines()[0])
    room.sosik("release", str(file), "--flash")
    room.sosik("build")

    fields = yaml.safe_load(file.read_text("utf-8"))
    assert fields["제목"] == title
    assert re.fullmatch(r"tag:test\.example,2010:[a-z2-7]{12}", fields["id"])
    assert room.items()[0]["title"] == title


@pytest.mark.rule(18, 23)
def test_pin_writes_the_derived_id_and_changes_nothing_for_readers(newsroom: Unpack) -> None:
    """Afterwards the file may be renamed."""
    room = newsroom("-- content/정치/가.yaml --\n# 머리말\ntitle: 가\npublished: 2024-01-16\nbody: 본문.\n")
    room.sosik("build")
    before = room.read("/rss.xml")

    room.sosik("pin")
    room.sosik("check", "--strict")
    (room.root / "content" / "정치" / "가.yaml").rename(room.root / "content" / "나.yaml")
    room.sosik("build", "--strict")

    assert room.read("/rss.xml") == before
    assert "# 머리말" in (room.root / "content" / "나.yaml").read_text("utf-8")


@pytest.mark.rule(36)
def test_correct_and_withdraw_write_what_readers_are_told(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("build")

    room.sosik("correct", "content/first.yaml", "직함을 바로잡습니다: ‘시장’")
    corrected = json.loads(room.sosik("build", "--json"))
    assert corrected["counts"]["corrected"] == 1
    assert "직함을 바로잡습니다: ‘시장’" in str(room.items()[0]["content_html"])

    room.sosik("withdraw", "content/first.yaml")
    withdrawn = json.loads(room.sosik("build", "--json"))
    assert withdrawn["counts"]["withdrawn"] == 1
    assert room.items() == []
    assert "withdrawn" in json.loads(room.sosik("show", "aaaaaaaaaaaa", "--json"))[0]["history"]


def test_an_article_begins_with_a_headline(newsroom: Unpack) -> None:
    room = newsroom()
    before = sorted((room.root / "content").rglob("*"))

    assert "missing headline" in room.sosik("new", " ", status=2)

    assert sorted((room.root / "content").rglob("*")) == before


def test_a_file_that_cannot_be_corrected_is_named(newsroom: Unpack) -> None:
    room = newsroom()
    room.write("-- content/b.yaml --\ntitle: [속보] 나\npublished: 2024-01-16\nbody: 글\n")

    told = room.sosik("correct", "content/b.yaml", "직함을 바로잡습니다", status=1)

    assert "content/b.yaml: the file cannot be changed safely" in told
    assert 'note: "직함을 바로잡습니다"' in told


def test_a_correction_says_what_it_corrects_and_a_withdrawal_counts_once(newsroom: Unpack) -> None:
    room = newsroom()
    file = room.root / "content" / "first.yaml"
    before = file.read_text("utf-8")
    assert "missing note" in room.sosik("correct", "content/first.yaml", " ", status=2)
    assert file.read_text("utf-8") == before

    room.sosik("withdraw", "content/first.yaml")
    withdrawn = file.read_text("utf-8")
    assert "nothing was changed" in room.sosik("withdraw", "content/first.yaml")
    assert file.read_text("utf-8") == withdrawn


def test_build_tells_when_what_waits_appears(newsroom: Unpack) -> None:
    """Files do not change by themselves when an embargo ends; nobody may find out by its absence."""
    room = newsroom()
    now = ("--now", "2024-02-01 09:00")
    assert "scheduled" not in room.sosik("build", *now)
    room.write(
        "-- content/b.yaml --\nid: tag:test.example,2010:b\ntitle: 나\npublished: 2024-02-04 09:00\nbody: 글\n"
        "-- content/c.yaml --\nid: tag:test.example,2010:c\ntitle: 다\npublished: 2024-02-03 06:00\nbody: 글\n"
    )

    built = room.sosik("build", *now)
    assert "2 scheduled articles" in built
    assert "content/c.yaml: 2024-02-03 06:00\n" in built
    told = json.loads(room.sosik("build", "--json", *now))
    assert told["ahead"] == ["2024-02-03T06:00:00+09:00", "2024-02-04T09:00:00+09:00"]
    assert [*told["waiting"]] == ["content/c.yaml", "content/b.yaml"]
    assert "1 scheduled article" in room.sosik("build", "--now", "2024-02-03 06:00")


def test_build_tells_what_became_of_entries_as_json(newsroom: Unpack) -> None:
    room = newsroom()
    (room.root / "content" / "bad.yaml").write_text("titel: a\n")

    told = json.loads(room.sosik("build", "--json", status=1))

    assert list(told["counts"]) == [
        "new",
        "updated",
        "corrected",
        "minor",
        "confirmed",
        "withdrawn",
        "held",
        "unchanged",
    ]
    assert told["counts"]["new"] == told["counts"]["held"] == 1
    unknown = next(problem for problem in told["problems"] if problem["code"] == "key-unknown")
    assert (unknown["file"], unknown["line"], unknown["column"]) == ("content/bad.yaml", 1, 1)
    assert "title" in unknown["hint"]


def test_list_and_show_tell_entries_as_normalized(newsroom: Unpack) -> None:
    room = newsroom()

    (listed,) = json.loads(room.sosik("list", "--json"))
    (shown,) = json.loads(room.sosik("show", "aaaaaaaaaaaa", "--json"))

    assert listed == shown
    assert (shown["id"], shown["published"]) == (ID, "2024-01-16T15:20:00+09:00")
    assert "published:   2024-01-16 15:20\n" in room.sosik("show", "content/first.yaml")
    assert room.sosik("list").endswith("\n1 entry\n")
    assert "no entry with the path, id or headline" in room.sosik("show", "zzz", status=1)


def test_date_tells_what_a_text_means_or_where_it_cannot_be_read(newsroom: Unpack) -> None:
    room = newsroom()

    read = json.loads(room.sosik("date", "최종편집 2024-04-25(목)", "--json"))
    refused = room.sosik("date", "2024. 13. 3.", status=1)

    assert [(stamp["role"], stamp["value"]) for stamp in read["stamps"]] == [("updated", "2024-04-25")]
    assert "Not read" in refused
    assert "2024-01-16" in room.sosik("date", "어제", "--reference", "2024-01-17 10:00")


def test_usage_errors_are_told_with_status_2(newsroom: Unpack) -> None:
    room = newsroom()

    assert "No such command" in room.sosik("wxyz", status=2)
    assert "Did you mean 'build'?" in room.sosik("bild", status=2)
    assert "--now" in room.sosik("build", "--now", "언젠가", status=2)
    assert "no entry with the path" in room.sosik("correct", "content/none.yaml", "x", status=2)


def test_a_closed_pipe_is_no_mistake(newsroom: Unpack) -> None:
    """`sosik list | head` ends quietly."""
    room = newsroom()
    command = f"{sys.executable} -m sosik -C '{room.root}' check | head -c 1"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("arguments", [["withdraw"], ["correct"], ["pin"]])
@pytest.mark.parametrize(
    "name", ["feeds/publication.yaml", "elsewhere.yaml", "content/../elsewhere.yaml", "content/link.yaml"]
)
def test_no_file_outside_content_is_edited(newsroom: Unpack, arguments: list[str], name: str) -> None:
    room = newsroom()
    room.write("-- elsewhere.yaml --\ntitle: 바깥\npublished: 2024-01-16\n")
    (room.root / "content" / "link.yaml").symlink_to(room.root / "elsewhere.yaml")
    before = {path: path.read_bytes() for path in room.root.rglob("*.yaml")}

    said = room.sosik(*arguments, name, *(["바로잡습니다"] if arguments == ["correct"] else []), status=2)

    assert "is not an entry" in said
    assert {path: path.read_bytes() for path in room.root.rglob("*.yaml")} == before


def test_paths_of_options_are_seen_from_the_publication(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom()

    assert f"{room.root / 'web'}: " in room.sosik("build", "--output", "web")
    assert (room.root / "web" / "rss.xml").exists()
    assert f"root {room.root / 'web'};" in room.sosik("config", "nginx", "--root", "web").replace('"', "")
    room.sosik("build", "--output", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "rss.xml").exists()


@pytest.mark.parametrize(
    ("zone", "english", "korean"),
    [
        ("Asia/Seoul", "2024-01-16 15:20  tag:", "2024년 1월 16일 15:20   tag:"),
        ("America/New_York", "2024-01-16 01:20  tag:", "2024년 1월 16일 01:20   tag:"),
    ],
)
def test_times_are_shown_in_the_zone_of_the_publication(newsroom: Unpack, zone: str, english: str, korean: str) -> None:
    room = newsroom()
    article = room.root / "content" / "first.yaml"
    article.write_text(article.read_text("utf-8").replace("15:20", "15:20 KST"), "utf-8")
    definition = room.root / "feeds" / "publication.yaml"
    definition.write_text(f"{definition.read_text('utf-8')}timezone: {zone}\n", "utf-8")

    assert room.sosik("list").startswith(english)
    assert room.sosik("--lang", "ko", "list").startswith(korean)
    assert english.removesuffix("  tag:") in room.sosik("show", "content/first.yaml")
    assert english.removesuffix("  tag:") in room.sosik("diff")
    assert json.loads(room.sosik("list", "--json"))[0]["published"] == "2024-01-16T15:20:00+09:00"


def test_show_and_list_say_of_what_nobody_can_read_why(newsroom: Unpack) -> None:
    room = newsroom()
    ahead = f"{(datetime.now(UTC) + timedelta(days=3)).date()} 06:00"
    (room.root / "content" / "later.yaml").write_text(EMBARGOED.replace("{ahead}", ahead), "utf-8")

    def status(name: str) -> object:
        (shown,) = json.loads(room.sosik("show", name, "--json"))
        assert all(one["status"] == shown["status"] for one in listed() if one["source"] == shown["source"])
        return shown["status"]

    def listed() -> list[dict[str, object]]:
        return list(json.loads(room.sosik("list", "--json")))

    assert status("content/first.yaml") == "unbuilt"
    assert "status:      not yet published" in room.sosik("show", "content/first.yaml")
    room.sosik("build")
    assert status("content/first.yaml") == "published"
    assert status("content/later.yaml") == "scheduled"
    assert f"status:      scheduled for {ahead}" in room.sosik("show", "content/later.yaml")
    assert f"(scheduled for {ahead})" in room.sosik("list")
    file = room.root / "content" / "first.yaml"
    file.write_text(file.read_text("utf-8").replace("published: ", "published: 언젠가 "), "utf-8")
    (room.root / "content" / "bad.yaml").write_text("titel: a\n")
    assert status("content/first.yaml") == status("bad.yaml") == "held"
    said = room.sosik("show", "content/first.yaml")
    assert "status:      held: date-unreadable: " in said
    assert "last good version" in said
    assert "(held: date-unreadable)" in room.sosik("list")
    assert "보류: date-unreadable: " in room.sosik("--lang", "ko", "show", "content/first.yaml")
    assert "status:      held: " in room.sosik("show", "content/bad.yaml")


EMBARGOED = """\
id: tag:news.example.kr,2010:llllllllllll
title: 내일의 기사
published: {ahead}
body: 해오름시는 밝혔다.
"""
