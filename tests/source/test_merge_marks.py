"""A merge that nobody finished: both versions of a text stand in a file, and none of them is published."""

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.errors import ConfigError
from sosik.site import Site

MERGE = "<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> origin/desk\n"
DIFF3 = "<<<<<<< HEAD\n{ours}\n||||||| 3f2a1c9\n{theirs}?\n=======\n{theirs}\n>>>>>>> origin/desk\n"
HEAD = "---\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 다리 개통\npublished: 2024-01-16 15:20\n{more}---\n"
YAML = "id: tag:test.example,2010:aaaaaaaaaaaa\npublished: 2024-01-16 15:20\n"

FILES = {
    "body.md": HEAD.format(more="") + "새 다리가 열렸다.\n\n" + MERGE.format(ours="예산 12억", theirs="예산 21억"),
    "diff3.md": HEAD.format(more="") + DIFF3.format(ours="예산 12억", theirs="예산 21억"),
    "crlf.md": (HEAD.format(more="") + MERGE.format(ours="예산 12억", theirs="예산 21억")).replace("\n", "\r\n"),
    "head.md": HEAD.format(more=MERGE.format(ours="section: 지역", theirs="section: 정치")) + "본문\n",
    "title.yaml": YAML + MERGE.format(ours="title: 다리 개통", theirs="title: 다리 열려") + "body: 본문\n",
    "body.yaml": YAML + "title: 다리\nbody: |\n  예산\n" + MERGE.format(ours="  12억", theirs="  21억"),
    "whole.json": "{\n" + MERGE.format(ours='"title": "가",', theirs='"title": "나",') + '"published": "2024-01-16"}',
    "status.yaml": YAML
    + "title: 다리\n"
    + MERGE.format(ours="status: published", theirs="status: withdrawn")
    + "body: 글\n",
}


@pytest.mark.parametrize("name", FILES)
def test_an_unfinished_merge_is_held_with_its_place(newsroom: Unpack, name: str) -> None:
    room = newsroom()
    (room.root / "content" / name).write_text(FILES[name], "utf-8", newline="")
    (room.root / "content" / "first.yaml").unlink()

    report = room.build()

    [problem] = [problem for problem in report.problems if problem.code == "merge-marks"]
    before, _, _ = FILES[name].partition("<<<<<<<")
    assert (problem.location.line, problem.location.column) == (before.count("\n") + 1, 1)
    assert report.counts["held"] == 1
    assert not any(path.suffix == ".json" and b"21" in path.read_bytes() for path in (room.root / "public").rglob("*"))


@pytest.mark.parametrize("name", FILES)
def test_what_was_published_stays_as_it_was(newsroom: Unpack, name: str) -> None:
    room = newsroom(f"-- content/{name} --\n" + (HEAD.format(more="") + "새 다리\n" if name.endswith("md") else ""))
    _publish(room, name)
    before = room.read("/feed.json")

    (room.root / "content" / name).write_text(FILES[name], "utf-8", newline="")
    report = room.build("2024-02-01 09:10")

    assert report.counts["withdrawn"] == 0
    assert room.read("/feed.json") == before


def _publish(room: Newsroom, name: str) -> None:
    texts = {
        "md": HEAD.format(more="") + "새 다리\n",
        "yaml": f"{YAML}title: 다리 개통\nbody: 새 다리\n",
        "json": '{"id": "tag:test.example,2010:aaaaaaaaaaaa", "title": "가", "published": "2024-01-16", "body": "나"}',
    }
    (room.root / "content" / name).write_text(texts[name.rpartition(".")[2]], "utf-8")
    assert room.build().counts["new"] == 1


def test_a_withdrawal_above_an_unfinished_text_counts(newsroom: Unpack) -> None:
    room = newsroom("-- content/a.md --\n" + HEAD.format(more="") + "새 다리\n")
    room.build()

    text = HEAD.format(more="status: withdrawn\n") + MERGE.format(ours="가", theirs="나")
    (room.root / "content" / "a.md").write_text(text, "utf-8")

    assert room.build("2024-02-01 09:10").counts["withdrawn"] == 1


@pytest.mark.parametrize(
    "body",
    [
        "큰 제목\n=======\n\n본문이다.",
        "======= 가운데만 =======",
        ">>>>>>> 화살표\n\n=======\n\n<<<<<<< 뒤집힌 차례",
        "<<<<<<< 앞의 것만\n\n=======\n\n끝.",
        "본문\n\n    <<<<<<< HEAD\n    가\n    =======\n    나\n    >>>>>>> main\n",
        "<<<<<<<< 여덟\n=======\n>>>>>>>> 여덟",
    ],
)
def test_prose_with_such_lines_is_no_merge(newsroom: Unpack, body: str) -> None:
    room = newsroom("-- content/a.md --\n" + HEAD.format(more="") + body + "\n")

    report = room.build()

    assert not [problem for problem in report.problems if problem.code == "merge-marks"]
    assert report.counts["new"] == 1


def test_a_definition_with_an_unfinished_merge_is_held(newsroom: Unpack) -> None:
    room = newsroom()
    room.write("-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    before = room.read("/local/feed.json")

    room.write("-- feeds/local.yaml --\n" + MERGE.format(ours="title: 지역", theirs="title: 동네"))
    report = room.build("2024-02-01 09:10")

    assert [(p.code, p.location.file, p.location.line) for p in report.errors] == [
        ("merge-marks", "feeds/local.yaml", 1)
    ]
    assert room.read("/local/feed.json") == before


def test_a_publication_with_an_unfinished_merge_is_refused(newsroom: Unpack) -> None:
    room = newsroom()
    file = room.root / "feeds" / "publication.yaml"
    file.write_text(file.read_text("utf-8") + MERGE.format(ours="max_age: 60", theirs="max_age: 90"), "utf-8")

    with pytest.raises(ConfigError) as refused:
        Site(room.root).build(now=at("2024-02-01 09:00"))

    assert [problem.code for problem in refused.value.problems] == ["merge-marks"]
