"""release: a draft becomes an article, if nothing is wrong with it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import click

from sosik.cli.files import create, now_of, read_text, rewrite
from sosik.cli.naming import entry_named
from sosik.cli.options import publication_of
from sosik.cli.output import bad_value, leave, print_problems, said, tell
from sosik.cli.root import about
from sosik.dates import DateParseError, Slot, minute_for_people, parse_datetime, parse_stamps
from sosik.dates.zones import zone_of
from sosik.errors import Location, Severity
from sosik.file_names import name_of
from sosik.ledger.objections import embargoed
from sosik.ledger.steps import found_in
from sosik.model import Normalized, Publication, RawText, Status
from sosik.model.instants import instant
from sosik.normalize.embargo import COMING, embargo_of
from sosik.normalize.entry import normalize
from sosik.normalize.ids import derived_id
from sosik.normalize.status import DRAFTS
from sosik.read import Pictures, read_bytes
from sosik.site import Site
from sosik.starter import stamp
from sosik.words import Message
from sosik.words.message import naming
from sosik.write import release

LONG_AGO = timedelta(days=1)
"""How far back `--at` may lie: a day or a year mistyped would publish at once."""

POSTS = "_posts"
"""The folder beside `_drafts` in which Jekyll and Hexo keep what is public."""


@click.command("release", help=about("release", Message("cli.release-more")))
@click.argument("wanted", metavar="FILE")
@click.option("--at", "given", metavar="TIME", help=said(Message("cli.release-at")))
@click.option("--flash", is_flag=True, help=said(Message("cli.release-flash")))
@click.pass_obj
def release_command(directory: Path, wanted: str, given: str | None, flash: bool) -> None:
    """Take the draft mark out of an entry file, once it has no error, and write when it is published."""
    publication = publication_of(directory)
    now = now_of(publication)
    at = time_of(given, now, publication) if given is not None else None
    path = entry_named(directory, wanted, prefer=Status.DRAFT)
    content = directory / "content"
    target = _public(path)
    text = read_text(path)
    source = name_of(target.resolve().relative_to(content.resolve()).as_posix())
    stated = _published_before(directory, text, source, publication) or at or now
    released = release(text, path.suffix, stamp(stated.astimezone(zone_of(publication.timezone))), flash=flash)
    made, names = _normalized(released, source, publication, content, now)
    if not _may_go_out(made, names, target, now, publication, moved=target != path):
        leave(failed=True)
    elif at is not None and made.entry is not None and made.entry.published != at.replace(microsecond=0):
        stands = minute_for_people(made.entry.published, publication.timezone)
        tell(Message("cli.release-dated", file=str(path), published=stands), err=True)
        leave(failed=True)
    elif (released, target) == (text, path):
        tell(Message("cli.released-before", file=str(path)))
    else:
        _write(path, target, released)
        published = made.entry.published if made.entry else now
        key = "cli.released-ahead" if published > now else "cli.released"
        tell(Message(key, file=str(target), at=minute_for_people(published, publication.timezone)))


def time_of(text: str, now: datetime, publication: Publication) -> datetime:
    """Return the time that a text names, seen from *now*: `오늘 밤 11시`, `23:00`. Raises `click.BadParameter`.

    What counts from now must lie ahead, and `1일 9시` is the next one within days; a whole date may lie a day back.
    """
    try:
        at = _read(text, None, publication)
    except DateParseError:
        ends = now.replace(hour=23, minute=59, second=59)
        found = [_seen_from(text, reference, publication) for reference in (now, ends)]
        coming = _seen_from(text, now + COMING, publication)
        if coming - found[0] != COMING:  # a day of the calendar, and no word that counts from now
            found.append(coming)
        at = next((one for one in found if one >= now.replace(second=0, microsecond=0)), found[0])
        if at < now.replace(second=0, microsecond=0):
            raise _past(at, publication) from None
    if at < now - LONG_AGO:
        raise _past(at, publication)
    return at


def _past(at: datetime, publication: Publication) -> click.BadParameter:
    return bad_value(Message("cli.release-past", at=minute_for_people(at, publication.timezone)), name="--at")


def _seen_from(text: str, reference: datetime, publication: Publication) -> datetime:
    try:
        return _read(text, reference, publication)
    except DateParseError as error:
        raise bad_value(error.message, name="--at") from error


def _read(text: str, reference: datetime | None, publication: Publication) -> datetime:
    """Return the instant that a text names, if it may stand in a key. Raises `DateParseError`.

    자정, which may end a day or begin it, is refused too, for nobody looks at a note here.
    """
    read = parse_datetime(text, timezone=publication.timezone, reference=reference)
    parse_stamps(text, slot=Slot.KEY, timezone=publication.timezone, reference=reference)
    if any(note.code == "midnight-word" for note in read.notes):
        raise DateParseError(text, 0, Message("dates.midnight-either"), Message("dates.write-24-hours"))
    return read.instant


def _published_before(directory: Path, text: str, source: str, publication: Publication) -> datetime | None:
    """Return when the entry of a file was published, None for one that never was: that time never moves."""
    raw = read_bytes(text.encode("utf-8"), source, silent=publication.foreign_keys).raw
    written = raw.fields.get("id") if raw else None
    id_ = written.text.strip() if isinstance(written, RawText) else ""
    row = Site(directory).ledger().get(id_ or derived_id(source, publication.authority))
    return instant(row.published) if row else None


def _public(path: Path) -> Path:
    """Return where the file of a draft belongs once it is public: out of `_drafts`, into `_posts` where that is."""
    folder = next((folder for folder in path.parents if folder.name.casefold() == DRAFTS), None)
    if folder is None:
        return path
    posts = folder.with_name(POSTS)
    return (posts if posts.is_dir() else folder.parent) / path.relative_to(folder)


def _normalized(
    text: str, source: str, publication: Publication, content: Path, now: datetime
) -> tuple[Normalized, Mapping[str, str]]:
    """Return what a file would come to, with the problems of reading it among its own, and what it calls its keys."""
    reading = read_bytes(text.encode("utf-8"), source, silent=publication.foreign_keys)
    if reading.raw is None:
        return Normalized(source=source, problems=reading.problems), {}
    made = normalize(reading.raw, publication, Pictures(content), now=now)
    read = Normalized(
        source=source,
        entry=made.entry,
        problems=found_in(reading, made),
        status=made.status,
        lacks_body=made.lacks_body,
    )
    return read, reading.raw.names


def _may_go_out(
    made: Normalized, names: Mapping[str, str], target: Path, now: datetime, publication: Publication, *, moved: bool
) -> bool:
    """Tell whether nothing keeps an entry from the public; print what does."""
    wrong = [
        problem
        for problem in made.problems
        if problem.severity is Severity.ERROR
        or problem.code == "draft"
        or (moved and problem.code.startswith("picture-"))
    ]
    location = Location(file=f"content/{made.source}")
    embargo = embargo_of(made.entry, now, publication.timezone) if made.entry else None
    wrong += [embargoed(location, embargo)] if embargo else []
    print_problems(wrong)
    if made.status is Status.WITHDRAWN:
        tell(naming(Message("cli.release-withdrawn", file=str(target)), names), err=True)
    if not wrong and made.lacks_body:
        tell(Message("cli.release-bodiless", file=str(target)), err=True)
    if wrong or made.lacks_body or made.entry is None or made.status is not Status.PUBLISHED:
        tell(Message("cli.release-refused"), err=True)
        return False
    return True


def _write(path: Path, target: Path, text: str) -> None:
    if target == path:
        rewrite(path, lambda _: text)
    else:
        create(target, text)
        path.unlink()
