"""Finds the entry file for a path, an id or a part of a headline."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from sosik.cli.options import entry_file, publication_of
from sosik.cli.output import bad_value
from sosik.errors import SosikError
from sosik.file_names import name_of
from sosik.model import RawText, Status
from sosik.normalize.fields import EntryFields
from sosik.normalize.ids import derived_id
from sosik.normalize.status import entry_status
from sosik.read import SourceFile, ignore_of, read_bytes, read_entry, scan
from sosik.source.mapping import one_line
from sosik.words import Message

_LISTED = 5
"""How many files are listed where a part of a headline names more than one."""


class Named(Struct, frozen=True):
    """An entry file that may be meant, its id and its headline."""

    file: SourceFile
    id: str
    title: str


def entry_named(directory: Path, wanted: str, *, prefer: Status | None = None) -> Path:
    """Return the file in content/ that is meant by its path, its id or the last part of it, or words of its headline.

    Of several the one counts that alone has the status to `prefer`. Raises `click.BadParameter` where none is meant,
    and `SosikError` where several are.
    """
    if any(path.exists() for path in (directory / wanted, Path(wanted))):
        return entry_file(wanted)
    publication = publication_of(directory)
    files = scan(directory / "content", ignore_of(publication.ignore)).entries
    found = entries_named(files, wanted, publication.authority)
    if not found:
        raise bad_value(Message("cli.entry-unknown", name=wanted))
    if len(found) > 1 and prefer is not None:
        found = [one for one in found if status_of(Path(one.file.path), directory) is prefer] or found
    if len(found) > 1:
        raise ambiguous(wanted, [f"content/{one.file.source}" for one in found])
    return Path(found[0].file.path)


def ambiguous(wanted: str, files: Sequence[str]) -> SosikError:
    """Return what to say of words that several headlines hold."""
    shown = (*files[:_LISTED], "…") if len(files) > _LISTED else tuple(files)
    return SosikError(Message("cli.entry-ambiguous", name=wanted, count=len(files), files=shown))


def has_words(title: str, wanted: str) -> bool:
    """Whether a headline holds the words."""
    words = one_line(wanted).casefold()
    return bool(words) and words in one_line(title).casefold()


def each_draft(directory: Path, drafts: Collection[str]) -> Iterator[Named]:
    """Yield the drafts, of files named from the publication's folder, in the order of their paths."""
    yield from _read(_files_of(directory, drafts), publication_of(directory).authority)


def _files_of(directory: Path, drafts: Collection[str]) -> list[SourceFile]:
    scanned = scan(directory / "content", ignore_of(publication_of(directory).ignore)).entries
    return [file for file in scanned if f"content/{file.source}" in drafts]


def drafts_named(directory: Path, drafts: Collection[str], wanted: str) -> list[Named]:
    """Return the drafts, of files named from the publication's folder, that are meant as `entries_named` has it."""
    publication, files = publication_of(directory), _files_of(directory, drafts)
    at = [file for file in files if wanted in (file.source, f"content/{file.source}")]
    if at:
        return [*_read(at, publication.authority)]
    return entries_named(files, wanted, publication.authority)


def entries_named(files: Iterable[SourceFile], wanted: str, authority: str) -> list[Named]:
    """Return the files whose entry has the id *wanted*, or an id that ends in it, else those with it in their headline.

    A file without an id has the one that is made of its path and *authority*.
    """
    wanted = one_line(wanted)
    if not wanted:
        return []
    found = [*_candidates(files, wanted, authority)]
    return [one for one in found if wanted in (one.id, one.id.rpartition(":")[2])] or [
        one for one in found if has_words(one.title, wanted)
    ]


def _candidates(files: Iterable[SourceFile], wanted: str, authority: str) -> Iterator[Named]:
    """Yield the files that may be meant: only those whose bytes hold the words are read for what they say."""
    words = [unicodedata.normalize(form, word).casefold() for form in ("NFC", "NFD") for word in wanted.split()[:1]]
    for file in files:
        derived = derived_id(file.source, authority)
        if wanted in (derived, derived.rpartition(":")[2]) or _may_hold(file, words):
            yield from _read([file], authority)


def _read(files: Iterable[SourceFile], authority: str) -> Iterator[Named]:
    for file in files:
        raw = read_entry(file).raw
        if raw is not None:
            id_ = _text(raw.fields.get("id")) or derived_id(file.source, authority)
            yield Named(file, id_, one_line(_text(raw.fields.get("title"))))


def _may_hold(file: SourceFile, words: Iterable[str]) -> bool:
    try:
        with open(file.path, "rb") as stream:  # noqa: PTH123  # as the reading of entries does it
            data = stream.read()
    except OSError:
        return False
    text = data.decode("utf-8", "replace")
    return "\\u" in text or "\ufffd" in text or any(word in text.casefold() for word in words)


def _text(value: object) -> str:
    return value.text.strip() if isinstance(value, RawText) else ""


def status_of(path: Path, directory: Path) -> Status:
    """Return what an entry file says of its entry, whatever else is wrong with it."""
    source = name_of(path.resolve().relative_to((directory / "content").resolve()).as_posix())
    raw = read_bytes(path.read_bytes(), source).raw
    return entry_status(raw, EntryFields(raw.fields, raw.location)) if raw is not None else Status.PUBLISHED
