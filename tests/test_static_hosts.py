"""`sosik config headers`, `redirects` and `robots`, read as the documents of static hosts and robots.txt say."""

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote
from urllib.robotparser import RobotFileParser

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack
from serve.published import GONE, WITHDRAWN, published
from sosik.config import load_publication
from sosik.publish.servers import StaticTree, read_tree
from sosik.publish.servers.static_hosts import MOST_RULES
from sosik.render.security import CONTENT_SECURITY

BASE = "https://feeds.haenuri.example/"
COMPARED = ("Content-Type", "Cache-Control", "Link")

Rules = list[tuple[str, list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The sample, from which an article was withdrawn and a feed taken away."""
    return published(tmp_path_factory.mktemp("hosts") / "신문", BASE)


def lines_of(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if line.strip() and not line.startswith("#")]


def rules_of(printed: str) -> Rules:
    """Read `_headers`: a path at the margin, its fields indented below it."""
    rules: Rules = []
    for line in lines_of(printed):
        if line[0].isspace():
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        else:
            rules.append((line, []))
    return rules


def matches(pattern: str, path: str) -> bool:
    """Tell whether a rule is for a path: `:name` is one part of it, `*` all that follows."""
    parts = re.split(r"(:[A-Za-z]\w*|\*)", pattern)
    spelled = {"*": ".*"}
    expression = "".join(spelled.get(part, "[^/]+" if part.startswith(":") else re.escape(part)) for part in parts)
    return re.fullmatch(expression, path) is not None


def fields(rules: Rules, path: str) -> dict[str, list[str]]:
    """Return all values that a path gets for each field; a host would join several by commas."""
    found = defaultdict(list)
    for pattern, given in rules:
        if matches(pattern, path):
            for name, value in given:
                found[name].append(value)
    return found


def tree_of(room: Newsroom) -> StaticTree:
    publication = load_publication(room.root).publication
    assert publication is not None
    return read_tree(room.root / ".sosik", publication, room.root / "public")


def test_feeds_are_sent_as_sosik_serve_sends_them(sample: Newsroom) -> None:
    """Type, caching, Link and CORS; no field is given to a path by two rules."""
    rules, tree = rules_of(sample.sosik("config", "headers")), tree_of(sample)
    feeds = list(tree.feeds())

    assert len(feeds) > 30
    for feed in feeds:
        given = fields(rules, quote(feed.path))
        archive = "/archive/" in feed.path
        cached = tree.lasting if archive else tree.passing
        expected = {"Content-Type": [feed.content_type], "Cache-Control": [cached], "Link": [feed.link]}
        if archive:
            del expected["Link"]
        assert {name: given[name] for name in COMPARED if given[name]} == expected, feed.path
        assert given["Access-Control-Allow-Origin"] == ["*"]
    assert any("/archive/" in feed.path for feed in feeds)
    assert any(feed.path == "/rss/allArticle.xml" for feed in feeds)


def test_pictures_last_and_pages_are_left_to_the_host(sample: Newsroom) -> None:
    rules, tree = rules_of(sample.sosik("config", "headers")), tree_of(sample)

    assert fields(rules, "/media/0123abcd/a.jpg")["Cache-Control"] == [tree.lasting]
    assert fields(rules, "/feeds/feeds.opml")["Content-Type"] == ["text/x-opml; charset=utf-8"]
    assert fields(rules, "/feeds/published.json")["Content-Type"] == ["application/json"]
    assert fields(rules, "/feeds/") == {
        "Access-Control-Allow-Origin": ["*"],
        "Access-Control-Expose-Headers": ["ETag, Link, Retry-After"],
        "Content-Security-Policy": [CONTENT_SECURITY],
    }


@pytest.mark.parametrize(
    ("pages", "protected", "plain"),
    [
        ("/feeds/", ["/feeds/", "/feeds/local/", "/articles/a/"], ["/media/a/b.jpg", "/rss.xml"]),
        ("/구독/", [quote("/구독/all/"), "/articles/a/"], ["/media/a/b.jpg"]),
        ("/", ["/articles/a/"], ["/media/a/b.jpg", "/all/"]),
        ("/articles/", ["/articles/", "/articles/a/"], ["/media/a/b.jpg"]),
        ("/media/", ["/articles/a/"], ["/media/a/b.jpg"]),
    ],
)
def test_pages_say_what_they_may_load_and_pictures_do_not(
    newsroom: Unpack, pages: str, protected: list[str], plain: list[str]
) -> None:
    """Once, whatever lies where; a page that shares its folder with pictures says so by itself."""
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}pages: {pages}\n")
    rules = rules_of(room.sosik("config", "headers"))

    for path in (*protected, *plain):
        expected = [CONTENT_SECURITY] if path in protected else []
        assert fields(rules, path)["Content-Security-Policy"] == expected, path


def test_rules_that_a_host_would_not_read_are_told_of(newsroom: Unpack) -> None:
    """The first hold for most, so that the root feed is never the one left out."""
    tags = ", ".join(f"태그{number}" for number in range(60))
    room = newsroom(
        "-- feeds/tags.yaml --\neach: tag\ntitle: '{value}'\n"
        f"-- content/a.yaml --\ntitle: 하나\npublished: 2024-01-16\nbody: b\ntags: [{tags}]\n"
    )
    room.build()

    printed = room.sosik("config", "headers")

    assert f"rules; Cloudflare Pages reads only the first {MOST_RULES}" in printed
    first = [pattern for pattern, _ in rules_of(printed)[:MOST_RULES]]
    assert {"/*", "/media/*", "/rss.xml", "/atom.xml", "/feed.json"} <= set(first)
    assert max(map(len, printed.splitlines())) < 2000, "a line may not be longer"


@pytest.mark.rule(87)
def test_what_was_taken_away_is_gone(sample: Newsroom) -> None:
    """Only what has no document any more, and in its place a page that there is."""
    rows = [line.split() for line in lines_of(sample.sosik("config", "redirects"))]

    assert {row[0] for row in rows} >= {quote(path) for path in GONE}
    assert {tuple(row[1:]) for row in rows} == {("/feeds/index.html", "410")}
    assert (sample.root / "public" / "feeds" / "index.html").is_file()
    documents = {quote(head.path) for head in tree_of(sample).heads}
    assert documents.isdisjoint(row[0] for row in rows)
    assert quote(WITHDRAWN) in documents


def test_the_feeds_may_lie_below_a_path(newsroom: Unpack) -> None:
    room = newsroom()
    settings = PUBLICATION.replace("https://feeds.test.example/", "https://www.test.example/소식/")
    room.write(f"-- feeds/publication.yaml --\n{settings}-- feeds/local.yaml --\ntitle: 지역\n")
    room.build()
    room.write("-- feeds/local.yaml --\n(gone)\n")
    room.sosik("retire", "https://www.test.example/소식/local/*")
    room.build("2024-02-02 09:00")
    below = quote("/소식")

    rules = rules_of(room.sosik("config", "headers"))
    rows = [line.split() for line in lines_of(room.sosik("config", "redirects"))]

    assert all(pattern.startswith(f"{below}/") for pattern, _ in rules)
    assert fields(rules, f"{below}/rss.xml")["Content-Type"] == ["application/rss+xml; charset=utf-8"]
    assert [f"{below}/local/rss.xml", f"{below}/feeds/index.html", "410"] in rows


def test_a_build_leaves_them_where_they_were_put(newsroom: Unpack) -> None:
    room = newsroom()
    room.build()
    own = room.root / "public" / "_headers"
    own.write_text(room.sosik("config", "headers"), "utf-8")

    room.build("2024-02-02 09:00")

    assert own.exists()


def test_before_the_first_build_nothing_is_gone(newsroom: Unpack) -> None:
    assert lines_of(newsroom().sosik("config", "redirects")) == []


AGENTS = [
    *("Yeti", "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)", "Daum", "Daumoa", "Googlebot", "bingbot"),
    *("Feedfetcher-Google", "Feedly/1.0", "NewsBlur Feed Fetcher", "Tiny Tiny RSS/24.01", "newsboat/2.21", "*", ""),
]


@pytest.mark.rule(95)
def test_robots_txt_keeps_no_reader_from_anything(sample: Newsroom) -> None:
    """Neither search engines nor readers, from any document; the sitemap is where it says."""
    parser = RobotFileParser()
    parser.parse(sample.sosik("config", "robots").splitlines())

    addresses = [BASE + quote(head.path[1:]) for head in tree_of(sample).heads]
    assert len(addresses) > 50
    for agent in AGENTS:
        assert [address for address in addresses if not parser.can_fetch(agent, address)] == [], agent
    assert parser.site_maps() == [f"{BASE}news-sitemap.xml"]
    assert Path(sample.root / "public" / "news-sitemap.xml").is_file()
