"""A tally summed up: feeds, services, days, and the clients that waste the most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from sosik.audience.services import ServiceKind, read_agent
from sosik.audience.shown import clean, clean_bytes
from sosik.audience.tally import MOST_SUBSCRIBERS, Cell, Client, Tally
from sosik.words import Message

FREQUENT = 240
"""Seconds between two polls, on average, below which a client polls too often: an answer may be kept for 300."""
_POLLS_TO_JUDGE = 20
_REPEATS_TO_JUDGE = 3


class Traffic(Struct, frozen=True, kw_only=True):
    """What polls cost, in bytes. `saved` is what answers without a body would have cost, judged by those with one."""

    polls: int = 0
    unchanged: int = 0
    sent: int = 0
    saved: int = 0

    @property
    def unchanged_share(self) -> float:
        """The share of polls that were answered with an empty 304, 0 to 1."""
        return self.unchanged / self.polls if self.polls else 0.0


class SubscriberClaim(Struct, frozen=True, kw_only=True):
    """What a service says of a feed: how many `subscribers` on the last day it polled, and at most."""

    service: str
    feed_id: str
    subscribers: int
    most: int
    last_day: date


class FeedAudience(Struct, frozen=True, kw_only=True):
    """Who polls one feed. `readers` is the greatest number of clients without a number on one day, an estimate."""

    path: str
    subscribers: int
    readers: int
    claims: tuple[SubscriberClaim, ...]
    traffic: Traffic


class DayAudience(Struct, frozen=True, kw_only=True):
    """One day, all feeds together."""

    day: date
    subscribers: int
    readers: int
    traffic: Traffic


class ServiceAudience(Struct, frozen=True, kw_only=True):
    """What one service does, all feeds together. `subscribers` is None of what never says a number."""

    name: str
    kind: ServiceKind
    subscribers: int | None
    polls: int
    unchanged: int
    sent: int


class WastefulClient(Struct, frozen=True, kw_only=True):
    """A client that costs more than it need. `interval` is the mean time between its polls, in seconds."""

    address: str
    agent: str
    service: str
    path: str
    polls: int
    unchanged: int
    repeats: int
    wasted: int
    interval: int
    reasons: tuple[Message, ...]


class Audience(Struct, frozen=True, kw_only=True):
    """Everything that logs tell. `lines` are all, `malformed` those in no format, `elsewhere` those of no feed."""

    lines: int
    malformed: int
    elsewhere: int
    refused: Mapping[int, int]
    first: datetime | None
    last: datetime | None
    traffic: Traffic
    subscribers: int
    readers: int
    feeds: tuple[FeedAudience, ...]
    services: tuple[ServiceAudience, ...]
    days: tuple[DayAudience, ...]
    wasteful: tuple[WastefulClient, ...]
    notes: tuple[Message | str, ...]


def summarize(tally: Tally, *, top: int = 10, damaged: Iterable[Message | str] = ()) -> Audience:
    """Return what a tally comes to, with the `top` wasteful clients; `damaged` says which logs could not be read."""
    by_feed: dict[str, dict[int, Cell]] = defaultdict(dict)
    for (path, day), cell in tally.cells.items():
        by_feed[path][day] = cell
    sizes = {path: _mean_size(cells.values()) for path, cells in by_feed.items()}
    feeds = [_feed(path, cells, sizes[path], tally.precision) for path, cells in by_feed.items()]
    days = _days(tally, sizes)
    span = tally.span
    return Audience(
        lines=tally.lines,
        malformed=tally.malformed,
        elsewhere=tally.elsewhere,
        refused=dict(sorted(tally.refused.items())),
        first=datetime.fromtimestamp(span[0], tally.zone) if span else None,
        last=datetime.fromtimestamp(span[1], tally.zone) if span else None,
        traffic=_sum(feed.traffic for feed in feeds),
        subscribers=sum(feed.subscribers for feed in feeds),
        readers=max((day.readers for day in days), default=0),
        feeds=tuple(sorted(feeds, key=lambda feed: (-feed.subscribers - feed.readers, -feed.traffic.polls, feed.path))),
        services=_services(tally, feeds),
        days=tuple(days),
        wasteful=_wasteful(tally, top),
        notes=(*damaged, *_notes(tally)),
    )


def _feed(path: str, cells: Mapping[int, Cell], size: float, precision: int) -> FeedAudience:
    claims = _claims(cells)
    return FeedAudience(
        path=clean(path),
        subscribers=sum(claim.subscribers for claim in claims),
        readers=max(cell.readers.estimate(precision) for cell in cells.values()),
        claims=claims,
        traffic=_sum(_traffic(cell, size) for cell in cells.values()),
    )


def _claims(cells: Mapping[int, Cell]) -> tuple[SubscriberClaim, ...]:
    """Return what services say, each by its last day: somebody who left is not counted for ever."""
    latest: dict[tuple[str, str], SubscriberClaim] = {}
    for day, cell in sorted(cells.items()):
        for (service, feed_id), count in cell.claims.items():
            before = latest.get((service, feed_id))
            latest[service, feed_id] = SubscriberClaim(
                service=service,
                feed_id=feed_id,
                subscribers=count,
                most=max(count, before.most if before else 0),
                last_day=date.fromordinal(day),
            )
    return tuple(sorted(latest.values(), key=lambda claim: (-claim.subscribers, claim.service, claim.feed_id)))


def _mean_size(cells: Iterable[Cell]) -> float:
    cells = list(cells)
    full = sum(cell.full for cell in cells)
    return sum(cell.full_bytes for cell in cells) / full if full else 0.0


def _traffic(cell: Cell, size: float) -> Traffic:
    return Traffic(polls=cell.polls, unchanged=cell.unchanged, sent=cell.bytes, saved=round(cell.unchanged * size))


def _sum(parts: Iterable[Traffic]) -> Traffic:
    parts = list(parts)
    return Traffic(
        polls=sum(part.polls for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        sent=sum(part.sent for part in parts),
        saved=sum(part.saved for part in parts),
    )


def _days(tally: Tally, sizes: Mapping[str, float]) -> list[DayAudience]:
    by_day: dict[int, list[tuple[str, Cell]]] = defaultdict(list)
    for (path, day), cell in tally.cells.items():
        by_day[day].append((path, cell))
    return [
        DayAudience(
            day=date.fromordinal(day),
            subscribers=sum(sum(cell.claims.values()) for _, cell in cells),
            readers=sum(cell.readers.estimate(tally.precision) for _, cell in cells),
            traffic=_sum(_traffic(cell, sizes[path]) for path, cell in cells),
        )
        for day, cells in sorted(by_day.items())
    ]


def _services(tally: Tally, feeds: Iterable[FeedAudience]) -> tuple[ServiceAudience, ...]:
    numbers: dict[str, int] = defaultdict(int)
    for feed in feeds:
        for claim in feed.claims:
            numbers[claim.service] += claim.subscribers
    services = [
        ServiceAudience(
            name=name,
            kind=polls.kind,
            subscribers=numbers.get(name),
            polls=polls.polls,
            unchanged=polls.unchanged,
            sent=polls.bytes,
        )
        for name, polls in tally.services.items()
    ]
    return tuple(sorted(services, key=lambda service: (-(service.subscribers or 0), -service.polls, service.name)))


def _wasteful(tally: Tally, top: int) -> tuple[WastefulClient, ...]:
    judged = ((key, client, _reasons(client)) for key, client in tally.clients.items())
    wasteful = [(key, client, reasons) for key, client, reasons in judged if reasons]
    wasteful.sort(key=lambda watched: (-watched[1].wasted, -watched[1].polls, watched[0]))
    return tuple(
        WastefulClient(
            address=clean_bytes(address),
            agent=clean_bytes(agent),
            service=read_agent(agent).name,
            path=clean(path),
            polls=client.polls,
            unchanged=client.unchanged,
            repeats=client.repeats,
            wasted=client.wasted,
            interval=_interval(client),
            reasons=reasons,
        )
        for (address, agent, path), client, reasons in wasteful[:top]
    )


def _reasons(client: Client) -> tuple[Message, ...]:
    reasons = []
    if client.repeats >= _REPEATS_TO_JUDGE and not client.unchanged:
        reasons.append(Message("audience.never-asks"))
    if client.polls >= _POLLS_TO_JUDGE and _interval(client) < FREQUENT:
        reasons.append(Message("audience.too-often"))
    return tuple(reasons)


def _interval(client: Client) -> int:
    return (client.last - client.first) // (client.polls - 1) if client.polls > 1 else 0


def _notes(tally: Tally) -> Iterable[Message]:
    if tally.unbelieved:
        yield Message("audience.unbelieved", count=tally.unbelieved, most=MOST_SUBSCRIBERS)
    for key, count in sorted(tally.overflow.items()):
        yield Message(key, count=count)
    if tally.precision < 1024:
        yield Message("audience.estimates")
