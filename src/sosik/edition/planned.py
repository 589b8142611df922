"""A choice planned: which documents it comes to, and which have no reason any more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sosik.edition.choice import PAGES, Choice, Leaving, offered
from sosik.edition.fragments import Fragments, bring_up
from sosik.edition.kept import NOTHING, is_retired
from sosik.edition.page_plans import Offer, PagePlans
from sosik.edition.plans import (
    Plan,
    beside,
    claim_paths,
    feed_plans,
    file_name,
    key_plans,
    media_plans,
    needs,
    served_by_name,
)
from sosik.edition.relations import all_relations, relations_of
from sosik.edition.replaced import Replaced, Replacements
from sosik.edition.seen import EntryView
from sosik.edition.selection import feed_of, remarks, too_large
from sosik.edition.terms import Terms
from sosik.errors import Problem
from sosik.model import DocumentKind, Listing, Publication
from sosik.model.digests import digest_of
from sosik.model.values import NO_DIGEST, Digest, DocumentPath, EntryId
from sosik.normalize.ids import page_path
from sosik.pool.helping import NOBODY, Helpers
from sosik.queries import has_query
from sosik.render import sitemap
from sosik.render.places import STYLE
from sosik.store import Origin, Store

if TYPE_CHECKING:
    from sosik.render.pages import FeedGroup


class Planned(Struct, frozen=True, kw_only=True):
    """A choice with its documents: `before` is what stands at their paths, `gone` are the paths that go.

    `offer` are the feeds that people can subscribe to. `replaced` are the pictures that stay though no article shows
    them. `told` are the entries of which `problems` tell something that is to be told again by the next edition,
    whatever that looks at. In `folders` the pages for people were before.
    """

    choice: Choice
    plans: Mapping[DocumentPath, Plan]
    before: Mapping[str, Origin]
    gone: Sequence[str]
    collisions: Sequence[Problem]
    fragments: Fragments
    offer: Offer
    replaced: Mapping[DocumentPath, Replaced]
    told: Collection[EntryId]
    folders: Sequence[DocumentPath]
    problems: Sequence[Problem]


def planned(
    store: Store,
    terms: Terms,
    choice: Choice,
    replacements: Replacements,
    *,
    told: Collection[EntryId] = (),
    groups: Digest = NO_DIGEST,
    folders: Collection[DocumentPath] = (),
    helpers: Helpers = NOBODY,
) -> Planned:
    """Plan what was chosen, and bring its fragments up, within the caller's transaction.

    `told` are the entries of which something may be told again, `groups` is the digest of the feeds that were offered,
    `folders` are those in which the pages for people were before they moved. Where everything is planned, what is not
    planned goes.
    """
    concerned = _concerned(store, terms, choice, told)
    view, strays = _view(store, terms, choice, concerned)
    fragments = bring_up(store, needs(choice.selections), view, helpers)
    offer = _offer(store, terms, choice, groups)
    everything = store.origins() if choice.is_whole else {}
    folders = _folders(everything, terms.publication) if choice.is_whole else [*folders]
    everywhere = chain(_plans(terms, choice, fragments, view, offer), _moved(terms, choice, view, offer, folders))
    plans, collisions = claim_paths(everywhere)
    leaving = [*choice.leaving, *replacements.leaving, *_leaving_parts(choice)]
    before = everything if choice.is_whole else store.origins({*plans, *(one.path for one in leaving)})
    large = [listing for listing in concerned if too_large([listing])]
    gone = _gone(choice, leaving, plans, before, terms.publication.retire)
    staying = replacements.staying(gone, plans.keys())
    return Planned(
        choice=choice,
        plans=plans,
        before=before,
        gone=[path for path in gone if path not in staying],
        collisions=collisions,
        fragments=fragments,
        offer=offer,
        replaced=replacements.following(staying, plans.keys()),
        told={*strays, *(listing.id for listing in large)},
        folders=folders,
        problems=[
            *chain.from_iterable(strays.values()),
            *too_large(large),
            *_remarks(store, terms),
            *collisions,
            *fragments.problems,
            *served_by_name(plans.values(), before),
        ],
    )


def _view(
    store: Store, terms: Terms, choice: Choice, concerned: Iterable[Listing]
) -> tuple[EntryView, Mapping[EntryId, list[Problem]]]:
    """Return how the entries of a choice are seen, and what is wrong with relations of these and the `concerned`."""
    shown = (listing for one in choice.selections for listing in one.members)
    if choice.is_whole:
        relations, strays = all_relations(store, terms.publication, terms.now, choice.visible)
    else:
        asked = {listing.id: listing.source for listing in (*concerned, *shown)}
        relations, strays = relations_of(store, terms.publication, terms.now, asked)
    return EntryView(publication=terms.publication, relations=relations, now=terms.now), strays


def may_collide(store: Store, planned: Planned) -> bool:
    """Tell whether what is planned may stand in the way of documents that are not planned, or they in its way."""
    if planned.collisions:
        return True
    new: list[DocumentPath] = []
    for path, plan in planned.plans.items():
        origin = planned.before.get(path)
        if origin is None:
            new.append(path)
        elif origin.owner != plan.owner or (origin.kind is not plan.kind and not {origin.kind, plan.kind} <= PAGES):
            return True
    near = {other for path in new for other in beside(path)}
    if store.membership.taken(near) - {*planned.gone}:
        return True
    return any(store.membership.has_below(f"/{file_name(path)}") for path in new if not has_query(path))


def _offer(store: Store, terms: Terms, choice: Choice, before: Digest) -> Offer:
    """Return the feeds that are offered; they are looked up only where they are others than before, or are shown."""

    @cache
    def groups() -> "tuple[FeedGroup, ...]":
        from sosik.render.pages import feed_groups  # most editions offer what the last one did

        return feed_groups(offered(store, terms), terms.definitions, language=terms.publication.language)

    if not choice.has_other_feeds:
        return Offer(digest=before, groups=groups, stands=True)
    return Offer(digest=digest_of(groups()), groups=groups)


def _plans(terms: Terms, choice: Choice, fragments: Fragments, view: EntryView, offer: Offer) -> Iterator[Plan]:
    retire = terms.publication.retire
    feeds = feed_plans(choice.selections, terms.publication, fragments)
    yield from (plan for plan in feeds if not (plan.stands and is_retired(plan.path, retire)))
    yield from _page_plans(terms, choice, view, offer)
    yield from media_plans(choice.visible)
    if choice.is_whole:
        yield from key_plans(terms.publication)


def _page_plans(terms: Terms, choice: Choice, view: EntryView, offer: Offer) -> Iterator[Plan]:
    pages = PagePlans(view=view)
    yield from _offering(terms, choice, pages, offer)
    if choice.recent is not None:
        yield from pages.sitemaps(choice.recent)
    roots = [feed_of(terms.definition(key), "", terms.publication) for key in terms.roots]
    for listing in choice.visible:
        if listing.has_page or listing.id in choice.pages_before:
            plan = pages.article_page(listing, page_path(listing.id), roots)
            yield replace(plan, stands=not listing.has_page)
    yield from map(pages.withdrawn_page, choice.withdrawn)


def _offering(terms: Terms, choice: Choice, pages: PagePlans, offer: Offer) -> Iterator[Plan]:
    """Yield the pages on which feeds are offered, and what they need."""
    current = {(one.feed.definition, one.value): one for one in choice.selections if one.is_current and not one.stands}
    latest = current[terms.roots[0]].members if terms.roots and terms.roots[0] in current else None
    if choice.is_whole:
        yield from pages.assets()
    if choice.has_other_feeds:
        yield pages.opml(offer)
    if choice.has_other_feeds or latest is not None:
        yield from pages.start_pages(offer, latest or ())
    yield from chain.from_iterable(pages.subscribe_pages(one) for one in choice.selections if one.is_current)


def _moved(
    terms: Terms, choice: Choice, view: EntryView, offer: Offer, folders: Collection[DocumentPath]
) -> Iterator[Plan]:
    """Yield the pages for people once more in each of the folders where they were before, unless that was retired."""
    now = terms.publication
    for folder in folders:
        pages = PagePlans(view=replace(view, publication=replace(now, pages=folder)), moved_to=now.pages)
        for plan in _offering(terms, choice, pages, offer):
            if plan.path.startswith(folder) and not is_retired(plan.path, now.retire):
                yield replace(plan, stands=True)


def _folders(before: Mapping[str, Origin], publication: Publication) -> list[DocumentPath]:
    """Return the folders other than now in which the pages for people are: there is their style sheet."""
    styles = (
        path for path, origin in before.items() if origin.kind is DocumentKind.ASSET and path.endswith(f"/{STYLE}")
    )
    return sorted({DocumentPath(path.removesuffix(STYLE)) for path in styles} - {DocumentPath(publication.pages)})


def _leaving_parts(choice: Choice) -> Iterator[Leaving]:
    """Yield the parts of the news sitemap where that is planned: those that it has no more of are not."""
    return (Leaving(path, {DocumentKind.SITEMAP}) for path in (() if choice.recent is None else sitemap.ALL_PARTS))


def _gone(
    choice: Choice,
    leaving: Sequence[Leaving],
    plans: Mapping[DocumentPath, Plan],
    before: Mapping[str, Origin],
    retire: tuple[str, ...],
) -> list[str]:
    if choice.is_whole:
        # Of these only the bytes are known.
        stay = {path for path in choice.kept.get("", NOTHING).aliases if not is_retired(path, retire)}
        return [path for path in before if path not in plans and path not in stay]
    return [
        path
        for path, kinds, owner in leaving
        if path not in plans and path in before and before[path].kind in kinds and before[path].owner == owner
    ]


def _concerned(store: Store, terms: Terms, choice: Choice, told: Collection[EntryId]) -> list[Listing]:
    """Return the visible entries, newest first, that are planned, or of which something may be told again."""
    others = store.membership.listings(told).values()
    listings = {one.id: one for one in (*choice.visible, *others) if one.published <= terms.now}
    return sorted(listings.values(), key=lambda listing: (-listing.published, listing.id))


def _remarks(store: Store, terms: Terms) -> list[Problem]:
    without = store.membership.without_feeds(one.name for one in terms.definitions if one.each)
    is_new = store.membership.newest_published(terms.now) is None
    return remarks(terms.definitions, without, lambda feed: not is_new and store.membership.is_empty(feed, terms.now))
