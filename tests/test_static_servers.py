"""nginx and Caddy on the published files, with the configuration that `sosik config` prints: they answer as we do."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import pytest

from newsrooms import ROOT, Newsroom

PATIENCE = 15
"""Seconds that a server may take to start."""

NGINX = """\
daemon off;
{user}
pid {scratch}/nginx.pid;
error_log stderr warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {scratch}/body;
    proxy_temp_path {scratch}/proxy;
    fastcgi_temp_path {scratch}/fastcgi;
    uwsgi_temp_path {scratch}/uwsgi;
    scgi_temp_path {scratch}/scgi;
    include {printed};
}}
"""
CADDY = "{{\n\tadmin off\n\tpersist_config off\n}}\nimport {printed}\n"


class Reply(NamedTuple):
    """An answer; the names of its fields are in lower case."""

    status: int
    fields: Mapping[str, str]
    body: bytes


class Server(NamedTuple):
    """A running server: where it answers, and the published files behind it."""

    base: str
    public: Path

    def ask(self, path: str, method: str = "GET", **fields: str) -> Reply:
        """Send one request; the names of `fields` are written with underscores."""
        parts = urlsplit(self.base)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
        try:
            sent = {name.replace("_", "-"): value for name, value in fields.items()}
            connection.request(method, quote(path), headers=sent)
            found = connection.getresponse()
            names = [name.lower() for name, _ in found.getheaders()]
            assert len(names) == len(set(names)), f"a field stands twice: {names}"
            return Reply(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    def file(self, path: str) -> bytes:
        return (self.public / path.lstrip("/")).read_bytes()


def nginx_command(scratch: Path, printed: Path) -> list[str]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    # Started by root, its workers would be somebody else, to whom the test's folder is closed.
    user = "" if os.geteuid() else "user root;"
    (scratch / "nginx.conf").write_text(NGINX.format(scratch=scratch, printed=printed, user=user))
    return [program, "-e", "stderr", "-p", str(scratch), "-c", str(scratch / "nginx.conf")]


def caddy_command(scratch: Path, printed: Path) -> list[str]:
    program = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.skip("caddy is not installed")
    (scratch / "Caddyfile").write_text(CADDY.format(printed=printed))
    return [program, "run", "--adapter", "caddyfile", "--config", str(scratch / "Caddyfile")]


COMMANDS: dict[str, Callable[[Path, Path], list[str]]] = {"nginx": nginx_command, "caddy": caddy_command}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(name: str, room: Newsroom, scratch: Path, port: int) -> Iterator[None]:
    """Run a server with the configuration printed for a publication."""
    printed = scratch / f"{name}.printed"
    printed.write_text(room.sosik("config", name))
    home = {"HOME": str(scratch), "XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)}
    log = (scratch / f"{name}.log").open("wb")
    process = subprocess.Popen(COMMANDS[name](scratch, printed), stderr=log, stdout=log, env={**os.environ, **home})
    try:
        until = time.monotonic() + PATIENCE
        while not _listens(port):
            told = (scratch / f"{name}.log").read_text(errors="replace")
            assert process.poll() is None and time.monotonic() < until, told  # noqa: PT018 - one question: is it up
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def published(root: Path, feeds_url: str) -> Newsroom:
    """The sample at an address of its own, from which an article was withdrawn and a feed taken away."""
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, root / name)
    room = Newsroom(root)
    settings = root / "feeds" / "publication.yaml"
    text = settings.read_text("utf-8").replace("http://127.0.0.1:8000/", feeds_url)
    settings.write_text(text.replace("hubs: []", "hubs: [https://hub.example/]"), "utf-8")
    room.write(
        "-- feeds/철도.yaml --\ntitle: 철도\nselect: {section: [사회]}\n"
        "-- content/withdrawn.yaml --\nid: tag:news.haenuri.example,2010:aaaaaaaaaaaa\ntitle: 거둘 기사\n"
        "published: 2026-11-01 09:00\nbody: 본문입니다.\n"
    )
    room.sosik("build", "--gzip")
    room.write("-- feeds/철도.yaml --\n(gone)\n-- content/withdrawn.yaml --\n(gone)\n")
    room.sosik("build", "--gzip")
    return room


@pytest.fixture(scope="module", params=list(COMMANDS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each of the servers, with the sample."""
    scratch = tmp_path_factory.mktemp(request.param)
    scratch.chmod(0o755)
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    room = published(scratch / "신문", base)
    with running(request.param, room, scratch, port):
        yield Server(base, room.root / "public")


