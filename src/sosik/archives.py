"""A feed's archive (RFC 5005, section 4): one document for each month of publication, chained from old to new.

A month over the size budget is split: `2024-01` holds its oldest entries, `2024-01-2` the next. So a new article only
changes the newest document, and a late correction only that of its month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from itertools import groupby

from sosik.model import ArchiveLinks, Listing
from sosik.selection import Selection, size_of
from sosik.store.records import instant

BUDGET = 400_000
"""Bytes of an archive document, as far as its entries' sizes tell; reading it stays cheap."""


def with_archives(selections: Sequence[Selection], zone: tzinfo) -> list[Selection]:
    """Return the selections, each followed by the documents of its archive; months are those of `zone`."""
    found: list[Selection] = []
    for selection in selections:
        if selection.definition.archive == "none":
            found.append(selection)
            continue
        parts = list(_parts(selection.archive, zone))
        paths = [selection.feed.document_path(f"archive/{label}").strip("/") for label, _ in parts]
        newest = paths[-1] if paths else None
        found.append(replace(selection, links=ArchiveLinks(previous=newest)))
        found += [
            _document(selection, label, members, _around(paths, number, selection.feed.path))
            for number, (label, members) in enumerate(parts)
        ]
    return found


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

    def month(listing: Listing) -> str:
        return f"{instant(listing.published).astimezone(zone):%Y-%m}"

    for label, members in groupby(reversed(listings), key=month):
        for number, part in enumerate(_split(members), start=1):
            yield (label if number == 1 else f"{label}-{number}"), part[::-1]


def _split(listings: Iterator[Listing]) -> Iterator[list[Listing]]:
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
