"""Compares an old feed with its successor, item by item, to predict the effect on readers.

A reader identifies an item by its id, or without one by its link. An item with a new id appears again as new.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum

from msgspec import Struct

from sosik.dates import DateParseError, Precision, Slot, SourceProfile, Timestamp, parse_stamps
from sosik.edition.upcoming import Upcoming, UpcomingEntry, UpcomingFeed
from sosik.importers.joining import article_keys
from sosik.importers.old_addresses import SavedFeed
from sosik.importers.old_articles import refusal
from sosik.importers.old_items import OldItem
from sosik.words import Message


class Fate(StrEnum):
    """What becomes of an item for those who read the old feed."""

    SAME = "same"
    OLDER = "older"
    REPOST = "would re-post"
    MISSING = "missing"
    REDATED = "redated"


GOOD = frozenset({Fate.SAME, Fate.OLDER})
"""What nobody notices: the same item, and one that is known but older than what the feed shows."""


class MovedItem(Struct, frozen=True, kw_only=True):
    """An item of the old feed, or of the new one (`id` is then empty), and why its readers would notice the move.

    `now_id` and `now` are the id and the instant that it is about to be published with.
    """

    fate: Fate
    title: str
    link: str
    id: str = ""
    published: str = ""
    now_id: str = ""
    now: datetime | None = None
    reason: Message | None = None


class MovedFeed(Struct, frozen=True, kw_only=True):
    """An old feed compared with the one that answers at its address; `feed` is its name, empty where none does.

    `unknowable` are items of the old feed that had no id: some readers, newsboat among them, make one of the link and
    the text of the date, and show them again whatever is done. `new` counts what is published after the old feed.
    """

    saved: SavedFeed
    feed: str
    items: tuple[MovedItem, ...] = ()
    unknowable: tuple[OldItem, ...] = ()
    new: int = 0

    @property
    def counts(self) -> dict[Fate, int]:
        """How many items have each fate."""
        counted = Counter(item.fate for item in self.items)
        return {fate: counted[fate] for fate in Fate}

    @property
    def is_good(self) -> bool:
        """Whether its readers will not notice anything."""
        return bool(self.feed) and all(item.fate in GOOD for item in self.items)


class Clock(Struct, frozen=True, kw_only=True):
    """How dates of old feeds are read: in a zone, by what is known of their source."""

    zone: tzinfo
    profile: SourceProfile | None = None

    def read(self, text: str | None) -> Timestamp | None:
        """Return the date in a text as it stands in a feed, None where it cannot be read for sure."""
        try:
            stamps = parse_stamps(text, slot=Slot.FEED, timezone=self.zone, profile=self.profile) if text else ()
        except DateParseError:
            return None
        return stamps[0].timestamp if len(stamps) == 1 else None


def compare(saved: Sequence[SavedFeed], upcoming: Upcoming, clock: Clock, drafts: Mapping[str, str]) -> list[MovedFeed]:
    """Return what becomes of each old feed; *drafts* are the files of entries that wait, by id.

    An article in several feeds has the earliest of their dates.
    """
    earliest: dict[str, datetime] = {}
    for one in saved:
        for item in one.feed.items:
            told, id_ = clock.read(item.published), _id(item)
            if told is not None:
                earliest[id_] = min(told.instant, earliest.get(id_, told.instant))
    by_key = {key: entry for entry in upcoming.entries.values() for key in article_keys(entry.link)}
    known = Known(upcoming=upcoming, clock=clock, earliest=earliest, by_key=by_key, drafts=drafts)
    return [_compared(one, known) for one in saved]


class Known(Struct, frozen=True, kw_only=True):
    """What items are compared with: the `earliest` date of each id, entries by what addresses say, drafts by id."""

    upcoming: Upcoming
    clock: Clock
    earliest: Mapping[str, datetime]
    by_key: Mapping[str, UpcomingEntry]
    drafts: Mapping[str, str]


class Shown(Struct, frozen=True, kw_only=True):
    """What a feed shows: the ids, and when the oldest entry was published."""

    ids: frozenset[str]
    oldest: datetime | None


def _compared(saved: SavedFeed, known: Known) -> MovedFeed:
    upcoming, earliest = known.upcoming, known.earliest
    # What was never an article, such as a link to a place on the home page, nobody can miss; and an item that stands
    # twice, as under two sections, readers show once.
    old_items = [*{(_id(item), item.title): item for item in saved.feed.items if refusal(item) is None}.values()]
    feed = upcoming.at(saved.paths) or (None if saved.paths else _likest(saved, upcoming))
    unknowable = tuple(item for item in old_items if not item.id)
    if feed is None:
        return MovedFeed(saved=saved, feed="", unknowable=unknowable)
    entries = [upcoming.entries[id_] for id_ in feed.shown if id_ in upcoming.entries]
    shown = Shown(
        ids=frozenset(entry.id for entry in entries), oldest=min((entry.published for entry in entries), default=None)
    )
    items = [_fate(item, shown, known) for item in old_items]
    compared = {item.now_id for item in items}
    newest = max((at for item in old_items if (at := earliest.get(_id(item)))), default=None)
    others = [entry for entry in entries if entry.id not in compared]
    old = [entry for entry in others if newest is not None and entry.published <= newest]
    return MovedFeed(
        saved=saved,
        feed=feed.name,
        items=(*items, *map(_unseen, old)),
        unknowable=unknowable,
        new=len(others) - len(old),
    )


def _likest(saved: SavedFeed, upcoming: Upcoming) -> UpcomingFeed | None:
    """Return the feed that shows most of the items of an old one of which nobody knows the address."""
    ids = {_id(item) for item in saved.feed.items}
    return max(upcoming.feeds, key=lambda feed: len(ids.intersection(feed.shown)), default=None)


def _fate(item: OldItem, shown: Shown, known: Known) -> MovedItem:
    id_ = _id(item)
    entry = known.upcoming.entries.get(id_)
    if entry is not None:
        fate, reason = _under_its_id(item, entry, shown, known)
    else:
        entry = next((known.by_key[key] for key in article_keys(item.link) if key in known.by_key), None)
        fate = Fate.REPOST if entry is not None and entry.id in shown.ids else Fate.MISSING
        reason = Message("importers.other-id") if entry is not None else _absent(id_, known)
    return MovedItem(
        fate=fate,
        title=item.title or (entry.title if entry else ""),
        link=item.link,
        id=id_,
        published=item.published or "",
        now_id=entry.id if entry else "",
        now=entry.published if entry else None,
        reason=reason,
    )


def _absent(id_: str, known: Known) -> Message:
    if id_ in known.drafts:
        return Message("importers.draft", file=known.drafts[id_])
    return Message("importers.not-there")


def _under_its_id(item: OldItem, entry: UpcomingEntry, shown: Shown, known: Known) -> tuple[Fate, Message | None]:
    told = known.clock.read(item.published)
    if entry.id not in shown.ids:
        if shown.oldest is not None and entry.published <= shown.oldest:
            return Fate.OLDER, None
        return Fate.MISSING, Message("importers.not-in-feed")
    at, zone = entry.published, known.clock.zone
    if told is None or _agrees(told, at, zone) or at == known.earliest.get(entry.id):
        return Fate.SAME, None
    return Fate.REDATED, None


def _agrees(told: Timestamp, at: datetime, zone: tzinfo) -> bool:
    """Tell whether an instant is the one that was told, as exactly as it was."""
    if not told.precision.reaches(Precision.MINUTE):
        return told.instant.astimezone(zone).date() == at.astimezone(zone).date()
    return abs((told.instant - at).total_seconds()) < (1 if told.precision.reaches(Precision.SECOND) else 60)


def _unseen(entry: UpcomingEntry) -> MovedItem:
    return MovedItem(
        fate=Fate.REPOST,
        title=entry.title,
        link=entry.link,
        now_id=entry.id,
        now=entry.published,
        reason=Message("importers.not-in-old"),
    )


def _id(item: OldItem) -> str:
    return item.id or item.link
