"""Editions change under the server: every answer is whole, the newest counts, and the last good one stays up."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from serve.clients import Client, Reply, wsgi_client
from serve.servers import eventually
from serve.stores import DOCUMENTS, HTML, PICTURE, body_of, etag, picture_path, put_edition
from sosik.serve import create_app
from sosik.serve.editions import Editions
from sosik.serve.polls import Polls
from sosik.serve.shelf import Shelf
from sosik.serve.status import BuildStatus, write_status

pytestmark = pytest.mark.server

ON_DEMAND = ["/feeds/", "/feeds/정치/", "/archive/2024-01/rss.xml", "/"]
IN_MEMORY = ["/rss.xml", "/atom.xml", "/feed.json", "/section/정치/rss.xml"]


@pytest.fixture
def serve(store_folder: Path) -> Iterator[Callable[[], Client]]:
    """Give a function that begins to serve the store."""
    apps = []

    def begin() -> Client:
        app = create_app(store_folder)
        apps.append(app)
        return wsgi_client(app.wsgi_app)

    yield begin
    for app in apps:
        app.extensions["sosik"].close()


@pytest.fixture
def unwatched(store_folder: Path) -> Iterator[tuple[Client, Editions]]:
    """Give a server that notices a new edition only by what it stumbles on."""
    put_edition(store_folder)
    editions = Editions(store_folder)
    editions.refresh()
    yield wsgi_client(Polls(nothing_else, editions)), editions
    editions.close()


def nothing_else(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return []


def number_in(reply: Reply) -> int:
    """Return the number of the edition that a document of `put_edition` is of, having proved that it is whole."""
    assert reply.status == 200
    packed = reply.headers.get("content-encoding") == "gzip"
    body = gzip.decompress(reply.body) if packed else reply.body
    assert reply.headers["etag"] == f'"{etag(body)}{"-gzip" * packed}"'
    numbers = {int(digits) for digits in "".join(c if c.isdigit() else " " for c in body.decode()).split()}
    (number,) = numbers
    return number


def test_a_new_edition_is_noticed(serve: Callable[[], Client], store_folder: Path) -> None:
    put_edition(store_folder)
    ask = serve()
    first = {path: ask(quote(path)) for path in DOCUMENTS}

    put_edition(store_folder, 2)

    eventually(lambda: number_in(ask("/rss.xml")) == 2)
    for path in DOCUMENTS:
        reply = ask(quote(path), {"If-None-Match": first[path].headers["etag"]})
        assert reply.body == body_of(path, 2)
        assert reply.headers["last-modified"] > first[path].headers["last-modified"]


def test_what_did_not_change_is_kept_whole(unwatched: tuple[Client, Editions], store_folder: Path) -> None:
    """A new edition costs what it changed: the other answers, and their bytes, are taken over."""
    ask, editions = unwatched
    ask("/rss.xml", {"Accept-Encoding": "gzip"})
    before = editions.table.answers["/rss.xml"]

    put_edition(store_folder, 1, documents={**DOCUMENTS, "/new/rss.xml": DOCUMENTS["/rss.xml"]})
    editions.refresh()

    assert editions.table.answers["/rss.xml"] is before
    assert "/new/rss.xml" in editions.table.answers


def test_what_was_asked_for_is_ready_before_the_edition_is_taken(
    unwatched: tuple[Client, Editions], store_folder: Path
) -> None:
    """No reader waits for the compression of a feed that others polled before it changed."""
    ask, editions = unwatched
    ask("/rss.xml", {"Accept-Encoding": "gzip"})

    put_edition(store_folder, 2)
    editions.refresh()

    ready = editions.table.answers["/rss.xml"].packed.full
    assert ready is not None
    assert gzip.decompress(ready.body) == body_of("/rss.xml", 2)
    assert editions.table.answers["/rss.xml"].plain.full is None


@pytest.mark.parametrize("path", ON_DEMAND + IN_MEMORY)
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_bytes_read_late_bring_their_whole_edition(
    unwatched: tuple[Client, Editions], store_folder: Path, path: str, accepted: str
) -> None:
    """A document is read from the store when asked for; if that is newer by then, so is every later answer."""
    ask, _ = unwatched
    assert number_in(ask("/rss.xml", {"Accept-Encoding": "gzip"})) == 1

    put_edition(store_folder, 2)

    late = number_in(ask(quote(path), {"Accept-Encoding": accepted}))
    for other in DOCUMENTS:
        assert number_in(ask(quote(other))) >= late


def test_every_answer_under_changing_editions_is_whole_and_none_goes_back(
    serve: Callable[[], Client], store_folder: Path
) -> None:
    put_edition(store_folder)
    ask = serve()
    done, failures = Event(), []

    def poll() -> None:
        try:
            newest = 1
            while not done.is_set():
                for path in DOCUMENTS:
                    number = number_in(ask(quote(path), {"Accept-Encoding": "gzip"}))
                    assert number >= newest, f"{path} went back from {newest} to {number}"
                    newest = number
                    sleep(0.001)
        except AssertionError as error:
            failures.append(error)

    readers = [Thread(target=poll) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, 30):
        put_edition(store_folder, number)
        sleep(0.02)
    done.set()
    for reader in readers:
        reader.join()

    assert not failures
    eventually(lambda: number_in(ask("/rss.xml")) == 29)


def test_what_an_edition_drops_is_gone(serve: Callable[[], Client], store_folder: Path) -> None:
    """Readers stop asking on a 410; a 404 they try again."""
    put_edition(store_folder)
    ask = serve()
    paths = [quote(path) for path in ("/section/정치/rss.xml", "/feeds/정치/")]
    assert all(ask(path).status == 200 for path in paths)

    left = {path: found for path, found in DOCUMENTS.items() if quote(path) not in paths}
    put_edition(store_folder, 2, documents=left)

    eventually(lambda: [ask(path).status for path in paths] == [410, 410])
    assert ask(paths[0], method="HEAD").status == 410
    assert ask("/never/rss.xml").status == 404

    put_edition(store_folder, 3)
    eventually(lambda: [ask(path).status for path in paths] == [200, 200])


@pytest.mark.rule(77)
def test_without_an_edition_everything_is_a_503(serve: Callable[[], Client], store_folder: Path) -> None:
    ask = serve()

    for target in ("/rss.xml", "/feeds/", "/anything"):
        reply = ask(target)
        assert reply.status == 503
        assert int(reply.headers["retry-after"]) > 0
    health = ask("/healthz")
    assert (health.status, json.loads(health.body)["status"]) == (503, "empty")
    assert int(health.headers["retry-after"]) > 0

    put_edition(store_folder)

    eventually(lambda: ask("/rss.xml").status == 200)


def test_a_store_put_in_place_of_another_is_noticed(serve: Callable[[], Client], store_folder: Path) -> None:
    """A restored backup is another file under the same name."""
    put_edition(store_folder)
    ask = serve()
    assert number_in(ask("/feeds/")) == 1

    put_edition(store_folder / "backup", 7)
    for left in store_folder.glob("site.db*"):
        left.unlink()
    (store_folder / "backup" / "site.db").rename(store_folder / "site.db")

    eventually(lambda: number_in(ask("/rss.xml")) == 7)
    eventually(lambda: number_in(ask("/feeds/")) == 7)


@pytest.mark.rule(77)
def test_a_store_that_cannot_be_read_leaves_the_last_good_bytes_up(
    serve: Callable[[], Client], store_folder: Path
) -> None:
    put_edition(store_folder)
    ask = serve()
    ask("/rss.xml")

    (store_folder / "broken").write_bytes(b"no database" * 1000)
    (store_folder / "broken").rename(store_folder / "site.db")

    eventually(lambda: json.loads(ask("/healthz").body)["status"] == "failing")
    assert ask("/rss.xml").body == body_of("/rss.xml")
    assert ask("/atom.xml", {"If-None-Match": f'"{etag(body_of("/atom.xml"))}"'}).status == 304
    missing = ask("/archive/2024-01/rss.xml")
    assert missing.status == 503
    assert int(missing.headers["retry-after"]) > 0


def test_a_picture_that_is_missing_is_no_picture_and_no_crash(serve: Callable[[], Client], store_folder: Path) -> None:
    put_edition(store_folder)
    ask = serve()
    (kept,) = (path for path in (store_folder / "media").rglob("*") if path.is_file())

    kept.unlink()
    assert ask(picture_path()).status == 503

    kept.write_bytes(PICTURE)
    assert ask(picture_path()).body == PICTURE


def test_a_failed_build_shows_in_health_and_metrics(serve: Callable[[], Client], store_folder: Path) -> None:
    put_edition(store_folder)
    ask = serve()

    write_status(store_folder, BuildStatus(succeeded=False, at=2_000_000_000, problems={"config-key": 1}))

    found = json.loads(ask("/healthz").body)
    assert ask("/healthz").status == 200
    assert (found["status"], found["problems"]) == ("failing", {"config-key": 1})
    assert "sosik_build_ok 0.0\n" in ask("/metrics").body.decode()

    write_status(store_folder, BuildStatus(at=2_000_000_001))
    assert json.loads(ask("/healthz").body)["status"] == "ok"


@pytest.mark.parametrize(
    "left", ["", "{", "[]", '{"succeeded": 1}', '{"succeeded": false, "at": 1, "problems": ["a"]}', "\x00"]
)
def test_a_damaged_status_is_none(serve: Callable[[], Client], store_folder: Path, left: str) -> None:
    put_edition(store_folder)
    (store_folder / "build.json").write_text(left)

    assert json.loads(serve()("/healthz").body)["status"] == "ok"


def test_memory_is_bounded_however_much_is_asked_for(store_folder: Path) -> None:
    pages = {f"/articles/{number:04}/": (HTML, os.urandom(10_000).hex().encode()) for number in range(200)}
    put_edition(store_folder, documents={**DOCUMENTS, **pages})
    limit = 500_000
    editions = Editions(store_folder, memory=limit)
    editions.refresh()
    ask = wsgi_client(Polls(nothing_else, editions))

    for edition in (1, 2, 3):
        for path, (_, body) in pages.items():
            assert ask(path).body == body
            assert gzip.decompress(ask(path, {"Accept-Encoding": "gzip"}).body) == body
            known = [answer for answer in editions.table.answers.values() if not answer.is_polled]
            assert sum(answer.size for answer in known) <= limit
        pages = {path: (HTML, b"again" + body * 2) for path, (_, body) in pages.items()}
        put_edition(store_folder, edition + 1, documents={**DOCUMENTS, **pages})
        editions.refresh()
    editions.close()


def test_the_shelf_forgets_what_was_not_used(unwatched: tuple[Client, Editions]) -> None:
    ask, editions = unwatched
    for path in ON_DEMAND:
        ask(quote(path))
    first, second, third, _ = (answer for answer in editions.table.answers.values() if not answer.is_polled)
    shelf = Shelf(2 * max(first.size, second.size, third.size) + 100)
    first.used, second.used = True, False

    assert shelf.put(first) == []
    assert shelf.put(second) == []
    assert shelf.put(third) == [second]
    assert (second.plain.full, first.plain.full is None) == (None, False)


MANY_EDITIONS = """
import re, sys
from pathlib import Path
from serve.clients import wsgi_client
from serve.stores import DOCUMENTS, put_edition
from sosik.serve.editions import Editions
from sosik.serve.polls import Polls
from urllib.parse import quote

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

