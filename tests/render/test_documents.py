"""Whole documents: what a feed says of itself, and how items stand in it."""

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from sosik.errors import RenderError
from sosik.model import ArchiveLinks, Entry, Feed, Person, Publication
from sosik.render.bridge import NAMESPACES
from sosik.render.formats import FORMATS

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FOLDER = "https://feeds.haenuri.example/%EC%A7%80%EC%97%AD%20%EC%86%8C%EC%8B%9D"
Document = Callable[..., bytes]


def parsed(xml: bytes) -> Any:
    """The root element, by a strict parser."""
    return etree.fromstring(xml)


@pytest.fixture
def document(publication: Publication, feed: Feed, entry: Entry) -> Document:
    """Render a document; without entries given, of one entry; `publication` and `feed` fields may be changed."""

    def render(name: str, *entries: Entry, archive: ArchiveLinks | None = None, **changes: Any) -> bytes:
        of_feed = {key: changes.pop(key) for key in ("title", "path", "updated") if key in changes}
        changed = replace(publication, **changes)
        form = FORMATS[name]
        fragments = [form.renderer.render_entry(one, changed) for one in entries]
        return form.document(replace(feed, **of_feed), changed, fragments, archive=archive or ArchiveLinks())

    return render


@pytest.mark.rule(5, 6, 8, 50)
def test_a_channel_says_what_it_is(document: Document) -> None:
    channel = parsed(document("rss"))[0]
    shown = [(child.tag.replace(ATOM, "atom:"), child.text or dict(child.attrib)) for child in channel]
    assert [line for line in shown if line[0] != "image"] == [
        ("title", "해누리 동네 소식"),
        ("link", "https://www.haenuri.example/"),
        ("description", "동네에서 일어나는 일"),
        ("language", "ko"),
        ("atom:link", {"rel": "self", "type": "application/rss+xml", "href": f"{FOLDER}/rss.xml"}),
        ("atom:link", {"rel": "hub", "href": "https://hub.example/"}),
        ("lastBuildDate", "Sat, 21 Nov 2026 09:10:00 +0900"),
        ("ttl", "6"),
        ("copyright", "© 해누리일보"),
        ("managingEditor", "newsroom@haenuri.example (해누리일보)"),
        ("generator", "sosik"),
    ]
    assert [child.text for child in channel.find("image")] == [
        "https://www.haenuri.example/logo.png",
        "해누리 동네 소식",
        "https://www.haenuri.example/",
    ]


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_browser_is_pointed_to_a_style_sheet(document: Document, name: str) -> None:
    """By a path, which holds at every address of the document and on every host; right after the declaration."""
    lines = document(name, feeds_url="https://feeds.haenuri.example/news/", pages="/소식/").splitlines()
    assert lines[0] == b"<?xml version='1.0' encoding='UTF-8'?>"
    assert lines[1] == (b'<?xml-stylesheet type="text/css" href="/news/%EC%86%8C%EC%8B%9D/feed.css"?>')
    assert lines[2].startswith(b"<")


@pytest.mark.rule(5, 6, 8, 50)
def test_an_atom_feed_says_what_it_is(document: Document) -> None:
    root = parsed(document("atom"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"
    said = {child.tag.removeprefix(ATOM): child.text for child in root if child.text}
    assert said == {
        "id": "tag:news.haenuri.example,2010:feed/local",
        "title": "해누리 동네 소식",
        "subtitle": "동네에서 일어나는 일",
        "updated": "2026-11-21T09:10:00+09:00",
        "rights": "© 해누리일보",
        "icon": "https://www.haenuri.example/icon.png",
        "logo": "https://www.haenuri.example/logo.png",
        "generator": "sosik",
    }
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": f"{FOLDER}/atom.xml",
        "hub": "https://hub.example/",
        "alternate": "https://www.haenuri.example/",
    }
    assert [child.text for child in root.find(f"{ATOM}author")] == [
        "해누리일보",
        "newsroom@haenuri.example",
        "https://www.haenuri.example/",
    ]


@pytest.mark.rule(5, 6, 8)
def test_a_json_feed_says_what_it_is(document: Document) -> None:
    """Items come last, as the metadata stand first in the other formats."""
    assert json.loads(document("json")) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "해누리 동네 소식",
        "home_page_url": "https://www.haenuri.example/",
        "feed_url": f"{FOLDER}/feed.json",
        "description": "동네에서 일어나는 일",
        "icon": "https://www.haenuri.example/icon.png",
        "authors": [{"name": "해누리일보", "url": "https://www.haenuri.example/"}],
        "language": "ko",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [],
    }
    assert list(json.loads(document("json")))[-1] == "items"


