"""audience: who polls the feeds, from access logs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sosik.audience import Audience, LogError, Tally, read_blocks, summarize
from sosik.audience.page import audience_page, share_text, size_text
from sosik.cli.options import json_option
from sosik.cli.output import leave, print_json
from sosik.errors import StoreError
from sosik.publish.answers import read_policy
from sosik.render.formats import FORMATS
from sosik.store import Snapshot

_ZONE = "Asia/Seoul"
_ARCHIVE = "/archive/"


@click.command("audience")
@click.argument("logs", nargs=-1, required=True, metavar="LOG…")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with plots.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(0), help="How many wasteful clients to list.")
@json_option
@click.pass_obj
def audience_command(directory: Path, logs: tuple[str, ...], page: Path | None, top: int, as_json: bool) -> None:
    """Tell who polls the feeds: subscribers by service, readers, the share of 304, wasteful clients.

    LOG is an access log in the combined format (nginx, Apache) or Caddy's JSON, plain or gzip; - is standard input.
    """
    tally = Tally(_feed_paths(directory), ZoneInfo(_zone(directory)))
    damaged = []
    with _progress(logs) as advance:
        for name in logs:
            try:
                for lines, skipped, position in read_blocks(name):
                    tally.add_lines(lines)
                    tally.skip(skipped)
                    advance(name, position)
            except LogError as error:
                damaged.append(str(error))
                click.echo(f"{error}", err=True)
    audience = summarize(tally, top=top, damaged=damaged)
    if page is not None:
        page.write_bytes(audience_page(audience))
    if as_json:
        print_json(_record(audience))
    else:
        _print(audience)
    leave(failed=bool(damaged))


def _zone(directory: Path) -> str:
    """Return the zone in which days begin: the publication's, where there is one."""
    from sosik.config import load_publication

    publication = load_publication(directory).publication
    return publication.timezone if publication else _ZONE


def _feed_paths(directory: Path) -> Callable[[str], bool]:
    """Return what tells a feed's path: one of the publication's documents or old addresses, or a feed's file name."""
    names = tuple(f"/{format_.filename}" for format_ in FORMATS.values())
    known: set[str] = set()
    try:
        snapshot = Snapshot(directory / ".sosik")
    except StoreError:
        pass
    else:
        known |= read_policy(snapshot.meta("publication")).aliases.keys()
        snapshot.close()
    return lambda path: path in known or (path.endswith(names) and _ARCHIVE not in path)


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
    record = asdict(audience)
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

    def show(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for number, head in enumerate(heads):
            table.add_column(head, justify="left" if number == 0 or head.islower() else "right", overflow="fold")
        for cells in rows:
            # Text, not markup: a log's words colour nothing.
            table.add_row(*(Text(cell) for cell in cells))
        if rows:
            console.print(table)
            click.echo()

    for line in _summary(audience):
        click.echo(line)
    click.echo()
    show("Feeds", ("feed", "Subscribers", "Readers", "Polls", "304", "Sent", "Saved"), _feed_rows(audience))
    show("Services and readers", ("name", "kind", "Subscribers", "Polls", "304", "Sent"), _service_rows(audience))
    show("Days", ("day", "Subscribers", "Readers", "Polls", "304", "Sent"), _day_rows(audience))
    show("Wasteful clients", ("client", "agent", "feed", "Polls", "Every", "Wasted", "why"), _wasteful_rows(audience))


def _summary(audience: Audience) -> Iterator[str]:
    traffic = audience.traffic
    yield (
        f"{audience.lines:,} lines: {traffic.polls:,} polls of feeds, {audience.elsewhere:,} other requests, "
        f"{sum(audience.refused.values()):,} refused, {audience.malformed:,} malformed"
    )
    if audience.first and audience.last:
        yield f"from {audience.first.isoformat()} to {audience.last.isoformat()}"
    yield f"{audience.subscribers:,} subscribers as services say, about {audience.readers:,} readers besides"
    yield (
        f"{share_text(traffic.unchanged_share)} answered with 304; {size_text(traffic.sent)} sent, "
        f"about {size_text(traffic.saved)} saved"
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
            service.name,
            str(service.kind),
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
            f"{client.interval:,} s",
            size_text(client.wasted),
            "; ".join(client.reasons),
        )
        for client in audience.wasteful
    ]
