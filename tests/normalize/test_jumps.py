"""Jumps within an article: they lead somewhere, nowhere else, and never into another article."""

import re
from collections.abc import Callable
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

PAGE = "https://news.haenuri.example/articles/18660"


def jumps(html: str) -> list[tuple[str, str]]:
    """Return the text of every link that leads to a name on the page, and the text that is named so."""
    ids = re.findall(r'<(\w+)[^<>]* id="([^"]+)"[^<>]*>(.*?)</\1>', html, re.DOTALL)
    named = {id_: re.sub(r"<[^<>]*>", "", text).strip() for _, id_, text in ids}
    assert len(named) == len(ids)
    links = re.findall(rf'<a[^<>]* href="{re.escape(PAGE)}#([^"]+)"[^<>]*>(.*?)</a>', html)
    return [(text, named[target]) for target, text in links]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("버스[^가]가 온다.\n\n[^가]: 마을버스다.\n", [("[1]", "마을버스다. ↩"), ("↩", "[1]")]),
        (
            '<p>버스<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> 마을</p>',
            [("[1]", "[1]"), ("[1]", "[1]")],
        ),
        ('<p><a href="#요금">요금</a></p><h2 id="요금">3. 요금</h2>', [("요금", "3. 요금")]),
        ('<p><a href="#%EC%9A%94%EA%B8%88">요금</a></p><h2 id="요금">3. 요금</h2>', [("요금", "3. 요금")]),
        (f'<p><a href="{PAGE}#fare">요금</a></p><h2 id="fare">3. 요금</h2>', [("요금", "3. 요금")]),
        ('<p><a href="#a">가</a></p><p id="a">처음</p><p id="a">다음</p>', [("가", "처음")]),
        ('<p><a href="#top">위로</a></p><p id="content">글</p>', []),
        ('<p><a href="#a">가</a></p><script id="a">x</script>', []),
        ('<div id="div-gpt-ad-1">광고 <a id="b">문의</a></div><p><a href="#b">가</a></p>', []),
    ],
)
def test_a_jump_leads_to_its_target(normalized: Normalize, body: str, expected: list[tuple[str, str]]) -> None:
    html = normalized(body=body, link=PAGE).entry.body

    assert jumps(html) == expected
    assert len(re.findall(r' id="', html)) == len({target for _, target in re.findall(r'#(fn-\w+-(\d+))"', html)})
    assert 'href="#' not in html


def test_an_address_of_the_article_that_names_nothing_in_it_stays(normalized: Normalize) -> None:
    body = (
        f'<p><a href="{PAGE}#comments">댓글</a> <a href="https://other.example/#fare">요금</a></p><p id="fare">글</p>'
    )

    html = normalized(body=body, link=PAGE).entry.body

    assert re.findall(r'href="([^"]*)"', html) == [f"{PAGE}#comments", "https://other.example/#fare"]
    assert " id=" not in html


def test_two_articles_share_no_name(normalized: Normalize) -> None:
    body = "버스[^1].\n\n[^1]: 마을버스.\n"
    ids = [f"tag:news.haenuri.example,2010:{name}" for name in ("aaaaaaaaaaaa", "bbbbbbbbbbbb")]

    one, other = (set(re.findall(r' id="([^"]*)"', normalized(body=body, id=id_).entry.body)) for id_ in ids)

    assert len(one) == len(other) == 2
    assert not one & other


def test_notes_are_no_part_of_the_summary(normalized: Normalize) -> None:
    assert normalized(body="버스[^1]가 온다.\n\n[^1]: 마을버스.\n").entry.summary == "버스가 온다."
