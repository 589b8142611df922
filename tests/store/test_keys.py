"""Many keys, and none."""

import pytest

from sosik.errors import StoreError
from sosik.model import Content, FormatName
from sosik.model.instants import seconds
from sosik.model.listing import listing_of
from sosik.model.values import DocumentPath, Seconds
from sosik.store import (
    AnnouncementRow,
    Changes,
    FeedRow,
    ListedRows,
    Store,
    open_store,
)
from sosik.store.address import Place
from sosik.store.rows import DueRow, FamilyRow, FragmentKey, Marks, MediumRow, MemberRow, PointerRow
from store.samples import (
    FIRST,
    MANY,
    NOW,
    accept,
    document,
    entry_of,
    fragment,
    ids_of,
    ledger_row,
    source,
)


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
        {key.entry_id for key in store.fragments(FragmentKey(id_, FormatName.RSS, Content.FULL) for id_ in ids)},
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


def test_what_a_database_refuses_is_told_as_the_error_of_a_store(place: Place) -> None:
    row = AnnouncementRow("target", "url", "websub", since=None)  # type: ignore[arg-type]  # on purpose
    with open_store(place) as store, pytest.raises(StoreError, match="since"), store.transaction():
        store.announcements.put([row])


def test_instants_are_seconds_of_the_entry(store: Store) -> None:
    entry = entry_of(FIRST)
    accept(store, entry)
    assert store.membership.published_since(Seconds(NOW - 1), NOW) == [listing_of(entry)]
    assert store.accepted([FIRST])[FIRST].listing.published == seconds(entry.published)
