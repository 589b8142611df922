"""Nonsense through every door: nothing crashes, nothing stops the rest, and what is refused has a place and words."""

import json
import shutil
import socket
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from lxml import etree
from PIL import Image

from faults.forks import Forks
from faults.mutations import mutated
from faults.trials import Trials
from newsrooms import ARTICLE, PUBLICATION, ROOT, Unpack, at
from serve.clients import wsgi_client
from serve.servers import HOST, serving_sosik
from sosik.errors import ConfigError, EditionRefusedError, Problem
from sosik.serve import create_app
from sosik.site import Site


def samples(*patterns: str) -> list[bytes]:
    """Return the bytes of files of ours."""
    found = [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    assert len(found) > 2, patterns
    return [data for data in found if len(data) < 20_000]


DOORS = {
    "yaml": ["content/**/*.yaml", "tests/data/source/*.yaml"],
    "md": ["content/**/*.md", "tests/data/normalize/**/*.md", "README.ko.md", "docs/writing.ko.md"],
    "json": ["content/**/*.json", "tests/data/source/*.json"],
}
"""What article files are made of, by their suffix."""


def assert_told(problems: list[Problem]) -> None:
    """Every problem has a place, and words that can be said."""
    for problem in problems:
        assert problem.location.file
        assert str(problem.told).strip()
        assert len(str(problem)) < 5_000, str(problem)[:500]


def assert_readable(public: Path) -> None:
    """Whatever is published parses, whoever wrote it."""
    for path in public.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.suffix == ".xml":
            etree.parse(path)


def is_taken_back(data: bytes) -> bool:
    """Tell whether a file may say that its article is withdrawn: one that never was up is nobody's news."""
    return any(word in data.replace(b"\0", b"") for word in (b"withdrawn", "철회".encode(), "철회".encode("cp949")))


@pytest.mark.parametrize("suffix", DOORS)
def test_articles(newsroom: Unpack, trials: Trials, suffix: str) -> None:
    known = samples(*DOORS[suffix])
    for random in trials.rounds(1):
        room = newsroom(f"-- content/good.yaml --\n{ARTICLE}")
        names = [f"content/{number:03}.{suffix}" for number in range(60)]
        for name in names:
            (room.root / name).write_bytes(mutated(known, random))
        report = room.build("2090-01-01 00:00")
        assert_told(report.problems)
        assert_readable(room.root / "public")
        assert "첫 기사" in {str(entry.title) for entry, _ in Site(room.root).each_entry()}
        rows = Site(room.root).ledger().values()
        told = {problem.location.file for problem in report.problems} | {f"content/{row.source}" for row in rows}
        silent = (
            {name for name in names if not is_taken_back((room.root / name).read_bytes())} - told - {*report.drafts}
        )
        assert len(silent) <= len(report.ahead), {name: (room.root / name).read_bytes()[:300] for name in silent}
        trials.note(f"articles: .{suffix}", len(names))
        shutil.rmtree(room.root)


def test_definitions(newsroom: Unpack, trials: Trials) -> None:
    """A feed that cannot be read is held and named; so is the publication, and then nothing else is touched."""
    feeds = samples("feeds/[!p]*.yaml", "src/sosik/starter/**/feeds/*.yaml", "tests/data/golden/**/feeds/*.yaml")
    publications = [*samples("feeds/publication.yaml", "tests/data/**/site.txt"), PUBLICATION.encode()]
    for random in trials.rounds(4):
        room = newsroom()
        for number in range(4):
            (room.root / "feeds" / f"{number}.yaml").write_bytes(mutated(feeds, random))
        report = room.build()
        assert_told(report.problems)
        assert_readable(room.root / "public")
        assert (room.root / "public" / "rss.xml").exists() or report.errors
        trials.note("feeds/*.yaml", 4)
        (room.root / "feeds" / "publication.yaml").write_bytes(mutated(publications, random))
        try:
            assert_told(Site(room.root).check(now=at("2024-02-01 09:00")).problems)
        except (ConfigError, EditionRefusedError) as error:
            assert_told(list(error.problems))
        trials.note("feeds/publication.yaml")
        shutil.rmtree(room.root)


FORMATS = ["PNG", "JPEG", "GIF", "WEBP"]


def drawn(number: int) -> bytes:
    """Return a picture, in one format after the other."""
    file = BytesIO()
    Image.frombytes("RGB", (20, 15), Random(number).randbytes(900)).save(file, FORMATS[number % len(FORMATS)])  # noqa: S311
    return file.getvalue()


def test_pictures(newsroom: Unpack, trials: Trials) -> None:
    """An article whose picture is none goes out, or says why not; a picture that goes out is the newsroom's."""
    known = [drawn(number) for number in range(8)]
    for random in trials.rounds(1):
        room = newsroom()
        names = [f"{number:02}.{random.choice(['png', 'jpg', 'gif', 'webp', 'avif'])}" for number in range(30)]
        for name in names:
            (room.root / "content" / name).write_bytes(mutated(known, random))
            room.write(f"-- content/{name}.yaml --\ntitle: {name}\npublished: 2024-01-02\nimage: {name}\nbody: 글\n")
        report = room.build()
        assert_told(report.problems)
        assert_readable(room.root / "public")
        shown = {path.read_bytes() for path in (room.root / "public").rglob("*") if path.is_file()}
        told = {problem.location.file for problem in report.problems}
        for name in names:
            assert (room.root / "content" / name).read_bytes() in shown or f"content/{name}.yaml" in told
        trials.note("pictures", len(names))
        shutil.rmtree(room.root)


# --- through the command line


LOG = b"""\
192.0.2.1 - - [15/Jan/2024:09:00:00 +0900] "GET /rss.xml HTTP/1.1" 200 900 "-" "newsboat/2.32"
2001:db8::1 - - [15/Jan/2024:09:01:00 +0900] "GET /atom.xml HTTP/1.1" 304 0 "-" "Feedly/1.0 (16 subscribers)"
- - - [15/Jan/2024:09:02:00 +0900] "GET /feeds/%EC%A0%84%EC%B2%B4/ HTTP/1.1" 404 9 "-" "NetNewsWire"
"""

HANDED = {
    "import page": (["tests/data/importers/*.html", "tests/data/importers/*.txt"], 20, ["--dry-run", "--json"]),
    "import feed": (["tests/data/importers/feeds/**/*.xml", "tests/data/importers/feeds/*.json"], 20, []),
    "audience": ([], 5, ["--json"]),
    "check --feeds": (["tests/data/golden/**/*.xml", "tests/data/golden/**/feed.json"], 1, []),
}
"""Commands that are handed files of others: what such files are like, how many at once, further options."""


@pytest.mark.parametrize("command", HANDED)
def test_files_of_others(newsroom: Unpack, trials: Trials, forks: Forks, tmp_path: Path, command: str) -> None:
    patterns, number, options = HANDED[command]
    known, room, folder = samples(*patterns) if patterns else [LOG], newsroom(), tmp_path / "handed"
    for random in trials.rounds(10 // number + 1):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        paths = [folder / f"{each}.{random.choice(['html', 'xml', 'json', 'txt'])}" for each in range(number)]
        for path in paths:
            path.write_bytes(mutated(known, random))
        ended = forks.run("-C", room.root, *command.split(), *paths, *options)
        assert ended.status in (0, 1), ended.said
        assert ended.said.strip()
        trials.note(f"files handed to `{command}`", number)


STATUS = b'{"succeeded": true, "at": 1, "problems": {}}'
COUNTS = b'[["polls", "rss", 200, 3]]'


def test_files_beside_the_store(newsroom: Unpack, trials: Trials, forks: Forks) -> None:
    """The memory beside the feeds, the feeds as memory, and what a build leaves for health and metrics."""
    room = newsroom(f"-- content/first.yaml --\n{ARTICLE}")
    for random in trials.rounds(4):
        forks.run("-C", room.root, "build", "--replace-files", "--now", "2024-02-01T09:00+09:00")
        beside = [room.root / "public" / "feeds" / "published.json", *sorted((room.root / "public").glob("*.*"))]
        (room.root / ".sosik" / "build.json").write_bytes(
            mutated([b'{"succeeded": true, "at": 1, "problems": {}}'], random)
        )
        path = random.choice(beside)
        path.write_bytes(mutated([path.read_bytes()], random))
        if random.random() < 0.7:
            shutil.rmtree(room.root / ".sosik")
            ended = forks.run("-C", room.root, "build", "--previous", "public", "--now", "2024-02-02T09:00+09:00")
        else:
            (room.root / ".sosik" / "metrics").mkdir(exist_ok=True)
            (room.root / ".sosik" / "metrics" / "1.json").write_bytes(mutated([COUNTS], random))
            ask = wsgi_client(create_app(room.root / ".sosik"))
            assert {ask("/healthz").status, ask("/metrics").status} <= {200, 404, 503}
            ended = forks.run("-C", room.root, "build", "--now", "2024-02-02T09:00+09:00")
        assert ended.status in (0, 1), ended.said
        assert ended.said.strip()
        if ended.status == 0:
            assert_readable(room.root / "public")
        trials.note("files beside the store and the feeds")
        shutil.rmtree(room.root / ".sosik", ignore_errors=True)
        shutil.rmtree(room.root / "public")


# --- through the network

REQUESTS = [
    b'GET /rss.xml HTTP/1.1\r\nHost: a\r\nIf-None-Match: "x", W/"y"\r\nAccept-Encoding: gzip;q=0.5, *\r\n\r\n',
    b"HEAD /feed.json?x=1 HTTP/1.1\r\nHost: a\r\nIf-Modified-Since: Tue, 16 Jan 2024 06:20:00 GMT\r\n\r\n",
    b"GET http://a/feeds/ HTTP/1.1\r\nHost: a\r\nRange: bytes=0-10\r\nConnection: keep-alive\r\n\r\n",
    b"POST /atom.xml HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "GET /section/%EC%A7%80%EC%97%AD/../%2e%2e/기사 HTTP/1.0\r\n\r\n".encode(),
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


def test_requests(newsroom: Unpack, trials: Trials) -> None:
    """Whatever is sent, no answer is a failure of the server's own, and nobody behind it is shut out."""
    room = newsroom()
    with serving_sosik(room.root) as server:
        workers = server.workers()
        for random in trials.rounds(80):
            heard = said(server.port, mutated(REQUESTS, random))
            assert not heard.startswith(b"HTTP/") or int(heard[9:12]) < 500, heard
            trials.note("requests")
        assert server.ask("/rss.xml").status == 200
        assert server.workers() == workers


def said(port: int, request: bytes) -> bytes:
    """Send bytes, say that there are no more, and return what is answered; nothing where the connection is cut."""
    with socket.create_connection((HOST, port), timeout=20) as connection, suppress(OSError):
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))
    return b""
