"""The next publication as values: every visible entry, and the entries of each feed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from sosik.model import FILENAMES, FeedDefinition
from sosik.model.instants import instant
from sosik.store import Store


class UpcomingEntry(Struct, frozen=True, kw_only=True):
    """An entry as readers will know it."""

    id: str
    title: str
    link: str
    published: datetime


class UpcomingFeed(Struct, frozen=True, kw_only=True):
    """A feed that its definition names: the ids that it shows, newest first, and the paths at which it answers."""

    name: str
    shown: tuple[str, ...]
    paths: tuple[str, ...]


class Upcoming(Struct, frozen=True, kw_only=True):
    """An edition that is not yet made: entries by id, and the feeds that have a definition of their own.

    `drafts` are the files of entries that wait.
    """

    entries: Mapping[str, UpcomingEntry]
    feeds: tuple[UpcomingFeed, ...]
    drafts: tuple[str, ...] = ()

    def at(self, paths: Iterable[str]) -> UpcomingFeed | None:
        """Return the feed that answers at one of some paths."""
        wanted = set(paths)
        return next((feed for feed in self.feeds if wanted.intersection(feed.paths)), None)


def upcoming(store: Store, definitions: Iterable[FeedDefinition], drafts: tuple[str, ...] = ()) -> Upcoming:
    """Return the edition that a store holds, made or in a dry run; *drafts* are the files of entries that wait."""
    composed = instant(store.edition().composed)
    single = [one for one in definitions if not one.each]
    rows = store.membership.feeds([one.name for one in single])
    entries = store.entries(store.ids())
    return Upcoming(
        drafts=drafts,
        entries={
            id_: UpcomingEntry(id=id_, title=entry.title, link=entry.link, published=entry.published)
            for id_, entry in entries.items()
            if entry.published <= composed
        },
        feeds=tuple(
            UpcomingFeed(name=one.name, shown=rows[one.name].shown if one.name in rows else (), paths=_paths(one))
            for one in single
        ),
    )


def _paths(definition: FeedDefinition) -> tuple[str, ...]:
    folder = f"/{definition.path}/" if definition.path else "/"
    return (*definition.aliases, *(f"{folder}{FILENAMES[name]}" for name in definition.formats))
