"""Each fault of feedgen that sosik works around: that feedgen still has it, and that our output does not.

When one of the first halves fails, feedgen was mended and the workaround can go; when a second half fails, readers
would notice.
"""

import locale
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree
from msgspec.structs import replace

from sosik.errors import RenderError
from sosik.model import Entry, Feed, Person, Publication
from sosik.render.bridge import NAMESPACES
from sosik.render.formats import FORMATS

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
Render = Callable[..., Any]


@pytest.fixture
def rss(publication: Publication, feed: Feed, entry: Entry) -> Render:
    return lambda *entries: _rendered("rss", feed, publication, entries or (entry,))[0]


@pytest.fixture
def atom(publication: Publication, feed: Feed, entry: Entry) -> Render:
    return lambda *entries: _rendered("atom", feed, publication, entries or (entry,))


def _rendered(name: str, feed: Feed, publication: Publication, entries: tuple[Entry, ...]) -> Any:
    form = FORMATS[name]
    fragments = [form.renderer.render_entry(entry, publication) for entry in entries]
    return etree.fromstring(form.document(feed, publication, fragments))


@pytest.fixture
def theirs() -> Any:
    """An entry with the least that feedgen asks for."""
    made = FeedEntry()
    made.id("tag:haenuri.example,2010:1")
    made.title("제목")
    made.link(href="https://www.haenuri.example/1", rel="alternate")
    return made


@pytest.fixture
def their_feed() -> Any:
    made = FeedGenerator()
    made.id("tag:haenuri.example,2010:feed")
    made.title("제목")
    made.description("설명")
    made.link(href="https://www.haenuri.example/", rel="alternate")
    return made


def test_entry_links_of_atom_keep_what_they_say(theirs: Any, atom: Render) -> None:
    """feedgen drops rel, type and length of an entry's links."""
    theirs.link(href="https://www.haenuri.example/1.jpg", rel="enclosure", type="image/jpeg", length="9")
    assert [dict(link.attrib) for link in theirs.atom_entry().findall("link")] == [
        {"href": "https://www.haenuri.example/1"},
        {"href": "https://www.haenuri.example/1.jpg"},
    ]
    alternate, enclosure = atom().find(f"{ATOM}entry").findall(f"{ATOM}link")
    assert (alternate.get("rel"), alternate.get("type")) == ("alternate", "text/html")
    assert (enclosure.get("rel"), enclosure.get("type"), enclosure.get("length")) == (
        "enclosure",
        "image/jpeg",
        "123456",
    )


@pytest.mark.rule(7)
def test_the_channel_link_is_the_home_page(their_feed: Any, rss: Render, publication: Publication) -> None:
    """feedgen takes the last link of whatever rel for it."""
    their_feed.link(href="https://hub.example/", rel="hub")
    assert etree.fromstring(their_feed.rss_str()).findtext("channel/link") == "https://hub.example/"
    assert rss().findtext("link") == publication.url


def test_hubs_reach_rss(their_feed: Any, rss: Render) -> None:
    """feedgen writes no atom:link but self into RSS."""
    their_feed.link(href="https://hub.example/", rel="hub")
    assert b"atom:link" not in their_feed.rss_str()
    assert [link.get("rel") for link in rss().findall(f"{ATOM}link")] == ["self", "hub"]


@pytest.mark.rule(10)
def test_entries_keep_their_order(their_feed: Any, rss: Render, entry: Entry) -> None:
    """feedgen puts each entry before those it has."""
    for name in ("먼저", "나중"):
        their_feed.add_entry().title(name)
    assert [item.findtext("title") for item in etree.fromstring(their_feed.rss_str()).iter("item")] == ["나중", "먼저"]
    items = rss(replace(entry, title="먼저"), replace(entry, title="나중")).findall("item")
    assert [item.findtext("title") for item in items] == ["먼저", "나중"]


