"""Carries out plans: writes documents with changed inputs, and removes documents without a plan."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sosik.edition.copies import Copies
from sosik.edition.fragments import TOGETHER
from sosik.edition.plans import Materials, Plan
from sosik.edition.rendering import PageMade, RenderPages
from sosik.errors import Location, Problem, StoreError
from sosik.model import ANNOUNCED, DocumentKind
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.pool.helping import NOBODY, Helpers
from sosik.read import Pictures
from sosik.render.kept_shapes import learn_shapes, shapes_known
from sosik.store import Changes, DocumentHead, DocumentRow, FragmentKey, Origin, Store
from sosik.store.bodies import RECORD_KIND, page_kind
from sosik.store.statements import batches
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.edition.documents import Document

MOST_MATERIALS = 1_000
"""Entries, and entries as rendered, that lie in memory together while documents are made of them."""

MOST_DOCUMENTS = 400
"""Documents that lie in memory together before they go into the store."""

PAGES = page_kind(DocumentKind.PAGE)
"""Of which kind the pages of articles are, where they are packed."""

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
    helpers: Helpers = NOBODY,
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
    placing = _Placing(store, at, fresh)
    articles = [plan for plan in fitting if plan.article is not None]
    if helpers.pay(len(articles)):
        # The first come to the dictionary and to most of the templates that the others are made with.
        first, elsewhere = articles[:MOST_DOCUMENTS], articles[MOST_DOCUMENTS:]
        placing.make(first)
        others = map(placing.make, _batches(plan for plan in fitting if plan.article is None))
        placing.make_elsewhere(elsewhere, helpers, meanwhile=others)
    else:
        helpers.end()  # nothing is left for them, and this needs the memory
        for batch in _batches(fitting):
            placing.make(batch)
    store.apply(Changes(documents_gone=gone, gone_since=at))
    return Placed(
        counts=Counter(new=placing.counts["new"], changed=placing.counts["changed"], removed=len(gone)),
        topics=tuple(placing.topics),
        problems=(*large, *placing.large),
        unlike=tuple(unlike),
    )


class _Placing:
    """Documents on their way into the store, and what became of them so far."""

    def __init__(self, store: Store, at: Seconds, fresh: Collection[FragmentKey]) -> None:
        self._store = store
        self._at = at
        self._fresh = fresh
        self.counts: Counter[str] = Counter()
        self.topics: list[DocumentPath] = []
        self.large: list[Problem] = []

    def make(self, plans: Collection[Plan]) -> bool:
        """Make documents in this process; return that some were made. Raises `EditionRefusedError`."""
        from sosik.edition.documents import document_of  # where nothing changed, it is not needed

        store = self._store
        heads = store.heads_at(plan.path for plan in plans)
        materials = _materials(store, plans)
        made = [document_of(plan, materials, heads.get(plan.path), self._at, self._is_sound) for plan in plans]
        store.rendered.vouch(key for plan in plans for key in plan.shows)
        pages = [page for _, page in made if page is not None]
        store.apply(Changes(documents=[document for document, _ in made], pages=pages))
        self._note(made, heads)
        return True

    def make_elsewhere(self, plans: Sequence[Plan], helpers: Helpers, meanwhile: Iterator[object]) -> None:
        """Make pages of articles with the help of others, which get them a few at a time."""
        dictionaries = self._store.dictionaries((RECORD_KIND, PAGES))
        if PAGES not in dictionaries:
            for batch in _batches(plans):
                self.make(batch)
        by_entry = {plan.entries[0]: plan for plan in plans if PAGES in dictionaries}
        for task, made in helpers.each(self._tasks(by_entry, dictionaries), meanwhile):
            some = [by_entry[EntryId(entry.id)] for entry in task.entries]
            if made is None:
                self.make(some)
            else:
                learn_shapes(made.shapes)
                self._keep(some, made.pages)

    def _tasks(self, plans: Mapping[EntryId, Plan], dictionaries: Mapping[str, bytes]) -> Iterator[RenderPages]:
        for article, alike in groupby(plans, lambda id_: plans[id_].article):
            if article is None:
                continue
            for ids in batches(alike, TOGETHER):
                entries = self._store.packed_entries(ids)
                view, feeds = article.view.of(ids), article.feeds
                yield RenderPages([entries[id_] for id_ in ids], feeds, view, PAGES, dictionaries, shapes_known())

    def _keep(self, plans: Collection[Plan], pages: Iterable[PageMade]) -> None:
        """Keep pages that were made elsewhere."""
        from sosik.edition.documents import page_as_made

        heads = self._store.heads_at(plan.path for plan in plans)
        made = [
            page_as_made(plan, page, heads.get(plan.path), self._at) for plan, page in zip(plans, pages, strict=True)
        ]
        packed = [page for _, page in made if page is not None]
        self._store.apply(Changes(documents=[document for document, _ in made], pages_packed=packed))
        self._note(made, heads)

    def _is_sound(self, key: FragmentKey) -> bool:
        return self._store.rendered.is_sound(key) or key in self._fresh

    def _note(self, made: Iterable["Document"], heads: Mapping[str, DocumentHead]) -> None:
        for document, _ in made:
            head = heads.get(document.path)
            if head is None or head.etag != document.etag:
                self.counts["new" if head is None else "changed"] += 1
            if document.kind in ANNOUNCED and document.last_modified == self._at:
                self.topics.append(document.path)
            if document.owner and document.length > LARGE_DOCUMENT:
                self.large.append(_too_large(document))


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
