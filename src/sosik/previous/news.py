"""Updates `published.json` with the changed rows.

Only the lines of changed rows are written again; all others are copied.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sosik.model import FILENAMES, DocumentKind
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.previous.memory import (
    BETWEEN,
    DESCRIBED_FEEDS,
    DOCUMENTS,
    ENTRIES,
    FEEDS_TOLD,
    GONE,
    META,
    WITHDRAWN,
    Written,
    as_published,
    describe,
    dumped,
    line_of_document,
    line_of_entry,
    line_of_withdrawn,
    lines_of_meta,
    separated,
)
from sosik.store import News, Store

if TYPE_CHECKING:
    from mmap import mmap

Lines = dict[str, bytes | None]
"""The lines of a section that changed, by what stands first in them; None for one that is no more."""

_DECODER = json.JSONDecoder()

_PIECE = 1 << 20
"""Bytes that are copied at once."""


class Left(NamedTuple):
    """The file as it was left: its bytes, and of each section where its lines stand."""

    body: "bytes | mmap"
    places: Mapping[str, tuple[int, int]]


def brought_up(store: Store, left: Left, news: Collection[News]) -> Written | None:
    """Return what `written_memory` does, out of what was `left` and the rows that changed since.

    None where that does not do: the clock was put right in between.
    """
    edition = store.edition()
    composed = _composed(left)
    if edition.composed < composed:
        return None
    keys: dict[str, set[str]] = {}
    for one in news:
        keys.setdefault(one.table, set()).add(one.key)
    ids = keys.get("ledger", set()).union(store.ledger.published_after(composed))
    entries, withdrawn = _entries(store, ids, edition.composed)
    documents, described = _documents(store, left, keys.get("document", set()))
    feeds = store.membership.feeds(keys.get("feed", ()))
    gone = {row.path: dumped(row) for row in store.gone(keys.get("gone", ()))}
    lines: dict[str, Lines] = {
        ENTRIES: entries,
        WITHDRAWN: withdrawn,
        FEEDS_TOLD: dict.fromkeys(keys.get("feed", ())) | {name: dumped(row) for name, row in feeds.items()},
        DOCUMENTS: documents,
        GONE: dict.fromkeys(keys.get("gone", ())) | gone,
        DESCRIBED_FEEDS: described,
    }
    merged = {name: _merged(left, name, changed) for name, changed in lines.items()}
    return Written(edition, {**merged, META: separated(lines_of_meta(store))})


def _composed(left: Left) -> Seconds:
    """Return the instant of the edition that was told."""
    head = left.body[: left.places[ENTRIES][0]]
    return Seconds(int(json.loads(head[: head.rindex(BETWEEN)] + b"}")["composed"]))


def _entries(store: Store, ids: Collection[str], composed: Seconds) -> tuple[Lines, Lines]:
    """Return the lines of some entries: of those that are up, and of those that were taken back."""
    entries: Lines = dict.fromkeys(ids)
    withdrawn: Lines = dict.fromkeys(ids)
    rows = [row for row in store.ledger.of(map(EntryId, ids)).values() if row.published <= composed]
    for row in as_published(store, rows, store.sources.held()):
        if row.withdrawn is None:
            entries[row.id] = line_of_entry(row)
        else:
            withdrawn[row.id] = line_of_withdrawn(row)
    return entries, withdrawn


def _documents(store: Store, left: Left, paths: Collection[str]) -> tuple[Lines, Lines]:
    """Return the lines of some documents, and those of the feeds of which they are."""
    rows = {row.path: row for row in store.documents(paths)}
    concerned = {row.path: row.feed for row in rows.values() if row.kind is DocumentKind.FEED and row.feed}
    for told in filter(None, (_line(left, DOCUMENTS, path) for path in paths)):
        path, kind, *_, feed, _ = told
        if kind == DocumentKind.FEED and feed:
            concerned[DocumentPath(path)] = feed
    names = set(concerned.values())
    # The formats of a feed lie side by side.
    folders = {path.rpartition("/")[0] for path in concerned}
    beside = store.documents(f"{folder}/{name}" for folder in sorted(folders) for name in FILENAMES.values())
    described = describe(store, (row for row in beside if row.feed in names))
    return (
        dict.fromkeys(paths) | {path: line_of_document(row) for path, row in rows.items()},
        dict.fromkeys(names) | {name: dumped([name, *said]) for name, said in described.items()},
    )


def _line(left: Left, section: str, key: str) -> list[str] | None:
    """Return what is told in the line of a section that begins with a key, None where there is none."""
    start, end = left.places[section]
    at, following = _found(left.body, start, _behind(start, end), key)
    found: list[str] | None = json.loads(left.body[at : following - len(BETWEEN)]) if at < following else None
    return found


def _merged(left: Left, section: str, changed: Lines) -> Iterator[bytes]:
    """Yield the lines of a section, with others in place of those that changed."""
    at, end = left.places[section]
    behind = _behind(at, end)
    parts: list[range | bytes] = []
    for key in sorted(changed):
        start, following = _found(left.body, at, behind, key)
        line = changed[key]
        parts += [*_stretch(at, start), *([line] if line is not None else ())]
        at = following
    for number, part in enumerate((*parts, *_stretch(at, behind))):
        if number:
            yield BETWEEN
        if isinstance(part, bytes):
            yield part
        else:
            for piece in part[::_PIECE]:
                yield left.body[piece : min(piece + _PIECE, part.stop)]
                _let_go(left.body)


def _let_go(body: "bytes | mmap") -> None:
    """Let the system have the memory back in which it has shown a part of a file, where one can tell it to."""
    if isinstance(body, bytes):
        return
    import mmap as mapping  # whoever has one of these has imported it

    advice: int | None = getattr(mapping, "MADV_DONTNEED", None)
    if advice is not None:
        body.madvise(advice)


def _stretch(start: int, following: int) -> list[range]:
    """Return where lines stand of which the first begins at one place, and what follows the last at the other."""
    return [range(start, following - len(BETWEEN))] if start < following else []


def _behind(start: int, end: int) -> int:
    """Return where another line would begin behind those of a section."""
    return end + len(BETWEEN) if start < end else start


def _found(body: "bytes | mmap", at: int, behind: int, key: str) -> tuple[int, int]:
    """Return where the line begins that has a key, and the one that follows; twice where it would, if there is none.

    The lines begin `at` one place, and another would begin `behind` them. They are in the order of their keys.
    """
    low, high = at, behind
    while low < high:
        middle = min((low + high) // 2, behind - len(BETWEEN) - 1)
        start = max(body.rfind(b"\n", low, middle) + 1, low)
        end = body.find(b"\n", middle)
        following = end + 1 if end + 1 < behind - 1 else behind
        found = _DECODER.raw_decode(body[start:end].decode(), 1)[0]
        if found == key:
            return start, following
        low, high = (following, high) if found < key else (low, start)
    return low, low