HANGUL = "/section/문화/rss.xml"

TYPES = {
    "/rss.xml": "application/rss+xml; charset=utf-8",
    HANGUL: "application/rss+xml; charset=utf-8",
    "/rss/allArticle.xml": "application/rss+xml; charset=utf-8",
    "/archive/2026-11/rss.xml": "application/rss+xml; charset=utf-8",
    "/atom.xml": "application/atom+xml; charset=utf-8",
    "/feed.json": "application/feed+json",
    "/feeds/": "text/html; charset=utf-8",
    "/feeds/style.css": "text/css; charset=utf-8",
    "/feeds/copy.js": "text/javascript; charset=utf-8",
    "/feeds/feeds.opml": "text/x-opml; charset=utf-8",
    "/news-sitemap.xml": "application/xml; charset=utf-8",
}


@pytest.mark.parametrize("path", TYPES)
def test_documents_are_served_whole_with_their_types(server: Server, path: str) -> None:
    reply = server.ask(path)

    assert reply.status == 200
    assert reply.fields["content-type"] == TYPES[path]
    assert reply.body == server.file(f"{path}index.html" if path.endswith("/") else path)
    assert reply.fields["content-length"] == str(len(reply.body))
    assert "content-encoding" not in reply.fields
    assert reply.fields["vary"] == "Accept-Encoding"
    assert reply.fields["access-control-allow-origin"] == "*"
    assert "set-cookie" not in reply.fields


@pytest.mark.parametrize("path", TYPES)
def test_gzip_is_for_those_who_ask(server: Server, path: str) -> None:
    """The bytes are those of the build, with an ETag of their own; a poll with it costs nothing either."""
    plain = server.ask(path)
    packed = server.ask(path, accept_encoding="gzip, deflate")

    assert gzip.decompress(packed.body) == plain.body
    assert packed.fields["content-encoding"] == "gzip"
    assert packed.fields["content-type"] == TYPES[path]
    assert packed.fields["vary"] == "Accept-Encoding"
    assert packed.fields["etag"] != plain.fields["etag"]
    again = server.ask(path, accept_encoding="gzip, deflate", if_none_match=packed.fields["etag"])
    assert again.status == 304
    assert again.fields["etag"] == packed.fields["etag"]
    assert server.ask(path, accept_encoding="gzip;q=0").fields["etag"] == plain.fields["etag"]


def later(stamp: str, seconds: int) -> str:
    return formatdate(parsedate_to_datetime(stamp).timestamp() + seconds, usegmt=True)


@pytest.mark.parametrize("path", ["/rss.xml", HANGUL, "/feed.json", "/feeds/", "/rss/allArticle.xml"])
def test_a_poll_of_what_did_not_change_is_empty(server: Server, path: str) -> None:
    """Either validator alone will do; the 304 says again what caches need."""
    fields = server.ask(path).fields
    stamp = fields["last-modified"]
    for asked in (
        {"if_none_match": fields["etag"]},
        {"if_none_match": f'"other", W/{fields["etag"]}'},
        {"if_none_match": "*"},
        {"if_modified_since": stamp},
        {"if_modified_since": later(stamp, 86_400)},
        {"if_none_match": fields["etag"], "if_modified_since": stamp},
    ):
        reply = server.ask(path, **asked)

        assert (reply.status, reply.body) == (304, b""), asked
        for name in ("etag", "vary", "cache-control", "access-control-allow-origin"):
            assert reply.fields[name] == fields[name], (asked, name)


@pytest.mark.parametrize("path", ["/rss.xml", HANGUL])
def test_what_changed_is_sent(server: Server, path: str) -> None:
    """An ETag that differs counts whatever the date says; what cannot be read asks for nothing."""
    stamp = server.ask(path).fields["last-modified"]
    for asked in (
        {"if_none_match": '"other"'},
        {"if_none_match": '"other"', "if_modified_since": stamp},
        {"if_modified_since": later(stamp, -1)},
        {"if_modified_since": "어제"},
        {"if_none_match": "garbage"},
    ):
        asked = {name: value.encode().decode("latin-1") for name, value in asked.items()}
        assert server.ask(path, **asked).status == 200, asked


