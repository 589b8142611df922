"""list and show: what sosik knows of its entries."""

from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import asdict

from sosik.cli.files import now_of
from sosik.cli.layout import columns, padded
from sosik.cli.naming import Named, ambiguous, drafts_named, each_draft, has_words
from sosik.cli.options import json_option, publication_of
from sosik.cli.output import in_order, print_json, print_json_list, problem_record, said, tell, tell_drafts
from sosik.cli.root import about
from sosik.dates import format_rfc3339, minute_for_people
from sosik.errors import Problem, SosikError
from sosik.model import Entry, Status
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import LedgerRow
from sosik.words import Message

SCHEDULED, UNBUILT, HELD = "scheduled", "unbuilt", "held"
"""What `status` says beside draft, published and withdrawn: a time ahead, no build yet, a file with an error."""

_MARKS = {SCHEDULED: "cli.list-scheduled", UNBUILT: "cli.list-unpublished", HELD: "cli.list-held"}


class _Seen:
    """What of a publication is public now, and why the rest is not."""

    def __init__(self, site: Site) -> None:
        self.standing = site.standing()
        publication = publication_of(site.root)
        self.zone, self._now = publication.timezone, now_of(publication)

    def status(self, entry: Entry, row: LedgerRow | None) -> str:
        """Return what an entry is to readers; `row` is what the ledger holds of its id."""
        if f"content/{entry.source}" in self.standing.held:
            return HELD
        if entry.status is Status.PUBLISHED and entry.published > self._now:
            return SCHEDULED
        return UNBUILT if entry.status is Status.PUBLISHED and row is None else entry.status.value

    def values(self, entry: Entry) -> dict[str, object]:
        """Return what the marks of an entry may name."""
        problem, since = self.standing.held.get(f"content/{entry.source}"), self.standing.missing.get(entry.id)
        return {
            "at": minute_for_people(entry.published, self.zone),
            "code": problem.code if problem else "",
            "since": minute_for_people(since, self.zone) if since else "",
        }


@click.command("list", help=about("list", Message("cli.list-more")))
@json_option
@click.pass_obj
def list_command(directory: Path, as_json: bool) -> None:
    """Print a line for each entry, the newest first."""
    site = Site(directory)
    listed, seen = site.each_entry(), _Seen(site)
    if as_json:
        records = (_record(entry, row, seen) for entry, row in listed)
        print_json_list(chain(records, map(_draft, each_draft(directory, seen.standing.drafts))))
        tell_drafts(seen.standing.drafts, err=True)
        return
    count, room = 0, _room_of_time()
    for count, (entry, row) in enumerate(listed, 1):  # noqa: B007  # the last number is told at the end
        section = f" [{entry.section}]" if entry.section else ""
        time = padded(said(minute_for_people(entry.published, seen.zone)), room)
        line = f"{time}{entry.id}{section}  {entry.title}"
        marks = [_MARKS[status] for status in [seen.status(entry, row)] if status in _MARKS]
        for mark in (["cli.list-missing"] if entry.id in seen.standing.missing else []) + marks:
            line = said(Message(mark, line=line, **seen.values(entry)))
        click.echo(line)
    tell(Message("cli.list-count", count=count))
    tell_drafts(seen.standing.drafts)
    for problem in in_order(seen.standing.problems):
        tell(problem.told, err=True)


def _room_of_time() -> int:
    """Return the columns for a time and the blanks behind it: some languages write months and days without zeros."""
    return columns(said(minute_for_people(datetime(2000, 12, 31, tzinfo=UTC), UTC))) + 2


@click.command("show", help=about("show", Message("cli.show-more")))
@click.argument("wanted", metavar="ID")
@json_option
@click.pass_obj
def show_command(directory: Path, wanted: str, as_json: bool) -> None:
    """Print what is known of an entry. Raises `SosikError` where none has the id or the headline, or several have."""
    site = Site(directory)
    records = _records(site, wanted)
    if as_json:
        print_json(records)
        return
    zone = publication_of(directory).timezone
    for record in records:
        _print(record, zone)


