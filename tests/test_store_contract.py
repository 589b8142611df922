"""What every store does, whichever database keeps it: in a file, in memory, and for a dry run over a file.

A store in another database is one more row of `STORES`; nothing below knows where the rows lie.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sosik.errors import StoreError
from sosik.model import Content, DocumentKind, Entry, FormatName, Fragment
from sosik.model.instants import seconds
from sosik.model.listing import listing_of
from sosik.model.values import Digest, DocumentPath, EntryId, Seconds
from sosik.store import (
    NO_EDITION,
    AcceptedEntry,
    AddressRow,
    AnnouncementRow,
    Changes,
    DocumentRow,
    EditionRow,
    FeedRow,
    FragmentKey,
    FragmentRow,
    LedgerRow,
    ListedRows,
    Origin,
    OutputRow,
    PageRow,
    PartRow,
    ProjectedRow,
    SourceRow,
    Store,
    TargetRow,
    open_snapshot,
    open_store,
)
from sosik.store.records import record_of, text_row
from sosik.store.rows import DueRow, FamilyRow, GoneRow, Marks, MediumRow, MemberRow, PointerRow
from sosik.words import Message

MANY = 2_500
"""Keys that take more than one statement."""

NOW = Seconds(1_700_000_000)
FIRST, SECOND = EntryId("tag:test.example,2010:first"), EntryId("tag:test.example,2010:second")


def open_in_file(folder: Path) -> Store:
    return open_store(folder / ".sosik")


def open_in_memory(_: Path) -> Store:
    return open_store(None)


def open_to_try(folder: Path) -> Store:
    """Open a store that holds something already for a dry run; what it holds is in nobody's way."""
    with open_store(folder / ".sosik") as store, store.transaction():
        store.apply(Changes(meta={"before": "the dry run"}, sources=[source("before.md", EntryId("before"))]))
    return open_store(folder / ".sosik", is_dry=True)


