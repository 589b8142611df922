"""How a file of content/ is read: step by step from its bytes to what is known of it.

Imported only where a file is read: most builds read none.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from sys import intern
from typing import Any, NamedTuple

from msgspec.structs import replace

from sosik.dates import format_rfc3339
from sosik.dates.zones import zone_of
from sosik.errors import Problem, Severity, as_written
from sosik.ledger.ahead import dated_ahead, expired, is_of_today, stamped_ahead, waiting
from sosik.ledger.facts import READ_AGAIN, Desk, Fact, Read, TakenBack, has_stopped
from sosik.ledger.recognition import arrival_of
from sosik.ledger.states import NONE, has_same_bytes, has_same_pictures
from sosik.ledger.written import written_of
from sosik.model import Entry, Listing, Normalized, RawEntry, RawText, Status
from sosik.model.instants import instant, seconds
from sosik.model.listing import listing_of
from sosik.model.values import EntryId
from sosik.normalize.body import look_ahead
from sosik.normalize.embargo import embargo_of
from sosik.normalize.entry import normalize
from sosik.normalize.ids import derived_id
from sosik.read import EntryReading, PictureFacts, SourceFile, bytes_of, digest, read_bytes, read_no_further
from sosik.store import SourceRow
from sosik.store.records import Record, read_problems, record_of, write_problems
from sosik.words import Message
from sosik.words.message import naming

_MISREAD = frozenset({"headline-quote", "yaml-invalid", "json-invalid"})
_TOLD = ("authors", "body", "edits", "images", "link", "published", "summary", "updated")
"""Keys that messages of the ledger name."""

_ABSENT = frozenset({"title-missing", "published-missing", "body-missing", "id-not-pinned"})


class _Opened(NamedTuple):
    """A file with its bytes, or with what is to be said of it where they are not to be had."""

    file: SourceFile
    data: bytes | EntryReading


class _Parsed(NamedTuple):
    file: SourceFile
    reading: EntryReading


class _Made(NamedTuple):
    file: SourceFile
    reading: EntryReading
    normalized: Normalized


class _Listed(NamedTuple):
    """What was made of a file; of an entry what lists and the store know it by, and the digests of what it says."""

    file: SourceFile
    reading: EntryReading
    normalized: Normalized
    listing: Listing | None = None
    record: Record | None = None
    written: str = ""


def _opened(file: SourceFile, desk: Desk) -> _Opened:  # noqa: ARG001  # as the other stages
    return _Opened(file, bytes_of(file))


def _parsed(opened: _Opened, desk: Desk) -> _Parsed | Read:
    """Return what stands in a file; or that it says the same as before."""
    file, data = opened
    if isinstance(data, EntryReading):
        return _Parsed(file, data)
    row = desk.known.get(file.source)
    if row is not None and _may_be_same(row, desk) and digest(data) == row.digest:
        row = row._replace(stamp=file.stamp, missing_since=None)
        return Read(Fact(row=row, has_failed=True)) if row.held else Read(same=row)
    return _Parsed(file, read_bytes(data, file.source, silent=desk.publication.foreign_keys))


def _with_body(parsed: _Parsed | Read, desk: Desk) -> _Parsed | Read:
    if isinstance(parsed, _Parsed) and parsed.reading.raw is not None:
        look_ahead(parsed.reading.raw, desk.publication)
    return parsed


def _made(parsed: _Parsed | Read, desk: Desk) -> _Made | Read:
    if isinstance(parsed, Read):
        return parsed
    file, reading = parsed
    return _Made(file, reading, _normalized(reading, desk, instant(desk.now)))


def _listed(made: _Made | Read, desk: Desk) -> _Listed | Read:  # noqa: ARG001  # as the other stages
    if isinstance(made, Read):
        return made
    (file, reading, normalized), entry = made, made.normalized.entry
    if entry is None or reading.raw is None:
        return _Listed(file, reading, normalized)
    listing, until = listing_of(entry), normalized.expires
    if until is not None:
        listing = replace(listing, due=tuple(sorted({*listing.due, seconds(until)})))
    written = str(written_of(reading.raw.fields, [(image.file, image.digest) for image in entry.media]))
    return _Listed(file, reading, normalized, listing, record_of(entry), written)


def _told(listed: _Listed | Read, desk: Desk) -> Read:
    return listed if isinstance(listed, Read) else _gathered(listed, desk)


STAGES: tuple[Callable[[Any, Desk], Any], ...] = (_opened, _parsed, _with_body, _made, _listed, _told)
"""How a file is read, step by step: each takes what the one before returned.

