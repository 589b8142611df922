"""One address, one document: whatever old addresses and names a newsroom gives, nothing overwrites anything."""

import pytest

from newsrooms import ARTICLE, Unpack

GOOD = f"-- content/good.yaml --\n{ARTICLE}"


@pytest.mark.rule(76)
def test_old_addresses_answer_with_the_rss_document(newsroom: Unpack) -> None:
    """Those of WordPress too, with and without the slash at the end."""
    room = newsroom(GOOD + "-- feeds/all.yaml --\ntitle: 전체\naliases: [/rss/allArticle.xml, /feed, /feed/]\n")

    assert room.build().errors == []
    assert room.read("/rss/allArticle.xml") == room.read("/feed/index.html") == room.read("/rss.xml")


TAKEN = ["/feeds/index.html", "/feeds", "/articles/aaaaaaaaaaaa", "/rss.xml.gz", "/rss.xml/old"]


@pytest.mark.parametrize("alias", TAKEN)
def test_an_old_address_that_takes_anothers_place_is_told_and_left_out(newsroom: Unpack, alias: str) -> None:
    room = newsroom(GOOD + "-- feeds/old.yaml --\ntitle: 옛 주소\n")
    room.build()
    before = {path: path.read_bytes() for path in (room.root / "public").rglob("*") if path.is_file()}
    room.write(f"-- feeds/old.yaml --\ntitle: 옛 주소\naliases: [{alias}]\n")

    report = room.build("2024-02-02 09:00")

    assert {problem.code for problem in report.errors} <= {"feed-collision", "feed-path"}
    assert report.errors
    assert {path: path.read_bytes() for path in before} == before
    assert room.build("2024-02-03 09:00").documents["changed"] == 0
