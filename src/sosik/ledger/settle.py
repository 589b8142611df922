"""What verdicts come to: the rows of the store that change, and what became of every entry. Pure.

The steps stand in the order of their functions: what is accepted, what is taken back, what may be seen for the first
time; each works on the ledger as the one before left it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sosik.errors import Problem
from sosik.ledger.facts import NONE, Fact
from sosik.ledger.recognition import Arrival
from sosik.ledger.verdicts import MISNAMED, Verdict, ledger_row
from sosik.model import Listing, Outcome
from sosik.model.values import EntryId, Seconds
from sosik.store import AcceptedEntry, Changes, LedgerRow, SourceRow
from sosik.store.records import read_problems

Ledger = Mapping[str, LedgerRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The files of content/ with what was decided: those that are as they were, facts and verdicts of those read.

    `clashes` are the problems, by source, of files whose id another file has, and that hold no arrival.
    """

    kept: Sequence[SourceRow]
    facts: Sequence[Fact]
    verdicts: Sequence[Verdict]
    clashes: Mapping[str, Problem] = field(default_factory=dict)

    def rows(self) -> Iterator[SourceRow]:
        """Yield every file that is there, as it is to be remembered."""
        yield from self.kept
        yield from (fact.row for fact in self.facts)

    def taken_back(self) -> Iterator[tuple[EntryId, Seconds]]:
        """Yield the entries that their files take back, and when (seconds)."""
        for fact in self.facts:
            if fact.taken_back is not None and fact.row.path not in self.clashes:
                yield fact.taken_back

    @property
    def held(self) -> set[str]:
        """The sources of the files that are held back."""
        failed = {fact.row.path for fact in self.facts if fact.has_failed}
        refused = {verdict.arrival.source for verdict in self.verdicts if verdict.outcome is Outcome.HELD}
        return failed | refused | self.clashes.keys()

    @property
    def ids_here(self) -> set[str]:
        """The ids that files have, and those whose article a held file holds: these have not vanished."""
        return {row.entry_id for row in self.rows()}.union(*(verdict.stands_for for verdict in self.verdicts))


def accepted(judged: Judged, ledger: Ledger) -> list[LedgerRow]:
    """Return the rows of the ledger that change with what is accepted, and with what is held back.

    The ledger follows the text of a file that is held back: it may be edited, and copied, before it is put right.
    """
    rows: dict[str, LedgerRow] = {}
    for verdict in judged.verdicts:
        arrival = verdict.arrival
        if verdict.outcome is Outcome.HELD:
            for id_ in verdict.stands_for if len(verdict.stands_for) == 1 else ():
                row = rows.get(id_) or ledger[id_]
                rows[id_] = row._replace(source=arrival.source, title=arrival.title, body=arrival.body)
        elif verdict.outcome is not None:
            rows[arrival.id] = ledger_row(arrival)
    return list(rows.values())


def withdrawn(taken_back: Iterable[tuple[EntryId, Seconds]], ledger: Ledger) -> list[LedgerRow]:
    """Return the rows of the entries that are taken back and were not before, each with its instant (seconds)."""
    rows: dict[str, LedgerRow] = {}
    for id_, at in taken_back:
        row = ledger.get(id_)
        if row is not None and row.withdrawn is None:
            rows.setdefault(id_, row._replace(withdrawn=at))
    return list(rows.values())


def welcomed(
    listings: Iterable[Listing], ledger: Ledger, arrival_of: Callable[[Listing], Arrival], now: Seconds
) -> list[LedgerRow]:
    """Return the rows of the entries that may be seen for the first time at `now` (seconds)."""
    new = (listing for listing in listings if listing.published <= now and listing.id not in ledger)
    return [ledger_row(arrival_of(listing)) for listing in new]


def listings_after(
    judged: Judged, before: Iterable[Listing], *, here: Collection[str], gone: Collection[str]
) -> list[Listing]:
    """Return the listings of all entries after this sync, newest first; equal instants in the order of their ids.

    `here` are the ids that files have or that stay up, `gone` those that are taken back.
    """
    listings = {listing.id: listing for listing in before}
    listings |= {entry.listing.id: entry.listing for entry in accepted_entries(judged)}
    kept = (listing for listing in listings.values() if listing.id in here and listing.id not in gone)
    return sorted(kept, key=lambda listing: (-listing.published, listing.id))


