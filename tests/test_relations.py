"""`replaces:` and `related:`: entries point to one another in every form that readers follow."""

import pytest
from lxml import etree

from newsrooms import Newsroom, Unpack

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FIRST, FULL = "tag:test.example,2010:first", "tag:test.example,2010:full"
BREAKING = f"""\
-- content/속보/first.yaml --
id: {FIRST}
title: "[속보] 다리 개통"
published: 2024-01-16 09:00
body: 열렸다.
"""


def full(keys: str, published: str = "2024-01-16 11:00") -> str:
    head = f"-- content/종합/full.yaml --\nid: {FULL}\ntitle: '[종합] 다리 개통'\npublished: {published}\n"
    return f"{head}{keys}body: 다리가 열렸다.\n"


def related(room: Newsroom, id_: str) -> list[dict[str, str]]:
    item = next(item for item in room.items() if item["id"] == id_)
    found: list[dict[str, str]] = item["_sosik"].get("related", [])  # type: ignore[attr-defined]  # JSON
    return found


@pytest.mark.parametrize(
    "keys",
    [
        f"replaces: {FIRST}\n",
        "replaces: 속보/first.yaml\n",
        "replaces: content/속보/first.yaml\n",
        "replaces: ../속보/first.yaml\n",
        "대체: [../속보/first.yaml]\n",
    ],
)
def test_one_story_replaces_another_and_both_say_so(newsroom: Unpack, keys: str) -> None:
    """By id or by file, seen from content/ or from beside."""
    room = newsroom(BREAKING + full(keys))

    report = room.build()

    assert [problem.code for problem in report.problems] == []
    [there], [back] = related(room, FULL), related(room, FIRST)
    assert (there["kind"], there["id"], there["title"]) == ("replaces", FIRST, "[속보] 다리 개통")
    assert (back["kind"], back["id"]) == ("replaced-by", FULL)


def test_related_points_one_way(newsroom: Unpack) -> None:
    room = newsroom(BREAKING + full("관련: 속보/first.yaml\n"))
    room.build()

    assert [relation["kind"] for relation in related(room, FULL)] == ["related"]
    assert related(room, FIRST) == []


def test_atom_and_pages_point_too(newsroom: Unpack) -> None:
    room = newsroom(BREAKING + full(f"replaces: {FIRST}\n"))
    room.build()

    links = etree.fromstring(room.read("/atom.xml")).findall("a:entry/a:link[@rel='related']", ATOM)
    assert [link.get("href") for link in links] == [item["url"] for item in reversed(room.items())]
    assert '<a href="../full/">[종합] 다리 개통</a>' in room.read("/articles/first/index.html").decode()
    assert '<a href="../first/">[속보] 다리 개통</a>' in room.read("/articles/full/index.html").decode()


@pytest.mark.parametrize("target", ["nowhere.yaml", "tag:test.example,2010:none", FULL])
def test_an_unknown_target_is_a_warning_with_its_line(newsroom: Unpack, target: str) -> None:
    room = newsroom(BREAKING + full(f"replaces: {target}\n"))

    report = room.build()

    assert report.errors == []
    [problem] = report.problems
    assert (problem.code, str(problem.location)) == ("relation-unknown", "content/종합/full.yaml:4")
    assert "related" not in str(room.items())


def test_what_is_still_to_be_published_is_not_pointed_to_yet(newsroom: Unpack) -> None:
    """Nothing of an embargoed story is told before its time; then both entries change."""
    room = newsroom(BREAKING + full(f"replaces: {FIRST}\n", "2024-02-01 10:00"))

    early = room.build("2024-02-01 09:59")
    assert "종합" not in room.read("/feed.json").decode()
    assert early.problems == []

    room.build("2024-02-01 10:00")
    assert [relation["kind"] for relation in related(room, FIRST)] == ["replaced-by"]


def test_a_new_headline_reaches_what_points_to_it(newsroom: Unpack) -> None:
    room = newsroom(BREAKING + full(f"replaces: {FIRST}\n"))
    room.build()
    room.write(BREAKING.replace("다리 개통", "새 다리 개통"))

    room.build("2024-02-02 09:00")

    assert related(room, FULL)[0]["title"] == "[속보] 새 다리 개통"


def test_a_withdrawn_story_is_not_pointed_to_any_more(newsroom: Unpack) -> None:
    room = newsroom(BREAKING + full(f"replaces: {FIRST}\n"))
    room.build()
    room.write("-- content/속보/first.yaml --\n(gone)\n")

    room.build("2024-02-02 09:00", deleted=True)

    assert related(room, FULL) == []
