"""Entries rendered where they are read, before it is known which feed shows them: there they are at hand, as values.

What is made so is no other than `fragments` makes, which compares digests and renders what lacks: an entry that others
point to, for instance.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from sosik.edition.fragments import EntryView, context_of, rendered
from sosik.edition.selection import memberships_of
from sosik.edition.window import content_of
from sosik.errors import RenderError
from sosik.ledger.facts import NOTHING_RENDERED, RenderedEntry
from sosik.model import Content, Entry, FeedDefinition, FormatName, Listing, Publication
from sosik.model.values import Seconds
from sosik.store import TextRow
from sosik.store.records import text_row


class Early:
    """Renders entries as the feeds may show them that they are members of; it passes to other processes."""

    def __init__(self, view: EntryView, context: str, definitions: Iterable[FeedDefinition]) -> None:
        self._view = view
        self._context = context
        self._definitions = tuple(definitions)

    def __reduce__(self) -> tuple[Any, ...]:
        return Early, (self._view, self._context, self._definitions)

    def __call__(self, entry: Entry, listing: Listing, body: TextRow) -> RenderedEntry:
        """Return an entry with this `body` as rendered; nothing where it lies ahead, points to others, or must fail."""
        if listing.has_relations or listing.published > self._view.now:
            return NOTHING_RENDERED
        wanted = self._wanted(listing)
        if not wanted:
            return NOTHING_RENDERED
        seen = self._view.seen(entry)
        shown = body if seen.body is entry.body else text_row(seen.body)
        try:
            made = tuple(rendered(seen, wanted, self._view.publication, shown))
        except RenderError:
            return NOTHING_RENDERED
        return RenderedEntry(made, None if shown is body else shown)

    def _wanted(self, listing: Listing) -> dict[tuple[FormatName, Content], str]:
        """Return the fragments that feeds may show of an entry, each with the digest of what it is made from."""
        digest = self._view.digest(listing, self._context)
        return {
            (name, content_of(listing, definition.content)): digest
            for definition, values_of in self._choosing
            if values_of(listing)
            for name in definition.formats
        }

    @cached_property
    def _choosing(self) -> Collection[Any]:
        return [(one, memberships_of(one)) for one in self._definitions]


def early(publication: Publication, definitions: Iterable[FeedDefinition], now: Seconds) -> Early:
    """Return what renders entries at `now` (seconds), before anything is known of what they point to."""
    view = EntryView(publication=publication, relations={}, now=now)
    return Early(view, context_of(publication), definitions)
