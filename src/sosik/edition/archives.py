"""A feed's archive (RFC 5005, section 4): one document for each month of publication, chained from old to new.

A month over the size budget is split: `2024-01` holds its oldest entries, `2024-01-2` the next. So a new article only
changes the newest document, and a late correction only that of its month.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import partial

from sosik.edition.memo import NO_MEMO, Memo
from sosik.edition.selection import Selection, size_of
from sosik.model import ArchiveLinks, ArchivePeriod, Listing
from sosik.model.instants import instant

BUDGET = 400_000
"""Bytes of an archive document, as far as its entries' sizes tell; reading it stays cheap."""


def with_archives(selections: Iterable[Selection], zone: tzinfo, memo: Memo = NO_MEMO) -> list[Selection]:
    """Return the selections, each followed by the documents of its archive; months are those of `zone`."""
    unfolded: list[Selection] = []
    for selection in selections:
        if selection.definition.archive is ArchivePeriod.NONE:
            unfolded.append(selection)
        else:
            make = partial(_archived, selection, zone, memo)
            unfolded += memo.get(("archive", selection.feed.name), (selection,), make)
    return unfolded


def _archived(selection: Selection, zone: tzinfo, memo: Memo) -> list[Selection]:
    parts = dict(_parts(selection.archive, zone))
    paths = [selection.feed.document_path(f"archive/{label}").strip("/") for label in parts]
    newest = paths[-1] if paths else None
    documents = [replace(selection, links=ArchiveLinks(previous=newest))]
    for number, (label, members) in enumerate(parts.items()):
        links = _around(paths, number, selection.feed.path)
        make = partial(_document, selection, label, members, links)
        documents.append(memo.get(("archived", selection.feed.name, label), (selection.feed, members, links), make))
    return documents


def _around(paths: Sequence[str], number: int, current: str) -> ArchiveLinks:
    return ArchiveLinks(
        previous=paths[number - 1] if number else None,
        next=paths[number + 1] if number + 1 < len(paths) else None,
        current=current,
    )


def _document(selection: Selection, label: str, members: Sequence[Listing], links: ArchiveLinks) -> Selection:
    feed = selection.feed
    path = feed.document_path(f"archive/{label}").strip("/")
    return replace(
        selection,
        feed=replace(feed, name=f"{feed.name}/archive/{label}", path=path),
        members=tuple(members),
        links=links,
        archive=(),
    )


def _parts(listings: Sequence[Listing], zone: tzinfo) -> Iterator[tuple[str, list[Listing]]]:
    """Yield the label and the members, newest first, of every document of an archive, the oldest first."""

    rest = listings[::-1]
    while rest:
        start = instant(rest[0].published).astimezone(zone)
        end = bisect_left(rest, _month_end(start), key=_published)
        for number, part in enumerate(_split(rest[:end]), start=1):
            label = f"{start:%Y-%m}"
            yield (label if number == 1 else f"{label}-{number}"), part[::-1]
        rest = rest[end:]


def _published(listing: Listing) -> int:
    return listing.published


def _month_end(at: datetime) -> int:
    """Return the first second of the month after that of an aware instant, in its own zone."""
    following = (at.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0, fold=0)
    return int(following.timestamp())


def _split(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    """Yield runs of listings, in order, each within the budget unless a single one is over it."""
    part: list[Listing] = []
    total = 0
    for listing in listings:
        if part and total + size_of(listing) > BUDGET:
            yield part
            part, total = [], 0
        part.append(listing)
        total += size_of(listing)
    if part:
        yield part
