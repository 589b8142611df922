"""Selects the files of content/ to read: compares a scan with the stored states. Pure, with little memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from sosik.file_names import part_of
from sosik.ledger.facts import Again
from sosik.ledger.parts import Parts, Settling
from sosik.ledger.states import NONE, is_unchanged, keeps_time
from sosik.model.values import EntryId
from sosik.read import FileKind, SourceFile
from sosik.store.source_rows import KnownFile, ScannedRow


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
        known, appeared = (
            [files.get(file.source, file) for file in read if file.source not in without]
            for read in (self.known, self.appeared)
        )
        return replace(self, known=known, appeared=appeared)


def look_at(files: Mapping[str, SourceFile], parts: Parts, known: Iterable[KnownFile], again: Again) -> Looked:
    """Return which of the files that are there, by path, are to be read.

    What is `known` of the files in parts that are not settled passes once.
    """
    gone: dict[str, EntryId] = {}
    again_read: set[str] = set()
    kept: set[str] = set()
    told: dict[str, str] = {}
    unchanged = sum(row.live for row in parts.settled.values())
    copied = not parts.settled
    settling = Settling(parts)
    for row in known:
        file = files.get(row.path)
        if file is None or file.kind is not FileKind.ENTRY:
            gone[row.path] = row.entry_id
            settling.differs(row.part)
            continue
        copied = copied and not keeps_time(file, row)
        if not again.covers(row) and is_unchanged(file, row, files):
            kept.add(file.source)
            unchanged += row.is_live
            settling.keep(row.part, row.pictures, is_live=row.is_live)
            if row.problems != NONE:
                told[file.source] = row.problems
        else:
            again_read.add(file.source)
    to_read = [file for file in parts.to_look_at() if file.source not in kept]
    for file in to_read:
        settling.differs(part_of(file.source))
    return Looked(
        known=[file for file in to_read if file.source in again_read],
        appeared=[file for file in to_read if file.source not in again_read],
        gone=gone,
        unchanged=unchanged,
        told=told,
        settled=settling.rows(),
        copied=copied,
    )
