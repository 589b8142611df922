"""A feed's archive: everything it ever published can be walked to, and old documents stay as they are."""

import json

import pytest
from lxml import etree

from newsrooms import Newsroom, Unpack

ATOM = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
FEED = "-- feeds/all.yaml --\ntitle: 전체\narchive: month\nwindow: {entries: 2, hours: 0, at_most: 2}\n"


def entry(name: str, published: str, body: str = "본문.") -> str:
    head = f"id: tag:test.example,2010:{name}\ntitle: {name}\npublished: {published}\n"
    return f"-- content/{name}.yaml --\n{head}body: {body}\n"


def walk(room: Newsroom, filename: str) -> list[tuple[str, list[str]]]:
    """Follow prev-archive from the current document; return each document's path and its titles."""
    found, path = [], f"/{filename}"
    while path:
        if filename == "feed.json":
            feed = json.loads(room.read(path))
            titles, following = [item["title"] for item in feed["items"]], feed.get("next_url", "")
        else:
            root = etree.fromstring(room.read(path))
            titles = root.xpath("//item/title/text() | //a:entry/a:title/text()", namespaces=ATOM)
            following = "".join(root.xpath("//a:link[@rel='prev-archive']/@href", namespaces=ATOM))
            assert bool(root.xpath("//fh:archive", namespaces=ATOM)) == ("/archive/" in path)
        found.append((path, [str(title) for title in titles]))
        path = following.removeprefix("https://feeds.test.example")
    return found


@pytest.mark.rule(58)
@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml", "feed.json"])
def test_every_entry_can_be_walked_to(newsroom: Unpack, filename: str) -> None:
    room = newsroom(
        FEED
        + entry("가", "2023-11-30 23:59")
        + entry("나", "2023-12-01 00:00")
        + entry("다", "2024-01-02")
        + entry("라", "2024-01-20")
    )
    room.build()

    assert walk(room, filename) == [
        (f"/{filename}", ["라", "다"]),
        (f"/archive/2024-01/{filename}", ["라", "다"]),
        (f"/archive/2023-12/{filename}", ["나"]),
        (f"/archive/2023-11/{filename}", ["가"]),
    ]


def test_a_new_article_leaves_older_months_alone_and_a_correction_reaches_its_own(newsroom: Unpack) -> None:
    room = newsroom(FEED + entry("가", "2023-11-30") + entry("나", "2023-12-10"))
    room.build()
    before = {month: room.read(f"/archive/{month}/atom.xml") for month in ("2023-11", "2023-12")}
    room.write(entry("다", "2023-12-20"))
    room.build("2024-02-02 09:00")

    assert room.read("/archive/2023-11/atom.xml") == before["2023-11"]
    assert room.read("/archive/2023-12/atom.xml") != before["2023-12"]

    correction = "edits: [{at: 2024-02-02 10:00, kind: correction, note: 바로잡습니다}]"
    room.write(entry("가", "2023-11-30").rstrip() + f"\n{correction}\n")
    room.build("2024-02-02 11:00")

    assert "바로잡습니다" in room.read("/archive/2023-11/atom.xml").decode()


@pytest.mark.rule(54, 58)
def test_a_month_over_the_budget_is_split_and_stays_split_the_same_way(newsroom: Unpack) -> None:
    """The oldest entries keep the first document when newer ones arrive."""
    long = "가나다라 마바사 " * 6_000
    days = range(1, 8)
    room = newsroom(FEED + "".join(entry(f"d{day}", f"2024-01-{day:02}", long) for day in days))
    room.build()
    first = room.read("/archive/2024-01/rss.xml")

    titles = [title for path, found in walk(room, "rss.xml") if "/archive/" in path for title in found]
    assert sorted(titles) == [f"d{day}" for day in days]
    room.write(entry("d8", "2024-01-08", long))
    room.build("2024-02-02 09:00")

    assert room.read("/archive/2024-01/rss.xml").count(b"<item>") == first.count(b"<item>")
    assert all(len(room.read(path)) < 1_000_000 for path, _ in walk(room, "rss.xml"))


@pytest.mark.rule(54, 55)
def test_no_document_grows_over_two_megabytes(newsroom: Unpack) -> None:
    """An entry too long for a feed stands in it as its summary; many long ones make older ones give way."""
    huge, long = "가나다라 마바사 " * 40_000, "가나다라 마바사 " * 10_000
    room = newsroom(
        entry("huge", "2024-01-31", huge) + "".join(entry(f"d{day}", f"2024-01-{day:02}", long) for day in range(1, 29))
    )
    report = room.build()

    assert "feed-large" in {problem.code for problem in report.problems}
    for name in ("/rss.xml", "/atom.xml", "/feed.json"):
        assert len(room.read(name)) < 2_000_000
    assert room.titles()[0] == "huge"
    assert len(str(room.items()[0])) < 10_000
    assert room.titles()[1] == "d28"


