"""A machine without the store goes on from the published feeds: nothing is posted again, nothing goes back."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsrooms import Newsroom, Unpack, at
from sosik.edition.build import Report
from sosik.errors import EditionRefusedError, PreviousError
from sosik.model import Outcome
from sosik.site import Site

ID = "tag:test.example,2010:aaaaaaaaaaaa"
OTHER = "tag:test.example,2010:bbbbbbbbbbbb"
LATER = "2024-02-02 09:00"


def entry(name: str, id_: str = "", *, published: str = "2024-01-16 15:20", rest: str = "") -> str:
    head = f"id: {id_}\n" if id_ else ""
    return f"-- content/{name}.yaml --\n{head}title: {name}\npublished: {published}\n{rest}body: {name} 기사.\n"


def lose(room: Newsroom) -> None:
    shutil.rmtree(room.root / ".sosik")


def rebuild(room: Newsroom, previous: str = "public", now: str = LATER) -> Report:
    site = Site(room.root)
    report = site.build(now=at(now), previous=previous)
    site.publish(room.root / "public")
    return report


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    """A newsroom that published two entries, one of them corrected, and then lost its store."""
    correction = "edits: [{at: 2024-01-17 09:00, kind: correction, note: 직함을 바로잡습니다}]\n"
    made = newsroom(entry("가", ID, rest=correction) + entry("나"))
    made.build()
    lose(made)
    return made


@pytest.mark.rule(18)
def test_nothing_counts_as_new(room: Newsroom) -> None:
    """The documents are the same to the byte, and what becomes of every entry is unchanged."""
    before = {name: room.read(name) for name in ("/rss.xml", "/atom.xml", "/feed.json")}

    report = rebuild(room)

    assert not report.outcomes
    assert report.unchanged
    assert report.errors == []
    assert {name: room.read(name) for name in before} == before


def test_what_changed_meanwhile_has_its_outcome(room: Newsroom) -> None:
    room.write(entry("가", ID, rest="updated: 2024-01-20\n") + entry("다", OTHER))

    report = rebuild(room)

    assert (report.outcomes[ID], report.outcomes[OTHER]) == (Outcome.UPDATED, Outcome.NEW)


@pytest.mark.rule(18)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (entry("가", OTHER), "id-changed"),
        (entry("가", ID, published="2024-01-17 10:00"), "published-moved"),
        ("-- content/나.yaml --\n(gone)\n" + entry("라").replace("title: 라", "title: 나"), "id-changed"),
    ],
)
def test_what_would_be_posted_again_is_held(room: Newsroom, change: str, code: str) -> None:
    """An id that changed is known by the headline and the instant."""
    room.write(change)

    report = rebuild(room)

    assert [problem.code for problem in report.errors] == [code]
    assert Outcome.NEW not in report.outcomes.values()


@pytest.mark.rule(18)
def test_the_text_tells_an_article_whatever_stands_around_it(newsroom: Unpack) -> None:
    """Corrections, pictures and sub-headlines are no part of it; another feed may have it where one has summaries."""
    around = (
        "subtitles: [작은 제목, 또 하나]\n"
        "edits: [{at: 2024-01-17 09:00, kind: correction, note: '가 > 나'}, {at: 2024-01-18, kind: correction}]\n"
        "images: [{url: https://www.test.example/1.jpg, caption: 설명, credit: 제공}, https://www.test.example/2.jpg]\n"
    )
    feeds = "-- feeds/all.yaml --\ntitle: 전체\ncontent: summary\n-- feeds/full.yaml --\ntitle: 모두\n"
    room = newsroom(feeds + entry("가", rest=around) + entry("나"))
    room.build()
    lose(room)
    room.write("-- content/가.yaml --\n(gone)\n" + entry("라").replace("라 기사.", "가 기사."))

    report = rebuild(room)

    assert [problem.code for problem in report.errors] == ["id-changed"]
    assert Outcome.NEW not in report.outcomes.values()


def test_a_link_tells_an_article_too(newsroom: Unpack) -> None:
    room = newsroom(entry("가", ID, rest="link: https://www.test.example/1\n") + entry("나"))
    room.build()
    lose(room)
    room.write(entry("가", OTHER, published="2024-01-18", rest="link: https://www.test.example/1\n"))

    report = rebuild(room)

    assert [problem.code for problem in report.errors] == ["id-changed"]


def test_what_is_gone_is_withdrawn_and_the_feeds_updated_moves(room: Newsroom) -> None:
    room.write("-- content/나.yaml --\n(gone)\n")

    report = rebuild(room)

    assert [*report.outcomes.values()] == [Outcome.WITHDRAWN]
    assert report.unchanged == 1
    assert b"<updated>2024-02-02T09:00:00+09:00</updated>" in room.read("/atom.xml")


@pytest.mark.rule(33, 63)
def test_the_feeds_updated_and_last_modified_never_go_back(newsroom: Unpack) -> None:
    """A withdrawal moved the feed's updated; the machine without the store takes it from the Atom document."""
    room = newsroom(entry("가", ID) + entry("나"))
    room.build()
    room.write("-- content/나.yaml --\n(gone)\n")
    room.build("2024-02-01 12:00")
    before = (room.root / "public" / "atom.xml").stat().st_mtime
    lose(room)
    room.write(entry("다", published="2024-01-20"))

    rebuild(room, now="2024-02-01 12:00")

    assert b"<updated>2024-02-01T12:00:00+09:00</updated>" in room.read("/atom.xml")
    assert (room.root / "public" / "atom.xml").stat().st_mtime > before


