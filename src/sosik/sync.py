"""The files of content/ brought into the store: what changed is read and normalized, and judged by the ledger."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sosik import __version__
from sosik.errors import EditionRefusedError, Location, Problem, Severity
from sosik.ledger import (
    NOTHING_ALLOWED,
    Allowances,
    Arrival,
    Verdict,
    arrival_of,
    judge,
    ledger_row,
    recognised,
    too_many_vanish,
)
from sosik.model import Entry, Listing, Normalized, Outcome, Publication, Status
from sosik.normalize import normalize
from sosik.normalize.similarity import changed_share
from sosik.read import Pictures, Reading, SourceFile, read_entry, scan
from sosik.store import LedgerRow, SourceRow, Store
from sosik.store.records import digest_of, listing_of, read_problems, seconds, write_problems

READ_AGAIN = frozenset({"picture-missing", "picture-relative"})
"""Problems that another file can cure: an entry that has one is read at every build."""


@dataclass(kw_only=True, slots=True)
class Synced:
    """What a sync did: `outcomes` by id, or by file for what is held back; all listings of the store afterwards."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    ledger: dict[str, LedgerRow] = field(default_factory=dict)
    read: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Orders:
    """How to sync: `now` in seconds, what a person allowed, whether drafts count, whether to read unchanged files."""

    now: int
    allowed: Allowances = NOTHING_ALLOWED
    drafts: bool = False
    reread: bool = False


def sync(store: Store, publication: Publication, content: Path, orders: Orders) -> Synced:
    """Bring `content` into the store, within the caller's transaction.

    Raises `EditionRefusedError` when the folder is missing, or so many entries are gone that it is probably a mistake.
    """
    if not content.is_dir():
        raise EditionRefusedError([_content_missing(content)])
    run = _Sync(store, publication, content, orders)
    run.read_changed()
    run.judge()
    run.settle()
    run.withdraw()
    run.welcome()
    run.remember()
    return run.result


def _content_missing(content: Path) -> Problem:
    return Problem(
        code="content-missing",
        message="the folder is not there; nothing was changed.",
        location=Location(file=content.name),
        hint="is a disk missing? `sosik init` makes a new publication, `sosik -C DIR` works in another folder.",
    )


