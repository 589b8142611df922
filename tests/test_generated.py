"""Whatever a newsroom writes: every document can be parsed, and every reader finds in it what the JSON feed says."""

import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import fastfeedparser
import feedparser
import pytest
import reader
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from newsrooms import at
from test_readers import Seen, by_fastfeedparser, by_feedparser, by_newsboat, by_reader, expected, seconds
from written import GENERATED, NOW, identity, moment, publications, publish, visible

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Item(NamedTuple):
    """All that an article is in each of the formats; `published` and `updated` in seconds since 1970."""

    id: str
    link: str
    title: str
    published: int
    updated: int
    summary: str
    content: str
    terms: list[str]


def json_items(file: Path) -> list[Item]:
    return [
        Item(
            item["id"],
            item["url"],
            item["title"],
            seconds(item["date_published"]),
            seconds(item.get("date_modified", item["date_published"])),
            item.get("summary") or item["title"],
            item.get("content_html", ""),
            item.get("tags", []),
        )
        for item in json.loads(file.read_bytes())["items"]
    ]


def read_as_html(text: str) -> str:
    """Return what a text of HTML shows; no tag may stand in it."""
    assert "<" not in text
    return unescape(text)


def rss_items(file: Path) -> list[Item]:
    found = []
    for item in etree.parse(file).iterfind("channel/item"):
        published = int(parsedate_to_datetime(item.findtext("pubDate")).timestamp())
        updated = item.findtext(f"{ATOM}updated")
        found.append(
            Item(
                item.findtext("guid"),
                item.findtext("link"),
                item.findtext("title"),
                published,
                seconds(updated) if updated else published,
                read_as_html(item.findtext("description")),
                item.findtext(ENCODED) or "",
                [category.text for category in item.findall("category")],
            )
        )
    return found


def atom_items(file: Path) -> list[Item]:
    return [
        Item(
            entry.findtext(f"{ATOM}id"),
            entry.find(f"{ATOM}link[@rel='alternate']").get("href"),
            entry.findtext(f"{ATOM}title"),
            seconds(entry.findtext(f"{ATOM}published")),
            seconds(entry.findtext(f"{ATOM}updated")),
            entry.findtext(f"{ATOM}summary") or entry.findtext(f"{ATOM}title"),
            entry.findtext(f"{ATOM}content") or "",
            [category.get("term") for category in entry.findall(f"{ATOM}category")],
        )
        for entry in etree.parse(file).iterfind(f"{ATOM}entry")
    ]


