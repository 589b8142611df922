"""Pages answer as long as what they show is published, and a picture that is away for a moment stays with its entry."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.site import Site
from sosik.store import open_snapshot

ID = "tag:test.example,2010:dddddddddddd"
PAGE = "/articles/dddddddddddd/"
HEAD = f"id: {ID}\ntitle: 나루터에 등대가 선다\npublished: 2024-01-16 15:20\n"
TEXT = "나루터 등대가 4월에 불을 켠다."
TIMES = [f"2024-02-01 {hour}" for hour in ("09:00", "10:00", "11:00", "12:00", "13:00")]


def answers(room: Newsroom) -> dict[str, int]:
    with closing(open_snapshot(room.root / ".sosik")) as snapshot:
        return {str(head.path): head.status for head in snapshot.heads()}


def save(room: Newsroom, rest: str = "", text: str = TEXT) -> None:
    room.write(f"-- content/등대.yaml --\n{HEAD}{rest}body: {text}\n")


@pytest.mark.parametrize("edits", [False, True])
def test_a_page_outlives_that_its_article_gets_a_link(newsroom: Unpack, edits: bool) -> None:
    """Also where the whole edition is looked at, and where nothing but the published memory is left."""
    room = newsroom(f"-- content/등대.yaml --\n{HEAD}body: {TEXT}\n")
    save(room)
    room.build(TIMES[0])
    save(room, "link: /news/7\n")
    room.build(TIMES[1])
    if edits:
        save(room, "link: /news/7\n", "불은 5월에 켜진다.")
        room.build(TIMES[2])

    page = room.read(f"{PAGE}index.html").decode()
    assert '<link rel="canonical" href="https://www.test.example/news/7">' in page
    assert ("5월" in page) is edits
    assert room.items()[0]["url"] == "https://www.test.example/news/7"
    Site(room.root).leave_memory(room.root / "public")
    shutil.rmtree(room.root / ".sosik")
    Site(room.root).build(now=at(TIMES[3]), previous="public")
    assert answers(room)[PAGE] == 200
    save(room, "link: /news/7\nstatus: withdrawn\n")
    room.build(TIMES[4])
    assert answers(room)[PAGE] == 410


def test_an_article_with_a_link_from_the_first_has_no_page(newsroom: Unpack) -> None:
    room = newsroom(f"-- content/등대.yaml --\n{HEAD}body: {TEXT}\n")
    save(room, "link: /news/7\n")
    room.build(TIMES[0])
    save(room, "link: /news/8\n")
    room.build(TIMES[1])

    assert PAGE not in answers(room)


FOLDER = ["/feeds/", "/feeds/all/", "/feeds/style.css", "/feeds/feed.css", "/feeds/copy.js", "/feeds/feeds.opml"]


def test_pages_that_move_answer_where_they_were(newsroom: Unpack) -> None:
    """With what they show now, and the new address as the one that counts, until they are retired."""
    room = newsroom(f"-- content/등대.yaml --\n{HEAD}body: {TEXT}\n")
    save(room)
    room.build(TIMES[0])
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}pages: /구독/\n")
    room.build(TIMES[1])
    save(room, text="불은 5월에 켜진다.")
    room.write("-- content/배.yaml --\ntitle: 새 배가 뜬다\npublished: 2024-02-01\nbody: 글\n")
    room.build(TIMES[2])

    found = answers(room)
    assert {found.get(path) for path in FOLDER} == {200}
    assert {found.get(path.replace("/feeds/", "/구독/")) for path in FOLDER} == {200}
    canonical = '<link rel="canonical" href="https://feeds.test.example/%EA%B5%AC%EB%8F%85/'
    for path in ("feeds/index.html", "feeds/all/index.html"):
        page = room.read(path).decode()
        assert "새 배가 뜬다" in page
        assert canonical in page
    assert "canonical" not in room.read("구독/index.html").decode()
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}pages: /구독/\nretire: ['/feeds/*']\n")
    room.build(TIMES[3])
    assert not answers(room).keys() & {*FOLDER}


def test_pages_that_move_and_come_back_are_as_they_were(newsroom: Unpack) -> None:
    room = newsroom(f"-- content/등대.yaml --\n{HEAD}body: {TEXT}\n")
    save(room)
    room.build(TIMES[0])
    before = {path: room.read(path) for path in ("feeds/index.html", "feeds/all/index.html", "feeds/style.css")}
    for hour, line in ((1, "pages: /구독/\n"), (2, "pages: /rss/\n"), (3, "")):
        room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}{line}")
        room.build(TIMES[hour])

    assert {path: room.read(path) for path in before} == before
    assert {answers(room).get(f"/{name}/") for name in ("feeds", "구독", "rss")} == {200}


# --- pictures

AWAY = "2024-02-01 10:00:30"
LATE = "2024-02-01 10:01:00"


@pytest.fixture
def pictured(newsroom: Unpack) -> Newsroom:
    room = newsroom(f"-- content/등대.yaml --\n{HEAD}body: {TEXT}\n")
    save(room, "images: [등대.png]\n")
    Image.new("RGB", (8, 8), "red").save(picture_of(room))
    room.build(TIMES[0])
    return room


def picture_of(room: Newsroom) -> Path:
    return room.root / "content" / "등대.png"


def test_a_picture_that_is_away_for_a_moment_stays(pictured: Newsroom) -> None:
    before, data = pictured.read("/feed.json"), picture_of(pictured).read_bytes()
    picture_of(pictured).unlink()
    for now in (TIMES[1], AWAY):
        report = pictured.build(now)
        told = [str(problem.message) for problem in report.problems if problem.code == "file-missing"]
        assert told == [
            "missing picture 등대.png; builds from 2024-02-01T10:01:00+09:00 on publish the entry without it"
        ]
        assert pictured.read("/feed.json") == before
    picture_of(pictured).write_bytes(data)
    report = pictured.build(LATE)

    assert report.counts["unchanged"] == 1
    assert pictured.read("/feed.json") == before


def test_a_picture_that_stays_away_leaves_its_entry(pictured: Newsroom) -> None:
    picture_of(pictured).unlink()
    for now in (TIMES[1], LATE):
        pictured.build(now)

    assert "image" not in pictured.items()[0]


def test_an_edit_does_not_wait_for_a_picture(pictured: Newsroom) -> None:
    picture_of(pictured).unlink()
    save(pictured, "images: [등대.png]\n", "불은 5월에 켜진다.")
    pictured.build(TIMES[1])

    assert "5월" in str(pictured.items()[0]["content_html"])


def test_who_takes_a_picture_out_means_it(pictured: Newsroom) -> None:
    save(pictured)
    pictured.build(TIMES[1])

    assert "image" not in pictured.items()[0]


def test_an_upload_that_is_cut_while_a_picture_is_away_is_waited_for(pictured: Newsroom) -> None:
    """It has its own half minute, from when it was cut, and no second one."""
    before, data = pictured.read("/feed.json"), picture_of(pictured).read_bytes()
    picture_of(pictured).unlink()
    pictured.build(TIMES[1])
    save(pictured, "images: [등대.png]\n", TEXT[: len(TEXT) // 2])
    for now in ("2024-02-01 10:00:40", "2024-02-01 10:01:09"):
        assert pictured.build(now).counts["held"] == 1
        assert pictured.read("/feed.json") == before
    picture_of(pictured).write_bytes(data)
    pictured.build("2024-02-01 10:01:10")

    assert TEXT not in str(pictured.items()[0]["content_html"])
