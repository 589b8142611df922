"""Synchronizes the store with content/: compares new and edited entries with the published ones, then accepts them.

This module accesses disk, store and clock; `rules` and `settle` decide.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from sosik.errors import EditionRefusedError, Location, Problem
from sosik.ledger import settle
from sosik.ledger.ahead import only_below
from sosik.ledger.arriving import Arrived, arrive, texts_compared, versions_of
from sosik.ledger.away import Missing, missing_files, next_look, told_missing
from sosik.ledger.begun import Begun
from sosik.ledger.changed import Came, ListingChanges
from sosik.ledger.clashes import find_clashes, find_copies, too_many_vanish
from sosik.ledger.facts import Desk
from sosik.ledger.hidden import originals_unseen, really_missing
from sosik.ledger.moved import addresses_to_remember, moved_addresses
from sosik.ledger.recognition import Arrival, arrival_of
from sosik.ledger.rules import Page, judge
from sosik.ledger.seeing import Seen, SyncOptions, context_of, see, settle_parts
from sosik.ledger.settle import Judged
from sosik.ledger.unfinished import UNFINISHED, next_look_at, patience_for_pictures, waits_for_the_rest
from sosik.ledger.vanished import still_missing, taken_back_now
from sosik.ledger.verdicts import Claim, ledger_row
from sosik.model import Listing, Outcome, Publication
from sosik.model.instants import instant
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import entry_key
from sosik.read import Scan, SourceFile
from sosik.store import Changes, LedgerRow, SourceRow, Store
from sosik.words import Message


class Synced(Struct, frozen=True, kw_only=True):
    """What a sync did: `outcomes` by id, or by file for what is held back, but for the `unchanged`, which are counted.

    `changed` are the entries whose listing may be another than before: the one before and the one now, None for none,
    read from the store within the transaction. `timezone` is the one in which the entries that are shown were read.
    `drafts` are the files that hold some, or an article that was never published and has no body yet.
    `missing` tells since when files are away (seconds), by the ids of their entries, which stay up, and `next_look`
    when the first of them is to be looked for again. `unfinished` are files that hold but the beginning of what was
    published, and are held for that.
    """

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    unchanged: int = 0
    problems: Sequence[Problem] = ()
    changed: ListingChanges
    read: int = 0
    timezone: str = ""
    drafts: tuple[str, ...] = ()
    missing: Mapping[EntryId, Seconds] = field(default_factory=dict)
    next_look: Seconds | None = None
    unfinished: Sequence[SourceFile] = ()


def sync(store: Store, publication: Publication, content: Path, options: SyncOptions) -> Synced:
    """Bring `content` into the store, within the caller's transaction.

    Raises `EditionRefusedError` when the folder is missing, when so many entries are gone that it is probably a
    mistake, or when ids would be made of another authority than before.
    """
    if not content.is_dir():
        raise EditionRefusedError([_content_missing(content)])
    is_known = _mind_another_authority(store, publication)
    seen = see(store, publication, content, options)
    arrived = arrive(
        store,
        seen.looked,
        seen.desk,
        options.allowed,
        options.patience,
        options.processes,
        options.observer,
        Begun(options.begun, context_of(publication, options), options.now),
    )
    compared = _compared(store, seen, arrived, publication, options)
    judged, zone = compared.judged, store.meta("timezone")
    moved = _timezone_problems(zone, publication.timezone, judged)
    problems = [*seen.problems, *arrived.problems, *settle.problems_of(judged), *moved, *settle.objections_of(judged)]
    ledger, taken_back = _accept(store, compared, arrived)
    problems += settle.drafts_again(judged, taken_back)
    problems += moved_addresses(store, publication) if is_known and not options.drafts else ()
    lost = _lost(compared.without_file(ledger), seen, arrived, content)
    _refuse_many(store, lost, arrived, seen.scanned, problems, allowed=options.allowed.withdrawals)
    gone = _meant(lost, arrived, content, publication.withdraw_after, options)
    away = [one for one in lost if one.entry.id not in gone]
    problems += told_missing(away, publication.withdraw_after)
    vanished = settle.withdrawn(((id_, options.now) for id_ in gone), ledger)
    leaving = compared.leaving(ledger | _by_id(vanished)).union(gone)
    before = arrived.before | _change_entries(store, judged, leaving)
    timezone = zone if moved else publication.timezone
    meta = {"authority": publication.authority, "context": context_of(publication, options), "timezone": timezone}
    meta |= {**addresses_to_remember(publication), "made_up": "yes" if publication.is_made_up else ""}
    sources = [*settle.sources_after(judged), *_copies_before(store, judged)]
    sources += [*(one.file for one in away), *seen.fresh.growing]
    store.apply(Changes(meta=meta, sources=sources, ledger=vanished))
    new = _welcome(store, judged, seen.desk)
    settle_parts(store, seen)
    told, drafts = _told(store, seen, arrived, problems, options)
    awaited = {f"content/{source}" for source in judged.awaited}
    outcomes = _outcomes(seen, arrived, judged, [*taken_back, *vanished], new)
    known = arrived.known.union(row.id for row in new)
    return Synced(
        outcomes=outcomes,
        unchanged=seen.looked.unchanged + arrived.unchanged + settle.unchanged(judged),
        problems=told,
        changed=ListingChanges(store, before, Came(outcomes, arrived.ahead, known)),
        read=arrived.read,
        timezone=timezone,
        drafts=tuple(sorted({*drafts, *awaited})),
        missing={one.entry.id: one.since for one in away},
        next_look=_next_look(seen, away, judged, publication.withdraw_after),
        unfinished=[seen.desk.files[source] for source, one in judged.waits.items() if one.problem.code == UNFINISHED],
    )


class _Compared(Struct, frozen=True, kw_only=True):
    """What waited, compared with what was published: the `rows` of that, and the verdicts.

    `claims` are the other files that have the same ids, each with its own; `suspects` the ids that may be gone.
    """

    rows: Mapping[EntryId, LedgerRow]
    claims: Mapping[str, EntryId]
    suspects: frozenset[EntryId]
    judged: Judged

    @property
    def here(self) -> set[EntryId]:
        """The ids that files have, as far as they are in question."""
        return self.judged.ids_here.union(self.claims.values())

    def without_file(self, ledger: Mapping[EntryId, LedgerRow]) -> list[LedgerRow]:
        """Return what was published before, stands in the `ledger`, and has no file any more."""
        here = self.here
        return [row for row in map(ledger.__getitem__, self.rows) if row.withdrawn is None and row.id not in here]

    def leaving(self, ledger: Mapping[EntryId, LedgerRow]) -> set[EntryId]:
        """Return the ids whose last good version goes, with the `ledger` as it is now."""
        stays = {id_ for id_, row in ledger.items() if row.withdrawn is None} | self.here
        taken_back = {id_ for id_, _ in self.judged.taken_back()}
        return taken_back.union(self.suspects - stays, self.judged.misnamed - ledger.keys())


def _compared(store: Store, seen: Seen, arrived: Arrived, publication: Publication, options: SyncOptions) -> _Compared:
    suspects = frozenset({*seen.missed, *seen.looked.gone.values(), *arrived.left})
    rows = _rows(store, arrived, suspects)
    unseen = originals_unseen(rows.values(), seen.scanned, arrived.waiting)
    claims = _claims(store, arrived, {*rows, *suspects}) | unseen
    judged = _judged(store, arrived, rows, claims, publication, options)
    return _Compared(rows=rows, claims=claims, suspects=suspects, judged=judged)


def _accept(store: Store, compared: _Compared, arrived: Arrived) -> tuple[dict[EntryId, LedgerRow], list[LedgerRow]]:
    """Bring into the ledger what is accepted and what files take back; return the rows, and those of the latter."""
    ledger = {**compared.rows, **arrived.ledger}
    ledger |= _by_id(settle.accepted(compared.judged, ledger))
    taken_back = settle.withdrawn(compared.judged.taken_back(), ledger)
    ledger |= _by_id(taken_back)
    store.apply(Changes(ledger=[row for id_, row in ledger.items() if row != compared.rows.get(id_)]))
    return ledger, taken_back


def _content_missing(content: Path) -> Problem:
    return Problem(
        code="content-missing",
        message=Message("content-missing.folder"),
        location=Location(file=content.name),
        hint=Message("content-missing.hint"),
    )


def _mind_another_authority(store: Store, publication: Publication) -> bool:
    """Refuse another authority than the one that ids were made of; tell whether any were made.

    Nobody can have subscribed at made-up addresses: what was built there is forgotten instead.
    """
    before = store.meta("authority")
    if not before or before == publication.authority:
        return bool(before)
    if store.meta("made_up") != "yes":
        raise EditionRefusedError([_authority_changed(before, publication.authority)])
    rows, ids = list(store.sources.each()), list(store.ids())
    ledger = [row.id for row in store.ledger.each()]
    store.apply(Changes(sources_gone=[row.path for row in rows], entries_gone=ids, ledger_gone=ledger))
    return False


def _authority_changed(before: str, authority: str) -> Problem:
    return Problem(
        code="authority-changed",
        message=Message("authority-changed.from", now=authority, before=before),
        location=Location(file="feeds/publication.yaml"),
        hint=Message("authority-changed.hint", before=before),
    )


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
    publication: Publication,
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
        unfinished=waits_for_the_rest(
            store,
            versions,
            {fact.row.path: fact.row.digest for fact in facts},
            options.now,
            options.patience,
            for_pictures=patience_for_pictures(publication, options.allowed),
        ),
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


def _lost(missed: Iterable[LedgerRow], seen: Seen, arrived: Arrived, content: Path) -> list[Missing]:
    """Return the files of missed entries that are away. One that cannot be seen may still be there."""
    missing = really_missing(missed, seen.scanned, seen.hidden, arrived.waiting)
    return still_missing(missing_files(missing, seen.gone, seen.desk.files, seen.desk.now), seen.scanned, content)


def _meant(lost: Sequence[Missing], arrived: Arrived, content: Path, after: int, options: SyncOptions) -> list[EntryId]:
    """Return the ids of the entries without a file that are taken back now."""
    drafts = [fact.hides for fact in arrived.waiting if fact.hides is not None]
    return taken_back_now(lost, content, drafts, options.now, after=after, at_once=options.at_once)


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


def _welcome(store: Store, judged: Judged, desk: Desk) -> list[LedgerRow]:
    """Bring the entries that may be seen for the first time into the ledger; return their rows."""
    ids = store.watched.unseen(desk.now)
    arrivals = {verdict.arrival.id: verdict.arrival for verdict in judged.verdicts if verdict.outcome is None}
    others = [id_ for id_ in ids if id_ not in arrivals]
    entries, listings = store.entries(others), store.accepted(others)
    for id_, entry in entries.items():
        arrivals[id_] = arrival_of(entry, listings[id_].listing, entry.as_of(instant(desk.now)))
    rows = [ledger_row(arrivals[id_]) for id_ in ids]
    store.apply(Changes(ledger=rows))
    return rows


def _outcomes(
    seen: Seen, arrived: Arrived, judged: Judged, withdrawn: Iterable[LedgerRow], new: Iterable[LedgerRow]
) -> dict[str, Outcome]:
    """Return what became of entries and files, but for those that are as they were."""
    others: dict[str, Outcome] = {
        **settle.outcomes_of(judged),
        **dict.fromkeys((row.id for row in withdrawn), Outcome.WITHDRAWN),
        **dict.fromkeys((row.id for row in new), Outcome.NEW),
        **dict.fromkeys((f"content/{row.path}" for row in seen.fresh.growing), Outcome.HELD),
    }
    outcomes = arrived.outcomes  # they may be many: there is no second list of them
    outcomes.update(others)
    for id_ in [id_ for id_, outcome in others.items() if outcome is Outcome.UNCHANGED]:
        del outcomes[id_]
    return outcomes


def _told(
    store: Store, seen: Seen, arrived: Arrived, problems: Sequence[Problem], options: SyncOptions
) -> tuple[list[Problem], tuple[str, ...]]:
    """Return all problems that are to be told, those of files last, and the files that hold drafts."""
    of_files = settle.told_of_files({**seen.looked.told, **arrived.told}, problems)
    told, drafts = settle.without_drafts(of_files)
    newest = store.membership.newest_published(options.now)
    of_sync = only_below(problems, newest, seen.desk.publication, options.now)
    return [*of_sync, *told], () if options.drafts else drafts


def _next_look(seen: Seen, away: Sequence[Missing], judged: Judged, after: int) -> Seconds | None:
    """Return when a file that is away or unfinished is to be looked for again; None where none is."""
    looks = (next_look(away, after), next_look_at(seen.fresh.growing, judged.waits.values(), seen.desk.now))
    return min((at for at in looks if at is not None), default=None)


def _by_id(rows: Iterable[LedgerRow]) -> dict[EntryId, LedgerRow]:
    return {row.id: row for row in rows}
