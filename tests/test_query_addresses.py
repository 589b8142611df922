"""Old addresses with a query: whoever answers for the feeds tells them apart, and changes nothing else."""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsrooms import ARTICLE, Newsroom, Unpack
from serve.clients import socket_client, wsgi_client
from serve.published import Served
from serve.servers import HOST, free_port
from serve.web_servers import configured, running
from sosik.queries import canonical_query, query_pattern
from sosik.serve import create_app
from test_static_servers import HOSTS, run

FEEDS = """\
-- content/a.yaml --
id: tag:test.example,2010:aaaaaaaaaaaa
title: 군청 앞 나무
published: 2024-01-16 09:00
section: 지역
body: 본문.
-- content/b.yaml --
id: tag:test.example,2010:bbbbbbbbbbbb
title: 시장의 하루
published: 2024-01-16 10:00
section: 경제
body: 본문.
-- feeds/all.yaml --
title: 전체
aliases: ["/?feed=rss2", "/bbs/rss.php?bo_table=news", /feed/]
-- feeds/local.yaml --
title: 지역
select: {section: [지역]}
aliases: ["/bbs/rss.php?sca=지역&bo_table=news", "/feed/?cat=5", "/rss.xml?cat=5"]
"""
ALL, LOCAL = "rss.xml", "local/rss.xml"
ANSWERS = {
    "/?feed=rss2": ALL,
    "/?utm_source=x&feed=rss2&fbclid=1": ALL,
    "/bbs/rss.php?bo_table=news": ALL,
    "/bbs/rss.php?bo_table=news&_=1700000000": ALL,
    "/bbs/rss.php?bo_table=news&sca=%EC%A7%80%EC%97%AD": LOCAL,
    "/bbs/rss.php?sca=%ec%a7%80%ec%97%ad&bo_table=news": LOCAL,
    "/feed/?cat=5": LOCAL,
    "/rss.xml?cat=5": LOCAL,
    # What no old address says is as it would be without the query.
    "/feed/?cat=6": "feed/index.html",
    "/feed/?x=%0d%0aX-Evil:1": "feed/index.html",
    "/rss.xml?cat=6": ALL,
    "/?p=12": "index.html",
    "/?feed=rss2&cat=7": "index.html",
    "/bbs/rss.php?bo_table=free": "",
    "/bbs/rss.php": "",
    "/bbs/rss.php%3Fbo_table=news": "",
}
"""What is asked for, and the file that it answers with; empty where there is nothing."""


@contextmanager
def by_the_application(room: Newsroom, base: str) -> Iterator[Served]:
    app = create_app(room.root / ".sosik")
    yield Served(base=base, public=room.root / "public", client=wsgi_client(app.wsgi_app))
    app.extensions["sosik"].close()


@contextmanager
def served(name: str, room: Newsroom, scratch: Path, port: int, base: str, *, is_part: bool) -> Iterator[Served]:
    """Answer for a publication by the application, or by a web server told for all of a host or for a part of it."""
    if name == "application":
        with by_the_application(room, base) as server:
            yield server
        return
    with run(name, room, scratch, port, is_part=is_part):
        yield Served(base=base, public=room.root / "public", client=socket_client(HOST, port))


def founded(newsroom: Unpack, base: str) -> Newsroom:
    room = newsroom(FEEDS)
    settings = room.root / "feeds" / "publication.yaml"
    text = settings.read_text("utf-8").replace("https://feeds.test.example/", base)
    settings.write_text(text.replace("hubs: []", ""), "utf-8")
    room.sosik("build", "--gzip")
    return room


