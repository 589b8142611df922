"""Documents give their bytes; what is kept by digest goes with the last that needs it."""

from contextlib import closing
from hashlib import sha256
from html import escape
from typing import Any

import pytest

from sosik.errors import PictureError, StoreError
from sosik.model import Content, DocumentKind, FormatName, Fragment
from sosik.model.values import Digest, DocumentPath
from sosik.store import (
    AddressRow,
    Changes,
    FeedRow,
    FragmentKey,
    Origin,
    PageRow,
    Store,
    open_snapshot,
    open_store,
)
from sosik.store.address import Place
from sosik.store.records import record_of, text_row
from sosik.store.rows import GoneRow
from store.samples import (
    FIRST,
    NOW,
    SECOND,
    accept,
    document,
    entry_of,
    fragment,
    tag,
)


def test_what_is_much_alike_is_read_as_it_was_written(store: Store) -> None:
    """Whether it came before there was anything to pack it by, with it, or later; and if it is quite another thing."""
    bodies = [f"<!doctype html><title>{number}번 기사</title>{'해오름' * number}".encode() for number in range(40)]
    bodies += [b"", b"\0" * 100_000, bytes(range(256))]
    for batch in (bodies[:2], bodies[2:30], bodies[30:]):
        rows = [document(f"/{number}", body=body) for number, body in enumerate(bodies) if body in batch]
        store.apply(Changes(documents=rows, pages=[PageRow(tag(body), "page", body) for body in batch]))

    assert [store.body(f"/{number}") for number in range(len(bodies))] == bodies


def test_what_a_transaction_took_back_is_not_packed_by(place: Place) -> None:
    """What others read is packed by what is in the store, whatever this process has tried meanwhile."""
    first, then = ([f"{word} {number}".encode() * 9 for number in range(20)] for word in ("first", "then"))

    def put(store: Store, bodies: list[bytes]) -> None:
        rows = [document(f"/{number}", body=body) for number, body in enumerate(bodies)]
        store.apply(Changes(documents=rows, pages=[PageRow(tag(body), "page", body) for body in bodies]))

    open_store(place).close()
    with open_store(place) as store, closing(open_snapshot(place)) as snapshot:
        with store.transaction(keep=False):
            put(store, first)
        with store.transaction():
            put(store, then)

        assert [snapshot.body(f"/{number}") for number in range(20)] == then
        assert [store.body(f"/{number}") for number in range(20)] == then
        with store.transaction():
            put(store, first)
        assert [snapshot.body(f"/{number}") for number in range(20)] == first


def test_documents_give_their_bytes_whatever_they_are_made_of(store: Store) -> None:
    page = "<!doctype html><title>구독</title>".encode()
    text = text_row("<p>가 & 나</p>")
    feed: dict[str, Any] = {"feed": "all", "owner": "all", "head": b"<rss>", "joint": b"\n", "tail": b"</rss>"}
    item = "<item>&lt;p&gt;가 &amp; 나&lt;/p&gt;</item>"
    shown, none = f"<rss>{item}\n{item}</rss>".encode(), {"feed": "none"}
    store.apply(
        Changes(
            texts=[text],
            fragments=[
                fragment(FIRST, FormatName.RSS, Content.FULL, text.digest),
                fragment(SECOND, FormatName.RSS, Content.FULL),
                fragment(SECOND, FormatName.RSS, Content.SUMMARY, text.digest),
                fragment(FIRST, FormatName.ATOM, Content.FULL, text.digest),
            ],
            feeds=[FeedRow("all", NOW, f'["{SECOND}", "{FIRST}", "none"]', shortened=f'["{SECOND}"]')],
            pages=[PageRow(tag(page), "page", page)],
            documents=[
                document("/", body=page),
                document("/rss.xml", kind=DocumentKind.FEED, body=shown, format="rss", **feed),
                document("/empty/rss.xml", kind=DocumentKind.FEED, body=b"<rss></rss>", format="rss", **(feed | none)),
            ],
        )
    )

    assert store.body("/").decode() == page.decode()
    assert store.body("/empty/rss.xml") == b"<rss></rss>"
    key = FragmentKey(FIRST, FormatName.RSS, Content.FULL)
    spelt = store.fragments([key])[key]
    assert spelt == Fragment(
        format=FormatName.RSS,
        head=b"<item>",
        text="&lt;p&gt;가 &amp; 나&lt;/p&gt;".encode(),
        tail=b"</item>",
        prefixes=frozenset({"dc", "content"}),
    )
    assert store.body("/rss.xml") == shown
    assert store.fragment_digests([FIRST]) == {
        FIRST: {(FormatName.RSS, Content.FULL): "made of", (FormatName.ATOM, Content.FULL): "made of"}
    }
    with pytest.raises(StoreError, match="/nowhere"):
        store.body("/nowhere")


def test_a_picture_gives_its_bytes(place: Place) -> None:
    picture = b"\xff\xd8\xff\xe0 a picture"
    digest = sha256(picture).hexdigest()
    with open_store(place) as store:
        states = store.pictures_states()
        assert not store.has_picture(digest)
        store.keep_picture(digest, picture)
        with store.transaction():
            store.apply(Changes(documents=[document("/media/1/p.jpg", kind=DocumentKind.MEDIA, blob=digest)]))

        assert store.has_picture(digest)
        assert store.pictures_states() != states
        assert store.body("/media/1/p.jpg") == picture


