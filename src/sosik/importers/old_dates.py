"""The dates of an old feed, read only by `sosik.dates`: correct, marked as doubtful, or missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.dates import DateParseError, Precision, Slot, SourceProfile, Timestamp, parse_stamps
from sosik.importers.old_addresses import bare_host
from sosik.importers.old_items import OldFeed
from sosik.words import Message

UNIVERSAL = ("Z", "z", "GMT", "UTC", "UT", "+0000", "+00:00", "-0000", "-00:00")
"""How dates end that are told in UTC, truly or not."""

_AHEAD = timedelta(minutes=10)
"""How far an item may lie ahead of its feed: clocks of two machines differ."""

_SLIPS = frozenset({"weekday-mismatch", "day-mismatch", "year-from-weekday", "midnight-word", "about"})
"""Notes on a date by which another one may have been meant."""

_FEWEST = 3
"""How many items must have one date for it to be nobody's: two may well have been published together."""


class OldTimes(Struct, kw_only=True):
    """The dates of an item as they are written into its file, empty where there are none; `doubted` are the keys to be
    confirmed, each with the reason, `told` what else there is to say. `text` is what stood in the feed, of `host`."""

    published: str = ""
    updated: str = ""
    instant: datetime | None = None
    text: str = ""
    host: str = ""
    doubted: dict[str, Message] = field(default_factory=dict)
    told: list[Message] = field(default_factory=list)


class FeedClock(Struct, frozen=True, kw_only=True):
    """What is known of the dates of one old feed: `shared` is a text that all its items have, so nobody's date;
    `false` the ending of dates that lie ahead of the feed, which must be told by another clock than they say."""

    zone: tzinfo
    profile: SourceProfile | None
    now: datetime
    is_rss: bool = False
    is_rdf: bool = False
    host: str = ""
    shared: str = ""
    false: str = ""


def clock_of(feed: OldFeed, zone: tzinfo, profile: SourceProfile | None, now: datetime) -> FeedClock:
    """Return what the items of a feed tell together of its dates; *now* is when it is read, an aware datetime."""
    is_rss, is_rdf = feed.format.startswith("rss"), feed.format in ("rss10", "rss090")
    links = (feed.link, *(item.link for item in feed.items[:1]))
    host = next((bare_host(link) for link in links if bare_host(link)), "")
    clock = FeedClock(zone=zone, profile=profile, now=now, is_rss=is_rss, is_rdf=is_rdf, host=host)
    shared = "" if feed.generator == "sosik" else _shared(feed)
    latest = max((at for text in (feed.published, feed.updated) if (at := _instant(text, clock))), default=now)
    false = _ending_ahead(feed, clock, min(latest, now) + _AHEAD)
    return replace(clock, shared=shared, false=false)


def _shared(feed: OldFeed) -> str:
    """The date that all items have: that of the feed, not theirs."""
    dates = {item.id or item.link: item.published for item in feed.items}
    counted = Counter(dates.values())
    if len(counted) != 1 or not (text := next(iter(counted))):
        return ""
    return text if len(dates) >= _FEWEST or (len(dates) > 1 and text in (feed.published, feed.updated)) else ""


def _ending_ahead(feed: OldFeed, clock: FeedClock, latest: datetime) -> str:
    """The ending of dates in UTC that lie ahead of the feed itself."""
    for item in feed.items:
        ending = _ending(item.published)
        if ending and (at := _instant(item.published, clock)) and at > latest:
            return ending
    return ""


def _ending(text: str | None) -> str:
    text = (text or "").rstrip(" )")
    return next((ending for ending in UNIVERSAL if text.endswith(ending)), "")


