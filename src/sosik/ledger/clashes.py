"""What only shows when all entries are looked at together: one id in two files, one link of two, many that vanish."""

from collections.abc import Collection, Iterable, Mapping

from sosik.errors import Location, Problem
from sosik.ledger.objections import duplicate_id, left_out, shared_link
from sosik.ledger.verdicts import Claim
from sosik.model.values import EntryId
from sosik.read import originals_of
from sosik.store.rows import LedgerRow
from sosik.words import Message

VANISHED_MANY = 10
"""At least so many entries must vanish at once, and more than a tenth of all, for an edition to be refused."""


def find_clashes(claims: Iterable[Claim], owners: Mapping[EntryId, str]) -> dict[str, Problem]:
    """Return a problem for every source whose id another file has.

    The file keeps it that it was published from (`owners`: sources by id), or the only one that is to be published.
    """
    claimants: dict[EntryId, list[Claim]] = {}
    for claim in claims:
        claimants.setdefault(claim.id, []).append(claim)
    problems = {}
    for id_, clashing in claimants.items():
        if len(clashing) < 2:
            continue
        sources = [claim.source for claim in clashing]
        public = [claim.source for claim in clashing if claim.is_public]
        owner = owners.get(id_, "")
        keeper = owner if owner in sources else public[0] if len(public) == 1 and id_ not in owners else ""
        for source in sources:
            if source != keeper:
                problems[source] = duplicate_id(source, id_, [other for other in sources if other != source])
    return problems


def find_copies(claims: Iterable[Claim]) -> dict[str, Problem]:
    """Return a warning for every source that is, by its name and by its id, a copy of another one.

    The original counts, published or not.
    """
    claimants: dict[EntryId, set[str]] = {}
    for claim in claims:
        claimants.setdefault(claim.id, set()).add(claim.source)
    problems = {}
    for sources in claimants.values():
        for source in sources if len(sources) > 1 else ():
            original = next((other for other in originals_of(source) if other in sources), None)
            if original is not None:
                problems[source] = left_out(source, original)
    return problems


def shared_links(rows: Iterable[LedgerRow]) -> list[Problem]:
    """Return a warning for every published entry whose link is that of an older one, however long both have had it.

    `rows` are at least those that share their link.
    """
    sharing: dict[str, list[LedgerRow]] = {}
    for row in rows:
        if row.link and row.withdrawn is None:
            sharing.setdefault(row.link, []).append(row)
    problems = []
    for group in sharing.values():
        if len(group) > 1:
            first, *others = sorted(group, key=lambda row: (row.published, row.id))
            problems += [shared_link(row, first) for row in others]
    return problems


def too_many_vanish(vanished: Collection[str], live: int, *, content_empty: bool) -> Problem | None:
    """Return why an edition in which `vanished` entries of `live` ones are gone is refused, or None if it is not."""
    many = len(vanished) >= VANISHED_MANY and len(vanished) * 10 > live
    if not many and not (content_empty and vanished):
        return None
    return Problem(
        code="withdrawn-many",
        message=Message("withdrawn-many.gone", count=len(vanished), all=live),
        location=Location(file="content"),
        hint=Message("withdrawn-many.hint"),
    )
