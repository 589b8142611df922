"""Files of which a part is still to come: an upload that is half done looks like an article that was cut short."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from sosik.errors import Problem
from sosik.ledger.facts import READ_AGAIN
from sosik.ledger.lost import Versions
from sosik.ledger.objections import shown_instant
from sosik.ledger.recognition import Arrival
from sosik.ledger.states import NONE, is_away
from sosik.ledger.verdicts import Allowances, Wait
from sosik.model import Entry, Publication
from sosik.model.values import EntryId, Seconds
from sosik.normalize.similarity import body_digest, is_beginning
from sosik.read import SourceFile, look_again
from sosik.source import problem_of
from sosik.store import SourceRow, Store
from sosik.store.records import read_problems
from sosik.words import Message

UNFINISHED = "file-unfinished"
"""The problem of a file that a build waits for by itself."""

Digests = Mapping[str, str]
"""The digests of the bytes of files, by their sources."""

PATIENCE = 30
"""Seconds for which a file may wait for the rest of it."""

_FRESH = 2.0
"""Seconds since its last change within which a file may be one that is still being written."""
_BETWEEN = 0.3
"""Seconds between two looks at such a file."""
LONGEST = 5.0
"""Seconds for which a build waits by itself after which no other may come."""
_SOON = 1
"""Seconds after which a file that grows is looked at again."""


class StillComingError(Exception):
    """The `files` hold the beginning of what was published: a build waits for them before it goes on."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self.files = files
        super().__init__(len(files))

    def wait(self, until: float) -> bool:
        """Wait until the files have changed and are quiet again; tell whether they are still being written.

        `until` when at most is in seconds of the clock that never goes back.
        """
        last, is_written = list(self.files), False
        while time.monotonic() < until:
            time.sleep(_BETWEEN)
            now = [look_again(file) or file for file in last]
            if now == last and now != self.files:
                return False
            last, is_written = now, now != last
        return is_written


class Fresh(Struct, frozen=True, kw_only=True):
    """Files that changed a moment ago, by their sources, as they were seen last; the rows of those that still grow."""

    files: Mapping[str, SourceFile] = field(default_factory=dict)
    growing: Sequence[SourceRow] = ()

    @property
    def problems(self) -> list[Problem]:
        """A warning for every file that still grows."""
        hint = Message("file-unfinished.grows-hint")
        rows = (self.files[row.path] for row in self.growing)
        return [problem_of(Message("file-unfinished.grows"), file.location, hint) for file in rows]


NOTHING_FRESH = Fresh()


def look_twice(store: Store, files: Iterable[SourceFile], now: Seconds, *, alone: bool) -> Fresh:
    """Look a second time at the files that changed a moment ago and were never published, which may still be written.

    A build that is `alone` goes on looking for a few seconds. What is published is not in question here: of that the
    last good version is up, and the text tells whether the rest is missing.
    """
    fresh = {file.source: file for file in files if 0 <= time.time() - file.changed / 1e9 < _FRESH}
    if not fresh:
        return NOTHING_FRESH
    known = store.sources.at(fresh)
    published = store.ledger.of({row.entry_id for row in known.values()})
    asked = [
        source
        for source in fresh
        if (row := known.get(source)) is None
        or (row.entry_id not in published and now - waiting_since(row, now) < PATIENCE)
    ]
    growing = {source: fresh[source] for source in asked}
    until = time.monotonic() + (LONGEST if alone else 0)
    while growing:
        time.sleep(_BETWEEN)
        again = {source: look_again(file) for source, file in growing.items()}
        growing = {source: again[source] or file for source, file in growing.items() if again[source] != file}
        fresh |= growing
        if time.monotonic() >= until:
            break
    return Fresh(files=fresh, growing=[_waiting_row(file, known.get(file.source), now) for file in growing.values()])


def waiting_since(row: SourceRow | None, now: Seconds) -> Seconds:
    """Return since when a file has been waiting for the rest of it: `now` where it has not."""
    if row is None or is_away(row) or not row.held or row.missing_since is None:
        return now
    return min(row.missing_since, now)


def _waiting_row(file: SourceFile, row: SourceRow | None, now: Seconds) -> SourceRow:
    since = waiting_since(row, now)
    if row is None:
        row = SourceRow(file.source, file.stamp, EntryId(""), pictures=NONE, held=True, problems=NONE)
    return row._replace(stamp=file.stamp, held=True, missing_since=since)


def next_look_at(growing: Sequence[SourceRow], waits: Iterable[Wait], now: Seconds) -> Seconds | None:
    """Return when the first of these files is to be looked at again; None where none waits."""
    dues = [wait.until for wait in waits]
    return min([*dues, Seconds(now + _SOON)] if growing else dues, default=None)


def waits_for_the_rest(
    store: Store, versions: Versions, digests: Digests, now: Seconds, patience: int, *, for_pictures: int
) -> Callable[[Arrival], Wait | None]:
    """Return what tells whether an arrival lacks a part of what was published, and how long it waits for that.

    None where it need not wait, or has waited long enough (seconds): `patience` where it holds but the beginning of the
    text, `for_pictures` where a picture that its file still names is away. `digests` are those of the files' bytes now.
    """

    def wait(arrival: Arrival) -> Wait | None:
        old, new = versions(arrival)
        if old is None or new is None:
            return None
        away = _pictures_away(arrival, old, new) if body_digest(old.body) == arrival.body else []
        if not away and not is_beginning(new.body, old.body):
            return None
        row = store.sources.at([arrival.source]).get(arrival.source)
        since = waiting_since(row, now)
        if not away and row is not None and _waited_for_a_picture(row) and row.digest != digests[arrival.source]:
            since = now  # what is cut now was whole while the picture was waited for
        until = Seconds(since + (for_pictures if away else patience))
        if now >= until:
            return None
        message = Message("file-unfinished.cut", until=shown_instant(until))
        hint = Message("file-unfinished.cut-hint")
        if away:
            message = Message("file-missing.picture", file=away[0], until=shown_instant(until))
            hint = Message("file-missing.picture-hint")
        return Wait(since, until, problem_of(message, arrival.location, hint))

    return wait


def _waited_for_a_picture(row: SourceRow) -> bool:
    return any(problem.code in READ_AGAIN for problem in read_problems(row.problems))


def _pictures_away(arrival: Arrival, old: Entry, new: Entry) -> list[str]:
    """Return the pictures that an entry had beside it and has no more, though its file goes on naming one."""
    here = {image.file for image in new.media}
    return [image.file for image in old.media if image.file not in here] if arrival.lacks_a_picture else []


def patience_for_pictures(publication: Publication, allowed: Allowances) -> int:
    """Return for how many seconds a picture may be away: as long as an entry's file, unless a person says otherwise."""
    return 0 if allowed.withdraw_now or allowed.withdrawals else publication.withdraw_after
