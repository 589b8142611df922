"""announce: notifies hubs and search engines of changes."""

from pathlib import Path

import click

from sosik.cli.announced import announced_record, print_announced
from sosik.cli.options import json_option, publication_of
from sosik.cli.output import leave, print_json, said, tell
from sosik.cli.root import about
from sosik.dates import minute_for_people
from sosik.edition.announcements import targets_of
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import TargetRow
from sosik.words import Message


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