def test_archives_are_recalled(newsroom: Unpack) -> None:
    """An entry that only an archive shows is known too."""
    feed = "-- feeds/all.yaml --\ntitle: 전체\narchive: month\nwindow: {entries: 1, hours: 0, at_most: 1}\n"
    room = newsroom(feed + entry("가", ID, published="2023-01-01") + entry("나", published="2024-01-01"))
    room.build()
    lose(room)

    report = rebuild(room)

    assert not report.outcomes
    assert report.unchanged


@pytest.fixture
def backed_up(newsroom: Unpack) -> Newsroom:
    """A newsroom whose store is an old backup: since then an article was stamped, and given another headline."""
    made = newsroom(entry("가", ID) + entry("나"))
    made.build()
    shutil.copytree(made.root / ".sosik", made.root / "backup")
    made.write(entry("나", rest="updated: 2024-02-01 10:00\n").replace("title: 나", "title: 고친 제목"))
    made.build("2024-02-01 12:00")
    lose(made)
    (made.root / "backup").rename(made.root / ".sosik")
    return made


@pytest.mark.rule(18)
def test_what_was_published_since_a_backup_is_known(backed_up: Newsroom) -> None:
    """Renamed and given another text, an article is known by the headline that the backup has not."""
    edited = entry("라", rest="updated: 2024-02-01 10:00\n").replace("title: 라", "title: 고친 제목")
    backed_up.write("-- content/나.yaml --\n(gone)\n" + edited)

    report = rebuild(backed_up)

    assert [problem.code for problem in report.errors] == ["id-changed"]
    assert Outcome.NEW not in report.outcomes.values()


@pytest.mark.rule(63)
def test_last_modified_grows_though_the_backup_had_the_same_bytes(backed_up: Newsroom) -> None:
    before = (backed_up.root / "public" / "rss.xml").stat().st_mtime
    backed_up.write(entry("나"))

    rebuild(backed_up)

    assert (backed_up.root / "public" / "rss.xml").stat().st_mtime > before