@pytest.mark.rule(1, 10, 13, 19, 38)
@GENERATED
@given(some=publications)
def test_every_document_can_be_parsed_and_the_formats_agree(some: list[dict[str, Any]]) -> None:
    """Strict parsers take them all; each feed has the same articles in the same order in its three formats."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)

        for file in (*public.rglob("*.xml"), *public.rglob("*.opml")):
            etree.parse(file)
        feeds = [file.parent for file in public.rglob("feed.json")]
        assert len(feeds) >= 3
        for folder in feeds:
            items = json_items(folder / "feed.json")
            assert rss_items(folder / "rss.xml") == items
            assert atom_items(folder / "atom.xml") == items


@pytest.mark.rule(25, 29, 30, 32)
@GENERATED
@given(some=publications)
def test_what_is_due_is_published_as_it_was_written(some: list[dict[str, Any]]) -> None:
    """Neither drafts nor what lies ahead; the instant is the one written, and nothing that can be seen is lost."""
    some = [{**article, "body": f"글\n\n{article.get('body', '')}"} for article in some]
    due = {
        identity(number): article
        for number, article in enumerate(some)
        if article.get("status") != "draft" and moment(article["published"]) <= at(NOW).timestamp()
    }
    with tempfile.TemporaryDirectory() as scratch:
        items = {item.id: item for item in json_items(publish(Path(scratch), some) / "feed.json")}

    assert items.keys() == due.keys()
    for key, article in due.items():
        assert items[key].published == moment(article["published"])
        # Tags of HTML are taken out of a title; that is tested elsewhere.
        if "<" not in article["title"]:
            assert visible(items[key].title) == visible(f"{article['title']} {int(key[-12:])}")


Texts = Callable[[Path, Path], Mapping[str, str]]
"""The content of each article, by its id, from a file and the folder in which its reader has worked."""


def texts_by_feedparser(file: Path, _: Path) -> Mapping[str, str]:
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return {e.id: e.content[0].value for e in found.entries if "content" in e}


def texts_by_reader(file: Path, _: Path) -> Mapping[str, str]:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    return {entry.id: entry.content[0].value for entry in library.get_entries() if entry.content}


def texts_by_fastfeedparser(file: Path, _: Path) -> Mapping[str, str]:
    return {
        e["id"]: e["content"][0]["value"] for e in fastfeedparser.parse(file.read_bytes()).entries if "content" in e
    }


def texts_by_newsboat(_: Path, scratch: Path) -> Mapping[str, str]:
    connection = sqlite3.connect(scratch / "cache.db")
    rows = connection.execute("SELECT guid, content FROM rss_item").fetchall()
    connection.close()
    return dict(rows)


def sfeed_rows(file: Path) -> list[list[str]]:
    """Return sfeed's fields; only a line feed ends its lines, for a text may hold what Python takes for line ends."""
    if not shutil.which("sfeed"):
        pytest.skip("sfeed is not installed")
    done = subprocess.run(["sfeed"], input=file.read_bytes(), check=True, capture_output=True)
    return [line.split("\t") for line in done.stdout.decode().removesuffix("\n").split("\n")]


def by_sfeed(file: Path, _: Path) -> list[Seen]:
    return [Seen(row[5], row[1], row[2], int(row[0])) for row in sfeed_rows(file)]


def texts_by_sfeed(file: Path, _: Path) -> Mapping[str, str]:
    signs = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}
    return {row[5]: re.sub(r"\\[nt\\]", lambda sign: signs[sign[0]], row[3]) for row in sfeed_rows(file)}


def words(content: str) -> list[str]:
    """Return the words of HTML: `reader` writes its markup anew, and no two readers keep white space alike."""
    return " ".join(html.fragment_fromstring(content, create_parent="div").itertext()).split()


def summaries_by_feedparser(file: Path, _: Path) -> Mapping[str, str]:
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return {entry.id: entry.summary for entry in found.entries}


def summaries_by_reader(file: Path, _: Path) -> Mapping[str, str]:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    return {entry.id: entry.summary or "" for entry in library.get_entries()}


def summaries_by_fastfeedparser(file: Path, _: Path) -> Mapping[str, str]:
    return {entry["id"]: entry["description"] for entry in fastfeedparser.parse(file.read_bytes()).entries}


def summaries_by_newsboat(file: Path, scratch: Path) -> Mapping[str, str]:
    by_newsboat(file, scratch)
    return texts_by_newsboat(file, scratch)


SUMMARIES = [
    summaries_by_feedparser,
    summaries_by_reader,
    summaries_by_fastfeedparser,
    summaries_by_newsboat,
    texts_by_sfeed,
]
"""What readers show of articles that have a description alone: HTML, as they take it."""

READERS: list[tuple[Callable[[Path, Path], list[Seen]], Texts]] = [
    (by_feedparser, texts_by_feedparser),
    (by_reader, texts_by_reader),
    (by_fastfeedparser, texts_by_fastfeedparser),
    (by_newsboat, texts_by_newsboat),
    (by_sfeed, texts_by_sfeed),
]


def is_mended(text: str) -> bool:
    """Tell whether feedparser, and `reader` upon it, takes a text for encoded twice: its letters could be UTF-8."""
    try:
        return not text.isascii() and bool(text.encode("iso-8859-1").decode())
    except UnicodeError:
        return False


def is_vague(title: str) -> bool:
    """Tell whether feedparser may hand a title on as another one.

    Some plain titles come out as HTML and others not; of one that itself spells an entity, such as `&amp;`, nobody can
    then tell which it is.
    """
    return is_mended(title) or unescape(title) != title


