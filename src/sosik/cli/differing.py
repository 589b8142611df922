"""diff: what the next build would change, as subscribers would see it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from sosik.cli.layout import padded
from sosik.cli.options import instant, json_option
from sosik.cli.output import document_counts, in_order, leave, print_json, problem_record, problem_text, said
from sosik.cli.root import about
from sosik.dates import format_rfc3339, minute_for_people
from sosik.edition.diff import Difference, EntryChange, Shown
from sosik.errors import ConfigError, EditionRefusedError, Problem
from sosik.model import Outcome
from sosik.site import Site
from sosik.words import Message
from sosik.words.pages import texts_of

LABELS = {
    "new": "cli.diff-new",
    "updated": "cli.diff-updated",
    "corrected": "cli.diff-corrected",
    "minor": "cli.diff-minor",
    "confirmed": "cli.diff-confirmed",
    "withdrawn": "cli.diff-withdrawn",
    "held": "cli.diff-held",
    "moved": "cli.diff-moved",
    "linked": "cli.diff-linked",
    "refused": "cli.diff-refused",
    "changed": "cli.diff-changed",
    "removed": "cli.diff-removed",
}
"""What stands at the beginning of a line, by what becomes of an entry or a document."""

POINTERS = {
    "replaced-by": "cli.diff-replaced-by",
    "replaces": "cli.diff-replaces",
    "related": "cli.diff-related",
}
"""How an entry is told that another one points to, by the kind of the relation."""


@click.command("diff", help=about("diff", Message("cli.diff-more")))
@click.option("--now", type=instant, help=said(Message("cli.diff-now")))
@json_option
@click.pass_obj
def diff_command(directory: Path, now: datetime | None, as_json: bool) -> None:
    """Print what the next build would change; what is held back makes the exit status 1."""
    site, refused = Site(directory), tuple[Problem, ...]()
    try:
        difference = site.diff(now=now)
    except (ConfigError, EditionRefusedError) as error:
        difference, refused = Difference(), error.problems
    problems = in_order((*refused, *difference.held))
    if as_json:
        print_json(_record(difference, problems, refused=bool(refused)))
    else:
        click.echo("\n".join(_lines(difference, problems, _Desk(site), refused=bool(refused))))
    leave(failed=bool(problems))


class _Desk:
    """What a publication calls corrections, and the zone of its times; Korean and Seoul where it cannot be read."""

    def __init__(self, site: Site) -> None:
        publication = site.config().publication
        self.correction = texts_of(publication.language if publication else "ko")["correction"]
        self._zone = publication.timezone if publication else "Asia/Seoul"

    def time(self, instant: datetime) -> Message:
        """Return a time for people."""
        return minute_for_people(instant, self._zone)


_ROOM = 11
"""Columns for what becomes of an article, and the blanks behind it."""


def _lines(difference: Difference, problems: list[Problem], desk: _Desk, *, refused: bool) -> Iterator[str]:
    for change in difference.entries:
        yield from _entry_lines(change, desk)
    for problem in problems:
        yield _line("refused" if refused else "held", problem_text(problem))
    for problem in in_order(difference.warnings):
        yield problem_text(problem)
    for path, what in difference.documents.items():
        yield _line(what, path)
    if difference.documents:
        counts = {what: [*difference.documents.values()].count(what) for what in ("new", "changed", "removed")}
        yield said(document_counts(counts))
    else:
        yield said(Message("cli.diff-nothing"))


def _line(what: str, shown: str) -> str:
    return f"{padded(said(Message(LABELS[what])), _ROOM)}{shown}"


def _entry_lines(change: EntryChange, desk: _Desk) -> Iterator[str]:
    """Yield the headline as it was and will be, and below it what else readers would notice."""
    shown = change.after or change.before
    title = shown.title if shown else change.id
    if change.before and change.after and change.before.title != change.after.title:
        title = f"{change.before.title} → {change.after.title}"
    yield _line(_verb(change), title)
    yield from (f"{'':<{_ROOM}}{said(message)}" for message in _details(change, desk))


def _details(change: EntryChange, desk: _Desk) -> Iterator[Message]:
    before, after = change.before, change.after
    if after and (before is None or before.published != after.published):
        yield Message("cli.diff-published-at", at=desk.time(after.published))
    if before and after and before.link != after.link:
        yield Message("cli.diff-link", before=before.link, after=after.link)
    if after and after.updated and (before is None or before.updated != after.updated):
        yield Message("cli.diff-updated-at", at=desk.time(after.updated))
    if after and before and before.updated and not after.updated:
        yield Message("cli.diff-no-longer-updated", at=desk.time(before.updated))
    yield from (Message("cli.diff-correction", label=desk.correction, note=note) for note in change.notes)
    yield from (Message(POINTERS[kind], title=title) for kind, title in change.pointers)
    if change.appears:
        yield Message("cli.diff-appears", feeds=change.appears)
    if change.leaves:
        yield Message("cli.diff-leaves", feeds=change.leaves)


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
