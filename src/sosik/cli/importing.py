"""import: old articles into entry files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from sosik.cli.importing_feeds import (
    Source,
    bytes_of,
    feed_command,
    feed_files,
    feeds_named,
    keep_report,
    read_feeds,
    terms_by_address,
    text_of,
)
from sosik.cli.options import existing_file, json_option, path_seen_from_publication, publication_of
from sosik.cli.output import leave, print_json, print_problems, said, tell
from sosik.cli.placing import Archive
from sosik.cli.progress import ProgressLine
from sosik.cli.root import about
from sosik.errors import ImportingError, as_written
from sosik.file_names import name_of
from sosik.importers import Imported, Masthead, read_page
from sosik.importers.joining import article_keys
from sosik.importers.old_articles import OldArticle, OldArticles
from sosik.importers.report import JSON_NAME, EntryRow, FeedRow, ImportReport, State, written_before
from sosik.model import Publication
from sosik.progress import Progress, Stage
from sosik.words import Message
from sosik.words.message import naming


@click.group("import", help=about("import", Message("cli.import-more")))
def import_command() -> None:
    """Hold the importers, a command for each kind of source."""


import_command.add_command(feed_command)


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
@click.option(
    "--feed",
    "feeds",
    multiple=True,
    type=feeds_named,
    metavar="[ADDRESS=]FILE|DIR",
    help=said(Message("cli.import-page-feed")),
)
@click.option("--dry-run", is_flag=True, help=said(Message("cli.import-dry-run")))
@json_option
@click.pass_obj
def page_command(
    directory: Path,
    files: tuple[Path, ...],
    into: Path | None,
    masthead: str,
    feeds: tuple[Source, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write an entry file for each page; one that cannot be imported makes the exit status 1."""
    publication = publication_of(directory)
    report = ImportReport()
    articles, failed = _old_articles(feeds, publication, directory)
    written = written_before(text_of(directory / JSON_NAME))
    archive = Archive(root=directory, into=into, dry_run=dry_run, synced=len(files) == 1, written=written)
    archive.read(publication)
    with ProgressLine() as progress:
        for number, file in enumerate(files, start=1):
            try:
                report.entries.append(_placed(file, masthead, publication, articles, archive))
                report.feeds.append(FeedRow(file=file.name, items=1))
            except ImportingError as error:
                failed.append(error.message)
                report.feeds.append(FeedRow(file=file.name, error=error.message))
            progress(Progress(Stage.WRITING, number, len(files)))
    report.written = archive.written
    if not dry_run:
        keep_report(directory, report)
    for message in failed:
        tell(message, err=True)
    _print(report.entries, archive.names, as_json=as_json, dry_run=dry_run)
    leave(failed=bool(failed))


def _old_articles(
    feeds: Sequence[Source], publication: Publication, directory: Path
) -> tuple[OldArticles, list[Message]]:
    """Return the articles of old feeds, and why files in a folder of them are none.

    Raises `ImportingError` where one that is named, or all of a folder, cannot be read: without their ids every page
    would be made a new article.
    """
    files, known = list(feed_files(feeds)), ImportReport()
    articles = read_feeds(files, publication, known, terms_by_address(directory))
    errors = [(file.path, row.error) for file, row in zip(files, known.feeds, strict=True) if row.error]
    named = [error for path, error in errors if any(path == feed.path for feed in feeds)]
    if named:
        raise ImportingError(named[0])
    if feeds and not articles:
        raise ImportingError(Message("cli.no-feeds", names=tuple(name_of(str(feed.path)) for feed in feeds)))
    return articles, [error for _, error in errors]


def _placed(file: Path, masthead: str, publication: Publication, articles: OldArticles, archive: Archive) -> EntryRow:
    """Write the article of a page, under the id that it has already. Raises `ImportingError` where it cannot."""
    imported = read_page(
        bytes_of(file),
        file.name,
        authority=publication.authority,
        timezone=publication.timezone,
        masthead=masthead,
    )
    keys = article_keys(str(imported.fields.get("link", "")))
    article = articles.by_keys(keys)
    held = archive.find(article.id if article else "", (*keys, *(article.keys if article else ())))
    if article is not None and held is not None and held.id not in (article.id, *article.other_ids):
        name = archive.name(held.path)
        raise ImportingError(Message("cli.page-other-id", file=file.name, path=name, id=held.id, old=article.id))
    fields = _fields(imported, article, held.id if held else "")
    if article is None and held is None and archive.is_taken(fields):
        raise ImportingError(Message("cli.page-taken", file=file.name, path=str(archive.usual_path(fields))))
    path, state = archive.place(fields, keys)
    if state is State.KEPT:
        raise ImportingError(Message("cli.page-taken", file=file.name, path=str(path)))
    unconfirmed = fields.get("unconfirmed", [])
    return EntryRow(
        state=state,
        file=str(path),
        id=str(fields["id"]),
        title=str(fields["title"]),
        published=str(fields.get("published", "")),
        unconfirmed=tuple(unconfirmed) if isinstance(unconfirmed, list) else (),
        problems=tuple(as_written(one, archive.names) for one in imported.problems),
        sources=(file.name, *(article.sources if article else ())),
        fields=fields,
    )


def _fields(imported: Imported, article: OldArticle | None, known_id: str) -> dict[str, object]:
    """Return the keys of the page, with the id that the article has, and what only its old feed tells of its times."""
    fields, unconfirmed = {**imported.fields}, [*imported.unconfirmed]
    fields["id"] = known_id or (article.id if article else fields["id"])
    times = article.times if article else None
    if times and times.published and ("published" not in fields or "published" in unconfirmed):
        is_doubted = "published" in times.doubted
        if "published" not in fields or not is_doubted:
            unconfirmed = [key for key in unconfirmed if key != "published"] + ["published"] * is_doubted
            fields["published"] = times.published
    if times and times.updated and "updated" not in fields:
        fields["updated"] = times.updated
    fields["unconfirmed"] = unconfirmed
    return {key: value for key, value in fields.items() if value}


def _print(rows: Sequence[EntryRow], names: Mapping[str, str], *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        records = [
            {"file": row.file, "state": str(row.state), "entry": dict(row.fields), "unconfirmed": list(row.unconfirmed)}
            for row in rows
        ]
        print_json(records)
        return
    print_problems(problem for row in rows if row.state is not State.UNCHANGED for problem in row.problems)
    for row in rows:
        tell(Message(_TOLD[row.state][dry_run], path=row.file))
        for key in row.unconfirmed if row.state is not State.UNCHANGED else ():
            tell(naming(Message("cli.unconfirmed", key=key), names))


_TOLD = {
    State.NEW: ("cli.wrote", "cli.would-write"),
    State.FILLED: ("cli.import-filled", "cli.import-would-fill"),
    State.UNCHANGED: ("cli.import-unchanged", "cli.import-unchanged"),
}
"""What is told of a page's file, and in a dry run."""
