"""Reads files in batches and settles independent entries immediately, so only the others stay in memory.

An entry is independent if it is completely new, or was published from the same file. If a later file claims its id, the
entry is reverted and waits with the other.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.errors import Problem
from sosik.ledger.begun import Begun
from sosik.ledger.facts import Desk, Fact, Gathered
from sosik.ledger.looking import Looked
from sosik.ledger.lost import Versions
from sosik.ledger.reading import Batch, Processes, Readers, gather
from sosik.ledger.recognition import Arrival, is_itself, marks_of, strangers
from sosik.ledger.rules import judge
from sosik.ledger.states import NONE
from sosik.ledger.unfinished import patience_for_pictures, waits_for_the_rest
from sosik.ledger.verdicts import Allowances, Verdict, ledger_row
from sosik.ledger.written import as_read_now
from sosik.model import Entry, Listing, Outcome
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import entry_key
from sosik.normalize.similarity import changed_share
from sosik.progress import Observer
from sosik.read import SourceFile
from sosik.store import AcceptedEntry, Changes, LedgerRow, Store
from sosik.store.statements import batches

AT_ONCE = 500
"""Files whose entries lie in memory together before they go into the store."""


class Arrived(Struct, kw_only=True):
    """What became of the files that were read: much of it is in the store already, the rest is `waiting`.

    `outcomes` are those settled, by id, but for the `unchanged`, which are counted; `ahead` are new entries whose time
    has not come. `before` are the listings before of the entries that have another now, but for those of either that
    had none; `known` are those of either whose listing is as it was. `ledger` are rows that change,
    still to be written: what was published before is what all are compared with. `alike` are the rows of the ledger
    that have to do with what waits; `pages` are the entries that came with a page, by its name. `left` are the ids that
    a file had and has no more. `told` are the problems of files, as records by path, `found` those of this sync.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    unchanged: int = 0
    ahead: set[EntryId] = field(default_factory=set)
    before: dict[EntryId, Listing | None] = field(default_factory=dict)
    known: set[EntryId] = field(default_factory=set)
    ledger: dict[EntryId, LedgerRow] = field(default_factory=dict)
    waiting: list[Fact] = field(default_factory=list)
    alike: dict[EntryId, LedgerRow] = field(default_factory=dict)
    pages: dict[str, EntryId] = field(default_factory=dict)
    left: set[EntryId] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)
    found: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    read: int = 0

    @property
    def problems(self) -> list[Problem]:
        """The problems that this sync found of files."""
        return [problem for problems in self.found.values() for problem in problems]

    def is_new(self, id_: EntryId) -> bool:
        """Tell whether an id came into the store with this sync."""
        return id_ in self.ahead or self.outcomes.get(id_) is Outcome.NEW

    def published(self, rows: Mapping[EntryId, LedgerRow]) -> dict[EntryId, LedgerRow]:
        """Return the rows of the ledger that were there before this sync."""
        return {id_: row for id_, row in rows.items() if not self.is_new(id_)}


def arrive(
    store: Store,
    looked: Looked,
    desk: Desk,
    allowed: Allowances,
    patience: int,
    processes: Processes,
    observer: Observer,
    begun: Begun,
) -> Arrived:
    """Read files, and settle what can be settled without the others, within the caller's transaction.

    What was there before comes first: another version of sosik may read it otherwise, and what appeared is compared
    with what is read now. A text of which only the beginning is there is waited for so many seconds of `patience`.
    """
    arrived = Arrived()
    is_first = store.ledger.is_empty()
    files = chain(batches(looked.known, AT_ONCE), batches(looked.appeared, AT_ONCE))
    count = len(looked.known) + len(looked.appeared)
    with Readers(desk, count, processes, observer, begun) as readers:
        for batch, gathered in readers.read(_batch(store, some, desk, arrived) for some in files):
            _note_read(batch, gathered, arrived)
            before = _before(store, gathered.facts, arrived, is_first=is_first)
            known = {entry.record for entry in before.kept.values()}
            store.add_records([record for record in gathered.records if record.row.digest not in known])
            _settle(store, gathered, before, desk, allowed, patience, arrived)
    _unsettle(store, desk, arrived)
    arrived.waiting.sort(key=lambda fact: fact.row.path)
    return arrived


def _batch(store: Store, files: Sequence[SourceFile], desk: Desk, arrived: Arrived) -> Batch:
    """Return files with what the store knew of them before this sync, be others settled or not."""
    known = store.sources.at(file.source for file in files)
    with_pictures = [row.entry_id for row in (*known.values(), *desk.moved.values()) if row.pictures != NONE]
    ledger = arrived.published(store.ledger.of({row.entry_id for row in known.values()}))
    return Batch(files, replace(desk, known=known, ledger=ledger, accepted=store.accepted(with_pictures)))


