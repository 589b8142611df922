"""For whatever articles: what goes in comes out of strict parsers, and splicing is feedgen's own output."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from sosik.model import Content, Edit, EditKind, Entry, Feed, Image, Person, Publication
from sosik.render import atom, rss
from sosik.render.formats import FORMATS

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"

_HARD = [
    "&amp;",
    "&lt;b&gt;",
    "]]>",
    "<![CDATA[",
    "<b>굵게</b>",
    "' \"",
    "😀👨\u200d👩\u200d👧",
    "ᄒᆞᆫ",
    "한글",
    "\u00a0",
]
_CHARACTERS = st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.lists(st.one_of(st.sampled_from(_HARD), st.text(_CHARACTERS, max_size=8)), max_size=5).map("".join)
titles = texts.map(str.strip).filter(bool)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
people = st.builds(Person, name=titles, email=st.sampled_from([None, "sky@haenuri.example"]))
images = st.builds(
    Image,
    url=st.sampled_from(["https://feeds.haenuri.example/media/ab12cd34/1.jpg", "https://a.example/?a=1&b=2"]),
    media_type=st.sampled_from(["", "image/jpeg"]),
    width=st.sampled_from([0, 640]),
    height=st.sampled_from([0, 480]),
    caption=texts,
    credit=texts,
)
edits = st.builds(Edit, at=instants, kind=st.sampled_from(list(EditKind)), note=texts)
entries = st.builds(
    Entry,
    id=st.sampled_from(["tag:haenuri.example,2010:a", "18660", "https://www.haenuri.example/1"]),
    title=titles,
    published=instants,
    link=st.just("https://www.haenuri.example/1"),
    source=st.just("1.yaml"),
    subtitles=st.lists(texts, max_size=2).map(tuple),
    section=texts,
    tags=st.lists(texts, max_size=3).map(tuple),
    authors=st.lists(people, max_size=2).map(tuple),
    updated=st.none() | instants,
    summary=texts,
    body=texts,
    images=st.lists(images, max_size=2).map(tuple),
    edits=st.lists(edits, max_size=2).map(tuple),
    language=st.sampled_from(["", "ko", "en"]),
)

MODELS: dict[str, tuple[Callable[..., Any], Callable[..., Any], str]] = {
    "rss": (rss.item, rss.channel, "rss_str"),
    "atom": (atom.atom_entry, atom.atom_feed, "atom_str"),
}


def canonical(xml: bytes) -> bytes:
    """Canonical XML: neither unused declarations nor the line breaks between entries count."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    text: bytes = etree.tostring(root, method="c14n", exclusive=True)
    return text


@pytest.mark.parametrize("name", ["rss", "atom"])
@pytest.mark.parametrize("content", Content)
@settings(max_examples=40, deadline=None)
@given(some=st.lists(entries, max_size=4))
def test_a_spliced_feed_is_what_feedgen_would_write(
    name: str, content: Content, some: list[Entry], publication: Publication, feed: Feed
) -> None:
    """Fragments joined are the canonical XML of one feedgen feed that was given all the entries."""
    make_entry, make_feed, write = MODELS[name]
    theirs = make_feed(feed, publication)
    for one in some:
        theirs.add_entry(make_entry(one, publication, content=content), order="append")
    form = FORMATS[name]
    fragments = [form.renderer.render_entry(one, publication, content=content) for one in some]
    assert canonical(form.document(feed, publication, fragments)) == canonical(getattr(theirs, write)())


def parsed(xml: bytes) -> Any:
    return etree.fromstring(xml)


def rendered(name: str, feed: Feed, publication: Publication, entry: Entry) -> bytes:
    form = FORMATS[name]
    return form.document(feed, publication, [form.renderer.render_entry(entry, publication)])


def read_as_html(text: str) -> str:
    """Return what a text of HTML shows; no tag may stand in it."""
    assert "<" not in text
    return unescape(text)


@pytest.mark.rule(1, 13, 40, 41)
@settings(max_examples=60, deadline=None, report_multiple_bugs=False)
@given(entry=entries)
def test_what_goes_in_comes_out(entry: Entry, publication: Publication, feed: Feed) -> None:
    """A strict parser gives back title, summary, terms and content byte for byte, the content alike in all formats.

    Of an RSS description, which is HTML, that is what it shows.
    """
    item = parsed(rendered("rss", feed, publication, entry)).find("channel/item")
    node = parsed(rendered("atom", feed, publication, entry)).find(f"{ATOM}entry")
    member = json.loads(rendered("json", feed, publication, entry))["items"][0]
    assert item.findtext("title") == node.findtext(f"{ATOM}title") == member["title"] == entry.title
    content = member.get("content_html", "")
    assert member.get("summary", "") == entry.summary
    assert node.findtext(f"{ATOM}summary", "") == (entry.summary or ("" if content else entry.title))
    assert read_as_html(item.findtext("description")) == (entry.summary or entry.title)
    assert item.findtext("guid") == member["id"] == entry.id
    terms = [found.text for found in item.findall("category")]
    assert terms == [found.get("term") for found in node.findall(f"{ATOM}category")] == member.get("tags", [])
    assert (item.findtext(ENCODED) or "") == (node.findtext(f"{ATOM}content") or "") == content
    assert entry.body in content


@pytest.mark.rule(104)
@pytest.mark.parametrize("name", ["rss", "atom"])
@settings(max_examples=60, deadline=None, report_multiple_bugs=False)
@given(entry=entries)
def test_a_reader_reads_what_was_written(name: str, entry: Entry, publication: Publication, feed: Feed) -> None:
    """feedparser, which many readers are built on, finds the same texts, instants and people."""
    entry = replace(entry, summary=entry.summary.strip() or "요약", body=f"<p>{entry.body}</p>")
    document = rendered(name, feed, publication, entry)
    read = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    (found,) = read.entries
    assert found.title == entry.title
    assert (read_as_html(found.summary) if name == "rss" else found.summary) == entry.summary
    assert entry.body in found.content[0].value
    assert found.published_parsed[:6] == entry.published.utctimetuple()[:6]
    if entry.updated:
        assert found.updated_parsed[:6] == entry.updated.utctimetuple()[:6]
    names = [person.name for person in entry.authors] or [publication.publisher.name]
    if name == "rss":  # one element for all whom a comma can part
        apart = {name for name in names if "," in name}
        together = ", ".join(name for name in names if name not in apart)
        assert sorted(person["name"] for person in found.authors) == sorted(apart | ({together} - {""}))
    else:
        assert [person["name"] for person in found.authors] == names
