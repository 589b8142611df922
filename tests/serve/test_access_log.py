"""The access log: one line for every answer, whatever was asked, and no answer harmed by it."""

import json
import logging
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsrooms import Newsroom
from serve.logged import Logged, logged_application, logged_server, parsed
from serve.servers import eventually
from serve.stores import body_of, etag, picture_path, put_edition
from sosik.audience.lines import parse_line
from sosik.serve import access_log, create_app
from sosik.serve.access_lines import TIME, Said, lines, stamp

RSS_TAG = f'"{etag(body_of("/rss.xml"))}"'
PROXIES = ("10.0.0.0/8", "fd00::/8")


@pytest.fixture
def logged(store_folder: Path, tmp_path: Path) -> Iterator[Logged]:
    with logged_application(store_folder, tmp_path / "access.log", proxies=PROXIES) as found:
        yield found


ANSWERS = [
    ("GET", "/rss.xml", {}, 200),
    ("GET", "/rss.xml", {}, 200),
    ("GET", "/rss.xml", {"If-None-Match": RSS_TAG}, 304),
    ("GET", "/rss.xml", {"If-Modified-Since": "Tue, 14 Nov 2033 22:13:21 GMT"}, 304),
    ("GET", "/rss.xml", {"If-Match": '"other"'}, 412),
    ("HEAD", "/rss.xml", {}, 200),
    ("OPTIONS", "/rss.xml", {}, 204),
    ("POST", "/rss.xml", {}, 405),
    ("GET", "/section/%EC%A0%95%EC%B9%98/rss.xml", {"Accept-Encoding": "gzip"}, 200),
    ("GET", "/feeds", {}, 301),
    ("GET", "/feeds/", {}, 200),
    ("GET", picture_path(), {}, 200),
    ("GET", "/articles/k7m2q9x4t1zb/", {}, 410),
    ("GET", "/nothing%20here", {}, 404),
    ("POST", "/healthz", {}, 405),
    ("GET", "/healthz", {}, 200),
    ("HEAD", "/metrics", {}, 200),
    ("GET", "/feed.json?utm_source=a&b=%22", {}, 200),
]


def stamped(text: str) -> datetime:
    return datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z")


def test_every_answer_is_a_line(logged: Logged) -> None:
    """Polls, errors, and what Flask answers: with the request as it came, the status and the bytes of the body."""
    before = datetime.now(UTC).replace(microsecond=0)
    replies = [
        logged.ask(
            target, {"Referer": "https://haenuri.example/", "User-Agent": "newsboat/2.36", **headers}, method=method
        )
        for method, target, headers, _ in ANSWERS
    ]

    found = logged.fields(len(ANSWERS))
    for (method, target, _, status), reply, line in zip(ANSWERS, replies, found, strict=True):
        assert line["request"] == f"{method} {target} HTTP/1.1"
        assert int(line["status"]) == reply.status == status
        assert int(line["size"]) == len(reply.body)
        assert (line["referer"], line["agent"]) == ("https://haenuri.example/", "newsboat/2.36")
        assert line["address"] == "192.0.2.1"
        assert before <= stamped(line["stamp"]) <= datetime.now(UTC)


AGAIN: list[dict[str, str]] = [
    {},
    {"Accept-Encoding": "gzip"},
    {"If-Match": '"other"'},
    {"If-Unmodified-Since": "Tue, 14 Nov 1995 22:13:21 GMT"},
    {"User-Agent": "newsboat/2.36"},
    {"Referer": "https://haenuri.example/"},
    {"Peer": "192.0.2.2"},
    {"Peer": "10.0.0.1", "X-Forwarded-For": "198.51.100.7"},
    {"User-Agent": "a" * 2_000},
]


def test_what_is_remembered_of_a_poll_changes_no_answer_and_no_line(
    store_folder: Path, logged: Logged, tmp_path: Path
) -> None:
    """Whoever polled before with something else, and whichever edition that was."""
    asked = [{"If-None-Match": tag, **headers} for headers in AGAIN for tag in (RSS_TAG, f'{RSS_TAG[:-1]}-gzip"')]
    first = [logged.ask("/rss.xml", headers) for headers in asked]
    again = [logged.ask("/rss.xml", headers) for headers in asked]

    with logged_application(store_folder, tmp_path / "other.log", proxies=PROXIES) as other:
        fresh = [other.ask("/rss.xml", headers) for headers in reversed(asked)][::-1]
    assert [(reply.status, reply.conduct) for reply in again] == [(reply.status, reply.conduct) for reply in first]
    assert [(reply.status, reply.conduct) for reply in again] == [(reply.status, reply.conduct) for reply in fresh]
    lines = [{**line, "stamp": ""} for line in logged.fields(2 * len(asked))]
    assert lines[: len(asked)] == lines[len(asked) :]

    put_edition(store_folder, 2)
    new = {"If-None-Match": f'"{etag(body_of("/rss.xml", 2))}"'}
    eventually(lambda: logged.ask("/rss.xml", new).status == 304)
    assert logged.ask("/rss.xml", asked[0]).status == 200