@pytest.mark.rule(30)
@pytest.mark.parametrize(
    ("date", "seen"), [("2024-01-15 10:00", ["2024-01-15T10:00:00+09:00"]), ("2024-01-17 10:00", [])]
)
def test_a_date_that_was_moved_since_a_backup_stays(newsroom: Unpack, date: str, seen: list[str]) -> None:
    """Somebody allowed it, and readers have seen it; a file with the date before is held, and the backup's article."""
    room = newsroom(entry("가", ID, published="2024-01-17 10:00") + entry("나"))
    room.build()
    shutil.copytree(room.root / ".sosik", room.root / "backup")
    room.write(entry("가", ID, published="2024-01-15 10:00"))
    room.build("2024-02-01 12:00", redate=(ID,))
    lose(room)
    (room.root / "backup").rename(room.root / ".sosik")
    room.write(entry("가", ID, published=date))

    rebuild(room)

    assert [item["date_published"] for item in room.items() if item["id"] == ID] == seen


def test_another_authority_is_refused(room: Newsroom) -> None:
    publication = (room.root / "feeds/publication.yaml").read_text("utf-8")
    room.write("-- feeds/publication.yaml --\n" + publication.replace("test.example,2010", "test.example,2024"))

    with pytest.raises(EditionRefusedError, match="authority-changed"):
        rebuild(room)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feed.json", "{"),
        ("feed.json", "[]"),
        ("feed.json", '{"version": "1", "items": []}'),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}'),
        ("atom.xml", "<feed"),
    ],
)
def test_a_feed_that_cannot_be_read_stops_the_build(room: Newsroom, name: str, text: str) -> None:
    """Half a memory would be worse than none."""
    (room.root / "public" / name).write_text(text)

    with pytest.raises(PreviousError, match=name):
        rebuild(room)


@pytest.mark.parametrize("where", ["nowhere", "content", "ftp://127.0.0.1/", "file:///etc"])
def test_where_there_are_no_feeds_is_told(room: Newsroom, where: str) -> None:
    with pytest.raises(PreviousError):
        rebuild(room, where)


def test_without_it_the_build_warns_and_says_what_to_do(room: Newsroom) -> None:
    printed = room.sosik("build")

    assert "store-missing" in printed
    assert "--previous" in printed
    lose(room)
    assert "unchanged" in room.sosik("build", "--previous", "public")


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("address", ["", "feed.json", "feeds/", "feeds/feeds.opml"])
def test_the_feeds_are_taken_from_the_web(newsroom: Unpack, address: str) -> None:
    """From any address that people know; sections and archives too, wherever they say they live."""
    feeds = "-- feeds/all.yaml --\ntitle: 전체\narchive: month\nwindow: {entries: 1, hours: 0, at_most: 1}\n"
    family = '-- feeds/sections.yaml --\neach: section\ntitle: "{value}"\npath: "section/{slug}"\n'
    room = newsroom(feeds + family + entry("가", ID, published="2023-01-01") + entry("나", rest="section: 정치\n"))
    room.build()
    lose(room)
    with serving(partial(Quiet, directory=str(room.root / "public"))) as host:
        report = rebuild(room, host + address)

    assert not report.outcomes
    assert report.unchanged


def test_a_redirect_never_leads_to_another_kind_of_address(room: Newsroom) -> None:
    class Leading(Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

    with serving(Leading) as host, pytest.raises(PreviousError, match="file:"):
        rebuild(room, host)


def test_a_server_that_fails_stops_the_build(room: Newsroom) -> None:
    class Failing(Quiet):
        def do_GET(self) -> None:
            self.send_error(500)

    with serving(Failing) as host, pytest.raises(PreviousError, match="500"):
        rebuild(room, host)


def test_a_document_without_end_is_cut_off(room: Newsroom) -> None:
    class Endless(Quiet):
        def do_GET(self) -> None:
            self.send_response(404 if self.path.endswith("published.json") else 200)
            self.end_headers()
            for _ in range(0 if self.path.endswith("published.json") else 400):
                self.wfile.write(b" " * 65_536)

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

    with serving(Endless) as host, pytest.raises(PreviousError, match="too large"):
        rebuild(room, host)


def test_a_folder_elsewhere_serves_as_well(room: Newsroom, tmp_path: Path) -> None:
    shutil.move(room.root / "public", tmp_path / "old")

    report = rebuild(room, str(tmp_path / "old"))

    assert not report.outcomes
    assert report.unchanged
