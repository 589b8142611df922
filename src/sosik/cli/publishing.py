"""A build as the command line runs it: what is published, announced and told."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from sosik.announce import Announced
from sosik.cli.announced import announce_build, announced_record, print_announced
from sosik.cli.delivering import Published, Targets, published, tell_published
from sosik.cli.output import (
    WAITING_SHOWN,
    WARNINGS_SHOWN,
    document_counts,
    entry_counts,
    in_order,
    leave,
    print_json,
    print_problems,
    problem_record,
    severity_line,
    tell,
    tell_drafts,
    tell_not_published,
)
from sosik.cli.progress import ProgressLine
from sosik.cli.zones import zone_shown
from sosik.dates import format_rfc3339, minute_for_people
from sosik.edition.build import Report
from sosik.errors import ConfigError, EditionRefusedError, Problem, Severity, StoreFaultError, UnlikeError
from sosik.ledger.verdicts import NOTHING_ALLOWED, Allowances
from sosik.progress import Progress, Stage
from sosik.publish.files import LOST
from sosik.reasons import reason_of
from sosik.site import Site
from sosik.words import Message

MISSING_SHOWN = 20
"""How many files of articles that are gone, or taken back, are named."""


def report_of(run: Callable[[], Report]) -> Report:
    """Return a run's report; what refuses the whole edition becomes a report of problems too."""
    try:
        return run()
    except (ConfigError, EditionRefusedError) as error:
        return Report(problems=list(error.problems))


def has_failed(problems: list[Problem], *, strict: bool = False) -> bool:
    """Tell whether problems fail a command: errors do, and if it is `strict` warnings, too."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


class Asked(Struct, frozen=True, kw_only=True):
    """What the options of a build ask for, beside where it is published: see `Site.build`."""

    now: datetime | None = None
    allowed: Allowances = NOTHING_ALLOWED
    previous: str = ""
    or_new: bool = False
    new_store: bool = False
    strict: bool = False
    as_json: bool = False


NOTHING_ASKED = Asked()


def build_and_publish(directory: Path, targets: Targets, asked: Asked) -> None:
    """Build, publish and announce, and print what became of entries and documents."""
    now = asked.now
    line = ProgressLine()
    site = Site(directory, observer=line)
    is_known = asked.previous or asked.new_store
    forgotten = site.forgotten(targets.folder) if targets.folder and not is_known else []
    build = partial(site.build, now=now, allowed=asked.allowed)
    with line, site.kept_store.in_one_go():
        report = report_of(lambda: build(previous=asked.previous, or_new=asked.or_new, new_store=asked.new_store))
        report.problems += forgotten
        done = _published(site, targets, report, line, build) if report.edition.number else None
    if now is not None and now > datetime.now(UTC) and done is not None and not asked.as_json:
        tell(Message("cli.now-ahead", now=minute_for_people(now, zone_shown(site.root))), err=True)
    announced = announce_build(site) if done is not None else Announced()
    if asked.as_json:
        print_json(_build_record(report, done) | {"announcements": announced_record(announced)})
    else:
        _print_build(report, done, targets, site)
        print_announced(announced)
    if done is not None and any(report.documents[change] for change in ("new", "changed", "removed")):
        _keep_copy(site)
    leave(failed=has_failed(report.problems, strict=asked.strict))


def _published(
    site: Site, targets: Targets, report: Report, line: ProgressLine, build: Callable[[], Report]
) -> Published:
    """Publish the edition, made anew by `build` where it is not what it was made as; the report tells what is wrong."""
    line(Progress(Stage.WRITING))
    try:
        done, problems = published(site, targets)
    except UnlikeError:
        build()
        done, problems = published(site, targets)
    is_told = any(problem.code == LOST for problem in report.problems)
    report.problems += [one for one in problems if not (is_told and one.code == LOST)]
    return done


def _keep_copy(site: Site) -> None:
    """Keep the day's safety copy of a new edition: last of all, and what hinders it is told and fails nothing."""
    try:
        site.keep_copy()
    except (StoreFaultError, OSError) as error:
        tell(Message("cli.no-copy", reason=reason_of(error)), err=True)


def _build_record(report: Report, done: Published | None) -> dict[str, object]:
    return {
        "edition": report.edition.number,
        "counts": report.counts,
        "documents": dict(report.documents),
        "unshown": report.unshown,
        **(done.record if done else {"files": {}}),
        "problems": [problem_record(problem) for problem in in_order(report.problems)],
        "withdrawn": list(report.withdrawn),
        **waiting(report),
        "ahead": [format_rfc3339(published) for published in report.ahead],
        "missing": {id_: format_rfc3339(since) for id_, since in report.missing.items()},
    }


def _print_build(report: Report, done: Published | None, targets: Targets, site: Site) -> None:
    print_problems(report.problems, warnings=WARNINGS_SHOWN)
    if report.problems:
        tell(severity_line(in_order(report.problems)))
        tell_not_published(report.problems)
    if done is None:
        tell(Message("cli.nothing-changed"))
        return
    tell(entry_counts(report.counts))
    tell_withdrawn(report, "cli.withdrew")
    if report.unshown and not any(problem.code == "entry-unshown" for problem in report.problems):
        tell(Message("cli.unshown", count=report.unshown))
    tell(document_counts(report.documents))
    tell_published(done, targets)
    if report.missing:
        tell(_missing(report))
    tell_waiting(report, site)


def waiting(report: Report) -> dict[str, object]:
    """Return what `--json` shows of the articles that are not public yet."""
    return {
        "drafts": list(report.drafts),
        "waiting": {file: format_rfc3339(at) for file, at in report.waiting.items()},
    }


def tell_withdrawn(report: Report, key: str) -> None:
    """Tell which published articles are taken back, if any is."""
    if report.withdrawn:
        shown = report.withdrawn[:MISSING_SHOWN]
        more = ("…",) if len(report.withdrawn) > MISSING_SHOWN else ()
        tell(Message(key, count=len(report.withdrawn), files=(*shown, *more)))


def tell_waiting(report: Report, site: Site) -> None:
    """Tell which articles are not public yet, and until when."""
    tell_drafts(report.drafts)
    if report.ahead:
        tell(Message("cli.ahead", count=len(report.ahead)))
    zone = zone_shown(site.root) if report.waiting else ""
    for file, at in [*report.waiting.items()][:WAITING_SHOWN]:
        tell(Message("cli.ahead-file", file=file, at=minute_for_people(at, zone)))


def _missing(report: Report) -> Message:
    """Return how many files are gone whose entries stay up for now, and which."""
    files = [problem.location.file for problem in report.problems if problem.code == "file-missing"]
    named = Message("cli.missing-files", files=tuple(files[:MISSING_SHOWN]))
    if len(files) > MISSING_SHOWN:
        named = Message("cli.missing-more", files=named)
    return Message("cli.missing", count=len(report.missing), files=named)
