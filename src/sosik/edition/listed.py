"""Data derived from entries, as rows of the store: membership in feeds, due times, references.

Only changed rows are written. All rows of a new or changed definition are written again, and all rows after a change of
the version.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from sosik.edition.relations import pointers
from sosik.edition.selection import later_instants, memberships_of
from sosik.edition.window import ENTRY_BUDGET
from sosik.ledger.changed import Pair
from sosik.model import FeedDefinition, Listing
from sosik.model.digests import digest_of, dump
from sosik.model.values import EntryId
from sosik.store import Changes, ListedRows, Store
from sosik.store.rows import DueRow, MediumRow, MemberRow
from sosik.store.statements import batches
from sosik.version import made_by

META = "listed"
"""Where it is remembered by which rules the rows were made."""

AT_ONCE = 2_000
"""Entries whose rows lie in memory together."""

ROWS_AT_ONCE = 5_000
"""Rows of a kind that are written together, as many as one statement takes."""


def list_entries(
    store: Store,
    definitions: Iterable[FeedDefinition],
    changed: Mapping[EntryId, Pair],
) -> None:
    """Bring the rows to what follows from the entries in the store, of which `changed` are not as they were."""
    definitions = list(definitions)
    known: dict[str, str] = json.loads(store.meta(META) or "{}")
    rules = {"": digest_of(made_by("edition")), **{one.name: _digest(one) for one in definitions}}
    if known.get("") != rules[""]:
        store.apply(Changes(unlisted=True))
        listings = batches(store.membership.all_listings(), AT_ONCE)
        _put(store, (_rows(store, definitions, batch) for batch in listings))
    else:
        same = [one for one in definitions if known.get(one.name) == rules[one.name]]
        anew = [one for one in definitions if one not in same]
        store.apply(Changes(members_gone=[name for name in known if name and known[name] != rules.get(name)]))
        _list_changed(store, same, changed)
        listings = batches(store.membership.all_listings() if anew else (), AT_ONCE)
        _put(store, (ListedRows(members=frozenset(member_rows(anew, batch))) for batch in listings))
    if known != rules:
        store.apply(Changes(meta={META: dump(rules)}))


def member_rows(definitions: Iterable[FeedDefinition], listings: Iterable[Listing]) -> Iterator[MemberRow]:
    """Yield which feeds are chosen from entries."""
    choosing = [(definition.name, memberships_of(definition)) for definition in definitions]
    for listing in listings:
        for name, values_of in choosing:
            for value in values_of(listing):
                yield MemberRow(name, value, listing.published, listing.id)


def _digest(definition: FeedDefinition) -> str:
    """Return the digest of what decides which entries are members of a feed."""
    return digest_of(definition.select, definition.exclude, definition.each, ENTRY_BUDGET)


def _put(store: Store, found: Iterable[ListedRows]) -> None:
    """Write rows, so many at a time: a database keeps what it made of each statement, and this makes few of them."""
    rest: dict[str, list[Any]] = {name: [] for name in ListedRows.__struct_fields__}
    for some in found:
        for name, rows in rest.items():
            rows += sorted(getattr(some, name))
        while any(len(rows) >= ROWS_AT_ONCE for rows in rest.values()):
            full = {name: frozenset(rows[:ROWS_AT_ONCE]) for name, rows in rest.items() if len(rows) >= ROWS_AT_ONCE}
            store.apply(Changes(listed=ListedRows(**full)))
            rest |= {name: rest[name][ROWS_AT_ONCE:] for name in full}
    store.apply(Changes(listed=ListedRows(**{name: frozenset(rows) for name, rows in rest.items()})))


def _list_changed(store: Store, definitions: Iterable[FeedDefinition], changed: Mapping[EntryId, Pair]) -> None:
    """Write the rows of changed entries that differ, and drop those that are no more."""
    for batch in batches(changed.items(), AT_ONCE):
        before = _rows(store, definitions, (old for _, (old, _) in batch if old is not None))
        # What it pointed to stands in a text that is no more.
        before = replace(before, pointers=store.membership.pointers_of(id_ for id_, _ in batch))
        after = _rows(store, definitions, (new for _, (_, new) in batch if new is not None))
        store.apply(Changes(listed_gone=before.without(after), listed=after.without(before)))


def _rows(store: Store, definitions: Iterable[FeedDefinition], listings: Iterable[Listing]) -> ListedRows:
    """Return what follows from entries; those that point to others are read."""
    listings = list(listings)
    pointing = store.entries(listing.id for listing in listings if listing.has_relations).values()
    return ListedRows(
        members=frozenset(member_rows(definitions, listings)),
        dues=frozenset(DueRow(at, listing.id) for listing in listings for at in later_instants(listing)),
        pointers=frozenset(row for entry in pointing for row in pointers(entry)),
        media=frozenset(MediumRow(medium.path, listing.id) for listing in listings for medium in listing.media),
    )
