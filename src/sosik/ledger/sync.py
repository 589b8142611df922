"""The files of content/ brought into the store: what changed is read and normalized, and judged by the ledger."""

import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sosik.errors import EditionRefusedError, Location, Problem, Severity
from sosik.ledger.ahead import stamped_ahead
from sosik.ledger.clashes import find_clashes, too_many_vanish
from sosik.ledger.recognition import Arrival, arrival_of
from sosik.ledger.rules import judge
from sosik.ledger.verdicts import MISNAMED, NOTHING_ALLOWED, Allowances, Claim, Verdict, ledger_row
from sosik.model import Entry, Listing, Normalized, Outcome, Publication, Status
from sosik.model.digests import digest_of
from sosik.model.instants import instant, seconds
from sosik.model.listing import listing_of
from sosik.model.values import EntryId, Seconds
from sosik.normalize import normalize
from sosik.normalize.ids import derived_id
from sosik.normalize.similarity import changed_share
from sosik.read import EntryReading, Pictures, Scan, SourceFile, read_entry, scan
from sosik.store import LedgerRow, SourceRow, Store
from sosik.store.records import read_problems, write_problems
from sosik.version import __version__
from sosik.words import Message

READ_AGAIN = frozenset({"picture-missing", "picture-relative"})
"""Problems that another file can cure: an entry that has one is read at every build."""

_NONE = "[]"
"""How the store writes that a file has no pictures, or no problems: most have none, and there are many."""

_REPLACING = 0.05
"""Seconds after which a file that is being replaced is there again: editors rename the old one before they write."""