def listings_changed(
    before: Iterable[Listing], after: Iterable[Listing]
) -> dict[EntryId, tuple[Listing | None, Listing | None]]:
    """Return the listing before and the one after of every entry in which they differ; None for one that is not."""
    old = {listing.id: listing for listing in before}
    new = {listing.id: listing for listing in after}
    changed: dict[EntryId, tuple[Listing | None, Listing | None]] = {
        id_: (old.get(id_), listing) for id_, listing in new.items() if old.get(id_) != listing
    }
    return changed | {id_: (listing, None) for id_, listing in old.items() if id_ not in new}


def accepted_entries(judged: Judged) -> list[AcceptedEntry]:
    """Return the last good versions that come with this sync."""
    facts = {fact.row.path: fact for fact in judged.facts}
    entries = []
    for verdict in judged.verdicts:
        fact = facts[verdict.arrival.source]
        if verdict.outcome is not Outcome.HELD and fact.listing is not None:
            entries.append(AcceptedEntry(listing=fact.listing, record=fact.record))
    return entries


def sources_after(judged: Judged) -> list[SourceRow]:
    """Return the files that were read as they are to be remembered: what is held back is read again."""
    held_for = {verdict.arrival.source: verdict.held_for for verdict in judged.verdicts}
    held = judged.held
    rows = (fact.row for fact in judged.facts)
    return [
        row._replace(entry_id=held_for.get(row.path) or row.entry_id, held=row.held or row.path in held) for row in rows
    ]


def outcomes_of(
    judged: Judged, ledger: Ledger, *, taken_back: Iterable[LedgerRow], new: Iterable[LedgerRow]
) -> dict[str, Outcome]:
    """Return what became of every entry, by id, or by file for what is held back; `ledger` is as it is afterwards."""
    outcomes: dict[str, Outcome] = {
        verdict.arrival.id: verdict.outcome
        for verdict in judged.verdicts
        if verdict.outcome is not None and verdict.outcome is not Outcome.HELD
    }
    outcomes |= {row.id: Outcome.WITHDRAWN for row in taken_back}
    outcomes |= {row.id: Outcome.NEW for row in new}
    held = judged.held
    outcomes |= {f"content/{fact.row.path}": Outcome.HELD for fact in judged.facts if fact.row.path in held}
    for row in judged.kept:
        if row.entry_id in ledger and ledger[row.entry_id].withdrawn is None:
            outcomes.setdefault(row.entry_id, Outcome.UNCHANGED)
    return outcomes


def problems_of(judged: Judged) -> list[Problem]:
    """Return what this sync found of files beside what stands in them: stamps that lie ahead, and ids of two files."""
    ahead = [problem for fact in judged.facts for problem in fact.problems]
    return [*ahead, *judged.clashes.values()]


def objections_of(judged: Judged) -> list[Problem]:
    """Return the problems that came with the verdicts."""
    return [problem for verdict in judged.verdicts for problem in verdict.problems]


def told_of_files(judged: Judged, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of the files themselves; `problems` are those that this sync found beside them.

    To pin what has the wrong id would make an article of its own of it, and post it again: that is not advised.
    """
    misnamed = {problem.location.file for problem in problems if problem.code in MISNAMED}
    told: list[Problem] = []
    for row in judged.rows():
        if row.problems != NONE:
            is_misnamed = f"content/{row.path}" in misnamed
            told += [
                problem
                for problem in read_problems(row.problems)
                if not (is_misnamed and problem.code == "id-not-pinned")
            ]
    return told


def changes_of(
    judged: Judged,
    *,
    ledger: Sequence[LedgerRow],
    before: Iterable[Listing],
    after: Iterable[Listing],
    known: Collection[str],
    meta: Mapping[str, str],
) -> Changes:
    """Return what the store is to take over: `before` and `after` are all listings, `known` the files remembered."""
    here = {listing.id for listing in after}
    entries = [entry for entry in accepted_entries(judged) if entry.listing.id in here]
    return Changes(
        meta=meta,
        sources=sources_after(judged),
        sources_gone=sorted(set(known) - {row.path for row in judged.rows()}),
        entries=entries,
        entries_gone=sorted({listing.id for listing in before} - here),
        ledger=ledger,
    )
