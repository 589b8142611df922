"""One build: from files to a committed edition, in one transaction of the store."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from sosik.config import Config
from sosik.dates.zones import zone_of
from sosik.edition.announcements import announcements, targets_of, told
from sosik.edition.clock import in_time, keep_time
from sosik.edition.compose import Composed, compose_edition
from sosik.edition.memo import NO_MEMO, Memo
from sosik.edition.memory import tombstones_due
from sosik.edition.selection import Selection, next_due
from sosik.edition.standing import with_standing_feeds
from sosik.errors import ConfigError, Problem, Severity
from sosik.ledger.sync import Synced, SyncOptions, sync
from sosik.model import Listing, Outcome
from sosik.model.instants import instant
from sosik.model.values import Seconds
from sosik.previous import Previous, recall
from sosik.store import NO_EDITION, Changes, EditionRow, Store


@dataclass(kw_only=True, slots=True)
class Report:
    """What a build did. `outcomes` are by id, or by file for what is held back; what is `unchanged` is only counted.

    `documents` counts paths.

    `ahead` tells when the entries appear whose time has not come, the earliest first, in the publication's zone.
    """

    edition: EditionRow = NO_EDITION
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    read: int = 0
    rendered: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    feeds: list[Selection] = field(default_factory=list)
    ahead: list[datetime] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries met each outcome."""
        counted = Counter(self.outcomes.values())
        return {str(outcome): counted[outcome] for outcome in Outcome} | {str(Outcome.UNCHANGED): self.unchanged}

    @property
    def errors(self) -> list[Problem]:
        """The problems that hold something back."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


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
        composed = compose_edition(
            store, config, publication, synced, root / "content", now=options.now, at=at, memo=memo, keep=keep
        )
        report = _report(composed, synced, options.now, before, at, zone_of(publication.timezone))
        is_new = report.edition.number != before.number
        store.apply(Changes(edition=report.edition))
        if is_new and not options.drafts:
            topics, outcomes = composed.placed.topics, synced.outcomes
            store.announcements.keep_only(targets_of(publication))
            rows = store.ledger.of(told(outcomes))
            store.announcements.put(announcements(publication, topics, outcomes, rows, since=at))
        look(report)
        if is_new and wait:
            time.sleep(min(max(0.0, at - time.time()), 1.0))
    return report


def _report(composed: Composed, synced: Synced, now: Seconds, before: EditionRow, at: Seconds, zone: tzinfo) -> Report:
    """Return what a build did; the edition is a new one, of the instant `at`, where any document differs."""
    counts = composed.placed.counts
    dues = (next_due(synced.listings, now), tombstones_due(composed.selections))
    due = min((due for due in dues if due is not None), default=None)
    changed = any(counts[change] for change in ("new", "changed", "removed"))
    return Report(
        edition=EditionRow(before.number + 1, at, due) if changed else before._replace(next_due=due),
        outcomes=synced.outcomes,
        unchanged=synced.unchanged,
        problems=list(composed.problems),
        read=synced.read,
        rendered=composed.rendered,
        documents=counts,
        feeds=list(composed.selections),
        ahead=_ahead(synced.listings, now, zone),
    )


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
