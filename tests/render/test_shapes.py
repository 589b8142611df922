"""Entries and feeds filled into templates are feedgen's own bytes, whatever their shape and whatever stands in them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sosik.errors import RenderError
from sosik.model import (
    ArchiveLinks,
    Content,
    Edit,
    EditKind,
    Entry,
    Envelope,
    Feed,
    FormatName,
    Image,
    Person,
    Publication,
    Relation,
    RelationKind,
    Tombstone,
    fragment_of,
)
from sosik.model.values import EntryId
from sosik.render import atom, bridge, elements, page_parts, page_templates, pages, rss
from sosik.render.formats import FORMATS
from sosik.render.kept_shapes import shapes_kept_at
from sosik.render.places import feed_style

_HARD = [
    *("&amp;", "<b>", "]]>", "<![CDATA[", "'\"", "\t", "\r\n", "%s %", "😀", "ᄒᆞᆫ"),
    *('\ue000"0\ue001', "\ue000@3\ue001"),
]
_CHARACTERS = st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
texts = st.lists(st.one_of(st.sampled_from(_HARD), st.text(_CHARACTERS, max_size=6)), max_size=4).map("".join)
names = texts.filter(bool)
maybe = st.none() | texts
instants = st.datetimes(datetime(1001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
people = st.builds(Person, name=texts, email=maybe, url=maybe)
numbers = st.sampled_from([0, 640])
images = st.builds(
    Image, url=names, media_type=texts, width=numbers, height=numbers, length=numbers, caption=texts, credit=texts
)
entries = st.builds(
    Entry,
    id=names,
    title=names,
    published=instants,
    link=names,
    source=st.just("1.yaml"),
    subtitles=st.lists(texts, max_size=2).map(tuple),
    section=texts,
    tags=st.lists(texts, max_size=2).map(tuple),
    authors=st.lists(people, max_size=2).map(tuple),
    updated=st.none() | instants,
    summary=texts,
    body=texts,
    images=st.lists(images, max_size=2).map(tuple),
    edits=st.lists(st.builds(Edit, at=instants, kind=st.sampled_from(list(EditKind)), note=texts), max_size=2).map(
        tuple
    ),
    relations=st.lists(
        st.builds(Relation, kind=st.sampled_from(list(RelationKind)), link=texts, title=texts), max_size=2
    ).map(tuple),
    language=st.sampled_from(["", "ko", "en"]),
)
paths = st.none() | st.sampled_from(["", "지역/2026-11", "a&b"])
tombstones = st.builds(Tombstone, id=names.map(EntryId), when=instants)
feeds = st.builds(
    Feed,
    name=st.just("local"),
    title=names,
    path=st.sampled_from(["", "지역 소식"]),
    id=names,
    updated=instants,
    description=texts,
    tombstones=st.lists(tombstones, max_size=2).map(tuple),
)
archives = st.builds(ArchiveLinks, previous=paths, next=paths, current=paths)
publications = st.builds(
    Publication,
    title=names,
    url=names,
    authority=st.just("haenuri.example,2010"),
    feeds_url=st.just("https://feeds.haenuri.example/"),
    language=st.sampled_from(["ko", "en"]),
    description=texts,
    publisher=people,
    icon=texts,
    logo=texts,
    copyright=texts,
    hubs=st.lists(names, max_size=2).map(tuple),
)

ELEMENTS: dict[str, Callable[..., Any]] = {
    "rss": lambda *told, **more: rss.item(*told, **more).rss_entry(),
    "atom": lambda *told, **more: atom.atom_entry(*told, **more).atom_entry(),
}
HEADS: dict[str, tuple[Callable[..., bytes], bytes]] = {
    "rss": (lambda *told: rss.channel(*told).rss_str(), b"</channel></rss>"),
    "atom": (lambda *told: atom.atom_feed(*told).atom_str(), b"</feed>"),
}


def their_element(name: str, entry: Entry, publication: Publication, content: Content) -> bytes | str:
    """Return what feedgen and lxml write of an entry, or what they say of one that they do not write."""
    try:
        element = ELEMENTS[name](entry, publication, content=content)
        return bridge.fragment(element, FormatName(name)).body
    except ValueError as error:
        return str(error)


def our_element(name: str, entry: Entry, publication: Publication, content: Content) -> bytes | str:
    try:
        return FORMATS[name].renderer.render_entry(entry, publication, content=content).body
    except RenderError as error:
        return str(error.__cause__)


@pytest.mark.parametrize(("name", "content"), [*product(ELEMENTS, Content)])
@settings(max_examples=150, deadline=None)
@given(entry=entries, publication=publications)
def test_an_entry_is_what_feedgen_writes(name: str, content: Content, entry: Entry, publication: Publication) -> None:
    assert our_element(name, entry, publication, content) == their_element(name, entry, publication, content)


@pytest.mark.parametrize("name", HEADS)
@settings(max_examples=150, deadline=None)
@given(feed=feeds, publication=publications, archive=archives, prefixes=st.sets(st.sampled_from(["dc", "media"])))
def test_what_stands_around_entries_is_what_feedgen_writes(
    name: str, feed: Feed, publication: Publication, archive: ArchiveLinks, prefixes: set[str]
) -> None:
    fragments = [fragment_of(FormatName(name), b"", b"", [prefix]) for prefix in prefixes]
    write, closing = HEADS[name]
    head = bridge.head_of(write(feed, publication, archive), prefixes, closing=closing)
    theirs: Envelope = bridge.envelope(head, closing=closing, style=feed_style(publication), is_empty=not fragments)
    assert FORMATS[name].renderer.render_envelope(feed, publication, fragments, archive=archive) == theirs


_EVERY_PLACE = ("title", "link", "id", "summary", "body", "section")


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_character_is_written_or_refused_as_lxml_does(name: str, entry: Entry, publication: Publication) -> None:
    """In text and in attributes, of the body and of what stands around it."""
    picture = replace(entry.images[0], url="https://a.example/1.jpg")
    for code in [*range(0x100), 0x2028, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFE]:
        for place in (*_EVERY_PLACE, "picture"):
            said = f"가{chr(code)}나"
            changed = replace(
                entry, **{"images": (replace(picture, url=said),)} if place == "picture" else {place: said}
            )
            ours, theirs = (make(name, changed, publication, Content.FULL) for make in (our_element, their_element))
            assert ours == theirs, (place, hex(code))


def test_a_text_is_cut_out_where_it_stands_as_content(entry: Entry, publication: Publication) -> None:
    """A body of one word is not taken for the same word in the headline."""
    entry = replace(entry, title="불꽃", summary="불꽃", body="불꽃")
    for name in FORMATS:
        made = FORMATS[name].renderer.render_entry(entry, publication)
        assert made.text.decode() == "불꽃"
        assert made.head.count("불꽃".encode()) >= 2


@settings(max_examples=150, deadline=None)
@given(entry=entries, publication=publications, content=st.sampled_from(list(Content)))
def test_an_item_of_json_is_written_as_one(entry: Entry, publication: Publication, content: Content) -> None:
    body = FORMATS["json"].renderer.render_entry(entry, publication, content=content).body.decode()
    members = json.loads(body, object_pairs_hook=lambda pairs: pairs)
    assert len({name for name, _ in members}) == len(members)
    assert json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":")) == body


def test_half_a_character_is_refused_by_every_format(entry: Entry, publication: Publication, format_name: str) -> None:
    with pytest.raises(RenderError):
        FORMATS[format_name].renderer.render_entry(replace(entry, body="\ud800"), publication)


def plainly(make: Callable[..., bytes], *told: object) -> bytes:
    """Return a page as Jinja itself fills every template of it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (pages, page_parts):
            patch.setattr(module, "filled", page_templates.rendered)
        return make(*told)


