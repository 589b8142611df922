"""What is left out of a body is told, at the line where it stands; what a page hides by style, too."""

from pathlib import Path

import pytest

import prose_count
from sosik.model import BodyFormat, Normalized
from sosik.normalize.entry import normalize
from sosik.normalize.markup import html_text
from sosik.read import Pictures, read_bytes

HEAD = """id: "tag:news.haenuri.example,2010:1"
title: 새 다리
published: "2024-01-16 15:20"
link: https://news.haenuri.example/1
"""
FIRST = 6
"""The line on which the body of `made` begins."""


def made(body: str, format_: str = "auto") -> Normalized:
    written = "".join(f"  {line}\n" for line in body.split("\n"))
    raw = read_bytes(f"{HEAD}body: |\n{written}format: {format_}\n".encode(), "a.yaml").raw
    assert raw is not None
    return normalize(raw, prose_count.PUBLICATION, Pictures(Path("content")))


def told(normalized: Normalized) -> list[tuple[str, int]]:
    return [(problem.code, problem.location.line - FIRST) for problem in normalized.problems]


def body_of(normalized: Normalized) -> str:
    assert normalized.entry is not None
    return normalized.entry.body


@pytest.mark.parametrize(
    ("code", "format_"),
    [
        ("{{< gist >}}", "auto"),
        ("{{ page.title }}", "markdown"),
        ("다리다. {: .notice}", "auto"),
        ("[contact-form-7 id='1']", "html"),
        ("[[새 다리]]", "auto"),
        ("{% unknown 가 %}", "markdown"),
    ],
)
def test_a_code_is_told_at_its_line(code: str, format_: str) -> None:
    body = f"첫 문단이다.\n\n`{code}` 둘째 문단이다.\n\n{code}\n\n끝."
    found = [line for name, line in told(made(body, format_)) if name == "shortcode"]

    assert found == [4]


def test_of_two_codes_each_is_told_at_its_own_line() -> None:
    body = "{{ page.title }}\n\n[gallery ids='1']\n\n{% unknown %}"

    assert told(made(body)) == [("shortcode", 0), ("shortcode", 2), ("shortcode", 4)]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("address-lost", "[시청](ftp://haenuri.example/1)"),
        ("address-repaired", "[시청](www.example.kr)"),
        ("address-unsure", "https://haenuri.example/기사/다리를 본다."),
        ("picture-invalid", "![다리](ftp://haenuri.example/1.jpg)"),
        ("emphasis-unsure", "신임**홍길동은 말했다, 그리고**는 웃었다."),
    ],
)
def test_what_else_is_told_of_a_body_is_told_at_its_line(code: str, line: str) -> None:
    assert (code, 2) in told(made(f"첫 문단이다.\n\n{line}\n\n끝."))


ADS = [
    "<div class='ad'>값싼 다리 팝니다</div>",
    "<ins class='adsbygoogle'><img src='https://haenuri.example/ad.jpg'></ins>",
    "<iframe src='https://ads-partners.coupang.com/widgets.html?id=1'></iframe>",
    "<a href='https://haenuri.example/'><img src='https://display.ad.daum.net/1.jpg' width='300'></a>",
]


@pytest.mark.parametrize("ad", ADS)
def test_an_advertisement_that_is_left_out_is_told(ad: str) -> None:
    normalized = made(f"<p>다리가 열렸다.</p>\n{ad}\n<p>끝.</p>", "html")

    assert told(normalized) == [("html-removed", 1)]
    assert "advertisement removed from the body" in str(normalized.problems[0].message)
    assert "값싼" not in body_of(normalized)


def test_several_advertisements_are_one_warning() -> None:
    normalized = made("<p>다리가 열렸다.</p>\n" + "\n".join(ADS), "html")

    assert told(normalized) == [("html-removed", 3)], "where the first is that is found"
    assert str(normalized.problems[0].message).startswith("4 advertisements removed")


@pytest.mark.parametrize(
    "counter",
    [
        "<div class='ad'></div>",
        "<ins class='adsbygoogle' data-ad-client='ca-1'></ins>",
        "<img src='https://pixel.wp.com/g.gif'>",
        "<img src='https://ads-partners.coupang.com/a.gif' width='1' height='1'>",
    ],
)
def test_what_nobody_would_have_seen_is_not_told(counter: str) -> None:
    assert told(made(f"<p>다리가 열렸다.</p>\n{counter}", "html")) == []


