"""Reads what the next edition will probably need, so that it lies in memory when somebody waits for it."""

from collections.abc import Iterable, Sequence

from sosik.edition.cutting import cut
from sosik.edition.documents import document_of
from sosik.edition.fragments import Fragments
from sosik.edition.page_plans import LATEST
from sosik.edition.plans import Materials, feed_plans
from sosik.edition.selection import Selection
from sosik.edition.terms import Terms
from sosik.edition.touched import Touched
from sosik.model import FeedDefinition, Listing, Publication
from sosik.model.values import EntryId, Seconds
from sosik.store import Store

_NEWEST = 30
"""Entries of which an edit is likely: the newest."""


def read_ahead(
    store: Store, publication: Publication, definitions: Sequence[FeedDefinition], now: Seconds, done: set[EntryId]
) -> bool:
    """Read what an edit of one of the newest entries will need, unless that is `done`; tell whether one is left.

    Only memory is filled: what comes of it the next edition finds out by itself. Raises `StoreError`, and
    `EditionRefusedError` for a document that is not well-formed.
    """
    left = [listing for listing in store.membership.latest(now, _NEWEST) if listing.id not in done]
    for listing in left[:1]:
        done.add(listing.id)
        _read(store, Terms(publication=publication, definitions=tuple(definitions), now=now), listing)
    return len(left) > 1


def _read(store: Store, terms: Terms, listing: Listing) -> None:
    keys = Touched(entries={listing.id: (listing, listing)}).feeds(terms.definitions)
    selections = [one for key in keys for one in cut(store, terms, key, (), ())]
    store.entries(_members(selections, LATEST))
    digests = store.fragment_digests(_members(selections))
    for plan in feed_plans(selections, terms.publication, Fragments(digests=digests)):
        if not all(map(store.rendered.is_sound, plan.shows)):
            document_of(plan, Materials(fragments=store.fragments(plan.shows)), None, terms.now)
            store.rendered.vouch(plan.shows)


def _members(selections: Iterable[Selection], most: int | None = None) -> set[EntryId]:
    return {listing.id for one in selections for listing in one.members[:most]}
