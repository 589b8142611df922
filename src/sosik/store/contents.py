"""Reads all rows of a store and checks each against its digest, its type and related rows.

There are two kinds of faults: parts of documents can be made again from the entries; all other data need a backup.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sosik.errors import UnlikeError
from sosik.model import Content, DocumentKind, FormatName
from sosik.model.digests import digest_of_bytes
from sosik.store.bodies import RECORD_KIND, Parts, read_body
from sosik.store.connection import Connection
from sosik.store.fragments import fragment_kind
from sosik.store.packing import Packing
from sosik.store.pictures import Pictures
from sosik.store.records import read_listing, read_message, read_problems
from sosik.store.rows import FeedRow
from sosik.store.schema import TABLES
from sosik.store.statements import Writer
from sosik.words import Message

_SHORTEST = 32
"""Characters of a digest by which something is kept."""

_TYPES: dict[str, type] = {"TEXT": str, "BIGINT": int, "INTEGER": int, "BLOB": bytes}

CHECKED = (
    *("meta", "source", "entry", "ledger", "feed", "gone", "edition", "announcement", "target", "record", "text"),
    *("document", "fragment", "page", "dictionary", "member", "family", "due", "pointer", "medium"),
    *("watched", "scanned"),
)
"""The tables that are read through; the others tell what was written where, which each projection looks at again."""

_DERIVED = frozenset({"fragment", "page"})
"""The tables whose rows can be made anew; of documents that is only what they are put together of."""


class Fault(Struct, frozen=True):
    """Something wrong in a row; `is_derived` where that can be made anew."""

    message: Message
    is_derived: bool = False


def faults_in(connection: Connection, pictures: Pictures) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a store; its `pictures` are not looked at."""
    packing = Packing(connection, Writer(connection))
    for table in CHECKED:
        yield from _ill_typed(connection, table)
    yield from (replace(_row("dictionary", kind), is_derived=kind != RECORD_KIND) for kind in packing.damaged())
    yield from _unreadable(connection)
    yield from _lost(connection)
    yield from _unlike_digests(connection, packing)
    yield from _unlike_documents(connection, packing, pictures)


def _row(table: str, row: object) -> Fault:
    return Fault(Message("store.row", table=table, row=str(row)), table in _DERIVED)


def column_types(table: str) -> Iterator[tuple[str, type, bool]]:
    """Yield the columns of a table: name, type of its values, and whether there may be none."""
    found = re.search(rf"CREATE TABLE {table} \(\n(.*?)\n\);", TABLES, re.DOTALL)
    for line in found[1].splitlines() if found else ():
        name, declared, rest = re.sub(r" *--.*", "", f"{line.strip(' ,')}  ").split(" ", 2)
        if declared in _TYPES:
            yield name, _TYPES[declared], "NOT NULL" not in rest and "PRIMARY KEY" not in rest


def _ill_typed(connection: Connection, table: str) -> Iterator[Fault]:
    columns = [*column_types(table)]
    for row in connection.execute(f"SELECT {', '.join(name for name, _, _ in columns)} FROM {table}"):
        for value, (_, kind, may_lack) in zip(row, columns, strict=True):
            if not isinstance(value, kind) and not (value is None and may_lack):
                yield _row(table, row[0])
                break


def _unreadable(connection: Connection) -> Iterator[Fault]:
    """Yield the rows whose texts do not say what such a text says."""
    readers: dict[str, tuple[str, Callable[..., object]]] = {
        "meta": ("name, value", lambda _, value: value[:1] not in ("{", "[") or json.loads(value)),
        "source": ("path, pictures, problems", lambda _, names, told: (json.loads(names), read_problems(told))),
        "feed": (", ".join(FeedRow._fields), _read_feed),
        "entry": ("id, published, listing", _read_entry),
        "announcement": ("target, outcome", lambda _, outcome: read_message(outcome)),
        "target": ("target, outcome", lambda _, outcome: read_message(outcome)),
        "document": ("path, kind, format", lambda _, kind, name: (DocumentKind(kind), name and FormatName(name))),
        "fragment": ("entry_id, format, content", lambda _, name, content: (FormatName(name), Content(content))),
    }
    for table, (columns, read) in readers.items():
        for row in connection.execute(f"SELECT {columns} FROM {table}"):
            try:
                read(*row)
            except (ValueError, KeyError, TypeError, AttributeError):
                yield _row(table, row[0])


def _read_feed(*values: Any) -> None:
    row = FeedRow(*values)
    Content(row.content)
    for text in (row.members, row.past, row.shortened, row.labels):
        if not isinstance(json.loads(text), list):
            raise TypeError(text)


def _read_entry(id_: str, published: int, listing: str) -> None:
    found = read_listing(listing)
    if (found.id, found.published) != (id_, published):
        raise ValueError(id_)


def _lost(connection: Connection) -> Iterator[Fault]:
    """Yield what is kept by its digest, is referred to, and is not there."""
    references = (("entry", "record", "record"), ("record", "text", "text"), ("fragment", "text", "text"))
    for user, column, table in references:
        query = (
            f"SELECT {column} FROM {user} WHERE {column} <> '' "
            f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.digest = {user}.{column})"
        )
        for (digest,) in connection.execute(query):
            yield Fault(Message("store.no-row", table=table, row=str(digest)), user in _DERIVED)


def _unlike_digests(connection: Connection, packing: Packing) -> Iterator[Fault]:
    for digest, body in connection.execute("SELECT digest, body FROM record"):
        try:
            is_whole = is_of_digest(packing.unpack(RECORD_KIND, body), digest)
        except (ValueError, TypeError):
            is_whole = False
        if not is_whole:
            yield _row("record", digest)
    query = "SELECT digest, body, EXISTS (SELECT 1 FROM record WHERE record.text = text.digest) FROM text"
    for digest, body, is_of_record in connection.execute(query):
        if not isinstance(body, str) or not is_of_digest(body.encode("utf-8", "surrogatepass"), digest):
            yield replace(_row("text", digest), is_derived=not is_of_record)


def is_of_digest(body: bytes, digest: str) -> bool:
    """Tell whether bytes are those that are kept under a digest, which may be shortened."""
    return len(digest) >= _SHORTEST and digest_of_bytes(body).startswith(digest)


def _unlike_documents(connection: Connection, packing: Packing, pictures: Pictures) -> Iterator[Fault]:
    for id_, name, head in connection.execute("SELECT entry_id, format, head FROM fragment"):
        try:
            packing.unpack(fragment_kind(name), head)
        except (ValueError, TypeError):
            yield _row("fragment", id_)
    parts = Parts(connection)
    for (path,) in connection.execute("SELECT path FROM document WHERE blob = '' ORDER BY path"):
        try:
            read_body(parts, packing, pictures, path)
        except UnlikeError:
            yield replace(_row("document", path), is_derived=True)
