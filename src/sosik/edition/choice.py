"""Chooses the content of an edition: everything, or only the parts that touched entries and feeds affect."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sosik.edition.archives import archive_paths, month_of_label, with_archive
from sosik.edition.cutting import cut
from sosik.edition.gathered import Gathered, Gathering, gathered
from sosik.edition.kept import NOTHING, Kept, document_path, is_retired, kept_addresses, read_kept, stopped
from sosik.edition.memory import feed_rows, in_memory, with_memory
from sosik.edition.selection import (
    NEWS_LASTS,
    Key,
    Selection,
    family,
    feed_name,
    feed_of,
    selection_of,
)
from sosik.edition.still import kept_now, row_name, still_names, still_selections
from sosik.edition.terms import Terms, key_of
from sosik.edition.touched import Touched
from sosik.edition.window import ENTRY_BUDGET
from sosik.model import ArchivePeriod, DocumentKind, Feed, Listing
from sosik.model.feed import alias_format
from sosik.model.values import NEVER, DocumentPath, EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.render.formats import FORMATS
from sosik.render.places import subscribe_path
from sosik.store import Changes, FeedRow, Store
from sosik.store.rows import FamilyRow

PAGES = frozenset({DocumentKind.PAGE, DocumentKind.WITHDRAWN})

MOST = 1 << 62
"""More entries than there are."""


class Leaving(NamedTuple):
    """A document that has no reason any more, if it is of one of some kinds, and of this feed definition."""

    path: DocumentPath
    kinds: Collection[DocumentKind]
    owner: str = ""


class Choice(Struct, frozen=True, kw_only=True):
    """What is to be planned: `selections` with what they remember, `visible` entries with their pages and pictures.

    Where all is planned (`is_whole`), of the latter those are left out of which nothing but feeds tells.
    `withdrawn` are the paths of pages whose articles were taken back, `pages_before` entries that have a link of their
    own and had a page before, which goes on answering, `recent` what the news sitemap lists, None where
    that stands. `remembered` is what the feeds knew, `over` those of which there are no documents any more, `kept` what
    every feed goes on with. Where not all is planned, `leaving` are the documents that go; else all go that are not
    planned.
    """

    selections: Sequence[Selection]
    remembered: Mapping[str, FeedRow]
    over: Collection[str]
    visible: Sequence[Listing]
    withdrawn: Sequence[DocumentPath]
    pages_before: Collection[EntryId]
    recent: Sequence[Listing] | None
    kept: Mapping[str, Kept]
    has_other_feeds: bool = True
    is_whole: bool = True
    leaving: Sequence[Leaving] = ()


def offered(store: Store, terms: Terms) -> list[Feed]:
    """Return the feeds that people can subscribe to, in the order of their definitions and values."""
    families = store.membership.families(one.name for one in terms.definitions if one.each)
    return [_feed(terms, key) for key in _keys(terms, families)]


# --- everything


def choose_all(store: Store, terms: Terms) -> Choice:
    """Return everything that an edition shows; all entries pass once, and no more of them is kept than that."""
    remembered, addresses = store.feeds(), store.addresses()
    at = {row.path: row.feed for row in addresses}
    published = {row.feed for row in addresses if row.kind is DocumentKind.FEED}
    families = list(_all_families(store, terms, known=remembered, published=published))
    store.apply(Changes(families_gone=store.membership.families_known(), families=families))
    gathering = Gathering(terms, _keys(terms, families))
    pages_before = store.membership.pages_before()
    visible: list[Listing] = []
    for listing in store.membership.visible(terms.now):
        gathering.take(listing)
        if _has_more_than_feeds(listing) or listing.id in pages_before:
            visible.append(listing)
    made = [
        one
        for key, found in gathering.feeds.items()
        for one in _unfolded(terms, key, found, _labels(remembered, terms.name(key)))
    ]
    kept = kept_now(store, terms.publication, terms.definitions, made)
    still = _still(store, terms, kept, remembered | {one.name: one for one in feed_rows(made, remembered)})
    selections = [*_with_kept(made, kept), *still]
    taken_back = store.membership.taken_back()
    return Choice(
        selections=_remembering(
            selections,
            remembered | _inherited(made, at, remembered),
            terms,
            {id_: when for id_, (when, _) in taken_back.items()},
        ),
        remembered=remembered,
        over=remembered.keys() - {one.feed.name for one in selections},
        visible=visible,
        withdrawn=[page_path(id_) for id_, (_, has_page) in taken_back.items() if has_page],
        pages_before=pages_before,
        recent=store.membership.published_since(Seconds(terms.now - NEWS_LASTS), terms.now),
        kept=kept,
    )


def _keys(terms: Terms, families: Iterable[FamilyRow]) -> list[Key]:
    """Return the feeds of all definitions; `families` are the values of those that have some."""
    owners = _owners(families)
    values: dict[str, list[str]] = {}
    for name, value in sorted(owners):
        values.setdefault(name, []).append(value)
    given = ((one.name, values.get(one.name, ()) if one.each else ("",)) for one in terms.definitions)
    return [(name, value) for name, some in given for value in some]


def _all_families(
    store: Store, terms: Terms, *, known: Collection[str], published: Collection[str]
) -> Iterator[FamilyRow]:
    """Yield the values of families that have entries enough, or of which a feed is `published`."""
    for one in terms.definitions:
        if one.each:
            counts = store.membership.all_counts(one.name, terms.now)
            used = [
                value for value, count in counts.items() if count >= one.minimum or feed_name(one, value) in published
            ]
            yield from family(one, used, known=known)


def _has_more_than_feeds(listing: Listing) -> bool:
    """Tell whether more tells of an entry than feeds: its page, its pictures, others that it points to, a warning."""
    return listing.has_page or bool(listing.media) or listing.has_relations or listing.summary_size > ENTRY_BUDGET


def _inherited(
    selections: Iterable[Selection], at: Mapping[DocumentPath, str], remembered: Mapping[str, FeedRow]
) -> dict[str, FeedRow]:
    """Return what feeds remember that come to answer where others did (`at`): no `updated` goes back there."""
    rows: dict[str, FeedRow] = {}
    for one in selections:
        name = one.feed.name
        paths = (
            *(document_path(one.feed.path, form) for form in one.feed.formats),
            *(() if one.label else one.aliases),
        )
        others = {at[path] for path in paths if path in at} & remembered.keys() - {name}
        if others:
            row = remembered.get(name, FeedRow(name=name, updated=NEVER, members="[]"))
            newest = max(row.updated, *(remembered[other].updated for other in others))
            rows[name] = row._replace(updated=newest)
    return rows


def _with_kept(selections: Iterable[Selection], kept: Mapping[str, Kept]) -> Iterator[Selection]:
    for one in selections:
        goes_on = kept.get(one.base, NOTHING)
        formats = (*one.feed.formats, *goes_on.formats)
        yield replace(one, kept=goes_on, aliases={path: alias_format(path, formats) for path in one.aliases})


def _still(
    store: Store,
    terms: Terms,
    kept: Mapping[str, Kept],
    rows: Mapping[str, FeedRow],
    is_concerned: Callable[[str, str], bool] = lambda *_: True,
) -> Iterator[Selection]:
    """Yield the documents that stand still, as far as they are concerned: told by their feed and label.

    `rows` tell what each showed, and which labels the archives have that are made anew.
    """
    found = ((name, terms.feed(name)) for name, one in kept.items() if one.feed is None)
    living = {name: feed for name, feed in found if feed is not None}
    alone = (one for one in still_names(kept) if one[0] not in living or one[1] not in _labels(rows, one[0]))
    return still_selections(
        store, terms.publication, kept, living, [one for one in alone if is_concerned(*one)], rows, terms.now
    )


def _unfolded(terms: Terms, key: Key, found: Gathered, labels: Sequence[str] = ()) -> list[Selection]:
    """Return the documents of a feed, out of what was found of all its entries; its archive had `labels`."""
    definition, months = terms.definition(key), found.months
    selection = selection_of(definition, key[1], found.listings, terms.publication, now=terms.now, recent=found.recent)
    if definition.archive is ArchivePeriod.NONE:
        return [selection]
    before = {month_of_label(label): () for label in labels}
    return with_archive(selection, labels, {**before, **months}.keys(), lambda month: months.get(month, ()))


def _remembering(
    selections: Iterable[Selection],
    remembered: Mapping[str, FeedRow],
    terms: Terms,
    withdrawn: Mapping[EntryId, Seconds],
) -> list[Selection]:
    return with_memory(selections, remembered, withdrawn, now=terms.now, tombstones=terms.publication.tombstones)


# --- what was touched


def choose_touched(store: Store, terms: Terms, touched: Touched, since: Seconds) -> Choice | None:
    """Return what may be shown in another way than at the composing of `since` (seconds).

    None where a feed that comes takes over addresses of one that stands still: then everything is to be looked at.
    """
    feeds, kept = touched.feeds(terms.definitions), read_kept(store)
    named = {key_of(name) for name in touched.names}
    before, after = _families(store, terms, feeds, named, _standing(terms, kept))
    has_other_feeds = before != after
    current = {(one.name, "") for one in terms.definitions if not one.each} | after
    keys = current & ({*feeds} | named | (after - before) | ({*terms.roots} if has_other_feeds else set()))
    known = store.membership.feeds(terms.name(key) for key in (*keys, *(before - after)))
    stop = {terms.name(key): _feed(terms, key) for key in before - after}
    if _comes_in_the_way(terms, after - before, kept, stop):
        return None
    kept |= {name: stopped(feed, _labels(known, name), kept.get(name, NOTHING)) for name, feed in stop.items()}
    made = list(_made(store, terms, {key: feeds.get(key, set()) for key in sorted(keys)}, known, after - before))
    known |= store.membership.feeds(one.feed.name for one in made if not one.is_current)
    known |= store.membership.feeds({*kept, *(row_name(*one) for one in still_names(kept))} - known.keys())
    still = _still(store, terms, kept, known, _concerns(touched, known, stop))
    selections = [*_with_kept(made, kept), *still]
    withdrawn = {id_: at for id_, (at, _) in store.membership.taken_back(in_memory(known.values())).items()}
    visible = [new for _, new in touched.entries.values() if new is not None and new.published <= terms.now]
    return Choice(
        selections=_remembering(selections, known, terms, withdrawn),
        remembered=known,
        over=stop.keys() - {one.feed.name for one in selections},
        visible=sorted(visible, key=lambda listing: (-listing.published, listing.id)),
        withdrawn=_withdrawn_pages(store, touched.entries),
        pages_before=store.membership.pages_before(touched.entries),
        recent=_recent(store, terms, touched, since),
        kept=kept,
        has_other_feeds=has_other_feeds,
        is_whole=False,
        leaving=[
            *_leaving_feeds(terms, before - after, known),
            *(Leaving(page_path(id_), PAGES) for id_ in touched.entries),
            *_leaving_media(store, touched, visible, terms.now),
        ],
    )


def _made(
    store: Store, terms: Terms, keys: Mapping[Key, set[Seconds]], known: Mapping[str, FeedRow], come: Collection[Key]
) -> Iterator[Selection]:
    """Yield the documents of feeds; `keys` tell of each when the entries were published that changed.

    Of a feed that comes, or of which nothing is `known`, all entries are read.
    """
    for key, published in keys.items():
        name = terms.name(key)
        if key not in come and name in known:
            yield from cut(store, terms, key, _labels(known, name), published)
        else:
            yield from _unfolded(terms, key, gathered(terms, key, store.membership.newest(key, terms.now, MOST)))


def _concerns(touched: Touched, known: Mapping[str, FeedRow], stop: Collection[str]) -> Callable[[str, str], bool]:
    """Return what tells whether a document that stands still is concerned: it shows what was touched, or just stops."""

    def is_concerned(name: str, label: str) -> bool:
        row = known.get(row_name(name, label))
        is_shown = row is not None and not touched.entries.keys().isdisjoint(row.shown)
        return is_shown or name in stop or row_name(name, label) in touched.names

    return is_concerned


def _withdrawn_pages(store: Store, ids: Iterable[EntryId]) -> list[DocumentPath]:
    """Return where the pages are of those of some entries that were taken back and had pages of ours."""
    return [page_path(id_) for id_, (_, has_page) in store.membership.taken_back(ids).items() if has_page]


def _recent(store: Store, terms: Terms, touched: Touched, since: Seconds) -> list[Listing] | None:
    """Return what is news, None where that is what it was at the composing of `since` (seconds)."""
    old, still_new = Seconds(since - NEWS_LASTS), Seconds(terms.now - NEWS_LASTS)
    has_news = touched.has_news(old) or bool(store.membership.published_since(old, still_new))
    return store.membership.published_since(still_new, terms.now) if has_news else None


def _feed(terms: Terms, key: Key) -> Feed:
    return feed_of(terms.definition(key), key[1], terms.publication)


def _standing(terms: Terms, kept: Mapping[str, Kept]) -> set[str]:
    """Return the names of the feeds that stand still, and can still be polled."""
    retire = terms.publication.retire
    return {
        name
        for name, one in kept.items()
        if one.feed is not None
        and not all(
            is_retired(address.path, retire)
            for address in kept_addresses(name, one)
            if address.kind is DocumentKind.FEED
        )
    }


def _comes_in_the_way(terms: Terms, come: Collection[Key], kept: Mapping[str, Kept], stop: Mapping[str, Feed]) -> bool:
    """Tell whether a feed comes where one stands still, or comes to."""
    if not come or not (kept or stop):
        return False
    folders = {feed.path for feed in stop.values()}
    for one in kept.values():
        folders |= {
            *(old.folder for old in one.archives),
            *(path.rpartition("/")[0].strip("/") for path in one.aliases),
        }
        folders |= {one.feed.path} if one.feed is not None else set()
    return any(terms.name(key) in kept or _feed(terms, key).path in folders for key in come)


def _labels(known: Mapping[str, FeedRow], name: str) -> tuple[str, ...]:
    return tuple(json.loads(known[name].labels)) if name in known else ()


def _families(
    store: Store, terms: Terms, feeds: Collection[Key], named: Collection[Key], standing: Collection[str]
) -> tuple[set[Key], set[Key]]:
    """Return the feeds of families that are concerned, those before and those after; the store takes over the latter.

    A value comes to have a feed when the number of its entries reaches the minimum, and loses it with the last of them;
    one of which a feed is `standing` has it again with the first.
    """
    definitions = {one.name: one for one in terms.definitions if one.each}
    touched: dict[str, set[str]] = {name: set() for name, _ in (*feeds, *named) if name in definitions}
    for name, value in feeds:
        if name in touched:
            touched[name].add(value)
    before: dict[str, list[FamilyRow]] = {name: [] for name in touched}
    for row in store.membership.families(sorted(touched)):
        before[row.feed].append(row)
    after = dict(before)
    for name, values in touched.items():
        definition = definitions[name]
        given = {row.value for row in before[name]}
        had = {row.value for row in before[name] if row.value in values and row.owner == row.value}
        had |= {value for value in values if feed_name(definition, value) in standing}
        least = {value: 1 if value in had else definition.minimum for value in values}
        many = store.membership.having_more(name, {value: number - 1 for value, number in least.items()}, terms.now)
        used = (given - values) | many
        if used != given:
            known = store.membership.feeds(feed_name(definition, value) for value in used)
            after[name] = family(definition, used, known=known)
            store.apply(Changes(families_gone=[name], families=after[name]))
    owners = _owners(chain.from_iterable(before.values()))
    return owners, owners if after == before else _owners(chain.from_iterable(after.values()))


def _owners(rows: Iterable[FamilyRow]) -> set[Key]:
    return {(row.feed, row.value) for row in rows if row.owner == row.value}


def _leaving_feeds(terms: Terms, keys: Iterable[Key], known: Mapping[str, FeedRow]) -> Iterator[Leaving]:
    for key in keys:
        definition = terms.definition(key)
        feed = feed_of(definition, key[1], terms.publication)
        filenames = [FORMATS[name].filename for name in definition.formats]
        paths = [feed.document_path(filename) for filename in filenames]
        for label in _labels(known, feed.name):
            paths += archive_paths(feed, label, filenames)
        leaving = partial(Leaving, owner=definition.name)
        yield from (leaving(path, {DocumentKind.FEED, DocumentKind.ARCHIVE}) for path in paths)
        yield leaving(subscribe_path(feed, terms.publication), PAGES)


def _leaving_media(store: Store, touched: Touched, visible: Iterable[Listing], now: Seconds) -> Iterator[Leaving]:
    shown = {medium.path for listing in visible for medium in listing.media}
    listings = (listing for pair in touched.entries.values() for listing in pair if listing is not None)
    paths = {medium.path for listing in listings for medium in listing.media} - shown
    for path in sorted(paths - store.membership.visible_media(paths, now)):
        yield Leaving(path, {DocumentKind.MEDIA})