def read_times(published: str | None, updated: str | None, clock: FeedClock) -> OldTimes:
    """Return the dates of an item, of their raw texts. A date that cannot be read for sure is none, and is told."""
    times = OldTimes(text=published or "", host=clock.host)
    first, last = None, None
    if published and published == clock.shared:
        times.told.append(Message("published-missing.shared", text=published))
    elif published:
        first = _read(published, "published", clock, times)
    if updated:
        last = _read(updated, "updated", clock, times)
    if first is None and last is not None and not published:
        first, last = last, None
        times.doubted["published"] = Message("unconfirmed.updated-alone", text=updated)
    if first is not None:
        times.published, times.instant = written(first, clock.zone), first.instant
        if "published" not in times.doubted and (reason := _doubt(published or "", first, clock)):
            times.doubted["published"] = reason
    if last is not None and not (first and last.instant <= first.instant):
        times.told += [Message("date-note.note", key="updated", text=updated, note=said) for said in _slips(last)]
        times.updated = written(last, clock.zone)
    if not times.published:
        times.doubted["published"] = Message("unconfirmed.no-date")
    return times


def doubt_as_elsewhere(times: OldTimes, false: Mapping[str, Collection[str]], profile: SourceProfile | None) -> None:
    """Doubt a date in UTC where those of another feed of its host were found false, however each writes it; *false* are
    the endings of these, by host."""
    ending, found = _ending(times.text), false.get(times.host, ())
    is_known = profile is not None and ending in profile.false_offsets
    if times.published and not times.doubted.get("published") and not is_known and ending and found:
        proved = ending if ending in found else min(found)
        reason = Message("unconfirmed.ahead-elsewhere", text=times.text, ending=proved, host=times.host)
        times.doubted["published"] = reason


def _doubt(text: str, first: Timestamp, clock: FeedClock) -> Message | None:
    """Why a date that was read may not be what it says; None where nothing speaks for that."""
    ending = _ending(text)
    if ending and clock.profile and ending in clock.profile.false_offsets:
        ending = ""  # somebody knows that already
    if ending and clock.false:
        return Message("unconfirmed.ahead-of-feed", text=text, ending=clock.false)
    if ending in ("Z", "z") and clock.is_rss and not clock.is_rdf:  # dc:date, which RDF has, is ISO 8601
        return Message("unconfirmed.utc-in-rss", text=text)
    if first.instant > clock.now + _AHEAD:
        return Message("unconfirmed.ahead", text=text)
    return next((Message("unconfirmed.noted", text=text, note=said) for said in _slips(first)), None)


def _slips(timestamp: Timestamp) -> list[Message]:
    """What is said of a date that was read although it contradicts itself or leaves something open."""
    return [note.message for note in timestamp.notes if note.code in _SLIPS]


def _read(text: str, key: str, clock: FeedClock, times: OldTimes) -> Timestamp | None:
    try:
        stamps = parse_stamps(text, slot=Slot.FEED, timezone=clock.zone, profile=clock.profile)
    except DateParseError as error:
        times.told.append(Message("date-unreadable.old", key=key, refusal=error.refusal))
        return None
    if len(stamps) != 1 or stamps[0].end is not None or not stamps[0].precision.reaches(Precision.DAY):
        times.told.append(Message("date-unreadable.old-coarse", key=key, text=text))
        return None
    return stamps[0].timestamp


def _instant(text: str | None, clock: FeedClock) -> datetime | None:
    times = OldTimes()
    stamp = _read(text, "updated", clock, times) if text else None
    return stamp.instant if stamp and stamp.precision.reaches(Precision.MINUTE) else None


def written(timestamp: Timestamp, zone: tzinfo) -> str:
    """Return a timestamp in ISO 8601 by the clock of *zone*, as precise as it is."""
    if timestamp.precision is Precision.DAY:
        return timestamp.value
    spec = "minutes" if timestamp.precision is Precision.MINUTE else "seconds"
    return timestamp.instant.astimezone(zone).isoformat(timespec=spec)


def earliest(times: Iterable[OldTimes]) -> OldTimes:
    """Return, of the dates that several feeds give one article, the earliest publication; of a day the earliest time
    that is told, for a day alone says nothing against it."""
    known = sorted(times, key=lambda one: one.instant or _NEVER)
    day = known[0].published
    return next((one for one in known[1:] if day and one.published.startswith(f"{day}T")), known[0])


_NEVER = datetime.max.replace(tzinfo=UTC)
