"""What every build asks for, and the parts of content/ in which nothing differs, follow from what is written."""

from sosik.file_names import GROUPS, group_of_part, part_of, parts_of
from sosik.model.values import Seconds
from sosik.store import Changes, OutputRow, Store, open_store
from sosik.store.address import Place
from sosik.store.projections import MOST_NEWS
from sosik.store.source_rows import ScannedRow
from sosik.store.sources import EVERY_TIME
from store.samples import FIRST, NOW, SECOND, accept, document, entry_of, ids_of, ledger_row, source


def test_an_entry_is_missed_while_no_file_has_it(store: Store) -> None:
    accept(store, entry_of(FIRST))
    store.apply(Changes(ledger=[ledger_row(SECOND)]))
    assert store.watched.missed() == [FIRST, SECOND]

    store.apply(Changes(sources=[source("a.md", FIRST)]))
    assert store.watched.missed() == [SECOND]
    store.apply(Changes(sources=[source("a.md", SECOND)]))
    assert store.watched.missed() == [FIRST]
    store.apply(Changes(entries_gone=[FIRST], sources_gone=["a.md"]))
    assert store.watched.missed() == [SECOND]
    store.apply(Changes(ledger=[ledger_row(SECOND)._replace(withdrawn=NOW)]))
    assert store.watched.missed() == []


def test_an_entry_is_unseen_while_the_ledger_has_it_not(store: Store) -> None:
    accept(store, entry_of(FIRST), entry_of(SECOND, published=Seconds(NOW + 60)))
    assert store.watched.unseen(NOW) == [FIRST]
    assert store.watched.unseen(Seconds(NOW + 60)) == [FIRST, SECOND]

    store.apply(Changes(ledger=[ledger_row(FIRST)]))
    assert store.watched.unseen(Seconds(NOW + 60)) == [SECOND]
    store.apply(Changes(ledger_gone=[FIRST], entries_gone=[SECOND]))
    assert store.watched.unseen(Seconds(NOW + 60)) == [FIRST]


def test_entries_share_a_link_until_one_has_another_or_is_taken_back(store: Store) -> None:
    third, link = ids_of(1)[0], "https://www.test.example/1"
    rows = {id_: ledger_row(id_, link=link) for id_ in (FIRST, SECOND, third)}
    store.apply(Changes(ledger=[rows[FIRST]]))
    assert store.watched.sharing() == []
    store.apply(Changes(ledger=[rows[SECOND], rows[third]]))
    assert store.watched.sharing() == sorted([FIRST, SECOND, third])

    store.apply(Changes(sources=[source("a.md", FIRST)]))
    assert store.watched.sharing() == sorted([FIRST, SECOND, third])
    store.apply(Changes(ledger=[rows[SECOND]._replace(link=f"{link}0")]))
    assert store.watched.sharing() == sorted([FIRST, third])
    store.apply(Changes(ledger=[rows[third]._replace(withdrawn=NOW)]))
    assert store.watched.sharing() == []
    store.apply(Changes(ledger=[rows[third]._replace(link="")]))
    store.apply(Changes(ledger=[rows[SECOND]]))
    assert store.watched.sharing() == [FIRST, SECOND]


def test_what_is_watched_is_told_in_the_next_transaction_and_not_after_one_that_failed(place: Place) -> None:
    with open_store(place) as store:
        with store.transaction():
            store.apply(Changes(ledger=[ledger_row(FIRST)]))
        with store.transaction(keep=False):
            store.apply(Changes(ledger=[ledger_row(SECOND)]))
        with store.transaction():
            assert store.watched.missed() == [FIRST]


