"""import: old articles into entry files."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from sosik.cli.files import create
from sosik.cli.options import existing_file, json_option, path_seen_from_publication, publication_of
from sosik.cli.output import leave, print_json, print_problems, said, tell
from sosik.cli.root import about
from sosik.dates import DateParseError, parse_stamps
from sosik.errors import ImportingError, Problem
from sosik.file_names import name_on_windows, spelled
from sosik.importers import Imported, Masthead, read_page
from sosik.words import Message
from sosik.write import file_name, format_entry


@click.group("import", help=about("import", Message("cli.import-more")))
def import_command() -> None:
    """Hold the importers, a command for each kind of source."""


@import_command.command("page", help=said(Message("cli.import-page")))
@click.argument("files", nargs=-1, required=True, type=existing_file, metavar="FILE…")
@click.option("--into", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.import-into")))
@click.option(
    "--masthead",
    type=click.Choice([str(choice) for choice in Masthead]),
    default=str(Masthead.UNCONFIRMED),
    show_default=True,
    help=said(Message("cli.import-masthead")),
)
@click.option("--dry-run", is_flag=True, help=said(Message("cli.import-dry-run")))
@json_option
@click.pass_obj
def page_command(
    directory: Path, files: tuple[Path, ...], into: Path | None, masthead: str, dry_run: bool, as_json: bool
) -> None:
    """Write an entry file for each page; one that cannot be imported makes the exit status 1."""
    publication = publication_of(directory)
    records: list[dict[str, object]] = []
    problems: list[Problem] = []
    failed = False
    for file in files:
        try:
            imported = read_page(
                _bytes(file),
                file.name,
                authority=publication.authority,
                timezone=publication.timezone,
                masthead=masthead,
            )
            path = _target(directory, into, imported)
            if path.exists():
                raise ImportingError(Message("cli.page-taken", file=file.name, path=str(path)))
            if not dry_run:
                create(path, format_entry(_file_fields(imported)))
        except ImportingError as error:
            tell(error.message, err=True)
            failed = True
            continue
        records.append({"file": str(path), "entry": imported.fields, "unconfirmed": list(imported.unconfirmed)})
        problems += imported.problems
    _print(records, problems, as_json=as_json, dry_run=dry_run)
    leave(failed=failed)


def _bytes(file: Path) -> bytes:
    """Return what a saved page holds. Raises `ImportingError` where it cannot be read: the others go on."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ImportingError(Message("cli.page-unreadable", file=str(file), reason=reason)) from error


def _file_fields(imported: Imported) -> Mapping[str, object]:
    return {**imported.fields, "unconfirmed": list(imported.unconfirmed)} if imported.unconfirmed else imported.fields


def _target(directory: Path, into: Path | None, imported: Imported) -> Path:
    """Return where the entry file goes: into the folder of its month, unless told otherwise."""
    day = _day(imported)
    name = file_name(str(imported.fields["title"]), day or date(1, 1, 1))
    if day is None:
        name = name_on_windows(name.removeprefix("0001-01-01-"))
    if into is not None:
        return into / spelled(name)
    return directory / "content" / (f"{day:%Y}/{day:%m}" if day else "imported") / spelled(name)


def _day(imported: Imported) -> date | None:
    """Return the day of publication, if the page told it."""
    try:
        stamps = parse_stamps(str(imported.fields.get("published", "")))
    except DateParseError:
        return None
    instant: datetime = stamps[0].timestamp.instant
    return instant.date()


def _print(records: list[dict[str, object]], problems: list[Problem], *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        print_json(records)
        return
    print_problems(problems)
    for record in records:
        path = str(record["file"])
        tell(Message("cli.would-write", path=path) if dry_run else Message("cli.wrote", path=path))
        for key in record["unconfirmed"] if isinstance(record["unconfirmed"], list) else ():
            tell(Message("cli.unconfirmed", key=key))