@pytest.mark.rule(33)
def test_no_date_is_the_clock(theirs: Any, their_feed: Any, rss: Render, atom: Render, entry: Entry) -> None:
    """feedgen dates whatever has no date with the moment of rendering."""
    assert (datetime.now(UTC) - theirs.updated()).total_seconds() < 60
    assert (datetime.now(UTC) - their_feed.lastBuildDate()).total_seconds() < 60
    never_edited = replace(entry, updated=None, edits=())
    assert atom(never_edited).findtext(f"{ATOM}entry/{ATOM}updated") == "2026-11-20T15:20:11+09:00"
    assert atom().findtext(f"{ATOM}updated") == "2026-11-21T09:10:00+09:00"
    assert rss().findtext("lastBuildDate") == "Sat, 21 Nov 2026 09:10:00 +0900"


@pytest.mark.rule(46)
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["김하늘"], ["김하늘"]),
        (["김하늘", "이바다", "외교부공동취재단"], ["김하늘, 이바다, 외교부공동취재단"]),
        (["Kim, Haneul", "이바다"], ["Kim, Haneul", "이바다"]),
        (["이바다", "Kim, Haneul", "김구"], ["이바다, 김구", "Kim, Haneul"]),
        (["Kim, Haneul", "Lee, Bada"], ["Kim, Haneul", "Lee, Bada"]),
        ([], ["해누리일보"]),
    ],
)
def test_one_element_names_all_authors_whom_a_comma_can_part(
    names: list[str], expected: list[str], entry: Entry, rss: Render
) -> None:
    written = replace(entry, authors=tuple(Person(name=name) for name in names))
    found = rss(written).findall("item/{http://purl.org/dc/elements/1.1/}creator")
    assert [creator.text for creator in found] == expected


@pytest.mark.rule(46)
def test_authors_need_no_mail(theirs: Any, rss: Render) -> None:
    """feedgen leaves an author without e-mail out of RSS."""
    theirs.author({"name": "김하늘"})
    assert "김하늘" not in etree.tostring(theirs.rss_entry(), encoding="unicode")
    creators = rss().findall("item/{http://purl.org/dc/elements/1.1/}creator")
    assert [creator.text for creator in creators] == ["김하늘, 이바다"]
    assert rss().find("item/author") is None


@pytest.mark.rule(48)
def test_pictures_are_no_enclosure_of_rss(theirs: Any, rss: Render) -> None:
    """feedgen keeps the last enclosure alone, and readers list enclosures as attachments."""
    for number in (1, 2):
        theirs.link(href=f"https://www.haenuri.example/{number}.jpg", rel="enclosure", type="image/jpeg")
    assert [found.get("url") for found in theirs.rss_entry().iter("enclosure")] == ["https://www.haenuri.example/2.jpg"]
    assert rss().find("item/enclosure") is None
    assert rss().find(f"item/{MEDIA}content") is not None


@pytest.mark.rule(47)
def test_a_picture_alone_is_in_no_group(theirs: Any, rss: Render) -> None:
    """feedgen wraps media in a group, which is an error around a single picture."""
    theirs.load_extension("media")
    theirs.media.content({"url": "https://www.haenuri.example/1.jpg"})
    assert theirs.rss_entry().find(f"{MEDIA}group") is not None
    assert next(rss().iter(f"{MEDIA}group"), None) is None


@pytest.mark.rule(42)
def test_content_of_atom_is_html(theirs: Any, atom: Render) -> None:
    """feedgen writes type="CDATA", which Atom does not know."""
    theirs.content("<p>본문</p>", type="CDATA")
    assert theirs.atom_entry().find("content").get("type") == "CDATA"
    assert atom().find(f"{ATOM}entry/{ATOM}content").get("type") == "html"


@pytest.mark.rule(41)
def test_full_text_is_never_the_description(theirs: Any, rss: Render, entry: Entry) -> None:
    """feedgen makes content without a summary the description."""
    theirs.content("<p>본문</p>")
    assert theirs.rss_entry().findtext("description") == "<p>본문</p>"
    item = rss(replace(entry, summary="")).find("item")
    assert unescape(item.findtext("description")) == entry.title
    assert entry.body in item.findtext(f"{{{NAMESPACES['content']}}}encoded")


