"""Addresses that stand bare in a text end where Korean ends them."""

from collections.abc import Callable
from typing import Any

import pytest

from sosik.normalize.autolinks import found

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

SHOWN = [
    # a particle, a bracket, a mark of quotation or of a row follows
    ("https://haenuri.kr/a/1을 본다", ["https://haenuri.kr/a/1"]),
    ("www.haenuri.kr에서, haenuri.or.kr에서", ["www.haenuri.kr", "haenuri.or.kr"]),
    ("누리집(https://haenuri.kr/apply)에 낸다", ["https://haenuri.kr/apply"]),
    ("https://haenuri.kr/5·https://haenuri.kr/6을", ["https://haenuri.kr/5", "https://haenuri.kr/6"]),
    ("“https://haenuri.kr/1”라고", ["https://haenuri.kr/1"]),
    ("'https://haenuri.kr/1'", ["https://haenuri.kr/1"]),
    ("「haenuri.kr/1」", ["haenuri.kr/1"]),
    ("https://haenuri.kr/1. 다음 글", ["https://haenuri.kr/1"]),
    ("https://haenuri.kr/1.다음 글", ["https://haenuri.kr/1"]),
    ("https://haenuri.kr/1(해누리시 제공)", ["https://haenuri.kr/1"]),
    ("https://haenuri.kr:8080에서", ["https://haenuri.kr:8080"]),
    ("https://haenuri.kr/?idx=7은", ["https://haenuri.kr/?idx=7"]),
    # Hangul that belongs to it
    ("https://haenuri.kr/정치/예산 기사", ["https://haenuri.kr/정치/예산"]),
    ("https://haenuri.kr/?q=예산&p=2를", ["https://haenuri.kr/?q=예산&p=2"]),
    ("https://해누리.kr/길", ["https://해누리.kr/길"]),
    ("https://해누리.한국에서", ["https://해누리.한국"]),
    ("https://ko.wiki.example/다리_(구조물)을", ["https://ko.wiki.example/다리_(구조물)"]),
    # mail addresses
    ("desk@haenuri.kr로 보낸다", ["desk@haenuri.kr"]),
    # what is none
    ("de**@haenuri.kr, @haenuri.kr, Booking.com, ASP.NET, node.js, main.py, 예산.zip", []),
    ("3.1.com 2024.kr v1.2.3 e.g. U.S.A. a.kr.html 밝혔다.한국은", []),
    ("http://[ https:///1 http:// https://hong:secret@haenuri.kr/", []),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_an_address_ends_where_korean_ends_it(text: str, shown: list[str]) -> None:
    assert [text[address.start : address.end] for address in found(text)] == shown


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("https://haenuri.kr/알림을", True),
        ("https://haenuri.kr/알림에서", True),
        ("https://haenuri.kr/1을", False),
        ("https://haenuri.kr/문의", False),
        ("https://haenuri.kr/국가", False),
    ],
)
def test_hangul_at_the_end_that_may_be_a_particle_is_told(normalized: Normalize, text: str, unsure: bool) -> None:
    codes = [problem.code for problem in normalized(body=f"자세히는 {text} 본다").problems]

    assert codes == (["address-unsure"] if unsure else [])


@pytest.mark.parametrize("body", ["www.haenuri.kr에서 본다", "<p>www.haenuri.kr에서 본다</p>"])
def test_markdown_and_html_link_the_same(normalized: Normalize, body: str) -> None:
    assert normalized(body=body).entry.body == '<p><a href="http://www.haenuri.kr/">www.haenuri.kr</a>에서 본다</p>'