@settings(max_examples=150, deadline=None)
@given(entry=entries, publication=publications, offered=st.lists(feeds, max_size=2))
def test_an_article_page_is_what_jinja_writes(entry: Entry, publication: Publication, offered: list[Feed]) -> None:
    assert pages.article_page(entry, publication, offered) == plainly(pages.article_page, entry, publication, offered)


@settings(max_examples=100, deadline=None)
@given(feed=feeds, publication=publications, latest=st.lists(entries, max_size=3))
def test_pages_that_offer_feeds_are_what_jinja_writes(
    feed: Feed, publication: Publication, latest: list[Entry]
) -> None:
    assert pages.subscribe_page(publication, feed, latest) == plainly(pages.subscribe_page, publication, feed, latest)
    groups = pages.feed_groups([feed, replace(feed, path="다른", name="other")], [])
    assert pages.start_page(publication, groups, latest) == plainly(pages.start_page, publication, groups, latest)


@settings(max_examples=100, deadline=None)
@given(feed=feeds, publication=publications, before=st.lists(entries, max_size=3), latest=st.lists(entries, max_size=3))
def test_a_start_page_with_other_latest_entries_is_what_jinja_writes(
    feed: Feed, publication: Publication, before: list[Entry], latest: list[Entry]
) -> None:
    groups = pages.feed_groups([feed], [])
    page = pages.start_page(publication, groups, before)

    with_latest = pages.with_latest(page, publication, latest, path=publication.pages)

    assert with_latest == (pages.start_page(publication, groups, latest) if before and latest else b"")


@settings(max_examples=100, deadline=None)
@given(first=entries, second=entries, publication=publications, cut=st.integers(0, 40))
def test_templates_that_another_process_kept_are_those_that_this_one_makes(
    first: Entry, second: Entry, publication: Publication, cut: int
) -> None:
    def made() -> list[bytes]:
        """Render as a process that has just begun."""
        page_templates._template.cache_clear()
        elements._fragment_templates.cache_clear()
        fragments = [fragment(entry) for entry in (first, second) for fragment in (rss_of, atom_of)]
        return [*fragments, pages.article_page(first, publication)]

    def rss_of(entry: Entry) -> bytes:
        return rss.render_entry(entry, publication, content=Content.FULL).body

    def atom_of(entry: Entry) -> bytes:
        return atom.render_entry(entry, publication, content=Content.FULL).body

    with TemporaryDirectory() as folder:
        path = Path(folder, "shapes")
        here = made()
        for _ in range(3):
            with shapes_kept_at(path):
                assert made() == here
            # Whoever wrote it may have been ended.
            path.write_bytes(path.read_bytes()[: -cut or None])
        assert path.stat().st_size > 500
