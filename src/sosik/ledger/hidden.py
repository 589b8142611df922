"""Published entries with a file that is ignored or has an unreadable name.

These entries are not withdrawn: a change of `ignore:` is not a withdrawal.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.errors import Problem
from sosik.ledger.facts import Fact
from sosik.ledger.looking import Looked
from sosik.model.values import EntryId
from sosik.read import Scan, SourceFile, originals_of
from sosik.read.files import location_of
from sosik.source import problem_of
from sosik.store import LedgerRow, Store
from sosik.words import Message


class Hidden(Struct, frozen=True, kw_only=True):
    """The files that are passed over and hold published entries, which are read as others are, by path.

    `unnamed` are the entries whose file has a name that nobody can read.
    """

    files: Mapping[str, SourceFile] = field(default_factory=dict)
    unnamed: Collection[EntryId] = ()
    problems: tuple[Problem, ...] = ()

    def seen_with(self, scanned: Scan) -> Scan:
        """Return what a scan found, with the files that are passed over among the others."""
        return replace(scanned, by_source=scanned.by_source.among(self.files.values())) if self.files else scanned

    def among(self, looked: Looked) -> Looked:
        """Return which files are to be read, with those that are passed over among them."""
        if not self.files:
            return looked
        known = [file for path, file in self.files.items() if path in looked.gone]
        appeared = [file for path, file in self.files.items() if path not in looked.gone]
        gone = {path: id_ for path, id_ in looked.gone.items() if path not in self.files}
        return replace(looked, known=[*looked.known, *known], appeared=[*looked.appeared, *appeared], gone=gone)


def find_hidden(
    store: Store, scanned: Scan, content: Path, gone: Mapping[str, EntryId], missed: Iterable[EntryId]
) -> Hidden:
    """Return what of the published entries that are missed is hidden.

    `gone` are the files that were there before, with their entries; `missed` the entries that had no file then.
    """
    rows = [row for row in store.ledger.of({*missed, *gone.values()}).values() if row.withdrawn is None]
    if not rows:
        return Hidden()
    from sosik.read import named_in, passed_at  # it is seldom that a file is gone

    lost = {row.id for row in rows if not scanned.may_hold(row.source)}
    files = {
        path: file
        for path, id_ in gone.items()
        if id_ in lost and scanned.ignore.hides(path) and (file := passed_at(content, path))
    }
    lost -= {gone[path] for path in files}
    if lost:
        left = store.sources.at(path for path in gone if path not in files)
        digests = {row.digest for row in left.values() if row.entry_id in lost and row.digest}
        files |= _moved(scanned, lost, digests)
    return Hidden(
        files=files,
        unnamed=lost & {named_in(path).id for path in scanned.unnamed} if lost else (),
        problems=(
            *(_stays_up(scanned, file) for file in files.values()),
            *(_no_file(row) for row in rows if row.source in scanned.mistaken),
            *(_no_folder(place) for place in sorted(_in_the_way(rows, scanned))),
        ),
    )


def _moved(scanned: Scan, lost: Collection[EntryId], digests: Collection[str]) -> dict[str, SourceFile]:
    """Return the files that are passed over and hold one of the `lost` entries, by their id or by all their bytes."""
    from sosik.read import named_in, passed_entries

    files = {}
    for file in passed_entries(scanned.ignored):
        named = named_in(file.path)
        if named.id in lost or named.digest in digests:
            files[file.source] = file
    return files


def _stays_up(scanned: Scan, file: SourceFile) -> Problem:
    place = next(place for place in scanned.ignored if f"{file.source}/".startswith(f"{place}/"))
    pattern = scanned.ignored[place].pattern
    hint = Message("entry-ignored.hint", source=file.source)
    return problem_of(Message("entry-ignored.file", pattern=pattern), file.location, hint)


def originals_unseen(rows: Iterable[LedgerRow], scanned: Scan, waiting: Iterable[Fact]) -> dict[str, EntryId]:
    """Return the files that cannot be told of and of which a copy is among those that wait, each with its entry."""
    unseen = {row.id: row.source for row in rows if row.withdrawn is None and row.source in scanned.unseen}
    copied = [fact.row for fact in waiting if fact.row.entry_id in unseen] if unseen else []
    return {unseen[row.entry_id]: row.entry_id for row in copied if unseen[row.entry_id] in originals_of(row.path)}


def _in_the_way(rows: Iterable[LedgerRow], scanned: Scan) -> set[str]:
    """Return the files that stand where entries had their folders."""
    files = scanned.by_source
    return {folder for row in rows for folder in _folders(row.source) if folder in files}


def _folders(source: str) -> Iterator[str]:
    return (source[:at] for at, letter in enumerate(source) if letter == "/")


def _no_folder(place: str) -> Problem:
    return problem_of(Message("file-type.no-folder"), location_of(place), Message("file-type.no-folder-hint"))


def _no_file(row: LedgerRow) -> Problem:
    return problem_of(Message("file-type.no-file"), location_of(row.source), Message("file-type.no-file-hint"))


def really_missing(
    missed: Iterable[LedgerRow], scanned: Scan, hidden: Hidden, waiting: Iterable[Fact]
) -> list[LedgerRow]:
    """Return the rows of those missed entries whose file is not there, whatever state it may be in.

    It may be where nothing can be seen, where a file stands in the place of a folder, and where the file in its place
    is one of the `waiting` and cannot be read, so that nobody knows which entry it holds.
    """
    rows = [*missed]
    if not rows:
        return []
    files = scanned.by_source
    unreadable = {fact.row.path for fact in waiting if fact.has_failed and not fact.row.digest}
    return [
        row
        for row in rows
        if not scanned.may_hold(row.source)
        and row.id not in hidden.unnamed
        and row.source not in unreadable
        and not any(folder in files for folder in _folders(row.source))
    ]
