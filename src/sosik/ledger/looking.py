"""Selects the files of content/ to read: compares a scan with the stored states. Pure, with little memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, groupby
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from sosik.file_names import group_of_part, part_of
from sosik.ledger.facts import Again
from sosik.ledger.parts import Parts, Settling
from sosik.ledger.states import NONE, is_unchanged, keeps_time
from sosik.model.values import EntryId
from sosik.read import SomeFiles, SourceFile
from sosik.store.source_rows import KnownFile, ScannedRow
from sosik.store.sources import EVERY_TIME


class Looked(Struct, frozen=True, kw_only=True):
    """What a scan came to: the files to be read, in order, and those that are `gone`, each path with its entry.

    Of those that are read, `known` were there before, and `appeared` were not.

    The others are as they were; `unchanged` of their entries stand in the ledger. `told` are the problems that stand in
    those, as records by path; `settled` the parts of which all files turned out to be so. `copied` where none of those
    that were there before has the time it had: then their times tell nothing of edits.
    """

    known: Sequence[SourceFile]
    appeared: Sequence[SourceFile]
    gone: Mapping[str, EntryId]
    unchanged: int
    told: Mapping[str, str]
    settled: Sequence[ScannedRow]
    copied: bool

    def looked_at_again(self, files: Mapping[str, SourceFile], without: Collection[str]) -> Self:
        """Return it with some files as they were seen a second time, and `without` those that are not to be read."""
        if not files and not without:
            return self
        known, appeared = (
            [files.get(file.source, file) for file in read if file.source not in without]
            for read in (self.known, self.appeared)
        )
        return replace(self, known=known, appeared=appeared)


def look_at(files: Mapping[str, SourceFile], parts: Parts, known: Iterable[KnownFile], again: Again) -> Looked:
    """Return which of the files that are there, by path, are to be read.

    What is `known` of the files in parts that are not settled passes once, one part after another: first those that are
    looked at every time, then by the names of the parts. So little of it lies in memory at once.
    """
    looking = _Looking(files, parts, again)
    groups = iter(parts.open_groups)
    by_group = groupby(known, lambda row: group_of_part(row.part))
    for group, rows in chain(by_group, [(_LAST, iter(()))]):
        if group == EVERY_TIME:
            looking.look({file.source: file for file in parts.looked_at_every_time()}, rows)
            continue
        # Of the groups between these, nothing is known.
        for other in iter(lambda: next(groups, _LAST), _LAST):
            here = {file.source: file for file in parts.entries(other)}
            looking.look(here, rows if other == group else ())
            if other == group:
                break
    return looking.looked()


_LAST = "~"
"""A name after those of all groups."""


class _Looking:
    """What is found out of files while the rows of what is known of them pass."""

    def __init__(self, files: Mapping[str, SourceFile], parts: Parts, again: Again) -> None:
        self._files, self._parts, self._again = files, parts, again
        self._settling = Settling(parts)
        self._known: list[str] = []
        self._appeared: list[str] = []
        self._gone: dict[str, EntryId] = {}
        self._told: dict[str, str] = {}
        self._unchanged = parts.live
        self._copied = not parts.settled

    def look(self, here: dict[str, SourceFile], rows: Iterable[KnownFile]) -> None:
        """Look at the files that are here, and at all that is known of files that are or were."""
        for row in rows:
            file = here.pop(row.path, None)
            if file is None:
                self._gone[row.path] = row.entry_id
                self._settling.differs(row.part)
                continue
            self._copied = self._copied and not keeps_time(file, row)
            if self._again.covers(row) or not is_unchanged(file, row, self._files):
                self._known.append(file.source)
                self._settling.differs(row.part)
                continue
            self._unchanged += row.is_live
            self._settling.keep(row.part, row.pictures, is_live=row.is_live)
            if row.problems != NONE:
                self._told[file.source] = row.problems
        self._appeared += here
        for source in here:
            self._settling.differs(part_of(source))

    def looked(self) -> Looked:
        """Return what it came to."""
        return Looked(
            known=SomeFiles(self._files, sorted(self._known)),
            appeared=SomeFiles(self._files, sorted(self._appeared)),
            gone=self._gone,
            unchanged=self._unchanged,
            told=self._told,
            settled=self._settling.rows(),
            copied=self._copied,
        )