def test_what_is_empty_is_not_written(theirs: Any, atom: Render, entry: Entry) -> None:
    """feedgen writes an empty element for an empty summary."""
    theirs.summary("")
    assert theirs.atom_entry().find("summary") is not None
    assert atom(replace(entry, summary="")).find(f"{ATOM}entry/{ATOM}summary") is None
    bare = replace(entry, body="", subtitles=(), images=(), edits=())
    assert atom(bare).find(f"{ATOM}entry/{ATOM}content") is None


def test_the_guid_precedes_the_content(theirs: Any, rss: Render) -> None:
    """feedgen's order of an item's children is fixed; ours is the one that all readers understand."""
    theirs.summary("요약")
    theirs.content("<p>본문</p>")
    assert [child.tag for child in theirs.rss_entry()][-1] == "guid"
    assert [child.tag for child in rss().find("item")][:4] == ["title", "link", "guid", "pubDate"]


@pytest.mark.rule(12)
def test_a_character_that_xml_forbids_names_its_entry(theirs: Any, publication: Publication, entry: Entry) -> None:
    """feedgen fails deep in lxml, with all entries of the feed and the name of none."""
    theirs.title("줄\x0b바꿈")
    with pytest.raises(ValueError, match="XML compatible") as failure:
        theirs.rss_entry()
    assert "haenuri" not in str(failure.value)
    with pytest.raises(RenderError, match=r"k7m2q9x4t1zb.*강변길"):
        FORMATS["rss"].renderer.render_entry(replace(entry, title="줄\x0b바꿈"), publication)


def test_what_is_missing_is_named(publication: Publication, entry: Entry) -> None:
    """feedgen says "Required fields not set" of an entry without title."""
    with pytest.raises(ValueError, match=r"^Required fields not set$"):
        FeedEntry().atom_entry()
    with pytest.raises(RenderError, match=r"k7m2q9x4t1zb.*missing title"):
        FORMATS["atom"].renderer.render_entry(replace(entry, title=""), publication)


@pytest.mark.rule(39)
def test_dates_are_never_guessed(theirs: Any, publication: Publication, entry: Entry, format_name: str) -> None:
    """feedgen reads any text as a date, with whatever comes of it; ours are aware instants or an error."""
    theirs.published("24.05.03 09:00+09:00")
    assert theirs.published().year == 2003
    naive = replace(entry, published=datetime(2026, 11, 20, 6, 20))  # noqa: DTZ001 - naive is what is refused
    with pytest.raises(RenderError, match="time zone"):
        FORMATS[format_name].renderer.render_entry(naive, publication)


def test_dates_switch_the_locale_and_switch_it_back(
    theirs: Any, publication: Publication, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """feedgen switches the locale of the whole process for a date: one thread alone may render RSS."""
    switched: list[tuple[Any, ...]] = []
    setlocale = locale.setlocale

    def watched(*arguments: Any) -> str:
        switched.append(arguments[1:])
        return setlocale(*arguments)

    monkeypatch.setattr(locale, "setlocale", watched)
    theirs.published(entry.published)
    theirs.rss_entry()
    assert ("C",) in switched
    before = setlocale(locale.LC_ALL)
    FORMATS["rss"].renderer.render_entry(entry, publication)
    assert setlocale(locale.LC_ALL) == before


@pytest.mark.rule(15)
def test_the_generator_is_sosik_and_tells_no_version(their_feed: Any, rss: Render, atom: Render) -> None:
    """feedgen names itself, its version and an http address."""
    assert b"python-feedgen" in their_feed.rss_str()
    assert b"version=" in their_feed.atom_str().partition(b"<generator")[2]
    assert b"http://www.rssboard.org" in their_feed.rss_str()
    assert rss().findtext("generator") == "sosik"
    assert rss().find("docs") is None
    generator = atom().find(f"{ATOM}generator")
    assert (generator.text, dict(generator.attrib)) == ("sosik", {})
