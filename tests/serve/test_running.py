"""`serve` as a newsroom runs it: processes that build, answer, die and come back, and end together."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom, Unpack
from serve.servers import HOST, Server, eventually, free_port, processes, serving
from sosik.site import Site
from sosik.store import open_snapshot

SERVE = """
import sys
from pathlib import Path
from sosik.serve.run import serve
options = {"drafts": True} if "drafts" in sys.argv else {"watch": False} if "still" in sys.argv else {}
sys.exit(serve(Path(sys.argv[1]), port=int(sys.argv[2]), workers=2, onstart=print, **options))
"""

AGREED = 1.0
"""Seconds after which all workers answer from the same edition."""


@contextmanager
def serving_newsroom(made: Newsroom, *options: str) -> Iterator[Server]:
    port = free_port()
    with serving(SERVE, made.root, str(port), *options, port=port, said=made.root.parent / "said") as server:
        yield server


def body(server: Server, path: str = "/feed.json") -> str:
    reply = server.ask(quote(path))
    return reply.body.decode() if reply.status == 200 else ""


def published(made: Newsroom) -> str:
    with closing(open_snapshot(made.root / ".sosik")) as snapshot, snapshot.reading():
        return (snapshot.body("/feed.json") or b"").decode()


def health(server: Server) -> dict[str, object]:
    found: dict[str, object] = json.loads(server.ask("/healthz").body)
    return found


def test_what_is_served_is_what_is_published(newsroom: Unpack) -> None:
    """The one law: for a path, the bytes served are the bytes published."""
    made = newsroom()
    with serving_newsroom(made) as server:
        Site(made.root).publish(made.root / "public")
        snapshot = open_snapshot(made.root / ".sosik")
        paths = [head.path for head in snapshot.heads()]
        snapshot.close()
        assert "/rss.xml" in paths
        for path in paths:
            published = made.read(f"{path}index.html" if path.endswith("/") else path)
            assert server.ask(quote(path)).body == published, path
        eventually(lambda: f"http://{HOST}:{server.port}/rss.xml" in server.output)
        assert f"http://{HOST}:{server.port}/feeds/" in server.output


@pytest.mark.rule(32, 77)
def test_edits_embargoes_and_broken_files(newsroom: Unpack) -> None:
    """What changes on disk, and what falls due, is served soon; what cannot be built leaves the last edition up."""
    made = newsroom()
    with serving_newsroom(made) as server:
        before = server.ask("/rss.xml")

        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
        eventually(lambda: "고친 본문" in body(server))
        time.sleep(AGREED)
        after = server.ask("/rss.xml", {"If-None-Match": before.headers["etag"]})
        assert after.status == 200
        assert after.headers["last-modified"] != before.headers["last-modified"]

        due = datetime.now(UTC) + timedelta(seconds=4)
        made.write(
            "-- content/later.yaml --\n"
            + ARTICLE.replace("aaaaaaaaaaaa", "bbbbbbbbbbbb")
            .replace("첫 기사", "엠바고 기사")
            .replace("2024-01-16 15:20", due.isoformat(timespec="seconds"))
        )
        eventually(lambda: "엠바고 기사" in body(server))
        assert datetime.now(UTC) >= due - timedelta(seconds=1)

        time.sleep(AGREED)
        good = server.ask("/rss.xml").body
        made.write("-- feeds/publication.yaml --\ntitle: 시험일보\n")
        eventually(lambda: health(server)["status"] == "failing")
        assert "config-key" in str(health(server)["problems"])
        assert "authority" in server.output
        assert server.ask("/rss.xml").body == good

        made.write(f"-- feeds/publication.yaml --\n{PUBLICATION}")
        eventually(lambda: health(server)["status"] == "ok")

        made.write("-- content/bad.yaml --\ntitle: [단독] 시장 사퇴\n")
        eventually(lambda: "headline-quote" in str(health(server)["problems"]))
        assert health(server)["status"] == "ok"
        assert "bad.yaml:1" in server.output
        assert server.ask("/rss.xml").body == good


@pytest.mark.parametrize("options", [(), ("still",)])
def test_what_keeps_articles_back_is_told_once(newsroom: Unpack, options: tuple[str, ...]) -> None:
    """Two processes build at the start, or one that is to tell it all."""
    later = datetime.now(UTC) + timedelta(days=100)
    made = newsroom(
        f"-- content/first.yaml --\n{ARTICLE}"
        "-- content/broken.yaml --\ntitle: [열림\n"
        "-- content/draft.yaml --\ntitle: 초안\nstatus: draft\n"
        f"-- content/later.yaml --\ntitle: 나중\npublished: {later:%Y-%m-%d} 09:00\nbody: 글입니다.\n"
    )
    said = ("Held back", "1 draft not released", "later.yaml is scheduled for", "Edition 1: 1 new, 1 held")
    with serving_newsroom(made, *options) as server:
        if not options:
            made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문입니다.', '고친 본문입니다.')}")
            eventually(lambda: "Edition 2" in server.output)
        eventually(lambda: all(words in server.output for words in said))  # an edition is told of line by line
        assert {words: server.output.count(words) for words in said} == dict.fromkeys(said, 1), server.output


def test_a_folder_put_in_place_of_another_is_read(newsroom: Unpack) -> None:
    """A deployment renames a new content/ into place; the watch on the old one sees nothing of it."""
    made = newsroom()
    with serving_newsroom(made) as server:
        made.write(f"-- next/first.yaml --\n{ARTICLE.replace('본문', '옮긴 본문')}")
        (made.root / "content").rename(made.root / "before")
        (made.root / "next").rename(made.root / "content")
        eventually(lambda: "옮긴 본문" in body(server))

        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '다시 고친 본문')}")
        eventually(lambda: "다시 고친 본문" in body(server))


def test_a_store_put_in_place_of_another_is_built_on(newsroom: Unpack) -> None:
    """A backup may know less than readers do, and no file of content/ changes with it."""
    made = newsroom()
    backup = made.root / "backup"
    backup.mkdir()
    with serving_newsroom(made) as server:
        eventually(lambda: body(server))
        with (
            closing(sqlite3.connect(made.root / ".sosik/site.db")) as store,
            closing(sqlite3.connect(backup / "site.db")) as copy,
        ):
            store.backup(copy)
        made.write(f"-- content/second.yaml --\n{ARTICLE.replace('aaaa', 'bbbb').replace('본문', '둘째 글')}")
        eventually(lambda: "둘째 글" in body(server))

        (made.root / ".sosik").rename(made.root / "before")
        backup.rename(made.root / ".sosik")

        eventually(lambda: "둘째 글" in published(made))


@pytest.mark.rule(77)
def test_nothing_published_yet_is_a_503_until_there_is(newsroom: Unpack) -> None:
    made = newsroom("-- feeds/publication.yaml --\ntitle: 시험일보\n")
    with serving_newsroom(made) as server:
        reply = server.ask("/rss.xml")
        assert reply.status == 503
        assert int(reply.headers["retry-after"]) > 0

        made.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- content/first.yaml --\n{ARTICLE}")
        eventually(lambda: "첫 기사" in body(server))


def test_who_is_killed_comes_back_and_all_end_together(newsroom: Unpack) -> None:
    made = newsroom()
    with serving_newsroom(made) as server:
        eventually(lambda: len(server.workers()) == 2)
        for _ in range(2):
            killed = server.workers()[0]
            os.kill(killed, signal.SIGKILL)
            eventually(lambda killed=killed: killed not in server.workers() and len(server.workers()) == 2)  # type: ignore[misc]  # a default cannot be typed
            eventually(lambda: server.ask("/rss.xml").status == 200)

        os.kill(server.builder(), signal.SIGKILL)
        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '새 본문')}")
        eventually(lambda: "새 본문" in body(server))
        assert server.stop(signal.SIGINT) == 0


def test_all_end_when_the_first_process_is_killed(newsroom: Unpack) -> None:
    with serving_newsroom(newsroom()) as server:
        eventually(lambda: len(server.workers()) == 2)
        server.process.kill()
        server.process.wait()
        eventually(lambda: not processes(session=server.process.pid))


def test_workers_agree_within_a_second_and_lose_no_request(newsroom: Unpack) -> None:
    """Editions change while others poll; when a worker is killed, only connections open to it are lost."""
    made = newsroom()
    with serving_newsroom(made) as server, ExitStack() as stack:
        eventually(lambda: len(server.workers()) == 2)
        done, wrong, lost = Event(), [], []

        def poll() -> None:
            while not done.is_set():
                with closing(http.client.HTTPConnection(HOST, server.port, timeout=20)) as connection:
                    try:
                        while not done.is_set():
                            connection.request("GET", "/rss.xml", headers={"Accept-Encoding": "gzip"})
                            answer = connection.getresponse()
                            if answer.status != 200 or len(answer.read()) != int(answer.headers["Content-Length"]):
                                wrong.append(answer.status)
                    except (OSError, http.client.HTTPException) as error:
                        lost.append(error)

        pollers = [Thread(target=poll) for _ in range(4)]
        for poller in pollers:
            poller.start()
            stack.callback(poller.join)
        stack.callback(done.set)
        for number in range(3):
            made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', f'{number}판 본문')}")
            eventually(lambda number=number: f"{number}판 본문" in body(server))  # type: ignore[misc]  # as above
            time.sleep(AGREED)
            assert all(f"{number}판 본문" in body(server) for _ in range(20))
        assert not lost

        killed = server.workers()[0]
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: killed not in server.workers() and len(server.workers()) == 2)
        assert not wrong
        assert len(lost) <= len(pollers)


def test_drafts_are_shown_on_this_machine_and_touch_nothing(newsroom: Unpack) -> None:
    draft = ARTICLE.replace("aaaaaaaaaaaa", "cccccccccccc").replace("첫 기사", "초고") + "status: draft\n"
    made = newsroom(f"-- content/first.yaml --\n{ARTICLE}-- content/draft.yaml --\n{draft}")
    with serving_newsroom(made, "drafts") as server:
        assert "초고" in body(server)
    made.build()
    assert made.titles() == ["첫 기사"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104  # it must be refused
def test_drafts_never_leave_this_machine(newsroom: Unpack, host: str) -> None:
    said = newsroom().sosik("serve", "--drafts", "--host", host, "--port", "0", status=1)

    assert "--drafts" in said


def test_a_port_in_use_is_said_plainly(newsroom: Unpack) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = str(other.getsockname()[1])

        said = newsroom().sosik("serve", "--port", port, status=1)

    assert port in said
    assert "--port" in said


def test_two_servers_never_share_a_port(newsroom: Unpack) -> None:
    """Else each would answer every other request."""
    made = newsroom()
    with serving_newsroom(made) as server:
        assert str(server.port) in made.sosik("serve", "--port", str(server.port), status=1)


def test_an_unknown_host_is_said_plainly(newsroom: Unpack) -> None:
    assert "no-such-host.invalid" in newsroom().sosik("serve", "--host", "no-such-host.invalid", status=1)


def test_without_a_publication_there_is_nothing_to_serve(tmp_path: Path) -> None:
    assert "publication.yaml" in Newsroom(tmp_path).sosik("serve", "--port", "0", status=1)


def test_importing_the_package_imports_neither_flask_nor_granian() -> None:
    script = "import sys, sosik.serve; sys.exit(bool({'flask', 'granian', 'watchfiles'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
