"""The rows of membership that a store keeps, compared with what selection makes of all entries."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from sosik.edition.selection import Key, family, feed_name, memberships, public
from sosik.edition.touched import read_last
from sosik.model import DocumentKind, FeedDefinition, Listing
from sosik.model.values import Seconds
from sosik.site import Site
from sosik.store import Store, open_store, place_of
from sosik.store.rows import FamilyRow

FAR = Seconds(2**40)


def members_as_selected(root: Path) -> tuple[object, ...]:
    """Return what a store has listed of its entries and what its feeds remember, having compared it with selection."""
    config = Site(root).config()
    with open_store(place_of(root / ".sosik"), is_dry=True) as store:
        watched_as_found(store)
        members, now = store.membership, read_last(store).now
        published = {row.feed for row in store.addresses() if row.kind is DocumentKind.FEED}
        seen = public(members.all_listings(), now)
        chosen, families = select(config.feeds, seen, known=store.feeds(), published=published)
        visible = {listing.id for listing in public(members.all_listings(), now)}
        rows = members.rows()
        owned = {(row.feed, row.value) for row in rows if row.entry in visible}
        kept = {key: {row.entry for row in rows if row[:2] == key and row.entry in visible} for key in chosen}
        assert kept == {key: {listing.id for listing in listings} for key, listings in chosen.items()}
        assert owned >= {key for key, listings in chosen.items() if listings}
        assert members.families(one.name for one in config.feeds) == sorted(families)
        return rows, members.families(one.name for one in config.feeds), store.feeds()


def select(
    definitions: Iterable[FeedDefinition],
    listings: Sequence[Listing],
    *,
    known: Collection[str],
    published: Collection[str],
) -> tuple[dict[Key, list[Listing]], list[FamilyRow]]:
    """Return all entries of every feed, by its definition and value, and the families with their values."""
    chosen: dict[Key, list[Listing]] = {}
    families: list[FamilyRow] = []
    for definition in definitions:
        grouped: dict[str, list[Listing]] = {} if definition.each else {"": []}
        for listing in listings:
            for value in memberships(definition, listing):
                grouped.setdefault(value, []).append(listing)
        if definition.each:
            used = [
                value
                for value, members in grouped.items()
                if len(members) >= definition.minimum or feed_name(definition, value) in published
            ]
            rows = family(definition, used, known=known)
            families += rows
            grouped = {row.value: grouped[row.value] for row in rows if row.owner == row.value}
        chosen |= {(definition.name, value): members for value, members in grouped.items()}
    return chosen, families


def watched_as_found(store: Store) -> None:
    """Compare the entries that every build asks for with what looking at all of them finds."""
    ledger, listings = list(store.ledger.each()), {listing.id: listing for listing in store.membership.all_listings()}
    live = {row.id: row.link for row in ledger if row.withdrawn is None}
    filed = {file.entry_id for file in store.sources.each()}
    links = Counter(link for link in live.values() if link)
    assert {*store.watched.missed()} == (live.keys() | listings.keys()) - filed
    assert {*store.watched.sharing()} == {id_ for id_, link in live.items() if links[link] > 1}
    assert {*store.watched.unseen(FAR)} == listings.keys() - {row.id for row in ledger}