@pytest.mark.static
@pytest.mark.parametrize(
    ("name", "is_part"),
    [
        ("application", False),
        *((name, part) for name in ("nginx", "caddy") for part in (False, True)),
        ("apache", True),
    ],
)
def test_a_server_tells_old_addresses_apart_by_their_queries(
    tmp_path: Path, newsroom: Unpack, name: str, is_part: bool
) -> None:
    port = free_port()
    room = founded(newsroom, f"http://{HOST}:{port}/")
    with served(name, room, tmp_path, port, f"http://{HOST}:{port}/", is_part=is_part) as server:
        for target, file in ANSWERS.items():
            reply = server.ask_target(target)
            assert (reply.status, reply.body) == (200, server.file(file)) if file else reply.status == 404, target
            assert "x-evil" not in reply.headers
        for target in ("/?feed=rss2", "/bbs/rss.php?bo_table=news", "/feed/?cat=5"):
            own = server.ask_target(f"/{ANSWERS[target]}")
            whole, head = server.ask_target(target), server.ask_target(target, "HEAD")
            named = ("etag", "last-modified", "cache-control", "content-type", "link", "vary")
            fields = [{key: reply.headers.get(key) for key in named} for reply in (own, whole, head)]
            assert fields[0] == fields[1] == fields[2], target
            assert fields[0]["link"] == f'<{server.base}{ANSWERS[target]}>; rel="self"'
            assert head.body == b""
            packed = server.ask_target(target, accept_encoding="gzip")
            assert gzip.decompress(packed.body) == whole.body
            for reply, fresh in ((whole, {}), (packed, {"accept_encoding": "gzip"})):
                assert server.ask_target(target, if_none_match=reply.headers["etag"], **fresh).status == 304
            assert server.ask_target(target, if_modified_since=whole.headers["last-modified"]).status == 304
    room.write("-- feeds/local.yaml --\ntitle: 지역\nselect: {section: [지역]}\naliases: []\n")
    room.sosik("retire", "/feed/?cat=5")
    room.sosik("build", "--gzip")
    with served(name, room, tmp_path, port, f"http://{HOST}:{port}/", is_part=is_part) as server:
        assert server.ask_target("/feed/?cat=5").status == 410
        assert server.ask_target("/feed/?cat=6").body == server.file("feed/index.html")
        assert server.ask_target("/rss.xml?cat=5").body == server.file(LOCAL), "nobody ended it"


@pytest.mark.static
@pytest.mark.parametrize("name", [*HOSTS, "application"])
def test_below_a_path_of_a_site_they_are_told_apart_too(tmp_path: Path, newsroom: Unpack, name: str) -> None:
    port = free_port()
    base = f"http://{HOST}:{port}/news/"
    room = founded(newsroom, base)
    if name == "application":
        with by_the_application(room, base) as server:
            assert server.ask_target("/bbs/rss.php?bo_table=news").body == server.file(ALL)
        return
    printed = room.sosik("config", name, "--location", "/news/")
    with configured(name, HOSTS[name].format(host=HOST, port=port, printed=printed), tmp_path, port):
        server = Served(base=base, public=room.root / "public", client=socket_client(HOST, port))
        assert server.ask_target("/news/bbs/rss.php?bo_table=news").body == server.file(ALL)
        assert server.ask_target("/news/?feed=rss2").body == server.file(ALL)
        assert server.ask_target("/news/feed/?cat=5").body == server.file(LOCAL)
    if name != "apache":
        with running(name, room, tmp_path, port):
            assert server.ask_target("/news/feed/?cat=5").body == server.file(LOCAL)


@pytest.mark.static
@pytest.mark.parametrize("is_part", [False, True])
def test_nginx_leads_to_a_path_with_a_dollar_sign_or_says_that_it_cannot(
    tmp_path: Path, newsroom: Unpack, *, is_part: bool
) -> None:
    port = free_port()
    room = founded(newsroom, f"http://{HOST}:{port}/")
    won = "title: 환율\npath: tag/$uri\nselect: {section: [경제]}\naliases: ['/?feed=won']\n"
    room.write(f"-- feeds/won.yaml --\n{won}")
    room.sosik("build")
    told = "# / with a query is left out: nginx cannot lead to /tag/$uri/rss.xml"
    printed = room.sosik("config", "nginx", *(("--location", "/") if is_part else ()))
    assert (told in printed) is is_part
    with served("nginx", room, tmp_path, port, f"http://{HOST}:{port}/", is_part=is_part) as server:
        reply = server.ask_target("/?feed=won")
        assert reply.body == server.file("index.html" if is_part else "tag/$uri/rss.xml")
        assert server.ask_target("/?feed=rss2").body == server.file(ALL)