def _records(site: Site, wanted: str) -> list[dict[str, object]]:
    """Return the records of the entries with a name, or else of the one that has it in its headline."""
    by_name, by_title = [], []
    for entry, row in site.each_entry():
        if wanted in _names(entry.id, entry.source):
            by_name.append((entry, row))
        elif has_words(entry.title, wanted):
            by_title.append((entry, row))
    seen = _Seen(site)
    if by_name:
        return [_record(entry, row, seen) for entry, row in by_name]
    past = [row for row in site.ledger().values() if row.withdrawn is not None]
    waiting = drafts_named(site.root, seen.standing.drafts, wanted)
    records = [_remembered(row) for row in past if wanted in _names(row.id, row.source)]
    records = records or [_draft(one) for one in waiting if wanted in _names(one.id, one.file.source)]
    if records:
        return records
    held = [why for file, why in seen.standing.held.items() if wanted in _names("", file.removeprefix("content/"))]
    if held:
        return [_held(held[0])]
    found = [_record(entry, row, seen) for entry, row in by_title]
    found += [_remembered(row) for row in past if has_words(row.title, wanted)] + [_draft(one) for one in waiting]
    if len(found) > 1:
        raise ambiguous(wanted, [f"content/{record['source']}" for record in found])
    if not found:
        raise SosikError(Message("cli.entry-unknown", name=wanted))
    return found


LABELS = {
    "alt": Message("cli.show-alt"),
    "at": Message("cli.show-at"),
    "authors": Message("cli.show-authors"),
    "body": Message("cli.show-body"),
    "caption": Message("cli.show-caption"),
    "corrected": Message("cli.show-corrected"),
    "credit": Message("cli.show-credit"),
    "digest": Message("cli.show-digest"),
    "edits": Message("cli.show-edits"),
    "email": Message("cli.show-email"),
    "file": Message("cli.show-file"),
    "height": Message("cli.show-height"),
    "history": Message("cli.show-history"),
    "id": Message("cli.show-id"),
    "images": Message("cli.show-images"),
    "kind": Message("cli.show-kind"),
    "length": Message("cli.show-length"),
    "line": Message("cli.show-line"),
    "link": Message("cli.show-link"),
    "media_type": Message("cli.show-media-type"),
    "missing_since": Message("cli.show-missing-since"),
    "name": Message("cli.show-name"),
    "note": Message("cli.show-note"),
    "path": Message("cli.show-path"),
    "precision": Message("cli.show-precision"),
    "published": Message("cli.show-published"),
    "relations": Message("cli.show-relations"),
    "section": Message("cli.show-section"),
    "source": Message("cli.show-source"),
    "status": Message("cli.show-status"),
    "subtitles": Message("cli.show-subtitles"),
    "summary": Message("cli.show-summary"),
    "tags": Message("cli.show-tags"),
    "target": Message("cli.show-target"),
    "title": Message("cli.show-title"),
    "unconfirmed": Message("cli.show-unconfirmed"),
    "updated": Message("cli.show-updated"),
    "url": Message("cli.show-url"),
    "width": Message("cli.show-width"),
    "withdrawn": Message("cli.show-withdrawn"),
}
"""What people are shown of a name in a record."""

VALUES = {
    "status": {
        "draft": Message("cli.show-status-draft"),
        "published": Message("cli.show-status-published"),
        "withdrawn": Message("cli.show-status-withdrawn"),
    },
    "kind": {
        "minor": Message("cli.show-kind-minor"),
        "update": Message("cli.show-kind-update"),
        "correction": Message("cli.show-kind-correction"),
        "replaces": Message("cli.show-kind-replaces"),
        "replaced-by": Message("cli.show-kind-replaced-by"),
        "related": Message("cli.show-kind-related"),
    },
    "precision": {
        "day": Message("dates.precision-day"),
        "minute": Message("dates.precision-minute"),
        "second": Message("dates.precision-second"),
    },
    "unconfirmed": LABELS,
}
"""What people are shown of the values that are words of a table, by the name that they stand under."""

_ROOM = 13
"""Columns for a label and the blanks behind it."""

