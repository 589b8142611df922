"""New sections, tags and authors that look like old ones spelled otherwise: told once, with the name of the old one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from sosik.edition.selection import VALUES
from sosik.edition.terms import Terms
from sosik.errors import Location, Problem
from sosik.ledger.changed import Pair
from sosik.model import Criterion, Listing
from sosik.model.values import EntryId
from sosik.normalize.bylines import TITLE
from sosik.store import Store
from sosik.words import Message

LATEST = 100
"""The newest entries that are looked at for names of which there is no family of feeds."""

MOST_TOLD = 20

_LOOSE = re.compile("[\\s\"'`´‘’“”「」『』《》〈〉]+")  # the marks of Korean print

_POST = "해설위원|위원|주필|편집장|부장|차장|국장|팀장|앵커|아나운서|에디터|PD|피디"

_TITLE = re.compile(rf"(?<=\S\S)\s*(?:{TITLE}|{_POST})\Z")

_KINDS = {
    Criterion.SECTION: Message("name-similar.section"),
    Criterion.TAG: Message("name-similar.tag"),
    Criterion.AUTHOR: Message("name-similar.author"),
}


def similar(store: Store, terms: Terms, changed: Mapping[EntryId, Pair]) -> Iterator[Problem]:
    """Yield a warning for each value that came with an entry, and that published entries have in another spelling.

    Only where a value came is anything asked of the store, and entries are not read for it, but the newest where no
    feeds are made of such values.
    """
    now = {id_: listing for id_, (_, listing) in changed.items() if listing is not None}
    told = 0
    for criterion, values_of in VALUES.items():
        came: dict[str, Listing] = {}
        for id_, listing in now.items():
            before = changed[id_][0]
            for value in set(values_of(listing)).difference(values_of(before) if before else ()):
                came.setdefault(value, listing)
        known = _known(store, terms, criterion, came, now) if came else set()
        old = {key_of_name(value, criterion): value for value in sorted(known, reverse=True)}
        for value in sorted(came.keys() - known):
            other = old.get(key_of_name(value, criterion))
            if other and (told := told + 1) <= MOST_TOLD:
                yield _similar(criterion, value, other, came[value])


def key_of_name(value: str, criterion: Criterion) -> str:
    """Return a value as it is compared: without case, spaces and quotation marks, and an author without a title."""
    text = unicodedata.normalize("NFKC", value).strip()
    if criterion is Criterion.AUTHOR:
        text = _TITLE.sub("", text)
    return _LOOSE.sub("", text).casefold()


def _known(
    store: Store, terms: Terms, criterion: Criterion, came: Collection[str], now: Mapping[EntryId, Listing]
) -> set[str]:
    """Return the values that other published entries have."""
    families = [one.name for one in terms.definitions if one.each is criterion]
    seen = [listing for listing in now.values() if listing.published <= terms.now]
    by_them = Counter(value for listing in seen for value in VALUES[criterion](listing))
    known: set[str] = set()
    for name in families:
        new = {value for value in came if not store.membership.has_more((name, value), by_them[value], terms.now)}
        if new:
            known |= {*store.membership.values(name)} - new
    if not families:
        latest = store.membership.latest(terms.now, LATEST)
        known = {value for one in latest if one.id not in now for value in VALUES[criterion](one)}
    return known


def _similar(criterion: Criterion, value: str, old: str, listing: Listing) -> Problem:
    return Problem(
        code="name-similar",
        message=Message("name-similar.old", kind=_KINDS[criterion], value=value, old=old),
        location=Location(file=f"content/{listing.source}"),
        hint=Message("name-similar.hint", old=old),
    )
