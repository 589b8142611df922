"""The files of content/ brought into the store: facts are gathered, judged and settled, and the store takes that over.

Here is what touches the disk, the store and time; what decides stands in `rules` and `settle`.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sosik.errors import EditionRefusedError, Location, Problem
from sosik.ledger import settle
from sosik.ledger.clashes import find_clashes, too_many_vanish
from sosik.ledger.facts import Desk, Fact, gather, is_unchanged
from sosik.ledger.recognition import Arrival, arrival_of
from sosik.ledger.rules import judge
from sosik.ledger.settle import Judged
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances, Claim
from sosik.model import Listing, Outcome, Publication
from sosik.model.digests import digest_of
from sosik.model.values import EntryId, Seconds
from sosik.normalize.similarity import changed_share
from sosik.read import Pictures, Scan, SourceFile, scan
from sosik.store import LedgerRow, SourceRow, Store
from sosik.store.statements import batches
from sosik.version import made_by
from sosik.words import Message

AT_ONCE = 200
"""Files whose entries lie in memory together before they go into the store."""

_REPLACING = 0.05
"""Seconds after which a file that is being replaced is there again: editors rename the old one before they write."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Synced:
    """What a sync did: `outcomes` by id, or by file for what is held back; all listings and the ledger afterwards.

    `changed` are the entries whose listing is another than before: the one before and the one now, None for none.
    """

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    listings: Sequence[Listing] = ()
    ledger: Mapping[str, LedgerRow] = field(default_factory=dict)
    changed: Mapping[EntryId, tuple[Listing | None, Listing | None]] = field(default_factory=dict)
    read: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncOptions:
    """How to sync: `now` in seconds, what a person allowed, whether drafts count, whether to read unchanged files.

    `look` tells which files there are in content/.
    """

    now: Seconds
    look: Callable[[Path], Scan] = scan
    allowed: Allowances = NOTHING_ALLOWED
    drafts: bool = False
    reread: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Before:
    """What the store knew before a sync: files by path, what was published by id, all listings, and its own words."""

    files: Mapping[str, SourceRow]
    ledger: Mapping[str, LedgerRow]
    listings: Sequence[Listing]
    meta: Mapping[str, str]
    next_due: Seconds | None


def sync(store: Store, publication: Publication, content: Path, options: SyncOptions) -> Synced:
    """Bring `content` into the store, within the caller's transaction.

    Raises `EditionRefusedError` when the folder is missing, when so many entries are gone that it is probably a
    mistake, or when ids would be made of another authority than before.
    """
    if not content.is_dir():
        raise EditionRefusedError([_content_missing(content)])
    before = _remembered(store)
    _refuse_another_authority(before.meta["authority"], publication.authority)
    scanned = options.look(content)
    judged = _judged(store, *_gathered(store, scanned, before, publication, content, options), before, options.allowed)
    timezone_problems = _timezone_problems(before.meta["timezone"], publication.timezone, judged)
    problems = [*scanned.problems, *settle.problems_of(judged), *timezone_problems, *settle.objections_of(judged)]

    ledger = {**before.ledger, **_by_id(settle.accepted(judged, before.ledger))}
    taken_back = settle.withdrawn(judged.taken_back(), ledger)
    ledger |= _by_id(taken_back)
    gone = _gone(judged, scanned, ledger, content, problems, allowed=options.allowed.withdrawals)
    here = judged.ids_here | {row.id for row in ledger.values() if row.withdrawn is None}
    taken_back += settle.withdrawn(((id_, options.now) for id_ in gone), ledger)
    ledger |= _by_id(taken_back)
    leaving = {id_ for id_, _ in judged.taken_back()}.union(gone)
    listings = settle.listings_after(judged, before.listings, here=here, gone=leaving)
    new = settle.welcomed(listings, ledger, _arrivals(store, judged, options.now), options.now)
    ledger |= _by_id(new)

    meta = {"authority": publication.authority, "context": _context(publication, options)}
    if not timezone_problems:
        meta["timezone"] = publication.timezone
    changed = [row for id_, row in ledger.items() if row is not before.ledger.get(id_)]
    store.apply(
        settle.changes_of(judged, ledger=changed, before=before.listings, after=listings, known=before.files, meta=meta)
    )
    return Synced(
        outcomes=settle.outcomes_of(judged, ledger, taken_back=taken_back, new=new),
        problems=[*problems, *settle.told_of_files(judged, problems)],
        listings=listings,
        ledger=ledger,
        changed=settle.listings_changed(before.listings, listings),
        read=len(judged.facts),
    )


def _remembered(store: Store) -> _Before:
    return _Before(
        files=store.sources(),
        ledger=store.ledger(),
        listings=store.listings(),
        meta={name: store.meta(name) for name in ("authority", "context", "timezone")},
        next_due=store.edition().next_due,
    )


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