TIMES = frozenset({"published", "updated", "at", "corrected", "withdrawn", "missing_since"})
"""Under which names times stand."""

FOR_PROGRAMS = frozenset(
    {"body", "media", "has_page", "pinned", "language", "published_precision", "updated_precision"}
)
"""What only `--json` shows."""


def _print(record: dict[str, object], zone: str) -> None:
    """Print a record for people: what is empty is left out, a list has a line for each member."""
    for name, value in record.items():
        if name in FOR_PROGRAMS or name == "held" or value in ("", [], {}, None):
            continue
        members = value if isinstance(value, list) else [_state(record, zone) if name == "status" else value]
        for number, member in enumerate(members):
            label = f"{_called(name)}:" if number == 0 else ""
            click.echo(f"{padded(label, _ROOM)}{_line(name, member, zone)}")


def _state(record: dict[str, object], zone: str) -> str:
    """Return the status of a record for people: until when it waits, or why it is held."""
    status, held = record["status"], record.get("held")
    if isinstance(held, dict):
        key = "cli.show-held-before" if record["id"] else "cli.show-held"
        return said(Message(key, code=held["code"], reason=held["message"]))
    if status == SCHEDULED:
        return said(Message("cli.show-scheduled", at=_line("published", record["published"], zone)))
    return said(Message("cli.show-unbuilt")) if status == UNBUILT else str(status)


def _line(name: str, value: object, zone: str) -> str:
    if name in TIMES:
        return said(minute_for_people(datetime.fromisoformat(str(value)), zone))
    if not isinstance(value, dict):
        word = VALUES.get(name, {}).get(str(value))
        return said(word) if word is not None else str(value)
    shown = ((key, member) for key, member in value.items() if member not in ("", None, 0))
    return ", ".join(f"{_called(key)} {_line(key, member, zone)}" for key, member in shown)


def _called(name: str) -> str:
    return said(LABELS[name]) if name in LABELS else name


def _names(id_: str, source: str) -> tuple[str, ...]:
    """Return what an entry may be asked for by."""
    return (id_, id_.rpartition(":")[2], source, f"content/{source}")


def _remembered(row: LedgerRow) -> dict[str, object]:
    """Return what is known of an entry that was taken back."""
    known = {"id": row.id, "title": row.title, "source": row.source, "status": Status.WITHDRAWN.value}
    return {**known, "history": _history(row)}


def _held(problem: Problem) -> dict[str, object]:
    """Return what is known of a file that is held back and has no entry."""
    known = {"id": None, "title": "", "published": None, "source": problem.location.file.removeprefix("content/")}
    return {**known, "status": HELD, "held": problem_record(problem)}


def _draft(named: Named) -> dict[str, object]:
    """Return what is known of an entry that nobody has seen."""
    known = {"id": named.id, "title": named.title, "published": None, "source": named.file.source}
    return {**known, "status": Status.DRAFT.value}


def _history(row: LedgerRow) -> dict[str, str]:
    names = ("published", "updated", "corrected", "withdrawn")
    instants = ((name, getattr(row, name)) for name in names)
    return {name: format_rfc3339(instant(at)) for name, at in instants if at is not None}


def _record(entry: Entry, row: LedgerRow | None, seen: _Seen) -> dict[str, object]:
    """Return an entry as `--json` shows it: instants in RFC 3339, the ledger under `history`.

    Of a file that is held back, `held` tells why, and the rest is what stood there before.
    """
    record = {name: _shown(value) for name, value in asdict(entry).items()}
    record["status"] = seen.status(entry, row)
    if record["status"] == HELD:
        record["held"] = problem_record(seen.standing.held[f"content/{entry.source}"])
    if row is not None:
        since = seen.standing.missing.get(entry.id)
        record["history"] = _history(row) | ({"missing_since": format_rfc3339(since)} if since else {})
    return record


def _shown(value: object) -> object:
    """Return a value with its instants written in RFC 3339."""
    if isinstance(value, datetime):
        return format_rfc3339(value)
    if isinstance(value, Struct):
        value = asdict(value)
    if isinstance(value, dict):
        return {name: _shown(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(member) for member in value]
    return value
