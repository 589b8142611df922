"""Korean prose stays as it was written, whatever signs stand in it, and what is markup becomes HTML."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from sosik.model import BodyFormat, Publication
from sosik.normalize.entry import normalize
from sosik.read import read_bytes
from sosik.words import Message

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

SIGNS = [
    *[
        "*",
        "**가",
        " *a",
        "_a ",
        "[",
        "[a](",
        "![",
        "<",
        "<a ",
        "`",
        "- ",
        "- 가\n",
        "1. 가\n",
        "> ",
        "a|b\n-|-\n",
        "\\*",
    ],
    *["\\`", "\\\\*", "가\\_", "\\[a\\](b.c)", "[a\\]b](c.d)", "\\- 가\n", "1\\. 가\n", "a\\|b\n-|-\n"],
    *["\n\n가", "[^1] ", "&", "&amp;", "```\n", "가**나 ", "<b>", "<!--", "    가\n", "<KBS>", "<a='"],
]


class Nowhere:
    """A content folder without pictures."""

    def find(self, _source: str, _url: str, /) -> Message:
        return Message("read.picture-absent")

    def nearest(self, _source: str, _url: str, /) -> None:
        return None


CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "normalize" / "korean.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\s+", " ", case["body"])[:30])
def test_what_newsrooms_write(case: dict[str, str], normalized: Normalize, normalized_markdown: Normalize) -> None:
    made = normalized(body=case["body"]).entry
    in_markdown = normalized_markdown(f"{case['body']}\n").entry

    assert made.body == case["auto"]
    assert in_markdown.body == case.get("markdown", case["auto"])


@pytest.mark.parametrize(
    "body", ["박**씨와 최**씨", "**‘해오름교’**로", "10~15일, 20~25일", "`\\ * _ ~`", "- 5도\n- 3도"]
)
def test_prose_is_told_of_by_nothing(normalized: Normalize, body: str) -> None:
    assert normalized(body=body).problems == ()


def test_stars_that_may_be_masking_are_told(normalized: Normalize) -> None:
    made = normalized(body="해오름**길을 넓히고, 달빛**못을 판다.")

    assert made.entry.body == "<p>해오름**길을 넓히고, 달빛**못을 판다.</p>"
    assert [problem.code for problem in made.problems] == ["emphasis-unsure"]


@pytest.mark.parametrize(
    "body", ["**시 **동 **마을, 12가 34**", "*모양과 김*, 오늘", "**모씨(45)와 최**", "*은 선택이고 *표시*는 필수다."]
)
def test_emphasis_that_may_be_masking_is_told_once(normalized: Normalize, body: str) -> None:
    assert [problem.code for problem in normalized(body=body).problems] == ["emphasis-unsure"]


@pytest.mark.parametrize(
    ("format_", "html"),
    [
        ("text", "<p>**가**<br>\n&lt;b&gt;나&lt;/b&gt;</p>\n<p>- 다</p>"),
        ("글", "<p>**가**<br>\n&lt;b&gt;나&lt;/b&gt;</p>\n<p>- 다</p>"),
        ("html", "<p>**가**\n<b>나</b></p>\n<p>- 다</p>"),
        ("markdown", "<p><strong>가</strong>\n<b>나</b></p>\n<ul>\n<li>다</li>\n</ul>"),
        ("auto", "<p><strong>가</strong>\n<b>나</b></p>\n<p>- 다</p>"),
    ],
)
def test_an_entry_says_what_its_body_is_written_in(normalized: Normalize, format_: str, html: str) -> None:
    made = normalized(body="**가**\n<b>나</b>\n\n- 다", format=format_)

    assert made.problems == ()
    assert made.entry.body == html


def test_a_markdown_file_is_never_html(normalized_markdown: Normalize, publication: Publication) -> None:
    made = normalized_markdown("<p>가</p>\n\n**나**", head="format: html\n")

    assert made.entry.body == "<p>가</p>\n<p><strong>나</strong></p>"
    assert [problem.code for problem in made.problems] == ["format-ignored"]
    assert normalized_markdown("**나**", head="format: text\n").entry.body == "<p>**나**</p>"


@pytest.mark.parametrize("format_", BodyFormat)
def test_the_publication_says_what_bodies_are_written_in(format_: BodyFormat, publication: Publication) -> None:
    def body(file: str, text: str) -> str:
        raw = read_bytes(text.encode(), file).raw
        assert raw is not None
        made = normalize(raw, replace(publication, format=format_), Nowhere()).entry
        assert made is not None
        return made.body

    head = 'id: "tag:a.example,2010:1"\ntitle: 가\npublished: "2024-01-16 15:20"\n'
    of_text = {"auto": "<p><em>가</em></p>", "html": "<p>*가*</p>", "text": "<p>*가*</p>"}
    assert body("가.yaml", f'{head}body: "*가*"\n') == of_text.get(format_, "<p><em>가</em></p>")
    assert body("가.yaml", f'{head}body: "*가*"\nformat: markdown\n') == "<p><em>가</em></p>"
    assert body("가.md", f"---\n{head}---\n*가*\n") == "<p><em>가</em></p>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "첫 문단이다.<br>\n<br>\n\n    <div>둘째다.</div>\n\n\t<p>셋째다.</p>",
            "<p>첫 문단이다.</p>\n<div>둘째다.</div>\n\n\t<p>셋째다.</p>",
        ),
        ("<div>하나</div>\n\n둘\n\n셋\n\n<div>넷</div>", "<div>하나</div><p>둘</p>\n<p>셋</p>\n<div>넷</div>"),
        ("하나<br>둘", "<p>하나<br>둘</p>"),
        ("<p>하나</p>\n\n## 둘\n\n**셋**", "<p>하나</p>\n<h2>둘</h2>\n<p><strong>셋</strong></p>"),
        (
            "**하나**\n\n<table><tr><td>*둘*</td></tr></table>",
            "<p><strong>하나</strong></p>\n<table><tbody><tr><td>*둘*</td></tr></tbody></table>",
        ),
        ("<p>*하나*</p>\n\n<pre>\n# 둘\n\n- 셋\n</pre>", "<p>*하나*</p>\n\n<pre># 둘\n\n- 셋\n</pre>"),
        ("<p>하나<KBS>둘 <B> 등급</p>", "<p>하나&lt;KBS&gt;둘 &lt;B&gt; 등급</p>"),
        ("<p>하나 <b>둘</b> <Title>셋</p>", "<p>하나 <b>둘</b> &lt;Title&gt;셋</p>"),
        ("<p><o:p>하나</o:p> <my-tag>둘</my-tag></p>", "<p>하나 둘</p>"),
    ],
)
def test_html_is_told_by_the_whole_body(normalized: Normalize, body: str, html: str) -> None:
    assert normalized(body=body).entry.body == html


def test_another_word_for_the_format_is_refused(normalized: Normalize) -> None:
    made = normalized(format="rst")

    assert made.entry is None
    assert [problem.code for problem in made.problems] == ["value-invalid"]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_body_of_nothing_but_signs_keeps_them(normalized: Normalize, sign: str) -> None:
    """A hundred thousand signs: what takes quadratic time would not end while anybody waits. Or they are held."""
    times = 100_000 // len(sign)
    made = normalized(body=sign * times)
    if made.entry is None:
        assert [problem.code for problem in made.problems] == ["body-limit"]
        made = normalized(body=sign * (times := 2_500 // len(sign)))

    shown = unescape(re.sub(r"<[^>]*>", "", made.entry.body))
    assert all(shown.count(letter) >= times for letter in re.findall("[가-힣]", sign))
