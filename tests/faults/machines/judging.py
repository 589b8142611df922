"""What must have come of it, once all is over: every version that anybody was given, and what every edition held."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from statistics import median
from urllib.parse import unquote

from faults.machines.bucket import BucketReader, digests, went_back
from faults.machines.database import Version
from faults.machines.desk import Saved
from faults.machines.readers import marks
from faults.soak.book import Book
from publish.object_stores import Bucket
from sosik.publish.bucket.pointer import NAME, read_pointer
from sosik.publish.parts import file_path

Bodies = Mapping[tuple[str, str], bytes]
"""The bytes of JSON feeds, by path and ETag."""


def unknown_versions(book: Book, versions: Mapping[str, Sequence[Version]]) -> Iterator[str]:
    """Yield what was served and is of no edition."""
    known = {path: {*found} for path, found in versions.items()}
    for path, tag, modified in book.versions():
        if (tag, modified) not in known.get(unquote(path), ()):
            yield f"{path}: {tag} of {modified} is of no edition"


def numbered_twice(editions: Sequence[int]) -> Iterator[str]:
    """Yield what is wrong with the order of editions."""
    for before, after in pairwise(editions):
        if after <= before:
            yield f"edition {after} came after {before}"


def restless(bodies: Bodies, versions: Mapping[str, Sequence[Version]]) -> Iterator[str]:
    """Yield where a feed went back to an earlier text, posted an article again, or changed when it was published."""
    posted = _Posted()
    for path, found in _in_order(bodies, versions).items():
        newest: dict[int, int] = {}
        for body in found:
            yield from (f"{path}: {fault}" for fault in posted.faults(json.loads(body)["items"]))
            for number, turn in marks(body).items():
                if turn < newest.get(number, 0):
                    yield f"{path}: article {number} went back from edit {newest[number]} to {turn}"
                newest[number] = turn


def _in_order(bodies: Bodies, versions: Mapping[str, Sequence[Version]]) -> dict[str, list[bytes]]:
    """Return the bytes of each feed in the order in which editions had them."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    orders = {path: [tag for tag, _ in known] for path, known in versions.items()}
    for (path, tag), body in bodies.items():
        order = orders.get(unquote(path), [])
        if tag in order:
            found.setdefault(path, []).append((order.index(tag), body))
    return {path: [body for _, body in sorted(known)] for path, known in found.items()}


class _Posted:
    """What is known of every article that was ever in a feed."""

    def __init__(self) -> None:
        self._published: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def faults(self, items: Sequence[Mapping[str, str]]) -> Iterator[str]:
        """Yield what is wrong with the items of a feed."""
        if len({item["id"] for item in items}) != len(items):
            yield "an article twice"
        for item in items:
            if self._published.setdefault(item["id"], item["date_published"]) != item["date_published"]:
                yield f"{item['id']} changed when it was published"
            if self._ids.setdefault(item["title"], item["id"]) != item["id"]:
                yield f"{item['title']} was posted with another id"


def wrong_in_bucket(bucket: Bucket, heads: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a bucket at the end; `heads` are the ETags of all documents by path."""
    body = bucket.read(NAME)
    pointer = read_pointer(body or b"")
    if not pointer.is_complete:
        yield "bucket: the last edition is not complete"
    for path, tag in heads.items():
        name = str(file_path(path))
        found = bucket.read(name)
        if found is None or tag not in digests(found):
            yield f"bucket: {name} is not as in the last edition"
        elif name not in pointer.objects or pointer.objects[name].form.digest != digests(found)[0]:
            yield f"bucket: {name} is not what its list says"


def wrong_for_bucket_readers(
    reader: BucketReader, versions: Mapping[str, Sequence[Version]], gone: Set[str]
) -> Iterator[str]:
    """Yield what was wrong with what was read there while all went on. `gone` are the ETags of what was taken back.

    What is taken back goes from its page first, and then from the feeds that lead there.
    """
    named = {str(file_path(path)): found for path, found in versions.items()}
    yield from (text for text, tags in reader.older if gone.isdisjoint(tags))
    yield from went_back(reader.found, named)
    for name in reader.missing:
        if ("", 0) not in named.get(name, ()):
            yield f"bucket: {name} is missing, and a feed leads there"


# --- how long an edit takes


def seen_at(seen: Sequence[tuple[float, Mapping[int, int]]], saved: Sequence[Saved]) -> dict[int, float]:
    """Return when each edit that shows was first seen, by its turn."""
    shown: dict[int, tuple[list[int], list[float]]] = {}
    for came, found in seen:
        for number, turn in found.items():
            turns, times = shown.setdefault(number, ([], []))
            if not turns or turn > turns[-1]:
                turns.append(turn)
                times.append(came)
    first = {}
    for one in saved:
        turns, times = shown.get(one.number, ([], []))
        place = bisect_left(turns, one.turn)
        if one.edit.shown and place < len(times):
            first[one.turn] = times[place]
    return first


def delays(saved: Sequence[Saved], places: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Return the seconds until each edit was seen at all places, by its turn."""
    return {
        one.turn: max(place[one.turn] for place in places) - one.at
        for one in saved
        if all(one.turn in place for place in places)
    }


def row(name: str, seconds: Sequence[float]) -> str:
    """Return the median, the worst of a hundred and the worst."""
    ranked = sorted(seconds) or [0.0]
    chosen = (median(ranked), ranked[len(ranked) * 99 // 100], ranked[-1])
    return f"{name:44} " + " ".join(f"{value:9.2f}" for value in chosen) + f"  of {len(seconds):,}"