def test_a_part_stays_as_it_was_left_until_something_is_written_into_it(place: Place) -> None:
    paths = {"a": "a.md", "b": "below/b.md"}
    parts = {name: part_of(path) for name, path in paths.items()}
    groups = {name: group_of_part(part) for name, part in parts.items()}
    left = [ScannedRow(part, "signature", 1, "[]") for part in (*parts.values(), *groups.values())]
    with open_store(place) as store:

        def left_by(changes: Changes) -> set[str]:
            with store.transaction():
                store.apply(changes)
            with store.transaction():
                found, rows = store.sources.scanned(), store.sources.scanned_in([*groups.values()])
                store.sources.keep_scanned(left)
            standing = {name for name, part in parts.items() if part in rows}
            assert standing == {name for name, group in groups.items() if group in found}
            return standing

        assert left_by(Changes(sources=[source("a.md", FIRST), source("below/b.md", SECOND)])) == set()
        assert left_by(Changes()) == {"a", "b"}
        assert left_by(Changes(ledger=[ledger_row(FIRST)])) == {"b"}
        assert left_by(Changes(sources=[source("below/b.md", SECOND, stamp="2")])) == {"a"}
        assert left_by(Changes(sources_gone=["below/b.md"])) == {"a"}
        assert left_by(Changes(ledger=[ledger_row(SECOND)])) == {"a", "b"}
        assert left_by(Changes(sources=[source("a.md", FIRST, held=True)])) == {"b"}
        # What is held back is in no part of the others.
        assert left_by(Changes(ledger=[ledger_row(FIRST, title="고친 기사")])) == {"a", "b"}


def test_files_lie_in_parts_but_for_those_that_are_looked_at_every_time(store: Store) -> None:
    away = source("away.md", SECOND)._replace(missing_since=NOW)
    held = source("held.md", FIRST, held=True)
    store.apply(Changes(sources=[away, held, source("a.md", FIRST)._replace(problems="[1]")]))

    assert {file.path for file in store.sources.in_parts([EVERY_TIME])} == {"away.md", "held.md"}
    assert [file.path for file in store.sources.in_parts([part_of("a.md")])] == ["a.md"]
    assert {file.path for file in store.sources.in_parts([part for group in GROUPS for part in parts_of(group)])} - {
        "before.md"
    } == {"a.md"}
    assert store.sources.with_problems() == [("a.md", part_of("a.md"), "[1]")]
    assert store.sources.held() == {FIRST}


def test_what_was_told_beside_the_feeds_is_so_until_there_is_more_to_tell(place: Place) -> None:
    with open_store(place) as store:
        projections = store.projections

        def stands(changes: Changes) -> bool:
            with store.transaction():
                projections.keep(OutputRow("/a", "made"), gone=[], rows=[], parts=[])
                projections.keep_memory("/a", "state")
            with store.transaction():
                store.apply(changes)
            assert projections.made("/a") == "made"
            return projections.memory("/a") == "state" and not projections.news("/a")

        assert projections.memory("/a") == ""
        assert stands(Changes(meta={"context": "another"}, sources=[source("a.md", FIRST)]))
        assert not stands(Changes(ledger=[ledger_row(FIRST)]))
        assert not stands(Changes(documents=[document("/a")]))
        assert not stands(Changes(documents_gone=["/a"], gone_since=NOW))
        assert not stands(Changes(sources=[source("a.md", FIRST, held=True)]))
        assert stands(Changes(sources=[source("a.md", FIRST, stamp="2", held=True)]))
        assert not stands(Changes(sources=[source("a.md", FIRST)]))


def test_of_what_was_told_beside_the_feeds_it_is_known_what_changed(place: Place) -> None:
    """Of few rows; of many, and where it is not plain which, all is told anew. What is told is no news any more."""
    with open_store(place) as store:
        projections = store.projections

        def change(*changes: Changes, keep: bool = False) -> set[tuple[str, str]]:
            with store.transaction():
                if keep:
                    projections.keep(OutputRow("/a", "made"), gone=[], rows=[], parts=[])
                    projections.keep_memory("/a", "state")
                for one in changes:
                    store.apply(one)
            return {(one.table, one.key) for one in projections.news("/a")}

        assert change(Changes(ledger=[ledger_row(FIRST)])) == set()
        assert change(keep=True) == set()
        assert change(Changes(ledger=[ledger_row(FIRST)])) == {("ledger", FIRST)}
        told = {("ledger", FIRST), ("document", "/한 칸"), ("gone", "/한 칸")}
        assert change(Changes(documents=[document("/한 칸")])) == told
        assert projections.memory("/a") == "state"
        with store.transaction():
            projections.keep(OutputRow("/a", "made"), gone=[], rows=[], parts=[])
        assert (projections.memory("/a"), len(projections.news("/a"))) == ("state", 3)
        assert change(keep=True) == set()
        assert change(Changes(documents=[document(f"/{number}") for number in range(MOST_NEWS)])) == set()
        assert projections.memory("/a") == ""
        assert change(keep=True) == set()
        with store.transaction():
            projections.keep(OutputRow("/a", "otherwise"), gone=[], rows=[], parts=[])
        assert projections.memory("/a") == ""
