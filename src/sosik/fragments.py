"""Entries as rendered: each once for a format, kept in the store until the entry or the publication changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sosik import __version__
from sosik.errors import Location, Problem, RenderError
from sosik.model import Fragment, Listing, Publication
from sosik.relations import Relations
from sosik.render.formats import FORMATS
from sosik.store import Store
from sosik.store.records import digest_of, instant


class Fragments:
    """The fragments of one edition, rendered where the store has none that fits.

    An entry that cannot be rendered keeps the fragments of its last good version; `problems` says why.
    """

    def __init__(self, store: Store, publication: Publication, now: int, relations: Relations) -> None:
        self._store = store
        self._publication = publication
        self._now = now
        self._relations = relations
        self._context = digest_of(__version__, publication)
        self._failed: set[str] = set()
        self._kept = store.fragment_digests()
        self._wanted: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.rendered = 0

    def digest(self, listing: Listing, format_name: str, content: str) -> str:
        """Return what identifies an entry's fragment, rendering it if need be; nothing if there is none to show."""
        wanted = self._wanted.get(listing.id)
        if wanted is None:
            due = sum(1 for at in listing.due if at <= self._now)
            related = digest_of(self._relations[listing.id]) if listing.id in self._relations else ""
            wanted = self._wanted[listing.id] = f"{self._context}:{listing.digest}:{due}:{related}"
        kept = self._kept.get(listing.id, {}).get((format_name, content), "")
        if kept != wanted and listing.id not in self._failed and self._render(listing, format_name, content, wanted):
            kept = wanted
            self._kept[listing.id] = {**self._kept.get(listing.id, {}), (format_name, content): wanted}
        return kept

    def get(self, shown: Iterable[tuple[Listing, str]], format_name: str) -> list[Fragment]:
        """Return the fragments of listings with their contents, in order, without those that cannot be shown."""
        found = (self._store.fragment(listing.id, format_name, content) for listing, content in shown)
        return [fragment for fragment in found if fragment is not None]

    def _render(self, listing: Listing, format_name: str, content: str, digest: str) -> bool:
        entry = self._store.entry(listing.id)
        if entry is None:
            return False
        renderer = FORMATS[format_name].renderer
        try:
            seen = replace(entry.as_of(self._at), relations=self._relations.get(entry.id, ()))
            fragment = renderer.render_entry(seen, self._publication, content=content)
        except RenderError as error:
            self._failed.add(listing.id)
            self.problems.append(
                Problem(
                    code="render-failed",
                    message=f"{error}; its last good version stays up",
                    location=Location(file=f"content/{entry.source}"),
                )
            )
            return False
        self._store.put_fragment(listing.id, format_name, content, digest, fragment)
        self.rendered += 1
        return True

    @property
    def _at(self) -> datetime:
        return instant(self._now)
