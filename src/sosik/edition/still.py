"""Feeds without a definition, frozen: with the entries that they last showed, without the withdrawn ones."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sosik.edition.archives import joined_archive
from sosik.edition.kept import (
    Address,
    Kept,
    addresses,
    document_path,
    is_retired,
    keep,
    kept_addresses,
    read_kept,
)
from sosik.edition.selection import Selection, feed_id, feed_of, public
from sosik.model import Content, DocumentKind, Feed, FeedDefinition, FormatName, Listing, Publication
from sosik.model.instants import instant
from sosik.model.values import Seconds
from sosik.previous.described import META as DESCRIBED
from sosik.previous.described import Described, described
from sosik.store import AddressRow, FeedRow, Store


def kept_now(
    store: Store,
    publication: Publication,
    definitions: Iterable[FeedDefinition],
    selections: Iterable[Selection],
) -> dict[str, Kept]:
    """Return what every feed goes on with beside the `selections`, by its name.

    Known are all documents that the store has, and those that were retired. Raises `PreviousError` for a document that
    tells nothing of its feed.
    """
    selections = list(selections)
    living = {one.feed.name: one.feed for one in selections if one.is_current}
    before = read_kept(store)
    defined = {path for one in selections for path in _defined(one)}
    retired = (one for name, kept in before.items() for one in kept_addresses(name, kept, living.get(name)))
    known = [*retired, *addresses(store.addresses())]
    families = {one.name: one for one in definitions if one.each}

    def describe(name: str, group: Sequence[Address]) -> Feed:
        before_that = before[name].feed if name in before else None
        if before_that is not None:
            return before_that
        owner = group[0].owner
        if owner in families and name.startswith(f"{owner}/"):
            feed = feed_of(families[owner], name.removeprefix(f"{owner}/"), publication)
            if any(one.path == document_path(feed.path, one.format) for one in group):
                return feed
        return _read_back(store, publication, group)

    return keep(known, defined, living, describe)


def _defined(selection: Selection) -> Iterator[str]:
    """Yield the addresses of a document that a definition asks for."""
    yield from (document_path(selection.feed.path, name) for name in selection.feed.formats)
    if not selection.label:
        yield from selection.aliases


def _read_back(store: Store, publication: Publication, group: Sequence[Address]) -> Feed:
    """Return a feed as its own documents tell of it; where none tells its id, that is made of its name."""
    order = {DocumentKind.FEED: 0, DocumentKind.ALIAS: 1, DocumentKind.ARCHIVE: 2}
    main = min(group, key=lambda one: (order[one.kind], one.format is not FormatName.ATOM, one.path))
    told: dict[str, list[str]] = json.loads(store.meta(DESCRIBED) or "{}")
    said = Described(*told[main.feed]) if main.feed in told else _of_document(store, main)
    folder = main.path.rpartition("/")[0]
    if main.label:
        folder = folder.removesuffix(f"/archive/{main.label}")
    rows = store.membership.feeds([main.feed])
    return Feed(
        name=main.feed,
        title=said.title,
        path=folder.strip("/"),
        id=said.id or feed_id(main.feed, publication),
        updated=instant(Seconds(0)),
        description=said.description,
        content=Content(rows[main.feed].content) if rows else Content.FULL,
        definition=main.owner,
    )


def _of_document(store: Store, main: Address) -> Described:
    # Without its entries: by now they may be other ones than those that the document was composed of.
    frame = store.frames([main.path]).get(main.path)
    return described(main.format, store.body(main.path) if frame is None else frame, main.path)


def defined_addresses(store: Store, definitions: Iterable[FeedDefinition]) -> dict[str, bool]:
    """Return the addresses of feeds that the store has documents of, and whether one of the definitions asks for each.

    Those of a family are asked for as far as they were in the edition that the store holds.
    """
    by_name = {one.name: one for one in definitions}
    kept = read_kept(store)
    standing = {one.path for name, found in kept.items() for one in kept_addresses(name, found)}

    def is_defined(row: AddressRow) -> bool:
        definition = by_name.get(row.owner)
        if definition is None or row.path in standing or row.kind is DocumentKind.ARCHIVE:
            return definition is not None and row.path not in standing
        folder = row.path.rpartition("/")[0].strip("/")
        is_own = definition.each is not None or folder == definition.path
        return row.path in definition.aliases or (is_own and row.format in definition.formats)

    return {row.path: is_defined(row) for row in store.addresses()}


def still_names(kept: Mapping[str, Kept]) -> Iterator[tuple[str, str]]:
    """Yield the feeds that may stand still, and the labels of archives that may: empty for the current document."""
    for name, one in kept.items():
        if one.feed is not None:
            yield name, ""
        labels = dict.fromkeys(label for old in one.archives for label in old.labels)
        yield from ((name, label) for label in labels)


def row_name(name: str, label: str) -> str:
    """Return under which name a document remembers what it showed."""
    return f"{name}/archive/{label}" if label else name


def still_selections(
    store: Store,
    publication: Publication,
    kept: Mapping[str, Kept],
    living: Mapping[str, Feed],
    wanted: Iterable[tuple[str, str]],
    rows: Mapping[str, FeedRow],
    now: Seconds,
) -> Iterator[Selection]:
    """Yield the documents that stand still, of those `wanted`; `rows` tell what they showed, `living` are the others.

    Those of which every address was retired are left out.
    """
    by_feed: dict[str, list[str]] = {}
    for name, label in wanted:
        if row_name(name, label) in rows:
            by_feed.setdefault(name, []).append(label)
    for name, labels in by_feed.items():
        feed = living.get(name) or kept[name].feed
        if feed is None:
            continue
        asked = Counter(
            one.label
            for one in kept_addresses(name, kept[name], living.get(name))
            if not is_retired(one.path, publication.retire)
        )
        shown = {label: rows[row_name(name, label)] for label in labels}
        members = {label: _shown(store, row, now) for label, row in shown.items()}
        for one in _documents(feed, kept[name], members):
            if asked[one.label]:
                yield replace(one, shortened=frozenset(json.loads(shown[one.label].shortened)))


def _documents(feed: Feed, kept: Kept, members: Mapping[str, tuple[Listing, ...]]) -> Iterator[Selection]:
    """Yield the documents of one feed, by their labels; of an archive in several folders those in the feed's own."""
    old = next((one for one in kept.archives if one.folder == feed.path), None) or next(iter(kept.archives), None)
    current = Selection(feed=feed, members=members.get("", ()), kept=kept, stands=True)
    archive: list[Selection] = []
    if old is not None:
        inside = replace(current, feed=replace(feed, path=old.folder, formats=old.formats))
        linked, *archive = joined_archive(inside, old.labels, members)
        if old.folder == feed.path:
            current = replace(current, labels=old.labels, links=linked.links)
    yield from ([current] if "" in members else [])
    yield from archive


def _shown(store: Store, row: FeedRow, now: Seconds) -> tuple[Listing, ...]:
    return tuple(public(store.membership.listings(row.shown).values(), now))