def test_polls_that_strangers_send_take_little_memory(logged: Logged) -> None:
    """However much differs from poll to poll."""
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(5_000):
        logged.ask(
            "/rss.xml", {"If-None-Match": RSS_TAG, "Referer": f"{number:0>300}", "User-Agent": f"{number:0>300}"}
        )
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept - before < 4 * 2**20


def test_what_is_not_said_is_a_hyphen(logged: Logged) -> None:
    logged.ask("/rss.xml", {"User-Agent": ""})

    (line,) = logged.fields(1)
    assert (line["referer"], line["agent"]) == ("-", "-")


def line_of(record: tuple[Any, ...], make: Mapping[Said, bytes] | None = None) -> str:
    """Return the line of a request: when, what is said in it, the status and the bytes of the body."""
    at, *said = record
    return (make or lines())[tuple(said)].replace(TIME, stamp(at)).decode("ascii")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ('a"b', r"a\x22b"),
        ("a\\x22", r"a\x5Cx22"),
        ('x" 200 1 "-" "-"\n192.0.2.9 - - [', r"x\x22 200 1 \x22-\x22 \x22-\x22\x0A192.0.2.9 - - ["),
        ("\x1b[2J\x00\r\t\x7f", r"\x1B[2J\x00\x0D\x09\x7F"),
        ("해".encode().decode("latin-1"), r"\xED\x95\xB4"),
        ("해", r"\xED\x95\xB4"),
        ("a" * 9_000, "a" * 512),
        ("a" + '"' * 9_000, "a" + r"\x22" * 127),
    ],
)
def test_what_a_client_says_of_itself_stays_in_its_place(sent: str, shown: str) -> None:
    line = line_of((0, "192.0.2.1", None, "GET", "/", "", "HTTP/1.1", "-", sent, 200, 1))

    assert line == f'192.0.2.1 - - [01/Jan/1970:00:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "{shown}"\n'


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/섹션/rss.xml".encode().decode("latin-1"), "", "/%EC%84%B9%EC%85%98/rss.xml"),
        ('/a "\\\n%', "", "/a%20%22%5C%0A%25"),
        ("/rss.xml", 'a="\\b\n', r"/rss.xml?a=\x22\x5Cb\x0A"),
        ("*", "", "*"),
        ("/" + "a" * 9_000, "b", "/" + "a" * 2_047),
    ],
)
def test_a_path_is_written_as_in_a_request_line(path: str, query: str, target: str) -> None:
    line = line_of((0, "192.0.2.1", None, "GET", path, query, "HTTP/1.1", None, None, 200, 1))

    assert f'] "GET {target} HTTP/1.1" 200' in line


TEXTS = st.text(st.characters(max_codepoint=255), max_size=30)


