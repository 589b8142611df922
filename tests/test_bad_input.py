"""Bad input gives a clear problem with its place and what to write instead; nothing is lost, the rest goes on."""

import codecs
from pathlib import Path

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom, Unpack
from sosik.errors import ConfigError, Problem

GOOD = f"-- content/good.yaml --\n{ARTICLE}"


def found(problems: list[Problem], file: str) -> dict[str, Problem]:
    return {problem.code: problem for problem in problems if problem.location.file == file}


def place(problem: Problem) -> tuple[int, int]:
    return problem.location.line, problem.location.column


BAD_ENTRIES = {
    "unreadable date": (b"title: a\npublished: 2024-13-45\nbody: b\n", "date-unreadable", 2),
    "missing title": (b"published: 2024-01-16\nbody: b\n", "title-missing", 0),
    "missing published": (b"title: a\nbody: b\n", "published-missing", 0),
    "duplicate key": (b"title: a\ntitle: b\npublished: 2024-01-16\nbody: b\n", "key-duplicate", 2),
    "wrong key": (b"titel: a\npublished: 2024-01-16\nbody: b\n", "key-unknown", 1),
    "tab indented": (b"title: a\nimages:\n\t- url: a.jpg\npublished: 2024-01-16\n", "yaml-invalid", 3),
    "cut off": (b'title: "a\npublished: 2024-01-16\nbody: b\n', "yaml-invalid", 1),
    "role of another key": ("title: a\npublished: 수정 2024-01-16 10:00\nbody: b\n".encode(), "date-role", 2),
    "bomb": (
        b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(ord("b"), ord("k"))),
        "yaml-limit",
        0,
    ),
    "50 MB": (b"title: a\npublished: 2024-01-16\nbody: " + b"x" * 50_000_000, "file-too-large", 0),
    "deep": (b"title: a\npublished: 2024-01-16\nbody: " + b"[" * 10_000, "yaml-limit", 0),
    "deep blocks": (b"title: a\nbody:\n" + b"".join(b" " * n + b"-\n" for n in range(2_000)), "yaml-limit", 0),
    "object": (b"title: !!python/object/apply:os.system ['true']\npublished: 2024-01-16\n", "headline-quote", 1),
    "neither text": (b"title: \xff\xfe\xfa\xfb\xfc\x80\x81\n", "encoding-unknown", 0),
}


@pytest.mark.rule(14, 39, 99)
@pytest.mark.parametrize("name", BAD_ENTRIES)
def test_a_bad_entry_is_held_and_the_good_one_goes_out(newsroom: Unpack, name: str) -> None:
    data, code, line = BAD_ENTRIES[name]
    room = newsroom(GOOD)
    (room.root / "content" / "bad.yaml").write_bytes(data)

    report = room.build()

    problems = found(report.errors, "content/bad.yaml")
    assert code in problems, report.problems
    if line:
        assert problems[code].location.line == line
    assert room.titles() == ["첫 기사"]


HEADLINES = [
    "[단독] 시장 사퇴",
    '"한강" 노벨상 수상',
    "속보: 지진",
    "[속보]",
    "지수 상승 #속보 전국",
    "! 주의",
    "*별표 제목",
    "&앤드 제목",
    "%로 시작",
    "@골뱅이",
    "`백틱` 제목",
    "{중괄호} 제목",
    "'작은' 따옴표",
    "| 세로줄",
    "> 인용",
]


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_that_yaml_eats_comes_back_with_the_line_to_paste(newsroom: Unpack, headline: str) -> None:
    """The hint, pasted, publishes exactly the headline that was meant."""
    text = "-- content/bad.yaml --\n{}\npublished: 2024-01-17\nbody: b\n"
    room = newsroom(GOOD + text.format(f"title: {headline}"))

    problem = found(room.build().errors, "content/bad.yaml")["headline-quote"]

    assert problem.location.line == 1
    line = next(line for line in str(problem.hint).splitlines() if line.lstrip().startswith("title:"))
    room.write(text.format(line))
    assert room.build("2024-02-02 09:00").errors == []
    assert room.titles() == [headline, "첫 기사"]


