"""audience: polling clients, from access logs."""

import json
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import click
from msgspec import to_builtins

from sosik.addresses import split_address
from sosik.audience import Audience, LogError, Tally, read_blocks, summarize
from sosik.audience.page import as_shown, audience_page, seconds, share_text, size_text
from sosik.audience.services import KIND_NAMES, shown_name
from sosik.cli.file_paths import FilePath
from sosik.cli.options import json_option
from sosik.cli.output import leave, print_json, said, tell
from sosik.cli.root import about
from sosik.cli.zones import zone_shown
from sosik.errors import StoreError
from sosik.model import POLLED
from sosik.publish.policy import read_policy
from sosik.queries import QueryAddresses
from sosik.render.formats import FORMATS
from sosik.store import open_snapshot, place_of
from sosik.words import Message


@click.command("audience", help=about("audience", Message("cli.audience-more")))
@click.argument("logs", nargs=-1, required=True, metavar="LOG…")
@click.option("--html", "page", type=FilePath(dir_okay=False, path_type=Path), help=said(Message("cli.audience-html")))
@click.option("--top", default=10, show_default=True, type=click.IntRange(0), help=said(Message("cli.audience-top")))
@json_option
@click.pass_obj
def audience_command(directory: Path, logs: tuple[str, ...], page: Path | None, top: int, as_json: bool) -> None:
    """Count logs and print what they tell; one that cannot be read to its end makes the exit status 1."""
    known = _known_feeds(directory)
    tally = Tally(_feed_paths(known), ZoneInfo(zone_shown(directory)), QueryAddresses(known))
    damaged = []
    with _progress(logs) as advance:
        for name in logs:
            try:
                for lines, skipped, position in read_blocks(name):
                    tally.add_lines(lines)
                    tally.skip(skipped)
                    advance(name, position)
            except LogError as error:
                damaged.append(error.message)
                tell(error.message, err=True)
    audience = summarize(tally, top=top, damaged=damaged)
    if page is not None:
        page.write_bytes(audience_page(audience))
    if as_json:
        print_json(_record(audience))
    else:
        _print(audience)
    leave(failed=bool(damaged))


def _feed_paths(known: Collection[str]) -> Callable[[str], bool]:
    """Return what tells whether a path is a feed's: the publication's, present and past; without one, by file names."""
    if known:
        return lambda path: normalize("NFC", path) in known
    names = tuple(f"/{format_.filename}" for format_ in FORMATS.values())
    return lambda path: path.endswith(names)


def _known_feeds(directory: Path) -> set[str]:
    """Return the paths of the feeds and old addresses that the store knows, as seen from the host that they lie on."""
    try:
        snapshot = open_snapshot(place_of(directory / ".sosik"))
    except StoreError:
        return set()
    with closing(snapshot), snapshot.reading():
        below = unquote(split_address(read_policy(snapshot.meta("publication")).feeds_url).path.rstrip("/"))
        paths = {head.path for head in snapshot.heads_of(POLLED)}
        paths.update(json.loads(snapshot.meta("ended") or "[]"))
    return paths | {f"{below}{path}" for path in paths}


@contextmanager
def _progress(logs: tuple[str, ...]) -> Iterator[Callable[[str, int], None]]:
    """Show on a terminal how far reading has come; give what is to be called with a log and the bytes read of it."""
    if not sys.stderr.isatty():
        yield lambda _name, _position: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as progress:
        sizes = {name: Path(name).stat().st_size if Path(name).is_file() else None for name in logs}
        tasks = {name: progress.add_task(escape(Path(name).name), total=sizes[name]) for name in logs}
        yield lambda name, position: progress.update(tasks[name], completed=position)


def _record(audience: Audience) -> dict[str, object]:
    """Return the audience as `--json` shows it: keys as they are called in sosik.audience.report, dates as ISO 8601."""
    record: dict[str, Any] = to_builtins(audience, enc_hook=said)
    record["first"] = audience.first.isoformat() if audience.first else None
    record["last"] = audience.last.isoformat() if audience.last else None
    record["traffic"]["unchanged_share"] = round(audience.traffic.unchanged_share, 4)
    return record


