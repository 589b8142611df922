"""The documents of one feed that may differ after an edit: of its entries only those are read that may be in them."""

from collections.abc import Collection, Sequence

from sosik.edition.archives import bounds, month_of, with_archive
from sosik.edition.selection import Key, Selection, public, selection_of
from sosik.edition.terms import Terms
from sosik.edition.window import CORRECTED_STAYS, most_shown, promised_since
from sosik.model import ArchivePeriod, Listing, Window
from sosik.model.values import Seconds
from sosik.store import Store


def cut(store: Store, terms: Terms, key: Key, labels: Sequence[str], published: Collection[Seconds]) -> list[Selection]:
    """Return the current document of a feed, and those of its archive that may differ: its entries are not all read.

    `labels` are those that its archive had, `published` when the entries were published that changed.
    """
    definition, now, members = terms.definition(key), terms.now, store.membership
    newest, recent = _newest(store, key, definition.window, now)
    lately = members.changing(key, now, now, Seconds(now + CORRECTED_STAYS))
    listings = public({listing.id: listing for listing in (*newest, *lately)}.values(), now)
    selection = selection_of(definition, key[1], listings, terms.publication, now=now, recent=recent)
    if definition.archive is ArchivePeriod.NONE:
        return [selection]

    def month(label: str) -> list[Listing]:
        return members.between(key, *bounds(label, terms.zone), now)

    return with_archive(selection, labels, {month_of(at, terms.zone) for at in published}, month)


def _newest(store: Store, key: Key, limits: Window, now: Seconds) -> tuple[list[Listing], int | None]:
    """Return the newest entries of a feed, as many as its document may show, and how many its hours hold.

    More than `at_most` are only read in a burst; otherwise those read are all of the hours, and need not be counted.
    """
    newest = store.membership.newest(key, now, limits.at_most)
    if len(newest) < limits.at_most or newest[-1].published < (since := promised_since(newest[0], limits)):
        return newest, None
    return store.membership.newest(key, now, most_shown(limits)), store.membership.count_since(key, since, now)
