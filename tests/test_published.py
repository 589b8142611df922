"""What stands in the published bytes of every format, seen from outside: written as a newsroom does, read strictly."""

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from newsrooms import Newsroom, Unpack, at
from sosik.conformance import check_path

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dt": "http://purl.org/dc/terms/",
    "m": "http://search.yahoo.com/mrss/",
}
ID = "tag:test.example,2010:aaaaaaaaaaaa"
DOCUMENTS = ("/rss.xml", "/atom.xml", "/feed.json")

FULL = f"""\
-- feeds/publication.yaml --
title: 시험일보
url: https://www.test.example/
feeds_url: https://feeds.test.example/
authority: test.example,2010
logo: https://www.test.example/logo.png
copyright: © 시험일보
hubs: [https://hub.test.example/]
-- feeds/sections.yaml --
each: section
title: "{{value}} 소식"
path: "section/{{slug}}"
-- content/edited.yaml --
id: {ID}
title: "<속보> A & B, 3 < 5"
section: 지역
tags: [다리, 지역]
authors: [김하늘, {{name: 이바다, email: bada@test.example}}]
published: 2024-01-16 15:20
updated: 2024-01-17 09:10
link: https://www.test.example/기사/첫%20기사
images:
  - {{url: "https://www.test.example/사진.jpg", caption: 다리, credit: 시험시 제공}}
summary: 다리가 열린다.
body: |
  <p onclick="go()">다리가 <a href="/지도">열린다</a>.<script>go()</script>
  <img src="//www.test.example/2.jpg" srcset="/2.jpg 1x, /3.jpg 2x" alt="둘째">
-- content/plain.yaml --
id: tag:test.example,2010:bbbbbbbbbbbb
title: 나중 기사
section: 지역
published: 2024-01-18 00:00
body: 본문입니다.
"""


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    """A publication of two articles, one of them with everything, in feeds of all and of a section."""
    made = newsroom(FULL)
    assert made.build().errors == []
    return made


def xml(room: Newsroom, path: str) -> Any:
    """Return the root of a document, read as strictly as can be."""
    return etree.fromstring(room.read(path), etree.XMLParser(resolve_entities=False, recover=False))


def texts(root: Any, path: str) -> list[str]:
    return [str(found).strip() for found in root.xpath(path, namespaces=NAMES)]


def broken(room: Newsroom) -> set[str]:
    """Return the names of the rules that our own check finds broken."""
    checked = check_path(room.root / "public", judged=at("2024-02-01 09:00"))
    return {finding.rule.name for finding in checked.findings}


def bodies(room: Newsroom) -> Iterator[str]:
    """Yield the HTML of every entry in every format."""
    yield from texts(xml(room, "/rss.xml"), "//c:encoded/text()")
    yield from texts(xml(room, "/atom.xml"), "//a:content/text()")
    yield from (str(item["content_html"]) for item in room.items())


