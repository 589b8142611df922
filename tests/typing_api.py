"""What a user's program may write, for the type checker alone: nothing runs this file, `mypy --strict` reads it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

import sosik
from sosik import (
    Allowances,
    Config,
    ConfigError,
    DateParseError,
    EditionRefusedError,
    EditKind,
    Entry,
    Message,
    Outcome,
    Precision,
    Problem,
    Projection,
    Report,
    Role,
    Severity,
    Site,
    SourceProfile,
    Stamp,
    StoreError,
    Timestamp,
    create_app,
    format_korean,
    format_rfc822,
    format_rfc3339,
    load_publication,
    parse_datetime,
    parse_stamps,
)


def publish_a_newsroom(folder: Path) -> int:
    """Build, publish, and say what became of each entry."""
    site = Site(folder)
    try:
        report: Report = site.build(now=datetime.now(UTC), allowed=Allowances(redate=frozenset({"tag:a,2010:b"})))
    except (ConfigError, EditionRefusedError) as error:
        told: tuple[Problem, ...] = error.problems
        print(*told, sep="\n")
        return 1
    except StoreError as error:
        print(error)
        return 1
    projection: Projection = site.publish(folder / "public", compress=True)
    outcomes: Mapping[str, Outcome] = report.outcomes
    print(projection.written, [id_ for id_, outcome in outcomes.items() if outcome is Outcome.NEW])
    return len(report.errors)


def read_problems(problems: Iterable[Problem]) -> list[str]:
    """Show problems as a program of one's own would."""
    return [
        f"{problem.location.file}:{problem.location.line}: {problem.code}: {problem.message}"
        for problem in problems
        if problem.severity is Severity.ERROR
    ]


def look_at_entries(site: Site) -> list[str]:
    """Read entries as normalized."""
    entries: list[Entry] = [entry for entry, _ in site.entries()]
    return [
        f"{format_korean(entry.published)} {entry.title} {[person.name for person in entry.authors]} "
        f"{[edit.note for edit in entry.edits if edit.kind is EditKind.CORRECTION]}"
        for entry in entries
    ]


def read_dates(text: str) -> str:
    """Read dates, and write them."""
    profile: SourceProfile | None = None
    try:
        one: Timestamp = parse_datetime(text, timezone="Asia/Seoul", reference=None, profile=profile)
        stamps: tuple[Stamp, ...] = parse_stamps(text, slot="stamp")
    except DateParseError as error:
        return f"{error.text} {error.position} {error.reason}"
    updated = [stamp for stamp in stamps if stamp.role is Role.UPDATED and stamp.precision.reaches(Precision.MINUTE)]
    return f"{format_rfc822(one.instant)} {format_rfc3339(one.instant)} {updated}"


def serve(folder: Path) -> Flask:
    """Hand the application to a WSGI server."""
    return create_app(folder / ".sosik")


def configured(folder: Path) -> Config:
    """Read what feeds/ defines."""
    return load_publication(folder)


def say(message: Message) -> str:
    """Show a message."""
    return f"{message} {sosik.__version__}"
