"""announce: hubs and search engines are told of what changed."""

from collections.abc import Mapping
from pathlib import Path

import click

from sosik.announce import Announced
from sosik.cli.options import json_option, publication_of
from sosik.cli.output import leave, print_json
from sosik.dates import format_rfc3339
from sosik.edition.announcements import targets_of
from sosik.errors import StoreError
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import AnnouncementRow, TargetRow

BUILD_BUDGET = 20.0
"""Seconds after which a build tells nobody any more; the rest waits for `sosik announce` or the next build."""

_SHOWN = 5


@click.command("announce")
@click.option("--dry-run", is_flag=True, help="Tell nobody; show what waits, and what came of the last time.")
@json_option
@click.pass_obj
def announce_command(directory: Path, dry_run: bool, as_json: bool) -> None:
    """Tell WebSub hubs and search engines (IndexNow) of what changed, once its new bytes are at their addresses.

    What cannot be told waits in the store, and the exit status is 1.
    """
    site = Site(directory)
    names = targets_of(publication_of(directory))
    announced = site.announcements() if dry_run else site.announce(by_hand=True, budget=600.0)
    if as_json:
        print_json(announced_record(announced))
    elif not names:
        click.echo("nobody is to be told: feeds/publication.yaml names no hubs: and no indexnow:")
    else:
        for name in names:
            click.echo(_target_line(announced.targets.get(name, TargetRow(name))))
        print_announced(announced)
    leave(failed=bool(announced.waiting) and not dry_run)


def announce_build(site: Site) -> Announced:
    """Tell what a build changed. Nothing that goes wrong here fails the build: what is not told waits."""
    try:
        return site.announce(budget=BUILD_BUDGET)
    except StoreError as error:
        click.echo(f"nobody was told of the changes: {error}", err=True)
        return Announced()


def print_announced(announced: Announced) -> None:
    """Print how much was told, how much waits, and what for."""
    if not announced.told and not announced.waiting:
        return
    click.echo(f"announcements: {len(announced.told)} told, {len(announced.waiting)} waiting")
    reasons: dict[str, AnnouncementRow] = {}
    for row in announced.waiting:
        reasons.setdefault(row.outcome or "not tried yet", row)
    for reason, row in list(reasons.items())[:_SHOWN]:
        click.echo(f"    {row.target}: {reason}")
    if announced.waiting:
        click.echo("    what waits is told by the next build, or by `sosik announce`")


def announced_record(announced: Announced) -> Mapping[str, object]:
    """Return what `--json` shows of announcements."""
    return {
        "told": [_row_record(row) for row in announced.told],
        "waiting": [_row_record(row) for row in announced.waiting],
        "targets": [_target_record(row) for row in announced.targets.values()],
    }


def _row_record(row: AnnouncementRow) -> Mapping[str, object]:
    return {
        "target": row.target,
        "protocol": row.protocol,
        "url": row.url,
        "since": _stamp(row.since),
        "tries": row.tries,
        "outcome": row.outcome,
    }


def _target_record(row: TargetRow) -> Mapping[str, object]:
    return {
        "target": row.target,
        "told": row.told,
        "told_at": _stamp(row.told_at),
        "failed": row.failed,
        "failed_at": _stamp(row.failed_at),
        "failures_in_a_row": row.failures,
        "not_before": _stamp(row.due or None),
        "outcome": row.outcome,
    }


def _target_line(row: TargetRow) -> str:
    told = f"told {row.told}, last {_stamp(row.told_at)}" if row.told else "never told"
    failed = f"; failed {_stamp(row.failed_at)}: {row.outcome}" if row.outcome else ""
    wait = f"; it asked us to wait until {_stamp(row.due)}" if row.asked else ""
    return f"{row.target}: {told}{failed}{wait}"


def _stamp(at: int | None) -> str | None:
    return None if at is None else format_rfc3339(instant(at))
