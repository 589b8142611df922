"""The public function: a file of content/ to an entry, or to the problems that prevent it."""

from datetime import UTC, datetime

from sosik.dates import Precision, Timestamp
from sosik.errors import Problem, Severity
from sosik.model import Entry, Normalized, Publication, RawEntry, RawText, Status, Withdrawal
from sosik.model.values import EntryId
from sosik.normalize.body import entry_body, says_none
from sosik.normalize.fields import EntryFields
from sosik.normalize.format import entry_format
from sosik.normalize.ids import derived_id, entry_id, page_path
from sosik.normalize.images import EntryPictures, PictureFinder
from sosik.normalize.jumps import jumps_of
from sosik.normalize.links import entry_link
from sosik.normalize.people import entry_authors
from sosik.normalize.relations import entry_relations
from sosik.normalize.stamps import HINT, EntryTimes, entry_times, read_moment
from sosik.normalize.status import entry_status
from sosik.normalize.summary import entry_summary
from sosik.source import in_order
from sosik.words import Message

# What a draft may still lack.
_UNFINISHED = frozenset({"title-missing", "published-missing", "body-missing"})

_NEEDED = {
    "title": (Message("title-missing.entry"), Message("title-missing.entry-hint")),
    "published": (Message("published-missing.entry"), HINT),
}
"""What no entry can be without: what is said of its absence, and the hint."""

# Stands in for a time of publication that cannot be read, so that the rest of the file is read for its problems too;
# such an entry never leaves this module.
_UNKNOWN = Timestamp(instant=datetime(1, 1, 1, tzinfo=UTC), precision=Precision.DAY, text="")


def normalize(
    raw: RawEntry,
    publication: Publication,
    pictures: PictureFinder,
    *,
    now: datetime | None = None,
) -> Normalized:
    """Return what a file of content/ comes to, with all its problems in the order of the file.

    By *now*, an aware datetime, it is judged what lies too far ahead; without it nothing does.

    Never raises for what is written in the file. An error holds the entry back; a withdrawn file is a withdrawal
    whatever else is wrong with it; a draft without a date is neither an entry nor an error.
    """
    fields = EntryFields(raw.fields, raw.location)
    status = entry_status(raw, fields)
    if status is Status.WITHDRAWN:
        return _withdrawn(raw, publication)
    unconfirmed = _unconfirmed(fields)
    times = entry_times(fields, publication, unconfirmed=unconfirmed, now=now)
    entry = _entry(raw, fields, publication, pictures, status, times, unconfirmed)
    expires = read_moment(fields, "expires", fields.scalar("expires"), publication)
    missing = [key for key, value in (("published", times.published), ("title", entry.title)) if not value]
    _report_missing(fields, missing)
    problems = [problem for problem in fields.problems if status is not Status.DRAFT or problem.code not in _UNFINISHED]
    held = bool(missing) or any(problem.severity is Severity.ERROR for problem in problems)
    return Normalized(
        source=raw.source,
        entry=None if held else entry,
        problems=in_order(problems),
        status=status,
        lacks_body=not (entry.body or says_none(fields)),
        expires=expires.instant if expires else None,
    )


def _report_missing(fields: EntryFields, keys: list[str]) -> None:
    """Report the keys of which no value came, each unless an error at its value says why already."""
    told = {problem.location for problem in fields.problems if problem.severity is Severity.ERROR}
    for key in keys:
        if key not in fields or fields.place(key) not in told:
            message, hint = _NEEDED[key]
            fields.report(message, fields.place(key), hint)


def _withdrawn(raw: RawEntry, publication: Publication) -> Normalized:
    """Return a withdrawal; all that may be wrong with it is its time, and then it has none."""
    fields = EntryFields(raw.fields, raw.location)
    at = read_moment(fields, "withdrawn", fields.scalar("withdrawn"), publication)
    problems = tuple(
        Problem(code="date-note", message=problem.message, location=problem.location, hint=problem.hint)
        for problem in fields.problems
    )
    written = raw.fields.get("id")
    known = written.text if isinstance(written, RawText) and written.text.strip() else ""
    withdrawal = Withdrawal(
        id=EntryId(known) or derived_id(raw.source, publication.authority),
        source=raw.source,
        at=at.instant if at else None,
    )
    return Normalized(source=raw.source, withdrawal=withdrawal, problems=problems, status=Status.WITHDRAWN)


def _unconfirmed(fields: EntryFields) -> tuple[str, ...]:
    """Return the keys whose values await a person's word, each reported at its value."""
    keys = tuple(dict.fromkeys(fields.texts("unconfirmed")))
    for key in keys:
        if key in _NEEDED and key not in fields:
            hint = Message("unconfirmed.missing-hint", key=key)
            fields.report(Message("unconfirmed.missing", key=key), fields.place(key), hint)
            continue
        message = Message("unconfirmed.updated") if key == "updated" else Message("unconfirmed.key", key=key)
        fields.report(message, fields.place(key), Message("unconfirmed.key-hint", key=key))
    return keys


def _entry(
    raw: RawEntry,
    fields: EntryFields,
    publication: Publication,
    finder: PictureFinder,
    status: Status,
    times: EntryTimes,
    unconfirmed: tuple[str, ...],
) -> Entry:
    """Return the entry that a file comes to, whatever is missing; its problems go to *fields*."""
    identity, pinned = entry_id(fields, raw.source, publication.authority)
    link = entry_link(fields, publication)
    page = link or publication.address(page_path(identity))
    pictures = EntryPictures(
        fields=fields,
        source=raw.source,
        publication=publication,
        finder=finder,
        base=link or publication.url,
        jumps=jumps_of(identity, page),
    )
    images = pictures.images()
    body = entry_body(fields, entry_format(fields, raw, publication), pictures.place(images))
    published = times.published or _UNKNOWN
    return Entry(
        id=identity,
        title=fields.text("title"),
        published=published.instant,
        published_precision=published.precision,
        updated=times.updated.instant if times.updated else None,
        updated_precision=times.updated.precision if times.updated else Precision.MINUTE,
        edits=times.edits,
        relations=entry_relations(fields),
        link=page,
        has_page=not link,
        source=raw.source,
        subtitles=fields.texts("subtitles"),
        section=fields.text("section"),
        tags=tuple(dict.fromkeys(fields.words("tags"))),
        authors=entry_authors(fields, publication.url),
        summary=entry_summary(fields, body.html, body.captions, images),
        body=body.html,
        images=images,
        media=tuple(pictures.media.values()),
        status=status,
        language=publication.language,
        pinned=pinned,
        unconfirmed=unconfirmed,
    )