def test_what_is_not_configured_is_not_said(document: Document) -> None:
    """Neither empty elements nor made-up values stand for what the publication does not say."""
    bare = {"icon": "", "logo": "", "copyright": "", "description": "", "hubs": (), "publisher": Person(name="해누리")}
    rss, atom = (parsed(document(name, **bare)) for name in ("rss", "atom"))
    for name in ("image", "copyright", "managingEditor", "webMaster", "docs"):
        assert rss.find(f"channel/{name}") is None
    for name in ("icon", "logo", "rights"):
        assert atom.find(f"{ATOM}{name}") is None
    assert all(element.text or len(element) or element.attrib for element in [*rss.iter(), *atom.iter()])
    assert "hubs" not in json.loads(document("json", **bare))


def test_a_channel_is_always_described(publication: Publication, feed: Feed) -> None:
    """RSS demands a description: the feed's, else the publication's, else the title."""
    render = FORMATS["rss"].document
    plain, silent = replace(feed, description=""), replace(publication, description="")
    described = [render(plain, publication, []), render(plain, silent, [])]
    found = [parsed(body).findtext("channel/description") for body in described]
    assert found == [publication.description, feed.title]


@pytest.mark.rule(9)
def test_metadata_stand_before_the_items(document: Document, entry: Entry) -> None:
    channel = [child.tag for child in parsed(document("rss", entry, entry))[0]]
    assert channel.index("item") == len(channel) - 2
    atom = [child.tag for child in parsed(document("atom", entry, entry))]
    assert atom.index(f"{ATOM}entry") == len(atom) - 2


def test_items_stand_in_the_order_given(document: Document, entry: Entry, format_name: str) -> None:
    body = document(format_name, *(replace(entry, title=f"{number}번째 소식") for number in range(5)))
    assert re.findall(r"(\d)번째 소식", body.decode()) == list("01234")


@pytest.mark.rule(17)
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_only_the_namespaces_in_use_are_declared(document: Document, entry: Entry, name: str) -> None:
    never_edited = replace(entry, updated=None, edits=(), images=())
    for entries in [(), (entry,), (never_edited,), (never_edited, entry)]:
        body = document(name, *entries)
        declared = set(re.findall(r'xmlns:(\w+)="', body.partition(b"><")[0].decode()))
        assert declared == {prefix for prefix in NAMESPACES if f"<{prefix}:".encode() in body}
        assert body.count(b"xmlns") == len(declared) + (name == "atom")


@pytest.mark.rule(1, 4)
def test_documents_are_utf8_and_say_so(document: Document, entry: Entry, format_name: str) -> None:
    body = document(format_name, entry)
    assert "해오름강" in body.decode()
    assert body.endswith(b"\n")
    assert body.startswith(b"{" if format_name == "json" else b"<?xml version='1.0' encoding='UTF-8'?>\n<")


def test_an_article_is_one_line(document: Document, entry: Entry, format_name: str) -> None:
    """An edit shows as few changed lines, whoever compares two editions; line breaks of the text itself aside."""
    plain = replace(entry, edits=(), images=(), subtitles=())
    assert len(document(format_name, plain, plain).splitlines()) - len(document(format_name, plain).splitlines()) == 1


@pytest.mark.rule(72)
@pytest.mark.parametrize(("seconds", "minutes"), [(60, "1"), (61, "2"), (300, "5"), (0, None)])
def test_ttl_is_max_age_in_whole_minutes(document: Document, seconds: int, minutes: str | None) -> None:
    assert parsed(document("rss", max_age=seconds)).findtext("channel/ttl") == minutes


@pytest.mark.rule(8)
def test_the_root_feed_lives_at_the_root(document: Document) -> None:
    """Its self link is feeds_url and the file's name, also where feeds_url has a path."""
    body = document("json", path="", feeds_url="https://www.haenuri.example/소식/".encode().decode())
    assert json.loads(body)["feed_url"] == "https://www.haenuri.example/소식/feed.json"


