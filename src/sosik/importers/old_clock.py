"""Detects old feeds with Korean times marked as UTC. The result is a proposal for the user."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from sosik.dates import DateParseError, Slot, SourceProfile, parse_stamps
from sosik.importers.old_items import OldFeed
from sosik.patterns import pattern
from sosik.words import Message

_OFFSET = pattern(r"(?:Z|GMT|UTC|\+00:?00)(?=\s*\Z)")
"""The end of a date in universal time, spelled as `dates: false_offsets` has it."""

_NEAR = timedelta(minutes=10)
"""Clocks differ by less."""

_FEWEST = 12
"""Items of which the hours say anything."""

_NIGHT = range(6)
"""Hours of the day in which newsrooms publish next to nothing."""

_MUCH, _LITTLE = 0.25, 0.05
"""Shares of items at night: where one reading has so many and the other so few, the other is true."""


class FalseOffset(Struct, frozen=True, kw_only=True):
    """An offset, as it is written, that probably stands on a local clock, and what speaks for it."""

    offset: str
    evidence: Message


def false_offset(feed: OldFeed, saved: datetime | None, timezone: str) -> FalseOffset | None:
    """Return the offset of a feed that is probably false; *saved* is when its file was last written.

    An item cannot be later than the feed that holds it, nor than the file; and of a newsroom's articles few are
    published at night.
    """
    texts = [item.published for item in feed.items if item.published and _OFFSET.search(item.published)]
    offsets = {match[0] for text in texts if (match := _OFFSET.search(text))}
    if len(offsets) != 1 or not texts:
        return None
    offset, zone = offsets.pop(), ZoneInfo(timezone)
    told = list(_instants(texts, zone, None))
    local = list(_instants(texts, zone, SourceProfile(false_offsets=frozenset({offset}))))
    evidence = _ahead(told, feed, saved, zone) or _at_night(told, local, zone)
    return FalseOffset(offset=offset, evidence=evidence) if evidence else None


def _ahead(told: Sequence[datetime], feed: OldFeed, saved: datetime | None, zone: ZoneInfo) -> Message | None:
    own = max(_instants(filter(None, (feed.published, feed.updated)), zone, None), default=None)
    for limit, key in ((own, "importers.ahead-of-feed"), (saved, "importers.ahead-of-file")):
        ahead = [at for at in told if limit is not None and at > limit + _NEAR]
        if ahead:
            return Message(key, count=len(ahead), of=len(told))
    return None


def _at_night(told: Sequence[datetime], local: Sequence[datetime], zone: ZoneInfo) -> Message | None:
    if len(told) < _FEWEST or len(local) != len(told):
        return None
    nights = [sum(at.astimezone(zone).hour in _NIGHT for at in times) / len(times) for times in (told, local)]
    if nights[0] >= _MUCH and nights[1] <= _LITTLE:
        return Message("importers.at-night", share=round(nights[0] * 100), local=round(nights[1] * 100))
    return None


def _instants(texts: Iterable[str], zone: ZoneInfo, profile: SourceProfile | None) -> Iterable[datetime]:
    for text in texts:
        try:
            yield parse_stamps(text, slot=Slot.FEED, timezone=zone, profile=profile)[0].timestamp.instant
        except DateParseError:
            continue
