"""Pictures that an article no longer shows. Readers with the older version still request them, so they stay.

They stay for a limited time, and only while the article is published; those of withdrawn articles are removed
immediately.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sosik.edition.choice import Leaving
from sosik.edition.kept import is_retired
from sosik.edition.plans import beside
from sosik.edition.terms import Terms
from sosik.ledger.changed import ListingChanges
from sosik.model import DocumentKind
from sosik.model.digests import dump
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store import Store

META = "replaced"
"""Where they are remembered."""

STAYS = 30 * 86_400
"""Seconds for which they stay: readers show an article as they fetched it for as long."""


class Replaced(NamedTuple):
    """Whose picture it was, and since when that does not show it any more."""

    entry: EntryId
    since: Seconds


ReplacedBy = Mapping[DocumentPath, Replaced]


class Replacements:
    """The pictures that stay though no article shows them; `known` were left by the edition before."""

    def __init__(self, known: ReplacedBy, new: ReplacedBy, over: Collection[str]) -> None:
        self._known = known
        self._candidates = {**new, **known}
        self._over = over

    @property
    def leaving(self) -> Iterator[Leaving]:
        """The documents whose time is over, or whose article is not up any more."""
        return (Leaving(path, {DocumentKind.MEDIA}) for path in self._known if path in self._over)

    def staying(self, gone: Iterable[str], planned: Collection[str]) -> ReplacedBy:
        """Return, of the documents that have no reason any more, those that stay beside what is `planned`."""
        found = ((path, self._candidates.get(DocumentPath(path))) for path in gone if path not in self._over)
        return {
            DocumentPath(path): one for path, one in found if one is not None and not beside(path).intersection(planned)
        }

    def following(self, staying: ReplacedBy, planned: Collection[str]) -> ReplacedBy:
        """Return what is to be remembered: `staying` joins what stayed before and is not shown again."""
        before = {path: one for path, one in self._known.items() if path not in self._over and path not in planned}
        return {**before, **staying}


def replacements(store: Store, terms: Terms, changed: ListingChanges) -> Replacements:
    """Return which pictures may stay: those known, and those of entries that changed and are still up."""
    known = read_replaced(store)
    new = {
        path: Replaced(id_, terms.now)
        for id_, (old, now) in changed.of_known()
        if old is not None and now is not None and now.published <= terms.now
        for path in {medium.path for medium in old.media} - {medium.path for medium in now.media}
    }
    living = store.membership.living({one.entry for one in known.values()}, terms.now)
    retire = terms.publication.retire
    over = {
        path
        for path, one in {**new, **known}.items()
        if one.since + STAYS <= terms.now or is_retired(path, retire) or (path in known and one.entry not in living)
    }
    return Replacements(known, new, over)


def read_replaced(store: Store) -> dict[DocumentPath, Replaced]:
    """Return what the edition before left."""
    given = json.loads(store.meta(META) or "{}")
    return {DocumentPath(path): Replaced(EntryId(entry), Seconds(since)) for path, (entry, since) in given.items()}


def written_replaced(store: Store, replaced: Mapping[DocumentPath, Replaced]) -> dict[str, str]:
    """Return what is to be remembered, if it is anything new."""
    return {} if replaced == read_replaced(store) else {META: dump(replaced)}


def next_over(replaced: Mapping[DocumentPath, Replaced]) -> Seconds | None:
    """Return when the first of them goes, None where there is none."""
    return min((Seconds(one.since + STAYS) for one in replaced.values()), default=None)
