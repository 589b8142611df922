"""Carries out plans: writes documents with changed inputs, and removes documents without a plan."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from sosik.edition.copies import Copies
from sosik.edition.plans import Materials, Plan
from sosik.errors import Location, Problem, StoreError
from sosik.model import ANNOUNCED
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.read import Pictures
from sosik.store import Changes, DocumentRow, FragmentKey, Origin, Store
from sosik.words import Message

MOST_MATERIALS = 1_000
"""Entries, and entries as rendered, that lie in memory together while documents are made of them."""

MOST_DOCUMENTS = 400
"""Documents that lie in memory together before they go into the store."""

LARGE_DOCUMENT = 500_000
"""Bytes of a feed's document from which on its editor is told."""


class Placed(Struct, frozen=True, kw_only=True):
    """What became of the documents: how many were new, changed or removed, and what was found on the way.

    `topics` are the paths of the feeds whose bytes changed. `unlike` tells of the pictures that are not what their
    entries were read with: they have no document yet.
    """

    counts: Counter[str] = field(default_factory=Counter)
    topics: tuple[DocumentPath, ...] = ()
    problems: tuple[Problem, ...] = ()
    unlike: tuple[Problem, ...] = ()


def place(
    store: Store,
    plans: Mapping[DocumentPath, Plan],
    before: Mapping[str, Origin],
    gone: Collection[str],
    fresh: Collection[FragmentKey],
    content: Path,
    at: Seconds,
    copies: Copies,
    *,
    keep: bool,
) -> Placed:
    """Put the documents that differ into the store, and drop those that are `gone`.

    `before` tells what stands at their paths, `fresh` are the entries as rendered now, `at` is the instant of this
    edition. With `keep` false no picture is
    copied; one whose published copy is lost is told either way, where it cannot be taken from `content` again. Raises
    `EditionRefusedError`.
    """
    fitting = [plan for plan in plans.values() if before.get(plan.path) != plan.origin]
    large = [_large_picture(plan) for plan in fitting if plan.length > (store.most_picture_bytes or plan.length)]
    unlike: list[Problem] = []
    pictures = Pictures(content)
    if keep:
        bring = partial(copies.bring, store, pictures=pictures, tell=unlike.append)
        fitting = [plan for plan in fitting if not plan.blob or bring(plan)]
    for plan in plans.values():
        if plan.blob and before.get(plan.path) == plan.origin and copies.may_have_lost(plan.blob):
            copies.mend(store, plan, pictures, unlike.append, keep=keep)
    counts = Counter(new=0, changed=0, removed=len(gone))
    topics: list[DocumentPath] = []

    def is_sound(key: FragmentKey) -> bool:
        return store.rendered.is_sound(key) or key in fresh

    for batch in _batches(fitting):
        from sosik.edition.documents import document_of  # most builds make none

        heads = store.heads_at(plan.path for plan in batch)
        materials = _materials(store, batch)
        made = [document_of(plan, materials, heads.get(plan.path), at, is_sound) for plan in batch]
        store.rendered.vouch(key for plan in batch for key in plan.shows)
        pages = [page for _, page in made if page is not None]
        store.apply(Changes(documents=[document for document, _ in made], pages=pages))
        for document, _ in made:
            head = heads.get(document.path)
            if head is None or head.etag != document.etag:
                counts["new" if head is None else "changed"] += 1
            if document.kind in ANNOUNCED and document.last_modified == at:
                topics.append(document.path)
            if document.owner and document.length > LARGE_DOCUMENT:
                large.append(_too_large(document))
    store.apply(Changes(documents_gone=gone, gone_since=at))
    return Placed(counts=counts, topics=tuple(topics), problems=tuple(large), unlike=tuple(unlike))


def _batches(plans: Iterable[Plan]) -> Iterator[list[Plan]]:
    """Yield plans together, as many as their materials may lie in memory together."""
    batch: list[Plan] = []
    entries: set[EntryId] = set()
    shown: set[EntryId] = set()
    for plan in plans:
        shows = {key.entry_id for key in plan.shows}
        more = max(len(entries) + len(plan.entries), len(shown | shows))
        if batch and (more > MOST_MATERIALS or len(batch) == MOST_DOCUMENTS):
            yield batch
            batch, entries, shown = [], set(), set()
        batch.append(plan)
        entries.update(plan.entries)
        shown |= shows
    if batch:
        yield batch


def _materials(store: Store, plans: Collection[Plan]) -> Materials:
    """Return what plans are made of."""
    entries = {id_ for plan in plans for id_ in plan.entries}
    shown = dict.fromkeys(key for plan in plans for key in plan.shows)
    before = {plan.path: body for plan in plans if plan.goes_on and (body := _body(store, plan.path))}
    return Materials(entries=store.entries(sorted(entries)), fragments=store.fragments(shown), before=before)


def _body(store: Store, path: DocumentPath) -> bytes:
    """Return the bytes of a document so far; nothing where there are none to go on from."""
    try:
        return store.body(path)
    except StoreError:
        return b""


def _large_picture(plan: Plan) -> Problem:
    """Return the warning that a picture does not belong into the database that keeps it."""
    return Problem(
        code="picture-large",
        message=Message("picture-large.file", size=plan.length // 1000),
        location=Location(file=f"content/{plan.file}"),
        hint=Message("picture-large.hint"),
    )


def _too_large(document: DocumentRow) -> Problem:
    """Return the warning that a document of a feed is a burden to its readers."""
    return Problem(
        code="feed-large",
        message=Message("feed-large.document", path=document.path, size=document.length // 1000),
        location=Location(file=f"feeds/{document.owner}.yaml"),
        hint=Message("feed-large.hint"),
    )