STORES: dict[str, Callable[[Path], Store]] = {"file": open_in_file, "memory": open_in_memory, "dry run": open_to_try}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a store within a transaction, the only place in which what a dry run writes can be read."""
    with STORES[request.param](tmp_path) as opened, opened.transaction():
        yield opened


def entry_of(id_: EntryId, body: str = "<p>본문입니다.</p>", *, published: Seconds = NOW) -> Entry:
    return Entry(
        id=id_,
        title="첫 기사",
        published=datetime.fromtimestamp(published, UTC),
        link=f"https://www.test.example/{id_[-5:]}",
        source=f"{id_[-5:]}.md",
        body=body,
    )


def accept(store: Store, *entries: Entry, **more: Any) -> None:
    records = [record_of(entry) for entry in entries]
    store.add_records(records)
    accepted = [
        AcceptedEntry(listing=listing_of(entry), record=record.row.digest)
        for entry, record in zip(entries, records, strict=True)
    ]
    store.apply(Changes(entries=accepted, **more))


def source(path: str, id_: EntryId, *, stamp: str = "1", held: bool = False) -> SourceRow:
    return SourceRow(path=path, stamp=stamp, entry_id=id_, pictures="[]", held=held, problems="[]")


def ledger_row(id_: EntryId, *, title: str = "첫 기사", link: str = "", published: Seconds = NOW) -> LedgerRow:
    return LedgerRow(
        id=id_,
        source=f"{id_}.md",
        published=published,
        confirmed=True,
        updated=None,
        corrected=None,
        edited=None,
        title=title,
        link=link,
        body="b",
        digest="d",
        withdrawn=None,
    )


def document(path: str, *, kind: DocumentKind = DocumentKind.PAGE, body: bytes = b"", **more: Any) -> DocumentRow:
    return DocumentRow(
        path=DocumentPath(path),
        kind=kind,
        media_type="text/html",
        etag=tag(body),
        last_modified=NOW,
        length=len(body),
        blob=more.pop("blob", ""),
        inputs=Digest("inputs"),
        owner=more.pop("owner", ""),
        **more,
    )


def tag(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


def fragment(id_: EntryId, format_name: FormatName, content: Content, text: str = "") -> FragmentRow:
    return FragmentRow(id_, format_name, content, "made of", "dc content", text, b"<item>", b"</item>")


def ids_of(count: int) -> list[EntryId]:
    return [EntryId(f"tag:test.example,2010:{number:06}") for number in range(count)]


# --- what is put is read back, replaced by its key, and dropped


def test_files_are_remembered_by_their_paths(store: Store) -> None:
    rows = [source("a.md", FIRST, held=True), source("b/나.md", SECOND)]

    store.apply(Changes(sources=rows))
    assert store.sources.at(["a.md", "b/나.md", "none.md"]) == {row.path: row for row in rows}
    assert store.sources.of([SECOND]) == {"b/나.md": SECOND}

    store.apply(Changes(sources=[source("a.md", SECOND, stamp="2")], sources_gone=["b/나.md"]))
    assert store.sources.of([FIRST, SECOND]) == {"a.md": SECOND}
    (known,) = [file for file in store.sources.each() if file.path == "a.md"]
    assert (known.stamp, bool(known.held), bool(known.is_live)) == ("2", False, False)


def test_the_last_of_several_rows_of_one_key_stays(store: Store) -> None:
    store.apply(Changes(sources=[source("a.md", FIRST), source("a.md", SECOND)]))

    assert store.sources.of([FIRST, SECOND]) == {"a.md": SECOND}


def test_the_ledger_is_found_by_whatever_an_article_is_recognised_by(store: Store) -> None:
    first = ledger_row(FIRST, link="https://www.test.example/1")
    second = ledger_row(SECOND, title="둘째", published=Seconds(NOW + 1))._replace(withdrawn=Seconds(NOW + 9), page="p")

    store.apply(Changes(ledger=[first, second]))
    assert store.ledger.of([FIRST, SECOND]) == {FIRST: first, SECOND: second}
    assert not store.ledger.is_empty()
    assert store.ledger.live() == 1
    for marks, found in (
        (Marks(id=[FIRST]), {FIRST}),
        (Marks(source=[f"{SECOND}.md"]), {SECOND}),
        (Marks(published=[NOW]), {FIRST}),
        (Marks(title=["둘째"]), {SECOND}),
        (Marks(link=["https://www.test.example/1", "none"]), {FIRST}),
        (Marks(body=["b"]), {FIRST, SECOND}),
        (Marks(page=["p"], title=["첫 기사"]), {FIRST, SECOND}),
        (Marks(title=["' OR 1 = 1 --"]), set()),
    ):
        assert store.ledger.alike(marks).keys() == found

    store.apply(Changes(ledger=[second._replace(withdrawn=None, link="https://www.test.example/1")]))
    assert {row.id for row in store.ledger.sharing()} == {FIRST, SECOND}
    store.apply(Changes(ledger_gone=[FIRST]))
    assert store.ledger.of([FIRST, SECOND]).keys() == {SECOND}


def test_entries_are_read_as_they_were_accepted(store: Store) -> None:
    first, second = entry_of(FIRST), entry_of(SECOND, "<p>둘째 &amp; '따옴표'</p>", published=Seconds(NOW + 1))

    accept(store, first, second)
    assert store.ids() == [SECOND, FIRST]
    assert store.entries([FIRST, SECOND, EntryId("none")]) == {FIRST: first, SECOND: second}
    assert store.entry(FIRST) == first
    assert store.accepted([FIRST])[FIRST].listing == listing_of(first)

    edited = entry_of(FIRST, "<p>고친 본문입니다.</p>")
    accept(store, edited, entries_gone=[SECOND])
    assert store.entries([FIRST, SECOND]) == {FIRST: edited}
    assert store.membership.listings([FIRST, SECOND]) == {FIRST: listing_of(edited)}


def test_remembered_values_feeds_and_editions_are_replaced(store: Store) -> None:
    for number, title in enumerate(("하나", "둘"), start=1):
        feed = FeedRow("all", NOW, f'["{FIRST}"]', past=f'["{SECOND}"]', labels=f'["{title}"]', due=Seconds(NOW + 5))
        edition = EditionRow(number, NOW, Seconds(NOW + number))
        store.apply(Changes(meta={"title": title}, feeds=[feed], edition=edition))

        assert (store.meta("title"), store.meta("none")) == (title, "")
        assert store.feeds() == store.membership.feeds(["all", "none"]) == {"all": feed}
        assert store.edition() == edition

    assert store.membership.feeds_having_shown([SECOND]) == ["all"]
    assert store.membership.feeds_having_shown([EntryId("second")]) == []
    assert store.membership.feeds_telling_until(Seconds(NOW + 5)) == ["all"]
    assert store.membership.feeds_telling_until(NOW) == []


def test_what_follows_from_entries_is_put_and_dropped_row_by_row(store: Store) -> None:
    accept(store, entry_of(FIRST), entry_of(SECOND, published=Seconds(NOW + 1)))
    picture = DocumentPath("/media/1/a.jpg")
    rows = ListedRows(
        members=frozenset({MemberRow("all", "", NOW, FIRST), MemberRow("all", "", Seconds(NOW + 1), SECOND)}),
        dues=frozenset({DueRow(Seconds(NOW + 7), FIRST)}),
        pointers=frozenset({PointerRow("second.md", FIRST)}),
        media=frozenset({MediumRow(picture, SECOND)}),
    )
    membership = store.membership

    store.apply(Changes(listed=rows, families=[FamilyRow("parts", "정치", "parts")]))
    store.apply(Changes(listed=rows))  # once more is no more
    assert membership.rows() == rows.members
    assert [listing.id for listing in membership.newest(("all", ""), Seconds(NOW + 1), 9)] == [SECOND, FIRST]
    assert [listing.id for listing in membership.newest(("all", ""), NOW, 9)] == [FIRST]
    assert [listing.id for listing in membership.between(("all", ""), NOW, Seconds(NOW + 1), Seconds(NOW + 9))] == [
        FIRST
    ]
    assert [listing.id for listing in membership.changing(("all", ""), NOW, NOW, Seconds(NOW + 7))] == [FIRST]
    assert membership.counts("all", ["", "none"], NOW) == {"": 1}
    assert (membership.is_empty("all", NOW), membership.is_empty("none", NOW)) == (False, True)
    assert membership.next_due(NOW, Seconds(100)) == NOW + 1
    assert membership.fell_due(NOW, Seconds(NOW + 7)) == {FIRST, SECOND}
    assert membership.ahead(NOW) == [NOW + 1]
    assert membership.pointing(["second.md"]) == {FIRST}
    assert membership.pointers_of([FIRST, SECOND]) == rows.pointers
    assert membership.visible_media([picture], NOW) == set()
    assert membership.visible_media([picture], Seconds(NOW + 1)) == {picture}
    assert membership.families(["parts"]) == [FamilyRow("parts", "정치", "parts")]

    gone = ListedRows(members=frozenset({MemberRow("all", "", NOW, FIRST)}), dues=rows.dues)
    store.apply(Changes(listed_gone=gone, families_gone=["parts"], families=[FamilyRow("parts", "경제", "")]))
    assert membership.rows() == rows.members - gone.members
    assert membership.changing(("all", ""), NOW, NOW, Seconds(NOW + 7)) == []
    assert membership.pointing(["second.md"]) == {FIRST}
    assert membership.families(["parts"]) == [FamilyRow("parts", "경제", "")]

    store.apply(Changes(members_gone=["all"]))
    assert membership.rows() == set()
    store.apply(Changes(unlisted=True))
    assert membership.pointing(["second.md"]) == set()


def test_what_waits_to_be_told_is_kept_until_it_was(store: Store) -> None:
    queue = store.announcements
    row = AnnouncementRow("https://hub.example/", "https://feeds.test.example/rss.xml", "websub", NOW, due=NOW)
    told = TargetRow(row.target, told=1, asked=True, due=NOW + 60, outcome=Message("store.no-document", path="/a"))

    queue.put([row])
    assert (queue.waiting(), queue.next_due()) == ([row], NOW)
    queue.put_targets([told])
    assert queue.targets() == {row.target: told}
    assert queue.next_due() == NOW + 60
    queue.delay([row._replace(tries=1, due=NOW + 90)])
    assert (queue.waiting()[0].tries, queue.next_due()) == (1, NOW + 90)
    queue.put([row._replace(since=NOW + 1)])
    queue.drop([row])  # an edition has queued it anew meanwhile
    assert [waiting.since for waiting in queue.waiting()] == [NOW + 1]
    queue.keep_only([])
    assert (queue.waiting(), queue.targets(), queue.next_due()) == ([], {}, None)


def test_what_stands_in_a_directory_is_remembered_for_each(tmp_path: Path) -> None:
    """A dry run publishes nothing."""
    one, two = (
        [
            ProjectedRow(output, part, DocumentPath(path), "e", "s")
            for part, path in (("00", "/1"), ("00", "/2"), ("01", "/3"))
        ]
        for output in ("/a", "/b")
    )
    parts = [PartRow("/a", "00", '["1", "2"]', "signature"), PartRow("/a", "01", '["3"]', "signature")]
    with open_in_file(tmp_path) as store, store.transaction():
        projections = store.projections
        assert (projections.made("/a"), projections.parts("/a"), projections.rows("/a")) == ("", [], [])
        projections.keep(OutputRow("/a", "first"), gone=[], rows=one, parts=parts)
        projections.keep(OutputRow("/b", "first"), gone=[], rows=two, parts=[])

        changed = one[0]._replace(etag="after", packed="p")
        projections.keep(OutputRow("/a", "then"), gone=[one[1]], rows=[changed], parts=[parts[0]._replace(files="[]")])

        assert (projections.made("/a"), projections.made("/b")) == ("then", "first")
        assert sorted(projections.rows("/a")) == [changed, one[2]]
        assert projections.rows("/a", ["00", "none"]) == [changed]
        assert projections.rows("/a", []) == []
        assert sorted(projections.rows("/b")) == two
        assert sorted(projections.parts("/a")) == [parts[0]._replace(files="[]"), parts[1]]


def test_what_changed_is_remembered_until_a_directory_has_it(tmp_path: Path) -> None:
    """Of those that have files of the documents; a new one gets them all."""
    paths = ["/1", "/2", "/3"]
    with open_in_file(tmp_path) as store, store.transaction():
        projections = store.projections
        store.apply(Changes(documents=[document(path) for path in paths]))
        assert projections.stale("/a") == []
        for output in ("/a", "/b"):
            projections.keep(OutputRow(output, "first"), gone=[], rows=[], parts=[])

        store.apply(Changes(documents=[document("/1", body=b"other"), document("/4")]))
        store.apply(
            Changes(documents=[document("/1", body=b"another")], documents_gone=["/2", "/none"], gone_since=NOW)
        )
        projections.keep(OutputRow("/b", "first"), gone=[], rows=[], parts=[])
        store.apply(Changes(documents_gone=["/4"], gone_since=NOW))

        assert sorted(projections.stale("/a")) == ["/1", "/2", "/4", "/none"]
        assert projections.stale("/b") == ["/4"]


# --- documents


def test_what_is_much_alike_is_read_as_it_was_written(store: Store) -> None:
    """Whether it came before there was anything to pack it by, with it, or later; and if it is quite another thing."""
    bodies = [f"<!doctype html><title>{number}번 기사</title>{'해오름' * number}".encode() for number in range(40)]
    bodies += [b"", b"\0" * 100_000, bytes(range(256))]
    for batch in (bodies[:2], bodies[2:30], bodies[30:]):
        rows = [document(f"/{number}", body=body) for number, body in enumerate(bodies) if body in batch]
        store.apply(Changes(documents=rows, pages=[PageRow(tag(body), "page", body) for body in batch]))

    assert [store.body(f"/{number}") for number in range(len(bodies))] == bodies


def test_what_a_transaction_took_back_is_not_packed_by(tmp_path: Path) -> None:
    """What others read is packed by what is in the store, whatever this process has tried meanwhile."""
    first, then = ([f"{word} {number}".encode() * 9 for number in range(20)] for word in ("first", "then"))

    def put(store: Store, bodies: list[bytes]) -> None:
        rows = [document(f"/{number}", body=body) for number, body in enumerate(bodies)]
        store.apply(Changes(documents=rows, pages=[PageRow(tag(body), "page", body) for body in bodies]))

    with open_in_file(tmp_path) as store, closing(open_snapshot(tmp_path / ".sosik")) as snapshot:
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
    spelt = store.fragments([FIRST])[FragmentKey(FIRST, FormatName.RSS, Content.FULL)]
    assert spelt == Fragment(
        format=FormatName.RSS,
        head=b"<item>",
        text="<p>가 & 나</p>",
        tail=b"</item>",
        prefixes=frozenset({"dc", "content"}),
    )
    assert store.body("/rss.xml") == shown
    assert store.fragment_digests([FIRST]) == {
        FIRST: {(FormatName.RSS, Content.FULL): "made of", (FormatName.ATOM, Content.FULL): "made of"}
    }
    with pytest.raises(StoreError, match="/nowhere"):
        store.body("/nowhere")


def test_a_picture_gives_its_bytes(tmp_path: Path) -> None:
    picture = b"\xff\xd8\xff\xe0 a picture"
    digest = sha256(picture).hexdigest()
    with open_in_file(tmp_path) as store:
        state = store.pictures_state()
        assert not store.has_picture(digest)
        store.keep_picture(digest, picture)
        with store.transaction():
            row = document("/media/1/p.jpg", kind=DocumentKind.MEDIA, body=picture, blob=digest)
            store.apply(Changes(documents=[row]))

        assert store.has_picture(digest)
        assert store.pictures_state() != state
        assert store.body("/media/1/p.jpg") == picture


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


# --- what is kept by digest


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
    assert store.fragments([FIRST])[key].text == text.body
    accept(store, first, fragments=[fragment(FIRST, FormatName.RSS, Content.FULL, text_row(other.body).digest)])
    assert store.entry(FIRST) == first
    store.apply(Changes(entries_gone=[FIRST]))
    # Nothing needs it: who refers to it now finds nothing.
    store.apply(Changes(fragments=[fragment(FIRST, FormatName.RSS, Content.FULL, text.digest)]))
    assert store.fragments([FIRST])[key].text == ""


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


def test_a_record_that_nothing_came_to_point_to_goes_with_the_transaction(tmp_path: Path) -> None:
    held = record_of(entry_of(FIRST))
    with open_in_file(tmp_path) as store:
        with store.transaction():
            store.add_records([held])
            assert store.record(held.row.digest) is not None
        assert store.record(held.row.digest) is None


# --- transactions, dry runs, readers


def everything(store: Store) -> Sequence[object]:
    """Return what a store holds, as far as it can be asked for at once."""
    return (
        sorted(store.sources.each()),
        sorted(store.ledger.each(), key=lambda row: row.id),
        store.ids(),
        store.entries(store.ids()),
        store.fragments(store.ids()),
        store.membership.rows(),
        store.feeds(),
        store.heads(),
        [store.body(head.path) for head in store.heads()],
        store.announcements.waiting(),
        store.edition(),
        store.meta("title"),
    )


def write_edition(store: Store, number: int, *, entries: int = 3) -> None:
    """Write an edition of which every part says its number."""
    page = f"<title>{number}</title>".encode()
    ids = ids_of(entries)
    written = [entry_of(id_, f"<p>{number}</p>", published=Seconds(NOW + number)) for id_ in ids]
    accept(store, *written)
    store.apply(
        Changes(
            meta={"title": str(number)},
            sources=[source(f"{id_}.md", id_, stamp=str(number)) for id_ in ids],
            ledger=[ledger_row(id_, title=str(number)) for id_ in ids],
            listed=ListedRows(members=frozenset(MemberRow("all", "", Seconds(NOW + number), id_) for id_ in ids)),
            fragments=[fragment(id_, FormatName.RSS, Content.FULL) for id_ in ids],
            feeds=[FeedRow("all", Seconds(NOW + number), "[]")],
            documents=[document(f"/{name}", body=page) for name in ("a", "b")],
            pages=[PageRow(tag(page), "page", page)],
            edition=EditionRow(number, Seconds(NOW + number)),
        )
    )
    store.announcements.put([AnnouncementRow("https://hub.example/", "/a", "websub", NOW + number)])


@pytest.mark.parametrize("name", STORES)
def test_a_transaction_that_raises_leaves_all_as_it_was(name: str, tmp_path: Path) -> None:
    with STORES[name](tmp_path) as store:
        if name != "dry run":
            with store.transaction():
                write_edition(store, 1)
        before = everything(store)

        for number, keep in ((2, True), (3, False)):
            try:
                with store.transaction(keep=keep):
                    write_edition(store, number)
                    store.apply(Changes(entries_gone=ids_of(1), ledger_gone=ids_of(1), documents_gone=["/a"]))
                    assert everything(store) != before
                    if keep:
                        raise ArithmeticError
            except ArithmeticError:
                pass
            assert everything(store) == before


def test_a_dry_run_leaves_the_store_byte_for_byte_as_it_was(tmp_path: Path) -> None:
    with open_in_file(tmp_path) as store, store.transaction():
        write_edition(store, 1)
    files = sorted(path for path in (tmp_path / ".sosik").rglob("*") if path.is_file() and path.name != "site.db-shm")
    before = {path: path.read_bytes() for path in files}

    with open_store(tmp_path / ".sosik", is_dry=True) as trial:
        for number in (2, 3):
            with trial.transaction():
                write_edition(trial, number)
                assert trial.edition().number == number
            assert trial.edition().number == 1

    assert {path: path.read_bytes() for path in files} == before


def test_a_reader_sees_an_edition_whole_while_the_next_is_written(tmp_path: Path) -> None:
    with open_in_file(tmp_path) as store:
        with store.transaction():
            write_edition(store, 1)
        with closing(open_snapshot(tmp_path / ".sosik")) as snapshot:
            version = snapshot.data_version()
            with store.transaction():
                write_edition(store, 2)
                assert (snapshot.edition().number, snapshot.body("/a")) == (1, b"<title>1</title>")
                assert snapshot.data_version() == version
                with snapshot.reading():
                    assert snapshot.meta("title") == "1"
            assert snapshot.data_version() != version
            assert (snapshot.edition().number, snapshot.body("/a")) == (2, b"<title>2</title>")
            with snapshot.reading():
                assert snapshot.edition().number == 2
                with store.transaction():
                    write_edition(store, 3)
                seen = (snapshot.edition().number, snapshot.meta("title"), snapshot.body("/a"), snapshot.body("/b"))
                assert seen == (2, "2", b"<title>2</title>", b"<title>2</title>")
            assert snapshot.edition().number == 3


def test_readers_beside_a_writer_never_see_half_of_an_edition(tmp_path: Path) -> None:
    seen: set[tuple[int, str, bytes | None, bytes | None]] = set()
    ended = threading.Event()

    def read() -> None:
        with closing(open_snapshot(tmp_path / ".sosik")) as snapshot:
            while not ended.is_set():
                with snapshot.reading():
                    number, title = snapshot.edition().number, snapshot.meta("title")
                    seen.add((number, title, snapshot.body("/a"), snapshot.body("/b")))

    with open_in_file(tmp_path) as store:
        with store.transaction():
            write_edition(store, 1)
        reader = threading.Thread(target=read)
        reader.start()
        try:
            for number in range(2, 30):
                with store.transaction():
                    write_edition(store, number)
        finally:
            ended.set()
            reader.join()

    assert seen == {
        (number, str(number), page, page) for number, *_ in seen for page in [f"<title>{number}</title>".encode()]
    }


def test_a_reader_is_told_what_there_is_and_what_was(tmp_path: Path) -> None:
    with open_in_file(tmp_path) as store:
        with closing(open_snapshot(tmp_path / ".sosik")) as snapshot:
            assert snapshot.edition() == NO_EDITION
            assert (snapshot.count(), snapshot.heads(), snapshot.meta("title")) == (0, [], "")
        with store.transaction():
            write_edition(store, 1)
            store.apply(Changes(documents=[document("/style.css", kind=DocumentKind.ASSET), document("/c")]))
            store.apply(Changes(documents_gone=["/a", "/b", "/style.css"], gone_since=NOW))
            store.apply(Changes(documents=[document("/b", kind=DocumentKind.ALIAS)]))
    with closing(open_snapshot(tmp_path / ".sosik")) as snapshot:
        assert [head.path for head in snapshot.heads()] == ["/b", "/c"]
        assert snapshot.count() == 2
        assert [head.path for head in snapshot.heads_of([DocumentKind.ALIAS, DocumentKind.LIST])] == ["/b"]
        assert snapshot.heads_of([]) == []
        found = snapshot.head("/c")
        assert found is not None
        assert found.kind is DocumentKind.PAGE
        assert (snapshot.head("/a"), snapshot.body("/a")) == (None, None)
        # What was published and came again is not gone, and a style sheet was nobody's address.
        assert snapshot.gone() == ["/a"]
        assert (snapshot.is_gone("/a"), snapshot.is_gone("/b"), snapshot.is_gone("/style.css")) == (True, False, False)
        assert [row.url for row in snapshot.announcements.waiting()] == ["/a"]


# --- many keys, and none


def test_any_number_of_keys_is_asked_for_and_dropped(store: Store) -> None:
    ids = ids_of(MANY)
    accept(store, *[entry_of(id_) for id_ in ids])
    listed = ListedRows(
        members=frozenset(MemberRow("all", id_, NOW, id_) for id_ in ids),
        dues=frozenset(DueRow(Seconds(NOW + 1), id_) for id_ in ids),
        pointers=frozenset(PointerRow(id_, id_) for id_ in ids),
        media=frozenset(MediumRow(DocumentPath(id_), id_) for id_ in ids),
    )
    store.apply(
        Changes(
            sources=[source(id_, id_) for id_ in ids],
            ledger=[ledger_row(id_, link=id_) for id_ in ids],
            listed=listed,
            families=[FamilyRow(id_, "", "") for id_ in ids],
            feeds=[FeedRow(id_, NOW, "[]") for id_ in ids],
            fragments=[fragment(id_, FormatName.RSS, Content.FULL) for id_ in ids],
            documents=[document(id_, owner=id_, feed=id_) for id_ in ids],
        )
    )

    membership, wanted = store.membership, {*ids}
    for found in (
        store.sources.at(ids),
        store.sources.of(ids),
        store.ledger.of(ids),
        store.ledger.alike(Marks(id=ids, link=ids, title=ids)),
        store.entries(ids),
        store.accepted(ids),
        store.fragment_digests(ids),
        {key.entry_id for key in store.fragments(ids)},
        store.heads_at(ids),
        store.origins(ids),
        membership.counts("all", ids, NOW),
        membership.feeds(ids),
        {row.feed for row in membership.families(ids)},
        membership.listings(ids),
        membership.links(ids),
        {row.entry for row in membership.pointers_of(ids)},
        membership.pointing(ids),
        membership.named(ids),
        membership.visible_media(list(map(DocumentPath, ids)), NOW),
        membership.taken(ids),
    ):
        assert {*found} == wanted

    store.apply(
        Changes(
            sources_gone=ids,
            ledger_gone=ids,
            entries_gone=ids,
            listed_gone=listed,
            families_gone=ids,
            documents_gone=ids,
            gone_since=NOW,
        )
    )
    assert store.ids() == []
    assert membership.rows() == set()
    assert membership.pointing(ids) | membership.fell_due(NOW, Seconds(NOW + 1)) == set()
    assert [file.entry_id for file in store.sources.each() if file.entry_id in wanted] == []
    assert store.ledger.is_empty()
    assert store.count() == 0


def test_no_keys_give_nothing_and_change_nothing(store: Store) -> None:
    accept(store, entry_of(FIRST), ledger=[ledger_row(FIRST)], documents=[document("/a")])
    before = store.ids(), store.heads()

    store.apply(Changes())
    store.add_records([])
    store.announcements.put([])
    store.announcements.drop([])
    assert (store.ids(), store.heads()) == before
    membership = store.membership
    for found in (
        store.sources.at([]),
        store.sources.of([]),
        store.ledger.of([]),
        store.ledger.alike(Marks()),
        store.entries([]),
        store.accepted([]),
        store.fragment_digests([]),
        store.fragments([]),
        store.heads_at([]),
        store.origins([]),
        membership.counts("all", [], NOW),
        membership.feeds([]),
        membership.families([]),
        membership.feeds_having_shown([]),
        membership.listings([]),
        membership.taken_back([]),
        membership.links([]),
        membership.pointers_of([]),
        membership.pointing([]),
        membership.named([]),
        membership.visible_media([], NOW),
        membership.taken([]),
    ):
        assert not found


def test_what_a_database_refuses_is_told_as_the_error_of_a_store(tmp_path: Path) -> None:
    row = AnnouncementRow("target", "url", "websub", since=None)  # type: ignore[arg-type]  # on purpose
    with open_in_file(tmp_path) as store, store.transaction(), pytest.raises(StoreError, match="since"):
        store.announcements.put([row])


def test_instants_are_seconds_of_the_entry(store: Store) -> None:
    entry = entry_of(FIRST)
    accept(store, entry)
    assert store.membership.published_since(Seconds(NOW - 1), NOW) == [listing_of(entry)]
    assert store.accepted([FIRST])[FIRST].listing.published == seconds(entry.published)