Of many files, all take a step before any takes the next: then the code of a step is in the caches of the processor, and
all of it takes a quarter less time.
"""


def stop_reading(file: SourceFile, why: Message, desk: Desk) -> Read:
    """Return what becomes of a file that cannot be read to its end: it is held back until it changes."""
    return _told(_listed(_made(_Parsed(file, read_no_further(file, why)), desk), desk), desk)


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


def _gathered(listed: _Listed, desk: Desk) -> Read:
    file, reading, normalized, listing, record, written = listed
    now = instant(desk.now)
    known = desk.known.get(file.source)
    names = reading.raw.names if reading.raw else {}
    problems = _with_known_time(found_in(reading, normalized), names, known, desk)
    if normalized.status is Status.DRAFT:
        problems = (*problems, waiting(normalized.source))
    is_entry = bool(normalized.entry or normalized.withdrawal)
    has_failed = not is_entry and any(problem.severity is Severity.ERROR for problem in problems)
    row = _source_row(file, reading, normalized, problems, desk, has_failed=has_failed)
    entry = normalized.entry
    if taken_back := _taken_back(normalized, row.entry_id, desk):
        hides = arrival_of(entry, listing, entry) if entry and listing else None
        told = _told_expired(normalized, taken_back, desk)
        return Read(Fact(row=row, has_failed=has_failed, taken_back=taken_back, hides=hides, problems=told))
    if entry is None or listing is None or record is None:
        return Read(Fact(row=row, has_failed=has_failed))
    same_as, same_pictures = _same_as(file, reading, entry, desk)
    arrival = arrival_of(
        entry,
        listing,
        entry.as_of(now),
        written=written,
        same_as=same_as,
        same_pictures=same_pictures,
        held_for=_held_for(known, desk),
        embargo=None if desk.drafts else embargo_of(entry, now, desk.publication.timezone),
        is_of_a_day=is_of_today(entry, desk.publication, now),
        lacks_body=normalized.lacks_body and not desk.drafts,
        lacks_a_picture=_lacks_a_picture(problems),
        names=_names_told(names),
    )
    ahead = tuple([as_written(one, names) for one in stamped_ahead(entry, now)])
    key = record.row.digest
    fact = Fact(row=row, has_failed=has_failed, arrival=arrival, listing=listing, record=key, problems=ahead)
    return Read(fact, record)


def _lacks_a_picture(problems: tuple[Problem, ...]) -> bool:
    return bool(problems) and any(problem.code in READ_AGAIN for problem in problems)


def _names_told(names: Mapping[str, str]) -> str:
    """Return what a file calls the keys of which the ledger speaks, as an arrival keeps it; many files say the same."""
    if not names:
        return ""
    told = {key: names[key] for key in _TOLD if key in names}
    return intern(json.dumps(told, ensure_ascii=False)) if told else ""


def found_in(reading: EntryReading, normalized: Normalized) -> tuple[Problem, ...]:
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


def _normalized(reading: EntryReading, desk: Desk, now: datetime) -> Normalized:
    """Return what a file came to; an error met while reading holds the entry back, but all its problems are told."""
    if reading.raw is None:
        return Normalized(source=reading.source)
    raw = _as_released(reading.raw, now) if desk.drafts else reading.raw
    normalized = normalize(raw, desk.publication, desk.pictures, now=now)
    ahead = tuple(dated_ahead(reading.raw, desk.publication, now)) if raw.unknown else ()
    if not ((reading.problems and reading.failed) or ahead):
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


def _same_as(file: SourceFile, reading: EntryReading, entry: Entry, desk: Desk) -> tuple[str, bool]:
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
    reading: EntryReading,
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
        held=has_failed or _lacks_a_picture(problems),
        problems=write_problems(problems) if problems else NONE,
        digest=reading.digest,
    )
