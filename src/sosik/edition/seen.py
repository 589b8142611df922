"""An entry as readers see it: as of a time, with the configured addresses and its references."""

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from sosik.edition.relations import Relations
from sosik.model import Entry, Listing, Publication, Relation
from sosik.model.digests import digest_of
from sosik.model.instants import instant
from sosik.model.values import EntryId, Seconds
from sosik.render.places import at_home


class EntryView(Struct, frozen=True, kw_only=True):
    """How entries are seen in an edition: by whom they are published, what they point to, and at which instant."""

    publication: Publication
    relations: Relations
    now: Seconds

    def seen(self, entry: Entry) -> Entry:
        """Return an entry as it is to be rendered."""
        return as_seen(entry, self.publication, self.relations, now=self.now)

    def of(self, ids: Iterable[EntryId]) -> "EntryView":
        """Return what is needed to see some entries."""
        relations: dict[str, tuple[Relation, ...]] = {}
        if self.relations:
            relations |= {id_: self.relations[id_] for id_ in ids if id_ in self.relations}
        return EntryView(publication=self.publication, relations=relations, now=self.now)

    def digest(self, listing: Listing, context: str) -> str:
        """Return the digest of everything that an entry is rendered from; `context` is that of the publication."""
        due = bisect_right(listing.due, self.now)
        related = digest_of(self.relations[listing.id]) if listing.id in self.relations else ""
        return digest_of(context, listing.digest, due, related)[:32]  # as long as an ETag


def as_seen(entry: Entry, publication: Publication, relations: Relations, *, now: Seconds) -> Entry:
    """Return the last good version of an entry as it is to be rendered at `now` (seconds)."""
    seen, related = at_home(entry.as_of(instant(now)), publication), relations.get(entry.id, ())
    return seen if seen.relations == related else replace(seen, relations=related)
