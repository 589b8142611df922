"""The application below a path of another one (SCRIPT_NAME), asked over a connection as a reader asks."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from newsrooms import ROOT
from serve.clients import Client, socket_client, wsgi_client
from serve.logged import parsed
from serve.mounted import mounted
from serve.servers import HOST, eventually, free_port
from serve.stores import WITHDRAWAL, WITHDRAWN, body_of, etag, put_edition
from sosik.serve import create_app

PATHS = ("/rss", "/소식/rss")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Path]]:
    """Two papers in one process, each below a path of its own, the second with an edition more, and their log."""
    scratch, port = tmp_path_factory.mktemp("mounted"), free_port()
    folders = {}
    for number, path in enumerate(PATHS, 1):
        folders[path] = scratch / str(number) / ".sosik"
        put_edition(folders[path], number)
    with mounted(folders, port, access_log=scratch / "access.log"):
        yield socket_client(HOST, port), scratch / "access.log"


@pytest.mark.parametrize(("edition", "below"), [*enumerate(PATHS, 1)])
def test_each_paper_answers_below_its_path(site: tuple[Client, Path], edition: int, below: str) -> None:
    ask, _ = site
    for path in ("/rss.xml", "/section/정치/rss.xml", "/old/all.xml", "/feeds/", "/"):
        body = body_of(path, edition)
        found = ask(quote(below + path))
        assert (found.status, found.body) == (200, body), path
        assert ask(quote(below + path), {"If-None-Match": f'"{etag(body)}"'}).status == 304
    assert ask(quote(below + WITHDRAWN)).body == WITHDRAWAL
    assert ask(quote("/rss.xml")).status == 404


@pytest.mark.parametrize("below", PATHS)
@pytest.mark.parametrize("path", ["", "/feeds", "/feeds/정치"])
def test_a_folder_is_led_to_its_slash_below_the_path(site: tuple[Client, Path], below: str, path: str) -> None:
    ask, _ = site
    reply = ask(quote(below + path), {"Host": "evil.example"})

    assert (reply.status, reply.headers["location"]) == (301, quote(f"{below}{path}/"))
    assert ask(reply.headers["location"]).status == 200


@pytest.mark.parametrize("below", PATHS)
def test_what_is_no_document_is_answered_below_the_path_as_elsewhere(site: tuple[Client, Path], below: str) -> None:
    ask, _ = site
    refused = ask(quote(f"{below}/rss.xml"), method="POST")
    preflight = ask(quote(f"{below}/rss.xml"), method="OPTIONS")

    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, "*")
    for path in ("/nothing.xml", "/healthz/", below, "//rss.xml"):
        missing = ask(quote(below + path))
        assert (missing.status, missing.headers["content-type"]) == (404, "text/plain; charset=utf-8"), path
        assert "location" not in missing.headers
    assert ask(quote(f"{below}/healthz")).status == 200
    assert ask(quote(f"{below}/healthz"), method="POST").headers["allow"] == "GET, HEAD, OPTIONS"
    assert ask(quote(f"{below}/metrics")).status == 200
    assert ask("/healthz").status == 404


@pytest.mark.parametrize("script", ["//evil.example", "/", "/rss/", "/\r\nX: y"])
def test_a_server_that_spells_the_path_badly_leads_nobody_elsewhere(tmp_path: Path, script: str) -> None:
    """PEP 3333 has no slash at its end; and two at its beginning would name a host."""
    put_edition(tmp_path / ".sosik")
    app = create_app(tmp_path / ".sosik")
    ask = wsgi_client(lambda environ, start: app.wsgi_app(environ | {"SCRIPT_NAME": script}, start))

    location = ask("/feeds").headers["location"]
    app.extensions["sosik"].close()

    assert location.startswith("/")
    assert not location.startswith("//")
    assert location == f"{quote(script.rstrip('/').replace('//', '/'))}/feeds/"


def test_the_log_has_addresses_as_they_were_asked_for(tmp_path: Path) -> None:
    """One application below two paths: also where the answer is known from the poll before."""
    put_edition(tmp_path / ".sosik")
    app = create_app(tmp_path / ".sosik", access_log=tmp_path / "access.log")
    known = {"If-None-Match": f'"{etag(body_of("/rss.xml"))}"'}
    asked = [*PATHS, "", *PATHS, "", *PATHS]
    for below in asked:

        def come(environ: dict[str, object], start: object, below: str = below) -> object:
            return app.wsgi_app(environ | {"SCRIPT_NAME": below.encode().decode("latin-1")}, start)  # type: ignore[arg-type]

        assert wsgi_client(come)("/rss.xml", known).status == 304  # type: ignore[arg-type]
    app.extensions["sosik"].close()

    lines = (tmp_path / "access.log").read_text("ascii").splitlines()
    assert [parsed(line)["request"] for line in lines] == [f"GET {quote(below)}/rss.xml HTTP/1.1" for below in asked]


def test_two_papers_may_share_a_log(site: tuple[Client, Path]) -> None:
    ask, log = site
    for below in PATHS:
        ask(quote(f"{below}/feed.json"), {"User-Agent": "shared"})

    def shared() -> list[str]:
        return [parsed(line)["request"] for line in log.read_text("ascii").splitlines() if line.endswith('"shared"')]

    wanted = {f"GET {quote(below)}/feed.json HTTP/1.1" for below in PATHS}
    eventually(lambda: log.exists() and {*shared()} == wanted)


def test_the_lines_of_the_document_mount_it(tmp_path: Path) -> None:
    put_edition(tmp_path / ".sosik")
    text = (ROOT / "docs" / "serving.md").read_text("utf-8")
    (lines,) = re.findall(r"<!-- python: mounted -->\n```python\n(.*?)```", text, re.DOTALL)
    assert "/srv/news/.sosik" in lines
    names = {"site": Flask("site").wsgi_app}

    exec(lines.replace("/srv/news/.sosik", str(tmp_path / ".sosik")), names)  # noqa: S102  # the document's own lines

    ask = wsgi_client(names["application"])
    assert ask("/rss/rss.xml").body == body_of("/rss.xml")
    assert ask("/rss/feeds").headers["location"] == "/rss/feeds/"
