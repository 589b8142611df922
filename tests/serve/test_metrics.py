"""The metrics: what Prometheus reads is what happened, whichever worker it asks."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from newsrooms import ARTICLE, Unpack
from serve.clients import Client, wsgi_client
from serve.logged import logged_server
from serve.servers import eventually
from serve.stores import DOCUMENTS, RSS, WITHDRAWN, body_of, etag, picture_path, put_edition
from sosik.publish.answers import Poll
from sosik.serve import create_app
from sosik.serve.builder import Builder
from sosik.serve.counts import Counts, clear_counts
from sosik.site import Site

Labels = tuple[tuple[str, str], ...]


def metrics(ask: Client) -> dict[str, dict[Labels, float]]:
    """Return the samples of every metric by its name and labels."""
    reply = ask("/metrics")
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(reply.body.decode()):
        assert family.documentation.endswith(".")
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def polls(ask: Client) -> dict[tuple[str, str], int]:
    """Return the number of polls by what they are counted under and their status."""
    found = metrics(ask).get("sosik_polls_total", {})
    return {(dict(labels)["feed"], dict(labels)["status"]): int(number) for labels, number in found.items()}


@pytest.fixture
def ask(store_folder: Path) -> Iterator[Client]:
    """Give a server of its own: what others asked does not count."""
    put_edition(store_folder)
    app = create_app(store_folder)
    yield wsgi_client(app.wsgi_app)
    app.extensions["sosik"].close()


def tag(path: str) -> dict[str, str]:
    return {"If-None-Match": f'"{etag(body_of(path))}"'}


def test_polls_are_counted_by_feed_and_status(ask: Client) -> None:
    """Feeds by their path, everything else by kind; health and metrics are no polls."""
    for number, (target, headers) in enumerate(
        [
            ("/rss.xml", {}),
            ("/rss.xml?a=b", tag("/rss.xml")),
            ("/section/%EC%A0%95%EC%B9%98/rss.xml", {}),
            ("/old/all.xml", {}),
            ("/archive/2024-01/rss.xml", {}),
            ("/feeds/", {}),
            (picture_path(), {}),
            (WITHDRAWN, {}),
            ("/feeds", {}),
            ("/nothing", {}),
            ("/rss.xml", {"If-Match": '"other"'}),
            ("/healthz", {}),
        ],
        start=1,
    ):
        for _ in range(number):
            ask(target, headers)
    ask("/rss.xml", method="POST")
    ask("/rss.xml", {"If-Modified-Since": "Tue, 14 Nov 2033 22:13:21 GMT"}, method="HEAD")

    assert polls(ask) == {
        ("/rss.xml", "200"): 1,
        ("/rss.xml", "304"): 3,
        ("/section/정치/rss.xml", "200"): 3,
        ("/old/all.xml", "200"): 4,
        ("archive", "200"): 5,
        ("page", "200"): 6,
        ("media", "200"): 7,
        ("page", "410"): 8,
        ("other", "301"): 9,
        ("other", "404"): 10,
        ("/rss.xml", "412"): 11,
        ("/rss.xml", "405"): 1,
    }


def test_bytes_sent_and_saved(ask: Client) -> None:
    """A 304 saves what the same coding would have sent; of gzip that is known once it was made."""
    plain = body_of("/rss.xml")
    not_yet = {**tag("/rss.xml"), "Accept-Encoding": "gzip"}
    ask("/rss.xml", not_yet)
    for _ in range(2):
        ask("/rss.xml", tag("/rss.xml"))
    packed = ask("/rss.xml", {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain
    for _ in range(3):
        ask("/rss.xml", {"If-None-Match": packed.headers["etag"], "Accept-Encoding": "gzip"})
    ask("/rss.xml", method="HEAD")

    found = metrics(ask)
    labels = (("feed", "/rss.xml"),)
    assert found["sosik_sent_bytes_total"][labels] == len(packed.body)
    assert found["sosik_saved_bytes_total"][labels] == 2 * len(plain) + 3 * len(packed.body)


def test_a_new_edition_goes_on_counting(ask: Client, store_folder: Path) -> None:
    ask("/rss.xml")
    put_edition(store_folder, 2)
    eventually(lambda: ask("/rss.xml").body == body_of("/rss.xml", 2))

    assert polls(ask)["/rss.xml", "200"] >= 2
    assert metrics(ask)["sosik_edition"][()] == 2


def test_names_are_bounded_however_many_feeds_there_are(store_folder: Path) -> None:
    """The feeds nearest to the root keep their names, in every worker the same ones."""
    feeds = {f"/tag/{number:04}/rss.xml": (RSS, b"<rss/>") for number in range(400)}
    put_edition(store_folder, documents={**DOCUMENTS, **feeds})
    app = create_app(store_folder)
    ask = wsgi_client(app.wsgi_app)
    for path in [*feeds, "/rss.xml", "/feed.json", "/section/정치/rss.xml"]:
        ask(quote(path))
    app.extensions["sosik"].close()

    found = polls(ask)
    assert sum(found.values()) == 403
    assert len(found) <= 301
    assert found["feed", "200"] == 403 - (len(found) - 1)
    assert found["/rss.xml", "200"] == found["/feed.json", "200"] == found["/tag/0000/rss.xml", "200"] == 1
    assert ("/tag/0399/rss.xml", "200") not in found


def test_strangers_make_no_names(ask: Client) -> None:
    before = len(metrics(ask).get("sosik_polls_total", {}))
    for number in range(50):
        ask(f"/rss.xml{number}")
        ask(f"/{number}/rss.xml", {"User-Agent": f"agent {number}"})

    assert len(polls(ask)) - before == 1


def test_editions_documents_and_builds(ask: Client) -> None:
    found = metrics(ask)

    assert found["sosik_edition"] == {(): 1}
    assert found["sosik_edition_composed_timestamp_seconds"] == {(): 1_700_000_001}
    assert found["sosik_documents"] == {(): len(DOCUMENTS) + 2}
    assert found["sosik_build_ok"] == {(): 1}
    assert "sosik_build_problems" not in found


def test_problems_are_counted_by_code_and_told_without_their_texts(newsroom: Unpack) -> None:
    """Who can reach the server reads how many there are; file names and headlines are for the log of the server."""
    made = newsroom(
        f"-- content/first.yaml --\n{ARTICLE}"
        "-- content/secret-1.yaml --\ntitle: [단독] 시장 사퇴\n-- content/secret-2.yaml --\ntitle: [단독] 또 사퇴\n"
        "-- content/secret.txt --\n비밀\n"
    )
    builder = Builder(Site(made.root))
    builder.build()
    app = create_app(made.root / ".sosik")
    ask = wsgi_client(app.wsgi_app)

    health = ask("/healthz")
    problems = json.loads(health.body)["problems"]
    assert problems["headline-quote"] == 2
    assert "file-type" not in problems
    found = metrics(ask)["sosik_build_problems"]
    assert found[(("code", "headline-quote"), ("severity", "error"))] == 2
    assert found[(("code", "file-type"), ("severity", "warning"))] == 1
    for told in (health.body.decode(), ask("/metrics").body.decode()):
        assert "secret" not in told
        assert "사퇴" not in told

    made.write("-- feeds/publication.yaml --\ntitle: 시험일보\n")
    builder.build()
    assert json.loads(ask("/healthz").body)["status"] == "failing"
    assert json.loads(ask("/healthz").body)["problems"].keys() == {"config-key"}
    assert metrics(ask)["sosik_build_ok"] == {(): 0}
    app.extensions["sosik"].close()


def test_a_store_that_is_damaged_is_told_by_a_code(ask: Client, store_folder: Path) -> None:
    (store_folder / "broken").write_bytes(b"no database" * 1000)
    (store_folder / "broken").rename(store_folder / "site.db")

    eventually(lambda: json.loads(ask("/healthz").body)["problems"] == {"store-damaged": 1})
    assert ask("/metrics").status == 200


def test_a_server_goes_on_when_a_newer_sosik_has_brought_the_store_along(ask: Client, store_folder: Path) -> None:
    assert ask("/rss.xml").status == 200
    store = sqlite3.connect(store_folder / "site.db")
    store.executescript("ALTER TABLE document RENAME TO document_of_old; PRAGMA user_version = 99")
    store.close()

    eventually(lambda: json.loads(ask("/healthz").body)["problems"] == {"store-newer": 1})

    assert ask("/rss.xml").body == body_of("/rss.xml")
    assert ask("/healthz").status == 200


def test_counters_begin_again_when_they_are_cleared(store_folder: Path) -> None:
    put_edition(store_folder)
    for expected in (1, 2):
        counts = Counts(store_folder)
        counts.count(Poll("/rss.xml", 200, 10))
        assert counts.total()["polls", "/rss.xml", 200] == expected
        counts.close()

    clear_counts(store_folder)

    assert Counts(store_folder).total() == {}


@pytest.mark.parametrize("left", ["", "{", "[]", "[[1]]", '{"a": 1}', "\x00"])
def test_damaged_counts_are_none(store_folder: Path, left: str) -> None:
    put_edition(store_folder)
    (store_folder / "metrics").mkdir()
    (store_folder / "metrics" / "0.json").write_text(left)
    counts = Counts(store_folder)
    counts.count(Poll("/rss.xml", 200, 10))

    assert counts.total()["polls", "/rss.xml", 200] == 1


def test_counts_that_cannot_be_kept_harm_no_answer(
    store_folder: Path, ask: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Then a worker tells what it counted itself."""
    (store_folder / "metrics").write_text("in the way")

    ask("/rss.xml")
    assert polls(ask) == {("/rss.xml", "200"): 1}
    ask("/rss.xml")
    assert polls(ask) == {("/rss.xml", "200"): 2}
    assert caplog.text.count("cannot be counted") == 1


