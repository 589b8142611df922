"""What is told of announcements: after a build, and by their own command."""

from collections.abc import Mapping

from sosik.announce import Announced
from sosik.cli.output import said, tell
from sosik.dates import format_rfc3339
from sosik.errors import StoreError
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import AnnouncementRow, TargetRow
from sosik.words import Message

BUILD_BUDGET = 20.0
"""Seconds after which a build tells nobody any more; the rest waits for `sosik announce` or the next build."""

_SHOWN = 5


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


def _stamp(at: int | None) -> str | None:
    return None if at is None else format_rfc3339(instant(at))
