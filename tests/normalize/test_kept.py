"""Every letter, digit and sign is seen as it was written: what checks it, tried on HTML that is right and that is not.

`data/normalize/kept/lost.json` holds what was once published and was wrong, a row for each kind of mistake, and
`kept.json` what is right.
"""

import json
import re
from html import escape
from pathlib import Path

import pytest

import prose
import prose_count
from newsrooms import ROOT
from sosik.model import BodyFormat
from sosik.normalize.entry import normalize
from sosik.normalize.kept import unseen
from sosik.read import Pictures, read_bytes

DATA = Path(__file__).parents[1] / "data" / "normalize" / "kept"
LOST: list[dict[str, str]] = json.loads((DATA / "lost.json").read_text("utf-8"))
KEPT: list[dict[str, str]] = json.loads((DATA / "kept.json").read_text("utf-8"))
PIECE = re.compile(r"(<[^>]*>)|(&(?!nbsp)[a-z]+;|[^\s&])|\s+|&nbsp;")
PUT_IN = re.compile(r"<sup>.*?</sup>|영상 보기: [\w.]+")


def kind(row: dict[str, str]) -> str:
    return row["kind"]


def told(row: dict[str, str]) -> list[str]:
    return row.get("told", "").split()


@pytest.mark.parametrize("row", LOST, ids=kind)
def test_what_readers_do_not_see_is_found(row: dict[str, str]) -> None:
    found = unseen(row["body"], BodyFormat(row["reading"]), row["html"])

    assert found[0].text == row["lost"]
    assert " ".join(row["body"][found[0].offset :].split()).startswith(row["lost"])


@pytest.mark.parametrize("row", KEPT, ids=kind)
def test_what_readers_see_is_not_told_of(row: dict[str, str]) -> None:
    assert unseen(row["body"], BodyFormat(row["reading"]), row["html"], told=told(row)) == ()


@pytest.mark.parametrize("row", KEPT, ids=kind)
def test_not_one_character_may_be_missing(row: dict[str, str]) -> None:
    """Each visible character of right HTML is taken out in turn."""
    html = row["html"]
    put_in = [range(*match.span()) for match in PUT_IN.finditer(html)]
    missed = [
        html[: piece.start()] + "[" + piece[2] + "]" + html[piece.end() :]
        for piece in PIECE.finditer(html)
        if piece[2]
        and not any(piece.start() in place for place in put_in)
        and not unseen(
            row["body"], BodyFormat(row["reading"]), html[: piece.start()] + html[piece.end() :], told=told(row)
        )
    ]

    assert missed == []


def test_words_may_not_change_places() -> None:
    assert unseen("해누리시가 다리를 열었다.", BodyFormat.AUTO, "<p>다리를 해누리시가 열었다.</p>")


def test_what_was_told_of_is_not_told_of_again() -> None:
    body = "<p>가</p><form>보내기</form><p>{% 나 %}</p>"

    assert unseen(body, BodyFormat.HTML, "<p>가</p><p></p>")
    assert unseen(body, BodyFormat.HTML, "<p>가</p><p></p>", told={"form", "shortcode"}) == ()


HEAD = 'title: 제목\npublished: "2024-01-16 15:20"\n'
PICTURE = f"{HEAD}images: [{{url: 'https://haenuri.example/a.jpg', caption: 새 다리}}]\nbody: |\n"


