"""Why an arrival is held back, or may post an article again, in words: a problem for every rule of identity."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sosik.dates import format_rfc3339
from sosik.errors import Location, Problem
from sosik.ledger.recognition import Arrival
from sosik.model.instants import instant
from sosik.normalize.ids import derived_id, page_path
from sosik.store.rows import LedgerRow
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.normalize.embargo import Embargo


def shown_instant(at: int) -> str:
    """Return an instant (seconds) as messages show it."""
    return format_rfc3339(instant(at))


def changed_id(arrival: Arrival, row: LedgerRow) -> Problem:
    """Return why an arrival is held back whose article was published under the id of `row`."""
    message = Message("id-changed.other")
    if row.source:
        message = Message("id-changed.other-file", file=f"content/{row.source}")
    return Problem(
        code="id-changed", message=message, location=arrival.location, hint=Message("id-changed.hint", id=row.id)
    )


def copied(arrival: Arrival, row: LedgerRow) -> Problem:
    """Return why an arrival without an id of its own is held back that is, or was, a copy of what was published."""
    is_whole = (arrival.title, arrival.body) == (row.title, row.body)
    whole, partly = (
        Message("entry-copied.whole", origin=_origin(row)),
        Message("entry-copied.partly", origin=_origin(row)),
    )
    return Problem(
        code="entry-copied",
        message=whole if is_whole else partly,
        location=arrival.location,
        hint=Message("entry-copied.hint"),
    )


def repeated(arrival: Arrival, row: LedgerRow) -> Problem:
    """Return the warning that a new arrival is what was published before under another id."""
    again = Message("entry-repeated.word-for-word", origin=_origin(row))
    taken_back = Message("entry-repeated.withdrawn", origin=_origin(row))
    return Problem(
        code="entry-repeated",
        message=again if row.withdrawn is None else taken_back,
        location=arrival.location,
        hint=Message("entry-repeated.hint", id=row.id),
    )


def of_a_day(arrival: Arrival) -> Problem:
    """Return the warning that a new arrival of today says no time."""
    message, hint = Message("published-day.today"), Message("published-day.hint", id=arrival.id)
    return Problem(code="published-day", message=message, location=arrival.location, hint=hint)


def embargoed(location: Location, embargo: "Embargo") -> Problem:
    """Return the warning that an entry goes out at once though its text names an embargo."""
    message = Message("embargo-words.unread", words=embargo.words)
    hint = Message("embargo-words.unread-hint")
    if embargo.until is not None:
        at = format_rfc3339(embargo.until)
        message = Message("embargo-words.until", words=embargo.words, at=at)
        hint = Message("embargo-words.until-hint", at=at)
    return Problem(code="embargo-words", message=message, location=location, hint=hint)


def duplicate_id(source: str, id_: str, others: Sequence[str]) -> Problem:
    """Return why a file is held back whose id stands in other files, too."""
    is_derived = id_ == derived_id(source, id_.removeprefix("tag:").rpartition(":")[0])
    files = tuple(f"content/{other}" for other in others)
    return Problem(
        code="id-duplicate",
        message=Message("id-duplicate.files", id=id_, files=files),
        location=Location(file=f"content/{source}"),
        hint=Message("id-duplicate.name-hint") if is_derived else Message("id-duplicate.hint"),
    )


def left_out(source: str, original: str) -> Problem:
    """Return that a file is the copy of an original, by its name and by its id, and does not count."""
    return Problem(
        code="copy-left-out",
        message=Message("copy-left-out.of", origin=f"content/{original}"),
        location=Location(file=f"content/{source}"),
        hint=Message("copy-left-out.hint"),
    )


def moved(arrival: Arrival, row: LedgerRow) -> Problem:
    """Return why an arrival is held back that says another time of publication than readers have."""
    hint = Message("published-moved.edit-hint", id=row.id)
    if (arrival.title, arrival.body) != (row.title, row.body):
        by_id, by_name = Message("published-moved.id-hint", id=row.id), Message("published-moved.name-hint", id=row.id)
        hint = by_id if arrival.pinned else by_name
    times = {"now": shown_instant(arrival.published), "before": shown_instant(row.published)}
    return Problem(
        code="published-moved",
        message=Message("published-moved.from", **times),
        location=arrival.location,
        hint=hint,
    )


def page_taken(arrival: Arrival, id_: str, source: str) -> Problem:
    """Return why an arrival is held back whose page is that of the entry `id_`, of the file `source` if it has one."""
    path = page_path(arrival.id)
    message = Message("page-taken.by-id", path=path, id=id_)
    if source:
        message = Message("page-taken.by-file", path=path, id=id_, file=f"content/{source}")
    return Problem(code="page-taken", message=message, location=arrival.location, hint=Message("page-taken.hint"))


def shared_link(row: LedgerRow, owner: LedgerRow) -> Problem:
    """Return the warning that an entry has the link of an older one."""
    return Problem(
        code="link-shared",
        message=Message("link-shared.with", link=row.link, file=f"content/{owner.source}"),
        location=Location(file=f"content/{row.source}"),
        hint=Message("link-shared.hint"),
    )


def draft_again(source: str, row: LedgerRow) -> Problem:
    """Return the warning that the file of a published entry holds a draft, which withdraws it."""
    file = f"content/{source}"
    return Problem(
        code="draft-published",
        message=Message("draft-published.withdraws", published=shown_instant(row.published)),
        location=Location(file=file),
        hint=Message("draft-published.hint", file=file),
    )


def _origin(row: LedgerRow) -> str:
    return f"content/{row.source}" if row.source else row.id
