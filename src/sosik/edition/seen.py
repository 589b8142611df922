"""An entry as readers see it: as of a time, with the configured addresses and its references."""

from msgspec.structs import replace

from sosik.edition.relations import Relations
from sosik.model import Entry, Publication
from sosik.model.instants import instant
from sosik.model.values import Seconds
from sosik.render.places import at_home


def as_seen(entry: Entry, publication: Publication, relations: Relations, *, now: Seconds) -> Entry:
    """Return the last good version of an entry as it is to be rendered at `now` (seconds)."""
    seen, related = at_home(entry.as_of(instant(now)), publication), relations.get(entry.id, ())
    return seen if seen.relations == related else replace(seen, relations=related)
