"""Checks the store, its pictures, the ledger against content/, and the published files.

Writes nothing. Every finding has a repair.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sosik.errors import StoreError
from sosik.file_names import name_of, spelled
from sosik.model.digests import digest_of_bytes
from sosik.publish.parts import file_path
from sosik.queries import has_query
from sosik.store import STORE_NAME, DocumentHead, LedgerRow, is_whole, open_snapshot, open_store
from sosik.store.pictures import media_path
from sosik.tuples import NamedTuple
from sosik.words import Message

_SHOWN = 5
"""How many of what is found alike are named."""


class Finding(NamedTuple):
    """Something that is not as it should be in a part of a publication, and what to do."""

    message: Message
    hint: Message | None = None


Findings = dict[str, list[Finding]]
"""What was found, by what was looked at: `store`, `media`, `ledger` and `output`."""


def examine(root: Path, folder: Path, output: Path) -> Findings:
    """Return what is wrong with the publication in `root`, whose store lies in `folder`, published to `output`."""
    findings: Findings = {"store": [*_of_store(folder, output)], "media": [], "ledger": [], "output": []}
    if findings["store"] or not (folder / STORE_NAME).exists():
        return findings
    with closing(open_snapshot(folder)) as snapshot:
        heads = snapshot.heads()
    findings["media"] += _of_media(folder, heads)
    with open_store(folder, is_dry=True) as store:
        findings["ledger"] += _of_ledger(root / "content", store.ledger.each())
    if output.is_dir():
        findings["output"] += _of_output(output, heads)
    return findings


def _of_store(folder: Path, output: Path) -> Iterator[Finding]:
    path = folder / STORE_NAME
    if not path.exists():
        if output.is_dir():
            yield Finding(Message("doctor.no-store", path=str(path)), Message("doctor.no-store-hint"))
        return
    try:
        if not is_whole(path):
            yield Finding(Message("doctor.documents"), Message("doctor.build-hint"))
    except StoreError as error:
        yield Finding(error.message)


def _of_media(folder: Path, heads: Iterable[DocumentHead]) -> Iterator[Finding]:
    wrong = [head.path for head in heads if head.blob and not _holds(media_path(folder, head.blob), head.blob)]
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
