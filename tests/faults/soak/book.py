"""What a server answered, and whether that was right: every answer is judged against all that came before it."""

import gzip
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from hashlib import sha256
from threading import Lock

from lxml import etree


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """An answer to a GET: when it was asked for and when it had come (seconds of one clock); `given` is the
    validator that came with the question, a tag or a date, "" where none did.
    """

    path: str
    given: str
    status: int
    fields: Mapping[str, str]
    body: bytes
    asked: float
    came: float

    @property
    def tag(self) -> str:
        """The entity tag without its quotes and without its coding."""
        return self.fields.get("etag", "").strip('"').removesuffix("-gzip")

    @property
    def content(self) -> bytes:
        """The bytes of the document. Raises `OSError` and `EOFError` where they are not what their coding says."""
        packed = self.fields.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    @property
    def modified(self) -> int:
        """Last-Modified in seconds since 1970-01-01 UTC."""
        return int(parsedate_to_datetime(self.fields["last-modified"]).timestamp())

    @property
    def holds(self) -> bool:
        """Whether the validator that came with the question is that of the document, as the answer tells it."""
        if self.given.startswith('"'):
            return self.given == self.fields["etag"]
        return bool(self.given) and self.modified <= parsedate_to_datetime(self.given).timestamp()


@dataclass(slots=True)
class Versions:
    """The versions of one document that anybody has seen: by Last-Modified, the tag and when it first had come."""

    known: list[int] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    came: dict[int, float] = field(default_factory=dict)


class Book:
    """Everything that was answered, for any number of threads. `wrong` says what no answer may be.

    `agreed` is how many seconds a worker may answer from an edition that another has left behind.
    """

    def __init__(self, agreed: float) -> None:
        self._agreed = agreed
        self.wrong: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.latencies: list[float] = []
        self._versions: dict[str, Versions] = {}
        self._bytes: dict[str, bytes] = {}
        self._lock = Lock()

    def judge(self, heard: Heard, newest: dict[str, int]) -> None:
        """Note an answer and what is wrong with it. `newest` holds what one connection has seen of every path."""
        try:
            found = self._faults(heard, newest)
        except (KeyError, ValueError, OSError, EOFError, etree.XMLSyntaxError) as error:
            found = [f"cannot be understood: {error!r}"]
        with self._lock:
            self.statuses[heard.status] += 1
            self.latencies.append(heard.came - heard.asked)
            self.wrong += [f"{heard.path}: {heard.status} {text}" for text in found]

    def versions(self) -> Iterator[tuple[str, str, int]]:
        """Yield the path, the tag and the Last-Modified of every version of which anybody was told."""
        with self._lock:
            for path, versions in self._versions.items():
                yield from ((path, tag, modified) for modified, tag in versions.tags.items())

    def _faults(self, heard: Heard, newest: dict[str, int]) -> list[str]:
        if heard.status not in (200, 304):
            return ["is no answer to a poll"]
        found = []
        if heard.status == 304 and (heard.body or not heard.holds):
            found.append(f"to {heard.given!r}, though it is {heard.fields['etag']} of {heard.fields['last-modified']}")
        if parsedate_to_datetime(heard.fields["date"]).timestamp() < heard.modified:
            found.append("was changed in the future")
        if heard.modified < newest.get(heard.path, 0):
            found.append("went back on one connection")
        newest[heard.path] = heard.modified
        with self._lock:
            found += self._place(heard)
        if heard.status == 200:
            found += self._read(heard)
        return found

    def _place(self, heard: Heard) -> list[str]:
        """Return what is wrong with the version that an answer is of, or says is still there."""
        versions, modified = self._versions.setdefault(heard.path, Versions()), heard.modified
        if modified not in versions.came:
            versions.known.insert(bisect_right(versions.known, modified), modified)
            versions.tags[modified], versions.came[modified] = heard.tag, heard.came
        found = []
        if versions.tags[modified] != heard.tag:
            found.append("has two tags for one Last-Modified")
        newer = versions.known[bisect_right(versions.known, modified) :]
        late = max((heard.asked - versions.came[other] for other in newer), default=0.0)
        if late > self._agreed:
            found.append(f"is of a version left behind {int(late)} s or more before it was asked for")
        return found

    def _read(self, heard: Heard) -> list[str]:
        """Return what is wrong with the bytes."""
        if len(heard.body) != int(heard.fields["content-length"]):
            return ["is not complete"]
        packed = heard.fields.get("content-encoding") == "gzip"
        body = heard.content
        digest = sha256(body).digest()
        found = []
        if packed != heard.fields["etag"].endswith('-gzip"'):
            found.append("has the tag of another coding")
        if not heard.tag or not digest.hex().startswith(heard.tag):
            found.append("has other bytes than its tag promises")
        # What is the same bytes need not be parsed again.
        key = f"{heard.path} {heard.tag}"
        known = self._bytes.setdefault(key, digest)
        if known != digest:
            found.append("has other bytes than before under its tag")
        if known is digest and heard.path.endswith(".json"):
            json.loads(body)
        elif known is digest:
            etree.fromstring(body)
        return found
