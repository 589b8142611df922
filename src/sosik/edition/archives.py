"""A feed's archive (RFC 5005, section 4): one document for each month of publication, chained from old to new.

A month over the size budget is split: `2024-01` holds its oldest entries, `2024-01-2` the next. So a new article only
changes the newest document, and a late correction only that of its month.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec.structs import replace

from sosik.edition.kept import in_time
from sosik.edition.selection import Selection
from sosik.edition.window import size_of
from sosik.model import ArchiveLinks, Feed, Listing
from sosik.model.instants import instant, seconds
from sosik.model.values import DocumentPath, Seconds

BUDGET = 400_000
"""Bytes of an archive document, as far as its entries' sizes tell; reading it stays cheap."""


def month_of(at: Seconds, zone: tzinfo) -> str:
    """Return the month of an instant (seconds), by the clocks of a zone: `2024-01`."""
    return f"{instant(at).astimezone(zone):%Y-%m}"


def bounds(month: str, zone: tzinfo) -> tuple[Seconds, Seconds]:
    """Return the first second of a month, and that of the next one."""
    year, number = in_time(month)[:2]
    start = datetime(year, number, 1, tzinfo=zone)
    return seconds(start), seconds((start + timedelta(days=32)).replace(day=1))


def with_archive(
    selection: Selection,
    before: Sequence[str],
    months: Collection[str],
    cut: Callable[[str], Sequence[Listing]],
) -> list[Selection]:
    """Return the current document of a feed, followed by the documents of its archive that may be others now.

    `before` are the labels that the archive had, `months` those in which entries changed; `cut` gives the listings of a
    month, newest first. The others stay, but for those beside which a document came. None goes: one of which all
    entries went is empty.
    """

    def parted(month: str) -> dict[str, list[Listing]]:
        return {label: [] for label in before if month_of_label(label) == month} | dict(_labelled(month, cut(month)))

    parts = {label: part for month in months for label, part in parted(month).items()}
    labels = tuple(sorted({*before, *parts}, key=in_time))
    selection = replace(selection, labels=labels)
    around, were = _links(selection.feed, labels), _links(selection.feed, before)
    moved = {month_of_label(label) for label in labels if label not in parts and around[label] != were[label]}
    parts |= {label: part for month in moved for label, part in parted(month).items()}
    return joined_archive(selection, labels, parts)


def joined_archive(
    selection: Selection, labels: Sequence[str], parts: Mapping[str, Sequence[Listing]]
) -> list[Selection]:
    """Return the current document of a feed with an archive of some `labels`, and the documents of those in `parts`."""
    around = _links(selection.feed, labels)
    newest = archive_folder(selection.feed, labels[-1]) if labels else None
    current = replace(selection, links=ArchiveLinks(previous=newest))
    return [current, *(_document(selection, label, parts[label], around[label]) for label in labels if label in parts)]


def archive_folder(feed: Feed, label: str) -> str:
    """Return the folder of a document of a feed's archive."""
    return feed.document_path(f"archive/{label}").strip("/")


def archive_paths(feed: Feed, label: str, filenames: Iterable[str]) -> Iterator[DocumentPath]:
    """Yield the paths of a document of a feed's archive in each of its formats."""
    yield from (DocumentPath(f"/{archive_folder(feed, label)}/{filename}") for filename in filenames)


def _links(feed: Feed, labels: Sequence[str]) -> dict[str, ArchiveLinks]:
    """Return the documents around each document of an archive."""
    paths = [archive_folder(feed, label) for label in labels]
    return {
        label: ArchiveLinks(previous=before, next=after, current=feed.path)
        for label, before, after in zip(labels, [None, *paths], [*paths[1:], None], strict=False)
    }


def _document(selection: Selection, label: str, members: Sequence[Listing], links: ArchiveLinks) -> Selection:
    feed = selection.feed
    named = replace(feed, name=f"{feed.name}/archive/{label}", path=archive_folder(feed, label))
    archived = replace(selection, feed=named, members=tuple(members), links=links, labels=(), label=label)
    return replace(archived, shortened=frozenset(), too_many=0, too_large=0)


def _labelled(month: str, listings: Sequence[Listing]) -> Iterator[tuple[str, list[Listing]]]:
    """Yield the label and the members, newest first, of every document of a month, the oldest first."""
    for number, part in enumerate(_split(listings[::-1]), start=1):
        yield (month if number == 1 else f"{month}-{number}"), part[::-1]


def month_of_label(label: str) -> str:
    """Return the month of a document of an archive."""
    return "-".join(label.split("-")[:2])


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
