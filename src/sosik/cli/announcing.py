"""announce: notifies hubs and search engines of changes."""

from collections.abc import Mapping
from pathlib import Path

import click

from sosik.announce import Announced
from sosik.cli.options import json_option, publication_of
from sosik.cli.output import leave, print_json, said, tell
from sosik.cli.root import about
from sosik.dates import format_rfc3339, minute_for_people
from sosik.edition.announcements import targets_of
from sosik.errors import StoreError
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import AnnouncementRow, TargetRow
from sosik.words import Message

BUILD_BUDGET = 20.0
"""Seconds after which a build tells nobody any more; the rest waits for `sosik announce` or the next build."""

_SHOWN = 5


@click.command("announce", help=about("announce", Message("cli.announce-more")))
@click.option("--dry-run", is_flag=True, help=said(Message("cli.announce-dry-run")))
@json_option
@click.pass_obj
def announce_command(directory: Path, dry_run: bool, as_json: bool) -> None:
    """Tell of what changed, or show what waits; what cannot be told makes the exit status 1."""
    site = Site(directory)
    publication = publication_of(directory)
    names = targets_of(publication)
    announced = site.announcements() if dry_run else site.announce(by_hand=True, budget=600.0)
    if as_json:
        print_json(announced_record(announced))
    elif not names:
        tell(Message("cli.announce-nobody"))
    else:
        for name in names:
            click.echo(_target_line(announced.targets.get(name, TargetRow(name)), publication.timezone))
        print_announced(announced)
    leave(failed=bool(announced.waiting) and not dry_run)


def announce_build(site: Site) -> Announced:
    """Tell what a build changed. Nothing that goes wrong here fails the build: what is not told waits."""
    try:
        return site.announce(budget=BUILD_BUDGET)
    except StoreError as error:
        tell(Message("cli.announce-failed", reason=error.message), err=True)
        return Announced()


def print_announced(announced: Announced) -> None:
    """Print how much was told, how much waits, and what for."""
    if not announced.told and not announced.waiting:
        return
    tell(Message("cli.announcements", told=len(announced.told), waiting=len(announced.waiting)))
    reasons: dict[Message | str, AnnouncementRow] = {}
    for row in announced.waiting:
        reasons.setdefault(row.outcome or Message("cli.announce-untried"), row)
    for reason, row in list(reasons.items())[:_SHOWN]:
        tell(Message("cli.announce-waiting", target=row.target, reason=reason))
    if announced.waiting:
        tell(Message("cli.announce-later"))


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
        "outcome": said(row.outcome),
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
        "outcome": said(row.outcome),
    }


def _target_line(row: TargetRow, zone: str) -> str:
    def shown(at: int | None) -> Message | None:
        return None if at is None else minute_for_people(instant(at), zone)

    states = [Message("cli.target-never-told")]
    if row.told:
        states = [Message("cli.target-told", count=row.told, last=shown(row.told_at))]
    if row.outcome:
        states.append(Message("cli.target-failed", at=shown(row.failed_at), outcome=row.outcome))
    if row.asked:
        states.append(Message("cli.target-waits", until=shown(row.due)))
    return f"{row.target}: {'; '.join(map(said, states))}"


def _stamp(at: int | None) -> str | None:
    return None if at is None else format_rfc3339(instant(at))
