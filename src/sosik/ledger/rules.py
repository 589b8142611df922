"""What becomes of entries: every edition is compared with what was published before. Pure: values in, verdicts out.

An id, once published, never changes and is never used again; `published` never moves. What breaks these rules is held
back, entry by entry, and the last good version stays up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sosik.dates import format_rfc3339
from sosik.errors import Location, Problem
from sosik.ledger.recognition import LARGE_EDIT, Arrival, Recognition
from sosik.model import Outcome
from sosik.model.instants import instant
from sosik.normalize.ids import derived_id, page_path
from sosik.store.rows import LedgerRow

VANISHED_MANY = 10
"""At least so many entries must vanish at once, and more than a tenth of all, for an edition to be refused."""


MISNAMED = frozenset({"id-changed", "id-duplicate", "entry-copied"})
"""Problems of files whose article has another id, or is another file's: an id made of their path would be a new one."""


class Claim(NamedTuple):
    """The id that a file of content/ claims; `is_public` where it is to be published, or is already."""

    id: str
    source: str
    is_public: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of an arrival: `outcome` is None for one whose time has not come and which nobody has seen.

    `stands_for` are the published ids whose article an arrival that is held back holds: these have not vanished.
    `copy_of` is the id of the one that it repeats.
    """

    arrival: Arrival
    outcome: Outcome | None
    problems: tuple[Problem, ...] = ()
    stands_for: frozenset[str] = frozenset()
    copy_of: str = ""

    @property
    def held_for(self) -> str:
        """The published id that a held file is to be remembered by, if any."""
        return self.copy_of or min(self.stands_for, default="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowances:
    """What a person has allowed for one build: ids whose `published` may move, and that many entries vanish."""

    redate: frozenset[str] = frozenset()
    withdrawals: bool = False


NOTHING_ALLOWED = Allowances()


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
    rules = _Rules(ledger, Recognition(ledger, arrivals, others, changed_share), clashes, allowed)
    verdicts = []
    for arrival in arrivals:
        row = ledger.get(arrival.id)
        verdict = rules.objection(arrival, row) or _compared(arrival, row, rules.known, changed_share)
        verdicts.append(verdict)
    return verdicts


class _Rules:
    """The rules of identity, each a method that returns the verdict on an arrival that breaks it, or None."""

    def __init__(
        self,
        ledger: Mapping[str, LedgerRow],
        known: Recognition,
        clashes: Mapping[str, Problem],
        allowed: Allowances,
    ) -> None:
        self.known = known
        self._clashes = clashes
        self._allowed = allowed
        self._ledger = ledger

    def objection(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        """Return the verdict on an arrival that breaks a rule; `row` is what was published under its id."""
        rules = (self._clash, self._changed_id, self._copied, self._page_taken, self._moved)
        return next((verdict for rule in rules if (verdict := rule(arrival, row))), None)

    def _clash(self, arrival: Arrival, _: LedgerRow | None) -> Verdict | None:
        problem = self._clashes.get(arrival.source)
        return _held(arrival, problem, stands_for=self.known.left_behind(arrival)) if problem else None

    def _changed_id(self, arrival: Arrival, _: LedgerRow | None) -> Verdict | None:
        meant = self.known.meant(arrival)
        return _held(arrival, _changed_id(arrival, meant[0]), stands_for=meant) if meant else None

    def _copied(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        original = self.known.original(arrival) if row is None else None
        return _held(arrival, _copied(arrival, original), copy_of=original.id) if original else None

    def _page_taken(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        if not arrival.has_page or (row is not None and not row.link):
            return None
        id_, source = self._pages.setdefault(_last_part(arrival.id), (arrival.id, arrival.source))
        if id_ == arrival.id or page_path(id_) != page_path(arrival.id):
            return None
        return _held(arrival, _page_taken(arrival, id_, source))

    @cached_property
    def _pages(self) -> dict[str, tuple[str, str]]:
        """Return whose pages there are, id and source by the last part of the id; new ones are added as they arrive."""
        pages: dict[str, tuple[str, str]] = {}
        for row in self._ledger.values():
            if not row.link:
                pages.setdefault(_last_part(row.id), (row.id, row.source))
        return pages

    def _moved(self, arrival: Arrival, row: LedgerRow | None) -> Verdict | None:
        if row is None or not _has_moved(arrival, row, self._allowed):
            return None
        same = arrival.title == row.title or arrival.body == row.body
        return _held(arrival, _moved(arrival, row), stands_for=[row] if same else [])


def _last_part(id_: str) -> str:
    return id_.rpartition(":")[2]


def _held(arrival: Arrival, problem: Problem, *, stands_for: Iterable[LedgerRow] = (), copy_of: str = "") -> Verdict:
    ids = frozenset(row.id for row in stands_for)
    return Verdict(arrival=arrival, outcome=Outcome.HELD, problems=(problem,), stands_for=ids, copy_of=copy_of)


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


def shared_links(rows: Iterable[LedgerRow]) -> list[Problem]:
    """Return a warning for every published entry whose link is that of an older one, however long both have had it."""
    sharing: dict[str, list[LedgerRow]] = {}
    for row in rows:
        if row.link and row.withdrawn is None:
            sharing.setdefault(row.link, []).append(row)
    problems = []
    for group in sharing.values():
        if len(group) > 1:
            first, *others = sorted(group, key=lambda row: (row.published, row.id))
            problems += [_shared(row, first) for row in others]
    return problems


def _shared(row: LedgerRow, owner: LedgerRow) -> Problem:
    return Problem(
        code="link-shared",
        message=f"{row.link} is the link of content/{owner.source} too; portals take the two for one article",
        location=Location(file=f"content/{row.source}"),
        hint="every article has an address of its own; without link: sosik makes it a page",
    )


def _duplicate(source: str, id_: str, others: Sequence[str]) -> Problem:
    hint = "delete one of the two files. If this is another article, remove its id: line and run `sosik pin` on it"
    if id_ == derived_id(source, id_.removeprefix("tag:").rpartition(":")[0]):
        hint = (
            "its id is made of its file name, which the other one had before: give this file another name, "
            "and take out its id: line if it has one; of a copy delete one"
        )
    return Problem(
        code="id-duplicate",
        message=f"the id {id_} also stands in {', '.join(f'content/{other}' for other in others)}",
        location=Location(file=f"content/{source}"),
        hint=hint,
    )


def _has_moved(arrival: Arrival, row: LedgerRow, allowed: Allowances) -> bool:
    return arrival.published != row.published and row.confirmed and arrival.id not in allowed.redate


def _moved(arrival: Arrival, row: LedgerRow) -> Problem:
    hint = "for an edit, restore published and write updated:."
    if (arrival.title, arrival.body) != (row.title, row.body):
        hint += f" Another article needs {'an id' if arrival.pinned else 'a file name'} of its own."
    return Problem(
        code="published-moved",
        message=f"published says {_shown(arrival.published)}, but {_shown(row.published)} was published",
        location=arrival.location,
        hint=f"{hint} To redate it all the same: --allow-redate {row.id}",
    )


def _page_taken(arrival: Arrival, id_: str, source: str) -> Problem:
    owner = f"{id_}, of content/{source}" if source else id_
    return Problem(
        code="page-taken",
        message=f"its page would be {page_path(arrival.id)}, which is that of {owner}",
        location=arrival.location,
        hint="write the link: of the article, or give it an id whose last part is its own",
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
    origin = f"content/{row.source}" if row.source else row.id
    message = f"this is the article of {origin}, word for word; readers would get it twice"
    if (arrival.title, arrival.body) != (row.title, row.body):
        message = f"this was a copy of {origin}, and not all of it has changed"
    return Problem(
        code="entry-copied",
        message=message,
        location=arrival.location,
        hint="delete one of the two files. If it is another article all the same, run `sosik pin` on it",
    )


def _compared(
    arrival: Arrival, row: LedgerRow | None, known: Recognition, changed_share: Callable[[Arrival], float]
) -> Verdict:
    if row is None:
        again = known.repeated(arrival)
        return Verdict(arrival=arrival, outcome=None, problems=(_repeated(arrival, again),) if again else ())
    outcome = _outcome(arrival, row)
    problems = tuple(_remarks(arrival, row, outcome, changed_share))
    # What was confirmed once stays so, lest `unconfirmed:` let published move; of what was recalled nobody knows.
    confirmed = arrival.confirmed or (row.confirmed and bool(row.digest))
    return Verdict(arrival=replace(arrival, confirmed=confirmed), outcome=outcome, problems=problems)


def _repeated(arrival: Arrival, row: LedgerRow) -> Problem:
    origin = f"content/{row.source}" if row.source else row.id
    which = f"of {origin}, which was taken back" if row.withdrawn is not None else f"of {origin}, word for word"
    return Problem(
        code="entry-repeated",
        message=f"this is the article {which}; under an id of its own readers get it again",
        location=arrival.location,
        hint=f"for the same article write id: {row.id}; to publish it a second time nothing needs to be done",
    )


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
) -> Iterator[Problem]:
    back = _gone_back(arrival, row)
    if back:
        yield Problem(
            code="updated-back",
            message=f"{back}; readers keep what they have",
            location=arrival.location,
            hint="stamps only move on: write it again, or stamp this edit too (updated:, or `sosik correct`)",
        )
    told = (arrival.title, arrival.body) != (row.title, row.body)
    if row.withdrawn is not None or not told or not row.digest:
        return
    if outcome is Outcome.MINOR and not back and not _later(arrival.edited, row.edited):
        yield Problem(
            code="edit-without-stamp",
            message="the headline or the text changed but no edit stamp did: readers are not told",
            location=arrival.location,
            hint="if the edit matters, write updated: or an entry under edits:; a slip of the pen needs nothing",
        )
    share = changed_share(arrival) if arrival.body != row.body else 0.0
    if share > LARGE_EDIT:
        yield Problem(
            code="edit-large",
            message=f"{share:.0%} of the text changed at the same address",
            location=arrival.location,
            hint="portals punish rewriting an article in place; a new article should be a new file with its own id",
        )


def _gone_back(arrival: Arrival, row: LedgerRow) -> str:
    """Return what became of an edit stamp that readers have seen and that is earlier now, or gone; else nothing."""
    for name, old, new in (
        ("the last correction", row.corrected, arrival.corrected),
        ("updated", row.updated, arrival.updated),
    ):
        if old is not None and (new is None or new < old):
            return f"{name} said {_shown(old)}, now {f'it says {_shown(new)}' if new is not None else 'there is none'}"
    return ""


def _later(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new > old)


def _shown(at: int) -> str:
    return format_rfc3339(instant(at))