@pytest.mark.rule(1, 4)
def test_every_document_parses_strictly_and_is_utf8(room: Newsroom) -> None:
    paths = [path for path in (room.root / "public").rglob("*") if path.suffix in {".xml", ".json", ".opml"}]

    assert len(paths) >= 6
    for path in paths:
        body = path.read_bytes()
        assert not body.startswith(b"\xef\xbb\xbf")
        assert body.decode("utf-8")
        if path.suffix == ".json":
            json.loads(body)
        else:
            assert body.startswith(
                (b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>')
            )
            etree.fromstring(body, etree.XMLParser(resolve_entities=False, recover=False))


def test_our_own_check_finds_nothing(room: Newsroom) -> None:
    assert broken(room) == set()


@pytest.mark.rule(7, 8)
def test_the_feed_says_where_it_lives_and_whose_it_is(room: Newsroom) -> None:
    for path in ("/section/지역/rss.xml", "/rss.xml"):
        root = xml(room, path)
        assert texts(root, "/rss/channel/link/text()") == ["https://www.test.example/"]
        own = "https://feeds.test.example" + path.replace("지역", "%EC%A7%80%EC%97%AD")
        assert texts(root, "//a:link[@rel='self']/@href") == [own]
        assert texts(root, "//a:link[@rel='self']/@type") == ["application/rss+xml"]
    assert texts(xml(room, "/atom.xml"), "/a:feed/a:link[@rel='self']/@href") == ["https://feeds.test.example/atom.xml"]
    assert json.loads(room.read("/feed.json"))["feed_url"] == "https://feeds.test.example/feed.json"


@pytest.mark.rule(10)
def test_the_newest_stands_first_and_equal_instants_keep_one_order(newsroom: Unpack) -> None:
    entries = [("다", "2024-01-16 09:00", "c"), ("가", "2024-01-16 09:00", "b"), ("나", "2024-01-17 09:00", "a")]
    room = newsroom(
        "".join(
            f"-- content/{title}.yaml --\nid: tag:test.example,2010:{key}\ntitle: {title}\npublished: {at}\nbody: 글.\n"
            for title, at, key in entries
        )
    )
    room.build()

    assert room.titles() == ["나", "가", "다"]
    assert texts(xml(room, "/rss.xml"), "//item/title/text()") == ["나", "가", "다"]
    assert texts(xml(room, "/atom.xml"), "//a:entry/a:title/text()") == ["나", "가", "다"]


@pytest.mark.rule(5, 11)
def test_a_feed_without_entries_has_all_that_is_required(newsroom: Unpack) -> None:
    room = newsroom("-- content/a.yaml --\ntitle: 가\npublished: 2024-01-16\nstatus: draft\n")
    room.build()

    rss, atom, feed = xml(room, "/rss.xml"), xml(room, "/atom.xml"), json.loads(room.read("/feed.json"))
    assert all(texts(rss, f"/rss/channel/{name}/text()") for name in ("title", "link", "description"))
    assert all(len(texts(atom, f"/a:feed/a:{name}/text()")) == 1 for name in ("id", "title", "updated"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"] == []
    assert broken(room) == {"D50"}, "it states no rights, for it has none"


@pytest.mark.rule(16)
def test_the_image_of_a_channel_is_the_channels(room: Newsroom) -> None:
    root = xml(room, "/rss.xml")

    for name in ("title", "link"):
        assert texts(root, f"//channel/image/{name}/text()") == texts(root, f"//channel/{name}/text()")
    assert texts(root, "//channel/image/width | //channel/image/height") == []


@pytest.mark.rule(18)
def test_an_id_stays_whatever_is_edited_and_wherever_the_publication_moves(newsroom: Unpack) -> None:
    room = newsroom(FULL)
    room.build()
    before = {item["id"] for item in room.items()}
    moved = FULL.replace("www.test.example", "new.example").replace("feeds.test.example", "other.example/feeds")
    edited = (
        moved.replace("지역", "사회").replace("A & B", "다른 제목").replace("김하늘", "박나무").replace("본문", "글")
    )
    room.write(edited.replace("-- content/edited.yaml --", "-- content/사회/옮긴 기사.yaml --"))
    (room.root / "content" / "edited.yaml").unlink()

    assert room.build("2024-02-02 09:00").errors == []
    assert {item["id"] for item in room.items()} == before
    assert "다른 제목" in str(room.titles())


@pytest.mark.rule(19, 20)
def test_an_article_has_one_id_in_every_format_and_feed(room: Newsroom) -> None:
    expected = ["tag:test.example,2010:bbbbbbbbbbbb", ID]

    for folder in ("", "/section/지역"):
        rss = xml(room, f"{folder}/rss.xml")
        assert texts(rss, "//item/guid/text()") == expected
        assert texts(rss, "//item/guid/@isPermaLink") == ["false", "false"]
        assert texts(xml(room, f"{folder}/atom.xml"), "//a:entry/a:id/text()") == expected
        assert [item["id"] for item in room.items(f"{folder}/feed.json")] == expected


@pytest.mark.rule(24)
def test_the_id_of_a_withdrawn_article_is_not_given_to_another(newsroom: Unpack) -> None:
    room = newsroom(FULL)
    room.build()
    room.write("-- content/edited.yaml --\n(gone)\n")
    room.build("2024-02-02 09:00", deleted=True)
    room.write(f"-- content/other.yaml --\nid: {ID}\ntitle: 다른 글\npublished: 2024-02-02 10:00\nbody: 새 글.\n")

    report = room.build("2024-02-03 09:00")

    assert [problem.location.file for problem in report.errors] == ["content/other.yaml"]
    assert ID not in {item["id"] for item in room.items()}


RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0900"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00")


@pytest.mark.rule(25, 26, 27, 28)
def test_dates_have_one_form_and_their_zone(room: Newsroom) -> None:
    rss = xml(room, "/rss.xml")
    old = texts(rss, "//pubDate/text() | //lastBuildDate/text()")
    new = texts(rss, "//a:published/text() | //a:updated/text() | //dt:modified/text()")
    new += texts(xml(room, "/atom.xml"), "//a:published/text() | //a:updated/text()")
    new += [str(value) for item in room.items() for name, value in item.items() if name.startswith("date_")]

    assert len(old) == 3
    assert len(new) == 3 + 5 + 3
    assert all(RFC822.fullmatch(date) for date in old)
    assert all(f"{parsedate_to_datetime(date):%a}" == date[:3] for date in old)
    assert all(RFC3339.fullmatch(date) for date in new)
    assert not any(b"KST" in room.read(path) for path in DOCUMENTS)


@pytest.mark.rule(30, 34, 35, 38)
def test_an_edit_is_told_beside_the_publication_and_nothing_where_there_was_none(room: Newsroom) -> None:
    rss, atom = xml(room, "/rss.xml"), xml(room, "/atom.xml")

    assert texts(rss, "//pubDate/text()") == ["Thu, 18 Jan 2024 00:00:00 +0900", "Tue, 16 Jan 2024 15:20:00 +0900"]
    assert texts(rss, "//item[1]/a:updated | //item[1]/dt:modified") == []
    assert texts(rss, "//item[2]/a:updated/text()") == ["2024-01-17T09:10:00+09:00"]
    assert texts(rss, "//dc:date") == []
    assert texts(atom, "//a:entry/a:published/text()") == ["2024-01-18T00:00:00+09:00", "2024-01-16T15:20:00+09:00"]
    assert texts(atom, "//a:entry/a:updated/text()") == ["2024-01-18T00:00:00+09:00", "2024-01-17T09:10:00+09:00"]
    assert [item.get("date_modified") for item in room.items()] == [None, "2024-01-17T09:10:00+09:00"]


@pytest.mark.rule(40)
def test_a_title_is_plain_text_escaped_once(room: Newsroom) -> None:
    title = "<속보> A & B, 3 < 5"

    assert b"<title>&lt;\xec\x86\x8d\xeb\xb3\xb4&gt; A &amp; B, 3 &lt; 5</title>" in room.read("/rss.xml")
    assert texts(xml(room, "/rss.xml"), "//item[2]/title/text()") == [title]
    assert texts(xml(room, "/atom.xml"), "//a:entry[2]/a:title/text()") == [title]
    assert texts(xml(room, "/atom.xml"), "//a:title/@type[. != 'text']") == []
    assert room.titles()[1] == title


@pytest.mark.rule(41, 42)
def test_the_summary_stands_before_the_full_text(room: Newsroom) -> None:
    item = xml(room, "/rss.xml").find("channel")[-1]
    names = [etree.QName(child).localname for child in item]

    assert names.index("description") < names.index("encoded")
    assert texts(item, "description/text()") == ["다리가 열린다."]
    assert texts(xml(room, "/atom.xml"), "//a:content/@type") == ["html", "html"]
    assert texts(xml(room, "/atom.xml"), "//a:entry[2]/a:summary/text()") == ["다리가 열린다."]


@pytest.mark.rule(43, 44, 45)
def test_addresses_are_absolute_ascii_and_nothing_runs(room: Newsroom) -> None:
    for html in bodies(room):
        addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
        addresses += [part.split()[0] for srcset in re.findall(r'srcset="([^"]*)"', html) for part in srcset.split(",")]
        assert all(address.startswith("https://") and address.isascii() for address in addresses)
        assert not re.search(r"<script|onclick|go\(\)", html)
    links = [
        *texts(xml(room, "/rss.xml"), "//link/text() | //m:content/@url | //a:link/@href"),
        *texts(xml(room, "/atom.xml"), "//a:link/@href"),
        *(str(item["url"]) for item in room.items()),
    ]
    assert "https://www.test.example/%EA%B8%B0%EC%82%AC/%EC%B2%AB%20%EA%B8%B0%EC%82%AC" in links
    assert all(link.startswith("https://") and link.isascii() for link in links)


@pytest.mark.rule(46)
def test_authors_are_named_and_their_mail_is_not_told(room: Newsroom) -> None:
    rss = xml(room, "/rss.xml")

    assert texts(rss, "//item[2]/dc:creator/text()") == ["김하늘, 이바다"]
    assert texts(rss, "//item/author") == []
    assert texts(xml(room, "/atom.xml"), "//a:entry[2]/a:author/a:name/text()") == ["김하늘", "이바다"]
    assert room.items()[1]["authors"] == [{"name": "김하늘"}, {"name": "이바다"}]
    assert not any(b"bada@" in room.read(path) for path in DOCUMENTS)


@pytest.mark.rule(47, 48)
def test_the_lead_picture_is_media_and_the_first_of_the_body(room: Newsroom) -> None:
    rss = xml(room, "/rss.xml")
    (address,) = texts(rss, "//item/m:content/@url")

    assert texts(rss, "//m:group | //enclosure") == []
    for html in bodies(room):
        pictures = re.findall(r'<img[^>]* src="([^"]*)"', html)
        assert not pictures or pictures[0] == address
    (enclosure,) = xml(room, "/atom.xml").xpath("//a:link[@rel='enclosure']", namespaces=NAMES)
    assert enclosure.get("href") == address
    assert room.items()[1]["image"] == address


@pytest.mark.rule(49)
def test_a_category_for_the_section_and_each_tag_once(room: Newsroom) -> None:
    rss, atom = xml(room, "/rss.xml"), xml(room, "/atom.xml")

    assert texts(rss, "//item[2]/category/text()") == ["지역", "다리"]
    assert texts(rss, "//dc:subject") == []
    assert texts(atom, "//a:entry[2]/a:category/@term") == texts(atom, "//a:entry[2]/a:category/@label")
    assert texts(atom, "//a:entry[2]/a:category/@term") == ["지역", "다리"]
    assert room.items()[1]["tags"] == ["지역", "다리"]


@pytest.mark.rule(50)
def test_rights_are_stated(room: Newsroom) -> None:
    assert texts(xml(room, "/rss.xml"), "//channel/copyright/text()") == ["© 시험일보"]
    assert texts(xml(room, "/atom.xml"), "/a:feed/a:rights/text()") == ["© 시험일보"]


def _hourly(count: int) -> str:
    """Return articles an hour apart, the newest at 2024-01-30 23:00."""
    stamps = [f"2024-01-{30 - hour // 24:02} {23 - hour % 24:02}:00" for hour in range(count)]
    return "".join(
        f"-- content/{number:03}.yaml --\ntitle: 제{number}호\npublished: {stamp}\nbody: {number}번 글.\n"
        for number, stamp in enumerate(stamps)
    )


@pytest.mark.rule(53)
@pytest.mark.parametrize(
    ("window", "shown"),
    [
        ("", 49),
        ("window: {hours: 3}\n", 30),
        ("window: {entries: 5, hours: 3}\n", 5),
        ("window: {hours: 500}\n", 120),
        ("window: {hours: 500, at_most: 20}\n", 60),
    ],
)
def test_a_feed_shows_thirty_and_two_days_and_no_more_than_three_times_the_most(
    newsroom: Unpack, window: str, shown: int
) -> None:
    room = newsroom(_hourly(120) + f"-- feeds/all.yaml --\ntitle: 전체\n{window}")
    room.build()

    assert room.titles() == [f"제{number}호" for number in range(shown)]
    assert len(texts(xml(room, "/rss.xml"), "//item")) == len(texts(xml(room, "/atom.xml"), "//a:entry")) == shown


def test_two_tags_that_differ_only_in_capitals_have_one_feed(newsroom: Unpack) -> None:
    """Where documents are files, some systems would put one over the other."""
    room = newsroom(
        "-- feeds/tags.yaml --\neach: tag\n"
        "-- content/a.yaml --\ntitle: 하나\npublished: 2024-01-16\nbody: b\ntags: [AB]\n"
        "-- content/b.yaml --\ntitle: 둘\npublished: 2024-01-17\nbody: b\ntags: [ab]\n"
    )

    problems = [problem for problem in room.build().problems if problem.code == "slug-collision"]

    assert ["'AB'" in str(problem.message) and "'ab'" in str(problem.message) for problem in problems] == [True]
    assert [path.name for path in (room.root / "public" / "tag").iterdir()] == ["AB"]


@pytest.mark.rule(17, 59, 96)
def test_no_feed_calls_itself_complete_nor_asks_for_xsl_nor_declares_what_it_does_not_use(room: Newsroom) -> None:
    for path in ("/rss.xml", "/atom.xml"):
        body = room.read(path)
        assert b"complete" not in body
        assert b"text/xsl" not in body
        for prefix in re.findall(rb'xmlns:(\w+)="', body):
            assert b"<" + prefix + b":" in body
