"""The pages for people: what they offer, that they work wherever they stand, and that anyone can read them."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from msgspec.structs import replace

from sosik.dates import Precision
from sosik.errors import Location
from sosik.model import Criterion, Entry, Feed, FeedDefinition, Image, Publication
from sosik.normalize.ids import page_path
from sosik.render import pages
from sosik.render.content import content_html
from sosik.render.formats import FORMATS
from sosik.render.page_parts import READERS
from sosik.render.places import relative, subscribe_path

WHERE = "http://127.0.0.1:9/some/where"
"""Where the tree of pages is read: any host, port and path prefix will do."""


def family(definition: str, value: str) -> Feed:
    return Feed(
        name=f"{definition}/{value}",
        title=f"{value} 뉴스",
        path=f"{definition}/{value}",
        id="tag:a.example,2010:x",
        updated=datetime(2026, 11, 21, tzinfo=UTC),
        definition=definition,
    )


@pytest.fixture(scope="session")
def feeds(feed: Feed) -> list[Feed]:
    root = replace(feed, name="all", title="해누리일보 전체기사", path="", definition="all")
    local = replace(feed, path="local", definition="local")
    return [local, family("tag", "도서관"), family("section", "사설·칼럼"), family("author", "김하늘"), root]


@pytest.fixture(scope="session")
def definitions() -> list[FeedDefinition]:
    place = Location(file="feeds/all.yaml")
    kinds = {"all": None, "local": None} | {str(key): key for key in Criterion}
    return [FeedDefinition(name=name, title="", path=name, location=place, each=kind) for name, kind in kinds.items()]


@pytest.fixture(scope="session")
def article(entry: Entry, publication: Publication) -> Entry:
    """An article without a page elsewhere, with a picture of ours above the text and one inside it."""
    lead, other = (
        replace(image, path=path, url=publication.address(path))
        for image, path in zip(entry.images, ("/media/ab12cd34/강 변.jpg", "/media/ef56ab78/map.png"), strict=True)
    )
    body = f'<p>해오름강을 따라 새 길이 열린다.</p><p><img src="{other.url}" alt="노선도"></p>'
    link = publication.address("/articles/k7m2q9x4t1zb/")
    return replace(entry, images=(lead,), media=(lead, other), body=body, link=link, has_page=True)


@pytest.fixture(scope="session")
def site(
    publication: Publication, feeds: list[Feed], definitions: list[FeedDefinition], article: Entry, entry: Entry
) -> dict[str, bytes]:
    """Every page by its path."""
    latest = [article, replace(entry, link="https://www.haenuri.example/2", images=())]
    made = {
        "/feeds/": pages.start_page(publication, pages.feed_groups(feeds, definitions), latest),
        page_path(article.id): pages.article_page(article, publication, [feeds[-1], feeds[2]]),
        "/articles/gone/": pages.withdrawn_page(publication, "/articles/gone/"),
    }
    return made | {subscribe_path(one, publication): pages.subscribe_page(publication, one, latest) for one in feeds}


def parsed(page: bytes) -> Any:
    return html.document_fromstring(page.decode())


def references(page: bytes) -> list[str]:
    """Whatever a page points at, but for the addresses it states to machines (canonical, Open Graph, JSON-LD)."""
    return [*parsed(page).xpath("//a/@href | //img/@src | //script/@src | //link[not(@rel='canonical')]/@href")]


def documents(site: dict[str, bytes], feeds: list[Feed], article: Entry) -> set[str]:
    """The paths that hold something."""
    found = {*site, "/feeds/feeds.opml", *(f"/feeds/{name}" for name in pages.assets())}
    found |= {image.path for image in article.media}
    return found | {feed.document_path(row.filename) for feed in feeds for row in FORMATS.values()}


def test_references_among_our_documents_are_relative_and_lead_somewhere(
    site: dict[str, bytes], feeds: list[Feed], article: Entry, publication: Publication
) -> None:
    """So a published tree works on any host, port and path prefix."""
    there = documents(site, feeds, article)
    for path, page in site.items():
        ours = [one for one in references(page) if not re.match(r"[a-z]+:", one) and not one.startswith("#")]
        assert ours
        for one in ours:
            assert not one.startswith("/")
            assert one.isascii()
            reached = urljoin(f"{WHERE}{path}", one).partition("#")[0]
            assert unquote(reached.removeprefix(WHERE)) in there, f"{path} points at {one}"
        assert not any(one.startswith(publication.feeds_url) for one in references(page))


def test_nothing_is_loaded_from_elsewhere(site: dict[str, bytes]) -> None:
    for page in site.values():
        loaded = parsed(page).xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //iframe/@src")
        assert not [one for one in loaded if ":" in one]


def test_pages_obey_a_strict_content_security_policy(site: dict[str, bytes]) -> None:
    """No style or script stands in a page itself; JSON-LD is data."""
    for page in site.values():
        tree = parsed(page)
        assert not tree.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]")
        assert {found.get("type") for found in tree.xpath("//script[not(@src)]")} <= {"application/ld+json"}


def test_pages_are_accessible(site: dict[str, bytes]) -> None:
    """One first heading, the landmarks, a language, a way past the header, a text for every picture and button."""
    for page in site.values():
        tree = parsed(page)
        assert tree.get("lang") == "ko"
        assert [len(tree.xpath(f"//{name}")) for name in ("h1", "main", "title")] == [1, 1, 1]
        assert len(tree.xpath("/html/body/header | /html/body/footer")) == 2
        assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
        assert all(image.get("alt") is not None for image in tree.xpath("//img"))
        named = tree.xpath("//a[not(@aria-hidden)] | //button")
        assert all(found.text_content().strip() or found.get("aria-label") for found in named)
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        labels = tree.xpath("//@aria-labelledby")
        assert all(tree.xpath("//*[@id=$label]", label=label) for label in labels)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_told_apart() -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, on either ground, by day and by night."""
    style = pages.assets()["style.css"][1].decode()
    schemes = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in style.split("@media (prefers-color")[:2]]
    assert all(len(scheme) == 7 for scheme in schemes)
    for scheme in schemes:
        pairs = [(text, ground) for text in ("ink", "soft", "seal") for ground in ("paper", "sheet")]
        for text, ground in [*pairs, ("seal-ink", "seal")]:
            dark, light = sorted((_luminance(scheme[text]), _luminance(scheme[ground])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}"


def test_the_start_page_groups_every_feed(
    site: dict[str, bytes], feeds: list[Feed], definitions: list[FeedDefinition]
) -> None:
    groups = [(group.title, [feed.name for feed in group.feeds]) for group in pages.feed_groups(feeds, definitions)]
    assert groups == [
        ("전체", ["all"]),
        ("주제별 모음", ["local"]),
        ("섹션별", ["section/사설·칼럼"]),
        ("태그별", ["tag/도서관"]),
        ("기자별", ["author/김하늘"]),
    ]
    tree = parsed(site["/feeds/"])
    assert [heading.text for heading in tree.xpath("//section[@class='group']/h3")] == [title for title, _ in groups]
    assert len(tree.xpath("//ul[@class='directory']/li")) == len(feeds)


def test_the_start_page_of_a_publication_without_feeds_says_so(publication: Publication) -> None:
    page = pages.start_page(publication, (), ()).decode()
    assert "아직 받아볼 수 있는 피드가 없습니다" in page
    assert "최근 소식" not in page


def test_addresses_to_copy_are_the_configured_ones(site: dict[str, bytes]) -> None:
    """They are text that can be selected; the buttons show only where the script runs."""
    tree = parsed(site["/feeds/local/"])
    addresses = [f"https://feeds.haenuri.example/local/{row.filename}" for row in FORMATS.values()]
    assert [found.text for found in tree.xpath("//code")] == addresses
    assert tree.xpath("//button/@data-copy") == addresses
    assert len(tree.xpath("//button[@hidden]")) == 3


def test_a_subscribe_page_opens_in_well_known_readers(site: dict[str, bytes]) -> None:
    links = parsed(site["/feeds/local/"]).xpath("//p[@class='readers']/a/@href")
    assert len(links) == len(READERS)
    assert all(link.endswith("https%3A%2F%2Ffeeds.haenuri.example%2Flocal%2Frss.xml") for link in links)


@pytest.mark.rule(92)
def test_readers_find_the_feeds_of_a_page(site: dict[str, bytes], article: Entry, publication: Publication) -> None:
    """The first link is the default, so the root feed's formats come first; titles differ."""

    def found(path: str) -> list[tuple[str, str]]:
        links = parsed(site[path]).xpath("//link[@rel='alternate']")
        assert len({link.get("title") for link in links}) == len(links)
        return [(link.get("type"), urljoin(path, unquote(link.get("href")))) for link in links]

    root = [(row.link_type, f"/{row.filename}") for row in FORMATS.values()]
    rss = FORMATS["rss"].link_type
    opinion = (rss, "/section/사설·칼럼/rss.xml")
    assert found("/feeds/") == [*root, (rss, "/local/rss.xml"), opinion]
    assert found(page_path(article.id)) == [*root, opinion]
    assert found("/feeds/local/") == [(row.link_type, f"/local/{row.filename}") for row in FORMATS.values()]
    assert found("/articles/gone/") == []


def test_dates_are_written_as_koreans_write_them(site: dict[str, bytes]) -> None:
    story = " ".join(parsed(site["/articles/k7m2q9x4t1zb/"]).xpath("//p[@class='byline']")[0].text_content().split())
    assert story.endswith("입력 2026년 11월 20일(금) 오후 3:20 수정 2026년 11월 21일(토) 오전 9:10")


def test_a_day_is_shown_as_a_day(article: Entry, publication: Publication) -> None:
    """Where the newsroom wrote no time, neither people nor machines are told one."""
    day = replace(article, published_precision=Precision.DAY, updated=None, edits=())
    tree = parsed(pages.article_page(day, publication))
    assert tree.xpath("//time/@datetime") == ["2026-11-20"]
    assert tree.xpath("//time/text()") == ["2026년 11월 20일(금)"]
    assert about(tree)["datePublished"] == "2026-11-20"


def test_dates_follow_the_publication_s_clock(article: Entry, publication: Publication) -> None:
    page = pages.article_page(article, replace(publication, timezone="America/New_York"))
    assert "입력 2026년 11월 20일(금) 오전 1:20" in " ".join(parsed(page).text_content().split())


def about(tree: Any) -> dict[str, Any]:
    (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
    members: dict[str, Any] = json.loads(data)
    return members


def test_an_article_page_tells_machines_what_it_is(site: dict[str, bytes], article: Entry) -> None:
    tree = parsed(site["/articles/k7m2q9x4t1zb/"])
    members = about(tree)
    assert members["@type"] == "NewsArticle"
    assert members["headline"] == article.title
    assert members["datePublished"] == "2026-11-20T15:20:11+09:00"
    assert members["dateModified"] == "2026-11-21T09:10:00+09:00"
    assert [person["name"] for person in members["author"]] == ["김하늘", "이바다"]
    assert members["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "길이를 <바로>잡습니다",
            "datePublished": "2026-11-21T09:10:00+09:00",
        },
        {"@type": "CorrectionComment", "datePublished": "2026-11-21"},
    ]
    graph = {found.get("property"): found.get("content") for found in tree.xpath("//meta[@property]")}
    assert graph["og:title"] == article.title
    assert graph["og:image"] == article.images[0].url
    assert graph["og:locale"] == "ko_KR"
    assert tree.xpath("//meta[@name='robots']/@content") == ["max-image-preview:large"]
    assert graph["article:published_time"] == members["datePublished"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [article.link] == [members["mainEntityOfPage"]]


@pytest.mark.parametrize(
    ("language", "locale"),
    [("ko", ["ko_KR"]), ("ko-KR", ["ko_KR"]), ("en", ["en_US"]), ("en-gb", ["en_GB"]), ("zh-Hant", []), ("eo", [])],
)
def test_an_article_page_tells_its_locale(
    article: Entry, publication: Publication, language: str, locale: list[str]
) -> None:
    tree = parsed(pages.article_page(replace(article, language=language), publication))
    assert tree.xpath("//meta[@property='og:locale']/@content") == locale


@pytest.mark.parametrize(
    ("logo", "icon", "expected"),
    [
        ("https://a.example/logo.png", "https://a.example/icon.png", ["https://a.example/logo.png"]),
        ("https://a.example/logo.svg?v=2", "https://a.example/icon.png", ["https://a.example/icon.png"]),
        ("", "https://a.example/favicon.ico", []),
    ],
)
def test_an_article_without_a_picture_is_shared_with_the_logo(
    article: Entry, publication: Publication, logo: str, icon: str, expected: list[str]
) -> None:
    page = pages.article_page(replace(article, images=(), body="<p>글</p>"), replace(publication, logo=logo, icon=icon))
    assert parsed(page).xpath("//meta[@property='og:image']/@content") == expected
    assert parsed(page).xpath("//meta[@name='twitter:card']/@content") == ["summary"]


def test_headings_of_the_text_stand_below_the_page_s(article: Entry, publication: Publication) -> None:
    """Feeds carry them as they were written; of a text without a first rank nothing moves."""
    body = '<h1>새 길</h1><h2 lang="en">Why</h2><h6>끝</h6><p>&lt;h1&gt; <code>&lt;h1&gt;</code></p>'
    for written, expected in [(body, ["h2", "h3", "h6"]), (body.replace("h1>", "h3>"), ["h3", "h2", "h6"])]:
        tree = parsed(pages.article_page(replace(article, body=written), publication))
        headings = [found.tag for found in tree.xpath("//div[@class='body']//*") if found.tag[0] == "h"]
        assert headings == expected
        assert len(tree.xpath("//h1")) == 1
        assert written in content_html(replace(article, body=written), publication)


def test_an_article_page_shows_the_whole_article(site: dict[str, bytes], article: Entry) -> None:
    """Corrections stand above the picture and the text; a picture of the body is not shown again."""
    tree = parsed(site["/articles/k7m2q9x4t1zb/"])
    assert tree.findtext(".//h1") == article.title
    assert [found.text for found in tree.xpath("//div[@class='subtitles']/p")] == [*article.subtitles]
    (corrections,) = tree.xpath("//aside[@class='corrections']")
    assert "[정정] 2026년 11월 21일(토) 오전 9:10" in " ".join(corrections.text_content().split())
    assert "길이를 <바로>잡습니다" in corrections.text_content()
    assert len(tree.xpath("//article//img")) == 2
    assert tree.xpath("//figure//small/text()") == ["해누리시 제공"]
    assert [found.text for found in tree.xpath("//ul[@class='tags']/li")] == ["#해오름강", "#지역", "#산책"]


def test_a_page_of_another_s_article_is_theirs(site: dict[str, bytes]) -> None:
    """An entry with a link of its own is linked there, with all its address."""
    assert "https://www.haenuri.example/2" in references(site["/feeds/"])


HOSTILE = "</script><script>alert(1)</script>\"'><b>&amp;"


def test_whatever_people_write_stays_text(article: Entry, publication: Publication, feed: Feed) -> None:
    hostile = replace(
        article,
        title=HOSTILE,
        subtitles=(HOSTILE,),
        summary=HOSTILE,
        section=HOSTILE,
        tags=(HOSTILE,),
        authors=(replace(article.authors[0], name=HOSTILE),),
        images=(Image(url="https://a.example/1.jpg", caption=HOSTILE, credit=HOSTILE, alt=HOSTILE),),
        edits=(replace(article.edits[0], note=HOSTILE),),
    )
    named = replace(publication, title=HOSTILE, description=HOSTILE, copyright=HOSTILE)
    feed = replace(feed, title=HOSTILE, description=HOSTILE)
    for page in (pages.article_page(hostile, named, [feed]), pages.subscribe_page(named, feed, [hostile])):
        tree = parsed(page)
        assert not tree.xpath("//script[not(@src) and not(@type)] | //b[not(ancestor::aside)]")
        assert HOSTILE in tree.findtext(".//title")
    assert about(parsed(pages.article_page(hostile, named)))["headline"] == HOSTILE


def test_a_withdrawn_page_tells_nothing_of_the_article(site: dict[str, bytes], article: Entry) -> None:
    page = site["/articles/gone/"].decode()
    assert "삭제된 기사입니다" in page
    assert article.title not in page
    assert 'content="noindex"' in page


def test_pages_are_the_same_every_time(
    site: dict[str, bytes], article: Entry, publication: Publication, feeds: list[Feed]
) -> None:
    again = pages.article_page(article, publication, [feeds[-1], feeds[2]])
    assert again == site["/articles/k7m2q9x4t1zb/"]


@pytest.mark.parametrize(
    ("here", "path", "expected"),
    [
        ("/feeds/", "/rss.xml", "../rss.xml"),
        ("/", "/rss.xml", "rss.xml"),
        ("/", "/feeds/", "feeds/"),
        ("/feeds/", "/feeds/", "./"),
        ("/feeds/local/", "/", "../../"),
        ("/feeds/", "/section/사설·칼럼/rss.xml", "../section/%EC%82%AC%EC%84%A4%C2%B7%EC%B9%BC%EB%9F%BC/rss.xml"),
        ("/", "/a:b/rss.xml", "a%3Ab/rss.xml"),
        ("/page.html", "/media/1.jpg", "media/1.jpg"),
    ],
)
def test_relative_references(here: str, path: str, expected: str) -> None:
    assert relative(here, path) == expected


@pytest.fixture
def tree(site: dict[str, bytes], tmp_path: Path) -> Path:
    """The pages as files, as a browser reads them."""
    for path, page in site.items():
        folder = tmp_path / path.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_bytes(page)
    for name, (_, body) in pages.assets().items():
        (tmp_path / "feeds" / name).write_bytes(body)
    return tmp_path


@pytest.fixture
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not on this machine")
    return found


def test_a_browser_shows_the_copy_buttons(chromium: str, tree: Path, tmp_path: Path) -> None:
    """With the script every button is shown; the page stands in a tree of files, without any server."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    page = (tree / "feeds" / "local" / "index.html").as_uri()
    done = subprocess.run([chromium, *flags, profile, "--dump-dom", page], capture_output=True, check=True, timeout=60)
    assert len(parsed(done.stdout).xpath("//button[@data-copy and not(@hidden)]")) == 3
