"""The pictures of an entry: listed in the file and standing in the body."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sosik.model import Image

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]


@pytest.fixture
def signing(content: Path) -> Image:
    data = (content / "정치" / "images" / "서명.png").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return Image(
        url=f"https://feeds.haenuri.example/media/{digest[:8]}/%EC%84%9C%EB%AA%85.png",
        media_type="image/png",
        width=640,
        height=480,
        length=len(data),
        file="정치/images/서명.png",
        digest=digest,
        path=f"/media/{digest[:8]}/서명.png",
    )


def test_a_picture_beside_the_entry_is_measured_and_gets_a_media_address(normalized: Normalize, signing: Image) -> None:
    entry = normalized(images=["images/서명.png"]).entry

    assert entry.images == (signing,)
    assert entry.media == (signing,)


def test_a_picture_carries_what_is_said_of_it(normalized: Normalize) -> None:
    entry = normalized(
        images=[{"url": "images/서명.png", "caption": "시장이  서명한다", "credit": "해누리시 제공", "alt": "책상"}]
    ).entry

    assert (entry.images[0].caption, entry.images[0].credit, entry.images[0].alt) == (
        "시장이 서명한다",
        "해누리시 제공",
        "책상",
    )


@pytest.mark.parametrize(
    ("written", "url", "media_type"),
    [
        ("https://img.example/사진.JPG?x=1", "https://img.example/%EC%82%AC%EC%A7%84.JPG?x=1", "image/jpeg"),
        ("//img.example/a.webp", "https://img.example/a.webp", "image/webp"),
        ("/photo/1", "https://news.haenuri.example/photo/1", ""),
    ],
)
def test_a_picture_elsewhere_keeps_its_address(normalized: Normalize, written: str, url: str, media_type: str) -> None:
    entry = normalized(images=[written]).entry

    assert entry.images == (Image(url=url, media_type=media_type),)
    assert entry.media == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("images/none.jpg", "picture-missing"),
        ("images/글.jpg", "picture-missing"),
        ("images", "picture-missing"),
        ("../../secret.png", "picture-missing"),
        (r"C:\photo\1.jpg", "picture-missing"),
        ("ftp://img.example/1.jpg", "picture-invalid"),
        ("data:image/png;base64,AAAA", "picture-invalid"),
        ("https://", "picture-invalid"),
    ],
)
def test_a_picture_that_cannot_be_published_is_left_out_with_its_reason(
    normalized: Normalize, written: str, code: str
) -> None:
    made = normalized(images=[written, "images/서명.png"])

    assert [problem.code for problem in made.problems] == [code]
    assert repr(written) in str(made.problems[0].message)
    assert len(made.entry.images) == 1


def test_a_name_may_be_written_as_an_address_writes_it(normalized: Normalize) -> None:
    entry = normalized(images=["images/%EC%84%9C%EB%AA%85.png", "images/버스 100%.jpg"]).entry

    assert [image.file for image in entry.images] == ["정치/images/서명.png", "정치/images/버스 100%.jpg"]
    assert entry.images[1].url.endswith("/%EB%B2%84%EC%8A%A4%20100%25.jpg")


@pytest.mark.rule(43)
def test_a_picture_in_the_body_is_served_from_the_feeds_with_its_size(normalized: Normalize, signing: Image) -> None:
    entry = normalized(body="![서명](images/서명.png)").entry

    assert entry.body == f'<p><img src="{signing.url}" alt="서명" width="640" height="480"></p>'
    assert entry.images == ()
    assert entry.media == (signing,)


def test_media_are_all_pictures_beside_the_entry_each_once(normalized: Normalize) -> None:
    body = "<p><img src='images/서명.png'><img src='images/버스 100%.jpg'><img src='images/%EC%84%9C%EB%AA%85.png'></p>"
    entry = normalized(images=[{"url": "images/서명.png", "caption": "협약"}], body=body).entry

    assert [image.file for image in entry.media] == ["정치/images/서명.png", "정치/images/버스 100%.jpg"]
    assert entry.body.count(f'src="{entry.images[0].url}"') == 2


def test_a_picture_listed_twice_is_shown_once(normalized: Normalize) -> None:
    assert len(normalized(images=["images/서명.png", "images/서명.png"]).entry.images) == 1


@pytest.mark.rule(43)
def test_a_body_picture_that_is_not_beside_the_entry_is_looked_for_beside_its_link(normalized: Normalize) -> None:
    made = normalized(body="<p><img src='data/old.jpg'></p>")

    assert made.entry.body == '<p><img src="https://news.haenuri.example/articles/data/old.jpg"></p>'
    assert [problem.code for problem in made.problems] == ["picture-relative"]
