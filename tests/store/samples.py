"""Stores, and rows to put into them."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from databases import address_for
from sosik.model import Content, DocumentKind, Entry, FormatName
from sosik.model.listing import listing_of
from sosik.model.values import Digest, DocumentPath, EntryId, Seconds
from sosik.store import (
    AcceptedEntry,
    Changes,
    DocumentRow,
    FragmentRow,
    LedgerRow,
    SourceRow,
    Store,
    open_store,
)
from sosik.store.address import Place
from sosik.store.records import record_of

MANY = 2_500
"""Keys that take more than one statement."""

NOW = Seconds(1_700_000_000)
FIRST, SECOND = EntryId("tag:test.example,2010:first"), EntryId("tag:test.example,2010:second")


def open_in_file(folder: Path) -> Store:
    return open_store(folder / ".sosik")


def open_in_memory(_: Path) -> Store:
    return open_store(None)


def open_to_try(folder: Path, place_for: Callable[[Path], Place] = lambda folder: folder) -> Store:
    """Open a store that holds something already for a dry run; what it holds is in nobody's way."""
    place = place_for(folder / ".sosik")
    with open_store(place) as store, store.transaction():
        store.apply(Changes(meta={"before": "the dry run"}, sources=[source("before.md", EntryId("before"))]))
    return open_store(place, is_dry=True)


def open_in_postgres(folder: Path) -> Store:
    return open_store(address_for(folder / ".sosik"))


def open_to_try_in_postgres(folder: Path) -> Store:
    return open_to_try(folder, address_for)


STORES: dict[str, Callable[[Path], Store]] = {
    "file": open_in_file,
    "memory": open_in_memory,
    "dry run": open_to_try,
    "postgres": open_in_postgres,
    "dry run in postgres": open_to_try_in_postgres,
}

PLACES: dict[str, Callable[[Path], Place]] = {"file": lambda folder: folder, "postgres": address_for}
"""Where a store may lie, by its folder."""


def entry_of(id_: EntryId, body: str = "<p>본문입니다.</p>", *, published: Seconds = NOW) -> Entry:
    return Entry(
        id=id_,
        title="첫 기사",
        published=datetime.fromtimestamp(published, UTC),
        link=f"https://www.test.example/{id_[-5:]}",
        source=f"{id_[-5:]}.md",
        body=body,
    )


def accept(store: Store, *entries: Entry, **more: Any) -> None:
    records = [record_of(entry) for entry in entries]
    store.add_records(records)
    accepted = [
        AcceptedEntry(listing=listing_of(entry), record=record.row.digest)
        for entry, record in zip(entries, records, strict=True)
    ]
    store.apply(Changes(entries=accepted, **more))


def source(path: str, id_: EntryId, *, stamp: str = "1", held: bool = False) -> SourceRow:
    return SourceRow(path=path, stamp=stamp, entry_id=id_, pictures="[]", held=held, problems="[]")


def ledger_row(id_: EntryId, *, title: str = "첫 기사", link: str = "", published: Seconds = NOW) -> LedgerRow:
    return LedgerRow(
        id=id_,
        source=f"{id_}.md",
        published=published,
        confirmed=True,
        updated=None,
        corrected=None,
        edited=None,
        title=title,
        link=link,
        body="b",
        digest="d",
        withdrawn=None,
    )


def document(path: str, *, kind: DocumentKind = DocumentKind.PAGE, body: bytes = b"", **more: Any) -> DocumentRow:
    return DocumentRow(
        path=DocumentPath(path),
        kind=kind,
        media_type="text/html",
        etag=tag(body),
        last_modified=NOW,
        length=len(body),
        blob=more.pop("blob", ""),
        inputs=Digest("inputs"),
        owner=more.pop("owner", ""),
        **more,
    )


def tag(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


def fragment(id_: EntryId, format_name: FormatName, content: Content, text: str = "") -> FragmentRow:
    return FragmentRow(id_, format_name, content, "made of", "dc content", text, b"<item>", b"</item>")


def ids_of(count: int) -> list[EntryId]:
    return [EntryId(f"tag:test.example,2010:{number:06}") for number in range(count)]
