"""The article as readers get it."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sosik.dates import Precision
from sosik.model import Edit, EditKind, Entry, Image, Publication
from sosik.render.content import content_html, figure_html

PICTURE = Image(url="https://a.example/1.jpg?a=1&b=2", caption="강변", credit="해누리시 제공")


@pytest.fixture
def article(entry: Entry) -> Entry:
    return replace(entry, subtitles=(), images=(), edits=(), body="<p>본문</p>")


def test_an_ordinary_article_is_its_body(article: Entry, publication: Publication) -> None:
    assert content_html(article, publication) == "<p>본문</p>"


def test_an_article_without_anything_is_empty(article: Entry, publication: Publication) -> None:
    assert content_html(replace(article, body=""), publication) == ""


@pytest.mark.rule(36)
def test_corrections_stand_first_the_newest_on_top(article: Entry, publication: Publication) -> None:
    """Readers see what was wrong before they read on; minor and ordinary edits are not shown."""
    edits = tuple(
        Edit(at=datetime(2024, 1, day, 0, 10, tzinfo=UTC), kind=kind, note=note)
        for day, kind, note in [
            (16, EditKind.CORRECTION, "이름을 바로잡습니다"),
            (18, EditKind.MINOR, "띄어쓰기"),
            (17, EditKind.CORRECTION, "<직함>을 바로잡습니다"),
            (19, EditKind.UPDATE, "사진을 더함"),
        ]
    )
    assert content_html(replace(article, edits=edits, images=(PICTURE,)), publication).splitlines()[:2] == [
        "<p><strong>[정정] 2024-01-17 09:10</strong> &lt;직함&gt;을 바로잡습니다</p>",
        "<p><strong>[정정] 2024-01-16 09:10</strong> 이름을 바로잡습니다</p>",
    ]


def test_a_correction_of_a_day_shows_no_time(article: Entry, publication: Publication) -> None:
    """Midnight would be a lie."""
    edit = Edit(at=datetime(2024, 1, 16, 15, 0, tzinfo=UTC), kind=EditKind.CORRECTION, precision=Precision.DAY)
    assert content_html(replace(article, edits=(edit,)), publication).startswith(
        "<p><strong>[정정] 2024-01-17</strong></p>"
    )


@pytest.mark.rule(36)
@pytest.mark.parametrize(
    ("language", "of_article", "shown"),
    [("ko-KR", "", "[정정]"), ("en", "", "[Correction]"), ("ko", "en-GB", "[Correction]"), ("en", "ko", "[정정]")],
)
def test_a_correction_is_named_in_the_language_of_the_article(
    article: Entry, publication: Publication, language: str, of_article: str, shown: str
) -> None:
    edit = Edit(at=datetime(2024, 1, 16, 15, 0, tzinfo=UTC), kind=EditKind.CORRECTION, precision=Precision.MINUTE)
    corrected = replace(article, edits=(edit,), language=of_article)
    html = content_html(corrected, replace(publication, language=language))
    assert html.startswith(f"<p><strong>{shown} 2024-01-17 00:00</strong></p>")


@pytest.mark.parametrize(
    ("timezone", "precision", "shown"),
    [
        ("Europe/London", "minute", "2024-01-16 13:00"),
        ("Pacific/Auckland", "minute", "2024-01-17 02:00"),
        ("Pacific/Auckland", "day", "2024-01-17"),
    ],
)
def test_a_correction_is_dated_by_the_clock_of_the_publication(
    article: Entry, publication: Publication, timezone: str, precision: str, shown: str
) -> None:
    """It names no zone, so that its readers take it for theirs; a day begins when it begins there."""
    edit = Edit(at=datetime(2024, 1, 16, 13, 0, tzinfo=UTC), kind=EditKind.CORRECTION, precision=Precision(precision))
    html = content_html(replace(article, edits=(edit,)), replace(publication, timezone=timezone))
    assert f"{shown}</strong>" in html


@pytest.mark.rule(47, 52)
def test_the_lead_picture_stands_before_the_text_and_the_others_after(article: Entry, publication: Publication) -> None:
    other = Image(url="https://a.example/2.jpg", alt="노선도")
    shown = content_html(replace(article, images=(PICTURE, other), subtitles=("부제",)), publication).splitlines()
    assert shown == [
        '<figure><img src="https://a.example/1.jpg?a=1&amp;b=2" alt="강변">'
        "<figcaption>강변 <small>해누리시 제공</small></figcaption></figure>",
        "<p><strong>부제</strong></p>",
        "<p>본문</p>",
        '<figure><img src="https://a.example/2.jpg" alt="노선도"></figure>',
    ]


def test_a_picture_of_the_body_is_not_shown_twice(article: Entry, publication: Publication) -> None:
    other = Image(url="https://a.example/1.jp")
    body = '<p><img src="https://a.example/1.jpg?a=1&amp;b=2"></p>'
    assert content_html(replace(article, body=body, images=(PICTURE,)), publication) == body
    assert "figure" in content_html(replace(article, body=body, images=(other,)), publication)


def test_a_picture_says_its_size_only_when_both_are_known() -> None:
    assert "width" not in figure_html(replace(PICTURE, width=640))
    assert 'width="640" height="480"' in figure_html(replace(PICTURE, width=640, height=480))


def test_whatever_people_write_stays_text() -> None:
    hostile = '"><script>alert(1)</script>'
    shown = figure_html(Image(url=f"https://a.example/{hostile}", caption=hostile, credit=hostile, alt=hostile))
    assert "<script" not in shown
    assert shown.count('"') == 4
