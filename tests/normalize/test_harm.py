"""Nothing that runs, submits, embeds or calls home passes, whatever a body holds."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sosik.model import BodyFormat, Image
from sosik.normalize.body_place import BodyPlace
from sosik.normalize.cleaning import clean_body
from sosik.normalize.jumps import jumps_of
from sosik.normalize.links import absolute_url
from sosik.normalize.shortcodes import translated

DATA = Path(__file__).parents[1] / "data" / "normalize"
VECTORS = (DATA / "xss.txt").read_text("utf-8").splitlines()
BASE = "https://news.haenuri.example/"

PIECES = st.sampled_from([*(DATA / "pieces.txt").read_text("utf-8").splitlines(), "\n", "\u0338"])


def published(text: str, body_format: BodyFormat = BodyFormat.AUTO) -> str:
    def picture(url: str) -> Image | None:
        address = absolute_url(url, BASE)
        return Image(url=address) if address else None

    jumps = jumps_of("tag:a.example,2010:a", BASE)
    place = BodyPlace(base=BASE, site=BASE, jumps=jumps, picture=picture, tell=print)
    return clean_body(text, body_format, place)[0]


def check_twice(html: str, check: Callable[[str], None]) -> None:
    check(html)
    if translated(html, BASE, lambda *_: None) != html:
        return  # codes of other programs that stand as words here, and would be read as codes
    again = published(f"<div>{html}</div>")
    assert again == (f"<div>{html}</div>" if html else "<div></div>")
    if html.replace("&nbsp;", "").strip():  # as an old feed that is moved to sosik has it
        assert published(html, BodyFormat.HTML) == html


@pytest.mark.rule(45)
@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("body_format", BodyFormat)
@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", "<div><table><tr><td>{}", "가 {}"])
def test_no_vector_passes(vector: str, body_format: BodyFormat, around: str, check: Callable[[str], None]) -> None:
    check_twice(published(around.replace("{}", vector), body_format), check)


@pytest.mark.rule(45)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(BodyFormat))
@example("<p><button><p>x</p></button></p>", BodyFormat.AUTO)
@example("<b>\u0338", BodyFormat.MARKDOWN)
@example('가\n\n<img src="https://count.example/1.gif" width="1" height="1">\t\n \u3000나', BodyFormat.AUTO)
@example('<div class="adsbygoogle">광고</div>\n<div>가</div>\n나\n<script>a()</script>\n다', BodyFormat.HTML)
@example("<script>a()</script>가", BodyFormat.MARKDOWN)
def test_any_mix_of_markup_becomes_balanced_html_that_stays_as_it_is(
    check: Callable[[str], None], text: str, body_format: BodyFormat
) -> None:
    check_twice(published(text, body_format), check)


@given(st.text(max_size=200), st.sampled_from(BodyFormat))
def test_any_text_becomes_balanced_html_that_stays_as_it_is(
    check: Callable[[str], None], text: str, body_format: BodyFormat
) -> None:
    check_twice(published(text, body_format), check)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_the_same_body_gives_the_same_bytes(text: str) -> None:
    assert published(text) == published(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>\u0338가",
        "<p>\x1f\u0338가</p>",
        "&#x1f;\n<option>&#x338;",
        "<div>&#x338;<html>\n\u0338<p>가",
        "\u1100\u200b\u1161",
        "<p>\u1100&#x200b;\u1161</p>",
    ],
)
def test_composing_never_eats_a_tag_and_leaves_nothing_to_compose(text: str, check: Callable[[str], None]) -> None:
    """U+0338 after > would make ≯ of both; what stood between two Jamo may be gone."""
    html = published(text)

    assert unicodedata.is_normalized("NFC", f"<div>{html}</div>")
    check_twice(html, check)