def _note_read(batch: Batch, gathered: Gathered, arrived: Arrived) -> None:
    for row in gathered.same:
        published = batch.desk.ledger.get(row.entry_id)
        arrived.unchanged += published is not None and published.withdrawn is None
    for row in (*gathered.same, *(fact.row for fact in gathered.facts)):
        before = batch.desk.known.get(row.path)
        if before is not None and before.entry_id != row.entry_id:
            arrived.left.add(before.entry_id)
        if row.problems != NONE:
            arrived.told[row.path] = row.problems
    arrived.read += len(gathered.facts)


class _Settled(NamedTuple):
    """The verdict on an arrival, and the fact and the listing that it came with."""

    verdict: Verdict
    fact: Fact
    listing: Listing


class _Before(Struct, frozen=True, kw_only=True):
    """What the store has to do with some files that were read: last good versions, and rows of the ledger, by id.

    `themselves` are the sources of the arrivals that are plainly what was published; `alike` the ids of the rows that
    share a mark with another arrival. `claimed` are the ids that more than one file has, or had when it was last read.
    """

    kept: Mapping[EntryId, AcceptedEntry]
    rows: Mapping[EntryId, LedgerRow]
    themselves: Collection[str]
    alike: Collection[EntryId]
    claimed: Collection[EntryId]


def _before(store: Store, facts: Sequence[Fact], arrived: Arrived, *, is_first: bool) -> _Before:
    """Return what the store has to do with facts; `is_first` where nothing was ever published."""
    arrivals = [fact.arrival for fact in facts if fact.arrival is not None]
    rows: dict[EntryId, LedgerRow] = {}
    alike: dict[EntryId, LedgerRow] = {}
    themselves: set[str] = set()
    if not is_first:
        rows = arrived.published(store.ledger.of(arrival.id for arrival in arrivals))
        read_now = as_read_now(rows, arrivals)
        themselves = {arrival.source for arrival in arrivals if _stays(arrival, read_now.get(arrival.id))}
        others = [arrival for arrival in arrivals if arrival.source not in themselves]
        alike = arrived.published(store.ledger.alike(marks_of(others))) if others else {}
    here = {fact.row.path for fact in facts}
    counted = Counter(fact.row.entry_id for fact in facts)
    counted.update(id_ for path, id_ in store.sources.of(counted).items() if path not in here)
    return _Before(
        kept=store.accepted(arrival.id for arrival in arrivals),
        rows=rows | alike,
        themselves=themselves,
        alike=alike.keys(),
        claimed={id_ for id_, count in counted.items() if count > 1},
    )


def _stays(arrival: Arrival, row: LedgerRow | None) -> bool:
    """Tell whether an arrival is what its file was published with, and has its page still, or none as before."""
    return row is not None and is_itself(arrival, row) and not (arrival.has_page and row.link)


def _alone(arrivals: Iterable[Arrival], before: _Before, pages: Mapping[str, EntryId]) -> list[Arrival]:
    """Return the arrivals in which no other file has a say: what is itself, and what is new in every respect.

    `pages` are the entries that came with a page so far, by its name.
    """
    alone: list[Arrival] = []
    unknown: list[Arrival] = []
    for arrival in arrivals:
        if arrival.id in before.claimed:
            continue
        if arrival.source in before.themselves:
            alone.append(arrival)
        elif arrival.id not in before.rows and arrival.id not in before.kept:
            unknown.append(arrival)
    new = strangers(unknown, before.rows.values())
    return alone + [arrival for arrival in new if pages.get(entry_key(arrival.id), arrival.id) == arrival.id]


