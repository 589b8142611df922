"""restore and doctor: restores a backup of the store, and checks the store and the published files."""

from pathlib import Path

import click

from sosik.cli.options import existing_file, json_option, path_seen_from_publication
from sosik.cli.output import leave, print_json, said, tell
from sosik.cli.root import about
from sosik.cli.zones import zone_shown
from sosik.dates import format_rfc3339, minute_for_people
from sosik.model.instants import instant
from sosik.site import Site
from sosik.store import Copy
from sosik.words import Message


def existing_copy(text: str) -> Path:
    """Return the file of a copy, named as `--list` does, by its name alone, or as any file."""
    directory = click.get_current_context().find_object(Path) or Path()
    named = next((copy.file for copy in Site(directory).copies() if copy.file.name == text), None)
    return named or existing_file(text)


@click.command("restore", help=about("restore", Message("cli.restore-more")))
@click.argument("file", required=False, type=existing_copy, metavar="[FILE]")
@click.option("--list", "is_list", is_flag=True, help=said(Message("cli.restore-list")))
@json_option
@click.pass_obj
def restore_command(directory: Path, file: Path | None, is_list: bool, as_json: bool) -> None:
    """Put a copy of the store back, or list the copies."""
    site = Site(directory)
    if is_list:
        found = site.copies()
        if as_json:
            print_json([_record(copy) for copy in found])
        zone = zone_shown(directory)
        for copy in () if as_json else found:
            tell(_line(copy, zone))
        if not found and not as_json:
            tell(Message("cli.restore-none"))
        return
    restored = site.restore(file)
    if as_json:
        aside = str(restored.aside) if restored.aside else None
        print_json({"restored": _record(restored.copy), "aside": aside})
        return
    tell(Message("cli.restored", file=str(restored.copy.file), edition=restored.copy.edition))
    if restored.aside is not None:
        tell(Message("cli.restore-aside", file=str(restored.aside)))
    tell(Message("cli.restore-next"))


def _record(copy: Copy) -> dict[str, object]:
    composed = format_rfc3339(instant(copy.composed)) if copy.edition else None
    return {"file": str(copy.file), "edition": copy.edition, "composed": composed, "entries": copy.entries}


def _line(copy: Copy, zone: str) -> Message:
    if not copy.edition:
        return Message("cli.restore-unreadable", file=str(copy.file))
    composed = minute_for_people(instant(copy.composed), zone)
    return Message(
        "cli.restore-line", file=str(copy.file), edition=copy.edition, composed=composed, entries=copy.entries
    )


_PARTS = {
    "store": Message("cli.doctor-store"),
    "media": Message("cli.doctor-media"),
    "ledger": Message("cli.doctor-ledger"),
    "output": Message("cli.doctor-output-files"),
}
"""What people are shown of the names of what is examined."""


@click.command("doctor", help=about("doctor", Message("cli.doctor-more")))
@click.option("--output", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.doctor-output")))
@json_option
@click.pass_obj
def doctor_command(directory: Path, output: Path | None, as_json: bool) -> None:
    """Print what is wrong with what is kept, and what to do; anything found makes the exit status 1."""
    findings = Site(directory).examine(output or directory / "public")
    is_sound = not any(findings.values())
    if as_json:
        parts = {
            part: [{"message": said(one.message), "hint": said(one.hint) if one.hint else ""} for one in found]
            for part, found in findings.items()
        }
        print_json({"sound": is_sound, "findings": parts})
    else:
        for part, found in findings.items():
            for one in found:
                tell(Message("cli.doctor-finding", part=_PARTS[part], message=one.message))
                if one.hint is not None:
                    tell(Message("cli.doctor-hint", hint=one.hint))
        if is_sound:
            tell(Message("cli.doctor-sound"))
    leave(failed=not is_sound)
