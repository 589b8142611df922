"""Compares a valid entry with its published version: the outcome, and warnings."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from sosik.errors import Problem
from sosik.ledger.lost import Versions, lost_members
from sosik.ledger.objections import embargoed, of_a_day, repeated, shown_instant
from sosik.ledger.recognition import LARGE_EDIT, Arrival, Recognition
from sosik.ledger.verdicts import Verdict
from sosik.ledger.written import words_differ
from sosik.model import Outcome
from sosik.normalize.similarity import same_letters
from sosik.store.rows import LedgerRow
from sosik.words import Message

ChangedShare = Callable[[Arrival], float]
"""Tells which share of an arrival's text (0 to 1) differs from the last good version of its id."""


def compared(
    arrival: Arrival, row: LedgerRow | None, known: Recognition, changed_share: ChangedShare, versions: Versions
) -> Verdict:
    """Return the verdict on an arrival that breaks no rule; `row` is what was published under its id."""
    if row is None:
        again = known.repeated(arrival)
        remarks = [repeated(arrival, again)] if again else []
        remarks += [of_a_day(arrival)] if arrival.is_of_a_day else []
        remarks += [embargoed(arrival.location, arrival.embargo)] if arrival.embargo else []
        return Verdict(arrival=arrival, outcome=None, problems=tuple(remarks))
    outcome = _outcome(arrival, row)
    problems = tuple(_remarks(arrival, row, outcome, changed_share))
    if outcome is not Outcome.UNCHANGED and row.withdrawn is None:
        problems += tuple(lost_members(arrival, versions))
    # What was confirmed once stays so, lest `unconfirmed:` let published move; of what was recalled nobody knows.
    confirmed = arrival.confirmed or (row.confirmed and bool(row.digest))
    return Verdict(arrival=replace(arrival, confirmed=confirmed), outcome=outcome, problems=problems)


def _outcome(arrival: Arrival, row: LedgerRow) -> Outcome:
    if row.withdrawn is not None:
        return Outcome.UPDATED
    if _is_later(arrival.corrected, row.corrected):
        return Outcome.CORRECTED
    if _is_later(arrival.updated, row.updated):
        return Outcome.UPDATED
    same = arrival.digest == row.digest if row.digest else arrival.title == row.title
    if same and arrival.published == row.published:
        return Outcome.UNCHANGED
    if not row.confirmed and (arrival.confirmed or arrival.published != row.published):
        return Outcome.CONFIRMED
    return Outcome.MINOR


def _remarks(arrival: Arrival, row: LedgerRow, outcome: Outcome, changed_share: ChangedShare) -> Iterator[Problem]:
    back = _gone_back(arrival, row)
    if back:
        yield Problem(code="updated-back", message=back, location=arrival.location, hint=Message("updated-back.hint"))
    if row.withdrawn is not None or not row.digest or not _says_other(arrival, row, changed_share):
        return
    if outcome is Outcome.MINOR and not back and not _is_later(arrival.edited, row.edited):
        yield Problem(
            code="edit-without-stamp",
            message=Message("edit-without-stamp.text"),
            location=arrival.location,
            hint=Message("edit-without-stamp.hint"),
        )
    share = changed_share(arrival) if arrival.body != row.body else 0.0
    if share > LARGE_EDIT:
        yield Problem(
            code="edit-large",
            message=Message("edit-large.share", share=f"{share:.0%}"),
            location=arrival.location,
            hint=Message("edit-large.hint"),
        )


def _says_other(arrival: Arrival, row: LedgerRow, changed_share: ChangedShare) -> bool:
    """Tell whether the newsroom changed headline or text.

    Of what an earlier version published only what it made of them is known, and another may make other signs of them.
    """
    if (arrival.title, arrival.body) == (row.title, row.body):
        return False
    differ = words_differ(arrival, row)
    if differ is None:
        return not same_letters(arrival.title, row.title) or changed_share(arrival) > 0
    return differ


def _gone_back(arrival: Arrival, row: LedgerRow) -> Message | None:
    """Return what became of an edit stamp that readers have seen and that is earlier now, or gone."""
    stamps = (
        ("updated-back.correction-earlier", "updated-back.correction-gone", row.corrected, arrival.corrected),
        ("updated-back.updated-earlier", "updated-back.updated-gone", row.updated, arrival.updated),
    )
    for earlier, gone, before, now in stamps:
        if before is not None and now is None:
            return Message(gone, before=shown_instant(before))
        if before is not None and now is not None and now < before:
            return Message(earlier, before=shown_instant(before), now=shown_instant(now))
    return None


def _is_later(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new > old)