HUGE = "가나다 " * 190_000


@pytest.mark.rule(54, 55)
@pytest.mark.parametrize(
    "rest",
    [
        f"summary: {HUGE}",
        f"images: [{{url: https://www.test.example/1.jpg, caption: {HUGE}}}]",
        f"edits: [{{at: 2024-02-01, kind: correction, note: {HUGE}}}]",
    ],
    ids=["summary", "caption", "note"],
)
def test_what_is_too_large_even_without_its_text_is_an_error_and_burdens_no_feed(newsroom: Unpack, rest: str) -> None:
    room = newsroom(FEED + entry("huge", "2024-01-31").rstrip() + f"\n{rest}\n" + entry("다", "2024-01-20"))

    for now in ("2024-02-01 09:00", "2024-02-02 09:00"):
        [problem] = room.build(now).errors
        assert (problem.code, problem.location.file) == ("entry-too-large", "content/huge.yaml")

    assert room.titles() == ["다"]
    assert all(len(path.read_bytes()) < 2_000_000 for path in (room.root / "public").rglob("*.[jx]*"))


@pytest.mark.rule(54, 55)
def test_captions_and_corrections_count_towards_the_size_of_a_document(newsroom: Unpack) -> None:
    """Thirty entries of 50 KB of captions each would make three documents of 4 MB."""
    images = f"images: [{{url: https://www.test.example/1.jpg, caption: {'가나다라 ' * 3_800}}}]"
    room = newsroom(
        FEED.replace("entries: 2, hours: 0, at_most: 2", "entries: 30")
        + "".join(entry(f"d{day}", f"2024-01-{day:02}").rstrip() + f"\n{images}\n" for day in range(1, 31))
    )
    room.build()

    sizes = [len(path.read_bytes()) for path in (room.root / "public").rglob("*.[jx]*")]
    assert 700_000 < max(sizes) < 2_000_000
    assert sorted(str(title) for _, found in walk(room, "rss.xml")[1:] for title in found) == sorted(
        f"d{day}" for day in range(1, 31)
    )


def test_a_withdrawal_or_a_new_date_moves_the_chain_and_nothing_else(newsroom: Unpack) -> None:
    """An archive that is emptied stays in the chain; one that an entry leaves or enters says so in its bytes."""
    room = newsroom(
        FEED + entry("가", "2023-11-30 23:59:59") + entry("나", "2023-12-01 00:00") + entry("다", "2024-01-20")
    )
    room.build()
    newest = room.read("/archive/2024-01/atom.xml")
    room.write("-- content/가.yaml --\n(gone)\n")
    room.build("2024-02-02 09:00", deleted=True)

    assert [path for path, _ in walk(room, "atom.xml")] == [
        "/atom.xml",
        "/archive/2024-01/atom.xml",
        "/archive/2023-12/atom.xml",
        "/archive/2023-11/atom.xml",
    ]
    assert room.read("/archive/2024-01/atom.xml") == newest

    room.write(entry("나", "2024-01-05 10:00"))
    room.build("2024-02-03 09:00", redate=("tag:test.example,2010:나",))

    assert walk(room, "atom.xml") == [
        ("/atom.xml", ["다", "나"]),
        ("/archive/2024-01/atom.xml", ["다", "나"]),
        ("/archive/2023-12/atom.xml", []),
        ("/archive/2023-11/atom.xml", []),
    ]


def test_entries_of_one_second_keep_their_place_in_a_split_month(newsroom: Unpack) -> None:
    """Ids break the tie, so another build, or a newer entry, moves none of them."""
    long = "가나다라 마바사 " * 6_000
    room = newsroom(FEED + "".join(entry(f"d{number}", "2024-01-05 10:00:00", long) for number in range(7)))
    room.build()
    before = {path: titles for path, titles in walk(room, "feed.json") if "/archive/" in path}
    room.write(entry("e", "2024-01-05 10:00:01", "본문."))
    room.build("2024-02-02 09:00")

    after = {path: titles for path, titles in walk(room, "feed.json") if "/archive/" in path}
    assert {path: [title for title in titles if title != "e"] for path, titles in after.items()} == before
    assert sorted(title for titles in before.values() for title in titles) == [f"d{number}" for number in range(7)]


def test_the_page_of_a_withdrawn_article_says_so(newsroom: Unpack) -> None:
    room = newsroom(entry("가", "2024-01-30") + entry("나", "2024-01-31"))
    room.build()
    page = next(
        path for path in (room.root / "public" / "articles").iterdir() if "가" in (path / "index.html").read_text()
    )
    room.write("-- content/가.yaml --\n(gone)\n")

    room.build("2024-02-02 09:00", deleted=True)

    text = (page / "index.html").read_text()
    assert "삭제된 기사" in text
    assert "본문." not in text
