"""Entries as rendered: each once for a format, kept in the store until the entry or the publication changes."""

from bisect import bisect_right
from collections.abc import Iterable

from sosik.edition.relations import Relations
from sosik.edition.seen import as_seen
from sosik.edition.selection import content_of
from sosik.errors import Location, Problem, RenderError
from sosik.model import Content, FormatName, Fragment, Listing, Publication
from sosik.model.digests import digest_of, dump
from sosik.model.values import Seconds
from sosik.render.formats import FORMATS
from sosik.store import Store
from sosik.version import __version__
from sosik.words import Message


class Fragments:
    """The fragments of one edition, rendered where the store has none that fits.

    An entry that cannot be rendered keeps the fragments of its last good version; `problems` says why.
    """

    def __init__(self, store: Store, publication: Publication, now: Seconds, relations: Relations) -> None:
        self._store = store
        self._publication = publication
        self._now = now
        self._relations = relations
        self._context = digest_of(__version__, publication)
        self._failed: set[str] = set()
        self._kept = store.fragment_digests()
        self._digests: dict[tuple[str, Content, tuple[FormatName, ...]], str] = {}
        self.problems: list[Problem] = []
        self.rendered = 0

    def digest(self, listing: Listing, content: Content, formats: tuple[FormatName, ...]) -> str:
        """Return what identifies an entry in the formats, rendering each fragment that is missing or out of date."""
        key = (listing.id, content, formats)
        digest = self._digests.get(key)
        if digest is None:
            digest = self._digests[key] = self._brought_up(listing, content, formats)
        return digest

    def _brought_up(self, listing: Listing, content: Content, formats: tuple[FormatName, ...]) -> str:
        due = bisect_right(listing.due, self._now)
        related = digest_of(self._relations[listing.id]) if listing.id in self._relations else ""
        wanted = f"{self._context}:{listing.digest}:{due}:{related}"
        kept = self._kept.setdefault(listing.id, {})
        shown = {name: kept.get((name, content), "") for name in formats}
        for name, digest in shown.items():
            if digest != wanted and self._render(listing, name, content, wanted):
                shown[name] = kept[name, content] = wanted
        return wanted if all(digest == wanted for digest in shown.values()) else dump(shown)

    def get(self, listings: Iterable[Listing], format_name: FormatName, content: Content) -> list[Fragment]:
        """Return the fragments of listings, in order, without those that cannot be shown.

        `content` is what the feed shows; too long an entry is a summary all the same.
        """
        fragments = []
        for listing in listings:
            shown = content_of(listing, content)
            self.digest(listing, shown, (format_name,))
            fragments.append(self._store.fragment(listing.id, format_name, shown))
        return [fragment for fragment in fragments if fragment is not None]

    def _render(self, listing: Listing, format_name: FormatName, content: Content, digest: str) -> bool:
        if listing.id in self._failed:
            return False
        entry = self._store.entry(listing.id)
        if entry is None:
            return False
        renderer = FORMATS[format_name].renderer
        try:
            seen = as_seen(entry, self._publication, self._relations, now=self._now)
            fragment = renderer.render_entry(seen, self._publication, content=content)
        except RenderError as error:
            self._failed.add(listing.id)
            self.problems.append(
                Problem(
                    code="render-failed",
                    message=Message("render-failed.entry", reason=error.message),
                    location=Location(file=f"content/{entry.source}"),
                )
            )
            return False
        self._store.put_fragment(listing.id, format_name, content, digest, fragment)
        self.rendered += 1
        return True
