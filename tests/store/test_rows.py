"""What is put is read back, replaced by its key, and dropped."""

from sosik.model.listing import listing_of
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store import (
    AnnouncementRow,
    Changes,
    EditionRow,
    FeedRow,
    ListedRows,
    OutputRow,
    PartRow,
    ProjectedRow,
    Store,
    TargetRow,
    open_store,
)
from sosik.store.address import Place
from sosik.store.rows import DueRow, FamilyRow, Marks, MediumRow, MemberRow, PointerRow
from sosik.words import Message
from store.samples import (
    FIRST,
    NOW,
    SECOND,
    accept,
    document,
    entry_of,
    ledger_row,
    source,
)


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
    assert {*store.watched.sharing()} == {FIRST, SECOND}
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
    assert [*membership.ahead(NOW).values()] == [NOW + 1]
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


def test_what_stands_in_a_directory_is_remembered_for_each(place: Place) -> None:
    """A dry run publishes nothing."""
    one, two = (
        [
            ProjectedRow(output, part, DocumentPath(path), "e", "s")
            for part, path in (("00", "/1"), ("00", "/2"), ("01", "/3"))
        ]
        for output in ("/a", "/b")
    )
    parts = [PartRow("/a", "00", '["1", "2"]', "signature"), PartRow("/a", "01", '["3"]', "signature")]
    with open_store(place) as store, store.transaction():
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


def test_what_changed_is_remembered_until_a_directory_has_it(place: Place) -> None:
    """Of those that have files of the documents; a new one gets them all."""
    paths = ["/1", "/2", "/3"]
    with open_store(place) as store, store.transaction():
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
