"""One build: the stages in order, from files to a committed edition, in one transaction of the store."""

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from itertools import chain
from pathlib import Path

from sosik.config import Config
from sosik.dates.zones import zone_of
from sosik.edition.announcements import announcements, targets_of
from sosik.edition.archives import with_archives
from sosik.edition.clock import in_time, keep_time
from sosik.edition.documents import compose
from sosik.edition.endings import endings, farewells
from sosik.edition.fragments import Fragments
from sosik.edition.memo import NO_MEMO, Memo
from sosik.edition.memory import feed_row, tombstones_due, with_memory
from sosik.edition.page_plans import PagePlans
from sosik.edition.plans import (
    Plan,
    claim_paths,
    feed_plans,
    key_plans,
    media_plans,
)
from sosik.edition.relations import find_relations
from sosik.edition.selection import (
    Selection,
    next_due,
    public,
    select,
)
from sosik.edition.standing import with_standing_feeds
from sosik.errors import ConfigError, Location, Problem, Severity
from sosik.ledger.clashes import shared_links
from sosik.ledger.sync import Synced, SyncOptions, sync
from sosik.model import ANNOUNCED, POLLED, Entry, FormatName, Listing, Outcome, Publication
from sosik.model.digests import digest_of_bytes, dump
from sosik.model.instants import instant
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.previous import Previous, recall
from sosik.read import Pictures
from sosik.render.formats import FORMATS
from sosik.render.places import at_home
from sosik.store import NO_EDITION, DocumentRow, EditionRow, Origin, Store
from sosik.words import Message


@dataclass(kw_only=True, slots=True)
class Report:
    """What a build did. `outcomes` are by id, or by file for what is held back; `documents` counts paths.

    `ahead` tells when the entries appear whose time has not come, the earliest first, in the publication's zone.
    """

    edition: EditionRow = NO_EDITION
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    rendered: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    feeds: list[Selection] = field(default_factory=list)
    ahead: list[datetime] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries met each outcome."""
        counted = Counter(self.outcomes.values())
        return {str(outcome): counted[outcome] for outcome in Outcome}

    @property
    def errors(self) -> list[Problem]:
        """The problems that hold something back."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


LARGE_DOCUMENT = 500_000
"""Bytes of a feed's document from which on its editor is told."""


def build(
    store: Store,
    config: Config,
    root: Path,
    options: SyncOptions,
    *,
    wait: bool,
    keep: bool = True,
    previous: Previous | None = None,
    look: Callable[[Report], None] = lambda _: None,
    memo: Memo = NO_MEMO,
) -> Report:
    """Make an edition of the publication in `root` and commit it; with `keep` false, only say what it would be.

    With `wait` the commit waits until the edition's second has come, so that no Last-Modified lies in the future.
    `previous` is what the store shall know besides; `look` is called while the store holds the edition, kept or not.
    `memo` is what the last build of this store in this process worked out. Raises `ConfigError` and
    `EditionRefusedError`; then the store is as it was.
    """
    publication = config.publication
    if publication is None:
        raise ConfigError(config.problems)
    with _unless_it_fails(memo), store.transaction(keep=keep):
        if previous is not None:
            recall(store, previous, options.now)
        keep_time(store, options.now, by_clock=wait)
        before = store.edition()
        config = with_standing_feeds(store, config)
        options, at = in_time(options, before.composed)
        synced = sync(store, publication, root / "content", options)
        fell_due = before.next_due is not None and before.next_due <= options.now
        # Now lies before the last edition where a clock that ran far ahead was put right.
        if store.is_changed_by_others or fell_due or options.now < before.composed:
            memo.forget()
        made = _Edition(store, publication, synced, now=options.now, at=at, memo=memo)
        report = made.make(config, root / "content", keep=keep)
        report.ahead = _ahead(synced.listings, options.now, zone_of(publication.timezone))
        dues = (next_due(synced.listings, options.now), tombstones_due(report.feeds))
        due = min((due for due in dues if due is not None), default=None)
        changed = any(report.documents[kind] for kind in ("new", "changed", "removed"))
        report.edition = EditionRow(before.number + 1, at, due) if changed else before._replace(next_due=due)
        store.put_edition(report.edition)
        if changed and not options.drafts:
            store.announcements.keep_only(targets_of(publication))
            store.announcements.put(announcements(publication, made.topics, synced.outcomes, synced.ledger, since=at))
        look(report)
        if changed and wait:
            time.sleep(min(max(0.0, at - time.time()), 1.0))
    return report


