"""What was published, as one file beside the feeds, so that a machine without the store goes on as one with it.

It holds what the feeds do not tell: of entries the digests of what they said, of documents their tags and times, which
paths are gone, and the ids of what was taken back. Nothing in it was not public: no file's name, no text of an article
that was withdrawn, nothing of drafts or of what is still to come.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sosik.errors import PreviousError
from sosik.model import FEEDS, DocumentKind, FormatName
from sosik.model.digests import digest_of
from sosik.model.values import NEVER, NO_DIGEST, Seconds
from sosik.normalize.similarity import body_digest
from sosik.previous.described import META as DESCRIBED
from sosik.previous.described import Described, described
from sosik.store import DocumentRow, EditionRow, FeedRow, LedgerRow, Store
from sosik.store.rows import GoneRow
from sosik.words import Message

NAME = "published.json"
"""The file, below `pages`."""
MEDIA_TYPE = "application/json"

MOST_BYTES = 256_000_000
"""Bytes of it: half a million articles."""

_VERSION = 1
_ELSEWHERE = "elsewhere"
"""Stands for the link of an article that was taken back: that it has one is all that is told."""

_ENTRY = (
    *("id", "published", "confirmed", "updated", "corrected", "edited", "title", "link"),
    *("body", "digest", "written", "page"),
)
_DOCUMENT = (*("path", "kind", "media_type", "etag", "last_modified", "length", "owner", "status", "feed", "format"),)
_META = ("authority", "kept", "ended")


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What was published: `edition` is the one that it was, `meta` are remembered values by name."""

    edition: EditionRow
    rows: tuple[LedgerRow, ...] = ()
    feeds: tuple[FeedRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    gone: tuple[GoneRow, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()


def written_memory(store: Store) -> bytes:
    """Return what the store holds of what was published: the same bytes for the same edition."""
    edition = store.edition()
    ledger = _as_published(store, sorted(row for row in store.ledger.each() if row.published <= edition.composed))
    documents = store.documents()
    rows: dict[str, Iterable[Iterable[object]]] = {
        "entries": ([getattr(row, name) for name in _ENTRY] for row in ledger if row.withdrawn is None),
        "withdrawn": (
            [row.id, row.published, row.withdrawn, not row.link or bool(row.page)]
            for row in ledger
            if row.withdrawn is not None
        ),
        "feeds": (row for _, row in sorted(store.feeds().items())),
        "documents": ([getattr(row, name) for name in _DOCUMENT] for row in documents),
        "gone": store.gone(),
        "described": ([name, *said] for name, said in sorted(describe(store, documents).items())),
        "meta": ([name, store.meta(name)] for name in _META),
    }
    head = {"version": _VERSION, "edition": edition.number, "composed": edition.composed}
    lines = [f"{_dumped(name)}: {value}" for name, value in head.items()]
    lines += [f"{_dumped(name)}: [\n" + ",\n".join(map(_dumped, found)) + "\n]" for name, found in rows.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def state_of_memory(store: Store) -> str:
    """Return what changes with what the memory tells, but for the rows of the store, which tell it by themselves."""
    edition = store.edition()
    return digest_of(_VERSION, edition.number, edition.composed, [store.meta(name) for name in _META])


def _as_published(store: Store, ledger: list[LedgerRow]) -> list[LedgerRow]:
    """Return the ledger without what it follows of files that are held back: nobody has seen that yet."""
    held = store.sources.held()
    shown = store.entries(sorted(held))
    good = {id_: (entry.title, body_digest(entry.body) if entry.body else "") for id_, entry in shown.items()}
    return [
        row._replace(title=good.get(row.id, ("", ""))[0], body=good.get(row.id, ("", ""))[1]) if row.id in held else row
        for row in ledger
    ]


def describe(store: Store, documents: Iterable[DocumentRow]) -> dict[str, Described]:
    """Return what every feed is, by its name: its definition may be gone tomorrow."""
    found: dict[str, DocumentRow] = {}
    rows = (row for row in documents if row.kind is DocumentKind.FEED and row.feed)
    for row in sorted(rows, key=lambda row: (row.format != FormatName.ATOM, row.path)):
        found.setdefault(row.feed, row)
    frames = store.frames(row.path for row in found.values())
    return {name: described(FormatName(row.format), frames[row.path], row.path) for name, row in found.items()}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_memory(body: bytes, place: str) -> Memory:
    """Return what was published; `place` names the file to people. Raises `PreviousError` where it is none of ours."""
    try:
        given: dict[str, Any] = json.loads(body)
        if given["version"] != _VERSION:
            raise ValueError(given["version"])
        feeds = {str(name): [str(text) for text in texts] for name, *texts in given["described"]}
        return Memory(
            edition=EditionRow(int(given["edition"]), Seconds(int(given["composed"]))),
            rows=(*map(_entry, given["entries"]), *map(_withdrawn, given["withdrawn"])),
            feeds=tuple(FeedRow(*row) for row in given["feeds"]),
            documents=tuple(row for row in map(_document, given["documents"]) if row.feed or row.kind not in FEEDS),
            gone=tuple(GoneRow(_path(path), Seconds(int(since))) for path, since in given["gone"]),
            meta=(*((str(name), str(value)) for name, value in given["meta"]), (DESCRIBED, _dumped(feeds))),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PreviousError(Message("previous.not-ours", place=place, reason=repr(error))) from error


def _entry(values: Sequence[Any]) -> LedgerRow:
    named = dict(zip(_ENTRY, values, strict=True))
    return LedgerRow(**{**named, "source": "", "withdrawn": None, "confirmed": bool(named["confirmed"])})


def _withdrawn(values: Sequence[Any]) -> LedgerRow:
    id_, published, withdrawn, has_page = values
    return LedgerRow(
        id=id_,
        source="",
        published=published,
        confirmed=True,
        updated=None,
        corrected=None,
        edited=None,
        title="",
        link="" if has_page else _ELSEWHERE,
        body="",
        digest="",
        withdrawn=withdrawn,
    )


def _document(values: Sequence[Any]) -> DocumentRow:
    named = dict(zip(_DOCUMENT, values, strict=True))
    kept = {"path": _path(named["path"]), "kind": DocumentKind(named["kind"]), "blob": "", "inputs": NO_DIGEST}
    return DocumentRow(**{**named, **kept})


def _path(text: str) -> Any:
    parts = text.split("/")
    if parts[0] or ".." in parts or not text.isprintable():
        raise ValueError(text)
    return text


NOTHING = Memory(edition=EditionRow(0, NEVER))
"""What is known where nothing was published yet."""
