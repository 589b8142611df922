"""What commands print: the one place where messages become text, and where both voices of mistakes are made."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sosik.errors import TOLD_ONCE, Problem, Severity
from sosik.systems import IS_WINDOWS
from sosik.words import Message, say

if TYPE_CHECKING:
    import click

WARNINGS_SHOWN = 20
"""How many warnings a build prints before it points to `sosik check`."""

SAME_SHOWN = 3
"""How many warnings that say the same are printed one by one, and how many files are named of more."""

WAITING_SHOWN = 3
"""How many of the articles that wait are told by their files' names."""

COUNTS = {
    "new": "cli.count-new",
    "updated": "cli.count-updated",
    "corrected": "cli.count-corrected",
    "minor": "cli.count-minor",
    "confirmed": "cli.count-confirmed",
    "withdrawn": "cli.count-withdrawn",
    "held": "cli.count-held",
    "unchanged": "cli.count-unchanged",
    "changed": "cli.count-changed",
    "removed": "cli.count-removed",
}
"""How a count is told, by what became of the entries or documents that it counts."""


def said(message: Message | str) -> str:
    """Return what people read of a message; what is text already stays as it is."""
    return say(message) if isinstance(message, Message) else message


def tell(message: Message | str, *, err: bool = False) -> None:
    """Print a message, to standard error if `err`."""
    echo(said(message), err=err)


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text as `click.echo` does, to standard error if `err`, and end the line if `nl`."""
    stream = sys.stderr if err else sys.stdout
    is_plain = stream is not None and (stream.encoding or "").lower() == "utf-8" and not stream.isatty()
    if IS_WINDOWS or not is_plain or "\033" in text:
        import click

        click.echo(text, err=err, nl=nl)
        return
    # In a file or a pipe nothing is left to do for click, which takes as long to import as a build without changes.
    stream.write(f"{text}\n" if nl else text)
    stream.flush()


def complain(reason: Message | str) -> None:
    """Print why a command cannot go on: `sosik: …`."""
    tell(Message("cli.failed", reason=reason), err=True)


def misused(message: Message) -> "click.UsageError":
    """Return what click says of a wrong call: `Error: …` and exit status 2."""
    import click

    return click.UsageError(said(message))


def bad_value(message: Message | str, *, name: str | None = None) -> "click.BadParameter":
    """Return what click says of a wrong value of an option or argument, here called `name`, with exit status 2."""
    import click

    return click.BadParameter(said(message), param_hint=name)


def print_json(value: object) -> None:
    """Print a value as JSON, Hangul readable."""
    echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_json_list(values: Iterable[object]) -> None:
    """Print values as a JSON list, the same text as `print_json` prints, each as soon as it is there."""
    from textwrap import indent

    before = "["
    for value in values:
        text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
        echo(f"{before}\n{indent(text, '  ')}", nl=False)
        before = ","
    echo("[]" if before == "[" else "\n]")


def problem_record(problem: Problem) -> dict[str, object]:
    """Return a problem as `--json` shows it."""
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "file": problem.location.file,
        "line": problem.location.line,
        "column": problem.location.column,
        "message": said(problem.message),
        "hint": said(problem.hint) if problem.hint else "",
    }


def problem_text(problem: Problem) -> str:
    """Return a problem for people."""
    return said(problem.told)


def print_problems(problems: Iterable[Problem], *, warnings: int | None = None) -> None:
    """Print problems in the order of their places; of the warnings no more than `warnings`, if given.

    Those come first that nobody is told of again. Warnings of many files that say the same are one.
    """
    ordered = in_order(problems)
    errors = [problem for problem in ordered if problem.severity is Severity.ERROR]
    warned, others = _summed(problem for problem in ordered if problem.severity is Severity.WARNING)
    warned.sort(key=lambda problem: problem.code not in TOLD_ONCE)
    for problem in in_order([*errors, *warned[:warnings]]):
        echo(_coloured(problem))
        if problem in others:
            tell(Message("cli.same-problem", **_listed(others[problem])))
    if warnings is not None and len(warned) > warnings:
        tell(Message("cli.more-warnings", count=len(warned) - warnings))


def _summed(problems: Iterable[Problem]) -> tuple[list[Problem], dict[Problem, list[str]]]:
    """Return the problems, of many that say the same the first alone, and in which other files that one is met."""
    alike: dict[tuple[Message, Message | None], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.message, problem.hint), []).append(problem)
    many = {same[0]: [one.location.file for one in same[1:]] for same in alike.values() if len(same) > SAME_SHOWN}
    kept = [problem for same in alike.values() for problem in (same[:1] if same[0] in many else same)]
    return in_order(kept), many


def _listed(files: list[str]) -> dict[str, object]:
    """Return how many files there are, and the names of some, as values of a message."""
    return {"count": len(files), "files": (*files[:SAME_SHOWN], *(["…"] if len(files) > SAME_SHOWN else []))}


def _coloured(problem: Problem) -> str:
    """Return a problem for people, on a terminal its severity in colour."""
    text = problem_text(problem)
    if not sys.stdout.isatty():
        return text
    import click

    word = said(Message(f"errors.{problem.severity}"))
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    before, mark, after = text.partition(f": {word}: ")
    return f"{before}: {click.style(word, fg=colour, bold=True)}: {after}" if mark else text


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems once each, by file, line and column."""
    return sorted(
        dict.fromkeys(problems),
        key=lambda problem: (problem.location.file, problem.location.line, problem.location.column, problem.code),
    )


def entry_counts(counts: Mapping[str, int]) -> Message:
    """Return what became of entries in one line: `entries: 2 new, 1 updated, 21 unchanged`."""
    return Message("cli.counts-entries", counts=_counts(counts))


def document_counts(counts: Mapping[str, int]) -> Message:
    """Return what became of documents in one line: `documents: 2 new, 21 unchanged`."""
    return Message("cli.counts-documents", counts=_counts(counts))


def _counts(counts: Mapping[str, int]) -> tuple[Message, ...]:
    told = tuple(Message(COUNTS[name], count=count) for name, count in counts.items() if count)
    return told or (Message("cli.count-none"),)


def severity_line(problems: Sequence[Problem]) -> Message:
    """Return how many errors and warnings there are: `1 error, 3 warnings`."""
    errors = sum(1 for problem in problems if problem.severity is Severity.ERROR)
    return Message("cli.severities", errors=errors, warnings=len(problems) - errors)


def tell_not_published(problems: Iterable[Problem]) -> None:
    """Tell how many articles errors hold back."""
    held = {
        problem.location.file
        for problem in problems
        if problem.severity is Severity.ERROR and problem.location.file.startswith("content/")
    }
    if held:
        tell(Message("cli.not-published", count=len(held)))


def tell_drafts(files: Sequence[str], *, err: bool = False) -> None:
    """Tell which files hold drafts, if any does; to standard error if `err`."""
    if files:
        shown = (*files[:WAITING_SHOWN], *(["…"] if len(files) > WAITING_SHOWN else []))
        tell(Message("cli.drafts", count=len(files), files=shown), err=err)


def leave(*, failed: bool) -> None:
    """End the command with status 1 if it `failed`."""
    if failed:
        sys.exit(1)
