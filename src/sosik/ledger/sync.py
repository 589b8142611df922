"""Brings content/ into the store: what is new or edited is compared with what was published, and only then accepted.

Here is what touches the disk, the store and time; what decides stands in `rules` and `settle`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sosik.errors import EditionRefusedError, Location, Problem
from sosik.ledger import settle
from sosik.ledger.ahead import only_below
from sosik.ledger.arriving import Arrived, arrive, texts_compared, versions_of
from sosik.ledger.away import Missing, missing_files, next_look, told_missing
from sosik.ledger.changed import ListingChanges
from sosik.ledger.clashes import find_clashes, find_copies, too_many_vanish
from sosik.ledger.facts import Again, Desk
from sosik.ledger.hidden import find_hidden, originals_unseen, really_missing
from sosik.ledger.looking import Looked, look_at
from sosik.ledger.recognition import Arrival, arrival_of
from sosik.ledger.rules import Page, judge
from sosik.ledger.settle import Judged
from sosik.ledger.unfinished import NOTHING_FRESH, PATIENCE, Fresh, look_twice, next_look_at, waits_for_the_rest
from sosik.ledger.vanished import still_missing, taken_back_now
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances, Claim, ledger_row
from sosik.model import Listing, Outcome, Publication
from sosik.model.digests import digest_of
from sosik.model.instants import instant
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import entry_key
from sosik.read import Ignore, Pictures, Scan, SourceFile, ignore_of, scan
from sosik.store import Changes, LedgerRow, SourceRow, Store
from sosik.version import made_by
from sosik.words import Message


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did: `outcomes` by id, or by file for what is held back, but for the `unchanged`, which are counted.

    `changed` are the entries whose listing may be another than before: the one before and the one now, None for none,
    read from the store within the transaction. `timezone` is the one in which the entries that are shown were read.
    `drafts` are the files that hold some.
    `missing` tells since when files are away (seconds), by the ids of their entries, which stay up, and `next_look`
    when the first of them is to be looked for again. `unfinished` are files that hold but the beginning of what was
    published, and are held for that.
    """

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    unchanged: int = 0
    problems: Sequence[Problem] = ()
    changed: Mapping[EntryId, tuple[Listing | None, Listing | None]] = field(default_factory=dict)
    read: int = 0
    timezone: str = ""
    drafts: tuple[str, ...] = ()
    missing: Mapping[EntryId, Seconds] = field(default_factory=dict)
    next_look: Seconds | None = None
    unfinished: Sequence[SourceFile] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncOptions:
    """How to sync: `now` in seconds, what a person allowed, whether drafts count, whether to read unchanged files.

    `look` tells which files there are in content/; where that is a `fresh` copy, what is not in it is not waited for.
    With `by_clock` now is what the clock says, and files may still be being written; a build that is `alone` waits for
    these itself. A text of which only the beginning is there waits for `patience` seconds.
    """

    now: Seconds
    look: Callable[[Path, Ignore], Scan] = scan
    allowed: Allowances = NOTHING_ALLOWED
    drafts: bool = False
    reread: bool = False
    fresh: bool = False
    by_clock: bool = False
    alone: bool = False
    patience: int = PATIENCE

    @property
    def at_once(self) -> bool:
        """Whether files that are gone are not waited for."""
        return self.fresh or self.allowed.withdraw_now or self.allowed.withdrawals


