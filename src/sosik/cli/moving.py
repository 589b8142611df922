"""moved, and what init takes from old feeds: going on where another system's feeds end."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from sosik.cli.importing_feeds import bytes_of, is_feed
from sosik.cli.layout import padded
from sosik.cli.naming import each_draft
from sosik.cli.options import instant, json_option, publication_of
from sosik.cli.output import bad_value, leave, print_json, said, tell
from sosik.cli.root import about
from sosik.dates import format_rfc3339
from sosik.dates.zones import zone_of
from sosik.errors import ImportingError
from sosik.file_names import name_of, spelled
from sosik.importers.moved import GOOD, Clock, Fate, MovedFeed, MovedItem, compare
from sosik.importers.old_addresses import SavedFeed
from sosik.importers.old_clock import FalseOffset, false_offset
from sosik.importers.old_feed import read_feed
from sosik.site import Site
from sosik.words import Message

_FATES = {
    Fate.SAME: "cli.moved-same",
    Fate.OLDER: "cli.moved-older",
    Fate.REPOST: "cli.moved-repost",
    Fate.MISSING: "cli.moved-missing",
    Fate.REDATED: "cli.moved-redated",
}
"""What stands at the beginning of a line, by what becomes of an item."""

_ENTRIES_OF_FIRST_DAY = 5
"""Items that a feed shows on its first day, where readers will take those of the old feed for new ones."""


@click.command("moved", help=about("moved", Message("cli.moved-more")))
@click.argument("feeds", nargs=-1, required=True, metavar="[ADDRESS=]FILE|DIR…")
@click.option("--now", type=instant, help=said(Message("cli.diff-now")))
@json_option
@click.pass_obj
def moved_command(directory: Path, feeds: tuple[str, ...], now: datetime | None, as_json: bool) -> None:
    """Print what the readers of old feeds will notice of the move; anything at all makes the exit status 1."""
    publication = publication_of(directory)
    saved = saved_feeds(feeds, directory)
    clock = Clock(zone=zone_of(publication.timezone), profile=publication.dates.profile)
    upcoming = Site(directory).upcoming(now=now)
    drafts = {one.id: f"content/{one.file.source}" for one in each_draft(directory, upcoming.drafts)}
    moved = compare(saved, upcoming, clock, drafts)
    if as_json:
        print_json([_record(one) for one in moved])
    else:
        named: set[str] = set()
        for one in moved:
            _print(one, named)
    leave(failed=not all(one.is_good for one in moved))


def saved_feeds(texts: Iterable[str], directory: Path) -> list[SavedFeed]:
    """Return the old feeds that are named, as seen from the publication's folder or from where the command is run.

    Before a file its address may stand; of a folder all feeds are read, the one of all articles first, and what is no
    feed is told. Raises `ImportingError` for a file that is none.
    """
    saved = []
    for text in texts:
        address, _, name = text.rpartition("=") if text.startswith(("http://", "https://")) else ("", "", text)
        path = next((path for path in (directory / spelled(name), Path(spelled(name))) if path.exists()), None)
        if path is None or not name:
            raise bad_value(Message("cli.file-missing", name=name or text))
        if path.is_dir():
            saved += _widest_first([*_saved_in(path)])
        else:
            saved.append(_saved(path, address))
    if not saved:
        raise bad_value(Message("cli.no-feeds", names=tuple(texts)))
    return saved


def _saved_in(folder: Path) -> Iterator[SavedFeed]:
    for file in sorted(folder.rglob("*")):
        try:
            if is_feed(file):
                yield _saved(file)
        except ImportingError as error:
            tell(error.message, err=True)


def _saved(file: Path, address: str = "") -> SavedFeed:
    return SavedFeed(file=file, feed=read_feed(bytes_of(file), name_of(str(file))), address=address)


def _widest_first(saved: list[SavedFeed]) -> list[SavedFeed]:
    """Put first the feed that has most in common with the others: that of all articles."""
    ids = [{item.id or item.link for item in one.feed.items} for one in saved]
    shared = [sum(len(own & other) for other in ids if other is not own) for own in ids]
    order = sorted(range(len(saved)), key=lambda number: (-shared[number], -len(ids[number]), number))
    return [saved[order[0]], *(one for number, one in enumerate(saved) if number != order[0])] if saved else []


def doubts(saved: Iterable[SavedFeed], timezone: str) -> Iterator[tuple[SavedFeed, FalseOffset]]:
    """Yield the old feeds whose offset is probably false."""
    for one in saved:
        written = datetime.fromtimestamp(Path(one.file).stat().st_mtime, UTC)
        doubt = false_offset(one.feed, written, timezone)
        if doubt is not None:
            yield one, doubt


def tell_of_old_feeds(saved: Iterable[SavedFeed], doubted: Iterable[tuple[SavedFeed, FalseOffset]]) -> None:
    """Tell what nobody but a person can know: where an old feed was, and whether its clock is Korean."""
    for one, doubt in doubted:
        message = Message("cli.init-doubt", file=name_of(str(one.file)), offset=doubt.offset, evidence=doubt.evidence)
        tell(message, err=True)
    for one in saved:
        if not one.paths:
            tell(Message("cli.init-no-address", file=name_of(str(one.file))), err=True)


def _print(moved: MovedFeed, named: set[str]) -> None:
    """Print what becomes of a feed; what cannot be kept is named once, whatever feeds it stands in (`named`: links)."""
    file = name_of(str(moved.saved.file))
    if not moved.feed:
        paths = moved.saved.paths
        tell(Message("cli.moved-unanswered", file=file, paths=paths) if paths else Message("cli.moved-none", file=file))
        return
    tell(Message("cli.moved-feed", file=file, feed=moved.feed))
    for item in moved.items:
        if item.fate not in GOOD:
            click.echo("\n".join(_lines(item)))
    if moved.unknowable:
        count = len(moved.unknowable)
        few = count <= _ENTRIES_OF_FIRST_DAY
        advice = {} if few else {"feed": moved.feed, "entries": _ENTRIES_OF_FIRST_DAY}
        tell(Message("cli.moved-unknowable-few" if few else "cli.moved-unknowable", count=count, **advice))
        for one in moved.unknowable:
            if one.link not in named:
                click.echo(f"    {one.title or one.link}")
                named.add(one.link)
    if not moved.saved.paths:
        tell(Message("cli.moved-no-address", file=file))
    counts = {str(_FATES[fate]): count for fate, count in moved.counts.items() if count}
    shown = tuple(f"{said(Message(key))} {count}" for key, count in counts.items())
    tell(Message("cli.moved-counts", counts=shown or ("0",), new=moved.new))


_ROOM = 11
"""Columns for what becomes of an article, and the blanks behind it."""


def _lines(item: MovedItem) -> Iterator[str]:
    yield f"{padded(said(Message(_FATES[item.fate])), _ROOM)}{item.title or item.link or item.id}"
    if item.reason is not None:
        yield f"{'':<{_ROOM}}{said(item.reason)}"
    if item.fate is Fate.REDATED and item.now is not None:
        yield f"{'':<{_ROOM}}{item.published} → {format_rfc3339(item.now)}"
    elif item.id and item.now_id and item.id != item.now_id:
        yield f"{'':<{_ROOM}}{item.id} → {item.now_id}"


def _record(moved: MovedFeed) -> dict[str, object]:
    return {
        "file": name_of(str(moved.saved.file)),
        "addresses": list(moved.saved.paths),
        "feed": moved.feed,
        "counts": {str(fate): count for fate, count in moved.counts.items()},
        "new": moved.new,
        "items": [_item(item) for item in moved.items],
        "without_id": [{"title": item.title, "link": item.link} for item in moved.unknowable],
    }


def _item(item: MovedItem) -> dict[str, object]:
    known: dict[str, object] = {"fate": str(item.fate), "title": item.title, "link": item.link}
    known |= {"id": item.id, "published": item.published, "now_id": item.now_id}
    known["now"] = format_rfc3339(item.now) if item.now else ""
    return known | ({"reason": said(item.reason)} if item.reason else {})
