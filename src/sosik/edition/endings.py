"""Feeds and old addresses that end with an edition: people subscribe to them, so the editor is told."""

from collections.abc import Iterable, Iterator, Mapping

from sosik.edition.plans import Plan
from sosik.errors import Location, Problem
from sosik.model import POLLED, DocumentKind
from sosik.render.formats import FORMATS
from sosik.store import Origin
from sosik.words import Message

_FILENAMES = [form.filename for form in FORMATS.values()]


def endings(before: Mapping[str, Origin], gone: Iterable[str]) -> dict[str, Origin]:
    """Return what readers polled in the edition before, by path, and cannot poll any more: of the paths that go."""
    return {path: before[path] for path in gone if before[path].kind in POLLED}


def farewells(ended: Mapping[str, Origin], plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield a warning for every feed, every format and every old address that ended; `plans` are what is left."""
    feeds = {(plan.owner, _folder(plan.path)) for plan in plans if plan.kind is DocumentKind.FEED}
    owners = {owner for owner, _ in feeds}
    whole: dict[tuple[str, str], list[str]] = {}
    for path, origin in sorted(ended.items()):
        definition = f"feeds/{origin.owner}.yaml" if origin.owner in owners else "feeds"
        feed = (origin.owner, _folder(path))
        if origin.kind is DocumentKind.ALIAS:
            yield _farewell(Message("feed-gone.alias", path=path), definition)
        elif feed in feeds:
            yield _farewell(Message("feed-gone.format", path=path), definition)
        else:
            whole.setdefault(feed, []).append(path)
    for paths in whole.values():
        paths.sort(key=lambda path: _FILENAMES.index(path.rpartition("/")[2]))
        yield _farewell(Message("feed-gone.feed", paths=tuple(paths), n=len(paths)), "feeds")


def _folder(path: str) -> str:
    """Return the folder of a feed's document, which its other formats share."""
    return path.rpartition("/")[0]


def _farewell(message: Message, file: str) -> Problem:
    return Problem(code="feed-gone", message=message, location=Location(file=file), hint=Message("feed-gone.hint"))