def test_a_picture_that_is_not_what_it_was_is_no_picture(place: Place) -> None:
    picture = b"\xff\xd8\xff\xe0 a picture"
    digest = sha256(picture).hexdigest()
    with open_store(place) as store:
        store.keep_picture(digest, picture)
        with store.transaction():
            store.apply(Changes(documents=[document("/media/1/p.jpg", kind=DocumentKind.MEDIA, blob=digest)]))
        store.keep_picture(digest, b"")

        assert not store.has_picture(digest)
        with pytest.raises(PictureError, match=digest):
            store.body("/media/1/p.jpg")


def test_pictures_that_no_document_is_of_are_found_and_dropped(place: Place) -> None:
    bodies = {sha256(body).hexdigest(): body for body in (b"needed", b"of nobody")}
    needed, extra = bodies
    with open_store(place) as store:
        for digest, body in bodies.items():
            store.keep_picture(digest, body)
        with store.transaction():
            store.apply(Changes(documents=[document("/media/1/p.jpg", kind=DocumentKind.MEDIA, blob=needed)]))
        states = store.pictures_states()

        assert store.unneeded_pictures() == {extra[:2]: [extra]}
        store.drop_pictures({extra[:2]: [extra]})

        assert (store.has_picture(needed), store.has_picture(extra)) == (True, False)
        assert store.pictures_states() == {needed[:2]: states[needed[:2]]}
        assert store.pictures_states([extra[:2]]) == {}


def test_documents_are_found_counted_and_remembered_when_they_are_gone(store: Store) -> None:
    rows = [
        document("/b", owner="b", feed="b", kind=DocumentKind.FEED),
        document("/a/b", owner="a"),
        document("/style.css", kind=DocumentKind.ASSET),
    ]

    store.apply(Changes(documents=rows))
    assert [head.path for head in store.heads()] == ["/a/b", "/b", "/style.css"]
    assert store.heads_at(["/b", "/none"])["/b"].kind is DocumentKind.FEED
    assert store.origins(["/b", "/none"]) == {"/b": Origin(DocumentKind.FEED, Digest("inputs"), "b")}
    assert store.origins().keys() == {"/b", "/a/b", "/style.css"}
    assert store.count() == 3
    assert store.addresses() == [AddressRow(DocumentPath("/b"), DocumentKind.FEED, "b", "b", "")]
    assert [row.path for row in store.documents()] == ["/a/b", "/b", "/style.css"]
    assert store.membership.taken(["/b", "/c"]) == {"/b"}
    assert (store.membership.has_below("/a"), store.membership.has_below("/b")) == (True, False)
    assert store.membership.feeds_offered() == ["b"]

    store.apply(Changes(documents_gone=["/b", "/style.css", "/none"], gone_since=NOW))
    assert store.origins().keys() == {"/a/b"}
    store.apply(Changes(gone=[GoneRow(DocumentPath("/a"), NOW)]))
    assert store.gone() == [GoneRow(DocumentPath("/a"), NOW), GoneRow(DocumentPath("/b"), NOW)]


def test_a_record_goes_with_the_last_entry_that_points_to_it(store: Store) -> None:
    first, edited = entry_of(FIRST), entry_of(FIRST, "<p>고친 본문입니다.</p>")
    digest = record_of(first).row.digest

    accept(store, first)
    store.add_records([record_of(first), record_of(first)])
    accept(store, edited)
    assert store.record(digest) == first, "until the transaction ends something may come to point to it"
    accept(store, first)
    assert store.record(record_of(edited).row.digest) is None
    assert store.record(digest) == store.entry(FIRST) == first


def test_a_text_stays_while_a_record_or_a_fragment_needs_it(store: Store) -> None:
    first, other = entry_of(FIRST), entry_of(FIRST, "<p>고친 본문입니다.</p>")
    text = text_row(first.body)
    key = FragmentKey(FIRST, FormatName.RSS, Content.FULL)

    accept(store, first)
    store.apply(Changes(fragments=[fragment(FIRST, FormatName.RSS, Content.FULL, text.digest)]))
    accept(store, other)
    assert store.fragments([key])[key].text.decode() == escape(text.body.decode())
    accept(store, first, fragments=[fragment(FIRST, FormatName.RSS, Content.FULL, text_row(other.body).digest)])
    assert store.entry(FIRST) == first
    store.apply(Changes(entries_gone=[FIRST]))
    # Nothing needs it: who refers to it now finds nothing.
    store.apply(Changes(fragments=[fragment(FIRST, FormatName.RSS, Content.FULL, text.digest)]))
    assert store.fragments([key])[key].text == b""


def test_a_page_stays_while_a_document_has_its_tag(store: Store) -> None:
    page = b"<!doctype html>"

    store.apply(
        Changes(
            documents=[document("/a", body=page), document("/b", body=page)], pages=[PageRow(tag(page), "page", page)]
        )
    )
    store.apply(Changes(documents_gone=["/a"]))
    assert store.body("/b") == page
    store.apply(Changes(documents=[document("/b", body=b"other")], pages=[PageRow(tag(b"other"), "page", b"other")]))
    store.apply(Changes(documents=[document("/a", body=page)]))
    with pytest.raises(StoreError):
        store.body("/a")


def test_a_record_that_nothing_came_to_point_to_goes_with_the_transaction(place: Place) -> None:
    held = record_of(entry_of(FIRST))
    with open_store(place) as store:
        with store.transaction():
            store.add_records([held])
            assert store.record(held.row.digest) is not None
        assert store.record(held.row.digest) is None
