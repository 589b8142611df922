"""check and build."""

from datetime import datetime
from pathlib import Path

import click

from sosik.cli.delivering import targets_of
from sosik.cli.options import bucket_address, instant, json_option, path_seen_from_publication
from sosik.cli.output import (
    in_order,
    leave,
    misused,
    print_json,
    print_problems,
    problem_record,
    said,
    severity_line,
    tell,
    tell_not_published,
)
from sosik.cli.progress import ProgressLine
from sosik.cli.publishing import (
    Asked,
    build_and_publish,
    has_failed,
    report_of,
    tell_waiting,
    tell_withdrawn,
    waiting,
)
from sosik.cli.root import about
from sosik.ledger.verdicts import Allowances
from sosik.site import Site
from sosik.words import Message


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
        report = report_of(site.check)
    report.problems += site.forgotten(directory / "public")
    problems = in_order(report.problems)
    if as_json:
        print_json(
            {"problems": [problem_record(problem) for problem in problems], "counts": report.counts}
            | {"withdrawn": list(report.withdrawn)}
            | waiting(report)
        )
    else:
        print_problems(problems)
        tell(severity_line(problems) if problems else Message("cli.no-problems"))
        tell_not_published(problems)
        tell_withdrawn(report, "cli.would-withdraw")
        tell_waiting(report, site)
    leave(failed=has_failed(problems, strict=strict))


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
    """Build with what the options ask for."""
    if or_new and not previous:
        raise misused(Message("cli.or-new-alone"))
    targets = targets_of(directory, output, bucket or "", compress=compress, replace=replace, durable=durable)
    asked = Asked(
        now=now,
        allowed=Allowances(redate=frozenset(redate), withdrawals=withdrawals, withdraw_now=withdraw_now),
        previous=previous,
        or_new=or_new,
        new_store=new_store,
        strict=strict,
        as_json=as_json,
    )
    build_and_publish(directory, targets, asked)
