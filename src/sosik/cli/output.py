"""What commands print: problems, counts and JSON."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

import click

from sosik.errors import Problem, Severity

WARNINGS_SHOWN = 20
"""How many warnings a build prints before it points to `sosik check`."""


def print_json(value: object) -> None:
    """Print a value as JSON, Hangul readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def problem_record(problem: Problem) -> dict[str, object]:
    """Return a problem as `--json` shows it."""
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "file": problem.location.file,
        "line": problem.location.line,
        "column": problem.location.column,
        "message": str(problem.message),
        "hint": str(problem.hint),
    }


def print_problems(problems: Iterable[Problem], *, warnings: int | None = None) -> None:
    """Print problems in the order of their places; of the warnings no more than `warnings`, if given."""
    ordered = in_order(problems)
    shown = [problem for problem in ordered if problem.severity is Severity.ERROR]
    told = [problem for problem in ordered if problem.severity is Severity.WARNING]
    for problem in in_order([*shown, *told[:warnings]]):
        click.echo(f"{problem}")
    if warnings is not None and len(told) > warnings:
        click.echo(f"… and {len(told) - warnings} more warnings: sosik check")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each, by file, line and column."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda problem: (problem.location.file, problem.location.line, problem.location.column, problem.code),
    )


def counts_line(counts: Mapping[str, int], noun: str) -> str:
    """Return counts in one line: `entries: 2 new, 1 updated, 21 unchanged`."""
    parts = [f"{number} {name}" for name, number in counts.items() if number]
    return f"{noun}: {', '.join(parts) or 'none'}"


def severity_line(problems: Sequence[Problem]) -> str:
    """Return how many errors and warnings there are: `1 error, 3 warnings`."""
    errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
    return f"{_many(errors, 'error')}, {_many(len(problems) - errors, 'warning')}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def leave(*, failed: bool) -> None:
    """End the command with status 1 if it `failed`."""
    if failed:
        sys.exit(1)