@pytest.mark.rule(58)
def test_the_current_document_leads_to_its_archive(document: Document) -> None:
    """RFC 5005: prev-archive in RSS and Atom, next_url in JSON; a current document is no archive."""
    archive = ArchiveLinks(previous="지역 소식/archive/2026-10")
    before = f"{FOLDER}/archive/2026-10"
    rss, atom = (parsed(document(name, archive=archive)) for name in ("rss", "atom"))
    assert {"rel": "prev-archive", "type": "application/rss+xml", "href": f"{before}/rss.xml"} in [
        dict(link.attrib) for link in rss.iter(f"{ATOM}link")
    ]
    assert f"{before}/atom.xml" in [link.get("href") for link in atom.iter(f"{ATOM}link")]
    assert json.loads(document("json", archive=archive))["next_url"] == f"{before}/feed.json"
    assert rss.find(f"channel/{HISTORY}archive") is None


@pytest.mark.rule(58)
def test_an_archive_document_says_so_and_leads_both_ways(document: Document) -> None:
    archive = ArchiveLinks(previous="archive/2026-09", next="archive/2026-11", current="")
    for name, parent in (("rss", "channel/"), ("atom", "")):
        root = parsed(document(name, path="archive/2026-10", archive=archive))
        assert root.find(f"{parent}{HISTORY}archive") is not None
        base, filename = "https://feeds.haenuri.example", FORMATS[name].filename
        links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
        assert links["self"] == f"{base}/archive/2026-10/{filename}"
        assert links["current"] == f"{base}/{filename}"
        assert links["prev-archive"] == f"{base}/archive/2026-09/{filename}"
        assert links["next-archive"] == f"{base}/archive/2026-11/{filename}"


@pytest.mark.rule(33)
def test_no_clock_is_read(document: Document, entry: Entry) -> None:
    """Two renderings a second apart are byte for byte the same."""
    first = [document(name, entry) for name in FORMATS]
    time.sleep(1.01)
    assert [document(name, entry) for name in FORMATS] == first


def test_a_feed_that_cannot_be_rendered_names_itself(document: Document) -> None:
    for changes in ({"title": ""}, {"title": "\x0b"}, {"updated": datetime(2026, 1, 1)}):  # noqa: DTZ001 - refused
        with pytest.raises(RenderError, match="feed 'local'"):
            document("rss", **changes)


@pytest.mark.rule(12, 14)
@pytest.mark.parametrize("harm", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("field", ["title", "summary", "body", "section"])
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_one_bad_article_harms_no_other(document: Document, entry: Entry, name: str, field: str, harm: str) -> None:
    """What XML forbids is refused for the entry that has it, by name; the others are published."""
    change: dict[str, Any] = {field: f"앞{harm}뒤"}
    with pytest.raises(RenderError, match=re.escape(entry.id)):
        document(name, replace(entry, **change))
    assert parsed(document(name, entry)) is not None


@pytest.mark.rule(12)
def test_json_refuses_what_is_no_text(document: Document, entry: Entry) -> None:
    """Half a surrogate pair is no character in any encoding."""
    with pytest.raises(RenderError, match=re.escape(entry.id)):
        document("json", replace(entry, title="\ud83d"))


@pytest.mark.rule(38)
def test_instants_are_the_same_in_every_format(document: Document, entry: Entry) -> None:
    rss, atom = (parsed(document(name, entry)) for name in ("rss", "atom"))
    item = json.loads(document("json", entry))["items"][0]
    published, updated = datetime(2026, 11, 20, 6, 20, 11, tzinfo=UTC), datetime(2026, 11, 21, 0, 10, tzinfo=UTC)
    assert datetime.strptime(rss.findtext("channel/item/pubDate"), "%a, %d %b %Y %H:%M:%S %z") == published
    assert {datetime.fromisoformat(found.text) for found in rss.iter(f"{ATOM}published")} == {published}
    assert {datetime.fromisoformat(found.text) for found in rss.iter(f"{ATOM}updated")} == {updated}
    assert datetime.fromisoformat(atom.findtext(f"{ATOM}entry/{ATOM}published")) == published
    assert datetime.fromisoformat(atom.findtext(f"{ATOM}entry/{ATOM}updated")) == updated
    assert datetime.fromisoformat(item["date_published"]) == published
    assert datetime.fromisoformat(item["date_modified"]) == updated
