"""Checks the store, its pictures, the ledger against content/, and the published files.

Writes nothing. Every finding has a repair.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from sosik.errors import StoreError
from sosik.file_names import name_of, spelled
from sosik.model.digests import digest_of_bytes
from sosik.publish.parts import file_path
from sosik.queries import has_query
from sosik.store import (
    STORE_NAME,
    DocumentHead,
    LedgerRow,
    Place,
    Store,
    has_store,
    is_store_whole,
    open_snapshot,
    open_store,
)
from sosik.words import Message

_SHOWN = 5
"""How many of what is found alike are named."""


class Finding(Struct, frozen=True):
    """Something that is not as it should be in a part of a publication, and what to do."""

    message: Message
    hint: Message | None = None


Findings = dict[str, list[Finding]]
"""What was found, by what was looked at: `store`, `media`, `ledger` and `output`."""


def examine(root: Path, place: Place, output: Path) -> Findings:
    """Return what is wrong with the publication in `root`, whose store lies at `place`, published to `output`."""
    findings: Findings = {"store": [*_of_store(place, output)], "media": [], "ledger": [], "output": []}
    if findings["store"] or not has_store(place):
        return findings
    with closing(open_snapshot(place)) as snapshot:
        heads = snapshot.heads()
    with open_store(place, is_dry=True) as store:
        findings["media"] += _of_media(store, heads)
        findings["ledger"] += _of_ledger(root / "content", store.ledger.each())
    if output.is_dir():
        findings["output"] += _of_output(output, heads)
    return findings


def _of_store(place: Place, output: Path) -> Iterator[Finding]:
    try:
        if not has_store(place):
            if output.is_dir():
                path = str(place / STORE_NAME if isinstance(place, Path) else place)
                yield Finding(Message("doctor.no-store", path=path), Message("doctor.no-store-hint"))
        elif not is_store_whole(place):
            yield Finding(Message("doctor.documents"), Message("doctor.build-hint"))
    except StoreError as error:
        yield Finding(error.message)


def _of_media(store: Store, heads: Iterable[DocumentHead]) -> Iterator[Finding]:
    wrong = [head.path for head in heads if head.blob and not store.has_picture(head.blob)]
    if wrong:
        yield Finding(Message("doctor.media", count=len(wrong), files=_some(wrong)), Message("doctor.media-hint"))


def _holds(path: Path, digest: str) -> bool:
    """Tell whether a file holds the bytes of a digest, which may be shortened."""
    try:
        return digest_of_bytes(path.read_bytes()).startswith(digest)
    except OSError:
        return False


def _of_ledger(content: Path, rows: Iterable[LedgerRow]) -> Iterator[Finding]:
    live = sorted(row.source for row in rows if row.withdrawn is None and row.source)
    away = [name_of(f"content/{source}") for source in live if not (content / spelled(source)).exists()]
    if away:
        yield Finding(Message("doctor.ledger", count=len(away), files=_some(away)), Message("doctor.ledger-hint"))


def _of_output(output: Path, heads: Iterable[DocumentHead]) -> Iterator[Finding]:
    files = {name_of(str(file_path(head.path))): head for head in heads if not has_query(head.path)}
    missing = [name for name in files if not (output / spelled(name)).is_file()]
    wrong = [
        name for name, head in files.items() if name not in missing and not _holds(output / spelled(name), head.etag)
    ]
    if missing:
        found = Message("doctor.output-missing", count=len(missing), files=_some(missing))
        yield Finding(found, Message("doctor.build-hint"))
    if wrong:
        yield Finding(Message("doctor.output", count=len(wrong), files=_some(wrong)), Message("doctor.build-hint"))


def _some(names: Sequence[str] | Collection[str]) -> tuple[str, ...]:
    named = tuple(names)
    return named[:_SHOWN] + (("…",) if len(named) > _SHOWN else ())
