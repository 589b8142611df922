"""check --feeds: checks published documents of any publisher against the checklist."""

from datetime import UTC, datetime
from pathlib import Path

from sosik.cli.output import leave, misused, print_json, said, tell
from sosik.conformance import Checked, Finding, check_path
from sosik.errors import Severity, at_place
from sosik.file_names import spelled
from sosik.words import Message

PUBLIC = "public"
"""What is checked where nothing is named: the publication's own files, never those of the folder we stand in."""


def check_feeds(directory: Path, name: str, *, strict: bool, as_json: bool) -> None:
    """Print what the document or the folder `name` breaks; the exit status is 1 if a MUST is among it.

    It is named as seen from the publication's folder or from where the command is run; `public` is always the former.
    """
    places = [directory / name] if name == PUBLIC else [directory / spelled(name), Path(spelled(name))]
    path = next((path for path in places if path.exists()), None)
    if path is None:
        raise misused(Message("cli.feeds-missing", name=name))
    checked = check_path(path, judged=datetime.now(UTC))
    if as_json:
        print_json(_record(checked))
    else:
        for finding in checked.findings:
            tell(at_place(finding.location, finding.severity, finding.rule.name, finding.message, finding.hint))
        tell(_summary(checked))
    errors = _errors(checked)
    leave(failed=bool(errors or (strict and checked.findings)))


def _errors(checked: Checked) -> list[Finding]:
    return [finding for finding in checked.findings if finding.severity is Severity.ERROR]


def _summary(checked: Checked) -> Message:
    errors = len(_errors(checked))
    warnings = len(checked.findings) - errors
    return Message("cli.documents-checked", documents=checked.documents, errors=errors, warnings=warnings)


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
            "message": said(finding.message),
            "hint": said(finding.hint or ""),
        }
        for finding in checked.findings
    ]
    return {"documents": checked.documents, "findings": findings}