folder = Path(sys.argv[1])
documents = {path: (DOCUMENTS[path][0], DOCUMENTS[path][1] * 20) for path in ("/rss.xml", "/feeds/")}
editions = Editions(folder)
ask = wsgi_client(Polls(lambda _environ, _start: [], editions))
for number in range(1, 1001):
    put_edition(folder, number, documents=documents)
    editions.refresh()
    for path in documents:
        assert ask(quote(path), {"Accept-Encoding": "gzip"}).status == 200
    if number == 100:
        before = resident()
print(resident() / before)
"""


def test_a_thousand_editions_take_no_more_memory_than_a_hundred(store_folder: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc, which this system lacks")
    done = subprocess.run(
        [sys.executable, "-c", MANY_EDITIONS, str(store_folder)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert float(done.stdout) <= 1.05


FORKING = """
import os, sys, time
from pathlib import Path
from serve.clients import wsgi_client
from serve.stores import put_edition
from sosik.serve import create_app

folder = Path(sys.argv[1])
put_edition(folder)
ask = wsgi_client(create_app(folder).wsgi_app)
assert b"1" in ask("/feeds/").body
ready, told = os.pipe()
child = os.fork()
if not child:
    os.read(ready, 1)
    end = time.monotonic() + 20
    while b"2" not in ask("/rss.xml").body and time.monotonic() < end:
        time.sleep(0.02)
    os._exit(b"2" not in ask("/feeds/").body)
put_edition(folder, 2)
os.write(told, b".")
end = time.monotonic() + 20
while b"2" not in ask("/rss.xml").body and time.monotonic() < end:
    time.sleep(0.02)
assert b"2" in ask("/rss.xml").body
assert os.waitpid(child, 0)[1] == 0
"""


def test_an_application_loaded_before_a_fork_notices_editions_after_it(store_folder: Path) -> None:
    """As gunicorn does it with --preload."""
    subprocess.run(
        [sys.executable, "-c", FORKING, str(store_folder)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
        timeout=60,
    )
