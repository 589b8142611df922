"""No address that anybody writes ends a run: what is none is told, and the rest goes on."""

import ast
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sosik
from newsrooms import ARTICLE, Newsroom
from sosik.addresses import ascii_url, base_address, completed, host_of, joined, joined_address, split_address
from sosik.conformance import check_bytes
from sosik.errors import PreviousError
from sosik.importers import read_page
from sosik.networks import is_public
from sosik.previous.recall import read_previous
from sosik.web import NoAnswerError, ask

NOW = datetime(2026, 11, 28, tzinfo=UTC)
SOURCE = Path(sosik.__file__).parent

BAD = (
    *(
        "http://[",
        "http://]",
        "http://[::1",
        "//[",
        "http://[v1.x]/",
        "http://[::1]x/",
        "http://a:b/",
        "http://a:99999/",
    ),
    *(
        "http://a:-1/",
        "http://\u2100.kr/",
        "http://a\u2044b/",
        "http://" + "a" * 70 + ".kr",
        "http://..",
        "http://xn--/",
    ),
    *(
        "http://\ud800/",
        "http://a@[/",
        "http:///",
        "http://%5B/",
        "http://가.\u3002./",
        "[",
        "http://[::ffff:300.1.1.1]/",
    ),
)
PIECES = st.sampled_from(
    [
        *(*BAD, *"[]:/@%?#\\. \0", "http:", "https://", "//", "가", "::", "1", "\u2100", "xn--", ".kr", "&#91;"),
        *(":65536", "u:p@", "%61%2e", "%00", "\u0668"),
    ]
)
ADDRESSES = st.lists(PIECES, min_size=1, max_size=6).map("".join)


def test_only_the_functions_that_never_raise_read_addresses() -> None:
    """`urlsplit` and its like raise on what strangers write, so nobody else calls them."""
    raising = {"urlsplit", "urljoin", "urlparse", "urldefrag", "ip_address"}
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and raising & {alias.name for alias in node.names}
    }

    # serve/start.py reads the addresses of its own listeners, store/address.py those of libpq, with several hosts.
    assert found == {"addresses.py", "serve/start.py", "store/address.py"}


@settings(max_examples=300, deadline=None)
@given(ADDRESSES, ADDRESSES)
def test_what_reads_an_address_never_raises(address: str, base: str) -> None:
    for read in (ascii_url, base_address, completed, host_of, is_public):
        read(address)
    joined_address(address, base)
    assert isinstance(joined(base, address), str)
    assert isinstance(split_address(address).port, int | None)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"https?://[a-z0-9.-]{1,9}(/[!-~]{0,9})?", fullmatch=True))
def test_what_is_plain_is_read_as_the_long_way_reads_it(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    assert split_address(address) == parts


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(BAD))
def test_nothing_is_fetched_from_what_is_no_address(address: str) -> None:
    with pytest.raises(NoAnswerError):
        ask("GET", address, timeout=0.1, only_public=True)


@settings(max_examples=150, deadline=None)
@given(ADDRESSES)
def test_a_page_is_imported_whatever_its_pictures_and_links_say(address: str) -> None:
    page = f"""<html><head><title>해누리시 새 다리 열었다</title>
    <meta property="og:url" content="{address}"></head><body><h1>해누리시 새 다리 열었다</h1>
    <div id="article-view-content-div"><p>해누리시가 3일 가온동과 나래동을 잇는 다리를 열었다.
    <img src="{address}"><img data-src="{address}"></p>
    <p><a href="{address}">시청</a> 누리집에서 볼 수 있다.</p></div></body></html>"""

    read_page(page.encode("utf-8", "replace"), "page.html", authority="test.example,2010")


@settings(max_examples=150, deadline=None)
@given(ADDRESSES)
def test_feeds_are_judged_whatever_their_addresses_say(address: str) -> None:
    rss = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>가</title><link>{address}</link>
    <description>나</description><atom:link rel="self" href="{address}"/><image><url>{address}</url></image>
    <item><guid>{address}</guid><link>{address}</link><description>&lt;img src="{address}"&gt;</description></item>
    </channel></rss>"""
    feed = {"version": "https://jsonfeed.org/version/1.1", "feed_url": address, "items": [{"url": address}]}
    for text in (rss, json.dumps(feed)):
        check_bytes(text.encode("utf-8", "replace"), "feed", judged=NOW)


@pytest.mark.parametrize("address", [address for address in BAD if "\ud800" not in address])
def test_entries_and_definitions_with_bad_addresses_are_told(newsroom: Callable[[str], Newsroom], address: str) -> None:
    """The good article beside them is published."""
    written = json.dumps(address)
    room = newsroom(f"""\
-- content/bad.yaml --
title: 나쁜 주소
published: 2024-01-16 15:20
link: {written}
authors: [{{name: 김하늘, url: {written}}}]
images: [{{url: {written}}}]
related: [{{url: {written}, title: 가}}]
body: |
  <p>본문 <a href={written}>가</a><img src={written}> [나]({address}) ![]({address}) {address}
  <iframe src={written}></iframe><video src={written}></video></p>
-- feeds/bad.yaml --
title: 나쁜 피드
link: {written}
icon: {written}
hub: {written}
-- content/good.yaml --
{ARTICLE}""")

    room.build()

    assert "첫 기사" in (room.root / "public" / "feed.json").read_text("utf-8")


@pytest.mark.parametrize("address", BAD)
def test_published_feeds_with_bad_addresses_are_refused_or_read(tmp_path: Path, address: str) -> None:
    item = {"id": address, "url": address, "title": "가", "date_published": "2024-01-16T15:20:00+09:00"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "feed_url": address, "next_url": address, "items": [item]}
    (tmp_path / "feed.json").write_text(json.dumps(feed), "utf-8")

    with suppress(PreviousError):
        read_previous(str(tmp_path))
    with pytest.raises(PreviousError):
        read_previous(f"http://[/{address}")