class _Sync:
    """One sync, step by step: every method leaves behind what the next one works on."""

    def __init__(self, store: Store, publication: Publication, content: Path, orders: Orders) -> None:
        self._store = store
        self._publication = publication
        self._content = content
        self._orders = orders
        self._kept: dict[str, SourceRow] = {}
        self._read: dict[str, SourceRow] = {}
        self._arrivals: list[Arrival] = []
        self._verdicts: list[Verdict] = []
        self._taken_back: dict[str, int] = {}
        self._may_hold: Callable[[str], bool] = lambda _: False
        self.result = Synced(ledger=store.ledger())

    def read_changed(self) -> None:
        """Read and normalize the files that are not as they were, and set their entries aside in the store."""
        scanned = scan(self._content)
        self.result.problems += scanned.problems
        self._may_hold = scanned.may_hold
        stamps = {file.source: file.stamp for file in scanned.files}
        known = self._known()
        pictures = Pictures(self._content)
        for file in scanned.entries:
            row = known.get(file.source)
            if row and not row.held and row.stamp == _stamp(file, json.loads(row.pictures), stamps):
                self._kept[file.source] = row
                continue
            reading = read_entry(file)
            normalized = _normalized(reading, self._publication, pictures)
            self._set_aside(normalized)
            self._read[file.source] = _source_row(file, reading, normalized, row, stamps)
        self.result.read = len(self._read)

    def _known(self) -> dict[str, SourceRow]:
        """Return the files that need not be read again unless they changed: none after a change of configuration."""
        context = digest_of(__version__, self._publication, self._orders.drafts)
        known = self._store.sources()
        if self._orders.reread or self._store.meta("context") != context:
            known = {path: row._replace(held=True) for path, row in known.items()}
        self._store.set_meta("context", context)
        return known

    def _set_aside(self, normalized: Normalized) -> None:
        entry, withdrawal = normalized.entry, normalized.withdrawal
        if withdrawal is not None:
            stated = seconds(withdrawal.at) if withdrawal.at else self._orders.now
            self._taken_back[withdrawal.id] = min(stated, self._orders.now)
        elif entry is not None and entry.status is Status.DRAFT and not self._orders.drafts:
            self._taken_back[entry.id] = self._orders.now
        elif entry is not None:
            listing = listing_of(entry)
            self._store.stage(entry, listing)
            self._arrivals.append(arrival_of(entry, listing))

    def judge(self) -> None:
        """Compare what arrived with what was published."""
        arrived = {arrival.source for arrival in self._arrivals}
        present = {row.entry_id: row.path for row in self._rows() if row.entry_id and row.path not in arrived}
        self._verdicts = judge(
            self._arrivals,
            self.result.ledger,
            present=present,
            allowed=self._orders.allowed,
            changed_share=self._changed_share,
        )

    def _changed_share(self, arrival: Arrival) -> float:
        old, new = self._store.entry(arrival.id), self._store.staged(arrival.source)
        return changed_share(old.body, new.body) if old and new else 0.0

    def settle(self) -> None:
        """Accept what may be published; of what is held the last good version stays up."""
        for verdict in self._verdicts:
            arrival = verdict.arrival
            self.result.problems += verdict.problems
            if verdict.outcome is Outcome.HELD:
                self._read[arrival.source] = self._read[arrival.source]._replace(held=True)
                continue
            self._store.accept(arrival.source)
            if verdict.outcome is not None:
                self._record(ledger_row(arrival))
                self.result.outcomes[arrival.id] = verdict.outcome

    def withdraw(self) -> None:
        """Take back the entries whose file says so, and those whose file is gone."""
        for id_, at in self._taken_back.items():
            self._take_back(id_, at)
        here = {row.entry_id for row in self._rows()} | recognised(self._verdicts, self.result.ledger)
        live = [row for row in self.result.ledger.values() if row.withdrawn is None]
        # A file that cannot be seen may still be there: its entry stays up.
        here |= {row.id for row in live if self._may_hold(row.source)}
        vanished = [row.id for row in live if row.id not in here]
        refusal = too_many_vanish(vanished, len(live), content_empty=not (self._kept or self._read))
        if refusal and not self._orders.allowed.withdrawals:
            raise EditionRefusedError([*self.result.problems, refusal])
        for id_ in vanished:
            self._take_back(id_, self._orders.now)
        self.result.listings = list(self._store.listings())
        for listing in [listing for listing in self.result.listings if listing.id not in here]:
            self._store.drop_entry(listing.id)
            self.result.listings.remove(listing)

    def _take_back(self, id_: str, at: int) -> None:
        row = self.result.ledger.get(id_)
        if row is not None and row.withdrawn is None:
            self._record(row._replace(withdrawn=at))
            self.result.outcomes[id_] = Outcome.WITHDRAWN
        self._store.drop_entry(id_)

    def welcome(self) -> None:
        """Enter into the ledger what may be seen for the first time."""
        for listing in self.result.listings:
            if listing.published > self._orders.now or listing.id in self.result.ledger:
                continue
            entry = self._entry(listing.id)
            self._record(ledger_row(arrival_of(entry, listing)))
            self.result.outcomes[listing.id] = Outcome.NEW

    def _entry(self, id_: str) -> Entry:
        entry = self._store.entry(id_)
        if entry is None:
            raise LookupError(f"the store lists {id_} and has no entry of it")
        return entry

    def _record(self, row: LedgerRow) -> None:
        self._store.put_ledger(row)
        self.result.ledger[row.id] = row

    def remember(self) -> None:
        """Keep the state of the files for the next time, and say what became of the rest of them."""
        judged = {verdict.arrival.source for verdict in self._verdicts if verdict.outcome is not Outcome.HELD}
        for source, row in self._read.items():
            self._store.put_source(row)
            if source not in judged and row.held:
                self.result.outcomes[f"content/{source}"] = Outcome.HELD
        live = self.result.ledger
        for row in self._kept.values():
            if row.entry_id in live and live[row.entry_id].withdrawn is None:
                self.result.outcomes.setdefault(row.entry_id, Outcome.UNCHANGED)
        self._store.forget_sources(self._store.sources().keys() - {row.path for row in self._rows()})
        self._store.clear_stage()
        for row in self._rows():
            self.result.problems += read_problems(row.problems)

    def _rows(self) -> Iterator[SourceRow]:
        yield from self._kept.values()
        yield from self._read.values()


def _normalized(reading: Reading, publication: Publication, pictures: Pictures) -> Normalized:
    """Return what a file came to; an error met while reading holds the entry back, but all its problems are told."""
    if reading.raw is None:
        return Normalized(source=reading.source)
    normalized = normalize(reading.raw, publication, pictures)
    return replace(normalized, entry=None) if reading.failed else normalized


def _source_row(
    file: SourceFile, reading: Reading, normalized: Normalized, row: SourceRow | None, stamps: Mapping[str, str]
) -> SourceRow:
    """Return a file as it is to be remembered; one that cannot be read keeps the id it had."""
    problems = (*reading.problems, *normalized.problems)
    found = normalized.entry or normalized.withdrawal
    failed = found is None and any(problem.severity is Severity.ERROR for problem in problems)
    media = [image.file for image in normalized.entry.media] if normalized.entry else []
    return SourceRow(
        path=file.source,
        stamp=_stamp(file, media, stamps),
        entry_id=found.id if found else reading.id_hint or (row.entry_id if row else ""),
        pictures=json.dumps(media),
        held=failed or any(problem.code in READ_AGAIN for problem in problems),
        problems=write_problems(problems),
    )


def _stamp(file: SourceFile, pictures: Iterable[str], stamps: Mapping[str, str]) -> str:
    """Return what identifies the state of a file and its pictures."""
    return "|".join([file.stamp, *(stamps.get(picture, "") for picture in pictures)])
