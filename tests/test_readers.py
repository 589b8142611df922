"""Real feed readers on the sample's feeds: all see the same articles, in the same order, at the same instants."""

import json
import shutil
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple

import fastfeedparser
import feedparser
import pytest
import reader

from newsrooms import ROOT, Newsroom


class Seen(NamedTuple):
    """An article as a reader shows it; `at` in seconds since 1970."""

    id: str
    title: str
    link: str
    at: int


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def expected(folder: Path, path: str) -> list[Seen]:
    """Return what the feed at a path holds, taken from its JSON form."""
    items = json.loads((folder / path / "feed.json").read_bytes())["items"]
    return [Seen(item["id"], item["title"], item["url"], seconds(item["date_published"])) for item in items]


def by_feedparser(file: Path, _: Path) -> list[Seen]:
    found = feedparser.parse(file.read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    # feedparser hands plain titles out as HTML.
    return [Seen(e.id, unescape(e.title), e.link, timegm(e.published_parsed)) for e in found.entries]


def by_reader(file: Path, _: Path) -> list[Seen]:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    entries = sorted(library.get_entries(), key=lambda entry: entry.published or entry.added, reverse=True)
    return [
        Seen(e.id, unescape(e.title or ""), e.link or "", int(e.published.timestamp()) if e.published else 0)
        for e in entries
    ]


def by_fastfeedparser(file: Path, _: Path) -> list[Seen]:
    found = fastfeedparser.parse(file.read_bytes())
    return [Seen(e["id"], e["title"], e["link"], seconds(e["published"])) for e in found.entries]


def by_newsboat(file: Path, scratch: Path) -> list[Seen]:
    if not shutil.which("newsboat"):
        pytest.skip("newsboat is not installed")
    urls, cache = scratch / "urls", scratch / "cache.db"
    urls.write_text(f"file://{file}\n")
    command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", "/dev/null", "-x", "reload"]
    subprocess.run(command, check=True, capture_output=True, env={"HOME": str(scratch), "LANG": "C.UTF-8"}, timeout=60)
    with sqlite3.connect(cache) as connection:
        rows = connection.execute(
            "SELECT guid, title, url, pubDate FROM rss_item ORDER BY pubDate DESC, id DESC"
        ).fetchall()
    connection.close()
    return [Seen(*row) for row in rows]


def by_sfeed(file: Path, _: Path) -> list[Seen]:
    if not shutil.which("sfeed"):
        pytest.skip("sfeed is not installed")
    done = subprocess.run(["sfeed"], input=file.read_bytes(), check=True, capture_output=True)
    rows = [line.split("\t") for line in done.stdout.decode().removesuffix("\n").split("\n")]
    return [Seen(row[5], row[1], row[2], int(row[0])) for row in rows]


READERS = [by_feedparser, by_reader, by_fastfeedparser, by_newsboat, by_sfeed]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published sample."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, root / name)
    Newsroom(root).sosik("build")
    return root / "public"


@pytest.mark.rule(104)
@pytest.mark.parametrize("path", ["", "local", "section/정치"])
@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__.removeprefix("by_"))
def test_every_reader_sees_the_same(
    sample: Path, tmp_path: Path, read: Callable[[Path, Path], list[Seen]], filename: str, path: str
) -> None:
    """Number, order, titles, links and instants agree; the ids too."""
    folder = path if (sample / path).exists() else "section/politics"
    # newsboat takes no address with Hangul in a file: URL, so that every reader gets a plain copy.
    plain = shutil.copyfile(sample / folder / filename, tmp_path / filename)

    seen = read(plain, tmp_path)

    wanted = expected(sample, folder)
    assert len(wanted) > 1
    assert seen == wanted


def authors_by_feedparser(file: Path, _: Path) -> str:
    return str(feedparser.parse(file.read_bytes()).entries[0].author)


def authors_by_reader(file: Path, _: Path) -> str:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    return str(next(iter(library.get_entries())).authors_str)


def authors_by_newsboat(file: Path, scratch: Path) -> str:
    by_newsboat(file, scratch)
    with sqlite3.connect(scratch / "cache.db") as connection:
        (author,) = connection.execute("SELECT author FROM rss_item").fetchone()
    connection.close()
    return str(author)


def authors_by_sfeed(file: Path, _: Path) -> str:
    if not shutil.which("sfeed"):
        pytest.skip("sfeed is not installed")
    done = subprocess.run(["sfeed"], input=file.read_bytes(), check=True, capture_output=True)
    return done.stdout.decode().split("\t")[6]


AUTHORS = [authors_by_feedparser, authors_by_reader, authors_by_newsboat, authors_by_sfeed]


@pytest.mark.rule(46)
@pytest.mark.parametrize("read", AUTHORS, ids=lambda read: read.__name__.removeprefix("authors_by_"))
def test_a_reader_that_shows_one_author_shows_all(
    tmp_path: Path, newsroom: Callable[[str], Newsroom], read: Callable[[Path, Path], str]
) -> None:
    room = newsroom(
        "-- content/a.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: 가\npublished: 2024-01-16\n"
        "authors: [김하늘, 이바다, 박솔아]\nbody: 본문.\n"
    )
    room.build()

    assert read(room.root / "public" / "rss.xml", tmp_path) == "김하늘, 이바다, 박솔아"


@pytest.mark.rule(34, 104)
def test_an_edit_reaches_a_reader_as_an_edit(tmp_path: Path, newsroom: Callable[[str], Newsroom]) -> None:
    """In `reader`, which keys on the id, an updated entry stays one entry and shows the new text."""
    text = "-- content/a.yaml --\nid: tag:test.example,2010:aaaaaaaaaaaa\ntitle: {title}\npublished: 2024-01-16\n{rest}"
    room = newsroom(text.format(title="첫 제목", rest="body: 본문.\n"))
    room.build()
    library = reader.make_reader(":memory:", feed_root=str(room.root / "public"))
    library.add_feed("atom.xml")
    library.update_feed("atom.xml")
    room.write(text.format(title="고친 제목", rest="updated: 2024-01-17 10:00\nbody: 고친 본문.\n"))
    room.build("2024-02-02 09:00")

    library.update_feed("atom.xml")

    entries = list(library.get_entries())
    assert [entry.title for entry in entries] == ["고친 제목"]
    assert entries[0].updated is not None
    assert entries[0].published is not None
    assert entries[0].updated > entries[0].published
