"""Addresses: absolute, http or https, ASCII."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosik.addresses import ascii_url, is_canonical, joined

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

GOOD = [
    ("https://news.haenuri.example/articles/18660", "https://news.haenuri.example/articles/18660"),
    (
        "https://news.haenuri.example/정치/가 나",
        "https://news.haenuri.example/%EC%A0%95%EC%B9%98/%EA%B0%80%20%EB%82%98",
    ),
    ("https://news.haenuri.example/%EC%A0%95%EC%B9%98", "https://news.haenuri.example/%EC%A0%95%EC%B9%98"),
    ("https://news.haenuri.example/%ec%a0%95?q=%B0%A1", "https://news.haenuri.example/%ec%a0%95?q=%B0%A1"),
    ("https://news.haenuri.example/\u1100\u1161", "https://news.haenuri.example/%EA%B0%80"),
    ("https://news.haenuri.example/100%", "https://news.haenuri.example/100%25"),
    (
        "https://news.haenuri.example/?q=해누리&x=[1]",
        "https://news.haenuri.example/?q=%ED%95%B4%EB%88%84%EB%A6%AC&x=%5B1%5D",
    ),
    ("https://news.haenuri.example/a'b#제목", "https://news.haenuri.example/a%27b#%EC%A0%9C%EB%AA%A9"),
    ("HTTPS://News.Haenuri.Example:443/A", "https://news.haenuri.example/A"),
    ("http://news.haenuri.example:80", "http://news.haenuri.example/"),
    ("http://news.haenuri.example:8080/", "http://news.haenuri.example:8080/"),
    ("https://해누리.example/", "https://xn--od1b68lt7y.example/"),
    (" https://news.haenuri.example/ ", "https://news.haenuri.example/"),
    ("http://[::1]:8000/x", "http://[::1]:8000/x"),
]
BAD = [
    "",
    "news.haenuri.example/1",
    "//news.haenuri.example/1",
    "/articles/1",
    "ftp://news.haenuri.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "https:///x",
    "https:/news.haenuri.example/1",
    "https://user:secret@news.haenuri.example/",
    "https://news.haenuri.example:port/",
    "https://news.haenuri.example:99999/",
    "https://[::1/",
    "https://a b.example/",
    "https://a<b.example/",
    "https://-a..example/",
    "https://" + "가" * 80 + ".example/",
]


@pytest.mark.rule(44)
@pytest.mark.parametrize(("url", "expected"), GOOD)
def test_an_address_becomes_ascii_and_stays_so(url: str, expected: str) -> None:
    assert ascii_url(url) == expected
    assert ascii_url(expected) == expected


@pytest.mark.rule(98)
@pytest.mark.parametrize("url", BAD)
def test_what_is_no_address_is_none(url: str) -> None:
    assert ascii_url(url) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/articles/1", "https://news.haenuri.example/articles/1"),
        ("articles/1", "https://news.haenuri.example/articles/1"),
        ("//m.news.haenuri.example/1", "https://m.news.haenuri.example/1"),
        ("https://feeds.haenuri.example/1", "https://feeds.haenuri.example/1"),
        ("http://news.haenuri.example/기사", "http://news.haenuri.example/%EA%B8%B0%EC%82%AC"),
    ],
)
def test_a_link_of_the_own_site_is_no_problem(normalized: Normalize, link: str, expected: str) -> None:
    made = normalized(link=link)

    assert made.entry.link == expected
    assert made.problems == ()


def test_a_link_without_its_scheme_is_refused_with_the_right_one_as_hint(normalized: Normalize) -> None:
    made = normalized(link="news.haenuri.example/articles/1")

    assert made.entry is None
    assert made.problems[0].code == "link-invalid"
    assert "https://news.haenuri.example/articles/1" in str(made.problems[0].hint)


@pytest.mark.rule(98)
@pytest.mark.parametrize("host", ["blog.example", "news.haenuri.example.evil.example", "xnews.haenuri.example"])
def test_a_host_that_is_not_the_publications_is_pointed_out(normalized: Normalize, host: str) -> None:
    made = normalized(link=f"https://{host}/1")

    assert [problem.code for problem in made.problems] == ["link-foreign"]
    assert made.entry.link == f"https://{host}/1"


BASES = ("https://www.haenuri.example/", "http://a.kr/b/c?d")


@given(st.from_regex(r"https?://(www\.haenuri\.example|a\.kr|b|a\.kr:80)/[a./?;=&:@,~가#%-]{0,6}", fullmatch=True))
def test_what_counts_as_canonical_is_what_comes_of_it_wherever_it_stands(url: str) -> None:
    if is_canonical(url):
        assert [ascii_url(joined(base, url)) for base in BASES] == [url, url]


@pytest.mark.parametrize("url", ["https://a.kr/b", "http://www.haenuri.example/a?b=1&c=2", "https://a.kr/a/../b"])
def test_most_addresses_are_canonical(url: str) -> None:
    assert is_canonical(url)