@pytest.mark.parametrize(
    "tag",
    [
        "p style='display:none'",
        'div style="color: red; DISPLAY : none !important"',
        "span style='visibility:hidden'",
        "div hidden",
        "p hidden=''",
    ],
)
@pytest.mark.parametrize("format_", ["auto", "html", "markdown"])
def test_what_is_hidden_by_style_is_left_out_and_told(tag: str, format_: str) -> None:
    name = tag.split()[0]
    normalized = made(f"<p>다리가 열렸다.</p>\n\n<{tag}>데스크 확인 전</{name}>\n\n<p>끝.</p>", format_)

    assert told(normalized) == [("html-removed", 2)]
    assert "데스크" not in f"{body_of(normalized)}{normalized.entry and normalized.entry.summary}"


ELEMENTS = """
label form noscript button select option textarea summary details dialog fieldset legend font center nobr map object
b a section figure figcaption nav menu ruby video canvas svg math acronym tt h2 blockquote pre code marquee main output
x-card
"""


@pytest.mark.parametrize("name", ELEMENTS.split())
@pytest.mark.parametrize("hides", ["hidden", "style='DISPLAY: none'", "class=a style='color:red;visibility:hidden;'"])
def test_whatever_element_is_hidden_is_left_out_and_told(name: str, hides: str) -> None:
    normalized = made(f"<p>다리가 열렸다.</p>\n<{name} {hides}>데스크 확인 전</{name}>\n<p>끝.</p>", "html")

    assert {code for code, _ in told(normalized)} == {"html-removed"}
    assert "데스크" not in f"{body_of(normalized)}{normalized.entry and normalized.entry.summary}"
    assert body_of(normalized).endswith("<p>끝.</p>")


@pytest.mark.parametrize("shows", ["aria-hidden='true'", "style='display:none;display:block'", "style='/*hidden*/'"])
def test_what_is_not_hidden_stays(shows: str) -> None:
    normalized = made(f"<p>다리가 열렸다.</p>\n<label {shows}>데스크 확인</label>\n<p>끝.</p>", "html")

    assert told(normalized) == []
    assert "데스크 확인" in body_of(normalized)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("값은 \\<b>굵게</b>다.", "값은 <b>굵게</b>다."),
        ("\\<p>문단</p>은 \\<div>상자</div>다.", "<p>문단</p>은 <div>상자</div>다."),
        ("줄바꿈은 \\<br> 태그로 쓴다.", "줄바꿈은 <br> 태그로 쓴다."),
        ("**가</strong>나**", "가</strong>나"),
        ("줄 끝</i> 이다.", "줄 끝</i> 이다."),
        ("- 하나</b>\n- 둘", "하나</b> 둘"),
    ],
)
@pytest.mark.parametrize("format_", ["auto", "markdown"])
def test_the_end_of_what_did_not_begin_is_text(body: str, seen: str, format_: str) -> None:
    normalized = made(body, format_)

    assert told(normalized) == []
    assert " ".join(html_text(body_of(normalized)).split()) == seen


@pytest.mark.parametrize("end", ["</div>", "</p>", "</b>", "</li>", "</article>", "</x-card>"])
def test_an_end_that_is_left_out_is_told(end: str) -> None:
    normalized = made(f"<p>다리가 열렸다.</p>\n{end}\n<p>끝.</p>", "html")

    assert [str(problem.message) for problem in normalized.problems] == [
        f"end tag without a start removed from the body: {end}"
    ]


def test_what_is_hidden_until_a_script_shows_it_stays_and_is_told() -> None:
    slides = "".join(
        f"<div style='display:none'><img src='https://haenuri.example/{n}.jpg'> 다리 {n}</div>\n" for n in (1, 2)
    )
    normalized = made(f"<p>다리가 열렸다.</p>\n{slides}", "html")

    assert told(normalized) == [("html-removed", 1), ("html-removed", 2)]
    assert body_of(normalized).count("<img") == 2
    assert "다리 2" in body_of(normalized)


@pytest.mark.parametrize(
    "tag", ["p style='display:block'", "p style='color: none'", "p class='hidden'", "p data-hidden"]
)
def test_what_only_looks_hidden_is_seen(tag: str) -> None:
    normalized = made(f"<{tag}>다리가 열렸다.</p>", "html")

    assert told(normalized) == []
    assert body_of(normalized) == "<p>다리가 열렸다.</p>"


@pytest.mark.parametrize(("format_", "hint"), [("html", "&lt;"), ("markdown", "\\")])
def test_the_hint_is_one_that_helps_in_the_format(format_: str, hint: str) -> None:
    body = "<table><tr><td>가</td></tr>\n남는 말</table>"
    (problem,) = made(body, BodyFormat(format_)).problems

    assert problem.code == "text-changed"
    assert hint in str(problem.hint)
