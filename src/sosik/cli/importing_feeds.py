"""import feed: the articles of old feeds into entry files, under the ids that readers know them by."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import click
from msgspec.structs import replace

from sosik.cli.files import now_of
from sosik.cli.options import json_option, path_seen_from_publication, publication_of
from sosik.cli.output import bad_value, leave, print_json, print_problems, said, tell
from sosik.cli.placing import Archive
from sosik.cli.progress import ProgressLine
from sosik.errors import ImportingError, Location, Problem, as_written
from sosik.file_names import name_of, spelled
from sosik.importers.acceptance import accepted
from sosik.importers.old_addresses import SavedFeed
from sosik.importers.old_articles import FeedTerm, OldArticles
from sosik.importers.old_dates import clock_of
from sosik.importers.old_entries import ImportedItem, imported_item
from sosik.importers.old_feed import read_feed
from sosik.importers.report import (
    JSON_NAME,
    PAGE_NAME,
    EntryRow,
    FeedRow,
    ImportReport,
    State,
    report_json,
    report_page,
    report_record,
    written_before,
)
from sosik.model import Publication
from sosik.patterns import pattern
from sosik.progress import Progress, Stage
from sosik.reasons import reason_of
from sosik.systems import put_in_place
from sosik.words import Message

SUFFIXES = (".xml", ".rss", ".rdf", ".atom", ".json", ".txt", ".php", ".html", ".feed", "")
"""What the files of a folder are called that are read as feeds: as they were saved."""

_SAVED_AGAIN = pattern(r"(?<=[a-z])\.\d{1,3}\Z")
"""What wget puts behind the name of a file that it saves a second time: rss.xml.1."""

_SHOWN = 20
"""How many drafts are named one by one."""


class Source(NamedTuple):
    """A file or a folder of old feeds, and the address that a person gave the file, if any."""

    path: Path
    address: str = ""


def feeds_named(text: str) -> Source:
    """Return a file or folder, named as seen from the publication's folder or from where the command is run, with the
    address that may stand before it."""
    directory = click.get_current_context().find_object(Path) or Path()
    address, _, name = text.rpartition("=") if text.startswith(("http://", "https://")) else ("", "", text)
    path = next((path for path in (directory / spelled(name), Path(spelled(name))) if path.exists()), None)
    if path is None or not name:
        raise bad_value(Message("cli.file-missing", name=name or text))
    return Source(path, address)


class FeedFile(NamedTuple):
    """A file that is read as a feed, what to call it, and its address as a person gave it."""

    path: Path
    name: str
    address: str = ""


@click.command("feed", help=f"{said(Message('cli.import-feed'))}\n\n{said(Message('cli.import-feed-more'))}")
@click.argument("sources", nargs=-1, required=True, type=feeds_named, metavar="[ADDRESS=]FILE|DIR…")
@click.option("--into", type=path_seen_from_publication, metavar="DIR", help=said(Message("cli.import-into")))
@click.option("--dry-run", is_flag=True, help=said(Message("cli.import-dry-run")))
@json_option
@click.pass_obj
def feed_command(directory: Path, sources: tuple[Source, ...], into: Path | None, dry_run: bool, as_json: bool) -> None:
    """Write an entry file for each article; what is refused or made a draft makes the exit status 1."""
    publication, terms = publication_of(directory), terms_by_address(directory)
    report = ImportReport()
    with ProgressLine() as progress:
        progress(Progress(Stage.READING))
        articles = read_feeds(feed_files(sources), publication, report, terms)
        written = written_before(text_of(directory / JSON_NAME))
        archive = Archive(root=directory, into=into, dry_run=dry_run, synced=False, written=written)
        archive.read(publication)
        now = now_of(publication)
        for number, article in enumerate(articles, start=1):
            row = _placed(accepted(imported_item(article), publication, now), archive)
            report.entries.append(row if as_json else replace(row, fields={}))
            article.body = article.summary = None  # of many articles, the texts need not lie in memory to the end
            progress(Progress(Stage.WRITING, number, len(articles)))
    report.written = archive.written
    if not dry_run:
        keep_report(directory, report)
    if as_json:
        print_json(report_record(report, with_fields=True))
    else:
        _print(report, directory, dry_run=dry_run)
    leave(failed=report.has_failed)


def read_feeds(
    files: Iterable[FeedFile], publication: Publication, report: ImportReport, terms: Mapping[str, FeedTerm]
) -> OldArticles:
    """Return the articles of feeds; a file that is none is named in the *report*, and the others go on. `terms` are
    what the articles of a feed are given, by its old address."""
    articles, zone, now = OldArticles(), ZoneInfo(publication.timezone), now_of(publication)
    for path, name, address in files:
        try:
            feed = read_feed(bytes_of(path), name)
        except ImportingError as error:
            report.feeds.append(FeedRow(file=name, error=error.message))
            continue
        empty = None if feed.items else Message("importers.feed-empty", file=name)
        report.feeds.append(FeedRow(file=name, items=len(feed.items), error=empty))
        paths = SavedFeed(file=path, feed=feed, address=address).paths
        term = next((terms[at] for at in paths if at in terms), FeedTerm())
        articles.add(feed, name, clock_of(feed, zone, publication.dates.profile, now), term)
    articles.settle(publication.dates.profile)
    report.refused = articles.refused
    return articles


def terms_by_address(directory: Path) -> dict[str, FeedTerm]:
    """Return what each feed with an old address selects, where that is one section or tag: the articles of feeds that
    name no section are of it, or nobody could tell them from those of the whole paper."""
    from sosik.config import load_publication

    found: dict[str, FeedTerm] = {}
    for one in load_publication(directory).feeds:
        section, tag = one.select.section, one.select.tag
        if one.each is None and len((*section, *tag)) == 1:
            found |= dict.fromkeys(one.aliases, FeedTerm(section="".join(section), tag="".join(tag)))
    return found


def feed_files(sources: Sequence[Source]) -> Iterator[FeedFile]:
    """Yield the files that are named, and those in the folders that are, each once, with what to call it: one in a
    folder by its path there, for feeds of one host are often all called rss.xml."""
    seen = set()
    for source, address in sources:
        is_folder = source.is_dir()
        found = sorted(path for path in source.rglob("*") if is_feed(path)) if is_folder else [source]
        for path in found:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                name = name_of(path.relative_to(source).as_posix() if is_folder else path.name)
                yield FeedFile(path, name, address)


def is_feed(path: Path) -> bool:
    """Tell whether a file of a folder is read as a feed; wget keeps what stood behind a question mark in its name."""
    name = _SAVED_AGAIN.sub("", path.name).partition("?")[0]
    suffix = Path(name).suffix.lower()
    return path.is_file() and not path.name.startswith(".") and suffix in SUFFIXES


def bytes_of(path: Path) -> bytes:
    """Return what a saved file holds. Raises `ImportingError` where it cannot be read: the others go on."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise ImportingError(Message("cli.page-unreadable", file=str(path), reason=reason)) from error