def comparable(articles: list[Seen], read: Callable[[Path, Path], list[Seen]], vague: set[str]) -> list[Seen]:
    """Return the articles by their ids, without the titles that a reader cannot give back: those of *vague* ids."""
    left_out = vague if read in (by_feedparser, by_reader) else set()
    return sorted(article._replace(title="") if article.id in left_out else article for article in articles)


@pytest.mark.rule(104)
@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize(("read", "read_texts"), READERS, ids=[read.__name__[3:] for read, _ in READERS])
@GENERATED
@given(some=publications)
def test_every_reader_finds_what_the_json_feed_says(
    read: Callable[[Path, Path], list[Seen]], read_texts: Texts, filename: str, some: list[dict[str, Any]]
) -> None:
    """The same ids, titles, links and instants, and the same words in every article that has a text."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        wanted, items = expected(public, ""), json_items(public / "feed.json")

        seen = read(public / filename, Path(scratch))
        found = read_texts(public / filename, Path(scratch))

    vague = {article.id for article in wanted if is_vague(article.title)}
    assert comparable(seen, read, vague) == comparable(wanted, read, vague)
    contents = {item.id: item.content for item in items if item.content and not is_mended(item.content)}
    assert {key: words(found[key]) for key in contents} == {key: words(text) for key, text in contents.items()}


def shown_by_newsboat(file: Path, scratch: Path) -> Mapping[str, tuple[str, str]]:
    titles = {seen.id: seen.title for seen in by_newsboat(file, scratch)}
    return {key: (titles[key], text) for key, text in texts_by_newsboat(file, scratch).items()}


def shown_by_reader(file: Path, scratch: Path) -> Mapping[str, tuple[str, str]]:
    with reader.make_reader(str(scratch / "reader.db"), feed_root=str(file.parent)) as library:
        library.add_feed(file.name, exist_ok=True)
        library.update_feed(file.name)
        return {
            entry.id: (unescape(entry.title or ""), entry.content[0].value if entry.content else "")
            for entry in library.get_entries()
        }


@pytest.mark.rule(34, 104)
@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("read", [shown_by_newsboat, shown_by_reader], ids=["newsboat", "reader"])
@GENERATED
@given(versions=st.lists(publications, min_size=2, max_size=3))
def test_readers_that_remember_follow_every_edit(
    read: Callable[[Path, Path], Mapping[str, tuple[str, str]]], filename: str, versions: list[list[dict[str, Any]]]
) -> None:
    """However often all is written anew: each article is there once, with the headline and the text of now."""
    born = versions[0]
    with tempfile.TemporaryDirectory() as scratch:
        ever: set[str] = set()
        for version in versions:
            kept = [{**new, "published": old["published"]} for new, old in zip(version, born, strict=True)]
            # An article that takes another's text and instant would be held for it.
            told_apart = [{**new, "body": f"{number}\n\n{new.get('body', '')}"} for number, new in enumerate(kept)]
            public = publish(Path(scratch) / "paper", told_apart)
            items = json_items(public / "feed.json")
            shown = read(public / filename, Path(scratch))
            ever |= {item.id for item in items}

            assert shown.keys() <= ever
            for item in items:
                title, text = shown[item.id]
                assert title == item.title or is_vague(item.title)
                assert not item.content or is_mended(item.content) or words(text) == words(item.content)


@pytest.mark.rule(41, 104)
@pytest.mark.parametrize("read", SUMMARIES, ids=lambda read: read.__name__.rpartition("_")[2])
@GENERATED
@given(some=publications)
def test_every_reader_shows_the_summary_as_it_was_written(read: Texts, some: list[dict[str, Any]]) -> None:
    """RSS descriptions are HTML to readers: what looks like a tag or a reference must survive."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        items = json.loads((public / "brief" / "feed.json").read_bytes())["items"]

        found = read(public / "brief" / "rss.xml", Path(scratch))

    assert {item["id"]: words(found[item["id"]]) for item in items} == {
        item["id"]: item["content_text"].split() for item in items
    }
