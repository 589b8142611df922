"""`import feed` and `import page --feed` as a newsroom uses them: again, after edits, beside one another."""

import json
import re
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack
from sosik.errors import ImportingError
from sosik.importers import old_xml
from sosik.importers.old_feed import read_feed

FEEDS = Path(__file__).parent.parent / "data" / "importers" / "feeds"

PAGE = """\
<!doctype html><html lang="ko"><head><meta charset="utf-8">
<title>달맞이교 고쳐 다시 연다 - 해누리신문</title>
<link rel="canonical" href="https://m.haenuri-news.kr/news/articleViewAmp.html?idxno=501">
<meta property="og:title" content="달맞이교 고쳐 다시 연다">
<meta property="article:published_time" content="2026-07-01T09:12:00+09:00"></head>
<body><h1>달맞이교 고쳐 다시 연다</h1><p>해누리시가 1일 달맞이교를 고쳐 다시 열었다. 차로는 넷에서 여섯으로 늘었다.</p>
<p>시는 석 달 동안 다리의 상판과 난간을 모두 바꾸었다고 밝혔다.</p></body></html>
"""

OLD = """\
<rss version="2.0"><channel><title>해누리신문</title><link>http://www.haenuri-news.kr</link>
<item><title>달맞이교 고쳐 다시 연다</title><link>http://www.haenuri-news.kr/news/articleView.html?idxno=501</link>
<description>해누리시가 1일 달맞이교를 고쳐 다시 열었다.</description><pubDate>2026-07-01 09:12:33</pubDate></item>
</channel></rss>
"""
RICH = """\
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>시험일보</title>
<link>https://www.test.example/</link><item><title>달맞이교 고쳐 다시 연다</title><category>지역</category>
<link>https://www.test.example/news/articleView.html?idxno=501</link><dc:creator>김하늘 기자</dc:creator>
<content:encoded>&lt;p&gt;해누리시가 달맞이교를 고쳐 다시 열었다.&lt;/p&gt;</content:encoded>
<media:content url="https://www.test.example/501.jpg" medium="image"><media:description>달맞이교</media:description>
</media:content><pubDate>2026-07-01 09:12:33</pubDate></item></channel></rss>
"""
DATE = "<pubDate>2026-07-01 09:12:33</pubDate>"
DRAFTED = {"ko": '상태: "초안"\n미확인: ["입력"]\n', "en": 'status: "draft"\nunconfirmed: ["published"]\n'}
LANGUAGES = {
    "ko": "id 제목 분류 기자 이름 입력 원문 사진 주소 설명 형식 본문",
    "en": "id title section authors name published link images url caption format body",
}
OLD_ID = "http://www.haenuri-news.kr/news/articleView.html?idxno=501"


def entries_of(room: Newsroom) -> dict[str, str]:
    """Return the imported entry files by name."""
    paths = (room.root / "content").rglob("*.yaml")
    return {path.name: path.read_text("utf-8") for path in paths if path.name != "first.yaml"}


def saved(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_a_second_import_changes_nothing(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "feed", FEEDS / "sections")
    before = entries_of(room)

    told = room.sosik("import", "feed", FEEDS / "sections")

    assert entries_of(room) == before
    assert "0 new, 0 completed, 4 unchanged, 0 kept" in told


def test_an_import_goes_on_where_another_one_was_ended(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "feed", FEEDS / "sections")
    before = entries_of(room)
    for name in ("import-report.json", "import-report.html"):
        (room.root / name).unlink()
    next((room.root / "content").rglob("*10068.yaml")).unlink()

    told = room.sosik("import", "feed", FEEDS / "sections")

    assert entries_of(room) == before
    assert "1 new, 0 completed, 3 unchanged" in told


@pytest.mark.parametrize(("first", "then"), [("ko", "en"), ("en", "ko")])
def test_a_file_is_written_in_the_language_of_the_publication_and_keeps_it(
    newsroom: Unpack, tmp_path: Path, first: str, then: str
) -> None:
    """Members and words too; another import changes neither what is whole nor the language of what it fills in."""
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}language: {first}\n")
    room.sosik("import", "feed", saved(tmp_path, "old.xml", RICH.replace(DATE, "")), status=1)
    [draft] = entries_of(room).values()
    assert draft.endswith(DRAFTED[first])

    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}language: {then}\n")
    assert "1 completed" in room.sosik("import", "feed", saved(tmp_path, "old.xml", RICH))
    written = entries_of(room)
    (room.root / "import-report.json").unlink()
    told = room.sosik("import", "feed", tmp_path / "old.xml")

    assert "1 unchanged" in told
    assert entries_of(room) == written
    [text] = written.values()
    assert set(re.findall(r"(\w+):(?=\s)", text)) == set(LANGUAGES[first].split())
    assert not room.build("2026-08-01 09:00").problems


