"""What a document is was said where it was planned: whatever its address looks like, nobody takes it for another."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from unicodedata import normalize
from urllib.parse import parse_qs, quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from announce.listeners import deployed, listening
from audience.logs import Visit, combined
from newsrooms import ROOT, Newsroom, Unpack, at
from serve.clients import Client, socket_client, wsgi_client
from serve.servers import HOST, free_port
from serve.web_servers import COMMANDS, running
from sosik.model import DocumentKind
from sosik.previous.recall import read_previous
from sosik.serve import create_app
from sosik.site import Site
from sosik.store import open_snapshot
from test_static_hosts import fields, rules_of

FEEDS = """\
-- feeds/all.yaml --
title: 전체
formats: [atom, json]
-- feeds/odd.yaml --
title: 이상한 주소
path: rss.xml/x
-- feeds/tags.yaml --
each: tag
title: '{value}'
archive: month
-- feeds/months.yaml --
each: section
title: '{value} 1월'
path: '{slug}/2024-01'
-- feeds/sections.yaml --
each: section
title: '{value}'
-- feeds/local.yaml --
title: 지역
aliases: [/archive/rss.xml, /media/old.xml]
archive: month
"""
ARTICLE = """\
-- content/first.yaml --
id: tag:test.example,2010:aaaaaaaaaaaa
title: 첫 기사
published: 2024-01-16 15:20
section: archive
tags: [archive]
images: [사진.jpg]
body: 본문입니다.
-- content/second.yaml --
id: tag:test.example,2010:bbbbbbbbbbbb
title: 거둘 기사
published: 2024-01-16 15:20
body: 거둘 본문입니다.
"""
EXPECTED = {
    "/atom.xml": DocumentKind.FEED,
    "/rss.xml/x/rss.xml": DocumentKind.FEED,
    "/tag/archive/rss.xml": DocumentKind.FEED,
    "/tag/archive/archive/2024-01/rss.xml": DocumentKind.ARCHIVE,
    "/archive/2024-01/rss.xml": DocumentKind.FEED,
    "/archive/2024-01/atom.xml": DocumentKind.FEED,
    "/section/archive/feed.json": DocumentKind.FEED,
    "/archive/rss.xml": DocumentKind.ALIAS,
    "/media/old.xml": DocumentKind.ALIAS,
    "/local/archive/2024-01/atom.xml": DocumentKind.ARCHIVE,
    "/local/archive/2024-01/feed.json": DocumentKind.ARCHIVE,
    "/feeds/": DocumentKind.PAGE,
    "/feeds/section/archive/": DocumentKind.PAGE,
    "/articles/aaaaaaaaaaaa/": DocumentKind.PAGE,
    "/articles/bbbbbbbbbbbb/": DocumentKind.WITHDRAWN,
    "/feeds/feeds.opml": DocumentKind.LIST,
    "/feeds/style.css": DocumentKind.ASSET,
    "/news-sitemap.xml": DocumentKind.SITEMAP,
    "/0123456789abcdef.txt": DocumentKind.KEY,
}
FEED_KINDS = {DocumentKind.FEED, DocumentKind.ARCHIVE, DocumentKind.ALIAS}
POLLED_KINDS = {DocumentKind.FEED, DocumentKind.ALIAS}
LASTING_KINDS = {DocumentKind.ARCHIVE, DocumentKind.MEDIA}
COUNTED = {DocumentKind.ARCHIVE: "archive", DocumentKind.MEDIA: "media"}
COUNTED |= dict.fromkeys((DocumentKind.PAGE, DocumentKind.WITHDRAWN), "page")


def odd_room(newsroom: Unpack, base: str, hub: str = "https://hub.example/") -> Newsroom:
    """Publish feeds whose addresses look like those of other documents; one article was taken back."""
    room = newsroom(FEEDS + ARTICLE)
    shutil.copy(next((ROOT / "content").rglob("*.jpg")), room.root / "content" / "사진.jpg")
    room.write(
        f"-- feeds/publication.yaml --\ntitle: 시험일보\nurl: {base}\nauthority: test.example,2010\n"
        f"copyright: 시험일보\nhubs: [{hub}]\n"
        "indexnow: {key: 0123456789abcdef, endpoints: [http://127.0.0.1:9/]}\n"
    )
    room.build()
    room.write("-- content/second.yaml --\n(gone)\n")
    room.build("2024-02-01 10:00", deleted=True)
    return room


def kinds(room: Newsroom) -> dict[str, DocumentKind]:
    with closing(open_snapshot(room.root / ".sosik")) as snapshot:
        return {head.path: head.kind for head in snapshot.heads()}


@pytest.fixture
def odd(newsroom: Unpack) -> Newsroom:
    return odd_room(newsroom, "https://www.test.example/")


def test_every_document_has_the_kind_it_was_planned_as(odd: Newsroom) -> None:
    found = kinds(odd)

    assert {path: found[path] for path in EXPECTED} == EXPECTED
    assert [path for path, kind in found.items() if kind is DocumentKind.MEDIA and path.endswith(".jpg")]
    assert set(found.values()) == set(DocumentKind)


def expected_conduct(path: str, kind: DocumentKind, base: str) -> dict[str, str]:
    """Return the fields that follow from what a document is."""
    age = 86_400 if kind in LASTING_KINDS else 300
    said = {"cache-control": f"public, max-age={age}, stale-while-revalidate=60, stale-if-error=86400"}
    if kind in FEED_KINDS:
        own = "local/rss.xml" if kind is DocumentKind.ALIAS else path.lstrip("/")
        said["link"] = f'<{base}{quote(own)}>; rel="self", <https://hub.example/>; rel="hub"'
    else:
        said["x-content-type-options"] = "nosniff"
    if kind is not DocumentKind.MEDIA:
        said["vary"] = "Accept-Encoding"
    return said


def conduct(ask: Client, path: str) -> dict[str, str]:
    reply = ask(quote(path))
    names = ("cache-control", "link", "x-content-type-options", "vary")
    return {name: reply.headers[name] for name in names if name in reply.headers}


def test_the_server_answers_by_kind_and_counts_by_it(odd: Newsroom) -> None:
    found = kinds(odd)
    app = create_app(odd.root / ".sosik")
    ask = wsgi_client(app.wsgi_app)
    try:
        for path, kind in found.items():
            assert conduct(ask, path) == expected_conduct(path, kind, "https://www.test.example/"), path
        families = text_string_to_metric_families(ask("/metrics").body.decode())
    finally:
        app.extensions["sosik"].close()
    counted = {
        sample.labels["feed"] for family in families if family.name == "sosik_polls" for sample in family.samples
    }

    assert counted == {path if kind in POLLED_KINDS else COUNTED.get(kind, "other") for path, kind in found.items()}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_web_servers_answer_by_kind(tmp_path: Path, newsroom: Unpack, name: str) -> None:
    port = free_port()
    base = f"http://{HOST}:{port}/"
    room = odd_room(newsroom, base)
    found = kinds(room)
    with running(name, room, tmp_path, port):
        ask = socket_client(HOST, port)
        for path, kind in found.items():
            if kind is not DocumentKind.WITHDRAWN:
                assert conduct(ask, path) == expected_conduct(path, kind, base), path
            assert ask(quote(path)).status == (410 if kind is DocumentKind.WITHDRAWN else 200), path


def test_static_hosts_are_told_by_kind(odd: Newsroom) -> None:
    """No field comes from two rules, whichever rules a path fits."""
    rules = rules_of(odd.sosik("config", "headers"))

    for path, kind in kinds(odd).items():
        given = fields(rules, quote(path))
        wanted = expected_conduct(path, kind, "https://www.test.example/")
        if kind in FEED_KINDS:
            assert given["Cache-Control"] == [wanted["cache-control"]], path
            assert len(given["Content-Type"]) == 1, path
        if kind in POLLED_KINDS:
            assert given["Link"] == [wanted["link"]], path
        assert all(len(values) == 1 for values in given.values()), path


def test_hubs_are_told_of_what_people_subscribe_to(tmp_path: Path, newsroom: Unpack) -> None:
    with deployed(tmp_path / "web") as site, listening() as hub:
        room = odd_room(newsroom, site, hub.address)
        shutil.copytree(room.root / "public", tmp_path / "web", dirs_exist_ok=True)
        room.sosik("announce")
        told = {topic for body in hub.bodies for topic in parse_qs(body)["hub.url"]}

    feeds = {site + quote(path[1:]) for path, kind in kinds(room).items() if kind is DocumentKind.FEED}
    assert told == feeds


def test_logs_are_counted_by_kind(odd: Newsroom) -> None:
    """A feed that has ended was one when it was polled."""
    found = kinds(odd)
    odd.write("-- feeds/odd.yaml --\n(gone)\n")
    odd.build("2024-02-02 09:00")
    log = odd.root / "access.log"
    log.write_bytes(combined([Visit(target=quote(path)) for path in found]))

    counted = json.loads(odd.sosik("audience", log, "--json"))

    assert {feed["path"] for feed in counted["feeds"]} == {path for path, kind in found.items() if kind in POLLED_KINDS}


def test_logs_name_feeds_by_the_path_on_their_host(newsroom: Unpack) -> None:
    """The documents of a publication may lie below a path, and Hangul may come decomposed."""
    room = odd_room(newsroom, "https://www.test.example/소식/")
    room.write("-- feeds/경제.yaml --\ntitle: 경제\nformats: [rss]\n")
    room.build("2024-02-02 09:00")
    log = room.root / "access.log"
    targets = [quote("/소식/archive/rss.xml"), quote(normalize("NFD", "/경제/rss.xml")), "/elsewhere/rss.xml"]
    log.write_bytes(combined([Visit(target=target) for target in targets]))

    counted = json.loads(room.sosik("audience", log, "--json"))

    assert {normalize("NFC", feed["path"]) for feed in counted["feeds"]} == {"/소식/archive/rss.xml", "/경제/rss.xml"}


def test_our_own_check_finds_nothing(odd: Newsroom) -> None:
    assert "0 errors, 0 warnings" in odd.sosik("check", "--feeds")


def test_published_feeds_are_recalled_as_what_they_are(odd: Newsroom) -> None:
    """A machine without the store makes the same documents of them, and warns of nothing."""
    recalled = {feed.name for feed in read_previous(str(odd.root / "public")).feeds}
    before = {path: odd.read(path) for path in EXPECTED if not path.endswith("/")}
    shutil.rmtree(odd.root / ".sosik")

    report = Site(odd.root).build(now=at("2024-02-01 10:00"), previous="public")
    Site(odd.root).publish(odd.root / "public")

    assert recalled == {
        *("all", "odd", "local", "local/archive/2024-01", "months/archive", "sections/archive"),
        *("tags/archive", "tags/archive/archive/2024-01"),
    }
    assert report.problems == []
    assert {path: odd.read(path) for path in before} == before


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ("-- feeds/odd.yaml --\n(gone)\n", {"/rss.xml/x/rss.xml, /rss.xml/x/atom.xml, /rss.xml/x/feed.json"}),
        ("-- feeds/all.yaml --\ntitle: 전체\nformats: [json]\n", {"/atom.xml"}),
        ("-- feeds/local.yaml --\ntitle: 지역\narchive: month\naliases: [/media/old.xml]\n", {"/archive/rss.xml"}),
        ("-- feeds/local.yaml --\ntitle: 지역\naliases: [/archive/rss.xml, /media/old.xml]\n", set()),
        (
            "-- feeds/local.yaml --\ntitle: 지역\nformats: [atom]\n",
            {"/archive/rss.xml, /local/rss.xml, /local/feed.json, /media/old.xml"},
        ),
        (
            "-- feeds/odd.yaml --\n(gone)\n"
            "-- feeds/heir.yaml --\ntitle: 잇는 피드\nformats: [rss]\naliases: [/rss.xml/x/rss.xml]\n",
            {"/rss.xml/x/atom.xml, /rss.xml/x/feed.json"},
        ),
    ],
    ids=["a feed", "a format", "an alias", "an archive is none", "a definition narrowed", "an alias goes on"],
)
def test_whatever_people_subscribe_to_goes_on_and_is_told(odd: Newsroom, change: str, ended: set[str]) -> None:
    odd.write(change)

    report = odd.build("2024-02-02 09:00")

    told = {str(problem.message) for problem in report.problems if problem.code == "feed-undefined"}
    assert {message.split(" has ")[0].split(" have ")[0] for message in told} == ended
    app = create_app(odd.root / ".sosik")
    ask = wsgi_client(app.wsgi_app)
    assert {ask(quote(path)).status for paths in ended for path in paths.split(", ")} <= {200}
    app.extensions["sosik"].close()


def test_what_nobody_remembers_is_not_gone(odd: Newsroom) -> None:
    """A key was never anybody's address; the style sheet of pages that moved neither, but the pages were.

    They go on where they were until somebody ends them.
    """
    settings = (odd.root / "feeds" / "publication.yaml").read_text("utf-8")
    kept = "".join(line for line in settings.splitlines(keepends=True) if not line.startswith("indexnow"))
    asked = ("/0123456789abcdef.txt", "/feeds/style.css", "/feeds/", "/feeds/feeds.opml")
    moved = f"-- feeds/publication.yaml --\n{kept}pages: /구독/\n"
    for rest, minute, statuses in (("", 0, [404, 200, 200, 200]), ("retire: [/feeds/*]\n", 1, [404, 404, 410, 410])):
        odd.write(moved + rest)
        odd.build(f"2024-02-02 09:0{minute}")
        app = create_app(odd.root / ".sosik")
        ask = wsgi_client(app.wsgi_app)
        assert [ask(path).status for path in asked] == statuses
        app.extensions["sosik"].close()


def test_old_addresses_may_have_the_names_of_other_formats(newsroom: Unpack) -> None:
    """They answer with RSS all the same, unless the feed has that format; also to a machine that lost its store."""
    feeds = "-- feeds/local.yaml --\ntitle: 지역\nformats: [rss, json]\naliases: [/local/atom.xml, /old/feed.json]\n"
    room = newsroom(feeds + ARTICLE.replace("images: [사진.jpg]\n", ""))
    room.build()
    shutil.rmtree(room.root / ".sosik")

    report = Site(room.root).build(now=at("2024-02-02 09:00"), previous="public")

    assert report.counts["unchanged"] == 2
    assert report.problems == []
