"""What becomes of entries: every edition is compared with what was published before. Pure: values in, verdicts out.

An id, once published, never changes and is never used again; `published` never moves. What breaks these rules is held
back, entry by entry, and the last good version stays up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from sosik.dates import format_rfc3339
from sosik.errors import Location, Problem
from sosik.model import Entry, Listing, Outcome
from sosik.normalize.similarity import body_digest
from sosik.store.records import instant, seconds
from sosik.store.rows import LedgerRow

VANISHED_MANY = 10
"""At least so many entries must vanish at once, and more than a tenth of all, for an edition to be refused."""

LARGE_EDIT = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An entry as read now, with what it is recognised by. Instants are seconds since 1970-01-01 UTC.

    `held_for` is the published id that its file was held back for at the build before.
    """

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
    held_for: str = ""

    @property
    def location(self) -> Location:
        """The file the entry was read from."""
        return Location(file=f"content/{self.source}")


class Claim(NamedTuple):
    """The id that a file of content/ claims; `is_public` where it is to be published, or is already."""

    id: str
    source: str
    is_public: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of an arrival: `outcome` is None for one whose time has not come and which nobody has seen.

    `stands_for` are the published ids whose article an arrival that is held back holds: these have not vanished.
    """

    arrival: Arrival
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()
    stands_for: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowances:
    """What a person has allowed for one build: ids whose `published` may move, and that many entries vanish."""

    redate: frozenset[str] = frozenset()
    withdrawals: bool = False


NOTHING_ALLOWED = Allowances()


def arrival_of(entry: Entry, listing: Listing, now: int) -> Arrival:
    """Return an entry as the ledger compares it: edits stamped after `now` (seconds) do not count yet."""
    seen = entry.as_of(instant(now))
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
        updated=seconds(seen.updated) if seen.updated else None,
        corrected=max((seconds(edit.at) for edit in seen.corrections), default=None),
        edited=max((seconds(edit.at) for edit in seen.edits), default=None),
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
    others: Collection[str],
    clashes: Mapping[str, Problem],
    allowed: Allowances,
    changed_share: Callable[[Arrival], float],
) -> list[Verdict]:
    """Return the verdict on every arrival, in order.

    `others` are the ids of the files that did not arrive, `clashes` what `find_clashes` found. `changed_share` tells
    which share of an entry's text (0 to 1) differs from the last good version; it is asked only when the text did
    change.
    """
    known = Recognition(ledger, here={*others, *(arrival.id for arrival in arrivals)})
    verdicts = []
    for arrival in arrivals:
        row = ledger.get(arrival.id)
        verdict = _objection(arrival, row, clashes, known, allowed)
        verdicts.append(verdict or _compared(arrival, row, changed_share))
    return verdicts


def _objection(
    arrival: Arrival,
    row: LedgerRow | None,
    clashes: Mapping[str, Problem],
    known: "Recognition",
    allowed: Allowances,
) -> Verdict | None:
    """Return the verdict on an arrival that breaks a rule of identity, or None."""
    problem = clashes.get(arrival.source)
    meant: Sequence[LedgerRow] = ()
    if problem is None and (meant := known.meant(arrival)):
        problem = _changed_id(arrival, meant[0])
    if problem is None and row is None and (original := known.original(arrival)):
        problem = _copied(arrival, original)
    if problem is None and row is not None and _has_moved(arrival, row, allowed):
        problem, meant = _moved(arrival, row), [row]
    if problem is None:
        return None
    ids = frozenset(row.id for row in meant)
    return Verdict(arrival=arrival, outcome=Outcome.HELD, problems=(problem,), stands_for=ids)


def too_many_vanish(vanished: Collection[str], live: int, *, content_empty: bool) -> Problem | None:
    """Return why an edition in which `vanished` entries of `live` ones are gone is refused, or None if it is not."""
    many = len(vanished) >= VANISHED_MANY and len(vanished) * 10 > live
    if not many and not (content_empty and vanished):
        return None
    return Problem(
        code="withdrawn-many",
        message=f"{len(vanished)} of {live} published entries are no longer in content/; nothing was changed",
        location=Location(file="content"),
        hint="is a disk or a folder missing? If they are really to be taken back: --allow-withdrawals",
    )


def find_clashes(claims: Iterable[Claim], owners: Mapping[str, str]) -> dict[str, Problem]:
    """Return a problem for every source whose id another file has.

    The file keeps it that it was published from (`owners`: sources by id), or the only one that is to be published.
    """
    claimants: dict[str, list[Claim]] = {}
    for claim in claims:
        claimants.setdefault(claim.id, []).append(claim)
    problems = {}
    for id_, found in claimants.items():
        if len(found) < 2:
            continue
        sources = [claim.source for claim in found]
        public = [claim.source for claim in found if claim.is_public]
        owner = owners.get(id_, "")
        keeper = owner if owner in sources else public[0] if len(public) == 1 and id_ not in owners else ""
        for source in sources:
            if source != keeper:
                problems[source] = _duplicate(source, id_, [other for other in sources if other != source])
    return problems


def _duplicate(source: str, id_: str, others: Sequence[str]) -> Problem:
    return Problem(
        code="id-duplicate",
        message=f"the id {id_} also stands in {', '.join(f'content/{other}' for other in others)}",
        location=Location(file=f"content/{source}"),
        hint="if this is another article, remove its id: line and run `sosik pin` on it.",
    )


def _has_moved(arrival: Arrival, row: LedgerRow, allowed: Allowances) -> bool:
    return arrival.published != row.published and row.confirmed and arrival.id not in allowed.redate


def _moved(arrival: Arrival, row: LedgerRow) -> Problem:
    return Problem(
        code="published-moved",
        message=f"published says {_shown(arrival.published)}, but {_shown(row.published)} was published",
        location=arrival.location,
        hint=f"for an edit, restore published and write updated:. To redate it all the same: --allow-redate {row.id}",
    )


def _changed_id(arrival: Arrival, row: LedgerRow) -> Problem:
    origin = f", from content/{row.source}" if row.source else ""
    return Problem(
        code="id-changed",
        message=f"this article was published under another id{origin}; readers would get it twice",
        location=arrival.location,
        hint=f"write into the file: id: {row.id}",
    )


def _copied(arrival: Arrival, row: LedgerRow) -> Problem:
    return Problem(
        code="entry-copied",
        message=f"this is the article of content/{row.source}, word for word; readers would get it twice",
        location=arrival.location,
        hint="delete one of the two files. If it is another article all the same, run `sosik pin` on it.",
    )


class Recognition:
    """What was published, looked up by what an article is recognised by.

    `here` are the ids that files of content/ have: an article whose id is not among them was renamed, or is gone.
    """

    def __init__(self, ledger: Mapping[str, LedgerRow], here: Collection[str]) -> None:
        self._ledger = ledger
        self._here = here

    def meant(self, arrival: Arrival) -> list[LedgerRow]:
        """Return what was published under other ids and is the article of an arrival; nothing if its id is right."""
        row = self._ledger.get(arrival.id)
        if row is not None and _likeness(arrival, row) >= _Likeness.TEXT:
            return []
        alike = [(_likeness(arrival, other), other) for other in self._alike(arrival) if other.id != arrival.id]
        if row is not None:
            return [other for likeness, other in alike if likeness is _Likeness.SURE]
        lost = [(likeness, other) for likeness, other in alike if likeness and other.id not in self._here]
        best = max((likeness for likeness, _ in lost), default=_Likeness.NONE)
        return [other for likeness, other in lost if likeness is best]

    def original(self, arrival: Arrival) -> LedgerRow | None:
        """Return what an arrival without an id of its own repeats to the letter, be it with another date."""
        if arrival.pinned or not arrival.body:
            return None
        told = (arrival.title, arrival.body)
        return next((row for row in self._alike(arrival) if (row.title, row.body) == told), None)

    def _alike(self, arrival: Arrival) -> list[LedgerRow]:
        """Return the rows that share anything with an arrival, each once, by id."""
        found = {row.id: row for mark in _marks(arrival) for row in self._rows.get(mark, ())}
        if arrival.held_for in self._ledger:
            found[arrival.held_for] = self._ledger[arrival.held_for]
        return [found[id_] for id_ in sorted(found)]

    @cached_property
    def _rows(self) -> dict[tuple[str, object], list[LedgerRow]]:
        rows: dict[tuple[str, object], list[LedgerRow]] = {}
        for row in self._ledger.values():
            for mark in _marks(row):
                rows.setdefault(mark, []).append(row)
        return rows


def _marks(of: Arrival | LedgerRow) -> Iterator[tuple[str, object]]:
    """Yield what an article may be recognised by, empty values left out."""
    yield "headline", (of.title, of.published)
    if of.body:
        yield "body", of.body
    if of.source:
        yield "source", of.source
    link = _own_link(of)
    if link:
        yield "link", link


def _own_link(of: Arrival | LedgerRow) -> str:
    return "" if isinstance(of, Arrival) and of.has_page else of.link


class _Likeness(IntEnum):
    """How much an arrival is the article of a row: by its file alone, by its text, or by more than that."""

    NONE = 0
    FILE = 1
    TEXT = 2
    SURE = 3


def _likeness(arrival: Arrival, row: LedgerRow) -> _Likeness:
    """Return how much an arrival is the article of a row; sure are the same link, or two of headline, instant, text.

    For what was taken back nothing less counts, for short texts are alike; and a file with another id of its own is
    another article then.
    """
    same_text = bool(row.body) and arrival.body == row.body
    shared = [arrival.title == row.title, arrival.published == row.published, same_text]
    if shared.count(True) >= 2 or (row.link and _own_link(arrival) == row.link):
        return _Likeness.NONE if _was_given_up(arrival, row) else _Likeness.SURE
    if row.withdrawn is not None and row.id != arrival.id:
        return _Likeness.NONE
    if same_text:
        return _Likeness.TEXT
    by_file = row.id == arrival.held_for or (not arrival.pinned and arrival.source == row.source)
    return _Likeness.FILE if by_file and row.id != arrival.id else _Likeness.NONE


def _was_given_up(arrival: Arrival, row: LedgerRow) -> bool:
    return row.withdrawn is not None and row.id != arrival.id and arrival.pinned


def _compared(arrival: Arrival, row: LedgerRow | None, changed_share: Callable[[Arrival], float]) -> Verdict:
    if row is None:
        return Verdict(arrival=arrival, outcome=None)
    outcome = _outcome(arrival, row)
    told = (arrival.title, arrival.body) != (row.title, row.body)
    if row.withdrawn is not None or not told or not row.digest:
        return Verdict(arrival=arrival, outcome=outcome)
    return Verdict(arrival=arrival, outcome=outcome, problems=tuple(_remarks(arrival, row, outcome, changed_share)))


def _outcome(arrival: Arrival, row: LedgerRow) -> Outcome:
    if row.withdrawn is not None:
        return Outcome.UPDATED
    if _later(arrival.corrected, row.corrected):
        return Outcome.CORRECTED
    if _later(arrival.updated, row.updated):
        return Outcome.UPDATED
    same = arrival.digest == row.digest if row.digest else arrival.title == row.title
    if same and arrival.published == row.published:
        return Outcome.UNCHANGED
    if not row.confirmed and (arrival.confirmed or arrival.published != row.published):
        return Outcome.CONFIRMED
    return Outcome.MINOR


def _remarks(
    arrival: Arrival, row: LedgerRow, outcome: Outcome, changed_share: Callable[[Arrival], float]
) -> Iterable[Problem]:
    if outcome is Outcome.MINOR and not _later(arrival.edited, row.edited):
        yield Problem(
            code="edit-without-stamp",
            message="the headline or the text changed but no edit stamp did: readers are not told",
            location=arrival.location,
            hint="if the edit matters, write updated: or an entry under edits:; a slip of the pen needs nothing.",
        )
    share = changed_share(arrival) if arrival.body != row.body else 0.0
    if share > LARGE_EDIT:
        yield Problem(
            code="edit-large",
            message=f"{share:.0%} of the text changed at the same address",
            location=arrival.location,
            hint="portals punish rewriting an article in place; a new article should be a new file with its own id.",
        )


def _later(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new > old)


def _shown(at: int) -> str:
    return format_rfc3339(instant(at))
