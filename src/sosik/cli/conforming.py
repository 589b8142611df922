"""check --feeds: published documents, ours or anyone's, by the rules of the checklist."""

from datetime import UTC, datetime
from pathlib import Path

import click

from sosik.cli.output import leave, print_json
from sosik.conformance import Checked, Finding, check_path
from sosik.errors import Severity

PUBLIC = "public"
"""What is checked where nothing is named: the publication's own files, never those of the folder we stand in."""


def check_feeds(directory: Path, name: str, *, strict: bool, as_json: bool) -> None:
    """Print what the document or the folder `name` breaks; the exit status is 1 if a MUST is among it.

    It is named as seen from the publication's folder or from where the command is run; `public` is always the former.
    """
    places = [directory / name] if name == PUBLIC else [directory / name, Path(name)]
    path = next((path for path in places if path.exists()), None)
    if path is None:
        raise click.UsageError(f"there is no file or folder {name}. `sosik build` makes public/.")
    checked = check_path(path, judged=datetime.now(UTC))
    if as_json:
        print_json(_record(checked))
    else:
        for finding in checked.findings:
            click.echo(f"{finding}")
        click.echo(_summary(checked))
    errors = _errors(checked)
    leave(failed=bool(errors or (strict and checked.findings)))


def _errors(checked: Checked) -> list[Finding]:
    return [finding for finding in checked.findings if finding.severity is Severity.ERROR]


def _summary(checked: Checked) -> str:
    errors = len(_errors(checked))
    parts = {"document": checked.documents, "error": errors, "warning": len(checked.findings) - errors}
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in parts.items())


def _record(checked: Checked) -> dict[str, object]:
    """Return what was found as `--json` shows it."""
    findings = [
        {
            "severity": str(finding.severity),
            "rule": finding.rule.name,
            "level": str(finding.level),
            "file": finding.location.file,
            "line": finding.location.line,
            "column": finding.location.column,
            "message": str(finding.message),
            "hint": str(finding.hint or ""),
        }
        for finding in checked.findings
    ]
    return {"documents": checked.documents, "findings": findings}
