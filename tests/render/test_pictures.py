"""A picture that stands only in the body is the lead picture of what programs are told."""

import json

import pytest
from msgspec.structs import replace

from sosik.model import Entry, Image, Publication
from sosik.render import atom, jsonfeed, rss
from sosik.render.newsarticle import news_article
from sosik.render.pages import article_page
from sosik.render.pictures import told_images

URL = "https://img.haenuri.example/2.png"
BODY = (
    '<p>앞 <img src="https://img.haenuri.example/1.gif" width="20" height="20"></p>'
    f'<figure><img src="{URL}" alt="다리"><figcaption>해오름교 <small>해누리시</small></figcaption></figure>'
)
SHOWN = Image(url=URL, media_type="image/png", alt="다리", caption="해오름교", credit="해누리시")


@pytest.fixture
def bare(entry: Entry) -> Entry:
    """Give the article without pictures of its own, and one in its body beside a sign."""
    return replace(entry, images=(), media=(), body=BODY)


@pytest.mark.rule(47)
def test_it_is_told_in_every_format(bare: Entry, publication: Publication) -> None:
    item = json.loads(jsonfeed.render_entry(bare, publication).body)

    assert f'url="{URL}" type="image/png" medium="image"' in rss.render_entry(bare, publication).body.decode()
    assert f'rel="enclosure" type="image/png" href="{URL}"' in atom.render_entry(bare, publication).body.decode()
    assert (item["image"], item["_sosik"]["image"]) == (URL, {"caption": "해오름교", "credit": "해누리시"})


def test_it_is_told_on_the_article_page(bare: Entry, publication: Publication) -> None:
    page = article_page(bare, publication).decode()

    assert f'<meta property="og:image" content="{URL}">' in page
    assert news_article(bare, publication)["image"][0]["url"] == URL


def test_a_picture_beside_the_entry_is_told_with_its_size(bare: Entry) -> None:
    beside = Image(url=URL, media_type="image/png", width=640, height=480, length=9, path="/media/x/2.png")

    shown = replace(beside, alt="다리", caption="해오름교", credit="해누리시")
    assert told_images(replace(bare, media=(beside,))) == (shown,)


def test_the_pictures_that_the_file_names_come_first(bare: Entry) -> None:
    named = Image(url="https://img.haenuri.example/3.jpg")

    assert told_images(replace(bare, images=(named,))) == (named,)
    assert told_images(bare) == (SHOWN,)
    assert told_images(replace(bare, body="<p>글</p>")) == ()