@dataclass(kw_only=True, slots=True)
class Synced:
    """What a sync did: `outcomes` by id, or by file for what is held back; all listings of the store afterwards."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    ledger: dict[str, LedgerRow] = field(default_factory=dict)
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


def sync(store: Store, publication: Publication, content: Path, options: SyncOptions) -> Synced:
    """Bring `content` into the store, within the caller's transaction.

    Raises `EditionRefusedError` when the folder is missing, when so many entries are gone that it is probably a
    mistake, or when ids would be made of another authority than before.
    """
    if not content.is_dir():
        raise EditionRefusedError([_content_missing(content)])
    _keep_authority(store, publication)
    run = _Sync(store, publication, content, options)
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
        message=Message("content-missing.folder"),
        location=Location(file=content.name),
        hint=Message("content-missing.hint"),
    )


def _keep_authority(store: Store, publication: Publication) -> None:
    """Remember what ids are made of, and refuse another one."""
    before = store.meta("authority")
    if before and before != publication.authority:
        problem = Problem(
            code="authority-changed",
            message=Message("authority-changed.from", now=publication.authority, before=before),
            location=Location(file="feeds/publication.yaml"),
            hint=Message("authority-changed.hint", before=before),
        )
        raise EditionRefusedError([problem])
    store.set_meta("authority", publication.authority)


class _Sync:
    """One sync, step by step: every method leaves behind what the next one works on."""

    def __init__(self, store: Store, publication: Publication, content: Path, options: SyncOptions) -> None:
        self._store = store
        self._publication = publication
        self._content = content
        self._options = options
        self._kept: dict[str, SourceRow] = {}
        self._read: dict[str, SourceRow] = {}
        self._failed: set[str] = set()
        self._arrivals: list[Arrival] = []
        self._verdicts: list[Verdict] = []
        self._taken_back: dict[str, tuple[EntryId, Seconds]] = {}
        self._scan = Scan()
        self.result = Synced(ledger=store.ledger())

    def read_changed(self) -> None:
        """Read and normalize the files that are not as they were, and set their entries aside in the store."""
        scanned = self._scan = self._options.look(self._content)
        self.result.problems += scanned.problems
        stamps = {file.source: file.stamp for file in scanned.files}
        known = self._known()
        pictures = Pictures(self._content)
        for file in scanned.entries:
            row = known.get(file.source)
            if row and not row.held and row.stamp == _present_stamp(file, row, stamps):
                self._kept[file.source] = row
                continue
            reading = read_entry(file)
            normalized = _normalized(reading, self._publication, pictures)
            self._set_aside(normalized, row)
            self._read[file.source] = self._source_row(file, reading, normalized, row, stamps)
        self.result.read = len(self._read)

    def _known(self) -> dict[str, SourceRow]:
        """Return the files as last read; those to be read again though they did not change are marked as held.

        That is all of them after a change of configuration, and those of which an edit stamped ahead comes true.
        """
        context = digest_of(__version__, self._publication, self._options.drafts)
        every = self._options.reread or self._store.meta("context") != context
        self._store.set_meta("context", context)
        known = self._store.sources()
        due = set() if every else self._fallen_due()
        if every or due:
            for path, row in known.items():
                if every or row.entry_id in due:
                    known[path] = row._replace(held=True)
        return known

    def _fallen_due(self) -> set[str]:
        """Return the ids of the entries that change by themselves since the edition before."""
        since, now = self._store.edition().next_due, self._options.now
        if since is None or since > now:
            return set()
        return {listing.id for listing in self._store.listings() if any(since <= at <= now for at in listing.due)}

    def _set_aside(self, normalized: Normalized, row: SourceRow | None) -> None:
        entry, withdrawal, now = normalized.entry, normalized.withdrawal, self._options.now
        if withdrawal is not None:
            stated = seconds(withdrawal.at) if withdrawal.at else now
            self._taken_back[normalized.source] = (withdrawal.id, min(stated, now))
        elif entry is not None and entry.status is Status.DRAFT and not self._options.drafts:
            self._taken_back[normalized.source] = (entry.id, now)
        elif entry is not None:
            listing = listing_of(entry)
            self.result.problems += stamped_ahead(entry, instant(now))
            self._store.stage(entry, listing)
            self._arrivals.append(replace(arrival_of(entry, listing, now), held_for=self._held_for(row)))

    def _held_for(self, row: SourceRow | None) -> str:
        """Return the published id that a file was held back for."""
        published = self.result.ledger.get(row.entry_id) if row else None
        return published.id if published and row and (row.held or published.source != row.path) else ""

    def _source_row(
        self,
        file: SourceFile,
        reading: EntryReading,
        normalized: Normalized,
        row: SourceRow | None,
        stamps: Mapping[str, str],
    ) -> SourceRow:
        """Return a file as it is to be remembered; one that cannot be read keeps the id it had."""
        problems = (*reading.problems, *normalized.problems)
        found = normalized.entry or normalized.withdrawal
        if found is None and any(problem.severity is Severity.ERROR for problem in problems):
            self._failed.add(file.source)
        media = [image.file for image in normalized.entry.media] if normalized.entry else []
        known = reading.id_hint or (row.entry_id if row else "")
        return SourceRow(
            path=file.source,
            stamp=_stamp(file, media, stamps),
            entry_id=found.id if found else known or derived_id(file.source, self._publication.authority),
            pictures=json.dumps(media),
            held=file.source in self._failed or any(problem.code in READ_AGAIN for problem in problems),
            problems=write_problems(problems),
        )

    def judge(self) -> None:
        """Compare what arrived with what was published."""
        arrived = {arrival.source for arrival in self._arrivals}
        ids = [row.entry_id for row in self._rows()]
        alone = len(set(ids)) == len(ids)
        clashes = {} if alone else find_clashes(self._claims(arrived), self._owners())
        self._verdicts = judge(
            self._arrivals,
            self.result.ledger,
            others={row.entry_id for row in self._rows() if row.path not in arrived},
            clashes=clashes,
            allowed=self._options.allowed,
            changed_share=self._changed_share,
        )
        for source in sorted(clashes.keys() - arrived):
            self._failed.add(source)
            self._taken_back.pop(source, None)
            self.result.problems.append(clashes[source])
        self._keep_timezone()

    def _claims(self, arrived: Collection[str]) -> Iterator[Claim]:
        """Yield which file claims which id."""
        for row in self._rows():
            yield Claim(row.entry_id, row.path, row.path in arrived or row.path in self._kept)

    def _owners(self) -> dict[str, str]:
        """Return which file every published id was published from."""
        return {row.id: row.source for row in self.result.ledger.values() if row.source}

    def _keep_timezone(self) -> None:
        """Tell that dates moved because they are read in another time zone; remember that zone once none does."""
        before, zone = self._store.meta("timezone"), self._publication.timezone
        problems = [problem for verdict in self._verdicts for problem in verdict.problems]
        moved = sum(1 for problem in problems if problem.code == "published-moved")
        if not before or before == zone or not moved:
            self._store.set_meta("timezone", zone)
            return
        self.result.problems.append(
            Problem(
                code="timezone-changed",
                message=Message("timezone-changed.from", now=zone, before=before, count=moved),
                location=Location(file="feeds/publication.yaml"),
                hint=Message("timezone-changed.hint", before=before),
            )
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
                self._failed.add(arrival.source)
                self._follow(verdict)
                continue
            self._store.accept(arrival.source)
            if verdict.outcome is not None:
                self._record(ledger_row(arrival))
                self.result.outcomes[arrival.id] = verdict.outcome

    def _follow(self, verdict: Verdict) -> None:
        """Remember what a file says that is held back: it may be edited, and copied, before it is put right."""
        if len(verdict.stands_for) == 1:
            row, arrival = self.result.ledger[min(verdict.stands_for)], verdict.arrival
            self._record(row._replace(source=arrival.source, title=arrival.title, body=arrival.body))

    def withdraw(self) -> None:
        """Take back the entries whose file says so, and those whose file is gone."""
        for id_, at in self._taken_back.values():
            self._take_back(id_, at)
        here = {row.entry_id for row in self._rows()}.union(*(verdict.stands_for for verdict in self._verdicts))
        live = [row for row in self.result.ledger.values() if row.withdrawn is None]
        # A file that cannot be seen may still be there: its entry stays up.
        if self._scan.unseen:
            here |= {row.id for row in live if self._scan.may_hold(row.source)}
        vanished = self._really_gone([row for row in live if row.id not in here])
        refusal = too_many_vanish(vanished, len(live), content_empty=not (self._kept or self._read))
        if refusal and not self._options.allowed.withdrawals:
            raise EditionRefusedError([*self.result.problems, refusal])
        for id_ in vanished:
            self._take_back(id_, self._options.now)
        self._drop_all_but(here.union(row.id for row in live).difference(vanished))

    def _really_gone(self, missing: Sequence[LedgerRow]) -> list[EntryId]:
        """Return the ids of the entries whose file stays away: one that is being replaced is back in a moment."""
        if not missing:
            return []
        time.sleep(_REPLACING)
        again = {file.source for file in scan(self._content).entries} - {row.path for row in self._rows()}
        return [row.id for row in missing if row.source not in again]

    def _drop_all_but(self, here: Collection[str]) -> None:
        """Forget the entries that no file has any more, and list the others."""
        listings = list(self._store.listings())
        for listing in listings:
            if listing.id not in here:
                self._store.drop_entry(listing.id)
        self.result.listings = [listing for listing in listings if listing.id in here]

    def _take_back(self, id_: EntryId, at: Seconds) -> None:
        row = self.result.ledger.get(id_)
        if row is not None and row.withdrawn is None:
            self._record(row._replace(withdrawn=at))
            self.result.outcomes[id_] = Outcome.WITHDRAWN
        self._store.drop_entry(id_)

    def welcome(self) -> None:
        """Enter into the ledger what may be seen for the first time."""
        for listing in self.result.listings:
            if listing.published > self._options.now or listing.id in self.result.ledger:
                continue
            entry = self._entry(listing.id)
            self._record(ledger_row(arrival_of(entry, listing, self._options.now)))
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
        held_for = {verdict.arrival.source: verdict.held_for for verdict in self._verdicts}
        for source, row in self._read.items():
            held = source in self._failed
            id_ = held_for.get(source) or row.entry_id
            self._store.put_source(row._replace(entry_id=id_, held=row.held or held))
            if held:
                self.result.outcomes[f"content/{source}"] = Outcome.HELD
        live = self.result.ledger
        for row in self._kept.values():
            if row.entry_id in live and live[row.entry_id].withdrawn is None:
                self.result.outcomes.setdefault(row.entry_id, Outcome.UNCHANGED)
        self._store.forget_sources(self._store.sources().keys() - {row.path for row in self._rows()})
        self._store.clear_stage()
        misnamed = {problem.location.file for problem in self.result.problems if problem.code in MISNAMED}
        for row in self._rows():
            if row.problems != _NONE:
                # To pin what has the wrong id would make an article of its own of it, and post it again.
                told = read_problems(row.problems)
                is_misnamed = f"content/{row.path}" in misnamed
                self.result.problems += [
                    problem for problem in told if not (is_misnamed and problem.code == "id-not-pinned")
                ]

    def _rows(self) -> Iterator[SourceRow]:
        yield from self._kept.values()
        yield from self._read.values()


def _normalized(reading: EntryReading, publication: Publication, pictures: Pictures) -> Normalized:
    """Return what a file came to; an error met while reading holds the entry back, but all its problems are told."""
    if reading.raw is None:
        return Normalized(source=reading.source)
    normalized = normalize(reading.raw, publication, pictures)
    return replace(normalized, entry=None) if reading.failed else normalized


def _present_stamp(file: SourceFile, row: SourceRow, stamps: Mapping[str, str]) -> str:
    """Return the stamp of a file with the pictures that it had when it was last read."""
    return file.stamp if row.pictures == _NONE else _stamp(file, json.loads(row.pictures), stamps)


def _stamp(file: SourceFile, pictures: Iterable[str], stamps: Mapping[str, str]) -> str:
    """Return what identifies the state of a file and its pictures."""
    return "|".join([file.stamp, *(stamps.get(picture, "") for picture in pictures)])
