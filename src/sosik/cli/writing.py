"""init, new, pin, correct, withdraw and retire: the edits that people who do not write YAML need."""

import shlex
import sys
from functools import partial
from pathlib import Path

import click

from sosik.cli.file_paths import FilePath
from sosik.cli.files import create, now_of, rewrite
from sosik.cli.naming import entry_named, status_of
from sosik.cli.options import publication_of
from sosik.cli.output import bad_value, leave, misused, print_problems, said, tell
from sosik.cli.root import about
from sosik.config.publication import retired_path
from sosik.dates import minute_for_people
from sosik.edition.kept import is_retired
from sosik.errors import Problem, SosikError
from sosik.file_names import name_of, spelled
from sosik.ledger.verdicts import MISNAMED
from sosik.model import Status
from sosik.normalize.ids import derived_id, new_id
from sosik.read import ignore_of, read_entry, scan
from sosik.site import Site
from sosik.starter import stamp, starter_files
from sosik.words import Message
from sosik.words.pages import is_korean, texts_of
from sosik.write import correct, file_name, new_entry, pin, retire, withdraw


@click.command("init", help=about("init", Message("cli.init-more")))
@click.argument("folder", required=False, type=FilePath(file_okay=False, path_type=Path), metavar="[DIR]")
@click.option(
    "--from-feed", "feeds", multiple=True, metavar="[ADDRESS=]FILE|DIR", help=said(Message("cli.init-from-feed"))
)
@click.option("--title", metavar="TITLE", help=said(Message("cli.init-title")))
@click.option("--url", metavar="URL", help=said(Message("cli.init-url")))
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", help=said(Message("cli.init-language")))
@click.pass_obj
def init_command(
    directory: Path, folder: Path | None, feeds: tuple[str, ...], title: str | None, url: str | None, language: str
) -> None:
    """Write the files of a new publication, and tell which; at a terminal, ask for what is not given."""
    root = directory / folder if folder else directory
    if any((root / "feeds").glob("publication.y*ml")):
        raise SosikError(Message("cli.publication-there", folder=str(root)))
    if feeds:
        texts = _going_on(feeds, directory, title or "", url or "")
    else:
        title = title or _asked(Message("cli.init-title"), "우리신문")
        url = url or _asked(Message("cli.init-url"), "https://news.example.kr/")
        texts = starter_files(title=title, url=url, now=now_of(), language=language)
    for name, text in texts.items():
        if not (root / name).exists():
            create(root / name, text)
            tell(Message("cli.wrote", path=name_of(str(root / name))))
    (root / "content").mkdir(exist_ok=True)
    where = "" if root == Path() else f" -C {name_of(str(root))}"
    if feeds:
        names = " ".join(shlex.quote(name_of(text.rpartition("=")[2] if "://" in text else text)) for text in feeds)
        tell(Message("cli.init-import", command=f"sosik{where} import feed {names}"))
    else:
        tell(Message("cli.init-next", command=f"sosik{where} serve"))


def _going_on(feeds: tuple[str, ...], directory: Path, title: str, url: str) -> dict[str, str]:
    """Return the files of a publication that goes on with old feeds, and tell what is doubtful of these."""
    from sosik.cli.moving import doubts, saved_feeds, tell_of_old_feeds
    from sosik.starter.moving import files_for_move

    saved = saved_feeds(feeds, directory)
    doubted = list(doubts(saved, "Asia/Seoul"))
    texts = files_for_move(saved, now_of(), title=title, url=url, doubts=(doubt for _, doubt in doubted))
    tell_of_old_feeds(saved, doubted)
    return texts


def _public(directory: Path, wanted: str, *others: Status) -> Path:
    """Return the file of an entry that readers may have. Raises `SosikError` for one of another status."""
    file = entry_named(directory, wanted, prefer=Status.PUBLISHED)
    if status_of(file, directory) in others:
        raise SosikError(Message("cli.edit-draft", file=str(file)))
    return file


def _asked(question: Message, example: str) -> str:
    """Return what a person answers; the example where nobody can be asked."""
    return str(click.prompt(said(question), default=example)) if sys.stdin.isatty() else example


@click.command(
    "new",
    context_settings={"ignore_unknown_options": True},  # a headline may begin with a hyphen
    help=about("new", Message("cli.new-more")),
)
@click.argument("title", nargs=-1, required=True, metavar="TITLE…")
@click.option("--section", metavar="NAME", default="", help=said(Message("cli.new-section")))
@click.option("--author", metavar="NAME", default="", help=said(Message("cli.new-author")))
@click.option("--draft", is_flag=True, hidden=True)  # what it asked for is what a new file is now
@click.pass_obj
def new_command(directory: Path, title: tuple[str, ...], section: str, author: str, draft: bool) -> None:  # noqa: ARG001 - see above
    """Write a new entry file, a draft, and print its path; words that no shell kept together are one headline."""
    option = next((word for word in title if word.startswith("--") and " " not in word), None)
    if option is not None:
        raise misused(Message("cli.new-option", name=option))
    headline = " ".join(title)
    if not headline.strip():
        raise bad_value(Message("cli.new-untitled"), name=said(Message("cli.value-title")))
    publication = publication_of(directory)
    now = now_of(publication)
    name = file_name(headline, now.date())
    korean = is_korean(publication.language)
    text = new_entry(headline, new_id(publication.authority), section=section, author=author, korean=korean)
    path = directory / "content" / f"{now:%Y}" / f"{now:%m}" / spelled(name)
    create(path, text)
    click.echo(name_of(str(path)))
    where = "" if directory == Path() else f" -C {directory}"
    tell(Message("cli.new-next", command=f"sosik{where}", file=name_of(str(path))), err=True)


