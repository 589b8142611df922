"""Feeds below a path of a site that has a CMS: what `sosik config --location` prints, within the site's own block, and
the application, mounted by a site of WSGI."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from newsrooms import Newsroom, Unpack
from serve.clients import socket_client
from serve.mounted import mounted
from serve.published import GONE, WITHDRAWN, Served, published
from serve.servers import HOST, free_port
from serve.web_servers import BESIDE_A_SITE, configured
from sosik.words.refusals import GONE as REFUSED

BLOCKS = {
    "nginx": (
        "server {{\n    listen {port};\n    server_name {host};\n    root {cms};\n    index index.html;\n"
        "    gzip on;\n    gzip_types *;\n    error_page 404 410 /index.html;\n"
        "    location / {{ add_header X-Cms yes; }}\n{printed}\n}}\n"
    ),
    "caddy": (
        "http://{host}:{port} {{\n\tencode gzip\n{printed}\n\thandle {{\n\t\theader X-Cms yes\n\t\troot * {cms}\n"
        "\t\tfile_server\n\t}}\n}}\n"
    ),
    "apache": (
        "Listen {host}:{port}\nServerName {host}\n<VirtualHost {host}:{port}>\nDocumentRoot {cms}\n"
        "DirectoryIndex index.html\nOptions +Indexes\n"
        "<Directory {cms}>\nRequire all granted\nHeader set X-Cms yes\n</Directory>\n{printed}\n</VirtualHost>\n"
    ),
}
"""A site with pages of its own, by the server it runs on."""


def with_printed(name: str) -> Callable[[Newsroom, Path, int], AbstractContextManager[None]]:
    """Return what runs a site with what is printed for it."""

    @contextmanager
    def run(room: Newsroom, scratch: Path, port: int) -> Iterator[None]:
        printed = room.sosik("config", name, "--location", "/rss/")
        site = BLOCKS[name].format(host=HOST, port=port, cms=scratch / "cms", printed=printed)
        with configured(name, site, scratch, port):
            yield

    return run


@contextmanager
def with_application(room: Newsroom, _scratch: Path, port: int) -> Iterator[None]:
    """Run a site of WSGI that gives a path away."""
    with mounted({"/rss": room.root / ".sosik"}, port):
        yield


SITES = {**{name: with_printed(name) for name in BESIDE_A_SITE}, "application": with_application}

TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "section/문화/rss.xml": "application/rss+xml; charset=utf-8",
    "rss/allArticle.xml": "application/rss+xml; charset=utf-8",
    "archive/2026-11/atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "feeds/": "text/html; charset=utf-8",
    "feeds/style.css": "text/css; charset=utf-8",
    "news-sitemap.xml": "application/xml; charset=utf-8",
}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    with ExitStack() as stack:

        @cache
        def start(name: str) -> Served:
            scratch, port = tmp_path_factory.mktemp(name), free_port()
            base = f"http://{HOST}:{port}/rss/"
            room = published(scratch / "신문", base)
            (scratch / "cms" / "feeds").mkdir(parents=True)
            (scratch / "cms" / "index.html").write_text("cms")
            (scratch / "cms" / "feeds" / "index.html").write_text("cms feeds")
            stack.enter_context(SITES[name](room, scratch, port))
            return Served(base=base, public=room.root / "public", client=socket_client(HOST, port))

        yield start


@pytest.fixture(params=list(SITES))
def site(request: pytest.FixtureRequest, started: Callable[[str], Served]) -> Served:
    return started(request.param)


@pytest.mark.parametrize("path", TYPES)
def test_documents_are_served_as_everywhere(site: Served, path: str) -> None:
    plain = site.ask(f"/rss/{path}")
    packed = site.ask(f"/rss/{path}", accept_encoding="gzip")

    assert (plain.status, plain.body) == (200, site.file(path))
    assert (plain.headers["content-type"], packed.headers["content-type"]) == (TYPES[path], TYPES[path])
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["access-control-allow-origin"] == "*"
    assert plain.headers["vary"] == "Accept-Encoding"
    assert ("x-content-type-options" in plain.headers) == (path.endswith((".css", "sitemap.xml")) or path == "feeds/")
    for reply in (plain, packed):
        coding = {"accept_encoding": reply.headers.get("content-encoding", "identity")}
        again = site.ask(f"/rss/{path}", if_none_match=reply.headers["etag"], **coding)
        assert (again.status, again.body) == (304, b"")


def test_caches_keep_archives_longer(site: Served) -> None:
    stale = "stale-while-revalidate=60, stale-if-error=86400"

    kept = {
        path: site.ask(f"/rss/{path}").headers["cache-control"]
        for path in ("rss.xml", "archive/2026-11/rss.xml", site.picture().lstrip("/"))
    }

    assert [*kept.values()] == [f"public, max-age={age}, {stale}" for age in (300, 86400, 86400)]
    assert "vary" not in site.ask(f"/rss{site.picture()}").headers


def test_a_feed_names_itself_and_its_hub(site: Served) -> None:
    for path in ("rss.xml", "section/문화/rss.xml", "rss/allArticle.xml"):
        own = "rss.xml" if path == "rss/allArticle.xml" else path
        link = site.ask(f"/rss/{path}").headers["link"]
        assert link == f'<{site.base}{quote(own)}>; rel="self", <https://hub.example/>; rel="hub"'


def test_what_is_gone_is_gone(site: Served) -> None:
    withdrawn = site.ask(f"/rss{WITHDRAWN}")
    assert (withdrawn.status, withdrawn.body) == (410, site.file(WITHDRAWN))
    for path in GONE:
        assert site.ask(f"/rss{path}").status == 410
    assert site.ask("/rss/nothing.xml").status == 404


@pytest.mark.parametrize("path", ["/rss/nothing.xml", "/rss/section/", "/rss/철도/", "/rss/nothing/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_no_document_is_not_there(site: Served, path: str, method: str) -> None:
    """Also a folder without a page, such as that of a retired feed: a 403 would say that readers are shut out."""
    (site.public / "철도").mkdir(exist_ok=True)

    reply = site.ask(path, method)

    assert reply.status == 404
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["cache-control"] == "no-store"
    assert len(reply.body) < 300
    assert not {"link", "etag", "location"} & reply.headers.keys()


@pytest.mark.parametrize("path", [WITHDRAWN, *GONE])
def test_what_is_gone_says_so_to_readers_in_browsers_too(site: Served, path: str) -> None:
    reply = site.ask(f"/rss{path}")

    assert reply.headers["access-control-allow-origin"] == "*"
    assert "etag" in reply.headers["access-control-expose-headers"].lower()
    if path in GONE:
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.body.decode().strip() == REFUSED


def test_methods_that_read_nothing_are_refused(site: Served, request: pytest.FixtureRequest) -> None:
    reply = site.ask("/rss/rss.xml", "POST")

    if "apache" in request.node.name:  # it takes a POST to a file for a GET
        assert (reply.status, reply.body) == (200, site.file("rss.xml"))
        return
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (405, "*")
    assert reply.headers["allow"].startswith("GET, HEAD")


def test_the_memory_beside_the_feeds_is_json(site: Served, request: pytest.FixtureRequest) -> None:
    """The application has no use for it: who runs it has the store."""
    reply = site.ask("/rss/feeds/published.json")

    if "application" in request.node.name:
        assert reply.status == 404
    else:
        assert (reply.status, reply.body) == (200, site.file("feeds/published.json"))
        assert reply.headers["content-type"] == "application/json"


def test_a_folder_is_led_to_its_slash(site: Served) -> None:
    for path in ("/rss", "/rss/feeds"):
        reply = site.ask(path)
        assert reply.status in (301, 302, 308)
        assert unquote(reply.headers["location"]).removeprefix(site.base.removesuffix("/rss/")) == f"{path}/"


def test_readers_in_browsers_may_poll(site: Served) -> None:
    reply = site.ask("/rss/rss.xml", "OPTIONS", origin="https://reader.example", access_control_request_method="GET")

    assert reply.status == 204
    assert "if-none-match" in reply.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("path", ["/rss/.sosik/site.db", "/rss/.git/config", "/rss/.sosik-new/x", "/rss/rss.xml.gz"])
def test_nothing_else_is_shown(site: Served, path: str) -> None:
    """Even where somebody put it into the folder."""
    place = site.public / path.removeprefix("/rss/")
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_text("secret")

    assert site.ask(path).status == 404


def test_pages_of_the_site_are_the_sites(site: Served) -> None:
    """None of the header fields of feeds is theirs, and none of their addresses the feeds'."""
    for path, body in (("/", b"cms"), ("/feeds/", b"cms feeds")):
        page = site.ask(path)
        assert (page.status, page.body) == (200, body)
        assert page.headers["x-cms"] == "yes"
        assert not {"access-control-allow-origin", "cache-control", "link"} & page.headers.keys()
    assert "x-cms" not in site.ask("/rss/rss.xml").headers


def test_only_the_path_of_the_feeds_is_printed(newsroom: Unpack) -> None:
    room = newsroom()

    assert "feeds.test.example/rss/" in room.sosik("config", "nginx", "--location", "/rss/", status=2)
    assert "not robots" in room.sosik("config", "robots", "--location", "/rss/", status=2)


@pytest.mark.parametrize("folder", [".", "..", "content", "feeds"])
def test_a_folder_that_holds_drafts_or_the_store_is_refused(newsroom: Unpack, folder: str) -> None:
    room = newsroom()
    (room.root / "content" / "content").mkdir()

    told = room.sosik("config", "nginx", "--root", folder, status=2)

    assert "would be public" in told
    assert str(Path("public")) in told
