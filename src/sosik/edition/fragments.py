"""Rendered entries: one for each format, kept in the store until the entry or the publication changes.

Entries are rendered only here. Digests decide which fragments are needed and still valid.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.edition.rendering import FRAGMENT_KINDS, RenderFragments, Rendering, Wanted, render
from sosik.edition.seen import EntryView
from sosik.errors import Problem
from sosik.model import Content, FormatName, Listing
from sosik.model.digests import digest_of, dump
from sosik.model.values import EntryId
from sosik.pool.helping import NOBODY, Helpers
from sosik.render.kept_shapes import learn_shapes, shapes_known
from sosik.store import Changes, FragmentKey, Store, TextRow
from sosik.store.bodies import RECORD_KIND
from sosik.store.rows import FragmentDigests
from sosik.store.statements import batches
from sosik.version import made_by

AT_ONCE = 500
"""Entries that lie in memory together while they are rendered."""

TOGETHER = 250
"""Entries that are handed on together: few enough that all processes end at about the same time."""

Need = tuple[Listing, Content, tuple[FormatName, ...]]
"""An entry, how much of it, and the formats that it is shown in."""


class Fragments(Struct, frozen=True, kw_only=True):
    """The fragments that the store holds: what each was made from. `problems` tell of entries that were not rendered.

    Those keep the fragments of their last good version. `made` are those that were rendered now.
    """

    digests: Mapping[EntryId, FragmentDigests] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    made: Collection[FragmentKey] = frozenset()

    @property
    def rendered(self) -> int:
        """How many fragments were rendered now."""
        return len(self.made)

    def digest(self, listing: Listing, content: Content, formats: tuple[FormatName, ...]) -> str:
        """Return what identifies an entry in the formats, as it is kept."""
        kept = self.digests.get(listing.id, {})
        shown = {name: kept.get((name, content), "") for name in formats}
        first, *others = set(shown.values())
        return dump(shown) if others else first


def bring_up(store: Store, needs: Iterable[Need], view: EntryView, helpers: Helpers = NOBODY) -> Fragments:
    """Render what the store does not hold, and return what it holds then. Within the caller's transaction."""
    needs = list(needs)
    kept = store.fragment_digests({listing.id for listing, _, _ in needs})
    missing = _missing(needs, kept, view)
    problems: list[Problem] = []
    fresh: set[FragmentKey] = set()
    for made in _renderings(store, missing, view, helpers):
        problems += made.problems
        store.apply(Changes(fragments=made.fragments, heads=made.heads, texts=made.texts, texts_known=made.known))
        for row in made.fragments:
            key = FragmentKey(row.entry_id, FormatName(row.format), Content(row.content))
            kept[key.entry_id] = {**kept.get(key.entry_id, {}), (key.format, key.content): row.digest}
            fresh.add(key)
    return Fragments(digests=kept, problems=tuple(problems), made=fresh)


def _renderings(
    store: Store, missing: Mapping[EntryId, Wanted], view: EntryView, helpers: Helpers
) -> Iterator[Rendering]:
    """Yield what entries come to, some at a time; where they are many, other processes help."""
    here = batches(missing, AT_ONCE)
    if not helpers.pay(len(missing)):
        yield from (_made_here(store, ids, missing, view) for ids in here)
        return
    # The first come to the dictionaries and to most of the templates that the others are made with.
    yield _made_here(store, next(here), missing, view)
    dictionaries = store.dictionaries((RECORD_KIND, *FRAGMENT_KINDS))
    tasks = (_task(store, ids, missing, view, dictionaries) for ids in batches(chain.from_iterable(here), TOGETHER))
    for task, made in helpers.each(tasks):
        if made is None:
            yield _made_here(store, [EntryId(entry.id) for entry in task.entries], missing, view)
        else:
            learn_shapes(made.shapes)
            yield replace(made, known=[TextRow(entry.text_digest, entry.text) for entry in task.entries])


def _made_here(store: Store, ids: Sequence[EntryId], missing: Mapping[EntryId, Wanted], view: EntryView) -> Rendering:
    entries = store.entries(ids)
    return render((entries[id_] for id_ in ids if id_ in entries), missing, view)


def _task(
    store: Store,
    ids: Sequence[EntryId],
    missing: Mapping[EntryId, Wanted],
    view: EntryView,
    dictionaries: Mapping[str, bytes],
) -> RenderFragments:
    entries = store.packed_entries(ids)
    wanted = {id_: missing[id_] for id_ in entries}
    return RenderFragments(
        [entries[id_] for id_ in ids if id_ in entries], wanted, view.of(entries), dictionaries, shapes_known()
    )


def _missing(
    needs: Iterable[Need], kept: Mapping[EntryId, FragmentDigests], view: EntryView
) -> dict[EntryId, dict[tuple[FormatName, Content], str]]:
    """Return the fragments to be made, by entry, each with the digest of what it is to be made from."""
    context = digest_of(made_by(), view.publication)
    missing: dict[EntryId, dict[tuple[FormatName, Content], str]] = {}
    known: set[tuple[EntryId, Content, tuple[FormatName, ...]]] = set()
    for listing, content, formats in needs:
        if (listing.id, content, formats) in known:
            continue
        known.add((listing.id, content, formats))
        digest, digests = view.digest(listing, context), kept.get(listing.id, {})
        lacking = {(name, content): digest for name in formats if digests.get((name, content)) != digest}
        if lacking:
            missing.setdefault(listing.id, {}).update(lacking)
    return missing