def test_an_address_with_a_query_is_told_once_and_has_no_file(newsroom: Unpack) -> None:
    """Some static hosts refuse a whole publication for one file with a question mark in its name."""
    room = newsroom(FEEDS)
    told = [problem for problem in room.build().problems if problem.code == "alias-query"]

    assert [dict(problem.message.values)["path"] for problem in told] == [
        "/?feed=rss2",
        "/bbs/rss.php?bo_table=news",
        "/bbs/rss.php?bo_table=news&sca=%EC%A7%80%EC%97%AD",
        "/feed/?cat=5",
        "/rss.xml?cat=5",
    ]
    assert not [problem for problem in room.build("2024-02-03 09:00").problems if problem.code == "alias-query"]
    assert not [path for path in (room.root / "public").rglob("*") if "?" in path.name or path.name.endswith(".php")]
    assert "wrong" not in room.sosik("doctor")


@pytest.mark.parametrize(
    "alias", ["/bbs/rss.php?", "//x/?a=1", "/a?b=1&c=2&d=3&e=4&f=5", "/?=x", "a?b=1", "/?utm_id=1"]
)
def test_what_cannot_be_told_apart_is_refused(newsroom: Unpack, alias: str) -> None:
    room = newsroom(f"-- content/a.yaml --\n{ARTICLE}-- feeds/old.yaml --\ntitle: 옛\naliases: ['{alias}']\n")

    assert "feed-path" in {problem.code for problem in room.build().problems}


def test_polls_of_an_old_address_are_counted_as_its_own(newsroom: Callable[[str], Newsroom], tmp_path: Path) -> None:
    room = newsroom(FEEDS)
    room.build()
    line = '127.0.0.1 - - [16/Jan/2024:15:20:{:02} +0900] "GET {} HTTP/1.1" 200 1000 "-" "NetNewsWire/6.1"\n'
    asked = [
        "/bbs/rss.php?bo_table=news",
        "/bbs/rss.php?bo_table=news&_=5",
        "/bbs/rss.php?bo_table=free",
        "/rss.xml?x=1",
    ]
    log = tmp_path / "access.log"
    log.write_text("".join(line.format(number, target) for number, target in enumerate(asked)))

    said = room.sosik("audience", str(log), "--json")

    assert re.findall(r'"path": "([^"]*)"', said) == ["/bbs/rss.php?bo_table=news", "/rss.xml"]


PIECES = st.text(st.sampled_from('aB1_-.~ &=+#%"\\$?/:*|가é'), max_size=4)
PARAMETERS = st.lists(st.tuples(PIECES.filter(bool), PIECES), min_size=1, max_size=4)


def spelled(text: str, how: int) -> str:
    """Spell a part of a query: encoded in capital or small digits, or as little encoded as can be."""
    if how == 0:
        return quote(text, safe="")
    if how == 1:
        return re.sub("%..", lambda found: found[0].lower(), quote(text, safe=""))
    return re.sub(r'[&=+#%"\\]', lambda found: quote(found[0]), text).replace(" ", "+")


@given(PARAMETERS, st.integers(0, 2), st.randoms(use_true_random=False))
def test_every_spelling_of_a_query_is_the_same_address(
    parameters: list[tuple[str, str]], how: int, random: object
) -> None:
    known = canonical_query("&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters))
    shuffled = [*parameters, ("utm_source", "피드")]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    sent = "&".join(f"{spelled(name, how)}={spelled(value, how)}" for name, value in shuffled)

    assert canonical_query(sent) == known
    if known:
        assert canonical_query(known) == known
        assert re.fullmatch(query_pattern(known), sent)
        assert not re.fullmatch(query_pattern(known), f"{sent}&cat=5")
