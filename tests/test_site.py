"""The site of the documents: made from nothing without a warning, whole, loading nothing from elsewhere, searchable."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urlsplit

import pytest
from lxml import html

from browsers import Browser, chromium
from newsrooms import ROOT
from test_previous import Quiet, serving

LANGUAGES = ("en", "ko")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    command = [sys.executable, str(ROOT / "docs" / "site" / "build.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


def test_the_site_is_whole(site: Path) -> None:
    """Each document is a page of its language; links lead to files of the site, and to anchors that are there."""
    pages = {path: html.parse(path).getroot() for path in site.rglob("*.html")}
    documents = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")]
    for document in documents:
        language = "ko" if document.name.endswith(".ko.md") else "en"
        assert site / language / document.relative_to(ROOT).with_suffix(".html") in pages

    anchors = {path: {*page.xpath("//@id"), *page.xpath("//a/@name")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.xpath("//@href | //@src | //object/@data"):
            address, fragment = urldefrag(link)
            if urlsplit(address).scheme or address.startswith("//"):
                continue
            target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
            if not target.is_file() or (fragment and target in anchors and unquote(fragment) not in anchors[target]):
                broken.append(f"{path.relative_to(site)}: {link}")

    assert broken == []


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    loading = "//link[not(@rel='canonical')]/@href | //*[@src]/@src | //object/@data | //@srcset | //use/@href"
    for path in site.rglob("*.html"):
        assert [link for link in html.parse(path).getroot().xpath(loading) if re.match(r"(\w+:)?//", link)] == []
    for path in site.rglob("*.css"):
        assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", path.read_text("utf-8")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_table_of_contents(site: Path, language: str) -> None:
    start = site / language / ("README.ko.html" if language == "ko" else "README.html")
    listed = html.parse(start).getroot().xpath("//*[contains(@class, 'sidebar-tree')]//a/@href")
    pages = {path.relative_to(start.parent).as_posix() for path in start.parent.glob("docs/*.html")}

    assert pages - set(listed) == set()


SEARCHES = {
    # With a particle, without one, with another than the page has; a part of a compound; two words; Latin in Hangul.
    "엠바고": "README.ko",
    "엠바고까지는": "README.ko",
    "피드를": "docs/feeds.ko",
    "피드": "docs/feeds.ko",
    "따옴표로": "docs/entries.ko",
    "정정하기": "README.ko",
    "리더": "README.ko",
    "문제 코드를": "docs/problems.ko",
    "headline-quote의": "docs/problems.ko",
}


def test_the_search_finds_korean_words_whatever_their_particles(site: Path, browser: Browser) -> None:
    with serving(partial(Quiet, directory=str(site))) as address:
        found = {words: results(browser, f"{address}ko/search.html?q={quote(words)}") for words in SEARCHES}
        assert {words: pages for words, pages in found.items() if f"{SEARCHES[words]}.html" not in pages} == {}
        assert results(browser, f"{address}ko/search.html?q={quote('없는낱말이다')}") == []
        assert "docs/dates.html" in results(browser, f"{address}en/search.html?q=weekday")


def results(browser: Browser, address: str) -> list[str]:
    """Return the pages that a search shows, and see to it that nothing else was asked and nothing went wrong."""
    browser.open(address)
    browser.wait("document.querySelector('.search-summary')?.innerText.length > 0")
    assert [url for url in browser.requests if not url.startswith((address[:17], "data:"))] == []
    assert browser.complaints == []
    return list(browser.run("[...document.querySelectorAll('ul.search li > a')].map(a => a.getAttribute('href'))"))


@pytest.mark.parametrize("page", ["en/README", "en/docs/conformance", "ko/README.ko", "ko/docs/entries.ko"])
def test_pages_fit_a_phone(site: Path, browser: Browser, page: str) -> None:
    browser.open(f"{(site / page).as_uri()}.html", width=390, height=800)

    assert browser.run("document.documentElement.scrollWidth") <= 390
