"""init, new, pin, correct and withdraw: the edits that people who do not write YAML need."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from sosik.cli.options import entry_file, publication_of
from sosik.cli.output import leave, print_problems
from sosik.dates.zones import zone_of
from sosik.errors import SosikError, UnwritableError
from sosik.ledger.verdicts import MISNAMED
from sosik.model import Publication
from sosik.normalize.ids import derived_id, new_id
from sosik.read import read_entry, scan
from sosik.site import Site
from sosik.starter import stamp, starter_files
from sosik.write import correct, file_name, new_entry, pin, withdraw


def _now(publication: Publication | None = None) -> datetime:
    """Return the wall clock of the publication's zone."""
    return datetime.now(zone_of(publication.timezone if publication else "Asia/Seoul"))


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; one that is there is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text) as written:
        try:
            os.link(written, path)
        except FileExistsError as error:
            raise SosikError(f"{path} is there already; nothing was changed.") from error


def _rewrite(path: Path, change: Callable[[str], str]) -> bool:
    """Change an entry file, whole or not at all; tell whether there was anything to change."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SosikError(f"{path} is not UTF-8 text; save it as UTF-8 first.") from error
    try:
        changed = change(text)
    except UnwritableError as error:
        raise UnwritableError(f"{path}: {error}") from error
    if changed != text:
        with _beside(path, changed) as written:
            written.chmod(path.stat().st_mode)
            written.replace(path)
    return changed != text


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Give a finished file beside `path`, and leave none behind."""
    written = path.with_name(f".{path.name[:60]}.new")
    try:
        written.write_bytes(text.encode("utf-8"))
        yield written
    finally:
        written.unlink(missing_ok=True)


@click.command("init")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]")
@click.option("--title", default="우리신문", show_default=True, help="The name of the publication.")
@click.option("--url", default="https://news.example.kr/", show_default=True, help="The address of its home page.")
@click.pass_obj
def init_command(directory: Path, folder: Path | None, title: str, url: str) -> None:
    """Make a new publication that builds at once, in this folder or in DIR."""
    root = directory / folder if folder else directory
    if any((root / "feeds").glob("publication.y*ml")):
        raise SosikError(f"{root} holds a publication already; nothing was changed.")
    texts = starter_files(title=title, url=url, now=_now())
    for name, text in texts.items():
        if not (root / name).exists():
            create(root / name, text)
            click.echo(f"wrote {root / name}")
    where = "" if root == Path() else f" -C {root}"
    click.echo(f"Now change feeds/publication.yaml to your needs, and run: sosik{where} serve")


@click.command("new", context_settings={"ignore_unknown_options": True})  # a headline may begin with a hyphen
@click.argument("title")
@click.option("--section", default="", help="The section it stands in.")
@click.option("--author", default="", help="Who wrote it.")
@click.option("--draft", is_flag=True, help="Keep it out of the feeds for now.")
@click.pass_obj
def new_command(directory: Path, title: str, section: str, author: str, draft: bool) -> None:
    """Write a new entry file with its id and stamp, quoted rightly."""
    if not title.strip():
        raise click.BadParameter("an article needs a headline", param_hint="TITLE")
    publication = publication_of(directory)
    now = _now(publication)
    name = file_name(title, now.date())
    text = new_entry(title, new_id(publication.authority), stamp(now), section=section, author=author, draft=draft)
    path = directory / "content" / f"{now:%Y}" / f"{now:%m}" / name
    create(path, text)
    click.echo(f"{path}")


@click.command("pin")
@click.argument("files", nargs=-1, type=entry_file, metavar="[FILE…]")
@click.pass_obj
def pin_command(directory: Path, files: tuple[Path, ...]) -> None:
    """Write the ids that were derived from paths into their files, so that files can be renamed.

    Without FILE, into every file that has none and is not held back because its article has an id already.
    """
    publication = publication_of(directory)
    wanted = {file.resolve() for file in files}
    misnamed = [] if files else [problem for problem in Site(directory).check().problems if problem.code in MISNAMED]
    print_problems(misnamed)
    left_alone = {problem.location.file for problem in misnamed}
    pinned = 0
    for file in scan(directory / "content").entries:
        path = Path(file.path)
        if f"content/{file.source}" in left_alone or (wanted and path.resolve() not in wanted):
            continue
        raw = read_entry(file).raw
        if raw is None or "id" in raw.fields:
            continue
        id_ = derived_id(file.source, publication.authority)
        _rewrite(path, partial(_pinned, path.suffix, id_))
        click.echo(f"content/{file.source}: {id_}")
        pinned += 1
    click.echo(f"{pinned} pinned")
    leave(failed=bool(misnamed))


def _pinned(suffix: str, id_: str, text: str) -> str:
    return pin(text, suffix, id_)


@click.command("correct")
@click.argument("file", type=entry_file)
@click.argument("note")
@click.pass_obj
def correct_command(directory: Path, file: Path, note: str) -> None:
    """Stamp a correction into FILE, now; NOTE is what readers are told."""
    if not note.strip():
        raise click.BadParameter("say what is corrected: readers see it above the article", param_hint="NOTE")
    at = stamp(_now(publication_of(directory)))
    _rewrite(file, lambda text: correct(text, file.suffix, at, note))
    click.echo(f"{file}: [정정] {at} {note}")


@click.command("withdraw")
@click.argument("file", type=entry_file)
@click.pass_obj
def withdraw_command(directory: Path, file: Path) -> None:
    """Take the entry in FILE back, now: it leaves every feed, its id is remembered for ever.

    To put it back, take the two lines out again that this writes into the file.
    """
    at = stamp(_now(publication_of(directory)))
    done = _rewrite(file, lambda text: withdraw(text, file.suffix, at))
    click.echo(f"{file}: withdrawn {at}" if done else f"{file}: was withdrawn before; nothing was changed")