@click.command("pin", help=about("pin", Message("cli.pin-more")))
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.pass_obj
def pin_command(directory: Path, files: tuple[str, ...]) -> None:
    """Write ids into their files; a file that is left alone for another problem makes the exit status 1."""
    publication = publication_of(directory)
    wanted = {entry_named(directory, file).resolve() for file in files}
    known, misnamed = _known_again(Site(directory))
    left_alone = set() if files else {problem.location.file for problem in misnamed} - known.keys()
    pinned: list[str] = []
    for file in scan(directory / "content", ignore_of(publication.ignore)).entries:
        path, name = Path(file.path), f"content/{file.source}"
        if name in left_alone or (wanted and path.resolve() not in wanted):
            continue
        raw = read_entry(file).raw
        if raw is None or "id" in raw.fields:
            continue
        id_ = known.get(name) or derived_id(file.source, publication.authority)
        rewrite(path, partial(_pinned, path.suffix, id_))
        click.echo(f"{name}: {id_}")
        pinned.append(name)
    left = [] if files else [problem for problem in misnamed if problem.location.file not in pinned]
    print_problems(left)
    tell(Message("cli.pin-count", count=len(pinned)))
    leave(failed=bool(left))


def _known_again(site: Site) -> tuple[dict[str, str], list[Problem]]:
    """Return the ids of the articles that files hold under others, and every problem of such files.

    An article that was taken back is not put back by that.
    """
    known, misnamed, ledger = {}, [], site.ledger()
    for problem in site.check().problems:
        id_ = str(dict(problem.hint.values).get("id", "")) if problem.code == "id-changed" and problem.hint else ""
        row = ledger.get(id_)
        if row is not None and row.withdrawn is None:
            known[problem.location.file] = id_
        if problem.code in MISNAMED:
            misnamed.append(problem)
    return known, misnamed


def _pinned(suffix: str, id_: str, text: str) -> str:
    return pin(text, suffix, id_)


@click.command("correct", help=about("correct", Message("cli.correct-more")))
@click.argument("wanted", metavar="FILE")
@click.argument("note", metavar="NOTE")
@click.pass_obj
def correct_command(directory: Path, wanted: str, note: str) -> None:
    """Write a correction into an entry file."""
    if not note.strip():
        raise bad_value(Message("cli.correct-without-note"), name=said(Message("cli.value-note")))
    file = _public(directory, wanted, Status.DRAFT, Status.WITHDRAWN)
    publication = publication_of(directory)
    now = now_of(publication)
    rewrite(file, lambda text: correct(text, file.suffix, stamp(now), note))
    label = texts_of(publication.language)["correction"]
    at = minute_for_people(now, publication.timezone)
    tell(Message("cli.corrected", file=str(file), label=label, at=at, note=note))


@click.command("withdraw", help=about("withdraw", Message("cli.withdraw-more")))
@click.argument("wanted", metavar="FILE")
@click.pass_obj
def withdraw_command(directory: Path, wanted: str) -> None:
    """Write into an entry file that it is withdrawn."""
    file = _public(directory, wanted, Status.DRAFT)
    publication = publication_of(directory)
    now = now_of(publication)
    done = rewrite(file, lambda text: withdraw(text, file.suffix, stamp(now)))
    if done:
        tell(Message("cli.withdrawn", file=str(file), at=minute_for_people(now, publication.timezone)))
    else:
        tell(Message("cli.withdrawn-before", file=str(file)))


@click.command("retire", help=about("retire", Message("cli.retire-more")))
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS…")
@click.pass_obj
def retire_command(directory: Path, addresses: tuple[str, ...]) -> None:
    """Write into feeds/publication.yaml that feeds ended; what was never an address of one is refused."""
    publication = publication_of(directory)
    known = Site(directory).addresses()
    paths = []
    for text in addresses:
        path = retired_path(text, publication.feeds_url)
        if path is None or (known and not any(is_retired(one, (path,)) for one in known)):
            raise bad_value(Message("cli.retire-unknown", address=text), name=said(Message("cli.value-address")))
        paths.append(path)
    file = next((directory / "feeds").glob("publication.y*ml"))
    done = rewrite(file, lambda text: retire(text, paths))
    tell(Message("cli.retired" if done else "cli.retired-before", file=str(file), paths=tuple(paths)))
    defined = [one for one, is_defined in known.items() if is_defined and is_retired(one, tuple(paths))]
    if defined:
        tell(Message("cli.retire-defined", paths=tuple(defined), n=len(defined)))