def test_a_file_that_was_edited_by_hand_stays_as_it_is(newsroom: Unpack, tmp_path: Path) -> None:
    """Also where an import could fill in what it lacks: somebody may have taken that out."""
    room = newsroom()
    old = saved(tmp_path, "old.xml", OLD)
    room.sosik("import", "feed", old)
    [path] = (room.root / "content").rglob("*달맞이교*.yaml")
    edited = path.read_text("utf-8").replace(f'원문: "{OLD_ID}"\n', "")
    path.write_text(edited, "utf-8")

    told = room.sosik("import", "feed", old)

    assert path.read_text("utf-8") == edited
    assert "0 unchanged, 1 kept" in told


def test_what_an_untouched_file_lacks_is_filled_in(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom()
    poor = OLD.replace("<pubDate>2026-07-01 09:12:33</pubDate>", "")
    assert "; 1 draft," in room.sosik("import", "feed", saved(tmp_path, "poor.xml", poor), status=1)

    room.sosik("import", "feed", saved(tmp_path, "old.xml", OLD))

    [text] = entries_of(room).values()
    assert '입력: "2026-07-01T09:12:33+09:00"' in text
    assert "상태" not in text
    assert '미확인: ["본문"]' in text


def test_a_dry_run_carries_the_problems_and_writes_nothing(newsroom: Unpack) -> None:
    room = newsroom()
    before = sorted(room.root.rglob("*"))

    told = json.loads(room.sosik("import", "feed", "--dry-run", "--json", FEEDS / "one-date.xml", status=1))

    assert sorted(room.root.rglob("*")) == before
    assert told["counts"] == {
        "new": 2,
        "filled": 0,
        "unchanged": 0,
        "kept": 0,
        "misnamed": 0,
        "drafts": 2,
        "refused": 3,
    }
    assert {problem["code"] for problem in told["refused"]} == {"item-refused"}
    assert told["entries"][0]["draft"]
    assert told["entries"][0]["problems"][0]["code"] == "published-missing"
    assert told["entries"][0]["entry"]["id"] == "https://www.haenuri-org.kr/notice.do?seq=31"


def test_drafts_stay_out_and_the_check_says_what_they_lack(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "feed", FEEDS / "gnuboard-cp949.xml", status=1)
    room.build("2026-04-01 09:00")

    assert room.titles() == ['시장 "다리 고친다"', "첫 기사"]
    told = room.sosik("check")
    assert "unconfirmed: 입력 is missing" in told
    assert "1 draft not released" in told


def test_a_page_takes_the_id_of_its_item_in_an_old_feed(newsroom: Unpack, tmp_path: Path) -> None:
    """The page is saved under another of its addresses; its own time counts, to the minute it tells."""
    room = newsroom()
    page, old = saved(tmp_path, "page.html", PAGE), saved(tmp_path, "old.xml", OLD)

    room.sosik("import", "page", page, "--feed", old)

    [text] = entries_of(room).values()
    assert f'id: "{OLD_ID}"\n' in text
    assert "난간을 모두 바꾸었다" in text
    assert '입력: "2026-07-01T09:12:00+09:00"' in text
    assert "1 unchanged" in room.sosik("import", "feed", old)


def test_a_page_without_a_time_takes_that_of_the_feed(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom()
    page = saved(tmp_path, "page.html", PAGE.replace("article:published_time", "x"))

    room.sosik("import", "page", page, "--feed", saved(tmp_path, "old.xml", OLD))

    [text] = entries_of(room).values()
    assert '입력: "2026-07-01T09:12:33+09:00"' in text


def test_a_page_completes_the_article_that_an_old_feed_brought(newsroom: Unpack, tmp_path: Path) -> None:
    room = newsroom()
    room.sosik("import", "feed", saved(tmp_path, "old.xml", OLD))
    page = saved(tmp_path, "page.html", PAGE)

    assert "completed " in room.sosik("import", "page", page)

    [text] = entries_of(room).values()
    assert f'id: "{OLD_ID}"\n' in text
    assert "난간을 모두 바꾸었다" in text
    assert "unconfirmed" not in text
    assert "format" not in text
    assert "unchanged " in room.sosik("import", "page", page)


def test_an_article_that_is_there_under_a_new_id_is_told(newsroom: Unpack, tmp_path: Path) -> None:
    """It was imported from its page first: the id that readers know is on the list."""
    room = newsroom()
    room.sosik("import", "page", saved(tmp_path, "page.html", PAGE))
    before = entries_of(room)

    told = room.sosik("import", "feed", saved(tmp_path, "old.xml", OLD), status=1)

    assert entries_of(room) == before
    assert f'write id: "{OLD_ID}"' in told


def test_the_report_names_what_is_left_to_do(newsroom: Unpack) -> None:
    room = newsroom()
    room.sosik("import", "feed", FEEDS / "one-date.xml", status=1)

    page = (room.root / "import-report.html").read_text("utf-8")
    record = json.loads((room.root / "import-report.json").read_text("utf-8"))

    assert "공모전 안내" in page
    assert "본문 바로가기" in page
    assert "<script" not in page
    assert record["counts"]["refused"] == 3
    assert record["entries"][0]["file"] == "content/imported/공모전-안내.yaml"


def _feed(items: str, head: str = "") -> str:
    return f"<rss version='2.0'><channel><title>해누리신문</title><link>http://haenuri-news.kr</link>{head}{items}</channel></rss>"


def _item(number: int, date: str, guid: str = "") -> str:
    link = f"http://haenuri-news.kr/news/articleView.html?idxno={number}"
    return (
        f"<item><title>기사 {number}</title><link>{link}</link><guid>{guid or link}</guid>"
        f"<description>본문 {number}.</description><pubDate>{date}</pubDate></item>"
    )


def test_a_clock_that_one_feed_proves_false_is_doubted_in_the_others_of_its_host(
    newsroom: Unpack, tmp_path: Path
) -> None:
    proof = _feed(_item(2, "Tue, 03 Mar 2026 09:50:00 GMT"), "<lastBuildDate>2026-03-03 10:00</lastBuildDate>")
    saved(tmp_path, "a.xml", _feed(_item(1, "Mon, 02 Mar 2026 09:50:00 GMT")))
    saved(tmp_path, "b.xml", proof)
    other = _feed(_item(3, "Mon, 02 Mar 2026 09:50:00 GMT")).replace("haenuri-news", "bitmaru-news")
    saved(tmp_path, "c.xml", other)
    saved(tmp_path, "d.xml", _feed(_item(4, "Mon, 02 Mar 2026 10:50:00 +0000")))  # the same clock, spelled otherwise
    room = newsroom()

    room.sosik("import", "feed", *sorted(tmp_path.glob("*.xml")))

    doubted = {name for name, text in entries_of(room).items() if '미확인: ["본문", "입력"]' in text}
    assert doubted == {"2026-03-02-기사-1.yaml", "2026-03-03-기사-2.yaml", "2026-03-02-기사-4.yaml"}
    with (room.root / "feeds" / "publication.yaml").open("a", encoding="utf-8") as settings:
        settings.write('dates: {false_offsets: ["GMT"]}\n')
    room.sosik("import", "feed", *sorted(tmp_path.glob("*.xml")))
    assert '입력: "2026-03-02T09:50:00+09:00"' in entries_of(room)["2026-03-02-기사-1.yaml"]


def test_of_two_ids_a_person_chooses_and_the_next_import_keeps_that(newsroom: Unpack, tmp_path: Path) -> None:
    first = saved(tmp_path, "a.xml", _feed(_item(1, "2026-03-02 09:50:00")))
    other = saved(tmp_path, "b.xml", _feed(_item(1, "2026-03-02 09:50:00", "urn:haenuri:1")))
    room = newsroom()

    told = room.sosik("import", "feed", first, other)
    page = (room.root / "import-report.html").read_text("utf-8")
    (name,) = entries_of(room)
    file = next((room.root / "content").rglob(name))
    file.write_text(
        file.read_text("utf-8").replace('"http://haenuri-news.kr/news/articleView.html?idxno=1"', '"urn:haenuri:1"', 1)
    )
    again = room.sosik("import", "feed", first, other)

    assert 'write id: "urn:haenuri:1"' in told
    assert "To decide before publication" in page
    assert "urn:haenuri:1" in page
    assert "1 unchanged, 0 kept, 0 under another id" in again
    assert 'id: "urn:haenuri:1"' in file.read_text("utf-8")


def test_pages_take_the_ids_of_a_folder_of_old_feeds_and_none_are_imported_without(
    newsroom: Unpack, tmp_path: Path
) -> None:
    page = saved(tmp_path, "page.html", PAGE)
    folder = tmp_path / "old" / "www.haenuri-news.kr" / "rss"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><p>없는 쪽</p>", "utf-8")
    room = newsroom()
    for feeds in (tmp_path / "old", folder / "index.html"):
        room.sosik("import", "page", "--feed", feeds, page, status=1)
        assert not entries_of(room), "without the old ids each page would become a new article"
    (folder / "allArticle.xml").write_text(OLD, "utf-8")
    (folder / "allArticle.xml.1").write_text(OLD.replace("501", "502"), "utf-8")

    room.sosik("import", "page", "--feed", tmp_path / "old", page, status=1)
    told = room.sosik("import", "feed", tmp_path / "old", status=1)

    assert f'id: "{OLD_ID}"' in next(iter(entries_of(room).values()))
    assert "1 new" in told
    assert "www.haenuri-news.kr/rss/index.html: not a feed" in told
    assert "rss/allArticle.xml.1" in (room.root / "import-report.json").read_text("utf-8")


def test_the_report_says_what_a_refused_item_was(newsroom: Unpack, tmp_path: Path) -> None:
    """A person who writes it by hand needs its headline, address and date."""
    twice = _item(1, "2026-03-02 09:50:00", "urn:1") + _item(2, "2026-03-03 09:50:00", "urn:1")
    room = newsroom()

    room.sosik("import", "feed", saved(tmp_path, "a.xml", _feed(twice)), status=1)

    page = (room.root / "import-report.html").read_text("utf-8")
    (refused,) = json.loads((room.root / "import-report.json").read_text("utf-8"))["refused"]
    assert {key: refused[key] for key in ("title", "link", "published")} == {
        "title": "기사 2",
        "link": "http://haenuri-news.kr/news/articleView.html?idxno=2",
        "published": "2026-03-03 09:50:00",
    }
    assert all(value in page for value in ("기사 2", refused["link"], refused["published"]))


@pytest.mark.parametrize(
    ("of_item", "seconds", "told"),
    [
        ("<item " + " ".join(f'a{number}=""' for number in range(1001)) + "/>", 30, "more than 1000 attributes"),
        ("<item><description>" + "<" * 600 + "</description></item>", 0, "reading took more than 0 s"),
        ("<item/>" * 300, 0, "reading took more than 0 s"),
        ("<item><description>" + "& " * 1_000_001 + "</description></item>", 30, "more than 1,000,000 `&`"),
    ],
    ids=["attributes", "one text", "elements", "ampersands"],
)
def test_a_feed_that_takes_long_is_named(
    monkeypatch: pytest.MonkeyPatch, of_item: str, seconds: int, told: str
) -> None:
    monkeypatch.setattr(old_xml, "MOST_SECONDS", seconds)

    with pytest.raises(ImportingError, match=told):
        read_feed(_feed(of_item).encode(), "a.xml")


STRANGE: dict[str, object] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "해누리신문",
    "items": [
        {
            "id": f"https://www.test.example/{number}",
            "url": f"https://www.test.example/{number}",
            "title": "달맞이교 고쳐 다시 연다",
            "content_text": "해누리시가 달맞이교를 다시 열었다.",
            "date_published": "2026-07-01T09:12:00+09:00",
            **strange,
        }
        for number, strange in enumerate[dict[str, object]](
            (
                {"authors": [{"name": "1<<b></b>i>2"}, {"name": "김하늘 (sky@test.example)"}]},
                {"title": "\u200b<b></b>"},
                {"date_published": "2031-07-01T09:12:00+09:00"},
                {"id": " 7 "},
            )
        )
    ],
}


def test_nothing_that_a_feed_says_holds_an_article_back(newsroom: Unpack, tmp_path: Path) -> None:
    """What a build would refuse is not written: an author is left out, and without headline or date it is a draft."""
    room = newsroom()
    told = room.sosik("import", "feed", saved(tmp_path, "old.json", json.dumps(STRANGE)), status=1)

    report = room.build("2026-08-01 09:00")

    assert not report.errors
    record = json.loads((room.root / "import-report.json").read_text("utf-8"))
    assert [row["unconfirmed"] for row in record["entries"]] == [[], ["title"], ["published"]]
    assert [one["message"] for one in record["refused"]] == [
        "item 4 (달맞이교 고쳐 다시 연다): the id begins or ends with a space, which no entry file holds:  7 "
    ]
    assert '기자:\n  - {이름: "김하늘"}\n' in entries_of(room)["2026-07-01-달맞이교-고쳐-다시-연다.yaml"]
    assert "no name of an author, left out: 1<<b></b>i>2" in told
