"""The possible decisions about an entry, and the exceptions that a person may allow."""

import json
from collections.abc import Iterable

from msgspec import Struct

from sosik.errors import Problem, as_written
from sosik.ledger.recognition import Arrival
from sosik.model import Outcome
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import entry_key
from sosik.store.rows import LedgerRow

MISNAMED = frozenset({"id-changed", "id-duplicate", "entry-copied"})
"""Problems of files whose article has another id, or is another file's: an id made of their path would be a new one."""


class Wait(Struct, frozen=True):
    """How long a file waits for the rest of it: `since` and `until` when (seconds), and what is said of it."""

    since: Seconds
    until: Seconds
    problem: Problem


class Claim(Struct, frozen=True):
    """The id that a file of content/ claims; `is_public` where it is to be published, or is already."""

    id: EntryId
    source: str
    is_public: bool


class Verdict(Struct, frozen=True, kw_only=True):
    """What becomes of an arrival: `outcome` is None for one whose time has not come and which nobody has seen.

    `stands_for` are the published ids whose article an arrival that is held back holds: these have not vanished.
    `copy_of` is the id of the one that it repeats. One that `waits` is held only for so long. One that
    `is_awaited` was never published and has no body yet: it waits as a draft does.
    """

    arrival: Arrival
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()
    stands_for: frozenset[EntryId] = frozenset()
    copy_of: EntryId | None = None
    waits: Wait | None = None
    is_awaited: bool = False

    @property
    def told(self) -> tuple[Problem, ...]:
        """The problems, with keys called as the file calls them."""
        if not (self.problems and self.arrival.names):
            return self.problems
        names = json.loads(self.arrival.names)
        return tuple(as_written(problem, names) for problem in self.problems)

    @property
    def held_for(self) -> EntryId | None:
        """The published id that a held file is to be remembered by, if any."""
        return self.copy_of or min(self.stands_for, default=None)


class Allowances(Struct, frozen=True, kw_only=True):
    """Exceptions that a person allows for one build.

    `redate` has ids that may change `published`. `withdrawals` allows the removal of many entries at once.
    `withdraw_now` withdraws the entries of missing files without waiting; so does `withdrawals`.
    """

    redate: frozenset[str] = frozenset()
    withdrawals: bool = False
    withdraw_now: bool = False


NOTHING_ALLOWED = Allowances()


def ledger_row(arrival: Arrival, before: LedgerRow | None = None) -> LedgerRow:
    """Return the row that records an arrival as published; a page that it had `before` stays its own."""
    page = entry_key(arrival.id) if arrival.has_page else ""
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
        written=arrival.written,
        page=page or (before.page if before is not None else ""),
    )


def held(
    arrival: Arrival, problem: Problem, *, stands_for: Iterable[LedgerRow] = (), copy_of: EntryId | None = None
) -> Verdict:
    """Return the verdict on an arrival that breaks a rule; it stands for the published articles of these rows."""
    ids = frozenset(row.id for row in stands_for)
    return Verdict(arrival=arrival, outcome=Outcome.HELD, problems=(problem,), stands_for=ids, copy_of=copy_of)


def awaited(arrival: Arrival) -> Verdict:
    """Return the verdict on an arrival whose body somebody has yet to write."""
    return Verdict(arrival=arrival, outcome=Outcome.HELD, is_awaited=True)