FORKED = """
import os, sys
from pathlib import Path
from prometheus_client.parser import text_string_to_metric_families
from serve.clients import wsgi_client
from serve.stores import put_edition
from sosik.serve import create_app

def polls(ask):
    families = {family.name: family for family in text_string_to_metric_families(ask("/metrics").body.decode())}
    return sum(sample.value for sample in families["sosik_polls"].samples)

folder = Path(sys.argv[1])
put_edition(folder)
app = create_app(folder, access_log=Path(sys.argv[2]))
ask = wsgi_client(app.wsgi_app)
for _ in range(3):
    ask("/rss.xml?parent")
child = os.fork()
for _ in range(4):
    ask("/rss.xml?child" if not child else "/rss.xml?parent")
polls(ask)
if not child:
    app.extensions["sosik"].close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert polls(ask) == 3 + 4 + 4, polls(ask)
"""


def test_an_application_loaded_before_a_fork_counts_and_writes_nothing_twice(
    store_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    subprocess.run(
        [sys.executable, "-c", FORKED, str(store_folder), str(log)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
        timeout=60,
    )

    lines = log.read_text().splitlines()
    assert sum("?child" in line for line in lines) == 4
    assert sum("?parent" in line for line in lines) == 7


# --- Granian's workers


def test_any_worker_tells_the_sum_and_no_death_takes_from_it(store_folder: Path, tmp_path: Path) -> None:
    with logged_server(store_folder, tmp_path / "access.log") as server:

        def told() -> dict[tuple[str, str], int]:
            return polls(server.ask)

        def poll(_: int) -> int:
            return server.ask("/rss.xml", tag("/rss.xml")).status

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(poll, range(300))) == {304}
        # Other workers keep their counts within a second; none is ever told of more than there were.
        eventually(lambda: told() == {("/rss.xml", "304"): 300})

        for killed in server.workers():
            os.kill(killed, signal.SIGKILL)
            eventually(lambda killed=killed: killed not in server.workers() and len(server.workers()) == 2)  # type: ignore[misc]  # a default cannot be typed
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda _: told()["/rss.xml", "304"], range(40))) == {300}
            assert set(pool.map(poll, range(100))) == {304}
        eventually(lambda: told() == {("/rss.xml", "304"): 400})
        assert len(list((store_folder / "metrics").glob("*.json"))) <= 2


def test_counters_never_go_back_while_polls_go_on(store_folder: Path, tmp_path: Path) -> None:
    """Each scrape may reach another worker."""
    with logged_server(store_folder, tmp_path / "access.log") as server, ThreadPoolExecutor(4) as pool:
        polling = [pool.submit(server.ask, "/rss.xml") for _ in range(400)]
        newest = 0
        while not all(done.done() for done in polling):
            number = sum(polls(server.ask).values())
            assert number >= newest
            newest = number
        eventually(lambda: sum(polls(server.ask).values()) == 400)
