"""The pages of the sample in a real browser: they work, they fit, anyone can use them, and nobody else hears of it."""

import importlib.resources
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import html5lib
import pytest
from lxml import etree, html

from browsers import Browser, chromium
from newsrooms import PUBLICATION, ROOT, Newsroom, Unpack
from sosik.words.pages import texts_of

PAGES = ["feeds", "feeds/local", "feeds/section/문화", "story", "withdrawn"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps it to itself."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The published sample with a corrected article and a withdrawn one; and the address at which it can be read."""
    root = tmp_path_factory.mktemp("site")
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, root / name)
    room = Newsroom(root)
    corrected = next(path for path in (root / "content").rglob("*.md") if path.name == "silk-mill.md")
    room.sosik("correct", corrected, "공장의 넓이를 바로잡습니다")
    room.write(
        "-- content/withdrawn.yaml --\nid: tag:news.haenuri.example,2010:aaaaaaaaaaaa\ntitle: 거둘 기사\n"
        "published: 2026-11-01 09:00\nbody: 본문입니다.\n"
    )
    room.sosik("build")
    room.write("-- content/withdrawn.yaml --\n(gone)\n")
    room.sosik("build", "--withdraw-now")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root / "public"))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield root / "public", f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def address(site: tuple[Path, str]) -> Callable[[str], str]:
    """Give the address of a page by its name."""

    def of(page: str) -> str:
        return urljoin(site[1], quote(f"{path_of(site[0], page)}/"))

    return of


def path_of(public: Path, page: str) -> str:
    """Return the path of a page; `story` is the article with a correction, a picture and everything else."""
    marks = {"story": 'class="corrections"', "withdrawn": texts_of("ko")["withdrawn_title"]}
    if page not in marks:
        return page
    found = (path for path in sorted((public / "articles").iterdir()) if marks[page] in read(path))
    wanted = (path for path in found if page == "withdrawn" or "<figure" in read(path))
    return next(wanted).relative_to(public).as_posix()


def read(folder: Path) -> str:
    return (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_fits_its_window_and_asks_nobody_else(
    browser: Browser, address: Callable[[str], str], page: str, width: int, dark: bool
) -> None:
    """Nothing is wider than the window, the console stays silent, and every request goes to our own host."""
    browser.open(address(page), width=width, dark=dark)

    assert browser.run("document.documentElement.scrollWidth") == width
    assert browser.complaints == []
    own = urlsplit(address(page)).netloc
    assert {urlsplit(one).netloc for one in browser.requests if not one.startswith("data:")} == {own}
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground.strip("rgb()").split(","))) < 300) is dark


def test_a_wide_table_scrolls_by_itself_and_keeps_its_figures_whole(browser: Browser, newsroom: Unpack) -> None:
    cells = "".join(f"<td>{number * 1234567:,}</td>" for number in range(12))
    room = newsroom(
        "-- content/table.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 표\npublished: 2024-01-16\n"
        f"body: <table><tr>{cells}</tr></table>\n"
    )
    room.build()
    browser.open((room.root / "public" / "articles" / "aaaaaaaaaaaa" / "index.html").as_uri(), width=360)

    assert browser.run("document.documentElement.scrollWidth") == 360
    lines = "cell => (all => (all.selectNodeContents(cell), all.getClientRects().length))(new Range())"
    assert browser.run(f"[...document.querySelectorAll('.body td')].map({lines})") == [1] * 12


