"""One build: from files to a committed edition, in one transaction of the store."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.config import Config
from sosik.dates.zones import zone_of
from sosik.edition.announcements import HINDERED, announcements, targets_of, told
from sosik.edition.clock import in_time, keep_time
from sosik.edition.compose import Composed, compose_edition
from sosik.edition.copies import sweep
from sosik.edition.selection import NEWS_LASTS
from sosik.edition.standing import with_standing_feeds, with_standing_slugs
from sosik.edition.touched import forgotten
from sosik.errors import ConfigError, Problem, Severity, as_written
from sosik.ledger.seeing import SyncOptions
from sosik.ledger.sync import Synced, sync
from sosik.ledger.unfinished import LONGEST, StillComingError
from sosik.model import Outcome, Publication
from sosik.model.instants import instant, seconds
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.pool.helping import Helpers
from sosik.progress import Progress, Stage
from sosik.read import scan
from sosik.store import NO_EDITION, Changes, EditionRow, Store

if TYPE_CHECKING:
    from sosik.previous.recall import Previous


class Report(Struct, kw_only=True):
    """The result of a build. `outcomes` are by id, or by file for held files; `unchanged` entries are only counted.

    `read` counts files, `rendered` entries, and `documents` paths by their change. `unshown` is the number of new
    entries that no current feed document has. `drafts` are the files of entries that are not public, because they are
    drafts or have no body. `ahead` has the future publication times, earliest first, in the zone of the publication;
    `waiting` has them by file. `withdrawn` are the files of withdrawn entries. `missing` has the time since when the
    file of a published entry is missing, by id.
    """

    edition: EditionRow = NO_EDITION
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    read: int = 0
    rendered: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    unshown: int = 0
    ahead: list[datetime] = field(default_factory=list)
    waiting: Mapping[str, datetime] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    missing: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """The number of entries with each outcome."""
        counted = Counter(self.outcomes.values())
        return {str(outcome): counted[outcome] for outcome in Outcome} | {str(Outcome.UNCHANGED): self.unchanged}

    @property
    def errors(self) -> list[Problem]:
        """The problems that hold back an entry or a feed."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def build(
    store: Store,
    config: Config,
    root: Path,
    options: SyncOptions,
    *,
    wait: bool,
    keep: bool = True,
    previous: "Previous | None" = None,
    look: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Make an edition of the publication in `root` and commit it; with `keep` false, only say what it would be.

    With `wait` the commit waits until the edition's second has come, so that no Last-Modified lies in the future.
    `previous` is what the store shall know besides; `look` is called while the store holds the edition, kept or not.
    Raises `ConfigError` and `EditionRefusedError`, and `StillComingError` where the options say so; then the store is
    as it was.
    """
    publication = config.publication
    if publication is None:
        raise ConfigError(config.problems)
    with store.transaction(keep=keep):
        if previous is not None:
            options = _with_previous(store, previous, options)
        keep_time(store, options.now, by_clock=wait)
        before = store.edition()
        config = _standing(store, config, is_first=not before.number, anew=previous is not None)
        options, at = in_time(store, options, before.composed)
        synced = sync(store, publication, root / "content", options)
        if synced.unfinished and options.alone:
            raise StillComingError(synced.unfinished)
        options.observer(Progress(Stage.MAKING))
        # What is held back for another time zone is shown as it was, and all else by the same clock.
        seen = replace(publication, timezone=synced.timezone)
        content = root / "content"
        with Helpers(options.processes.most) as helpers:
            composed = compose_edition(
                store,
                config,
                seen,
                synced,
                content,
                now=options.now,
                at=at,
                keep=keep,
                trusting=options.trusting,
                helpers=helpers,
            )
        composed = replace(composed, problems=[*_as_files_say(composed.problems, publication, root)])
        report = _report(store, composed, synced, options.now, before, at, publication.timezone)
        is_new = report.edition.number != before.number
        store.apply(Changes(edition=report.edition))
        if is_new and not options.drafts:
            _announce(store, publication, composed.topics, synced, at)
        look(report)
        if is_new and wait:
            time.sleep(min(max(0.0, at - time.time()), 1.0))
    if keep and composed.may_sweep:
        sweep(store)
    return report


_OF_ENTRIES = frozenset({"entry-unshown", "entry-too-large", "relation-unknown"})
"""What composing an edition tells of entries, of which the store does not know what their files call their keys."""


def _as_files_say(problems: Iterable[Problem], publication: Publication, root: Path) -> Iterator[Problem]:
    """Yield problems, those of entries with the keys as their files call them now."""
    for problem in problems:
        file = root / problem.location.file
        if problem.code not in _OF_ENTRIES or not file.is_file():
            yield problem
            continue
        from sosik.read import read_bytes  # few problems are of these

        try:
            raw = read_bytes(file.read_bytes(), problem.location.file, silent=publication.foreign_keys).raw
        except OSError:
            raw = None
        yield as_written(problem, raw.names if raw else {})


def _with_previous(store: Store, previous: "Previous", options: SyncOptions) -> SyncOptions:
    """Bring what was published into the store, and return the options for a build that goes on from it."""
    from sosik.previous.recall import recall

    recall(store, previous, options.now)
    store.apply(Changes(meta=forgotten()))
    return replace(options, fresh=True)


def _standing(store: Store, config: Config, *, is_first: bool, anew: bool) -> Config:
    """Return the configuration with what stands of broken definitions, and the addresses that feeds have."""
    config = with_standing_feeds(store, config)
    return config if is_first and not anew else with_standing_slugs(store, config, anew=anew)


def build_what_is_whole(
    store: Store, config: Config, root: Path, options: SyncOptions, *, previous: "Previous | None" = None
) -> Report:
    """Build; wait for what is still being written, and build then. What stays as it is by that time is meant."""
    until = time.monotonic() + LONGEST
    while True:
        try:
            return build(store, config, root, options, wait=options.by_clock, previous=previous)
        except StillComingError as coming:
            is_written = coming.wait(until)
        is_over = time.monotonic() >= until
        options = replace(
            options,
            look=scan,
            now=max(options.now, seconds(datetime.now(UTC))),
            alone=not is_over,
            patience=0 if is_over and not is_written else options.patience,
        )


def _announce(
    store: Store, publication: Publication, topics: Sequence[DocumentPath], synced: Synced, at: Seconds
) -> None:
    """Queue what hubs and search engines are to be told of an edition of the instant `at`."""
    targets = targets_of(publication)
    store.announcements.keep_only(targets)
    if store.meta(HINDERED) and not targets:
        store.apply(Changes(meta={HINDERED: ""}))
    if targets:  # of a first edition those are the links of all entries
        links = store.membership.links(told(synced.outcomes))
        store.announcements.put(announcements(publication, topics, links, since=at))


def _report(
    store: Store, composed: Composed, synced: Synced, now: Seconds, before: EditionRow, at: Seconds, timezone: str
) -> Report:
    """Return what a build did; the edition is a new one, of the instant `at`, where any document differs."""
    instants = (store.membership.next_due(now, NEWS_LASTS), synced.next_look, composed.next_over)
    due = min((at for at in instants if at is not None), default=None)
    changed = any(composed.counts[change] for change in ("new", "changed", "removed"))
    to_come = store.membership.ahead(now)
    # What is known of time zones takes long to read, and most publications have neither.
    zone = zone_of(timezone) if to_come or synced.missing else None
    ahead = {id_: instant(published).astimezone(zone) for id_, published in to_come.items()}
    files = {id_: path for path, id_ in store.sources.of(ahead).items()}
    return Report(
        edition=EditionRow(before.number + 1, at, due) if changed else _as_before(before, at, due),
        outcomes=synced.outcomes,
        unchanged=synced.unchanged,
        problems=list(composed.problems),
        read=synced.read,
        drafts=synced.drafts,
        withdrawn=_withdrawn(store, synced),
        rendered=composed.rendered,
        documents=composed.counts,
        unshown=composed.unshown,
        ahead=[*ahead.values()],
        waiting={f"content/{files[id_]}": at for id_, at in ahead.items() if id_ in files},
        missing={id_: instant(since).astimezone(zone) for id_, since in synced.missing.items()},
    )


def _withdrawn(store: Store, synced: Synced) -> tuple[str, ...]:
    """Return the files of the entries that were taken back: those that hold them, or held them last.

    A machine without the store knows no file of what is gone, only its id.
    """
    ids = [EntryId(id_) for id_, outcome in synced.outcomes.items() if outcome is Outcome.WITHDRAWN]
    if not ids:
        return ()
    files = {id_: row.source for id_, row in store.ledger.of(ids).items()}
    files |= {id_: path for path, id_ in store.sources.of(ids).items()}
    return tuple(sorted(f"content/{path}" if path else id_ for id_, path in files.items()))


def _as_before(edition: EditionRow, at: Seconds, due: Seconds | None) -> EditionRow:
    """Return an edition in which no document changed; one of a clock that ran ahead was composed `at` the right one."""
    return edition._replace(composed=min(edition.composed, at), next_due=due)
