"""diff: what the next build would change, as subscribers would see it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from sosik.cli.options import instant, json_option
from sosik.cli.output import counts_line, in_order, leave, print_json, problem_record
from sosik.dates import format_rfc3339
from sosik.edition.diff import Difference, EntryChange, Shown
from sosik.errors import ConfigError, EditionRefusedError, Problem
from sosik.model import Outcome
from sosik.site import Site


@click.command("diff")
@click.option("--now", type=instant, help="As at this instant.")
@json_option
@click.pass_obj
def diff_command(directory: Path, now: datetime | None, as_json: bool) -> None:
    """Show what the next build would change, as subscribers would see it; nothing is changed."""
    refused: tuple[Problem, ...] = ()
    try:
        difference = Site(directory).diff(now=now)
    except (ConfigError, EditionRefusedError) as error:
        difference, refused = Difference(), error.problems
    problems = in_order((*refused, *difference.held))
    if as_json:
        print_json(_record(difference, problems, refused=bool(refused)))
    else:
        click.echo("\n".join(_lines(difference, problems, refused=bool(refused))))
    leave(failed=bool(problems))


def _lines(difference: Difference, problems: list[Problem], *, refused: bool) -> Iterator[str]:
    for change in difference.entries:
        yield from _entry_lines(change)
    for problem in problems:
        yield f"{'refused' if refused else 'held':<10} {problem}"
    for problem in in_order(difference.warnings):
        yield f"warning    {problem}"
    for path, what in difference.documents.items():
        yield f"{what:<10} {path}"
    if difference.documents:
        counts = {what: [*difference.documents.values()].count(what) for what in ("new", "changed", "removed")}
        yield counts_line(counts, "documents")
    else:
        yield "nothing would change"


def _entry_lines(change: EntryChange) -> Iterator[str]:
    """Yield the headline as it was and will be, and below it what else readers would notice."""
    before, after = change.before, change.after
    shown = after or before
    title = shown.title if shown else change.id
    if before and after and before.title != after.title:
        title = f"{before.title} → {after.title}"
    yield f"{_verb(change):<10} {title}"
    if after and (before is None or before.published != after.published):
        yield f"           published {format_rfc3339(after.published)}"
    if before and after and before.link != after.link:
        yield f"           link {before.link} → {after.link}"
    if after and after.updated and (before is None or before.updated != after.updated):
        yield f"           updated {format_rfc3339(after.updated)}"
    if after and before and before.updated and not after.updated:
        yield f"           no longer updated {format_rfc3339(before.updated)}"
    yield from (f"           [정정] {note}" for note in change.notes)
    yield from (f"           {kind} {title}" for kind, title in change.pointers)
    for label, feeds in (("appears in", change.appears), ("leaves", change.leaves)):
        if feeds:
            yield f"           {label} {', '.join(feeds)}"


def _verb(change: EntryChange) -> str:
    """Return what becomes of an entry: one that only enters or leaves a feed is moved, else others point elsewhere."""
    if change.outcome is not Outcome.UNCHANGED:
        return str(change.outcome)
    return "moved" if change.appears or change.leaves else "linked"


def _record(difference: Difference, problems: list[Problem], *, refused: bool) -> dict[str, object]:
    return {
        "entries": [_entry_record(change) for change in difference.entries],
        "documents": dict(difference.documents),
        "refused": refused,
        "held": [problem_record(problem) for problem in problems],
        "warnings": [problem_record(problem) for problem in in_order(difference.warnings)],
    }


def _entry_record(change: EntryChange) -> dict[str, object]:
    return {
        "id": change.id,
        "outcome": str(change.outcome),
        "before": _shown_record(change.before),
        "after": _shown_record(change.after),
        "corrections": list(change.notes),
        "related": [{"kind": kind, "title": title} for kind, title in change.pointers],
        "feeds": list(change.feeds),
        "appears": list(change.appears),
        "leaves": list(change.leaves),
    }


def _shown_record(shown: Shown | None) -> dict[str, object] | None:
    if shown is None:
        return None
    return {
        "title": shown.title,
        "published": format_rfc3339(shown.published),
        "updated": format_rfc3339(shown.updated) if shown.updated else None,
    }