@given(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_request_can_forge_a_line(
    peer: str, forwarded: str, method: str, path: str, query: str, protocol: str, referer: str, agent: str
) -> None:
    record = (1_700_000_000, peer, forwarded, method, path, query, protocol, referer, agent, 304, 0)

    made = line_of(record) * 2

    first, second = made.splitlines()
    assert first == second
    assert made.isascii()
    assert made.isprintable() is False  # its newlines alone
    assert first.isprintable()
    hit = parse_line(first.encode())
    assert hit is not None
    assert (hit.at, hit.status, hit.size) == (1_700_000_000, 304, 0)


@given(st.integers(0, 20_000), st.sampled_from(["a", '"', "\n", "%"]))
def test_no_line_is_longer_than_a_pipe_takes_at_once(length: int, character: str) -> None:
    text = character * length

    assert len(line_of((0, text, text, text, text, text, text, text, text, 200, 10**12))) <= 4_096


def test_what_strangers_send_takes_little_memory() -> None:
    """However much differs from request to request: all but what is short and may come again is forgotten."""
    make = lines()
    tracemalloc.start()
    for number in range(5_000):
        text = f"{number:0>1000}"
        line_of((0, text, text, text, text, text, text, text, text, 200, 0), make)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 4 * 2**20


ADDRESSES = [
    # A stranger may say what it likes.
    ("192.0.2.1", None, "192.0.2.1"),
    ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
    ("2001:db8::1", "198.51.100.7", "2001:db8::1"),
    ("::ffff:192.0.2.1", "198.51.100.7", "192.0.2.1"),
    # A proxy of ours is believed, and what the one before it wrote is not.
    ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
    ("10.0.0.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
    ("10.0.0.1", "203.0.113.5,198.51.100.7 , 10.0.0.2", "198.51.100.7"),
    ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
    ("fd00::1", "2001:DB8:0:0::7", "2001:db8::7"),
    # A Unix socket is one of ours; only a proxy on this machine can be at its other end.
    ("", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
    ("unix:", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
    ("", None, "unix:"),
    # Where nobody else is named, it was the proxy.
    ("10.0.0.1", None, "10.0.0.1"),
    ("10.0.0.1", "", "10.0.0.1"),
    ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.5, unknown", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.5, unknown, 10.0.0.2", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.7:1234", "10.0.0.1"),
    ("10.0.0.1", "fe80::1%x", "10.0.0.1"),
    ("10.0.0.1", '198.51.100.7" "', "10.0.0.1"),
    ("10.0.0.1", ",", "10.0.0.1"),
    ("10.0.0.1", "1.1.1.1," * 1_000 + "198.51.100.7", "198.51.100.7"),
]


def test_the_address_is_the_clients_where_a_proxy_of_ours_says_so(logged: Logged) -> None:
    for peer, forwarded, _ in ADDRESSES:
        logged.ask("/rss.xml", {"Peer": peer, **({} if forwarded is None else {"X-Forwarded-For": forwarded})})

    found = [line["address"] for line in logged.fields(len(ADDRESSES))]
    assert found == [address for _, _, address in ADDRESSES]


def test_without_proxies_nobody_is_believed(store_folder: Path, tmp_path: Path) -> None:
    with logged_application(store_folder, tmp_path / "access.log", peer="10.0.0.1") as logged:
        logged.ask("/rss.xml", {"X-Forwarded-For": "198.51.100.7"})

        assert logged.fields(1)[0]["address"] == "10.0.0.1"


@pytest.mark.rule(97)
@pytest.mark.parametrize("target", ["/rss.xml", "/feeds", "/nothing", "/healthz"])
def test_who_is_believed_changes_no_answer(logged: Logged, target: str) -> None:
    forged = {"Peer": "10.0.0.1", "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Host": "evil.example"}

    plain, reply = logged.ask(target), logged.ask(target, forged)

    assert (reply.status, reply.headers, reply.body) == (plain.status, plain.headers, plain.body)


def test_without_a_log_nothing_is_written(store_folder: Path, tmp_path: Path) -> None:
    put_edition(store_folder)
    app = create_app(store_folder)
    app.extensions["sosik"].close()

    assert [path.name for path in tmp_path.iterdir()] == [store_folder.name]


def test_a_log_that_was_renamed_is_begun_anew(logged: Logged) -> None:
    """As logrotate does it; nobody need tell the server, even while nobody asks for anything."""
    logged.ask("/rss.xml?first")
    (first,) = logged.lines(1)

    logged.log.rename(logged.log.with_suffix(".1"))
    eventually(logged.log.exists, deadline=1)
    logged.ask("/rss.xml?second")

    assert parsed(*logged.lines(1))["request"] == "GET /rss.xml?second HTTP/1.1"
    assert logged.log.with_suffix(".1").read_text() == f"{first}\n"


def test_a_log_that_was_emptied_goes_on_at_its_beginning(logged: Logged) -> None:
    """As logrotate's copytruncate does it."""
    logged.ask("/rss.xml?first")
    logged.lines(1)

    os.truncate(logged.log, 0)
    logged.ask("/rss.xml?second")

    assert "second" in logged.lines(1)[0]


@pytest.mark.parametrize("place", ["missing/access.log", ".", "/dev/full"])
def test_a_log_that_cannot_be_written_harms_no_answer_and_is_told_once(
    store_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    with caplog.at_level(logging.INFO), logged_application(store_folder, tmp_path / place) as logged:
        for _ in range(4):
            assert logged.ask("/rss.xml").status == 200
            sleep(0.3)

    told = [record.getMessage() for record in caplog.records if "access log" in record.getMessage().lower()]
    assert len(told) == 1
    assert str(tmp_path / place) in told[0]


def test_lines_wait_for_a_log_that_can_be_written_again(
    store_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), logged_application(store_folder, tmp_path / "later" / "access.log") as logged:
        for number in range(3):
            logged.ask(f"/rss.xml?{number}")
        eventually(lambda: "cannot be written" in caplog.text)

        logged.log.parent.mkdir()

        assert ["?0" in line or "?1" in line or "?2" in line for line in logged.lines(3)] == [True] * 3
        eventually(lambda: "written again" in caplog.text)


def test_what_cannot_wait_any_longer_is_counted(
    store_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that stays full takes a bounded part of the memory."""
    monkeypatch.setattr(access_log, "_MOST_BYTES", 1_000)
    with caplog.at_level(logging.INFO), logged_application(store_folder, tmp_path / "later" / "access.log") as logged:
        for _ in range(1_000):
            logged.ask("/rss.xml")
        eventually(lambda: "cannot be written" in caplog.text)
        logged.log.parent.mkdir()
        eventually(lambda: "dropped" in caplog.text)

        written = logged.log.read_text().count("\n")
        assert f": {1_000 - written} lines dropped" in caplog.text
        assert logged.log.stat().st_size <= 1_000


TORN = """
import resource, sys, time
from pathlib import Path
from serve.logged import logged_application
log = Path(sys.argv[1])
with logged_application(log.parent / ".sosik", log) as logged:
    resource.setrlimit(resource.RLIMIT_FSIZE, (250, resource.RLIM_INFINITY))
    for number in range(5):
        logged.ask(f"/rss.xml?{number}")
    end = time.monotonic() + 20
    while log.stat().st_size < 250 and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.6)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_line_torn_by_a_full_disk_is_written_again(tmp_path: Path) -> None:
    """The part of it that was written stays alone on its line; all requests are there."""
    log = tmp_path / "access.log"
    log.touch()
    subprocess.run(
        [sys.executable, "-c", TORN, log],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
    )

    lines = log.read_text().splitlines()
    whole = [line for line in lines if line.endswith('"-" "-"')]
    assert [f"?{number}" in line for number, line in enumerate(whole)] == [True] * 5
    assert len(lines) == 6


# --- Granian's workers


def test_workers_write_one_log_of_whole_lines_and_lose_none(store_folder: Path, tmp_path: Path) -> None:
    """Under load, when the file is renamed meanwhile, and what was answered last before the end."""
    log = tmp_path / "access.log"
    with logged_server(store_folder, log) as server:

        def poll(number: int) -> int:
            headers = {"User-Agent": f"reader {number}", "If-None-Match": RSS_TAG}
            return server.ask(f"/rss.xml?{number}", headers if number % 2 else {}).status

        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(poll, range(400)))
            eventually(log.exists)
            log.rename(tmp_path / "access.log.1")
            statuses += pool.map(poll, range(400, 800))
        assert server.stop() == 0

    lines = [line for name in ("access.log.1", "access.log") for line in (tmp_path / name).read_text().splitlines()]
    polled = [fields for fields in map(parsed, lines) if "/rss.xml" in fields["request"]]
    asked = {int(fields["request"].split("?")[1].split()[0]): int(fields["status"]) for fields in polled}
    assert len(polled) == 800
    assert [asked[number] for number in range(800)] == statuses


def test_a_log_on_standard_output(store_folder: Path) -> None:
    with logged_server(store_folder, "-") as server:
        server.ask("/rss.xml?here", {"User-Agent": "newsboat/2.36"})
        assert server.stop() == 0

    (line,) = [line for line in server.output.splitlines() if "?here" in line]
    assert parsed(line)["agent"] == "newsboat/2.36"


@pytest.mark.rule(102)
def test_the_audience_of_a_server_is_read_from_its_log(store_folder: Path, tmp_path: Path) -> None:
    """What `sosik audience` says of the log is what happened."""
    feedly = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)"
    log = tmp_path / "access.log"
    with logged_server(store_folder, log) as server:
        whole = server.ask("/rss.xml", {"User-Agent": feedly})
        for _ in range(3):
            server.ask("/rss.xml", {"User-Agent": feedly, "If-None-Match": whole.headers["etag"]})
        server.ask("/rss.xml", {"User-Agent": 'forged "agent\\'})
        server.ask("/feeds/")
        assert server.stop() == 0

    found = json.loads(Newsroom(tmp_path).sosik("audience", log, "--json"))

    assert found["subscribers"] == 16
    (feed,) = found["feeds"]
    assert (feed["path"], feed["traffic"]["polls"], feed["traffic"]["sent"]) == ("/rss.xml", 5, 2 * len(whole.body))
    assert found["malformed"] == 0
