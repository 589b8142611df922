"""One entry that cannot be rendered must name itself: the rest of the feed is published without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sosik.errors import RenderError
from sosik.model import Entry, Feed
from sosik.words import Message


@contextmanager
def naming_entry(entry: Entry) -> Iterator[None]:
    """Check what every format needs of an entry. Raises `RenderError` with its id and file, for any ValueError too."""
    try:
        if reason := _fault(entry):
            raise RenderError(Message("render.entry", id=entry.id, source=entry.source, reason=reason))
        yield
    except ValueError as error:
        raise RenderError(Message("render.entry", id=entry.id, source=entry.source, reason=str(error))) from error


@contextmanager
def naming_feed(feed: Feed) -> Iterator[None]:
    """Raise RenderError with the feed's name for any ValueError."""
    try:
        if feed.updated.tzinfo is None:
            raise RenderError(Message("render.feed", name=feed.name, reason=Message("render.no-zone")))
        yield
    except ValueError as error:
        raise RenderError(Message("render.feed", name=feed.name, reason=str(error))) from error


def _fault(entry: Entry) -> Message | None:
    """Return what keeps an entry out of every format, if anything does."""
    lacking = next((name for name in ("id", "title", "link") if not getattr(entry, name)), None)
    if lacking:
        return Message("render.lacking", name=lacking)
    if entry.published.tzinfo is None or entry.changed.tzinfo is None:
        return Message("render.no-zone")
    return None