def _ahead(listings: Iterable[Listing], now: Seconds, zone: tzinfo) -> list[datetime]:
    """Return when the articles appear that are still to come, the next first, by the clocks of `zone`."""
    ahead = sorted(listing.published for listing in listings if listing.published > now)
    return [instant(published).astimezone(zone) for published in ahead]


@contextmanager
def _unless_it_fails(memo: Memo) -> Iterator[None]:
    """Forget what was worked out for an edition that does not come about."""
    try:
        yield
    except BaseException:
        memo.forget()
        raise


class _Edition:
    """What stands in the edition of one build: selected, rendered, composed. Instants are seconds."""

    def __init__(
        self, store: Store, publication: Publication, synced: Synced, *, now: Seconds, at: Seconds, memo: Memo
    ) -> None:
        self._store = store
        self._publication = publication
        self._synced = synced
        self._now = now
        self._at = at
        self._memo = memo
        self._visible = public(synced.listings, now)
        self._changed_pictures: list[Problem] = []
        self._large: list[DocumentRow] = []
        self._farewells: list[Problem] = []
        self.topics: list[str] = []
        self._relations, self._strays = find_relations(synced.listings, self._visible, self._entry)
        self._fragments = Fragments(store, publication, now, self._relations)

    def _entry(self, id_: str) -> Entry | None:
        entry = self._store.entry(id_)
        return at_home(entry, self._publication) if entry else None

    def make(self, config: Config, content: Path, *, keep: bool) -> Report:
        """Put the documents that differ into the store, and say what was done."""
        withdrawn = {entry.id: entry.withdrawn for entry in self._synced.ledger.values() if entry.withdrawn is not None}
        self._memo.begin((config.publication, config.feeds, self._relations, withdrawn))
        selections, slips = self._select(config, withdrawn)
        plans, collisions = claim_paths(self._plans(selections))
        documents = self._put_documents(plans, config.held, content, keep=keep)
        self._put_feeds(selections)
        self._store.set_meta("publication", server_settings(self._publication, selections))
        if self._fragments.problems:
            # What could not be rendered is tried again by the next build, and told again.
            self._memo.forget()
        told = [config.problems, self._synced.problems, self._strays, slips, collisions, self._fragments.problems]
        told += [self._changed_pictures, self._farewells, list(self._weights())]
        told.append(shared_links(self._synced.ledger.values()))
        return Report(
            outcomes=self._synced.outcomes,
            problems=list(chain.from_iterable(told)),
            read=self._synced.read,
            rendered=self._fragments.rendered,
            documents=documents,
            feeds=selections,
        )

    def _select(self, config: Config, withdrawn: Mapping[EntryId, Seconds]) -> tuple[list[Selection], list[Problem]]:
        publication, memo, now = self._publication, self._memo, self._now
        remembered = self._store.feeds()
        selections, problems = select(
            config.feeds, self._visible, publication, now=now, known=remembered.keys(), memo=memo
        )
        selections = with_archives(selections, zone_of(publication.timezone), memo)
        selections = with_memory(
            selections, remembered, withdrawn, now=now, tombstones=publication.tombstones, memo=memo
        )
        return selections, problems

    def _put_feeds(self, selections: Iterable[Selection]) -> None:
        remembered = self._store.feeds()
        for selection in selections:
            name = selection.feed.name
            before = remembered.get(name)
            make = partial(feed_row, selection.feed, selection.members, before)
            memory = self._memo.get(("row", name), (selection, before), make)
            if memory != before:
                self._store.put_feed(memory)

    def _plans(self, selections: list[Selection]) -> Iterator[Plan]:
        yield from feed_plans(selections, self._publication, self._fragments, self._memo)
        withdrawn = [
            page_path(entry.id) for entry in self._synced.ledger.values() if entry.withdrawn and not entry.link
        ]
        pages = PagePlans(
            selections,
            self._publication,
            self._store,
            now=self._now,
            withdrawn=withdrawn,
            relations=self._relations,
            memo=self._memo,
        )
        yield from pages.plans(self._visible)
        yield from media_plans(self._visible)
        yield from key_plans(self._publication)

    def _put_documents(
        self, plans: Mapping[str, Plan], held: Collection[str], content: Path, *, keep: bool
    ) -> Counter[str]:
        """Carry out the plans whose inputs changed; drop what is planned no more, but for the feeds held back."""
        counts = Counter(new=0, changed=0, unchanged=0, removed=0)
        before = self._store.origins()
        pictures = Pictures(content)
        for path, plan in plans.items():
            if before.get(path) == plan.origin and not self._is_lost(plan):
                counts["unchanged"] += 1
                continue
            if plan.blob and keep and not self._keep_picture(plan, pictures):
                continue
            old = self._store.document(path)
            new = compose(plan, old, instant(self._at))
            self._store.put_document(new)
            if plan.owner and new.length > LARGE_DOCUMENT:
                self._large.append(new)
            if plan.kind in ANNOUNCED and new.last_modified == self._at:
                self.topics.append(path)
            counts["new" if old is None else "unchanged" if old.etag == new.etag else "changed"] += 1
        self._remember_endings(endings(before, plans, held), plans)
        gone = [path for path, origin in before.items() if path not in plans and origin.owner not in held]
        self._store.drop_documents(gone, self._at)
        counts["removed"] = len(gone)
        return counts

    def _is_lost(self, plan: Plan) -> bool:
        """Tell whether a picture's published copy is gone, as after a restore of the database alone.

        Who comes to the store anew looks; in between nobody else touches its folder.
        """
        return bool(plan.blob) and self._store.is_changed_by_others and not self._store.has_picture(plan.blob)

    def _remember_endings(self, ended: Mapping[str, Origin], plans: Mapping[str, Plan]) -> None:
        """Tell what readers cannot poll any more, and remember it: logs go on telling of it for a while."""
        self._farewells += farewells(ended, plans.values())
        known = json.loads(self._store.meta("ended") or "[]")
        ended_now = [path for path in {*known, *ended} if path not in plans or plans[path].kind not in POLLED]
        if sorted(ended_now) != known:
            self._store.set_meta("ended", dump(sorted(ended_now)))

    def _weights(self) -> Iterator[Problem]:
        """Yield a warning for every document of a feed that is a burden to its readers."""
        for document in self._large:
            yield Problem(
                code="feed-large",
                message=Message("feed-large.document", path=document.path, size=document.length // 1000),
                location=Location(file=f"feeds/{document.owner}.yaml"),
                hint=Message("feed-large.hint"),
            )

    def _keep_picture(self, plan: Plan, pictures: Pictures) -> bool:
        """Keep a picture's published copy; tell whether its file is still what the entry was read with."""
        if self._store.has_picture(plan.blob):
            return True
        try:
            body = pictures.published(plan.file)
        except OSError:
            body = b""
        if digest_of_bytes(body) == plan.blob:
            self._store.keep_picture(plan.blob, body)
            return True
        problem = Problem(
            code="picture-changed",
            message=Message("picture-changed.file"),
            location=Location(file=f"content/{plan.file}"),
            hint=Message("picture-changed.hint"),
        )
        self._changed_pictures.append(problem)
        return False


def server_settings(publication: Publication, selections: Iterable[Selection]) -> str:
    """Return what a server needs to know beside the documents, as JSON; `aliases` lead to the documents they repeat."""
    names = ("feeds_url", "hubs", "max_age", "pages")
    aliases = {
        alias: selection.feed.document_path(FORMATS[FormatName.RSS].filename)
        for selection in selections
        for alias in selection.definition.aliases
        if selection.is_current
    }
    return dump({**{name: getattr(publication, name) for name in names}, "aliases": aliases})
