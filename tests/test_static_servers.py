"""The configuration that `sosik config` prints: nginx and Caddy read it, whatever a newsroom calls its things.

How they answer with it is asked by the tests marked *static*, of them and of `sosik serve` alike.
"""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from newsrooms import Newsroom
from serve.clients import socket_client
from serve.published import Served
from serve.servers import HOST, free_port
from serve.web_servers import COMMANDS, configured, running


def served(room: Newsroom, base: str, port: int) -> Served:
    """Give the publication as a server on a port answers for it."""
    return Served(base=base, public=room.root / "public", client=socket_client(HOST, port))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_feeds_may_lie_below_a_path(tmp_path: Path, newsroom: Callable[[], Newsroom], name: str) -> None:
    port = free_port()
    room = newsroom()
    settings = room.root / "feeds" / "publication.yaml"
    base = f"http://127.0.0.1:{port}/소식/news/"
    settings.write_text(settings.read_text("utf-8").replace("https://feeds.test.example/", base), "utf-8")
    room.sosik("build", "--gzip")
    with running(name, room, tmp_path, port):
        server = served(room, base, port)
        assert server.ask("/소식/news/rss.xml").body == server.file("rss.xml")
        assert server.ask("/소식/news/feeds/").body == server.file("feeds/index.html")
        assert unquote(server.ask("/소식/news/feeds").headers["location"]) == "/소식/news/feeds/"
        assert (
            server.ask("/소식/news/rss.xml").headers["link"].startswith(f"<http://127.0.0.1:{port}/%EC%86%8C%EC%8B%9D")
        )


HOSTS = {
    "nginx": "server {{\n    listen {port};\n{printed}\n}}\n",
    "caddy": "http://{host}:{port} {{\n{printed}\n}}\n",
    "apache": "Listen {host}:{port}\nServerName {host}\n<VirtualHost {host}:{port}>\n{printed}\n</VirtualHost>\n",
}


@pytest.mark.parametrize("name", HOSTS)
def test_a_block_of_a_site_may_be_for_all_of_its_paths(
    tmp_path: Path, newsroom: Callable[[], Newsroom], name: str
) -> None:
    port = free_port()
    room = newsroom()
    settings = room.root / "feeds" / "publication.yaml"
    base = f"http://{HOST}:{port}/"
    settings.write_text(settings.read_text("utf-8").replace("https://feeds.test.example/", base), "utf-8")
    room.sosik("build", "--gzip")
    printed = room.sosik("config", name, "--location", "/")
    assert printed == room.sosik("config", name) or name != "apache"
    with configured(name, HOSTS[name].format(host=HOST, port=port, printed=printed), tmp_path, port):
        server = served(room, base, port)
        for path in ("/rss.xml", "/", "/feeds/", "/feeds/style.css"):
            assert server.ask(path).body == server.file(path), path
            assert gzip.decompress(server.ask(path, accept_encoding="gzip").body) == server.file(path), path
        assert server.ask("/rss.xml").headers["link"] == f'<{base}rss.xml>; rel="self"'
        assert unquote(server.ask("/feeds").headers["location"]).removeprefix(base.rstrip("/")) == "/feeds/"
        assert server.ask("/nothing").status == server.ask("/.sosik/site.db").status == 404


def run(name: str, room: Newsroom, scratch: Path, port: int, *, is_part: bool) -> AbstractContextManager[None]:
    """Run a server with what is printed for all of a host, or for a path of it."""
    if not is_part:
        return running(name, room, scratch, port)
    printed = room.sosik("config", name, "--location", "/")
    return configured(name, HOSTS[name].format(host=HOST, port=port, printed=printed), scratch, port)


@pytest.mark.parametrize(
    ("name", "is_part"), [("nginx", False), ("caddy", False), ("nginx", True), ("caddy", True), ("apache", True)]
)
def test_odd_paths_stay_paths(tmp_path: Path, newsroom: Callable[[], Newsroom], name: str, is_part: bool) -> None:
    """Whatever a newsroom calls its tags and old addresses, the configuration can be read and means them."""
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
    with run(name, room, tmp_path, port, is_part=is_part):
        server = served(room, f"http://127.0.0.1:{port}/", port)
        for feed in feeds:
            reply = server.ask(f"/{feed}")
            assert reply.body == server.file(f"/{feed}"), feed
            assert reply.headers["link"] == f'<{server.base}{quote(str(feed))}>; rel="self"', feed
    room.write(article.format("body: 글\n"))
    room.sosik("retire", "/tag/*")
    room.sosik("build", "--gzip")
    with run(name, room, tmp_path, port, is_part=is_part):
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