def sync(store: Store, publication: Publication, content: Path, options: SyncOptions) -> Synced:
    """Bring `content` into the store, within the caller's transaction.

    Raises `EditionRefusedError` when the folder is missing, when so many entries are gone that it is probably a
    mistake, or when ids would be made of another authority than before.
    """
    if not content.is_dir():
        raise EditionRefusedError([_content_missing(content)])
    _refuse_another_authority(store.meta("authority"), publication.authority)
    scanned = options.look(content, ignore_of(publication.ignore))
    desk = _desk(store, scanned, publication, content, options)
    missed = store.sources.missed()
    looked = look_at(desk.files, store.sources.each(), desk.again)
    hidden = find_hidden(store, scanned, content, looked.gone, missed)
    looked, desk, scanned = hidden.among(looked), hidden.read_with(desk), hidden.seen_with(scanned)
    files_gone = store.sources.at(looked.gone).values()
    desk = replace(desk, moved=_moved(files_gone), copied=looked.copied)
    store.apply(Changes(sources_gone=looked.gone))
    fresh = _fresh(store, looked, options)
    growing = {row.path for row in fresh.growing}
    looked = looked.looked_at_again(fresh.files, without=growing)
    desk = replace(desk, files={**desk.files, **fresh.files})
    arrived = arrive(store, looked, desk, options.allowed, options.patience)

    suspects = {*missed, *looked.gone.values(), *arrived.left}
    rows = _rows(store, arrived, suspects)
    claims = _claims(store, arrived, {*rows, *suspects}) | originals_unseen(rows.values(), scanned, arrived.waiting)
    judged = _judged(store, arrived, rows, claims, options)
    waits = {verdict.arrival.source: verdict.waits for verdict in judged.verdicts if verdict.waits}
    timezone_problems = _timezone_problems(store.meta("timezone"), publication.timezone, judged)
    found = [problem for problems in arrived.found.values() for problem in problems]
    problems = [*scanned.problems, *hidden.problems, *fresh.problems, *found, *settle.problems_of(judged)]
    problems += timezone_problems
    problems += settle.objections_of(judged)

    ledger = rows | arrived.ledger
    ledger |= _by_id(settle.accepted(judged, ledger))
    taken_back = settle.withdrawn(judged.taken_back(), ledger)
    ledger |= _by_id(taken_back)
    store.apply(Changes(ledger=[row for id_, row in ledger.items() if row is not rows.get(id_)]))
    here = judged.ids_here.union(claims.values())
    # A file that cannot be seen may still be there: its entry stays up.
    missed_now = [row for row in map(ledger.__getitem__, rows) if row.withdrawn is None and row.id not in here]
    missing = really_missing(missed_now, scanned, hidden, arrived.waiting)
    lost = still_missing(missing_files(missing, files_gone, desk.files, desk.now), scanned, content)
    _refuse_many(store, lost, arrived, scanned, problems, allowed=options.allowed.withdrawals)
    after = publication.withdraw_after
    hiding = [fact.hides for fact in arrived.waiting if fact.hides is not None]
    gone = taken_back_now(lost, content, hiding, desk.now, after=after, at_once=options.at_once)
    away = [one for one in lost if one.entry.id not in gone]
    problems += told_missing(away, after)
    ledger |= _by_id(vanished := settle.withdrawn(((id_, desk.now) for id_ in gone), ledger))

    stays = {id_ for id_, row in ledger.items() if row.withdrawn is None} | here
    leaving = {id_ for id_, _ in judged.taken_back()}.union(gone, suspects - stays, judged.misnamed - ledger.keys())
    before = _change_entries(store, judged, leaving)
    meta = {"authority": publication.authority, "context": _context(publication, options)}
    timezone = store.meta("timezone") if timezone_problems else publication.timezone
    meta["timezone"] = timezone
    sources = [*settle.sources_after(judged), *_copies_before(store, judged)]
    sources += [*(one.file for one in away), *fresh.growing]
    store.apply(Changes(meta=meta, sources=sources, ledger=vanished))
    new = _welcomed(store, judged, desk)
    store.apply(Changes(ledger=new))
    outcomes = arrived.outcomes | settle.outcomes_of(judged)
    outcomes |= {row.id: Outcome.WITHDRAWN for row in (*taken_back, *vanished)}
    outcomes |= {row.id: Outcome.NEW for row in new}
    told, drafts = settle.without_drafts(settle.told_of_files({**looked.told, **arrived.told}, problems))
    outcomes |= {f"content/{path}": Outcome.HELD for path in growing}
    looks = (next_look(away, after), next_look_at(fresh.growing, waits.values(), desk.now))
    return Synced(
        outcomes={id_: outcome for id_, outcome in outcomes.items() if outcome is not Outcome.UNCHANGED},
        unchanged=looked.unchanged + arrived.unchanged + settle.unchanged(judged),
        problems=[
            *only_below(problems, store.membership.newest_published(options.now), publication, options.now),
            *told,
        ],
        changed=ListingChanges(store, arrived.before | before),
        read=arrived.read,
        timezone=timezone,
        drafts=() if options.drafts else drafts,
        missing={one.entry.id: one.since for one in away},
        next_look=min((at for at in looks if at is not None), default=None),
        unfinished=[desk.files[path] for path in waits],
    )


