"""Entries with missing files: they stay published for a time. Pure.

A file is missing since the first build without it; the time is stored with the last state of the file.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from sosik.errors import Location, Problem
from sosik.ledger.objections import shown_instant
from sosik.ledger.states import NONE, away_stamp, is_away
from sosik.model.values import EntryId, Seconds
from sosik.store.rows import LedgerRow
from sosik.store.source_rows import SourceRow
from sosik.words import Message


class Missing(Struct, frozen=True):
    """An entry that is published, and the file that it had, as it is to be remembered."""

    entry: LedgerRow
    file: SourceRow

    @property
    def since(self) -> Seconds:
        """The instant of the build that missed the file (seconds)."""
        return self.file.missing_since or Seconds(0)


def missing_files(
    entries: Iterable[LedgerRow], gone: Iterable[SourceRow], files: Collection[str], now: Seconds
) -> list[Missing]:
    """Return the files of entries that are missing at `now`; `gone` are those that were known, `files` are there."""
    known: dict[EntryId, list[SourceRow]] = {}
    for row in gone:
        known.setdefault(row.entry_id, []).append(row)
    return [Missing(entry, _file_of(entry, known.get(entry.id, ()), files, now)) for entry in entries]


def _file_of(entry: LedgerRow, known: Sequence[SourceRow], files: Collection[str], now: Seconds) -> SourceRow:
    row = min(known, key=lambda row: (row.path != entry.source, row.path), default=None)
    if row is None:
        # No file has a path that begins with a slash: another one may lie where this one was.
        path = entry.source if entry.source and entry.source not in files else f"/{entry.id}"
        row = SourceRow(path=path, stamp="", entry_id=entry.id, pictures=NONE, held=False, problems=NONE)
    since = row.missing_since if is_away(row) and row.missing_since is not None else now
    return row._replace(stamp=away_stamp(row), missing_since=min(since, now))


def is_over(missing: Missing, after: int, now: Seconds) -> bool:
    """Tell whether a file has been missing for so many seconds."""
    return now - missing.since >= after


def next_look(missing: Iterable[Missing], after: int) -> Seconds | None:
    """Return when the first of some files will have been missing for so many seconds; None where none is."""
    return min((Seconds(one.since + after) for one in missing), default=None)


def told_missing(missing: Iterable[Missing], after: int) -> list[Problem]:
    """Return a warning for every file that is away and whose entry stays up."""
    return [
        Problem(
            code="file-missing",
            message=Message("file-missing.until", until=shown_instant(Seconds(one.since + after))),
            location=Location(file=f"content/{one.entry.source}" if one.entry.source else "content"),
            hint=Message("file-missing.until-hint"),
        )
        for one in missing
    ]
