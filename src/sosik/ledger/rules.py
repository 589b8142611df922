"""Compares every entry with the published state. Pure: values in, decisions out.

A published id never changes and is never used again; `published` never changes. Entries that break these rules are held
back one by one, and their last good version stays published.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from sosik.errors import Problem
from sosik.ledger import objections
from sosik.ledger.comparison import ChangedShare, compared
from sosik.ledger.lost import Versions
from sosik.ledger.recognition import Arrival, Recognition
from sosik.ledger.verdicts import Allowances, Verdict, Wait, awaited, held
from sosik.ledger.written import as_read_now
from sosik.model.values import EntryId
from sosik.normalize.ids import entry_key
from sosik.store.rows import LedgerRow


class Page(Struct, frozen=True):
    """Whose page it is: an entry without a link of its own, and its file."""

    id: EntryId
    source: str


Unfinished = Callable[[Arrival], Wait | None]
"""Tells whether an arrival holds but the beginning of what was published, and waits for the rest."""

NO_PAGES: Mapping[str, Page] = MappingProxyType({})


def judge(
    arrivals: Sequence[Arrival],
    ledger: Mapping[EntryId, LedgerRow],
    *,
    others: Collection[str],
    clashes: Mapping[str, Problem],
    allowed: Allowances,
    changed_share: ChangedShare,
    versions: Versions,
    unfinished: Unfinished,
    pages: Mapping[str, Page] = NO_PAGES,
) -> list[Verdict]:
    """Return the verdict on every arrival, in order.

    `ledger` are at least the rows that share any mark with an arrival (`marks_of`), by id. `others` are the ids of the
    files that did not arrive, as far as the ledger has them, `clashes` what `find_clashes` found. `changed_share` tells
    which share of an entry's text (0 to 1) differs from the last good version, `unfinished` whether the rest of it is
    waited for; both are asked only when the text did change, or a picture is away. `versions` gives the last good
    version and the new one, of what changed. `pages` are those of entries that no edition has shown yet, by name.
    """
    ledger = as_read_now(ledger, arrivals)
    known = Recognition(ledger, arrivals, others, changed_share)
    rules = _Rules(ledger, known, clashes, allowed, pages, unfinished)
    verdicts = []
    for arrival in arrivals:
        row = ledger.get(arrival.id)
        verdict = rules.objection(arrival, row) or compared(arrival, row, rules.known, changed_share, versions)
        verdicts.append(verdict)
    return verdicts


class _Rules:
    """The rules of identity, each a method that returns the verdict on an arrival that breaks it, or None."""

    def __init__(
        self,
        ledger: Mapping[EntryId, LedgerRow],
        known: Recognition,
        clashes: Mapping[str, Problem],
        allowed: Allowances,
        pages: Mapping[str, Page],
        unfinished: Unfinished,
    ) -> None:
        self.known = known
        self._clashes = clashes
        self._allowed = allowed
        self._unfinished = unfinished
        self._pages = {row.page: Page(row.id, row.source) for row in ledger.values() if row.page} | dict(pages)

    def objection(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        """Return the verdict on an arrival that breaks a rule; `row` is what was published under its id."""
        rules = (self._clash, self._changed_id, self._copied, self._page_taken, self._moved, self._cut, self._bodiless)
        return next((verdict for rule in rules if (verdict := rule(arrival, row))), None)

    def _clash(self, arrival: Arrival, _: LedgerRow | None) -> Verdict | None:
        problem = self._clashes.get(arrival.source)
        return held(arrival, problem, stands_for=self.known.left_behind(arrival)) if problem else None

    def _changed_id(self, arrival: Arrival, _: LedgerRow | None) -> Verdict | None:
        meant = self.known.meant(arrival)
        return held(arrival, objections.changed_id(arrival, meant[0]), stands_for=meant) if meant else None

    def _copied(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        original = self.known.original(arrival) if row is None else None
        return held(arrival, objections.copied(arrival, original), copy_of=original.id) if original else None

    def _page_taken(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        if not arrival.has_page or (row is not None and not row.link):
            return None
        page = self._pages.setdefault(entry_key(arrival.id), Page(arrival.id, arrival.source))
        return None if page.id == arrival.id else held(arrival, objections.page_taken(arrival, page.id, page.source))

    def _moved(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        if row is None or not _has_moved(arrival, row, self._allowed):
            return None
        same = arrival.title == row.title or arrival.body == row.body
        return held(arrival, objections.moved(arrival, row), stands_for=[row] if same else [])

    def _cut(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        if row is None or row.withdrawn is not None:
            return None
        # An edit does not wait for a picture.
        lacks_that_alone = arrival.lacks_a_picture and (arrival.title, arrival.body) == (row.title, row.body)
        if arrival.body == row.body and not lacks_that_alone:
            return None
        waits = self._unfinished(arrival)
        return replace(held(arrival, waits.problem), waits=waits) if waits else None

    def _bodiless(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        return awaited(arrival) if row is None and arrival.lacks_body else None


def _has_moved(arrival: Arrival, row: LedgerRow, allowed: Allowances) -> bool:
    return arrival.published != row.published and row.confirmed and arrival.id not in allowed.redate