def _fresh(store: Store, looked: Looked, options: SyncOptions) -> Fresh:
    if not options.by_clock:
        return NOTHING_FRESH
    return look_twice(store, (*looked.known, *looked.appeared), options.now, alone=options.alone)


def _desk(store: Store, scanned: Scan, publication: Publication, content: Path, options: SyncOptions) -> Desk:
    return Desk(
        publication=publication,
        pictures=Pictures(content),
        files={file.source: file for file in scanned.files},
        again=_to_read_again(store, _context(publication, options), options),
        drafts=options.drafts,
        now=options.now,
    )


def _moved(gone: Iterable[SourceRow]) -> dict[EntryId, SourceRow]:
    """Return the files that are gone, by the ids of their entries, of which the ledger does not know what they said.

    Only a store of version 4 has them, and only until the first build.
    """
    return {row.entry_id: row for row in gone if not row.digest}


def _content_missing(content: Path) -> Problem:
    return Problem(
        code="content-missing",
        message=Message("content-missing.folder"),
        location=Location(file=content.name),
        hint=Message("content-missing.hint"),
    )


def _refuse_another_authority(before: str, authority: str) -> None:
    """Refuse another authority than the one that ids were made of; nothing, where none was made yet."""
    if before and before != authority:
        problem = Problem(
            code="authority-changed",
            message=Message("authority-changed.from", now=authority, before=before),
            location=Location(file="feeds/publication.yaml"),
            hint=Message("authority-changed.hint", before=before),
        )
        raise EditionRefusedError([problem])


def _context(publication: Publication, options: SyncOptions) -> str:
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


def _rows(store: Store, arrived: Arrived, suspects: Collection[EntryId]) -> dict[EntryId, LedgerRow]:
    """Return what was published before and has to do with what waits, or with `suspects`, which may be gone."""
    ids = {fact.row.entry_id for fact in arrived.waiting}
    ids |= {fact.taken_back.id for fact in arrived.waiting if fact.taken_back is not None}
    return arrived.alike | arrived.published(store.ledger.of(ids.union(suspects) - arrived.alike.keys()))


def _claims(store: Store, arrived: Arrived, ids: Collection[EntryId]) -> dict[str, EntryId]:
    """Return the files, but for those that wait, that have one of these ids, or that of one which waits."""
    waiting = {fact.row.path for fact in arrived.waiting}
    wanted = {fact.row.entry_id for fact in arrived.waiting}.union(ids)
    return {path: id_ for path, id_ in store.sources.of(wanted).items() if path not in waiting}


def _judged(
    store: Store,
    arrived: Arrived,
    rows: Mapping[EntryId, LedgerRow],
    claims: Mapping[str, EntryId],
    options: SyncOptions,
) -> Judged:
    """Compare what waited with what was published; `claims` are the other files that have these ids."""
    facts = arrived.waiting
    claimed = [Claim(fact.row.entry_id, fact.row.path, is_public=fact.arrival is not None) for fact in facts]
    copies = find_copies([*claimed, *(Claim(id_, path, is_public=True) for path, id_ in claims.items())])
    arrivals = [fact.arrival for fact in facts if fact.arrival is not None and fact.row.path not in copies]
    sources = {arrival.source for arrival in arrivals}
    ids = {fact.row.entry_id for fact in facts}
    claimed += [Claim(id_, path, is_public=True) for path, id_ in claims.items() if id_ in ids]
    claimed = [claim for claim in claimed if claim.source not in copies]
    owners = {row.id: row.source for row in rows.values() if row.source}
    clashes = find_clashes(sorted(claimed, key=lambda claim: claim.source), owners)
    versions = versions_of(store, facts)
    verdicts = judge(
        arrivals,
        rows,
        others={*claims.values(), *(fact.row.entry_id for fact in facts if fact.arrival is None)},
        clashes=clashes,
        allowed=options.allowed,
        changed_share=texts_compared(versions),
        unfinished=waits_for_the_rest(store, versions, options.now, options.patience),
        versions=versions,
        pages=_pages(store, arrived, arrivals),
    )
    others = {source: clashes[source] for source in sorted(clashes.keys() - sources)}
    return Judged(facts=facts, verdicts=verdicts, clashes=others, copies=copies)