def _gathered(
    store: Store, scanned: Scan, before: _Before, publication: Publication, content: Path, options: SyncOptions
) -> tuple[list[SourceRow], list[Fact]]:
    """Return the files that are as they were, and what became known of the others, whose entries the store keeps."""
    stamps = {file.source: file.stamp for file in scanned.files}
    again = _to_read_again(before, _context(publication, options), options)
    kept: list[SourceRow] = []
    changed: list[SourceFile] = []
    for file in scanned.entries:
        row = before.files.get(file.source)
        if row is not None and file.source not in again and is_unchanged(file, row, stamps):
            kept.append(row)
        else:
            changed.append(file)
    desk = Desk(
        publication=publication,
        pictures=Pictures(content),
        ledger=before.ledger,
        known=before.files,
        stamps=stamps,
        again=again,
        drafts=options.drafts,
        now=options.now,
    )
    facts: list[Fact] = []
    for batch in batches(changed, AT_ONCE):
        gathered, records = gather(batch, desk)
        store.add_records(records)
        facts += gathered
    return kept, facts


def _context(publication: Publication, options: SyncOptions) -> str:
    """Return the digest of what every entry is normalized with, beside its own file."""
    return digest_of(made_by(), publication, options.drafts)


def _to_read_again(before: _Before, context: str, options: SyncOptions) -> Collection[str]:
    """Return the files to be read though they did not change.

    That is all of them after a change of configuration, and those of which an edit stamped ahead comes true.
    """
    if options.reread or before.meta["context"] != context:
        return before.files.keys()
    since, now = before.next_due, options.now
    if since is None or since > now:
        return ()
    due = {listing.id for listing in before.listings if any(since <= at <= now for at in listing.due)}
    return {path for path, row in before.files.items() if row.entry_id in due}


def _judged(
    store: Store, kept: Sequence[SourceRow], facts: Sequence[Fact], before: _Before, allowed: Allowances
) -> Judged:
    """Compare what arrived with what was published."""
    arrivals = [fact.arrival for fact in facts if fact.arrival is not None]
    arrived = {arrival.source for arrival in arrivals}
    rows = [*kept, *(fact.row for fact in facts)]
    clashes: dict[str, Problem] = {}
    if len({row.entry_id for row in rows}) < len(rows):
        public = arrived | {row.path for row in kept}
        claims = (Claim(row.entry_id, row.path, row.path in public) for row in rows)
        clashes = find_clashes(claims, {row.id: row.source for row in before.ledger.values() if row.source})
    verdicts = judge(
        arrivals,
        before.ledger,
        others={row.entry_id for row in rows if row.path not in arrived},
        clashes=clashes,
        allowed=allowed,
        changed_share=_texts_compared(store, facts),
    )
    others = {source: clashes[source] for source in sorted(clashes.keys() - arrived)}
    return Judged(kept=kept, facts=facts, verdicts=verdicts, clashes=others)


def _texts_compared(store: Store, facts: Iterable[Fact]) -> Callable[[Arrival], float]:
    """Return what tells which share of an arrival's text (0 to 1) differs from the last good version of its id."""
    records = {fact.row.path: fact.record for fact in facts}

    def share(arrival: Arrival) -> float:
        old, new = store.entry(arrival.id), store.record(records[arrival.source])
        return changed_share(old.body, new.body) if old and new else 0.0

    return share


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


def _gone(
    judged: Judged,
    scanned: Scan,
    ledger: Mapping[str, LedgerRow],
    content: Path,
    problems: Iterable[Problem],
    *,
    allowed: bool,
) -> list[EntryId]:
    """Return the ids of the entries whose file is gone. Raises `EditionRefusedError` where they are too many."""
    here = judged.ids_here
    live = [row for row in ledger.values() if row.withdrawn is None]
    # A file that cannot be seen may still be there: its entry stays up.
    missing = [row for row in live if row.id not in here and not scanned.may_hold(row.source)]
    gone = _really_gone(missing, {row.path for row in judged.rows()}, content)
    refusal = too_many_vanish(gone, len(live), content_empty=not (judged.kept or judged.facts))
    if refusal and not allowed:
        raise EditionRefusedError([*problems, refusal])
    return gone


def _really_gone(missing: Sequence[LedgerRow], known: Collection[str], content: Path) -> list[EntryId]:
    """Return the ids of the entries whose file stays away: one that is being replaced is back in a moment."""
    if not missing:
        return []
    time.sleep(_REPLACING)
    again = {file.source for file in scan(content).entries} - set(known)
    return [row.id for row in missing if row.source not in again]


def _arrivals(store: Store, judged: Judged, now: Seconds) -> Callable[[Listing], Arrival]:
    """Return what gives the arrival of a listing: of what was accepted now, or of the last good version."""
    accepted = {
        verdict.arrival.id: verdict.arrival for verdict in judged.verdicts if verdict.outcome is not Outcome.HELD
    }

    def arrival(listing: Listing) -> Arrival:
        if listing.id in accepted:
            return accepted[listing.id]
        entry = store.entry(listing.id)
        if entry is None:
            raise LookupError(f"the store lists {listing.id} and has no entry of it")
        return arrival_of(entry, listing, now)

    return arrival


def _by_id(rows: Iterable[LedgerRow]) -> dict[str, LedgerRow]:
    return {row.id: row for row in rows}
