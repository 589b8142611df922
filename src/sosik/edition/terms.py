"""By what an edition is chosen, and the names of its feeds. Pure."""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct

from sosik.dates.zones import zone_of
from sosik.edition.selection import Key, feed_name, feed_of
from sosik.model import Feed, FeedDefinition, Publication
from sosik.model.values import Seconds


class Terms(Struct, frozen=True, kw_only=True):
    """By what an edition is chosen: the publication, its feed definitions, and `now` (seconds)."""

    publication: Publication
    definitions: Sequence[FeedDefinition]
    now: Seconds

    @property
    def zone(self) -> tzinfo:
        """The zone by whose clocks months begin."""
        return zone_of(self.publication.timezone)

    def definition(self, key: Key) -> FeedDefinition:
        """Return the definition of a feed."""
        return next(definition for definition in self.definitions if definition.name == key[0])

    def name(self, key: Key) -> str:
        """Return the name of a feed."""
        return feed_name(self.definition(key), key[1])

    def feed(self, name: str) -> Feed | None:
        """Return a feed by its name, if its definition is there, whether it has entries or not."""
        key = key_of(name)
        definition = next((one for one in self.definitions if one.name == key[0]), None)
        return None if definition is None else feed_of(definition, key[1], self.publication)

    @property
    def roots(self) -> tuple[Key, ...]:
        """The feeds at the root, that of which the start page shows the latest entries first."""
        return tuple((one.name, "") for one in self.definitions if not one.each and not one.path)


def key_of(name: str) -> Key:
    """Return the definition and the value in the name of a feed."""
    definition, _, value = name.partition("/")
    return definition, value
