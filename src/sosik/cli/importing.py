"""import: old articles into entry files."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from sosik.cli.options import existing_file, json_option, path_seen_from_publication, publication_of
from sosik.cli.output import leave, print_json, print_problems
from sosik.cli.writing import create
from sosik.dates import DateParseError, parse_stamps
from sosik.errors import ImportingError, Problem
from sosik.importers import Imported, Masthead, read_page
from sosik.write import file_name, format_entry


@click.group("import")
def import_command() -> None:
    """Turn old articles into entry files; what had to be inferred is marked unconfirmed."""


@import_command.command("page")
@click.argument("files", nargs=-1, required=True, type=existing_file, metavar="FILE…")
@click.option(
    "--into",
    type=path_seen_from_publication,
    metavar="DIR",
    help="Where entry files go; default: content/YEAR/MONTH.",
)
@click.option(
    "--masthead",
    type=click.Choice([str(choice) for choice in Masthead]),
    default=str(Masthead.UNCONFIRMED),
    show_default=True,
    help="What a date in the page's masthead (최종편집 …) means for the article.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
@json_option
@click.pass_obj
def page_command(
    directory: Path, files: tuple[Path, ...], into: Path | None, masthead: str, dry_run: bool, as_json: bool
) -> None:
    """Import article pages that were saved as text or HTML."""
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
                raise ImportingError(_taken(file, path))
            if not dry_run:
                create(path, format_entry(_file_fields(imported)))
        except ImportingError as error:
            click.echo(f"{error}", err=True)
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
        raise ImportingError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}") from error


def _taken(file: Path, path: Path) -> str:
    """Say why a page is not imported whose headline and day an entry file has already."""
    return (
        f"{file.name}: {path} is there already, and stays as it is\n"
        "    hint: if this is another article, import it alone with --into and another folder"
    )


def _file_fields(imported: Imported) -> Mapping[str, object]:
    return {**imported.fields, "unconfirmed": list(imported.unconfirmed)} if imported.unconfirmed else imported.fields


def _target(directory: Path, into: Path | None, imported: Imported) -> Path:
    """Return where the entry file goes: into the folder of its month, unless told otherwise."""
    day = _day(imported)
    name = file_name(str(imported.fields["title"]), day or date(1, 1, 1))
    if day is None:
        name = name.removeprefix("0001-01-01-")
    if into is not None:
        return into / name
    return directory / "content" / (f"{day:%Y}/{day:%m}" if day else "imported") / name


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
        click.echo(f"{'would write' if dry_run else 'wrote'} {record['file']}")
        for key in record["unconfirmed"] if isinstance(record["unconfirmed"], list) else ():
            click.echo(f"    unconfirmed: {key}. Look at it, then take it out of unconfirmed:")
