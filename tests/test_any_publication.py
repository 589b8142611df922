"""Whatever a newsroom writes and whatever it calls itself: the rules of the checklist hold for what it publishes."""

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newsrooms import PUBLICATION, Newsroom, at
from sosik.conformance import check_path
from sosik.source.tags import strip_markup
from sosik.write.quoting import quote
from written import ALWAYS, GENERATED, NOT_TOLD, NOW, identity, names, publications, publish, visible

ATOM = "{http://www.w3.org/2005/Atom}"


def documents(public: Path) -> dict[str, bytes]:
    return {file.relative_to(public).as_posix(): file.read_bytes() for file in public.rglob("*") if file.is_file()}


@pytest.mark.rule(1, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17, 19, 20, 21, 22, 25, 26, 27, 28, 31, 32, 34, 35, 38, 39)
@pytest.mark.rule(40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 58, 59, 91, 94, 96, 98)
@GENERATED
@given(some=publications)
def test_our_own_check_finds_nothing(some: list[dict[str, Any]]) -> None:
    """Every rule that can be asked of documents is asked of all of them, in every format.

    No mail address is told. That a title shows `&amp;` is rightly pointed out where a newsroom wrote just that.
    """
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        checked = check_path(public, judged=at(NOW))
        assert not any(NOT_TOLD.encode() in body for body in documents(public).values())

    assert checked.documents > 10
    assert [
        str(found) for found in checked.findings if "in the title is shown to readers" not in str(found.message)
    ] == []


def titles_of(public: Path, folder: str) -> list[tuple[str, str]]:
    """Return what a feed calls itself, and for a description, in each format."""
    rss, atom = etree.parse(public / folder / "rss.xml"), etree.parse(public / folder / "atom.xml")
    feed = json.loads((public / folder / "feed.json").read_bytes())
    return [
        (rss.findtext("channel/title"), rss.findtext("channel/description")),
        (atom.findtext(f"{ATOM}title"), atom.findtext(f"{ATOM}subtitle")),
        (feed["title"], feed["description"]),
    ]


@pytest.mark.rule(5, 7, 13, 16, 40)
@GENERATED
@given(title=names, description=names, publisher=names, rights=names, feed=names, about=names)
def test_a_publication_may_call_itself_and_its_feeds_anything(
    title: str, description: str, publisher: str, rights: str, feed: str, about: str
) -> None:
    """Its names too are plain text without markup, alike in every format, and harm no document."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), [ALWAYS])
        room = Newsroom(Path(scratch))
        room.write(
            f"-- feeds/publication.yaml --\n{PUBLICATION.replace('시험일보', quote(title))}"
            f"description: {quote(description)}\ncopyright: {quote(rights)}\n"
            f"publisher: {{name: {quote(publisher)}, email: desk@test.example}}\n"
            f"-- feeds/brief.yaml --\ntitle: {quote(feed)}\ndescription: {quote(about)}\n"
        )

        report = room.build(NOW)

        assert not report.errors, [str(problem) for problem in report.errors]
        checked = check_path(public, judged=at(NOW)).findings
        for folder, said in (("", ("전체", description)), ("brief", (feed, about))):
            (shown,) = set(titles_of(public, folder))
            assert [visible(text) for text in shown] == [visible(strip_markup(text)[0]) for text in said]
    assert [str(found) for found in checked if found.rule.number != 40] == []


@pytest.mark.rule(33, 84, 85)
@GENERATED
@given(some=publications)
def test_the_same_articles_give_the_same_bytes(some: list[dict[str, Any]]) -> None:
    """In another folder too; and a build after which nothing is different touches no file."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        public = publish(Path(first), some)
        before = {file: file.stat().st_mtime_ns for file in public.rglob("*")}

        Newsroom(Path(first)).build(NOW)

        assert documents(public) == documents(publish(Path(second), some))
        assert {file: file.stat().st_mtime_ns for file in public.rglob("*")} == before


@pytest.mark.rule(56)
@GENERATED
@given(some=publications, number=st.integers(1, 7))
def test_what_was_taken_back_stands_nowhere(some: list[dict[str, Any]], number: int) -> None:
    """Neither in feeds and archives, nor in lists and pages: only the page at its address tells that it is gone."""
    key = identity(number).rpartition(":")[2]
    with tempfile.TemporaryDirectory() as scratch:
        public, room = publish(Path(scratch), some), Newsroom(Path(scratch))
        shown = [path for path, body in documents(public).items() if key.encode() in body or key in path]
        (room.root / "content" / f"{number}.yaml").unlink()

        report = room.build("2090-01-01 00:01", withdrawals=True)

        assert not report.errors, [str(problem) for problem in report.errors]
        left = [path for path, body in documents(public).items() if key.encode() in body or key in path]
    own = f"articles/{key}/index.html"
    assert left == [path for path in shown if path == own]


@pytest.mark.rule(94)
@GENERATED
@given(some=publications)
def test_the_opml_document_lists_every_feed(some: list[dict[str, Any]]) -> None:
    """Each once, by an address at which its document lies."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        outlines = etree.parse(public / "feeds" / "feeds.opml").iterfind(".//outline[@xmlUrl]")
        listed = sorted(unquote(outline.get("xmlUrl")) for outline in outlines)
        found = (file.relative_to(public).as_posix() for file in public.rglob("rss.xml"))

        assert listed == sorted(f"https://feeds.test.example/{path}" for path in found if "archive/" not in path)
