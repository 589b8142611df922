"""A picture that the body places keeps what the file says of it; what is no picture is refused in words."""

from collections.abc import Callable
from typing import Any

import pytest

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

URL = "https://img.example/다리.jpg"
SAID = {"url": URL, "caption": "해오름교가 열렸다", "credit": "해누리시 제공", "alt": "다리"}
IMG = '<img src="https://img.example/%EB%8B%A4%EB%A6%AC.jpg" alt="다리">'
FIGURE = f"<figure>{IMG}<figcaption>해오름교가 열렸다 <small>해누리시 제공</small></figcaption></figure>"
LINKED = FIGURE.replace(IMG, f'<a href="https://haenuri.kr/1">{IMG}</a>')
OTHER = IMG.replace('alt="다리"', 'alt="제 글"')

PLACED = [
    (f"앞 문단\n\n![]({URL})\n\n뒤 문단", f"<p>앞 문단</p>\n{FIGURE}\n<p>뒤 문단</p>"),
    (f"<p>앞 <img src='{URL}'> 뒤</p>", f"<p>앞 </p>{FIGURE}<p> 뒤</p>"),
    (f"<p><img src='{URL}'><br>첫 줄<br>둘째 줄</p>", f"{FIGURE}<p>첫 줄<br>둘째 줄</p>"),
    (f"<p><b><a href='https://haenuri.kr/1'><img src='{URL}'></a></b></p>", LINKED),
    (f"<figure><img src='{URL}'></figure>", FIGURE),
    (f"<ul><li><img src='{URL}'>가</li></ul>", f"<ul><li>{FIGURE}가</li></ul>"),
    (f"<p><img src='{URL}'></p><p><img src='{URL}'></p>", f"{FIGURE}<p>{IMG}</p>"),
    # what the body says itself
    (
        f"<figure><img src='{URL}' alt='제 글'><figcaption>제 설명</figcaption></figure>",
        f"<figure>{OTHER}<figcaption>제 설명 <small>해누리시 제공</small></figcaption></figure>",
    ),
    (
        f"<p><img src='{URL}'></p><p>해오름교가 열렸다. /해누리시 제공</p>",
        f"<p>{IMG}</p><p>해오름교가 열렸다. /해누리시 제공</p>",
    ),
]


@pytest.mark.parametrize(("body", "html"), PLACED)
def test_a_picture_of_the_file_is_a_figure_where_the_body_places_it(
    normalized: Normalize, body: str, html: str
) -> None:
    made = normalized(images=[SAID], body=body)

    assert made.entry.body == html
    assert made.problems == ()


def test_a_picture_of_which_nothing_is_said_stays_in_its_line(normalized: Normalize) -> None:
    assert normalized(images=[URL], body=f"앞 ![]({URL}) 뒤").entry.body.startswith("<p>앞 <img ")


@pytest.mark.parametrize(
    "url", ["https://a.example/1.mp4", "https://a.example/1.HWP", "https://youtu.be/aB3_dE-fG9h", "/sound/1.mp3"]
)
def test_what_is_no_picture_is_refused_in_words(normalized: Normalize, url: str) -> None:
    made = normalized(images=[url, URL])

    assert [image.url for image in made.entry.images] == ["https://img.example/%EB%8B%A4%EB%A6%AC.jpg"]
    assert [problem.code for problem in made.problems] == ["picture-invalid"]
