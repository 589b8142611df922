"""What becomes of entries: every edition is compared with what was published before. Pure: values in, verdicts out.

An id, once published, never changes and is never used again; `published` never moves. What breaks these rules is held
back, entry by entry, and the last good version stays up.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sosik.errors import Location, Problem
from sosik.model import Entry, Listing, Outcome
from sosik.normalize.similarity import body_digest
from sosik.store.records import seconds
from sosik.store.rows import LedgerRow

VANISHED_MANY = 10
"""At least so many entries must vanish at once, and more than a tenth of all, for an edition to be refused."""

LARGE_EDIT = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An entry as read now, with what it is recognised by. Instants are seconds since 1970-01-01 UTC."""

    id: str
    source: str
    pinned: bool
    title: str
    link: str
    has_page: bool
    body: str
    published: int
    confirmed: bool
    updated: int | None
    corrected: int | None
    edited: int | None
    digest: str

    @property
    def location(self) -> Location:
        """The file the entry was read from."""
        return Location(file=f"content/{self.source}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of an arrival: `outcome` is None for one whose time has not come and which nobody has seen."""

    arrival: Arrival
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowances:
    """What a person has allowed for one build: ids whose `published` may move, and that many entries vanish."""

    redate: frozenset[str] = frozenset()
    withdrawals: bool = False


NOTHING_ALLOWED = Allowances()


def arrival_of(entry: Entry, listing: Listing) -> Arrival:
    """Return an entry as the ledger compares it."""
    return Arrival(
        id=entry.id,
        source=entry.source,
        pinned=entry.pinned,
        title=entry.title,
        link=entry.link,
        has_page=entry.has_page,
        body=body_digest(entry.body) if entry.body else "",
        published=listing.published,
        confirmed="published" not in entry.unconfirmed,
        updated=seconds(entry.updated) if entry.updated else None,
        corrected=listing.corrected,
        edited=max((seconds(edit.at) for edit in entry.edits), default=None),
        digest=listing.digest,
    )


def ledger_row(arrival: Arrival) -> LedgerRow:
    """Return the row that records an arrival as published."""
    return LedgerRow(
        id=arrival.id,
        source=arrival.source,
        published=arrival.published,
        confirmed=arrival.confirmed,
        updated=arrival.updated,
        corrected=arrival.corrected,
        edited=arrival.edited,
        title=arrival.title,
        link="" if arrival.has_page else arrival.link,
        body=arrival.body,
        digest=arrival.digest,
        withdrawn=None,
    )


def judge(
    arrivals: Sequence[Arrival],
    ledger: Mapping[str, LedgerRow],
    *,
    present: Mapping[str, str],
    allowed: Allowances,
    changed_share: Callable[[Arrival], float],
) -> list[Verdict]:
    """Return the verdict on every arrival, in order.

    `present` maps the ids of all files that were not read anew to their sources. `changed_share` tells which share of
    an entry's text (0 to 1) differs from the last good version; it is asked only when the text did change.
    """
    clashes = _clashes(arrivals, ledger, present)
    here = {arrival.id for arrival in arrivals} | set(present)
    vanished = [row for row in ledger.values() if row.withdrawn is None and row.id not in here]
    verdicts = []
    for arrival in arrivals:
        row = ledger.get(arrival.id)
        held = clashes.get(arrival.source) or (_moved(arrival, row, allowed) if row else _changed_id(arrival, vanished))
        if held:
            verdicts.append(Verdict(arrival=arrival, outcome=Outcome.HELD, problems=(held,)))
        else:
            verdicts.append(_compared(arrival, row, changed_share))
    return verdicts


def recognised(verdicts: Iterable[Verdict], ledger: Mapping[str, LedgerRow]) -> set[str]:
    """Return the published ids that files held back for a changed id stand for: they have not vanished."""
    held = [verdict.arrival for verdict in verdicts if verdict.outcome is Outcome.HELD]
    return {row.id for arrival in held for row in ledger.values() if row.id != arrival.id and _same(arrival, row)}


def too_many_vanish(vanished: Collection[str], live: int, *, content_empty: bool) -> Problem | None:
    """Return why an edition in which `vanished` entries of `live` ones are gone is refused, or None if it is not."""
    many = len(vanished) >= VANISHED_MANY and len(vanished) * 10 > live
    if not many and not (content_empty and vanished):
        return None
    return Problem(
        code="withdrawn-many",
        message=f"{len(vanished)} of {live} published entries are no longer in content/; nothing was changed.",
        location=Location(file="content"),
        hint="is a disk or a folder missing? If they are really to be taken back: --allow-withdrawals",
    )


def _clashes(
    arrivals: Sequence[Arrival], ledger: Mapping[str, LedgerRow], present: Mapping[str, str]
) -> dict[str, Problem]:
    """Return a problem for every source whose id another file has: the one published under the id keeps it."""
    sources: dict[str, list[str]] = {id_: [source] for id_, source in present.items()}
    for arrival in arrivals:
        sources.setdefault(arrival.id, []).append(arrival.source)
    problems = {}
    for id_, claimants in sources.items():
        if len(claimants) < 2:
            continue
        owner = ledger[id_].source if id_ in ledger else present.get(id_, "")
        for source in claimants:
            if source != owner:
                problems[source] = _duplicate(source, id_, [other for other in claimants if other != source])
    return problems


def _duplicate(source: str, id_: str, others: Sequence[str]) -> Problem:
    return Problem(
        code="id-duplicate",
        message=f"the id {id_} also stands in {', '.join(f'content/{other}' for other in others)}.",
        location=Location(file=f"content/{source}"),
        hint="if this is another article, remove its id: line and run `sosik pin` on it.",
    )


def _moved(arrival: Arrival, row: LedgerRow, allowed: Allowances) -> Problem | None:
    if arrival.published == row.published or not row.confirmed or arrival.id in allowed.redate:
        return None
    return Problem(
        code="published-moved",
        message=f"published says {_shown(arrival.published)}, but {_shown(row.published)} was published.",
        location=arrival.location,
        hint=f"for an edit, restore published and write updated:. To redate it all the same: --allow-redate {row.id}",
    )


def _changed_id(arrival: Arrival, vanished: Sequence[LedgerRow]) -> Problem | None:
    row = next((row for row in vanished if _same(arrival, row)), None)
    if row is None:
        return None
    return Problem(
        code="id-changed",
        message=f"this article was published under another id, from content/{row.source}; readers would get it twice.",
        location=arrival.location,
        hint=f"write into the file: id: {row.id}",
    )


def _same(arrival: Arrival, row: LedgerRow) -> bool:
    """Tell whether an arrival is the article of a row: the same link, text, title and instant, or file without id."""
    if not arrival.has_page and arrival.link == row.link:
        return True
    if arrival.body and arrival.body == row.body:
        return True
    if (arrival.title, arrival.published) == (row.title, row.published):
        return True
    return not arrival.pinned and arrival.source == row.source


def _compared(arrival: Arrival, row: LedgerRow | None, changed_share: Callable[[Arrival], float]) -> Verdict:
    if row is None:
        return Verdict(arrival=arrival, outcome=None)
    outcome = _outcome(arrival, row)
    if row.withdrawn is not None or arrival.body == row.body:
        return Verdict(arrival=arrival, outcome=outcome)
    return Verdict(arrival=arrival, outcome=outcome, problems=tuple(_remarks(arrival, row, outcome, changed_share)))


def _outcome(arrival: Arrival, row: LedgerRow) -> Outcome:
    if row.withdrawn is not None:
        return Outcome.UPDATED
    if arrival.digest == row.digest:
        return Outcome.UNCHANGED
    if _later(arrival.corrected, row.corrected):
        return Outcome.CORRECTED
    if _later(arrival.updated, row.updated):
        return Outcome.UPDATED
    if not row.confirmed and (arrival.confirmed or arrival.published != row.published):
        return Outcome.CONFIRMED
    return Outcome.MINOR


def _remarks(
    arrival: Arrival, row: LedgerRow, outcome: Outcome, changed_share: Callable[[Arrival], float]
) -> Iterable[Problem]:
    if outcome is Outcome.MINOR and not _later(arrival.edited, row.edited):
        yield Problem(
            code="edit-without-stamp",
            message="the text changed but no edit stamp did: readers are not told.",
            location=arrival.location,
            hint="if the edit matters, write updated: or an entry under edits:; a slip of the pen needs nothing.",
        )
    share = changed_share(arrival)
    if share > LARGE_EDIT:
        yield Problem(
            code="edit-large",
            message=f"{share:.0%} of the text changed at the same address.",
            location=arrival.location,
            hint="portals punish rewriting an article in place; a new article should be a new file with its own id.",
        )


def _later(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new > old)


def _shown(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
