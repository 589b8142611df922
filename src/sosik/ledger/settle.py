"""Decisions to row changes and outcomes. Pure.

The functions are in the order of the steps: accept, then withdraw. Each step uses the ledger of the previous one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from sosik.errors import Problem
from sosik.ledger import objections
from sosik.ledger.ahead import DRAFT_WAITS
from sosik.ledger.facts import Fact
from sosik.ledger.verdicts import MISNAMED, Verdict, Wait, ledger_row
from sosik.model import Outcome
from sosik.model.values import EntryId, Seconds
from sosik.store import AcceptedEntry, LedgerRow, SourceRow
from sosik.store.records import read_problems

Ledger = Mapping[EntryId, LedgerRow]


class Judged(Struct, frozen=True, kw_only=True):
    """The files of content/ that were read and not settled at once, as facts and verdicts.

    `clashes` are the problems, by source, of files whose id another file has, and that hold no arrival; `copies` those
    of files that are copies of others, and do not count.
    """

    facts: Sequence[Fact]
    verdicts: Sequence[Verdict]
    clashes: Mapping[str, Problem] = field(default_factory=dict)
    copies: Mapping[str, Problem] = field(default_factory=dict)

    def taken_back(self) -> Iterator[tuple[EntryId, Seconds]]:
        """Yield the entries that their files take back, and when (seconds)."""
        for fact in self.facts:
            if fact.taken_back is not None and fact.row.path not in self.clashes.keys() | self.copies.keys():
                yield fact.taken_back.id, fact.taken_back.at

    @property
    def held(self) -> set[str]:
        """The sources of the files that are held back."""
        failed = {fact.row.path for fact in self.facts if fact.has_failed} - self.copies.keys()
        refused = {verdict.arrival.source for verdict in self.verdicts if verdict.outcome is Outcome.HELD}
        return failed | refused | self.clashes.keys()

    @property
    def awaited(self) -> set[str]:
        """The sources of the files whose body somebody has yet to write."""
        return {verdict.arrival.source for verdict in self.verdicts if verdict.is_awaited}

    @property
    def waits(self) -> dict[str, Wait]:
        """How long files wait for the rest of them, by their sources."""
        return {verdict.arrival.source: verdict.waits for verdict in self.verdicts if verdict.waits}

    @property
    def ids_here(self) -> set[EntryId]:
        """The ids that these files have, and those whose article a held file holds: these have not vanished."""
        return {fact.row.entry_id for fact in self.facts}.union(*(verdict.stands_for for verdict in self.verdicts))

    @property
    def misnamed(self) -> set[EntryId]:
        """The ids under which held files hold articles that have others: one that nobody has seen must not appear."""
        return {verdict.arrival.id for verdict in self.verdicts if verdict.stands_for - {verdict.arrival.id}}


def accepted(judged: Judged, ledger: Ledger) -> list[LedgerRow]:
    """Return the rows of the ledger that change with what is accepted, and with what is held back.

    The ledger follows the text of a file that is held back: it may be edited, and copied, before it is put right.
    """
    rows: dict[EntryId, LedgerRow] = {}
    for verdict in judged.verdicts:
        arrival = verdict.arrival
        if verdict.waits:  # its file may have another name by now, and is where it is looked for
            rows[arrival.id] = (rows.get(arrival.id) or ledger[arrival.id])._replace(source=arrival.source)
        elif verdict.outcome is Outcome.HELD:
            for id_ in verdict.stands_for if len(verdict.stands_for) == 1 else ():
                row = rows.get(id_) or ledger[id_]
                rows[id_] = row._replace(source=arrival.source, title=arrival.title, body=arrival.body)
        elif verdict.outcome is not None:
            rows[arrival.id] = ledger_row(arrival, ledger.get(arrival.id))
    return list(rows.values())


def withdrawn(taken_back: Iterable[tuple[EntryId, Seconds]], ledger: Ledger) -> list[LedgerRow]:
    """Return the rows of the entries that are taken back and were not before, each with its instant (seconds)."""
    rows: dict[EntryId, LedgerRow] = {}
    for id_, at in taken_back:
        row = ledger.get(id_)
        if row is not None and row.withdrawn is None:
            rows.setdefault(id_, row._replace(withdrawn=at))
    return list(rows.values())


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
    """Return the files that were read as they are to be remembered: what is held back, or a copy, is read again."""
    held_for = {verdict.arrival.source: verdict.held_for for verdict in judged.verdicts}
    since = {verdict.arrival.source: verdict.waits.since for verdict in judged.verdicts if verdict.waits}
    held = judged.held | judged.copies.keys()
    rows = (fact.row for fact in judged.facts)
    return [
        row._replace(
            entry_id=held_for.get(row.path) or row.entry_id,
            held=row.held or row.path in held,
            missing_since=since.get(row.path),
        )
        for row in rows
    ]


def outcomes_of(judged: Judged) -> dict[str, Outcome]:
    """Return what became of what waited, by id, or by file for what is held back; new entries have no outcome yet."""
    outcomes: dict[str, Outcome] = {
        verdict.arrival.id: verdict.outcome
        for verdict in judged.verdicts
        if verdict.outcome is not None and verdict.outcome is not Outcome.HELD
    }
    held = judged.held - judged.awaited
    return outcomes | {f"content/{fact.row.path}": Outcome.HELD for fact in judged.facts if fact.row.path in held}


def unchanged(judged: Judged) -> int:
    """Return how many entries of those that waited are as they were published."""
    return sum(1 for verdict in judged.verdicts if verdict.outcome is Outcome.UNCHANGED)


def problems_of(judged: Judged) -> list[Problem]:
    """Return what this sync found of files beside what stands in them: stamps that lie ahead, and ids of two files."""
    ahead = [problem for fact in judged.facts for problem in fact.problems]
    return [*ahead, *judged.clashes.values(), *judged.copies.values()]


def drafts_again(judged: Judged, taken_back: Iterable[LedgerRow]) -> list[Problem]:
    """Return a warning for each published entry that is taken back because its file holds a draft again."""
    rows = {row.id: row for row in taken_back}
    drafts = (
        (fact.row.path, fact.taken_back.id) for fact in judged.facts if fact.taken_back and fact.taken_back.is_draft
    )
    return [objections.draft_again(path, rows[id_]) for path, id_ in drafts if id_ in rows]


def objections_of(judged: Judged) -> list[Problem]:
    """Return the problems that came with the verdicts."""
    return [problem for verdict in judged.verdicts for problem in verdict.told]


def without_drafts(problems: Iterable[Problem]) -> tuple[list[Problem], tuple[str, ...]]:
    """Return the problems of files that are to be told, and the files that hold drafts."""
    told, drafts = [], set()
    for problem in problems:
        if problem.code == "draft":
            drafts.add(problem.location.file)
        if problem.message.key != DRAFT_WAITS:
            told.append(problem)
    return told, tuple(sorted(drafts))


def told_of_files(records: Mapping[str, str], problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of the files themselves, kept by path as records; `problems` are those found beside them.

    To pin what has the wrong id would make an article of its own of it, and post it again: that is not advised.
    """
    misnamed = {problem.location.file for problem in problems if problem.code in MISNAMED}
    return [
        problem
        for path, record in sorted(records.items())
        for problem in read_problems(record)
        if not (problem.code == "id-not-pinned" and f"content/{path}" in misnamed)
    ]
