"""What an edition has to look at again since the one before, found without looking at all the others."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from sosik.edition.relations import concerned
from sosik.edition.selection import Key, memberships
from sosik.ledger.changed import Pair
from sosik.ledger.sync import Synced
from sosik.model import FeedDefinition, Outcome, Publication
from sosik.model.digests import dump
from sosik.model.values import NEVER, NO_DIGEST, Digest, DocumentPath, EntryId, Seconds
from sosik.store import Changes, Store
from sosik.store.rows import PointerRow

_META = "composed"

_UNTOUCHED = frozenset({Outcome.UNCHANGED, Outcome.HELD})


class Last(Struct, frozen=True, kw_only=True):
    """What the last composing leaves to the next: by what it went (`basis`, a digest), and its `now` (seconds).

    `groups` is the digest of the feeds that were offered, `told` are the entries of which something is to be told
    again, `folders` where the pages for people were before they moved. After one that could not carry out all that was
    planned, the next looks at everything `again`.
    """

    basis: str = ""
    now: Seconds = NEVER
    groups: Digest = NO_DIGEST
    told: Collection[EntryId] = ()
    folders: Collection[DocumentPath] = ()
    again: bool = True


def read_last(store: Store) -> Last:
    """Return what the last composing left."""
    known = json.loads(store.meta(_META) or "{}")
    return Last(**{name: value for name, value in known.items() if name in Last.__struct_fields__})


def written_last(last: Last) -> dict[str, str]:
    """Return what is to be remembered of a composing."""
    return {_META: dump(last)}


def forgotten() -> dict[str, str]:
    """Return what is to be remembered so that the next composing looks at everything, and lists every entry anew."""
    return {_META: "", "listed": ""}


def make_anew_if_asked(store: Store, asked: Path) -> None:
    """Have every document made anew where somebody `asked` by this file: one is not what it was composed as."""
    if asked.exists():
        with store.transaction():
            store.make_anew()
            store.apply(Changes(meta=forgotten()))
        asked.unlink(missing_ok=True)


class Touched(Struct, frozen=True, kw_only=True):
    """Entries that changed, by themselves or as others did, each as it was and is; `names` are feeds by their names.

    The feeds are those that tell something else though their entries are as they were.
    """

    entries: Mapping[EntryId, Pair] = field(default_factory=dict)
    names: Collection[str] = ()

    def feeds(self, definitions: Iterable[FeedDefinition]) -> dict[Key, set[Seconds]]:
        """Return the feeds that these entries were or are in, each with the instants of their publication."""
        found: dict[Key, set[Seconds]] = {}
        listings = {listing for pair in self.entries.values() for listing in pair if listing is not None}
        for definition in definitions:
            for listing in listings:
                for value in memberships(definition, listing):
                    found.setdefault((definition.name, value), set()).add(listing.published)
        return found

    def has_news(self, since: Seconds) -> bool:
        """Tell whether one of the entries was published since an instant."""
        return any(listing.published > since for pair in self.entries.values() for listing in pair if listing)


def touched(
    store: Store,
    publication: Publication,
    synced: Synced,
    pointed: Collection[PointerRow],
    *,
    since: Seconds,
    now: Seconds,
) -> Touched:
    """Return what changed since the composing of `since`, until `now` (seconds).

    `pointed` is what the entries that changed pointed to before.
    """
    changed = {id_: pair for id_, pair in synced.changed.items() if pair[0] != pair[1]}
    became = {EntryId(id_) for id_, outcome in synced.outcomes.items() if outcome not in _UNTOUCHED}
    fell_due = store.membership.fell_due(since, now)
    pairs = {**_as_they_are(store, (became | fell_due) - changed.keys()), **changed}
    names = {name for id_, pair in pairs.items() for name in _names(id_, pair)}
    pairs |= _as_they_are(store, concerned(store, names, pointed, pairs) - pairs.keys())
    feeds = store.membership.feeds_telling_until(now)
    if publication.tombstones:
        feeds += store.membership.feeds_having_shown(_back_and_forth(synced.outcomes, changed))
    return Touched(entries=pairs, names=frozenset(feeds))


def _as_they_are(store: Store, ids: Collection[EntryId]) -> dict[EntryId, Pair]:
    listings = store.membership.listings(ids)
    return {id_: (listings.get(id_), listings.get(id_)) for id_ in ids}


def _names(id_: EntryId, pair: Pair) -> set[str]:
    return {id_, *(listing.source for listing in pair if listing is not None)}


def _back_and_forth(outcomes: Mapping[str, Outcome], changed: Mapping[EntryId, Pair]) -> set[EntryId]:
    """Return the entries that were taken back, or published again."""
    gone = {EntryId(id_) for id_, outcome in outcomes.items() if outcome is Outcome.WITHDRAWN}
    come = (id_ for id_, (old, new) in changed.items() if old is None and new is not None)
    return gone.union(id_ for id_ in come if outcomes.get(id_) not in (None, Outcome.NEW))
