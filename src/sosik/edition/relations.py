"""Entries that point to one another: found by id or by file, and pointed back to where one replaces the other."""

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from sosik.errors import Location, Problem
from sosik.model import Entry, Listing, Publication, Relation, RelationKind
from sosik.model.instants import seconds
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.render.places import at_home
from sosik.store import Store
from sosik.store.rows import PointerRow
from sosik.words import Message

Relations = Mapping[str, tuple[Relation, ...]]
"""What each entry points to, by its id; only what readers can see."""


def pointers(entry: Entry) -> set[PointerRow]:
    """Return the names by which an entry points to others."""
    return {PointerRow(name, entry.id) for relation in entry.relations for name in _names(relation, entry.source)}


def concerned(store: Store, names: Iterable[str], before: Iterable[PointerRow], ids: Iterable[EntryId]) -> set[EntryId]:
    """Return the entries that may be rendered with other relations since entries changed, and those themselves.

    `names` are the ids and files that these had and have, `before` what they pointed to before, `ids` who they are.
    """
    pointing = store.membership.pointing(names)
    pointed = {row.name for row in before} | {name for name, _ in store.membership.pointers_of({*pointing, *ids})}
    return {*ids, *pointing, *store.membership.named(pointed).values()}


def relations_of(
    store: Store, publication: Publication, now: Seconds, files: Mapping[EntryId, str]
) -> tuple[Relations, dict[EntryId, list[Problem]]]:
    """Return what some entries, by id and with their `files`, point to at `now` (seconds), and the unknown targets.

    The targets that no entry is are given by the entry that names them. What is still to be published is not pointed
    to yet.
    """
    members = store.membership
    pointing = {id_ for _, id_ in members.pointers_of(files)} | members.pointing({*files, *files.values()})
    relations, strays = _relations(store, publication, now, pointing)
    # Of the others not everybody who points to them was asked.
    return (
        {id_: others for id_, others in relations.items() if id_ in files},
        {id_: problems for id_, problems in strays.items() if id_ in files},
    )


def all_relations(
    store: Store, publication: Publication, now: Seconds, listings: Iterable[Listing]
) -> tuple[Relations, dict[EntryId, list[Problem]]]:
    """Return the same of all entries, of which these are the `listings`."""
    return _relations(store, publication, now, {listing.id for listing in listings if listing.has_relations})


def _relations(
    store: Store, publication: Publication, now: Seconds, pointing: Collection[EntryId]
) -> tuple[Relations, dict[EntryId, list[Problem]]]:
    if not pointing:
        return {}, {}
    seen = [entry for entry in store.entries(pointing).values() if seconds(entry.published) <= now]
    seen.sort(key=lambda entry: (-seconds(entry.published), entry.id))
    known = store.membership.named({row.name for entry in seen for row in pointers(entry)})
    shown = {entry.id: entry for entry in store.entries({*known.values()}).values() if seconds(entry.published) <= now}
    return find_relations(
        [at_home(entry, publication) for entry in seen],
        known,
        {id_: at_home(entry, publication) for id_, entry in shown.items()},
    )


def find_relations(
    pointing: Sequence[Entry], known: Mapping[str, EntryId], shown: Mapping[EntryId, Entry]
) -> tuple[Relations, dict[EntryId, list[Problem]]]:
    """Return what entries point to, and a problem for each target that no entry is, by who points there.

    `pointing` are the visible entries that point to others, newest first, `known` all entries by their names; `shown`
    are those that readers can see. An entry that replaces another is pointed to by it in turn.
    """
    relations: dict[str, list[Relation]] = {}
    strays: dict[EntryId, list[Problem]] = {}
    for entry in pointing:
        for relation in entry.relations:
            other = next((known[name] for name in _names(relation, entry.source) if name in known), None)
            if other is None or other == entry.id:
                strays.setdefault(entry.id, []).append(_unknown(entry.source, relation))
                continue
            if other not in shown:
                continue
            relations.setdefault(entry.id, []).append(_pointed(relation, shown[other]))
            if relation.kind is RelationKind.REPLACES:
                relations.setdefault(other, []).append(_pointed(Relation(kind=RelationKind.REPLACED_BY), entry))
    return {id_: tuple(sorted(others, key=_rank)) for id_, others in relations.items()}, strays


def _names(relation: Relation, source: str) -> tuple[str, ...]:
    """Return what a target may be: an id, a file below content/, or a file as seen from another's folder."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), relation.target))
    return relation.target, relation.target.removeprefix("content/"), beside


def _pointed(relation: Relation, entry: Entry) -> Relation:
    path = page_path(entry.id) if entry.has_page else ""
    return replace(relation, target="", line=0, id=entry.id, title=entry.title, link=entry.link, path=path)


_ORDER = {kind: number for number, kind in enumerate(RelationKind)}


def _rank(relation: Relation) -> int:
    return _ORDER[relation.kind]


def _unknown(source: str, relation: Relation) -> Problem:
    return Problem(
        code="relation-unknown",
        message=Message("relation-unknown.target", key=str(relation.kind), target=relation.target),
        location=Location(file=f"content/{source}", line=relation.line),
        hint=Message("relation-unknown.hint"),
    )