def test_one_feed_of_many_is_found(browser: Browser, newsroom: Unpack) -> None:
    """By its name or half a syllable of it; without the box, in an index; and no address more than a page can hold."""
    names = [f"{word}{number}" for word in ("강변", "까치", "나루", "Library", "3구역") for number in range(30)]
    articles = "".join(
        f"-- content/{start}.yaml --\nid: tag:test.example,2010:{start:012}\ntitle: 기사 {start}\n"
        f"published: 2024-01-16\nbody: 본문입니다.\ntags: [{', '.join(names[start : start + 10])}]\n"
        for start in range(0, len(names), 10)
    )
    family = '-- feeds/tags.yaml --\neach: tag\ntitle: "#{value}"\npath: "tag/{slug}"\nminimum: 1\n'
    room = newsroom(f"{family}{articles}")
    room.build()
    browser.open((room.root / "public" / "feeds" / "index.html").as_uri(), width=360)

    parts = browser.run("[...document.querySelectorAll('summary')].map(part => part.textContent)")
    assert parts == ["ㄱ 60", "ㄴ 30", "L 30", "# 30"]
    assert len(browser.run("document.body.innerHTML")) < 60_000
    typed = "box => (box.value = '{}', box.dispatchEvent(new Event('input')), 0)"
    shown = "[...document.querySelectorAll('#feeds li')].filter(row => row.checkVisibility()).map(row => row.innerText)"
    for text, found in (("나루2", 11), ("까", 30), ("가", 30), ("library 17", 1), ("없는 이름", 0)):
        browser.run(f"({typed.format(text)})(document.getElementById('find'))")
        assert len(browser.run(shown)) == found, text
        assert str(found) in browser.run("document.querySelector('[data-found]').textContent")
    assert browser.run("document.documentElement.scrollWidth") == 360
    browser.run(f"({typed.format('')})(document.getElementById('find'))")
    browser.run(f"{importlib.resources.files('axe_core_python').joinpath('axe.min.js').read_text('utf-8')}; true")
    assert browser.run("axe.run()")["violations"] == []
    assert browser.complaints == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_a_page_is_accessible(browser: Browser, address: Callable[[str], str], page: str, dark: bool) -> None:
    """axe-core finds nothing to hold against it, on a phone as on a desk, by day and by night."""
    axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    for width in (360, 1280):
        browser.open(address(page), width=width, dark=dark)
        browser.run(f"{axe}; true")
        found = browser.run("axe.run()")
        assert len(found["passes"]) > 10
        broken = [(one["id"], one["impact"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert broken == []


def test_footnotes_lead_there_and_back(browser: Browser, newsroom: Unpack) -> None:
    """On the page itself, wherever it is published; in feeds by the whole address of the page."""
    lines = "\\n\\n".join(f"{number}번 글." for number in range(90))
    room = newsroom(
        "-- content/notes.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 각주\npublished: 2024-01-16\n"
        f'body: "버스[^1]가 온다.\\n\\n{lines}\\n\\n[^1]: 마을버스다."\n'
    )
    room.build()
    (item,) = room.items()
    assert f'href="{item["url"]}#fn-' in str(item["content_html"])
    browser.open((room.root / "public" / "articles" / "aaaaaaaaaaaa" / "index.html").as_uri())
    seen = "document.querySelector(':target')?.textContent.trim()"

    browser.run("document.querySelector('.body sup a').click()")

    browser.wait(f"{seen} == '마을버스다. ↩'")
    browser.wait("scrollY > 500")
    browser.run("[...document.querySelectorAll('.body a')].pop().click()")
    browser.wait(f"{seen} == '[1]'")


def test_the_copy_buttons_copy(browser: Browser, address: Callable[[str], str]) -> None:
    """A click puts the address into the clipboard and tells so, to people who see and to people who listen."""
    browser.open(address("feeds/local"))
    wanted = browser.run("[...document.querySelectorAll('.addresses code')].map(one => one.textContent)")
    assert len(wanted) == 3
    for number, text in enumerate(wanted):
        browser.open(address("feeds/local"))
        browser.click(".addresses .copy", number)
        browser.wait("document.querySelector('.copied').textContent")
        assert browser.run("document.querySelector('.copied').textContent") == texts_of("ko")["copied"]
        assert browser.run("navigator.clipboard.readText()") == text
        assert browser.complaints == []


def test_the_copy_button_works_without_a_clipboard(browser: Browser, address: Callable[[str], str]) -> None:
    """Plain http has none; then the text is selected and copied the old way."""
    browser.open(address("feeds/local"))
    browser.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    browser.run("document.addEventListener('copy', () => { window.copied = String(document.activeElement.value) })")

    browser.click(".addresses .copy")

    browser.wait("window.copied")
    assert browser.run("window.copied") == browser.run("document.querySelector('.addresses code').textContent")
    assert browser.run("document.querySelectorAll('textarea').length") == 0


def test_keys_reach_everything(browser: Browser, address: Callable[[str], str]) -> None:
    """The first Tab shows the way past the header; every link and button can be reached, none twice."""
    browser.open(address("feeds/local"))
    reached = []
    for _ in range(60):
        for kind in ("keyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        reached.append(browser.run("document.activeElement.outerHTML.slice(0, 200)"))
        if "<body" in reached[-1]:
            break

    assert 'class="skip"' in reached[0]
    wanted = browser.run("document.querySelectorAll('a[href]:not([tabindex]), button:not([hidden])').length")
    assert len(reached) - 1 == wanted


def test_every_page_is_html_without_an_error(site: tuple[Path, str]) -> None:
    pages = sorted(site[0].rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        html5lib.HTMLParser(strict=True).parse(page.read_bytes(), transport_encoding="utf-8")
        ids = html.fromstring(page.read_bytes()).xpath("//@id")
        assert len(ids) == len(set(ids)), page


def test_an_article_page_tells_what_it_is(site: tuple[Path, str]) -> None:
    """JSON-LD has what search engines ask of a NewsArticle, Open Graph the same facts, and dates have their zone."""
    tree = html.fromstring(read(site[0] / path_of(site[0], "story")).encode(), parser=html.HTMLParser(encoding="utf-8"))
    about = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert (about["@context"], about["@type"]) == ("https://schema.org", "NewsArticle")
    assert {"headline", "datePublished", "author", "image", "publisher", "correction"} <= about.keys()
    modified = datetime.fromisoformat(about["dateModified"])
    assert modified.utcoffset() is not None
    assert all(image["url"].startswith("http") for image in about["image"])
    graph = {one.get("property"): one.get("content") for one in tree.xpath("//meta[@property]")}
    assert (graph["og:type"], graph["og:title"]) == ("article", about["headline"])
    assert graph["og:url"] == about["mainEntityOfPage"]
    assert graph["og:image"] == about["image"][0]["url"]
    assert graph["article:modified_time"] == about["dateModified"]


def test_every_page_leads_to_feeds(site: tuple[Path, str]) -> None:
    """The links that readers look for exist, the default feed first, no two of one title."""
    public = site[0]
    for name in ("feeds", "feeds/local", path_of(public, "story")):
        links = html.fromstring(read(public / name)).xpath("//link[@rel='alternate']")
        targets = [urljoin(f"http://x/{quote(name)}/", link.get("href")) for link in links]
        first = "rss.xml" if name != "feeds/local" else "local/rss.xml"
        assert targets[0] == f"http://x/{first}"
        assert len({link.get("title") for link in links}) == len(links)
        kinds = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
        assert {link.get("type") for link in links} <= kinds


@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml"])
def test_a_feed_in_a_browser_begins_with_what_it_is(
    browser: Browser, site: tuple[Path, str], tmp_path: Path, filename: str
) -> None:
    """Titles, dates and summaries are shown, the markup of articles is not. No style sheet in XSLT is asked for."""
    browser.open(urljoin(site[1], filename))

    assert "이것은 피드(RSS)입니다" in browser.run("getComputedStyle(document.documentElement, '::before').content")
    shown = browser.run(
        "[...document.documentElement.querySelectorAll('*')].filter(one => one.getClientRects().length)"
        ".map(one => one.tagName)"
    )
    hidden = {"content:encoded", "content", "guid", "id", "link", "media:content", "dc:creator", "author", "category"}
    assert {"title", "summary" if filename == "atom.xml" else "description"} <= set(shown)
    assert not hidden & set(shown)
    asked = [one.removeprefix(site[1]) for one in browser.requests]
    assert [one for one in asked if one != "favicon.ico"] == [filename, "feeds/feed.css"]
    document = etree.parse(site[0] / filename)
    (instruction,) = document.xpath("/processing-instruction()")
    assert (instruction.target, instruction.get("type")) == ("xml-stylesheet", "text/css")


def test_pages_speak_english_where_the_publication_does(
    newsroom: Callable[[str], Newsroom], browser: Browser, tmp_path: Path
) -> None:
    """No Hangul is left on them but what the newsroom wrote; dates are English, too."""
    room = newsroom(
        "-- content/a.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: A bridge opens\nsection: Local\n"
        "tags: [bridge]\nauthor: Mina Seo\npublished: 2024-01-16 15:20\nbody: The bridge is open.\n"
        "edits: [{at: 2024-01-17 09:10, kind: correction, note: The length was wrong.}]\n"
        "-- content/b.yaml --\nid: tag:test.example,2010:bbbbbbbbbbbb\ntitle: Gone\npublished: 2024-01-15\n"
        "body: Soon gone.\n"
        "-- feeds/publication.yaml --\ntitle: The Test\nurl: https://www.test.example/\nlanguage: en\n"
        "feeds_url: https://feeds.test.example/\nauthority: test.example,2010\n"
        "-- feeds/all.yaml --\ntitle: All articles\n"
        "-- feeds/sections.yaml --\neach: section\ntitle: '{value}'\npath: section/{slug}\n"
    )
    room.build()
    room.write("-- content/b.yaml --\n(gone)\n")
    room.build("2024-02-02 09:00", deleted=True)

    pages = sorted((room.root / "public").rglob("*.html"))

    assert len(pages) == 6
    for page in pages:
        text = page.read_text("utf-8")
        assert not [letter for letter in text if "가" <= letter <= "힣"], page
        assert '<html lang="en">' in text
    story = read(room.root / "public" / "articles" / "aaaaaaaaaaaa")
    assert "16 January 2024, 15:20" in story
    assert "17 January 2024, 09:10" in story
    browser.open((pages[0].parent / "index.html").as_uri())
    assert browser.complaints == []


def test_both_languages_have_every_text() -> None:
    """A name must not be one of a mapping's own, which a template would find first."""
    korean, english = texts_of("ko-KR"), texts_of("en")

    assert (korean["language"], english["language"], texts_of("ja")["language"]) == ("ko", "en", "en")
    assert korean.keys() == english.keys()
    assert not set(korean) & set(dir(korean))
    assert all(("{title}" in korean[name]) == ("{title}" in english[name]) for name in korean)


def test_a_held_entry_is_found_where_the_pages_are_now(newsroom: Unpack) -> None:
    """Addresses of our own come from the id and the configuration; a last good version remembers none."""
    picture = next((ROOT / "content").rglob("*.jpg")).read_bytes()
    text = "title: 첫 기사\npublished: {}\nimages: [사진.jpg]\nbody: <p>본문 <img src='사진.jpg'></p>\n"
    room = newsroom("-- content/a.yaml --\nid: tag:test.example,2010:a1\n" + text.format("2024-01-16 15:20"))
    (room.root / "content" / "사진.jpg").write_bytes(picture)
    room.build()
    settings = PUBLICATION.replace("https://feeds.test.example/", "https://새주소.example/소식/")
    room.write(f"-- feeds/publication.yaml --\n{settings}")
    room.write("-- content/a.yaml --\nid: tag:test.example,2010:a1\n" + text.format("2024-01-17 15:20"))

    report = room.build("2024-02-02 09:00")

    assert [problem.code for problem in report.errors] == ["published-moved"]
    assert b'href="../articles/a1/"' in room.read("/feeds/index.html")
    here = b"https://xn--og4b2nh8p.example/%EC%86%8C%EC%8B%9D/"
    for path in ("/rss.xml", "/atom.xml", "/feed.json", "/articles/a1/index.html", "/news-sitemap.xml"):
        assert b"feeds.test.example" not in room.read(path), path
    for path in ("/rss.xml", "/atom.xml", "/feed.json"):
        assert here + b"articles/a1/" in room.read(path)
        assert room.read(path).count(here + b"media/") >= 2
