"""The result of scanning content/, with the stored states. Checks file states; reads no files."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sosik.errors import Problem
from sosik.file_names import group_of_part, part_of
from sosik.ledger.facts import Again, Desk
from sosik.ledger.hidden import Hidden, find_hidden
from sosik.ledger.looking import Looked, look_at
from sosik.ledger.parts import in_parts
from sosik.ledger.reading import AS_MANY_AS_PAY, Processes
from sosik.ledger.unfinished import NOTHING_FRESH, PATIENCE, Fresh, look_twice
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances
from sosik.model import Publication
from sosik.model.digests import digest_of
from sosik.model.values import EntryId, Seconds
from sosik.progress import Observer, unobserved
from sosik.read import Look, Pictures, Scan, ignore_of, scan
from sosik.store import Changes, SourceRow, Store
from sosik.store.source_rows import ScannedRow
from sosik.store.sources import EVERY_TIME
from sosik.version import made_by


class SyncOptions(Struct, frozen=True, kw_only=True):
    """How to sync: `now` in seconds, what a person allowed, whether drafts count, whether to read unchanged files.

    `look` tells which files there are in content/; where that is a `fresh` copy, what is not in it is not waited for.
    One that is `trusting` was told what changed since it looked last, and takes the rest to be as it was.
    With `by_clock` now is what the clock says, and files may still be being written; a build that is `alone` waits for
    these itself. A text of which only the beginning is there waits for `patience` seconds.
    Files are read by `processes`; the `observer` is told how far that is, and what is read
    is kept in the file `begun` for the next build, should this one be ended.
    """

    now: Seconds
    look: Look = scan
    allowed: Allowances = NOTHING_ALLOWED
    drafts: bool = False
    reread: bool = False
    fresh: bool = False
    trusting: bool = False
    by_clock: bool = False
    alone: bool = False
    patience: int = PATIENCE
    processes: Processes = AS_MANY_AS_PAY
    observer: Observer = unobserved
    begun: Path | None = None

    @property
    def at_once(self) -> bool:
        """Whether files that are gone are not waited for."""
        return self.fresh or self.allowed.withdraw_now or self.allowed.withdrawals


MANY = 100
"""Files from which on it is worth looking at them once more after they were read."""


class Seen(Struct, frozen=True, kw_only=True):
    """What lies in content/, beside what is remembered of it.

    `gone` are the files that were there before, `missed` the entries that had none then.
    """

    scanned: Scan
    desk: Desk
    looked: Looked
    hidden: Hidden
    fresh: Fresh
    gone: Sequence[SourceRow]
    missed: Collection[EntryId]

    @property
    def problems(self) -> list[Problem]:
        """The problems that looking came to."""
        return [*self.scanned.problems, *self.hidden.problems, *self.fresh.problems]


def see(store: Store, publication: Publication, content: Path, options: SyncOptions) -> Seen:
    """Look at all files, and a second time at those that are being written; forget the files that are gone."""
    scanned = options.look(content, ignore_of(publication.ignore), options.observer)
    desk = _desk(store, scanned, publication, content, options)
    missed = store.watched.missed()
    looked = _looked(store, desk, scanned)
    hidden = find_hidden(store, scanned, content, looked.gone, missed)
    looked, scanned = hidden.among(looked), hidden.seen_with(scanned)
    gone = [*store.sources.at(looked.gone).values()]
    store.apply(Changes(sources_gone=looked.gone))
    fresh = _fresh(store, looked, options)
    return Seen(
        scanned=scanned,
        desk=replace(
            desk,
            moved=_moved(gone),
            copied=looked.copied,
            files=scanned.by_source.among(fresh.files.values()) if fresh.files else scanned.by_source,
        ),
        looked=looked.looked_at_again(fresh.files, without={row.path for row in fresh.growing}),
        hidden=hidden,
        fresh=fresh,
        gone=gone,
        missed=missed,
    )


def _looked(store: Store, desk: Desk, seen: Scan) -> Looked:
    """Compare the files with what is remembered of them; what of that is settled is not read, but for its problems."""
    sources, again = store.sources, desk.again
    every_time = [*sources.in_parts([EVERY_TIME])]
    due = {*map(part_of, sources.of(again.ids))}
    unsure = due.union(map(group_of_part, due))

    def sure(rows: Mapping[str, ScannedRow]) -> dict[str, ScannedRow]:
        return {} if again.everything else {part: row for part, row in rows.items() if part not in unsure}

    parts = in_parts(
        seen.by_source,
        {row.path for row in every_time},
        sure(sources.scanned()),
        lambda groups: sure(sources.scanned_in(groups)),
        seen.changed,
    )
    looked = look_at(desk.files, parts, chain(every_time, sources.in_parts(parts.open)), again)
    sources.keep_scanned(looked.settled)
    if not parts.settled:
        return looked
    open_ = parts.open | {EVERY_TIME}
    standing = {path: problems for path, part, problems in sources.with_problems() if part not in open_}
    return replace(looked, told={**looked.told, **standing})


def settle_parts(store: Store, seen: Seen) -> None:
    """Compare what was read with what is remembered of it now, where that was much: the next build need not do it."""
    if len(seen.looked.known) + len(seen.looked.appeared) < MANY:
        return
    store.watched.take_out()
    sources, files = store.sources, seen.scanned.by_source
    every_time = [*sources.in_parts([EVERY_TIME])]
    paths = {row.path for row in every_time}
    parts = in_parts(files, paths, sources.scanned(), sources.scanned_in, changed=())
    looked = look_at(files, parts, chain(every_time, sources.in_parts(parts.open)), Again())
    sources.keep_scanned(looked.settled)


def _fresh(store: Store, looked: Looked, options: SyncOptions) -> Fresh:
    if not options.by_clock:
        return NOTHING_FRESH
    return look_twice(store, chain(looked.known, looked.appeared), options.now, alone=options.alone)


def _desk(store: Store, scanned: Scan, publication: Publication, content: Path, options: SyncOptions) -> Desk:
    return Desk(
        publication=publication,
        pictures=Pictures(content),
        files=scanned.by_source,
        again=_to_read_again(store, context_of(publication, options), options),
        drafts=options.drafts,
        now=options.now,
    )


def _moved(gone: Iterable[SourceRow]) -> dict[EntryId, SourceRow]:
    """Return the files that are gone, by the ids of their entries, of which the ledger does not know what they said.

    Only a store of version 4 has them, and only until the first build.
    """
    return {row.entry_id: row for row in gone if not row.digest}


def context_of(publication: Publication, options: SyncOptions) -> str:
    """Return the digest of what every entry is normalized with, beside its own file."""
    return digest_of(made_by(), publication, options.drafts)


def _to_read_again(store: Store, context: str, options: SyncOptions) -> Again:
    """Return which files are to be read though they did not change.

    That is all of them after a change of configuration, and those of which an edit stamped ahead comes true.
    """
    if options.reread or store.meta("context") != context:
        return Again(everything=True)
    since, now = store.edition().next_due, options.now
    if since is None or since > now:
        return Again()
    due = store.membership.listings(store.membership.fell_due(Seconds(since - 1), now)).values()
    return Again(ids=frozenset(listing.id for listing in due if any(since <= at <= now for at in listing.due)))
