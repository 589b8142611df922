"""Bodies: NAME.in.html or NAME.in.md comes out as NAME.out.html."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

BODIES = sorted((Path(__file__).parents[1] / "data" / "normalize" / "bodies").glob("*.in.*"))


@pytest.mark.rule(43, 51, 52)
@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_a_body_comes_out_as_expected(path: Path, normalized: Normalize, normalized_markdown: Normalize) -> None:
    text = path.read_text("utf-8")
    entry = (normalized_markdown(text) if path.suffix == ".md" else normalized(body=text)).entry
    expected = path.with_name(path.name.partition(".")[0] + ".out.html").read_text("utf-8")

    assert re.sub(r"/media/[0-9a-f]{8}/", "/media/DIGEST8/", entry.body) + "\n" == expected


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_what_came_out_comes_out_again(path: Path, normalized: Normalize) -> None:
    once = normalized(body=path.read_text("utf-8")).entry.body

    assert normalized(body=f"<div>{once}</div>").entry.body == f"<div>{once}</div>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<p>가</p>", "<p>가</p>"),
        ("\n <DIV>가</DIV>", "<div>가</div>"),
        ("<!-- 본문 --><p>**가**</p>", "<p>**가**</p>"),
        ("가 <b>나</b>", "<p>가 <b>나</b></p>"),
        ("<속보> 가", "<p>&lt;속보&gt; 가</p>"),
        ("- 가\n- 나", "<ul>\n<li>가</li>\n<li>나</li>\n</ul>"),
        ("<picture> 가", "<p> 가</p>"),
        (
            "<p>가<B 나, x < y, <3 <다></p><p>p<q 라</p>",
            "<p>가&lt;B 나, x &lt; y, &lt;3 &lt;다&gt;</p><p>p&lt;q 라</p>",
        ),
        ("<p><U-20 대회>와 <K-POP>, <e-책></p>", "<p>&lt;U-20 대회&gt;와 &lt;K-POP&gt;, &lt;e-책&gt;</p>"),
        ("<p>가 <!긴급> <?> </3 <o:p></o:p><x-y>나</x-y></p>", "<p>가 &lt;!긴급&gt; &lt;?&gt; &lt;/3 나</p>"),
        ("<p>가</p><!-- a<b --><p>나</p>", "<p>가</p><p>나</p>"),
        ("<K-POP>\n\n가", "<p>&lt;K-POP&gt;</p>\n<p>가</p>"),
    ],
)
def test_a_body_is_html_when_it_begins_with_a_block(normalized: Normalize, body: str, html: str) -> None:
    assert normalized(body=body).entry.body == html


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("**해누리시(시장 홍길동)**는", "<p><strong>해누리시(시장 홍길동)</strong>는</p>"),
        ('**"늘린다"**고', '<p><strong>"늘린다"</strong>고</p>'),
        ("`**가(나)**는`", "<p><code>**가(나)**는</code></p>"),
        (r"\*\*가(나)\*\*는", "<p>**가(나)**는</p>"),
        ("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>"),
        ("2024. 1. 16. 시작한다", "<p>2024. 1. 16. 시작한다</p>"),
        ("```\n2024. 1. 16.\n```", "<pre><code>2024. 1. 16.\n</code></pre>"),
        ("1. 가\n2. 나", "<ol>\n<li>가</li>\n<li>나</li>\n</ol>"),
    ],
)
def test_markdown_reads_korean_as_it_is_written(normalized: Normalize, body: str, html: str) -> None:
    assert normalized(body=body).entry.body == html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>가</p><script>x</script><form></form><SCRIPT>", "<script>, <form>"),
        ("<p>가<iframe></iframe></p>", "<iframe>"),
        ("<p>가</p><our-player src='/a.mp4'></our-player><bgsound src='/a.mid'>", "<our-player>, <bgsound>"),
        (
            "<p>가</p><amp-brightcove data-video-id='7'></amp-brightcove><amp-ad data-id=1></amp-ad>",
            "<amp-brightcove>",
        ),
        ("<p>가<img alt='주소가 없다'></p>", "<img>"),
        ("<p>가</p><style>p{}</style><font>나</font>", ""),
        ("`<script>`는 글자다", ""),
    ],
)
def test_one_warning_names_what_was_removed_and_matters(normalized: Normalize, body: str, shown: str) -> None:
    problems = normalized(body=body).problems

    assert [str(problem.message).partition(": ")[2] for problem in problems] == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("body", "more_than"),
    [
        ("가" * 500_001, "500,000 characters"),
        ("&" * 100_001, "100,000 & characters"),
        ("<br>" * 20_001, "20,000 tags"),
        ("[" * 5_001, "5,000 opening brackets"),
        ("*a " * 30_001, "30,000 lines and Markdown characters"),
        ("<div>" * 1_001 + "가", "1,000 nested elements"),
        ("<p " + " ".join(f"a{n}" for n in range(1_100)) + ">가", None),
        ("<p " + "/".join(f"a{n}='>'" for n in range(1_100)) + ">가", None),
        ("<p>가" * 1_001 + "<ul><li>" * 1_001, "1,000 nested elements"),
    ],
)
def test_a_body_that_would_take_long_to_read_is_held(normalized: Normalize, body: str, more_than: str | None) -> None:
    made = normalized(body=body)

    assert made.entry is None
    assert [problem.code for problem in made.problems] == ["body-limit"]
    told = f"the body has more than {more_than}" if more_than else "a tag of the body has more than 1,000 attributes"
    assert str(made.problems[0].message) == told


def test_what_an_article_may_hold_is_far_below(normalized: Normalize) -> None:
    """A table of 1,500 rows as spreadsheets write it, in paragraphs that nobody closed, with a thousand links."""
    rows = "".join(f"<tr><td>{n}<td>가온동<td>{n * 7}표</tr>" for n in range(1_500))
    body = "<p>개표 결과다." * 1_000 + f"<table>{rows}</table>" + "<p><a href='/x'>가</a> &amp; [나]" * 1_000

    assert normalized(body=body).problems == ()