def _copies_before(store: Store, judged: Judged) -> list[SourceRow]:
    """Return the files that turn out to be copies though they were accepted before: they are read again now, too."""
    before = judged.copies.keys() - {fact.row.path for fact in judged.facts}
    return [row._replace(held=True) for row in store.sources.at(before).values()]


def _pages(store: Store, arrived: Arrived, arrivals: Iterable[Arrival]) -> dict[str, Page]:
    """Return the pages, by name, of new entries that are settled and share theirs with an arrival."""
    names = {entry_key(arrival.id) for arrival in arrivals if arrival.has_page}
    owners = {id_: name for name in names if arrived.is_new(id_ := arrived.pages.get(name, EntryId("")))}
    return {owners[id_]: Page(id_, path) for path, id_ in store.sources.of(owners).items()}


def _timezone_problems(before: str, zone: str, judged: Judged) -> list[Problem]:
    """Return the problem that dates moved because they are read in another time zone, where they did."""
    moved = sum(1 for problem in settle.objections_of(judged) if problem.code == "published-moved")
    if not before or before == zone or not moved:
        return []
    problem = Problem(
        code="timezone-changed",
        message=Message("timezone-changed.from", now=zone, before=before, count=moved),
        location=Location(file="feeds/publication.yaml"),
        hint=Message("timezone-changed.hint", before=before),
    )
    return [problem]


def _refuse_many(
    store: Store,
    lost: Sequence[Missing],
    arrived: Arrived,
    scanned: Scan,
    problems: Iterable[Problem],
    *,
    allowed: bool,
) -> None:
    """Raise `EditionRefusedError` where so many files are gone that it is probably a mistake."""
    if not lost or allowed:
        return
    new = sum(1 for outcome in arrived.outcomes.values() if outcome is Outcome.NEW)
    gone = [one.entry.id for one in lost]
    refusal = too_many_vanish(gone, store.ledger.live() - new, content_empty=scanned.is_empty)
    if refusal:
        raise EditionRefusedError([*problems, refusal])


def _change_entries(store: Store, judged: Judged, leaving: Collection[EntryId]) -> dict[EntryId, Listing | None]:
    """Bring the last good versions of what waited into the store, and take those out that leave.

    Returns the listings before of those that have another now.
    """
    accepted = {entry.listing.id: entry for entry in settle.accepted_entries(judged) if entry.listing.id not in leaving}
    kept = store.accepted({*accepted, *leaving})
    gone = sorted(kept.keys() - accepted.keys())
    store.apply(Changes(entries=list(accepted.values()), entries_gone=gone))
    before: dict[EntryId, Listing | None] = {id_: kept[id_].listing for id_ in gone}
    for id_, entry in accepted.items():
        old = kept[id_].listing if id_ in kept else None
        if old != entry.listing:
            before[id_] = old
    return before


def _welcomed(store: Store, judged: Judged, desk: Desk) -> list[LedgerRow]:
    """Return the rows of the entries that may be seen for the first time."""
    ids = store.ledger.unseen(desk.now)
    arrivals = {verdict.arrival.id: verdict.arrival for verdict in judged.verdicts if verdict.outcome is None}
    others = [id_ for id_ in ids if id_ not in arrivals]
    entries, listings = store.entries(others), store.accepted(others)
    for id_, entry in entries.items():
        arrivals[id_] = arrival_of(entry, listings[id_].listing, entry.as_of(instant(desk.now)))
    return [ledger_row(arrivals[id_]) for id_ in ids]


def _by_id(rows: Iterable[LedgerRow]) -> dict[EntryId, LedgerRow]:
    return {row.id: row for row in rows}
