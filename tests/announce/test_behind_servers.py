"""What stands before the feeds changes their bytes, leads elsewhere, or asks who polls whether they are human."""

import gzip
import json
import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from announce.listeners import HOST, Listener, listening, running
from newsrooms import Newsroom, Unpack
from sosik.announce.hindrance import PATIENCE
from sosik.announce.outcome import Announced
from sosik.announce.run import announce
from sosik.announce.visibility import is_within
from sosik.serve import create_app
from sosik.serve.announcer import announcing, hindrances
from sosik.site import Site
from sosik.store import open_snapshot

ARTICLE = """\
id: tag:test.example,2010:aaaaaaaaaaaa
title: 나루시, 다리를 놓는다
published: 2024-01-16 15:20
body: |
  문의는 desk@test.example 로.

  두 번째 문단.
"""


@dataclass
class Front:
    """How a server on the way answers: what it does to bodies, in which coding, with which fields, and which status."""

    change: Callable[[bytes], bytes] = bytes
    pack: Callable[[bytes], bytes] = bytes
    coding: str = ""
    status: int = 200
    location: str = ""
    keeps_validators: bool = False
    fields: dict[str, str] = field(default_factory=dict)


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of a folder as the front says."""

    def __init__(self, front: Front, *arguments: object, **options: object) -> None:
        self.front = front
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # as the server hands them on

    def do_GET(self) -> None:
        front, path = self.front, Path(self.translate_path(self.path))
        moved = front.location and not self.path.startswith("/real/")
        status = 301 if moved else front.status
        path = Path(self.translate_path(self.path.removeprefix("/real")))
        if status == HTTPStatus.OK and not path.exists():
            self.send_error(404)
            return
        body = front.pack(front.change(path.read_bytes())) if status == HTTPStatus.OK else b"<html>Wait</html>"
        self.send_response(status)
        if moved:
            self.send_header("Location", front.location + self.path)
        if front.coding:
            self.send_header("Content-Encoding", front.coding)
        if front.keeps_validators:
            self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        for name, value in front.fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.copyfile(BytesIO(body), self.wfile)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Behind:
    """A newsroom whose feeds lie behind a front, and the hub that it tells."""

    made: Newsroom
    front: Front
    hub: Listener

    def build(self, text: str = ARTICLE) -> None:
        self.made.write(f"-- content/first.yaml --\n{text}")
        site = Site(self.made.root)
        site.build()
        site.publish(self.made.root / "public")

    def announce(self, later: int = 0) -> Announced:
        site = Site(self.made.root)
        publication = site.config().publication
        assert publication is not None
        return announce(site.folder, publication, now=int(time.time()) + later)

    def codes(self) -> dict[str, int]:
        with closing(open_snapshot(self.made.root / ".sosik")) as snapshot:
            return hindrances(snapshot)


@pytest.fixture
def behind(newsroom: Unpack, tmp_path: Path) -> Iterator[Behind]:
    made, front = newsroom(), Front()
    public = made.root / "public"
    public.mkdir()
    server = ThreadingHTTPServer((HOST, 0), partial(Handler, front, directory=str(public)))
    with running(server) as site, listening() as hub:
        made.write(
            f"-- feeds/publication.yaml --\ntitle: 시험일보\nurl: {site}\nauthority: test.example,2010\n"
            f"hubs: [{hub.address}]\n"
        )
        yield Behind(made, front, hub)


def minify(body: bytes) -> bytes:
    return re.sub(rb">\s+<", b"><", body).replace(b"\n", b" ")


def veil(body: bytes) -> bytes:
    return re.sub(rb"[\w.]+@[\w.]+", b"[email&#160;protected]", body)


def count(body: bytes) -> bytes:
    return body.replace(b"</rss>", b"<!-- 0.02 s --></rss>").replace(b"</feed>", b"<!-- 0.02 s --></feed>") + b"\n"


@pytest.mark.parametrize(
    "front",
    [
        pytest.param(Front(change=minify), id="minifies"),
        pytest.param(Front(change=veil), id="hides addresses"),
        pytest.param(Front(change=count), id="adds a comment"),
        pytest.param(Front(pack=gzip.compress, coding="gzip"), id="gzips always"),
        pytest.param(Front(pack=gzip.compress, coding="X-GZIP"), id="gzips by an old name"),
        pytest.param(Front(pack=zlib.compress, coding="deflate"), id="deflates always"),
        pytest.param(Front(change=minify, pack=gzip.compress, coding="gzip"), id="minifies and gzips"),
        pytest.param(Front(change=lambda body: body.replace(b"a", b"b"), keeps_validators=True), id="keeps the time"),
        pytest.param(Front(location="/real"), id="leads on"),
    ],
)
def test_the_newest_edition_is_known_again(behind: Behind, front: Front) -> None:
    behind.front.__dict__.update(front.__dict__)
    behind.build()

    assert len(behind.announce().told) == 3
    assert len(behind.hub.bodies) == 3
    assert behind.codes() == {}


@pytest.mark.rule(89)
@pytest.mark.parametrize("change", [bytes, minify, veil, count])
def test_behind_a_copy_that_is_not_renewed_hubs_wait_however_long(
    behind: Behind, change: Callable[[bytes], bytes]
) -> None:
    behind.build()
    behind.announce()
    behind.hub.bodies.clear()
    old = {path.name: path.read_bytes() for path in (behind.made.root / "public").iterdir() if path.is_file()}

    behind.build(ARTICLE + "updated: 2024-01-16 18:00\n")
    new = {(behind.made.root / "public" / name).read_bytes(): body for name, body in old.items()}
    behind.front.change = lambda body: change(new[body])
    for later in (0, PATIENCE - 60, PATIENCE + 60, 6 * PATIENCE):
        assert behind.announce(later).told == ()
    assert behind.hub.bodies == []

    behind.front.change = change
    assert len(behind.announce(7 * PATIENCE).told) == 3


@pytest.mark.parametrize("change", [bytes, minify, veil, count])
def test_an_old_text_without_validators_is_not_taken_for_the_new_one(
    behind: Behind, change: Callable[[bytes], bytes]
) -> None:
    behind.build()
    behind.announce()
    old = {path.name: path.read_bytes() for path in (behind.made.root / "public").iterdir() if path.is_file()}

    behind.build(ARTICLE.replace("두 번째 문단.", "둘째 문단을 고쳤다."))
    new = {(behind.made.root / "public" / name).read_bytes(): body for name, body in old.items()}
    behind.front.change = lambda body: change(new[body])

    assert behind.announce().told == ()
    assert behind.codes().keys() == {"announce-different"}
    behind.front.change = change
    assert len(behind.announce(PATIENCE - 60).told) == 3


@pytest.mark.parametrize(
    ("front", "code"),
    [
        (Front(status=403), "announce-guarded"),
        (Front(status=401), "announce-guarded"),
        (Front(status=429), "announce-guarded"),
        (Front(change=lambda _: b"<html>Just a moment</html>"), "announce-unreadable"),
        (Front(change=lambda _: b"{}"), "announce-unreadable"),
        (Front(coding="br"), "announce-unreadable"),
        (Front(coding="gzip"), "announce-unreadable"),
        (Front(location="https://elsewhere.example"), "announce-redirected"),
        (Front(location="http://localhost"), "announce-redirected"),
    ],
)
def test_what_nobody_can_see_is_told_after_ten_minutes(behind: Behind, front: Front, code: str) -> None:
    behind.front.__dict__.update(front.__dict__)
    if front.location.endswith("localhost"):  # round and round
        publication = Site(behind.made.root).config().publication
        assert publication is not None
        behind.front.location = publication.url.rstrip("/")
    behind.build()

    assert behind.announce().told == ()
    assert behind.codes() == {code: 3}
    assert behind.announce(PATIENCE - 30).told == ()
    assert behind.hub.bodies == []

    assert len(behind.announce(PATIENCE + 30).told) == 3
    assert len(behind.hub.bodies) == 3
    assert behind.codes() == {code: 3}, "what stood in the way still does"

    behind.front.__dict__.update(Front().__dict__)
    behind.build(ARTICLE + "updated: 2024-01-16 18:00\n")
    behind.announce(2 * PATIENCE)
    assert behind.codes() == {}


def test_who_edits_every_minute_does_not_put_it_off(behind: Behind) -> None:
    """What is told anew is queued anew; the first change that waits counts."""
    behind.front.status = 403
    told = []
    for minute in range(25):
        if minute % 2 == 0:
            Site(behind.made.root).build() if minute == 0 else behind.build(f"{ARTICLE}tags: [{minute}]\n")
        told += [minute] * len(behind.announce(minute * 60).told)

    assert min(told) in (10, 11)
    assert len(set(told)) >= 2


def test_a_refusal_says_that_readers_are_refused_too(behind: Behind) -> None:
    behind.front.status = 403
    behind.build()

    said = behind.made.sosik("announce", status=1)
    assert "responds with 403, to readers too" in said
    record = json.loads(behind.made.sosik("announce", "--dry-run", "--json"))
    assert "to readers too" in record["waiting"][0]["outcome"]


def test_health_and_the_log_say_what_hinders(behind: Behind, caplog: pytest.LogCaptureFixture) -> None:
    """One line for the cause, however many feeds it is met at and however often."""
    behind.front.status = 403
    behind.build()
    app = create_app(behind.made.root / ".sosik")
    try:
        assert json.loads(app.test_client().get("/healthz").data)["problems"] == {}
        with caplog.at_level("WARNING"), announcing(Site(behind.made.root)):
            end = time.monotonic() + 20
            while time.monotonic() < end and not behind.codes():
                time.sleep(0.1)
            time.sleep(2)
        assert json.loads(app.test_client().get("/healthz").data)["problems"] == {"announce-guarded": 3}
    finally:
        app.extensions["sosik"].close()
    [line] = [record.getMessage() for record in caplog.records if "403" in record.getMessage()]
    assert "to readers too" in line


def test_nobody_is_told_any_more_and_nothing_hinders(behind: Behind) -> None:
    behind.front.status = 403
    behind.build()
    behind.announce()
    assert behind.codes()

    text = (behind.made.root / "feeds/publication.yaml").read_text("utf-8")
    behind.made.write("-- feeds/publication.yaml --\n" + re.sub(r"hubs: .*\n", "", text))
    behind.build(ARTICLE + "tags: [다리]\n")

    assert behind.codes() == {}


@pytest.mark.parametrize(
    ("target", "address", "within"),
    [
        ("https://www.news.example/rss.xml", "https://news.example/rss.xml", True),
        ("https://feeds.news.example/rss.xml", "https://news.example/rss.xml", True),
        ("https://news.example/a", "http://news.example/a", True),
        ("http://news.example/a", "https://news.example/a", False),
        ("https://badnews.example/a", "https://news.example/a", False),
        ("https://news.example.evil.example/a", "https://news.example/a", False),
        ("ftp://news.example/a", "http://news.example/a", False),
        ("http://localhost:8000/a", "http://127.0.0.1:9000/a", True),
    ],
)
def test_only_within_the_site_a_redirect_is_followed(target: str, address: str, within: bool) -> None:
    assert is_within(target, address) is within