ENCODINGS = {
    "cp949": ARTICLE.replace("첫 기사", "똠방각하 펲시콜라").encode("cp949"),
    "utf-16": ARTICLE.encode("utf-16"),
    "utf-16 without mark": ARTICLE.encode("utf-16-le"),
    "utf-8 with mark": codecs.BOM_UTF8 + ARTICLE.encode(),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_other_encodings_are_read(newsroom: Unpack, name: str) -> None:
    room = newsroom(GOOD)
    (room.root / "content" / "good.yaml").write_bytes(ENCODINGS[name])

    report = room.build()

    assert report.errors == []
    assert room.titles() == ["똠방각하 펲시콜라" if name == "cp949" else "첫 기사"]


@pytest.mark.rule(12)
def test_characters_that_xml_forbids_are_removed_and_named(newsroom: Unpack) -> None:
    room = newsroom(GOOD)
    odd = "title: 앞\x0b뒤\npublished: 2024-01-17\nbody: 가\x0b나\x00다\x08\ufffe\n"
    (room.root / "content" / "odd.yaml").write_bytes(odd.encode())
    escaped = '{"title": "외톨이 \\ud800 글자", "published": "2024-01-18", "body": "라\\u0000마"}'
    (room.root / "content" / "escaped.json").write_text(escaped)

    report = room.build()

    assert report.errors == []
    assert place(found(report.problems, "content/odd.yaml")["characters-removed"])[0] in {1, 3}
    assert [(item["title"], item["content_html"]) for item in room.items()[:2]] == [
        ("외톨이 글자", "<p>라마</p>"),
        ("앞뒤", "<p>가나다</p>"),
    ]


@pytest.mark.rule(31)
def test_updated_before_published_is_told_and_clamped(newsroom: Unpack) -> None:
    room = newsroom("-- content/a.yaml --\ntitle: a\npublished: 2024-01-16 15:00\nupdated: 2024-01-15 10:00\nbody: b\n")

    report = room.build()

    assert place(found(report.problems, "content/a.yaml")["updated-before-published"])[0] == 3
    assert "2024-01-15" not in str(room.items())


@pytest.mark.rule(101)
def test_a_link_out_of_content_is_not_followed(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom(GOOD)
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: 비밀\npublished: 2024-01-16\nbody: b\n")
    (room.root / "content" / "a.yaml").symlink_to(secret)
    (room.root / "content" / "b").symlink_to(tmp_path, target_is_directory=True)

    report = room.build()

    assert {problem.location.file for problem in report.errors if problem.code == "file-outside"} == {
        "content/a.yaml",
        "content/b",
    }
    assert room.titles() == ["첫 기사"]


def test_a_folder_that_cannot_be_seen_withdraws_nothing(newsroom: Unpack, tmp_path: Path) -> None:
    """A link that leads nowhere any more stands for entries that may still be there."""
    room = newsroom("-- content/정치/a.yaml --\ntitle: a\npublished: 2024-01-16\nbody: b\n" + GOOD)
    room.build()
    (room.root / "content" / "정치").rename(tmp_path / "elsewhere")
    (room.root / "content" / "정치").symlink_to(tmp_path / "elsewhere", target_is_directory=True)

    report = room.build("2024-02-02 09:00")

    assert report.counts["withdrawn"] == 0
    assert sorted(map(str, room.titles())) == ["a", "첫 기사"]


BAD_FEEDS = {
    "unknown key": ("title: b\nselct: {section: [지역]}\n", "key-unknown", 2),
    "path that leaves": ("title: b\npath: ../../etc\n", "feed-path", 2),
    "two feeds, one path": ("title: b\npath: other\n", "feed-collision", 2),
    "broken yaml": ("title: [b\n", "headline-quote", 1),
}


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_bad_feed_goes_on_by_what_was_good_and_so_do_the_others(newsroom: Unpack, name: str) -> None:
    text, code, line = BAD_FEEDS[name]
    room = newsroom(
        GOOD + "-- feeds/bad.yaml --\ntitle: 좋았던 피드\n-- feeds/another.yaml --\ntitle: c\npath: other\n"
    )
    room.build()
    room.write(f"-- feeds/bad.yaml --\n{text}-- content/new.yaml --\ntitle: 새 기사\npublished: 2024-01-20\nbody: b\n")

    report = room.build("2024-02-02 09:00")

    problems = found(report.errors, "feeds/bad.yaml")
    assert code in problems, report.problems
    assert problems[code].location.line == line
    assert "<title>좋았던 피드</title>".encode() in room.read("/bad/rss.xml")
    for path in ("/feed.json", "/bad/feed.json", "/other/feed.json"):
        assert room.titles(path) == ["새 기사", "첫 기사"]


def test_a_definition_that_ends_in_yml_is_told_with_the_name_to_give_it(newsroom: Unpack) -> None:
    room = newsroom(GOOD + "-- feeds/short.yml --\ntitle: 짧은 이름\n-- feeds/all.yml --\ntitle: 다른 전체\n")

    report = room.build()

    assert {problem.location.file for problem in report.errors if problem.code == "definition-name"} == {
        "feeds/short.yml",
        "feeds/all.yml",
    }
    assert room.titles() == ["첫 기사"]
    assert str(found(report.errors, "feeds/short.yml")["definition-name"].hint) == "rename it to short.yaml"


def test_a_publication_that_ends_in_yml_is_nowhere_taken_for_one_or_for_none(newsroom: Unpack) -> None:
    """Every command that needs it says how to rename it, and init writes none beside it."""
    room = newsroom(GOOD)
    (room.root / "feeds" / "publication.yaml").rename(room.root / "feeds" / "publication.yml")

    with pytest.raises(ConfigError) as refused:
        room.build()

    assert [(problem.code, problem.location.file) for problem in refused.value.problems] == [
        ("definition-name", "feeds/publication.yml")
    ]
    for command in (["check"], ["diff"], ["list"], ["new", "제목"], ["serve", "--port", "0"]):
        assert "rename it to publication.yaml" in room.sosik(*command, status=1)
    assert "nothing was changed" in room.sosik("init", status=1)
    assert not (room.root / "feeds" / "publication.yaml").exists()


@pytest.mark.rule(11)
def test_an_empty_selection_is_told_and_published_empty(newsroom: Unpack) -> None:
    room = newsroom(GOOD + "-- feeds/none.yaml --\ntitle: 없음\nselect: {section: [없는 분류]}\n")

    report = room.build()

    assert "feed-empty" in found(report.problems, "feeds/none.yaml")
    assert room.items("/none/feed.json") == []


def test_a_bad_publication_changes_nothing_and_tells_every_mistake(newsroom: Unpack) -> None:
    room = newsroom(GOOD)
    room.build()
    before = room.read("/rss.xml")
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION.replace('title', 'titel')}timezone: Asia/Seol\n")

    with pytest.raises(ConfigError) as refused:
        room.build("2024-02-02 09:00")

    assert {"key-unknown", "config-key", "value-invalid"} <= {problem.code for problem in refused.value.problems}
    assert room.read("/rss.xml") == before


def test_check_lists_every_problem_of_every_file_at_once(newsroom: Unpack) -> None:
    """The same as a build would, with hints, as file:line:column; nothing is written."""
    room: Newsroom = newsroom(GOOD)
    for number, name in enumerate(BAD_ENTRIES):
        if name != "50 MB":
            (room.root / "content" / f"bad{number}.yaml").write_bytes(BAD_ENTRIES[name][0])

    printed = room.sosik("check", status=1)

    for number, (name, (_, code, line)) in enumerate(BAD_ENTRIES.items()):
        if name != "50 MB":
            start = f"content/bad{number}.yaml:{line}:" if line else f"content/bad{number}.yaml"
            assert any(text.startswith(start) and f" {code}: " in text for text in printed.splitlines()), (
                name,
                printed,
            )
    assert not (room.root / ".sosik").exists()
    assert not (room.root / "public").exists()