def _print(audience: Audience) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Not a terminal: as wide as the tables are, so that grep finds whole lines.
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)

    def show(title: Message, columns: tuple[Message | str, ...], rows: list[tuple[str, ...]]) -> None:
        table = Table(title=said(title), title_justify="left", box=None, pad_edge=False)
        for column in columns:
            table.add_column(said(column), justify="left" if column in LEFT else "right", overflow="fold")
        for cells in rows:
            # Text, not markup: a log's words colour nothing.
            table.add_row(*(Text(cell) for cell in cells))
        if rows:
            console.print(table)
            click.echo()

    for line in _summary(audience):
        tell(line)
    click.echo()
    numbers = (POLLS, UNCHANGED, SENT)
    show(Message("audience.feeds"), (FEED, SUBSCRIBERS, READERS, *numbers, SAVED), _feed_rows(audience))
    show(Message("audience.services"), (NAME, KIND, SUBSCRIBERS, *numbers), _service_rows(audience))
    show(Message("audience.days"), (DAY, SUBSCRIBERS, READERS, *numbers), _day_rows(audience))
    columns = (CLIENT, AGENT, FEED, POLLS, EVERY, WASTED, WHY)
    show(Message("audience.wasteful"), columns, _wasteful_rows(audience))


NAME = Message("audience.column-name")
KIND = Message("audience.column-kind")
FEED = Message("audience.column-feed")
DAY = Message("audience.column-day")
CLIENT = Message("audience.column-client")
AGENT = Message("audience.column-agent")
WHY = Message("audience.column-why")
LEFT = frozenset({NAME, KIND, FEED, DAY, CLIENT, AGENT, WHY})
"""Columns of text; those of numbers stand at the right."""

SUBSCRIBERS = Message("audience.subscribers")
READERS = Message("audience.readers")
POLLS = Message("audience.polls")
UNCHANGED = "304"
SENT = Message("audience.sent")
SAVED = Message("audience.saved")
EVERY = Message("audience.every")
WASTED = Message("audience.wasted")


def _summary(audience: Audience) -> Iterator[Message | str]:
    traffic = audience.traffic
    yield Message(
        "audience.summary-lines",
        lines=audience.lines,
        polls=traffic.polls,
        elsewhere=audience.elsewhere,
        refused=sum(audience.refused.values()),
        malformed=audience.malformed,
    )
    if audience.first and audience.last:
        yield Message("audience.summary-span", first=as_shown(audience.first), last=as_shown(audience.last))
    yield Message("audience.summary-people", subscribers=audience.subscribers, readers=audience.readers)
    yield Message(
        "audience.summary-traffic",
        share=share_text(traffic.unchanged_share),
        sent=size_text(traffic.sent),
        saved=size_text(traffic.saved),
    )
    yield from audience.notes


def _feed_rows(audience: Audience) -> list[tuple[str, ...]]:
    return [
        (
            feed.path,
            f"{feed.subscribers:,}",
            f"{feed.readers:,}",
            f"{feed.traffic.polls:,}",
            share_text(feed.traffic.unchanged_share),
            size_text(feed.traffic.sent),
            size_text(feed.traffic.saved),
        )
        for feed in audience.feeds
    ]


def _service_rows(audience: Audience) -> list[tuple[str, ...]]:
    return [
        (
            said(shown_name(service.name)),
            said(KIND_NAMES[service.kind]),
            "" if service.subscribers is None else f"{service.subscribers:,}",
            f"{service.polls:,}",
            share_text(service.unchanged / service.polls),
            size_text(service.sent),
        )
        for service in audience.services
    ]


def _day_rows(audience: Audience) -> list[tuple[str, ...]]:
    return [
        (
            day.day.isoformat(),
            f"{day.subscribers:,}",
            f"{day.readers:,}",
            f"{day.traffic.polls:,}",
            share_text(day.traffic.unchanged_share),
            size_text(day.traffic.sent),
        )
        for day in audience.days
    ]


def _wasteful_rows(audience: Audience) -> list[tuple[str, ...]]:
    return [
        (
            client.address,
            client.agent,
            client.path,
            f"{client.polls:,}",
            said(seconds(client.interval)),
            size_text(client.wasted),
            "; ".join(map(said, client.reasons)),
        )
        for client in audience.wasteful
    ]