@pytest.mark.parametrize(
    "body",
    [
        "<p>길이는 <math><mfrac><mn>3</mn><mn>4</mn></mfrac><mo>=</mo><mn>0.75</mn></math>이다.</p>",
        "넓이는 <math>\n<msup><mi>r</mi><mn>2</mn></msup>\n</math>이고 <math alttext='y=2x'><mi>y</mi></math>다.",
        "<p>가</p>\n[youtube https://youtu.be/abcdEFGH123]\n나",
        "<p>가</p>\n[video src='https://haenuri.example/a.mp4'][/video]\n나",
        "<p>가</p><amp-carousel><p>나</p></amp-carousel>",
        "<p>뿌리 <math><msqrt><mn>2</mn></msqrt></math> 값 <math><mi>n</mi></math>이다.</p>",
        "[위](#top) [시청](https://haenuri.example/1) 끝이다.",
        "[↑위로](#top) 간다. [빈 곳]()도 [둘](#b)도 있다.",
        "- 다리 ![](https://haenuri.example/a.jpg)\n- 길",
        "1. ![](https://haenuri.example/a.jpg)\n2. 길",
        "다리 ![](https://haenuri.example/a.jpg)\n\n---\n\n길",
        "*다리 ![](https://haenuri.example/a.jpg)*\n**찻길**",
    ],
)
def test_what_became_something_else_is_not_told_of(body: str) -> None:
    written = PICTURE + "".join(f"  {line}\n" for line in body.split("\n"))
    raw = read_bytes(written.encode(), "a.yaml").raw
    assert raw is not None
    problems = normalize(raw, prose_count.PUBLICATION, Pictures(Path("content"))).problems

    assert [problem.code for problem in problems if problem.code != "id-not-pinned"] == []


def test_what_stands_behind_a_code_that_was_translated_is_seen() -> None:
    body = "{{< vimeo 1234 >}}\n\n{{% 알림 %}}길을 막는다.{{% /알림 %}}"
    problems = prose_count.normalized(body, BodyFormat.MARKDOWN).problems

    assert {problem.code for problem in problems} == {"shortcode"}


def test_plain_text_is_seen_letter_for_letter() -> None:
    r = prose.Random(5)
    for _ in range(300):
        body = prose.hostile(r)
        html = "".join(f"<p>{escape(line)}</p>" for line in body.replace("​", "").split("\n"))
        assert unseen(body, BodyFormat.TEXT, html) == (), body


@pytest.mark.parametrize("reading", BodyFormat)
def test_nothing_that_is_written_is_too_much(reading: BodyFormat) -> None:
    r = prose.Random(6)
    for _ in range(500):
        body, other = prose.hostile(r), prose.hostile(r)
        for place in unseen(body, reading, prose_count.normalized(other).entry.body):  # type: ignore[union-attr] # it is one
            assert 0 <= place.offset < len(body)


TABLE = "<table><tr><td>가</td></tr>\n남는 말</table>"
"""What no table can show where it stands: a text in none of its cells."""
FILES = {
    "a.yaml": f"{HEAD}body: |\n\n  첫 줄이다.\n\n" + "".join(f"  {line}\n" for line in TABLE.split("\n")),
    "a.md": f"---\n{HEAD}---\n첫 줄이다.\n\n{TABLE}\n",
    "a.json": json.dumps({"title": "제목", "published": "2024-01-16 15:20", "body": TABLE}, indent=0),
}


@pytest.mark.parametrize(("file", "line", "column"), [("a.yaml", 8, 3), ("a.md", 8, 1), ("a.json", 4, 9)])
def test_the_place_in_the_file_is_told(file: str, line: int, column: int) -> None:
    raw = read_bytes(FILES[file].encode(), file).raw
    assert raw is not None
    problems = normalize(raw, prose_count.PUBLICATION, Pictures(Path("content"))).problems
    told = [problem for problem in problems if problem.code == "text-changed"]

    assert [(problem.location.line, problem.location.column) for problem in told] == [(line, column)]
    assert str(told[0].message) == "남는 말 is not shown as written in 남는 말</table>"


def test_the_sample_publication_is_seen_as_it_was_written() -> None:
    content = ROOT / "content"
    told = []
    for path in sorted(content.rglob("*")):
        if path.suffix in (".yaml", ".md", ".json"):
            raw = read_bytes(path.read_bytes(), path.relative_to(content).as_posix()).raw
            assert raw is not None
            problems = normalize(raw, prose_count.PUBLICATION, Pictures(content)).problems
            told += [problem for problem in problems if problem.code == "text-changed"]

    assert told == []
