"""Facts about the changed files of content/: a few hundred bytes each, without text.

The text of an entry goes into the store as a record by digest. No row refers to it until the entry is accepted.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.dates import format_rfc3339
from sosik.dates.zones import zone_of
from sosik.errors import Problem, Severity, as_written
from sosik.ledger.ahead import dated_ahead, expired, is_of_today, stamped_ahead, waiting
from sosik.ledger.recognition import Arrival, arrival_of
from sosik.ledger.states import NONE, has_same_bytes, has_same_pictures
from sosik.ledger.written import written_of
from sosik.model import Entry, Listing, Normalized, Publication, RawEntry, RawText, Status
from sosik.model.instants import instant, seconds
from sosik.model.listing import listing_of
from sosik.model.values import NO_DIGEST, Digest, EntryId, Seconds
from sosik.normalize.ids import derived_id
from sosik.read import PictureFacts, Pictures, SourceFile
from sosik.store import AcceptedEntry, LedgerRow, SourceRow
from sosik.store.records import Record, read_problems, record_of, write_problems
from sosik.store.source_rows import KnownFile
from sosik.words import Message
from sosik.words.message import naming

if TYPE_CHECKING:
    from sosik.read import EntryReading

READ_AGAIN = frozenset({"picture-missing", "picture-relative"})
"""Problems that another file can cure: an entry that has one is read at every build."""

STOPPED = "reading-stopped"
"""The problem of a file that takes too much time to read, or ends whoever reads it: it is not read again as it is."""

_MISREAD = frozenset({"headline-quote", "yaml-invalid", "json-invalid"})
_TOLD = ("authors", "body", "edits", "images", "link", "published", "summary", "updated")
"""Keys that messages of the ledger name."""

_ABSENT = frozenset({"title-missing", "published-missing", "body-missing", "id-not-pinned"})


class TakenBack(Struct, frozen=True):
    """An entry that its file takes back, and when (seconds); `is_draft` where that is said of no published entry."""

    id: EntryId
    at: Seconds
    is_draft: bool = False


class Fact(Struct, frozen=True, kw_only=True):
    """What became known of one file that was read: `row` is what is to be remembered of it.

    An entry that may be published has its `arrival`, its `listing` and the digest of its `record`; one that the file
    takes back is `taken_back`; a draft tells what it `hides`. `has_failed` where the file cannot be read as an entry:
    its last good version stays up. `problems` are those that depend on the instant; the others stand in the row.
    """

    row: SourceRow
    has_failed: bool = False
    arrival: Arrival | None = None
    listing: Listing | None = None
    record: Digest = NO_DIGEST
    taken_back: TakenBack | None = None
    hides: Arrival | None = None
    problems: tuple[Problem, ...] = ()


class Again(Struct, frozen=True, kw_only=True):
    """Which files are read though they did not change: `everything`, or those that hold some entries."""

    everything: bool = False
    ids: frozenset[EntryId] = frozenset()

    def covers(self, row: SourceRow | KnownFile) -> bool:
        """Tell whether a file is one of them."""
        return self.everything or row.entry_id in self.ids


class Desk(Struct, frozen=True, kw_only=True):
    """What files are read with: the publication, all `files` that are there, which are read `again`, `now` in seconds.

    Of those that are to be read, `known` is what was remembered, by path, and `ledger` what was published of that, by
    id; `accepted` are the last good versions of those that have pictures. `moved` are files that are gone, by the ids
    of their entries, where the store does not know what they said; all files are `copied` where none kept its time.
    """

    publication: Publication
    pictures: Pictures
    files: Mapping[str, SourceFile]
    again: Again
    drafts: bool
    now: Seconds
    known: Mapping[str, SourceRow] = field(default_factory=dict)
    ledger: Mapping[EntryId, LedgerRow] = field(default_factory=dict)
    accepted: Mapping[EntryId, AcceptedEntry] = field(default_factory=dict)
    moved: Mapping[EntryId, SourceRow] = field(default_factory=dict)
    copied: bool = False


class Gathered(Struct, frozen=True, kw_only=True):
    """What reading files came to: facts, the entries as records, and the `same`: files whose bytes are as they were."""

    facts: list[Fact] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    same: list[SourceRow] = field(default_factory=list)

    def add(self, read: "Read") -> None:
        """Add what one file came to."""
        if read.same is not None:
            self.same.append(read.same)
        if read.fact is not None:
            self.facts.append(read.fact)
        if read.record is not None:
            self.records.append(read.record)


class Read(Struct, frozen=True):
    """What reading a file came to: a `fact`, and the `record` of its entry; or it says the `same` as before."""

    fact: Fact | None = None
    record: Record | None = None
    same: SourceRow | None = None


def read_file(file: SourceFile, desk: Desk) -> Read:
    """Read and normalize a file. The states of its pictures are left out of its row."""
    from sosik.read import read_entry, read_if_other

    row, silent = desk.known.get(file.source), desk.publication.foreign_keys
    may_be_same = row is not None and _may_be_same(row, desk)
    reading = read_if_other(file, row.digest, silent=silent) if row and may_be_same else read_entry(file, silent=silent)
    if reading is not None:
        return _gathered(file, reading, desk)
    assert row is not None  # noqa: S101  # for the type checker: what is known is the same
    row = row._replace(stamp=file.stamp, missing_since=None)
    return Read(Fact(row=row, has_failed=True)) if row.held else Read(same=row)


def stop_reading(file: SourceFile, why: Message, desk: Desk) -> Read:
    """Return what becomes of a file that cannot be read to its end: it is held back until it changes."""
    from sosik.read import read_no_further

    return _gathered(file, read_no_further(file, why), desk)


def has_stopped(row: SourceRow) -> bool:
    """Tell whether reading a file could not be brought to an end when it was last tried."""
    return row.held and f'"code":"{STOPPED}"' in row.problems


def _may_be_same(row: SourceRow, desk: Desk) -> bool:
    """Tell whether nothing but its bytes could make another entry of a file than it made before.

    A fresh checkout has other stamps on every file and every picture, and the same bytes in them.
    """
    if desk.again.covers(row) or (row.held and not has_stopped(row)):
        return False
    if row.pictures == NONE:
        return True
    accepted = desk.accepted.get(row.entry_id)
    known = {medium.file: medium.digest for medium in accepted.listing.media} if accepted else {}
    found = {name: desk.pictures.find("", name) for name in json.loads(row.pictures)}
    return all(
        isinstance(picture, PictureFacts) and picture.digest == known.get(name) for name, picture in found.items()
    )


def _gathered(file: SourceFile, reading: "EntryReading", desk: Desk) -> Read:
    now = instant(desk.now)
    normalized = _normalized(reading, desk, now)
    known = desk.known.get(file.source)
    names = reading.raw.names if reading.raw else {}
    problems = _with_known_time(found_in(reading, normalized), names, known, desk)
    if normalized.status is Status.DRAFT:
        problems = (*problems, waiting(normalized.source))
    is_entry = bool(normalized.entry or normalized.withdrawal)
    has_failed = not is_entry and any(problem.severity is Severity.ERROR for problem in problems)
    row = _source_row(file, reading, normalized, problems, desk, has_failed=has_failed)
    entry, until = normalized.entry, normalized.expires
    if taken_back := _taken_back(normalized, row.entry_id, desk):
        hides = arrival_of(entry, listing_of(entry), entry) if entry else None
        told = _told_expired(normalized, taken_back, desk)
        return Read(Fact(row=row, has_failed=has_failed, taken_back=taken_back, hides=hides, problems=told))
    if entry is None:
        return Read(Fact(row=row, has_failed=has_failed))
    listing = listing_of(entry)
    if until is not None:
        listing = replace(listing, due=tuple(sorted({*listing.due, seconds(until)})))
    from sosik.normalize.embargo import embargo_of  # most builds read no article

    same_as, same_pictures = _same_as(file, reading, entry, desk)
    arrival = arrival_of(
        entry,
        listing,
        entry.as_of(now),
        written=str(written_of(reading.raw.fields if reading.raw else {}, [(m.file, m.digest) for m in entry.media])),
        same_as=same_as,
        same_pictures=same_pictures,
        held_for=_held_for(known, desk),
        embargo=None if desk.drafts else embargo_of(entry, now, desk.publication.timezone),
        is_of_a_day=is_of_today(entry, desk.publication, now),
        lacks_body=normalized.lacks_body and not desk.drafts,
        lacks_a_picture=any(problem.code in READ_AGAIN for problem in problems),
        names=_names_told(names),
    )
    ahead, record = tuple(as_written(one, names) for one in stamped_ahead(entry, now)), record_of(entry)
    digest = record.row.digest
    fact = Fact(row=row, has_failed=has_failed, arrival=arrival, listing=listing, record=digest, problems=ahead)
    return Read(fact, record)


def _names_told(names: Mapping[str, str]) -> str:
    """Return what a file calls the keys of which the ledger speaks, as an arrival keeps it; many files say the same."""
    told = {key: names[key] for key in _TOLD if key in names}
    return intern(json.dumps(told, ensure_ascii=False)) if told else ""


def found_in(reading: "EntryReading", normalized: Normalized) -> tuple[Problem, ...]:
    """Return what is wrong with a file; of one that was misread it is not told what it lacks besides."""
    if not (reading.problems or normalized.problems):
        return ()
    names = reading.raw.names if reading.raw else {}
    problems = [as_written(one, names) for one in normalized.problems]
    if not any(problem.code in _MISREAD for problem in reading.problems):
        return (*reading.problems, *problems)
    return (*reading.problems, *(problem for problem in problems if problem.code not in _ABSENT))


def _with_known_time(
    problems: tuple[Problem, ...], names: Mapping[str, str], known: SourceRow | None, desk: Desk
) -> tuple[Problem, ...]:
    """Return the problems of a file; where a published entry lost its time, the hint is the line to paste."""
    row = desk.ledger.get(known.entry_id) if known else None
    if row is None:
        return problems
    published = format_rfc3339(instant(row.published).astimezone(zone_of(desk.publication.timezone)))
    hint = naming(Message("published-missing.known-hint", published=published), names)
    return tuple(replace(one, hint=hint) if one.code == "published-missing" else one for one in problems)


def _normalized(reading: "EntryReading", desk: Desk, now: datetime) -> Normalized:
    """Return what a file came to; an error met while reading holds the entry back, but all its problems are told."""
    if reading.raw is None:
        return Normalized(source=reading.source)
    # Most builds read no article.
    from sosik.normalize.entry import normalize

    raw = _as_released(reading.raw, now) if desk.drafts else reading.raw
    normalized = normalize(raw, desk.publication, desk.pictures, now=now)
    ahead = tuple(dated_ahead(reading.raw, desk.publication, now))
    if not (reading.failed or ahead):
        return normalized
    return replace(normalized, entry=None, problems=(*normalized.problems, *ahead))


def _as_released(raw: RawEntry, now: datetime) -> RawEntry:
    """Return an entry as it would be published if it were released now: a preview shows what has no time yet."""
    published = raw.fields.get("published")
    if isinstance(published, RawText) and published.text.strip():
        return raw
    stamp = RawText(text=now.isoformat(), location=raw.location)
    return replace(raw, fields={**raw.fields, "published": stamp})


def _taken_back(normalized: Normalized, id_: EntryId, desk: Desk) -> TakenBack | None:
    """Return the entry that a file takes back by now, also where an error holds its text back; None for any other."""
    withdrawal, until = normalized.withdrawal, normalized.expires
    if withdrawal is not None:
        stated = seconds(withdrawal.at) if withdrawal.at else desk.now
        return TakenBack(withdrawal.id, min(stated, desk.now))
    if normalized.status is Status.DRAFT:
        return None if desk.drafts else TakenBack(id_, desk.now, is_draft=True)
    return TakenBack(id_, seconds(until)) if until is not None and seconds(until) <= desk.now else None


def _told_expired(normalized: Normalized, taken_back: TakenBack, desk: Desk) -> tuple[Problem, ...]:
    """Return why an entry is taken back, or left out from the first, where only the time says so."""
    row = desk.ledger.get(taken_back.id)
    if normalized.status is not Status.PUBLISHED or (row is not None and row.withdrawn is not None):
        return ()
    return (expired(normalized.source, instant(taken_back.at), is_published=row is not None),)


def _same_as(file: SourceFile, reading: "EntryReading", entry: Entry, desk: Desk) -> tuple[str, bool]:
    """Return the path at which a file was accepted with the same bytes, and whether it had the same pictures.

    The path is empty where it was not.
    """
    row = desk.known.get(file.source) or desk.moved.get(entry.id)
    if row is None or (row.held and not _is_shown(row)):
        return "", False
    if not has_same_bytes(file, reading, row, copied=desk.copied):
        return "", False
    accepted = desk.accepted.get(row.entry_id)
    then = [medium.digest for medium in accepted.listing.media] if accepted else []
    return row.path, has_same_pictures(row, desk.files, then, [image.digest for image in entry.media])


def _is_shown(row: SourceRow) -> bool:
    """Tell whether a file that is read at every build was accepted, as far as a store of version 4 can say.

    There a file whose picture is missing looks like one that is held back; later ones know what its values were.
    """
    return not row.digest and any(problem.code in READ_AGAIN for problem in read_problems(row.problems))


def _held_for(row: SourceRow | None, desk: Desk) -> EntryId | None:
    """Return the published id that a file was held back for."""
    published = desk.ledger.get(row.entry_id) if row else None
    if row is None or published is None:
        return None
    return published.id if row.held or desk.again.covers(row) or published.source != row.path else None


def _source_row(
    file: SourceFile,
    reading: "EntryReading",
    normalized: Normalized,
    problems: tuple[Problem, ...],
    desk: Desk,
    *,
    has_failed: bool,
) -> SourceRow:
    """Return a file as it is to be remembered; one that cannot be read keeps the id it had."""
    made = normalized.entry or normalized.withdrawal
    media = [image.file for image in normalized.entry.media] if normalized.entry else []
    known = desk.known.get(file.source)
    before = EntryId(reading.id_hint) or (known.entry_id if known else EntryId(""))
    return SourceRow(
        path=file.source,
        stamp=file.stamp,
        entry_id=made.id if made else before or derived_id(file.source, desk.publication.authority),
        pictures=json.dumps(media) if media else NONE,
        held=has_failed or any(problem.code in READ_AGAIN for problem in problems),
        problems=write_problems(problems) if problems else NONE,
        digest=reading.digest,
    )
