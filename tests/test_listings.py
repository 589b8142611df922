"""Digests of entries are those of how their values show themselves, however quickly that is made."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sosik.model import Entry, Image, Person
from sosik.model.digests import digest_of, shown
from sosik.model.listing import listing_of
from sosik.model.values import EntryId

TEXTS = [
    "",
    "가",
    "it's",
    'say "가"',
    'it\'s "가"',
    "a\\b",
    "가\n나\n",
    "가\t나",
    "가\xa0나",
    "\u200b",
    "\ud800",
    "👏🏻",
    "\x7f",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_show_themselves(text: str) -> None:
    assert shown(text) == repr(text)


@pytest.mark.parametrize("body", [text for text in TEXTS if text != "\ud800"])
@pytest.mark.parametrize("files", [(), ("a.jpg", "나.jpg")])
def test_digest_covers_what_readers_see(body: str, files: tuple[str, ...]) -> None:
    images = tuple(Image(url=f"https://feeds.haenuri.example/{name}", file=f"2026/{name}") for name in files)
    entry = Entry(
        id=EntryId("tag:haenuri.example,2010:1"),
        title=f"제목 {body}",
        published=datetime(2026, 1, 16, 15, 20, tzinfo=UTC),
        link="https://news.haenuri.example/1",
        source="2026/1.md",
        authors=(Person(name="홍길동"),),
        body=body,
        images=images,
        media=images,
        pinned=False,
    )
    seen = tuple(replace(image, file="") for image in images)

    listing = listing_of(entry)

    assert listing.digest == digest_of(replace(entry, source="", pinned=True, images=seen, media=seen))
    assert listing_of(replace(entry, source="b.md", pinned=True)).digest == listing.digest
    assert listing_of(replace(entry, section="정치")).digest != listing.digest
