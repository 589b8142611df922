"""One run through the queue: sends the due notifications and records successes and failures in the store."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from itertools import groupby

from msgspec.structs import replace

from sosik.announce.hindrance import PATIENCE, Hindrance, Obstacle, read_hindrances, write_hindrances
from sosik.announce.outcome import Announced
from sosik.announce.protocols import IndexNowTelling, Telling, WebSubTelling
from sosik.announce.visibility import Visibility
from sosik.edition.announcements import HINDERED, INDEXNOW, WEBSUB, targets_of
from sosik.model import ANNOUNCED, Publication
from sosik.store import AnnouncementRow, Changes, DocumentHead, LockedError, Place, TargetRow, open_snapshot, open_store
from sosik.web import NoAnswerError, ask
from sosik.words import Message

FIRST_LOOK = 1
"""Seconds until an address that does not show the new bytes is looked at again; then twice as long each time."""
LAST_LOOK = 600
FIRST_RETRY = 30
"""Seconds until a target that failed is asked again; then twice as long each time."""
LAST_RETRY = 6 * 3600
LONGEST_WISH = 86_400
"""Seconds for which a target may ask us to wait (Retry-After)."""
GIVE_UP = 7 * 86_400
"""Seconds after which what cannot be told is forgotten: by then everybody has polled."""

_PATIENCE = 60
"""Seconds to wait for a build to end before what was told is written down."""


def announce(
    place: Place, publication: Publication, *, now: int | None = None, by_hand: bool = False, budget: float = 60.0
) -> Announced:
    """Tell everyone who is due of what changed, as the store at `place` has queued it.

    `now` is in seconds; no request begins after `budget` seconds. By hand, only what targets themselves asked us to
    wait for is waited for. Never raises for what others do; raises `StoreError` when the store cannot be used.
    """
    configured = set(targets_of(publication))
    if not configured:
        return Announced()
    at = int(time.time()) if now is None else now
    with closing(open_snapshot(place)) as snapshot, snapshot.reading():
        waiting, targets = snapshot.announcements.waiting(), snapshot.announcements.targets()
        heads = snapshot.heads_of(ANNOUNCED)
        hindered = read_hindrances(snapshot.meta(HINDERED))
    run = _Run(publication, heads, targets, hindered, partial(_own, place), now=at, by_hand=by_hand, budget=budget)
    rows = [row for row in waiting if row.target in configured]
    run.tell_all(rows)
    if run.told or run.delayed or run.dropped or run.changed or run.hindered != hindered:
        _write_down(place, run)
    left = {(row.target, row.url): row for row in rows}
    left.update({(row.target, row.url): row for row in run.delayed})
    for row in (*run.told, *run.dropped):
        left.pop((row.target, row.url), None)
    return Announced(
        told=tuple(run.told),
        waiting=tuple(left.values()),
        targets={**targets, **run.changed},
        hindered=run.hindered,
    )


def _own(place: Place, head: DocumentHead) -> bytes | None:
    """Return the bytes of a document, None where a later edition has others."""
    with closing(open_snapshot(place)) as snapshot, snapshot.reading():
        return snapshot.body(head.path) if snapshot.head(head.path) == head else None


def _write_down(place: Place, run: "_Run") -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            store = open_store(place)
            break
        except LockedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
    with store, store.transaction():
        store.announcements.drop([*run.told, *run.dropped])
        store.announcements.delay(run.delayed)
        store.announcements.put_targets(run.changed.values())
        store.apply(Changes(meta={HINDERED: write_hindrances(run.hindered)}))


class _Run:
    """One run: what it told, delayed and dropped, and the targets whose state changed."""

    def __init__(
        self,
        publication: Publication,
        heads: Sequence[DocumentHead],
        targets: dict[str, TargetRow],
        hindered: Mapping[str, Hindrance],
        own: Callable[[DocumentHead], bytes | None],
        *,
        now: int,
        by_hand: bool,
        budget: float,
    ) -> None:
        self.told: list[AnnouncementRow] = []
        self.delayed: list[AnnouncementRow] = []
        self.dropped: list[AnnouncementRow] = []
        self.changed: dict[str, TargetRow] = {}
        self._told_unseen: set[str] = set()
        self._targets = targets
        self._now = now
        self._by_hand = by_hand
        self._end = time.monotonic() + budget
        self._topics = {publication.address(head.path) for head in heads}
        self.hindered = {address: one for address, one in hindered.items() if address in self._topics}
        self._visibility = visibility = Visibility({publication.address(head.path): head for head in heads}, own)
        self._tellings: dict[str, Telling] = {WEBSUB: WebSubTelling(visibility)}
        if publication.indexnow:
            self._tellings[INDEXNOW] = IndexNowTelling(publication, publication.indexnow, visibility)

    def tell_all(self, rows: Sequence[AnnouncementRow]) -> None:
        """Go through the queue, target by target."""
        self.dropped += [row for row in rows if row.protocol == WEBSUB and row.url not in self._topics]
        due = [row for row in rows if row not in self.dropped and (self._by_hand or row.due <= self._now)]
        for (target, protocol), of_target in groupby(sorted(due, key=_group), _group):
            state = self._targets.get(target, TargetRow(target))
            if state.due <= self._now or (self._by_hand and not state.asked):
                self._tell(state, self._tellings[protocol], list(of_target))
        for address, obstacle in self._visibility.looked.items():
            if obstacle is None:
                self.hindered.pop(address, None)
        for address in self._told_unseen:
            # What stands in the way still does; the next change has ten minutes of its own.
            self.hindered[address] = replace(self.hindered[address], since=0)

    def _tell(self, state: TargetRow, telling: Telling, rows: list[AnnouncementRow]) -> None:
        """Tell one target, until it fails: then the rest would fare no better."""
        for batch in telling.batches(rows):
            if time.monotonic() >= self._end:
                return
            obstacle = telling.obstacle(batch)
            if obstacle is not None and not self._is_told_all_the_same(obstacle, batch):
                until = self.hindered[obstacle.address].since + PATIENCE if obstacle.is_unsure else 0
                self._delay(batch, obstacle.message, due=True, until=until)
                continue
            failure, wish = _post(state.target, telling.body(batch), telling.content_type)
            if failure is not None:
                self._fail(state, failure, wish)
                self._delay(rows[rows.index(batch[0]) :], failure, due=False)
                return
            self.told += batch
            if obstacle is not None:
                self._told_unseen.add(obstacle.address)
            state = state._replace(
                told=state.told + len(batch), told_at=self._now, failures=0, due=0, asked=False, outcome=""
            )
            self.changed[state.target] = state

    def _is_told_all_the_same(self, obstacle: Obstacle, batch: Sequence[AnnouncementRow]) -> bool:
        """Note an obstacle; tell whether the first change that met it has waited long enough to be told unseen."""
        known = self.hindered.get(obstacle.address)
        first = min(row.since for row in batch)
        since = min(known.since, first) if known is not None and known.since else first
        self.hindered[obstacle.address] = Hindrance(obstacle, since)
        return obstacle.is_unsure and self._now - since >= PATIENCE

    def _fail(self, state: TargetRow, failure: Message, wish: int) -> None:
        patience = min(FIRST_RETRY * 2 ** min(state.failures, 20), LAST_RETRY)
        self.changed[state.target] = state._replace(
            failed=state.failed + 1,
            failed_at=self._now,
            failures=state.failures + 1,
            due=self._now + max(patience, wish),
            asked=wish > 0,
            outcome=failure,
        )

    def _delay(self, rows: Sequence[AnnouncementRow], outcome: Message | str, *, due: bool, until: int = 0) -> None:
        """Let rows wait, with a time of their own if `due`, no longer than `until` if that lies ahead.

        What waited too long is dropped.
        """
        for row in rows:
            if self._now - row.since > GIVE_UP:
                self.dropped.append(row)
                continue
            pause = min(FIRST_LOOK * 2 ** min(row.tries, 20), LAST_LOOK) if due else 0
            pause = min(pause, until - self._now) if until > self._now else pause
            self.delayed.append(row._replace(tries=row.tries + due, due=self._now + pause, outcome=outcome))


def _group(row: AnnouncementRow) -> tuple[str, str]:
    return row.target, row.protocol


def _post(target: str, body: bytes, content_type: str) -> tuple[Message | None, int]:
    """Tell a target; return why that failed, None if it did not, and the seconds for which it asked us to wait."""
    try:
        reply = ask("POST", target, body=body, content_type=content_type, only_public=True)
    except NoAnswerError as error:
        return error.message, 0
    if 200 <= reply.status < 300:
        return None, 0
    if 300 <= reply.status < 400:
        return Message("announce.moved", status=reply.status), 0
    return Message("announce.answered", status=_status(reply.status)), _seconds(reply.retry_after)


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _seconds(retry_after: str) -> int:
    """Return the seconds of a Retry-After field (RFC 9110, 10.2.3), 0 where there is none or it is no sense."""
    text = retry_after.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(int(text), LONGEST_WISH)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0, min(int((at - datetime.now(UTC)).total_seconds()), LONGEST_WISH))