@pytest.mark.parametrize(
    ("href", "published", "code"),
    [
        ("www.haenuri.kr", "http://www.haenuri.kr/", "address-repaired"),
        ("haenuri.kr/bus", "http://haenuri.kr/bus", "address-repaired"),
        ("desk@haenuri.kr", "mailto:desk@haenuri.kr", "address-repaired"),
        ("https://https://haenuri.kr/1", "https://haenuri.kr/1", "address-repaired"),
        ("https//haenuri.kr/1", "https://haenuri.kr/1", "address-repaired"),
        ("http:/haenuri.kr/1", "http://haenuri.kr/1", "address-repaired"),
        ("htp://haenuri.kr/1", "", "address-lost"),
        ("javascript:window.open('/pop/1.html')", "", "address-lost"),
        ("https://haenuri.kr/?a=1&amp;amp;b=2", "https://haenuri.kr/?a=1&amp;b=2", "address-repaired"),
        ("http://[", "", "address-lost"),
        ("062-123-4567", "tel:062-123-4567", "address-repaired"),
        ("https://haenuri.kr /1", "", "address-lost"),
        ("http:// haenuri.kr/1", "", "address-lost"),
        ("https://haenuri.kr:문/1", "", "address-lost"),
        ("https://", "", "address-lost"),
        ("ftp://haenuri.kr/1.hwp", "", "address-lost"),
        ("C:\\기사\\1.hwp", "", "address-lost"),
        ("javascript:void(0)", "", ""),
        ("#note", "", ""),
    ],
)
def test_a_link_that_would_lead_nowhere_is_put_right_or_told(
    normalized: Normalize, href: str, published: str, code: str
) -> None:
    made = normalized(body=f'<p><a href="{href}">글</a></p>')

    assert made.entry.body == (f'<p><a href="{published}">글</a></p>' if published else "<p>글</p>")
    assert [problem.code for problem in made.problems] == ([code] if code else [])


def test_what_markdown_encodes_of_a_host_is_read_as_its_name(normalized: Normalize) -> None:
    assert 'href="https://xn--od1b68lt7y.kr/' in normalized(body="[누리집](https://해누리.kr/길)").entry.body


@pytest.mark.parametrize(
    ("href", "published", "code"),
    [
        ("images/서명.png", "https://feeds.haenuri.example/media/", ""),
        ("images/글.jpg", "https://blog.example/2024/images/", "address-unsure"),
        ("other/2", "https://blog.example/2024/other/2", "address-unsure"),
        ("/3", "https://blog.example/3", "address-unsure"),
        ("?page=2", "https://blog.example/2024/1?page=2", ""),
    ],
)
def test_a_relative_address_means_what_lies_beside_the_entry_then_what_its_link_says(
    normalized: Normalize, href: str, published: str, code: str
) -> None:
    made = normalized(link="https://blog.example/2024/1", body=f'<p><a href="{href}">글</a></p>')

    assert f'<a href="{published}' in made.entry.body
    assert [problem.code for problem in made.problems] == ["link-foreign", *([code] if code else [])]


def test_ampersands_that_were_copied_out_of_html_are_undone_and_told(normalized: Normalize) -> None:
    made = normalized(
        link="https://news.haenuri.example/view.php?idx=1&amp;page=2",
        images=["https://img.example/a.jpg?w=1&amp;amp;h=2"],
        authors=[{"name": "김하늘", "url": "https://news.haenuri.example/?a=1&amp;b=2"}],
    )

    assert made.entry.link == "https://news.haenuri.example/view.php?idx=1&page=2"
    assert made.entry.images[0].url == "https://img.example/a.jpg?w=1&h=2"
    assert made.entry.authors[0].url == "https://news.haenuri.example/?a=1&b=2"
    assert [problem.code for problem in made.problems] == ["address-repaired"] * 3


def test_an_id_stays_as_it_is_written(normalized: Normalize) -> None:
    assert normalized(id="https://old.example/?a=1&amp;b=2").entry.id == "https://old.example/?a=1&amp;b=2"


@pytest.mark.parametrize("link", ["https//haenuri.kr/1", "desk@haenuri.kr", "https://https://haenuri.kr/1"])
def test_a_link_that_is_misspelt_is_no_path_of_the_home_page(normalized: Normalize, link: str) -> None:
    made = normalized(link=link)

    assert made.entry is None
    assert [problem.code for problem in made.problems] == ["link-invalid"]


@pytest.mark.parametrize("link", ["www.naver.com/1", "haenuri.kr/1"])
def test_a_link_to_another_host_without_its_scheme_is_refused(normalized: Normalize, link: str) -> None:
    made = normalized(link=link)

    assert [problem.code for problem in made.problems] == ["link-invalid"]
    assert f"https://{link}" in str(made.problems[0].hint)
