"""Entries that point to one another: found by id or by file, and pointed back to where one replaces the other."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sosik.errors import Location, Problem
from sosik.model import Entry, Listing, Relation, RelationKind
from sosik.normalize.ids import page_path
from sosik.words import Message

Relations = Mapping[str, tuple[Relation, ...]]
"""What each entry points to, by its id; only what readers can see."""


def find_relations(
    listings: Iterable[Listing], visible: Iterable[Listing], entry_of: Callable[[str], Entry | None]
) -> tuple[Relations, list[Problem]]:
    """Return what the `visible` entries point to, and a problem for each target that no entry of `listings` is.

    An entry that replaces another is pointed to by it in turn. What is still to be published is not pointed to yet.
    """
    seen = list(visible)
    pointing = [listing for listing in seen if listing.has_relations]
    if not pointing:
        return {}, []
    known = _KnownEntries(listings)
    shown = {listing.id for listing in seen}
    relations: dict[str, list[Relation]] = {}
    problems = []
    for listing in pointing:
        entry = entry_of(listing.id)
        for relation in entry.relations if entry else ():
            other = known.find(relation.target, listing.source)
            if other is None or other == listing.id:
                problems.append(_unknown(listing.source, relation))
                continue
            target = entry_of(other) if other in shown else None
            if entry is None or target is None:
                continue
            relations.setdefault(entry.id, []).append(_pointed(relation, target))
            if relation.kind is RelationKind.REPLACES:
                relations.setdefault(other, []).append(_pointed(Relation(kind=RelationKind.REPLACED_BY), entry))
    return {id_: tuple(sorted(others, key=_rank)) for id_, others in relations.items()}, problems


class _KnownEntries:
    """All entries, by what others may call them."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._ids = {}
        for listing in listings:
            self._ids[listing.source] = listing.id
            self._ids[listing.id] = listing.id

    def find(self, target: str, source: str) -> str | None:
        """Return the id of an entry named by id, by file below content/, or by file as seen from another's folder."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        names = (target, target.removeprefix("content/"), beside)
        return next((self._ids[name] for name in names if name in self._ids), None)


def _pointed(relation: Relation, entry: Entry) -> Relation:
    path = page_path(entry.id) if entry.has_page else ""
    return replace(relation, target="", line=0, id=entry.id, title=entry.title, link=entry.link, path=path)


_ORDER = {kind: number for number, kind in enumerate(RelationKind)}


def _rank(relation: Relation) -> int:
    return _ORDER[relation.kind]


def _unknown(source: str, relation: Relation) -> Problem:
    return Problem(
        code="relation-unknown",
        message=Message("relation-unknown.target", kind=str(relation.kind), target=relation.target),
        location=Location(file=f"content/{source}", line=relation.line),
        hint=Message("relation-unknown.hint"),
    )
