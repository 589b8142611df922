"""Rendered entries: one for each format, kept in the store until the entry or the publication changes.

Entries are rendered only here. Digests decide which fragments are needed and still valid.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from sosik.edition.relations import Relations
from sosik.edition.seen import as_seen
from sosik.errors import Location, Problem, RenderError
from sosik.model import Content, Entry, FormatName, Listing, Publication
from sosik.model.digests import digest_of, dump
from sosik.model.values import NO_DIGEST, EntryId, Seconds
from sosik.render.formats import FORMATS
from sosik.store import Changes, FragmentKey, FragmentRow, Store, TextRow
from sosik.store.records import text_row
from sosik.store.rows import FragmentDigests
from sosik.store.statements import batches
from sosik.version import made_by
from sosik.words import Message

AT_ONCE = 500
"""Entries that lie in memory together while they are rendered."""

Need = tuple[Listing, Content, tuple[FormatName, ...]]
"""An entry, how much of it, and the formats that it is shown in."""


class EntryView(Struct, frozen=True, kw_only=True):
    """How entries are seen in an edition: by whom they are published, what they point to, and at which instant."""

    publication: Publication
    relations: Relations
    now: Seconds

    def seen(self, entry: Entry) -> Entry:
        """Return an entry as it is to be rendered."""
        return as_seen(entry, self.publication, self.relations, now=self.now)

    def digest(self, listing: Listing, context: str) -> str:
        """Return the digest of everything that an entry is rendered from; `context` is that of the publication."""
        due = bisect_right(listing.due, self.now)
        related = digest_of(self.relations[listing.id]) if listing.id in self.relations else ""
        return digest_of(context, listing.digest, due, related)[:32]  # as long as an ETag


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


def bring_up(store: Store, needs: Iterable[Need], view: EntryView) -> Fragments:
    """Render what the store does not hold, and return what it holds then. Within the caller's transaction."""
    needs = list(needs)
    kept = store.fragment_digests({listing.id for listing, _, _ in needs})
    missing = _missing(needs, kept, view)
    problems: list[Problem] = []
    fresh: set[FragmentKey] = set()
    for ids in batches(missing, AT_ONCE):
        rows: list[FragmentRow] = []
        texts: list[TextRow] = []
        known: list[TextRow] = []
        entries = store.entries(ids)
        for entry in (entries[id_] for id_ in ids if id_ in entries):
            seen = view.seen(entry)
            body = text_row(seen.body)
            try:
                made = tuple(_rendered(seen, missing[entry.id], view.publication, body))
            except RenderError as error:
                problems.append(_failure(entry, error))
                continue
            rows += made
            if any(row.text for row in made):
                # Of an entry that is seen as it was read the store has the text already.
                (known if seen.body is entry.body else texts).append(body)
        store.apply(Changes(fragments=rows, texts=texts, texts_known=known))
        for row in rows:
            key = FragmentKey(row.entry_id, FormatName(row.format), Content(row.content))
            kept[key.entry_id] = {**kept.get(key.entry_id, {}), (key.format, key.content): row.digest}
            fresh.add(key)
    return Fragments(digests=kept, problems=tuple(problems), made=fresh)


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


def _rendered(
    entry: Entry, wanted: Mapping[tuple[FormatName, Content], str], publication: Publication, body: TextRow
) -> Iterator[FragmentRow]:
    """Yield the fragments of an entry with this `body`; all of them are kept, or none. Raises `RenderError`."""
    for (name, content), digest in wanted.items():
        fragment = FORMATS[name].renderer.render_entry(entry, publication, content=content)
        yield FragmentRow(
            entry_id=entry.id,
            format=name,
            content=content,
            digest=digest,
            prefixes=" ".join(sorted(fragment.prefixes)),
            text=body.digest if fragment.text else NO_DIGEST,
            head=fragment.head,
            tail=fragment.tail,
        )


def _failure(entry: Entry, error: RenderError) -> Problem:
    return Problem(
        code="render-failed",
        message=Message("render-failed.entry", reason=error.message),
        location=Location(file=f"content/{entry.source}"),
    )
