"""check and build."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from sosik.announce import Announced
from sosik.cli.announcing import announce_build, announced_record, print_announced
from sosik.cli.delivering import Published, Targets, bucket_address, published, targets_of, tell_published
from sosik.cli.options import instant, json_option, path_seen_from_publication, zone_shown
from sosik.cli.output import (
    WAITING_SHOWN,
    WARNINGS_SHOWN,
    document_counts,
    entry_counts,
    in_order,
    leave,
    misused,
    print_json,
    print_problems,
    problem_record,
    said,
    severity_line,
    tell,
    tell_drafts,
    tell_not_published,
)
from sosik.cli.progress import ProgressLine
from sosik.cli.root import about
from sosik.dates import format_rfc3339, minute_for_people
from sosik.edition.build import Report
from sosik.errors import ConfigError, EditionRefusedError, Problem, Severity, StoreFaultError, UnlikeError
from sosik.ledger.verdicts import Allowances
from sosik.progress import Progress, Stage
from sosik.publish.files import LOST
from sosik.reasons import reason_of
from sosik.site import Site
from sosik.words import Message

MISSING_SHOWN = 20
"""How many files of articles that are gone, or taken back, are named."""


def _report(run: Callable[[], Report]) -> Report:
    """Return a run's report; what refuses the whole edition becomes a report of problems too."""
    try:
        return run()
    except (ConfigError, EditionRefusedError) as error:
        return Report(problems=list(error.problems))


def _failed(problems: list[Problem], *, strict: bool = False) -> bool:
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


@click.command("check", help=about("check", Message("cli.check-more")))
@click.option("--strict", is_flag=True, help=said(Message("cli.strict")))
@click.option(
    "--feeds",
    is_flag=False,
    flag_value="public",
    metavar="[FILE|DIR]",
    help=said(Message("cli.check-feeds")),
)
@json_option
@click.pass_obj
def check_command(directory: Path, strict: bool, feeds: str | None, as_json: bool) -> None:
    """Print the problems of every file, or with `feeds` those of published documents."""
    if feeds is not None:
        from sosik.cli.conforming import check_feeds

        check_feeds(directory, feeds, strict=strict, as_json=as_json)
        return
    with ProgressLine() as line:
        site = Site(directory, observer=line)
        report = _report(site.check)
    report.problems += site.forgotten(directory / "public")
    problems = in_order(report.problems)
    if as_json:
        print_json(
            {"problems": [problem_record(problem) for problem in problems], "counts": report.counts}
            | {"withdrawn": list(report.withdrawn)}
            | _waiting(report)
        )
    else:
        print_problems(problems)
        tell(severity_line(problems) if problems else Message("cli.no-problems"))
        tell_not_published(problems)
        _tell_withdrawn(report, "cli.would-withdraw")
        _tell_waiting(report, site)
    leave(failed=_failed(problems, strict=strict))


@click.command("build", help=about("build", Message("cli.build-more")))
@click.option("--output", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.build-output")))
@click.option("--to", "bucket", type=bucket_address, metavar="URL", help=said(Message("cli.build-to")))
@click.option("--gzip", "compress", is_flag=True, help=said(Message("cli.build-gzip")))
@click.option("--replace-files", "replace", is_flag=True, help=said(Message("cli.build-replace")))
@click.option("--durable", is_flag=True, help=said(Message("cli.build-durable")))
@click.option("--strict", is_flag=True, help=said(Message("cli.strict")))
@click.option("--now", type=instant, help=said(Message("cli.build-now")))
@click.option("--allow-redate", "redate", multiple=True, metavar="ID", help=said(Message("cli.build-allow-redate")))
@click.option("--allow-withdrawals", "withdrawals", is_flag=True, help=said(Message("cli.build-allow-withdrawals")))
@click.option("--withdraw-now", "withdraw_now", is_flag=True, help=said(Message("cli.build-withdraw-now")))
@click.option("--previous", default="", metavar="DIR|URL", help=said(Message("cli.build-previous")))
@click.option("--or-new", is_flag=True, help=said(Message("cli.build-or-new")))
@click.option("--new-store", is_flag=True, help=said(Message("cli.build-new-store")))
@json_option
@click.pass_obj
def build_command(
    directory: Path,
    output: Path | None,
    bucket: str | None,
    compress: bool,
    replace: bool,
    durable: bool,
    strict: bool,
    now: datetime | None,
    redate: tuple[str, ...],
    withdrawals: bool,
    withdraw_now: bool,
    previous: str,
    or_new: bool,
    new_store: bool,
    as_json: bool,
) -> None:
    """Build, publish and announce, and print what became of entries and documents."""
    if or_new and not previous:
        raise misused(Message("cli.or-new-alone"))
    targets = targets_of(directory, output, bucket or "", compress=compress, replace=replace, durable=durable)
    line = ProgressLine()
    site = Site(directory, observer=line)
    allowed = Allowances(redate=frozenset(redate), withdrawals=withdrawals, withdraw_now=withdraw_now)
    is_known = previous or new_store
    forgotten = site.forgotten(targets.folder) if targets.folder and not is_known else []
    build = partial(site.build, now=now, allowed=allowed)
    with line:
        report = _report(lambda: build(previous=previous, or_new=or_new, new_store=new_store))
    report.problems += forgotten
    done = None
    if report.edition.number:
        with line:
            line(Progress(Stage.WRITING))
            try:
                done, problems = published(site, targets)
            except UnlikeError:
                build()
                done, problems = published(site, targets)
        is_told = any(problem.code == LOST for problem in report.problems)
        report.problems += [one for one in problems if not (is_told and one.code == LOST)]
    if now is not None and now > datetime.now(UTC) and done is not None and not as_json:
        tell(Message("cli.now-ahead", now=minute_for_people(now, zone_shown(site.root))), err=True)
    announced = announce_build(site) if done is not None else Announced()
    if as_json:
        print_json(_build_record(report, done) | {"announcements": announced_record(announced)})
    else:
        _print_build(report, done, targets, site)
        print_announced(announced)
    if done is not None:
        _keep_copy(site)
    leave(failed=_failed(report.problems, strict=strict))


def _keep_copy(site: Site) -> None:
    """Keep the day's safety copy: last of all, and what hinders it is told and fails nothing."""
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
        **_waiting(report),
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
    _tell_withdrawn(report, "cli.withdrew")
    if report.unshown and not any(problem.code == "entry-unshown" for problem in report.problems):
        tell(Message("cli.unshown", count=report.unshown))
    tell(document_counts(report.documents))
    tell_published(done, targets)
    if report.missing:
        tell(_missing(report))
    _tell_waiting(report, site)


def _waiting(report: Report) -> dict[str, object]:
    return {
        "drafts": list(report.drafts),
        "waiting": {file: format_rfc3339(at) for file, at in report.waiting.items()},
    }


def _tell_withdrawn(report: Report, key: str) -> None:
    """Tell which published articles are taken back, if any is."""
    if report.withdrawn:
        shown = report.withdrawn[:MISSING_SHOWN]
        more = ("…",) if len(report.withdrawn) > MISSING_SHOWN else ()
        tell(Message(key, count=len(report.withdrawn), files=(*shown, *more)))


def _tell_waiting(report: Report, site: Site) -> None:
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