def test_a_known_tag_with_an_old_date_is_answered_truly(server: Server) -> None:
    """HTTP has the tag count alone. nginx wants both to fit, and sends the whole feed: more than needed, never less."""
    found = server.ask("/rss.xml")
    old = later(found.fields["last-modified"], -1)

    reply = server.ask("/rss.xml", if_none_match=found.fields["etag"], if_modified_since=old)

    assert (reply.status, reply.body) in {(304, b""), (200, found.body)}


@pytest.mark.parametrize("path", TYPES)
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    got, head = server.ask(path), server.ask(path, "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert {**head.fields, "date": ""} == {**got.fields, "date": ""}


def test_how_long_caches_may_keep_it(server: Server) -> None:
    """As long as feeds/publication.yaml says; archives and pictures a day; an error not at all."""
    picture = next((server.public / "media").rglob("*.jpg")).relative_to(server.public)
    found = {
        path: server.ask(path).fields["cache-control"].split(",")[:2]
        for path in ("/rss.xml", "/feeds/", "/archive/2026-11/rss.xml", f"/{picture}", "/nothing.xml")
    }

    assert list(found.values()) == [
        ["public", " max-age=300"],
        ["public", " max-age=300"],
        ["public", " max-age=86400"],
        ["public", " max-age=86400"],
        ["no-store"],
    ]


def test_pictures_are_not_compressed(server: Server) -> None:
    picture = next((server.public / "media").rglob("*.jpg")).relative_to(server.public)
    reply = server.ask(f"/{picture}", accept_encoding="gzip")

    assert reply.fields["content-type"] == "image/jpeg"
    assert reply.body == server.file(str(picture))
    assert "vary" not in reply.fields
    assert "content-encoding" not in reply.fields


@pytest.mark.parametrize("path", ["/rss.xml", HANGUL, "/archive/2026-11/atom.xml", "/feed.json"])
def test_a_feed_names_itself_and_its_hub(server: Server, path: str) -> None:
    own = server.base + quote(path.lstrip("/"))
    assert server.ask(path).fields["link"] == f'<{own}>; rel="self", <https://hub.example/>; rel="hub"'


def test_an_old_address_names_the_new_one(server: Server) -> None:
    assert f'<{server.base}rss.xml>; rel="self"' in server.ask("/rss/allArticle.xml").fields["link"]


def test_only_what_is_no_feed_must_not_be_guessed_at(server: Server) -> None:
    """Safari would show a feed's source if it were told so."""
    assert server.ask("/feeds/").fields["x-content-type-options"] == "nosniff"
    for path in ("/rss.xml", "/rss/allArticle.xml", "/archive/2026-11/atom.xml"):
        assert "x-content-type-options" not in server.ask(path).fields
    assert "link" not in server.ask("/feeds/").fields


def test_a_folder_is_led_to_its_slash(server: Server) -> None:
    """By its path alone, which names no host."""
    for path in ("/feeds", "/feeds/section/문화"):
        reply = server.ask(path)

        assert reply.status in (301, 308), path
        assert unquote(reply.fields["location"]) == f"{path}/"


@pytest.mark.parametrize(
    "path", ["/nothing", "/nothing/", "/nothing/rss.xml", "/rss.xml.gz", "/media/", "/.sosik-new/document"]
)
def test_what_was_never_there_is_a_small_404(server: Server, path: str) -> None:
    reply = server.ask(path)

    assert reply.status == 404
    assert reply.fields["content-type"] == "text/plain; charset=utf-8"
    assert len(reply.body) < 200
    assert "link" not in reply.fields


@pytest.mark.parametrize("path", ["/철도/rss.xml", "/철도/atom.xml", "/철도/feed.json", "/feeds/철도/"])
def test_what_was_taken_away_is_gone(server: Server, path: str) -> None:
    """Readers stop asking for what is gone; what is not there they ask for again."""
    reply = server.ask(path)

    assert reply.status == 410
    assert reply.fields["cache-control"] == "no-store"
    assert len(reply.body) < 200


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_withdrawn_article_is_gone_and_its_page_says_so(server: Server, coding: str) -> None:
    path = "/articles/aaaaaaaaaaaa/"
    reply = server.ask(path, accept_encoding=coding)

    assert reply.status == 410
    assert reply.fields["content-type"] == "text/html; charset=utf-8"
    body = gzip.decompress(reply.body) if reply.fields.get("content-encoding") == "gzip" else reply.body
    assert body == server.file(f"{path}index.html")
    assert server.ask(path, if_modified_since=formatdate(usegmt=True)).status == 410


def test_other_methods_are_refused(server: Server) -> None:
    reply = server.ask("/rss.xml", "POST")

    assert reply.status == 405
    assert reply.fields["allow"].startswith("GET, HEAD")


def test_readers_in_browsers_may_poll(server: Server) -> None:
    """A browser asks first, when a page of another host wants to send If-None-Match."""
    reply = server.ask("/rss.xml", "OPTIONS", origin="https://reader.example", access_control_request_method="GET")

    assert reply.status == 204
    assert "If-None-Match" in reply.fields["access-control-allow-headers"]
    assert reply.fields["access-control-allow-origin"] == "*"


def test_queries_change_nothing(server: Server) -> None:
    parts = urlsplit(server.base)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", "/rss.xml?_=1732")
    assert connection.getresponse().read() == server.file("rss.xml")
    connection.close()


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_feeds_may_lie_below_a_path(tmp_path: Path, newsroom: Callable[[], Newsroom], name: str) -> None:
    tmp_path.chmod(0o755)
    port = free_port()
    room = newsroom()
    settings = room.root / "feeds" / "publication.yaml"
    base = f"http://127.0.0.1:{port}/소식/news/"
    settings.write_text(settings.read_text("utf-8").replace("https://feeds.test.example/", base), "utf-8")
    room.sosik("build", "--gzip")
    with running(name, room, tmp_path, port):
        server = Server(base, room.root / "public")
        assert server.ask("/소식/news/rss.xml").body == server.file("rss.xml")
        assert server.ask("/소식/news/feeds/").body == server.file("feeds/index.html")
        assert unquote(server.ask("/소식/news/feeds").fields["location"]) == "/소식/news/feeds/"
        assert (
            server.ask("/소식/news/rss.xml").fields["link"].startswith(f"<http://127.0.0.1:{port}/%EC%86%8C%EC%8B%9D")
        )


@pytest.mark.parametrize("name", list(COMMANDS))
def test_odd_paths_stay_paths(tmp_path: Path, newsroom: Callable[[], Newsroom], name: str) -> None:
    """Whatever a newsroom calls its tags and old addresses, the configuration can be read and means them."""
    tmp_path.chmod(0o755)
    port = free_port()
    room = newsroom()
    settings = room.root / "feeds" / "publication.yaml"
    text = settings.read_text("utf-8").replace("https://feeds.test.example/", f"http://127.0.0.1:{port}/")
    settings.write_text(text, "utf-8")
    odd = ["a b", "$uri", "{path}", "'한' \"겹\"", "`x`", "back\\slash", "star*", "semi;colon"]
    tags = ", ".join(f"'{tag.replace(chr(39), chr(39) * 2)}'" for tag in odd)
    article = "-- content/first.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 첫\npublished: 2024-01-16\n{}"
    room.write(
        article.format(f"tags: [{tags}]\nbody: 글\n")
        + "-- feeds/tags.yaml --\neach: tag\ntitle: '{value}'\npath: 'tag/{slug}'\n"
    )
    room.sosik("build", "--gzip")
    feeds = sorted(path.relative_to(room.root / "public") for path in (room.root / "public" / "tag").rglob("rss.xml"))
    assert len(feeds) == len(odd)
    with running(name, room, tmp_path, port):
        server = Server(f"http://127.0.0.1:{port}/", room.root / "public")
        for feed in feeds:
            reply = server.ask(f"/{feed}")
            assert reply.body == server.file(str(feed)), feed
            assert reply.fields["link"] == f'<{server.base}{quote(str(feed))}>; rel="self"', feed
    room.write(article.format("body: 글\n"))
    room.sosik("build", "--gzip")
    with running(name, room, tmp_path, port):
        for feed in feeds:
            assert server.ask(f"/{feed}").status == 410, feed


def test_before_the_first_build_there_is_a_configuration_too(newsroom: Callable[[], Newsroom]) -> None:
    room = newsroom()

    assert "root" in room.sosik("config", "nginx", "--root", "/srv/news")
    assert "/srv/news" in room.sosik("config", "caddy", "--root", "/srv/news")


def test_robots_are_shown_the_way_and_kept_from_nothing(newsroom: Callable[[], Newsroom]) -> None:
    lines = newsroom().sosik("config", "robots").splitlines()
    said = [line for line in lines if not line.startswith("#") and line]

    assert said == ["User-agent: *", "Allow: /", "Sitemap: https://feeds.test.example/news-sitemap.xml"]
