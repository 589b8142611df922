"""Who reads from a bucket that leaders fill."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

from faults.machines.database import Version
from faults.machines.readers import marks
from publish.object_stores import Bucket
from sosik.model.digests import digest_of_bytes

_PADS = 6
"""Line ends that a document may have more in a bucket than elsewhere."""


@dataclass(frozen=True)
class Found:
    """An object as it was read: when that began and ended, and the digests of its bytes, with and without line ends
    that may be too many; none where there was no object.
    """

    name: str
    asked: float
    came: float
    digests: tuple[str, ...]


class BucketReader(Thread):
    """Reads feeds from a bucket, and the pages of their articles."""

    def __init__(self, bucket: Bucket, names: Sequence[str], seed: int, pause: float, done: Event) -> None:
        super().__init__(name="bucket-reader")
        self.found: list[Found] = []
        self.seen: list[tuple[float, Mapping[int, int]]] = []
        self.missing: list[str] = []
        self.older: list[tuple[str, tuple[str, ...]]] = []
        self.failures = 0
        self.done = done
        self._bucket, self._names, self._pause = bucket, names, pause
        self._random = Random(seed)  # noqa: S311  # not for secrets

    def run(self) -> None:
        """Read until told that it is enough."""
        from obstore.exceptions import BaseError

        while not self.done.wait(self._pause):
            try:
                self._look(self._random.choice(self._names))
            except (BaseError, OSError):
                self.failures += 1

    def _look(self, name: str) -> None:
        body = self._get(name)
        if not name.endswith("feed.json") or body is None:
            return
        if name == "feed.json":
            self.seen.append((time.monotonic(), marks(body)))
        item = self._random.choice(json.loads(body)["items"])
        page = f"{unquote(urlsplit(item['url']).path).strip('/')}/index.html"
        there = self._get(page)
        (number, turn), *_ = marks(item["content_html"]).items()
        if there is None:
            self.missing.append(page)  # wrong, unless the article was taken back
        elif marks(there).get(number, 0) < turn:
            # Wrong, unless these bytes say that the article was taken back.
            self.older.append((f"bucket: {page} is older than {name}, which has edit {turn}", digests(there)))

    def _get(self, name: str) -> bytes | None:
        asked = time.monotonic()
        body = self._bucket.read(name)
        self.found.append(Found(name, asked, time.monotonic(), () if body is None else digests(body)))
        return body


def digests(body: bytes) -> tuple[str, ...]:
    """Return the ETags that documents may have which lie as these bytes."""
    found = [body]
    while found[-1].endswith(b"\n") and len(found) <= _PADS:
        found.append(found[-1][:-1])
    return tuple(digest_of_bytes(one)[:32] for one in found)


def went_back(found: Sequence[Found], versions: Mapping[str, Sequence[Version]]) -> list[str]:
    """Return what is wrong with what was read: bytes that no edition had, and bytes older than others before.

    `versions` are those of every object, in their order.
    """
    wrong = []
    places: dict[str, list[tuple[float, int]]] = {}
    for one in sorted(found, key=lambda each: each.asked):
        known = [tag for tag, _ in versions.get(one.name, ())]
        if not one.digests:
            if any(came <= one.asked for came, _ in places.get(one.name, ())) and "" not in known:
                wrong.append(f"bucket: {one.name} was there, and then not")
            continue
        earlier = places.setdefault(one.name, [])
        floor = max((place for came, place in earlier if came <= one.asked), default=0)
        possible = [place for place, tag in enumerate(known) if tag in one.digests]
        if not possible:
            wrong.append(f"bucket: {one.name} has bytes of no edition")
        elif max(possible) < floor:
            wrong.append(f"bucket: {one.name} went back")
        else:
            earlier.append((one.came, min(place for place in possible if place >= floor)))
            if len(earlier) > 64:
                # Only the latest count: what is read now began after almost all of them.
                del earlier[:-32]
                earlier.insert(0, (0.0, floor))
    return wrong
