"""Transactions, dry runs and readers."""

import threading
from collections.abc import Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from sosik.model import Content, DocumentKind, FormatName
from sosik.model.values import Seconds
from sosik.store import (
    NO_EDITION,
    AnnouncementRow,
    Changes,
    EditionRow,
    FeedRow,
    ListedRows,
    PageRow,
    Store,
    has_store,
    open_snapshot,
    open_store,
)
from sosik.store.address import Place
from sosik.store.rows import FragmentKey, MemberRow
from store.samples import (
    NOW,
    STORES,
    accept,
    document,
    entry_of,
    fragment,
    ids_of,
    ledger_row,
    open_in_file,
    source,
    tag,
)


def everything(store: Store) -> Sequence[object]:
    """Return what a store holds, as far as it can be asked for at once."""
    return (
        sorted(store.sources.each()),
        sorted(store.ledger.each(), key=lambda row: row.id),
        store.ids(),
        store.entries(store.ids()),
        store.fragments(FragmentKey(id_, *kind) for id_ in store.ids() for kind in product(FormatName, Content)),
        store.membership.rows(),
        store.feeds(),
        store.heads(),
        [store.body(head.path) for head in store.heads()],
        store.announcements.waiting(),
        store.edition(),
        store.meta("title"),
    )


def test_a_new_store_takes_its_place_with_its_first_transaction(tmp_path: Path) -> None:
    left = tmp_path / ".site.db.new"
    left.write_bytes(b"left by one that was killed")
    with open_store(tmp_path) as store:
        with store.transaction(keep=False):
            write_edition(store, 1)
        with store.transaction():
            write_edition(store, 2)
            assert not has_store(tmp_path)
        with closing(open_snapshot(tmp_path)) as snapshot:
            assert snapshot.edition().number == 2
            with store.transaction():
                write_edition(store, 3)
                assert snapshot.edition().number == 2
            assert snapshot.edition().number == 3
    assert not left.exists()


def test_a_new_store_is_there_though_nothing_was_written_into_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.transaction(keep=False):
        write_edition(store, 1)
    with closing(open_snapshot(tmp_path)) as snapshot:
        assert snapshot.edition() == NO_EDITION


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
        if "dry run" not in name:
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


def test_a_reader_sees_an_edition_whole_while_the_next_is_written(place: Place) -> None:
    with open_store(place) as store:
        with store.transaction():
            write_edition(store, 1)
        with closing(open_snapshot(place)) as snapshot:
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


def test_readers_beside_a_writer_never_see_half_of_an_edition(place: Place) -> None:
    seen: set[tuple[int, str, bytes | None, bytes | None]] = set()
    ended = threading.Event()

    def read() -> None:
        with closing(open_snapshot(place)) as snapshot:
            while not ended.is_set():
                with snapshot.reading():
                    number, title = snapshot.edition().number, snapshot.meta("title")
                    seen.add((number, title, snapshot.body("/a"), snapshot.body("/b")))

    with open_store(place) as store:
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


def test_a_reader_is_told_what_there_is_and_what_was(place: Place) -> None:
    open_store(place).close()
    with open_store(place) as store:
        with closing(open_snapshot(place)) as snapshot:
            assert snapshot.edition() == NO_EDITION
            assert (snapshot.count(), snapshot.heads(), snapshot.meta("title")) == (0, [], "")
        with store.transaction():
            write_edition(store, 1)
            store.apply(Changes(documents=[document("/style.css", kind=DocumentKind.ASSET), document("/c")]))
            store.apply(Changes(documents_gone=["/a", "/b", "/style.css"], gone_since=NOW))
            store.apply(Changes(documents=[document("/b", kind=DocumentKind.ALIAS)]))
    with closing(open_snapshot(place)) as snapshot:
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
