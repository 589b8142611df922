"""One entry that cannot be rendered must name itself: the rest of the feed is published without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sosik.errors import RenderError
from sosik.model import Entry, Feed
from sosik.words import Message


@contextmanager
def naming_entry(entry: Entry) -> Iterator[None]:
    """Check what every format needs of an entry; raise RenderError with its id and file for that and any ValueError."""
    try:
        _check(entry)
        yield
    except ValueError as error:
        raise RenderError(Message("render.entry", id=entry.id, source=entry.source, reason=str(error))) from error


@contextmanager
def naming_feed(feed: Feed) -> Iterator[None]:
    """Raise RenderError with the feed's name for any ValueError."""
    try:
        if feed.updated.tzinfo is None:
            raise ValueError("`updated` has no time zone")
        yield
    except ValueError as error:
        raise RenderError(Message("render.feed", name=feed.name, reason=str(error))) from error


def _check(entry: Entry) -> None:
    for name in ("id", "title", "link"):
        if not getattr(entry, name):
            raise ValueError(f"it has no {name}")
    if entry.published.tzinfo is None or entry.changed.tzinfo is None:
        raise ValueError("a date without a time zone names no instant")
