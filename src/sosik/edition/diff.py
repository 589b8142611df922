"""What an edition not yet made would change, as those see it who subscribe to the edition before."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.edition.build import Report
from sosik.edition.kept import META as KEPT
from sosik.edition.relations import Relations, all_relations
from sosik.errors import Problem, Severity, is_standing
from sosik.model import Entry, Outcome, Publication
from sosik.model.digests import digest_of
from sosik.model.instants import instant
from sosik.store import Store


class Shown(Struct, frozen=True, kw_only=True):
    """An entry as readers see it: its corrections are notes, the newest first; `digest` covers all that they see.

    `related` are the entries it points to, each as its kind and its headline.
    """

    title: str
    link: str
    published: datetime
    updated: datetime | None
    corrections: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    digest: str


class View(Struct, frozen=True, kw_only=True):
    """An edition as readers see it: entries by id, the ids in every feed by its name, ETags by path."""

    entries: Mapping[str, Shown] = field(default_factory=dict)
    feeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


class EntryChange(Struct, frozen=True, kw_only=True):
    """The change of one entry. `before` and `after` are as readers see it, or None while it is not visible.

    `feeds` have the entry after the change; `appears` are the new ones among them, `leaves` the former ones.
    """

    id: str
    outcome: Outcome
    before: Shown | None
    after: Shown | None
    feeds: tuple[str, ...] = ()
    appears: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The corrections that readers see for the first time."""
        told = self.before.corrections if self.before else ()
        return tuple(note for note in self.after.corrections if note not in told) if self.after else ()

    @property
    def pointers(self) -> tuple[tuple[str, str], ...]:
        """The references to other entries that are new: pairs of kind and headline."""
        told = self.before.related if self.before else ()
        return tuple(other for other in self.after.related if other not in told) if self.after else ()


class Difference(Struct, frozen=True, kw_only=True):
    """The changes of a build: entries, and the `documents` that are new, changed or removed, by path.

    `held` has the reasons for entries and feeds that stay unchanged. `warnings` are those of the changed entries, and
    of feeds that would end.
    """

    entries: tuple[EntryChange, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    held: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


class Comparison:
    """Compares the edition in a store with the one that a dry run makes of it: `look` is called during the run."""

    def __init__(self, store: Store, publication: Publication) -> None:
        self._store = store
        self._publication = publication
        self._kept, self._stops = store.meta(KEPT), False
        self._feeds_before = {name: feed.shown for name, feed in store.feeds().items()}
        self._relations_before = self._relations()
        self._report = Report()
        self._ids: list[str] = []
        self._files: set[str] = set()
        self._after = View()

    def look(self, report: Report) -> None:
        """Take down the edition while the store holds it."""
        self._report = report
        self._stops = self._store.meta(KEPT) != self._kept
        names = self._store.membership.feeds_offered()
        feeds = {name: feed.shown for name, feed in self._store.membership.feeds(names).items()}
        relations = self._relations()
        linked = _differing(self._relations_before, relations)
        self._ids = list(dict.fromkeys((*_touched(report), *_moved(self._feeds_before, feeds), *linked)))
        self._after = self._view(feeds, relations)
        entries = (self._store.entry(id_) for id_ in self._ids)
        self._files = {f"content/{entry.source}" for entry in entries if entry}

    def difference(self) -> Difference:
        """Return what would change; the store is again as it was."""
        names = self._after.feeds
        feeds = {name: ids for name, ids in self._feeds_before.items() if name in names}
        before = self._view(feeds, self._relations_before)
        changes = (_change(id_, self._report, before, self._after) for id_ in self._ids)
        return Difference(
            entries=tuple(change for change in changes if _is_seen(change)),
            documents=dict(_documents(before.documents, self._after.documents)),
            held=tuple(self._report.errors),
            warnings=tuple(problem for problem in self._report.problems if self._concerns(problem)),
        )

    def _concerns(self, problem: Problem) -> bool:
        stops = problem.code == "feed-undefined" and self._stops
        is_new = problem.location.file in self._files or stops or is_standing(problem)
        return problem.severity is Severity.WARNING and is_new

    def _relations(self) -> Relations:
        """Return what entries point to in the edition that the store holds."""
        listings, composed = self._store.membership.all_listings(), self._store.edition().composed
        return all_relations(self._store, self._publication, composed, listings)[0]

    def _view(self, feeds: Mapping[str, tuple[str, ...]], relations: Relations) -> View:
        composed = instant(self._store.edition().composed)
        entries = ((id_, self._store.entry(id_)) for id_ in self._ids)
        seen = {id_: entry.as_of(composed) for id_, entry in entries if entry and entry.published <= composed}
        return View(
            entries={id_: _shown(replace(entry, relations=relations.get(id_, ()))) for id_, entry in seen.items()},
            feeds=feeds,
            documents={head.path: head.etag for head in self._store.heads()},
        )


def _touched(report: Report) -> Iterator[str]:
    """Yield the ids of which something became."""
    yield from (id_ for id_, outcome in report.outcomes.items() if outcome not in (Outcome.UNCHANGED, Outcome.HELD))


def _moved(before: Mapping[str, Collection[str]], after: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield the ids that feeds of both editions show now and did not show, or the other way round."""
    for name in before.keys() & after.keys():
        yield from sorted({*before[name]} ^ {*after[name]})


def _differing(before: Relations, after: Relations) -> Iterator[str]:
    """Yield the ids of the entries that point to something else now, or to something by another headline."""
    yield from (id_ for id_ in sorted({*before, *after}) if before.get(id_) != after.get(id_))


def _shown(entry: Entry) -> Shown:
    seen = (entry.subtitles, entry.section, entry.tags, entry.authors, entry.summary, entry.body, entry.images)
    notes = tuple(edit.note for edit in entry.corrections)
    return Shown(
        title=entry.title,
        link=entry.link,
        published=entry.published,
        updated=entry.updated,
        corrections=notes,
        related=tuple((str(other.kind), other.title) for other in entry.relations),
        digest=digest_of(entry.title, entry.published, entry.updated, entry.link, notes, entry.relations, *seen),
    )


def _change(id_: str, report: Report, before: View, after: View) -> EntryChange:
    had = {name for name, ids in before.feeds.items() if id_ in ids}
    has = {name for name, ids in after.feeds.items() if id_ in ids}
    return EntryChange(
        id=id_,
        outcome=report.outcomes.get(id_, Outcome.UNCHANGED),
        before=before.entries.get(id_),
        after=after.entries.get(id_),
        feeds=tuple(sorted(has)),
        appears=tuple(sorted(has - had)),
        leaves=tuple(sorted(had - has)),
    )


def _is_seen(change: EntryChange) -> bool:
    """Whether readers see anything of a change."""
    return change.before != change.after or bool(change.appears or change.leaves)


def _documents(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield path, "new"
        elif path not in after:
            yield path, "removed"
        elif before[path] != after[path]:
            yield path, "changed"
