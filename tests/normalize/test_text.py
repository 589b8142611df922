"""Plain text stays plain, in one form."""

from collections.abc import Callable
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]


@pytest.mark.rule(12, 13, 40)
@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A & B", "A & B"),
        ("3 < 5", "3 < 5"),
        ("<속보> 해누리시", "<속보> 해누리시"),
        ("]]> 끝", "]]> 끝"),
        ("a<b and c>d", "a<b and c>d"),
        ("해누리시  \u3000\xa0\n 속보\t", "해누리시 속보"),
        ("\u1112\u1162\u1102\u116e\u1105\u1175", "해누리"),
        ("해\x00누\x0b리\ufffe\x85\ud800", "해누리"),
        ("\ufeff해\u200b누리\u202e", "해누리"),
        ("가족 👨\u200d👩\u200d👧", "가족 👨\u200d👩\u200d👧"),
    ],
)
def test_a_title_is_its_characters(normalized: Normalize, written: str, title: str) -> None:
    made = normalized(title=written)

    assert made.entry.title == title
    assert made.problems == ()


@pytest.mark.rule(40)
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("해누리&amp;두루내", "&amp;"),
        ("&quot;버스&quot; 늘린다", "&quot;"),
        ("버스&#8230;", "&#8230;"),
        ("&#x201C;버스", "&#x201C;"),
    ],
)
def test_what_a_cms_escaped_is_kept_and_pointed_out(normalized: Normalize, written: str, shown: str) -> None:
    made = normalized(title=written)

    assert made.entry.title == written
    [problem] = made.problems
    assert (problem.code, shown in str(problem.message)) == ("entity-literal", True)


@pytest.mark.parametrize("written", ["해누리 & 두루내", "R&D;", "a&b;c", "&해누리;", "R&D"])
def test_an_ampersand_is_a_character(normalized: Normalize, written: str) -> None:
    assert normalized(title=written).problems == ()


@pytest.mark.rule(40)
@pytest.mark.parametrize(
    ("written", "title", "shown"),
    [
        ("<b>해누리시</b>, 버스", "해누리시, 버스", "<b>"),
        ("해누리시<br />버스", "해누리시 버스", "<br>"),
        ('<font color="red">해누리시</font> <B>버스</B>', "해누리시 버스", "<font> <b>"),
        ("<script>alert(1)</script>해누리시", "해누리시", "<script>"),
        ("<sc<b>ript>x", "<script>x", "<b>"),
        ('<a href="https://x.example/?a>b">해누리시</a>', "해누리시", "<a>"),
    ],
)
def test_markup_in_a_title_is_stripped_with_a_warning(
    normalized: Normalize, written: str, title: str, shown: str
) -> None:
    made = normalized(title=written)

    assert made.entry.title == title
    assert [problem.code for problem in made.problems] == ["html-removed"]
    assert shown in str(made.problems[0].message)