def _placed(item: ImportedItem, archive: Archive) -> EntryRow:
    """Write an article, unless it is there under another id: that must be put right by a person."""
    held = archive.find(item.id, item.keys)
    problems = item.problems
    is_known = held is None or held.id in (item.id, *item.other_ids)
    if held is not None and not is_known and not archive.is_of_this_import(held):
        name = archive.name(held.path)
        message = Message("import-unsure.other-id", id=held.id, old=item.id)
        hint = Message("import-unsure.other-id-hint", id=item.id)
        problems = (
            *problems,
            Problem(code="import-unsure", message=message, location=Location(file=name), hint=hint),
        )
        path, state = held.path, State.MISNAMED
    else:
        id_ = held.id if held is not None and is_known else item.id  # of several, a person may have chosen another
        path, state = archive.place({**item.fields, "id": id_}, item.keys)
    return EntryRow(
        state=state,
        file=archive.name(path),
        id=item.id,
        title=str(item.fields.get("title", "")),
        published=str(item.fields.get("published", "")),
        unconfirmed=item.unconfirmed,
        reasons=tuple(as_written(one, archive.names) for one in item.reasons),
        problems=tuple(as_written(one, archive.names) for one in problems),
        sources=item.sources,
        is_permalink=item.is_permalink,
        fields=item.fields,
    )


def text_of(path: Path) -> str:
    """Return the text of a file, empty where it has none."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def keep_report(directory: Path, report: ImportReport) -> None:
    """Write the report, and have the system bring all that was written to the disk."""
    for name, text in ((JSON_NAME, report_json(report)), (PAGE_NAME, report_page(report))):
        beside = directory / f".{name}.new"
        beside.write_text(text, "utf-8")
        put_in_place(beside, directory / name)
    if hasattr(os, "sync") and any(row.state is not State.UNCHANGED for row in report.entries):
        os.sync()


def _print(report: ImportReport, directory: Path, *, dry_run: bool) -> None:
    for feed in report.feeds:
        if feed.error is not None:
            tell(feed.error, err=True)
    print_problems([one.problem for one in report.refused])
    for row in report.drafts[:_SHOWN]:
        tell(Message("cli.import-draft", file=row.file, reasons=tuple(one.message for one in row.reasons)))
    if len(report.drafts) > _SHOWN:
        tell(Message("cli.import-drafts-more", count=len(report.drafts) - _SHOWN))
    _print_alike(report)
    items = sum(feed.items for feed in report.feeds)
    tell(Message("cli.import-read", items=items, feeds=len(report.feeds), entries=len(report.entries)))
    counts = Message("cli.import-counts", **report.counts)
    tell(Message("cli.import-would", counts=counts) if dry_run else Message("cli.import-done", counts=counts))
    if not dry_run:
        tell(Message("cli.import-report", path=name_of(str(directory / PAGE_NAME))))


def _print_alike(report: ImportReport) -> None:
    """Print what is to be said of articles, once for all of which it is the same kind."""
    alike: dict[str, tuple[Problem, int]] = {}
    for row in report.entries:
        if row.state in (State.NEW, State.FILLED, State.MISNAMED):
            for problem in row.problems:
                first, count = alike.get(problem.message.key, (problem, 0))
                alike[problem.message.key] = (first, count + 1)
    for problem, count in alike.values():
        tell(problem.told)
        if count > 1:
            tell(Message("cli.import-alike", count=count - 1))