def _settle(
    store: Store,
    gathered: Gathered,
    before: _Before,
    desk: Desk,
    allowed: Allowances,
    patience: int,
    arrived: Arrived,
) -> None:
    """Take over what no other file has a say in; let the others wait."""
    facts = {fact.row.path: fact for fact in gathered.facts}
    arrivals = [fact.arrival for fact in gathered.facts if fact.arrival is not None]
    for arrival in arrivals:
        if arrival.has_page and arrival.id not in before.rows:
            arrived.pages.setdefault(entry_key(arrival.id), arrival.id)
    versions = versions_of(store, gathered.facts)
    verdicts = judge(
        _alone(arrivals, before, arrived.pages),
        before.rows,
        others=(),
        clashes={},
        allowed=allowed,
        changed_share=texts_compared(versions),
        unfinished=waits_for_the_rest(
            store,
            versions,
            {fact.row.path: fact.row.digest for fact in gathered.facts},
            desk.now,
            patience,
            for_pictures=patience_for_pictures(desk.publication, allowed),
        ),
        versions=versions,
    )
    settled: list[_Settled] = []
    for verdict in verdicts:
        fact = facts[verdict.arrival.source]
        if verdict.outcome is not Outcome.HELD and fact.listing is not None:
            settled.append(_Settled(verdict, fact, fact.listing))
            del facts[fact.row.path]
    arrived.waiting += facts.values()
    wanted = {fact.row.entry_id for fact in facts.values()}.union(before.alike if facts else ())
    arrived.alike |= {id_: row for id_, row in before.rows.items() if id_ in wanted}
    _note(settled, before, desk.now, arrived)
    store.apply(
        Changes(
            sources=[*gathered.same, *(one.fact.row for one in settled)],
            entries=[entry for one in settled if (entry := _entry(one)) != before.kept.get(entry.listing.id)],
            ledger=[*_rows_written(settled, before, desk.now)],
        )
    )


def _entry(one: _Settled) -> AcceptedEntry:
    return AcceptedEntry(listing=one.listing, record=one.fact.record)


def _rows_written(settled: Iterable[_Settled], before: _Before, now: Seconds) -> Iterator[LedgerRow]:
    """Yield the rows of the ledger that are written at once.

    That are those of what is seen first at `now` (seconds), and of what another version of sosik reads otherwise.
    """
    for one in settled:
        known = before.rows.get(one.listing.id)
        row = ledger_row(one.verdict.arrival, known)
        is_same = one.verdict.outcome is Outcome.UNCHANGED
        if _is_seen_first(one, now) or (is_same and row != known):
            yield row


def _is_seen_first(one: _Settled, now: Seconds) -> bool:
    return one.verdict.outcome is None and one.listing.published <= now


def _note(settled: Iterable[_Settled], before: _Before, now: Seconds, arrived: Arrived) -> None:
    """Note what became of what is settled; `now` is in seconds."""
    for one in settled:
        (verdict, fact, listing), id_ = one, one.listing.id
        kept, row = before.kept.get(id_), before.rows.get(id_)
        if kept is not None and kept.listing != listing:
            arrived.before[id_] = kept.listing
        elif kept is not None and verdict.outcome is None:
            arrived.known.add(id_)
        elif kept is None and verdict.outcome is not None:
            arrived.before[id_] = None
        if verdict.outcome is Outcome.UNCHANGED:
            arrived.unchanged += 1
        elif verdict.outcome is not None:
            arrived.outcomes[id_] = verdict.outcome
            if row is not None and row != (new := ledger_row(verdict.arrival, row)):
                arrived.ledger[id_] = new
        elif _is_seen_first(one, now):
            arrived.outcomes[id_] = Outcome.NEW
        else:
            arrived.ahead.add(id_)
        if fact.problems or verdict.problems:
            arrived.found[fact.row.path] = (*fact.problems, *verdict.told)


def _unsettle(store: Store, desk: Desk, arrived: Arrived) -> None:
    """Take back what came in as new under an id that a waiting file claims too, and let its file wait as well."""
    ids = {fact.row.entry_id for fact in arrived.waiting if arrived.is_new(fact.row.entry_id)}
    if not ids:
        return
    waiting = {fact.row.path for fact in arrived.waiting}
    paths = [path for path in store.sources.of(ids) if path not in waiting]
    store.apply(Changes(entries_gone=ids, ledger_gone=ids))
    for id_ in ids:
        arrived.outcomes.pop(id_, None)
        arrived.ahead.discard(id_)
        arrived.before.pop(id_, None)
        arrived.known.discard(id_)
    gathered = gather(Batch([desk.files[path] for path in paths], desk))
    store.add_records(gathered.records)
    for fact in gathered.facts:
        arrived.found.pop(fact.row.path, None)
    arrived.waiting += gathered.facts


def versions_of(store: Store, facts: Iterable[Fact]) -> Versions:
    """Return what gives the last good version of an arrival's id, and the new one; the last of them stay at hand."""
    records = {fact.row.path: fact.record for fact in facts}

    @lru_cache(maxsize=1)
    def versions(arrival: Arrival) -> tuple[Entry | None, Entry | None]:
        return store.entry(arrival.id), store.record(records[arrival.source])

    return versions


def texts_compared(versions: Versions) -> Callable[[Arrival], float]:
    """Return what tells which share of an arrival's text (0 to 1) differs from the last good version of its id."""

    def share(arrival: Arrival) -> float:
        old, new = versions(arrival)
        return changed_share(old.body, new.body) if old and new else 0.0

    return share
