"""What pages may load and run, as a real browser takes it: all that is theirs, and nothing that is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from browsers import Browser, chromium
from newsrooms import Newsroom
from serve.published import GONE, WITHDRAWN, published
from sosik.model import KINDS, DocumentKind
from sosik.render.security import CONTENT_SECURITY
from sosik.serve import create_app
from sosik.store import open_snapshot

VIOLATION = "Content Security Policy"
"""What the browser's log says of each."""

BODY = '<div class="body">'

HOSTILE = """\
<style>body {{ color: rgb(1, 2, 3) }}</style>
<p id="p" style="color: rgb(1, 2, 3)" onclick="document.title = 'broken'">본문</p>
<script>document.title = 'broken'</script>
<script src="{elsewhere}feeds/copy.js"></script>
<link rel="stylesheet" href="{elsewhere}feeds/style.css">
<iframe src="{elsewhere}feeds/"></iframe>
<object data="{elsewhere}feeds/"></object>
<base href="{elsewhere}">
<form id="form" action="{elsewhere}"><input name="a"></form>
"""
"""What no sanitizer lets through, should one ever do so."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


@contextmanager
def answering(application: WSGIApplication) -> Iterator[str]:
    """Answer by an application while the block runs; give its address."""
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The sample, from which an article was withdrawn and a feed retired."""
    return published(tmp_path_factory.mktemp("secure") / "신문", "https://feeds.haenuri.example/")


@pytest.fixture(scope="module")
def site(room: Newsroom) -> Iterator[str]:
    """The address at which it is served with its header fields."""
    app = create_app(room.root / ".sosik")
    with answering(app.wsgi_app) as address:
        yield address
    app.extensions["sosik"].close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


def paths(room: Newsroom) -> list[str]:
    """Return all pages, one document of every other kind that a browser shows, and addresses without a document."""
    snapshot = open_snapshot(room.root / ".sosik")
    with snapshot.reading():
        heads = list(snapshot.heads())
    snapshot.close()
    pages = [head.path for head in heads if head.kind in (DocumentKind.PAGE, DocumentKind.WITHDRAWN)]
    others = {(head.kind, head.path.rpartition(".")[2]): head.path for head in heads if head.path not in pages}
    assert {kind for kind, _ in others} >= {*KINDS} - {DocumentKind.PAGE, DocumentKind.WITHDRAWN, DocumentKind.KEY}
    return [*pages, *others.values(), GONE[0], "/nothing", "/healthz"]


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_nothing_of_ours_is_in_the_way(browser: Browser, site: str, room: Newsroom, dark: bool) -> None:
    """Pages of every kind, also withdrawn and retired ones, feeds and archives with their style sheet, and errors."""
    shown = paths(room)
    assert WITHDRAWN in shown

    for path in shown:
        browser.open(site + quote(path.lstrip("/")), dark=dark)
        assert [line for line in browser.complaints if VIOLATION in line] == [], path
        if path.endswith("/"):
            assert browser.run("getComputedStyle(document.querySelector('.masthead')).display") != "", path
            assert browser.run("document.styleSheets.length") == 1


def test_nothing_else_is_let_in(browser: Browser, room: Newsroom) -> None:
    """By the page alone, as a host sends it that knows no header fields; by the field alone; and by both."""
    pages = (path.read_text("utf-8") for path in (room.root / "public" / "articles").rglob("*.html"))
    text = next(page for page in pages if BODY in page)
    bare = text.replace(f'content="{CONTENT_SECURITY}"', 'content=""')
    assert bare != text
    asked: list[str] = []

    for said_by_page, said_by_host in ((True, False), (False, True), (True, True)):
        field = [("Content-Security-Policy", CONTENT_SECURITY)] if said_by_host else []
        with answering(partial(send, b"", [], asked)) as elsewhere:
            body = (text if said_by_page else bare).replace(BODY, HOSTILE.format(elsewhere=elsewhere)).encode()
            with answering(partial(send, body, field, [])) as address:
                browser.open(address)
                told = " ".join(line for line in browser.complaints if VIOLATION in line).lower()
                browser.run("document.getElementById('p').click()")
                assert browser.run("document.title") != "broken"
                assert browser.run("getComputedStyle(document.getElementById('p')).color") != "rgb(1, 2, 3)"
                assert browser.run("document.baseURI") == address
        for violated in ("inline style", "inline script", "event handler", "stylesheet", "fram", "base"):
            assert violated in told
    assert asked == [], "nobody else hears of it"


def send(
    body: bytes, fields: list[tuple[str, str]], asked: list[str], environ: WSGIEnvironment, start: StartResponse
) -> list[bytes]:
    """Answer everything with one page, and note what was asked for."""
    asked.append(environ["PATH_INFO"])
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), *fields])
    return [body]
