"""One edition composed: what is seen is selected, brought up, planned and placed, in this order."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from sosik.config import Config
from sosik.dates.zones import zone_of
from sosik.edition.archives import with_archives
from sosik.edition.endings import endings, farewells
from sosik.edition.fragments import EntryView, bring_up
from sosik.edition.memo import Memo
from sosik.edition.memory import feed_row, with_memory
from sosik.edition.page_plans import PagePlans
from sosik.edition.place import Placed, place
from sosik.edition.plans import Plan, claim_paths, feed_plans, key_plans, media_plans, needs
from sosik.edition.relations import find_relations
from sosik.edition.selection import Selection, public, select
from sosik.edition.standing import frozen
from sosik.errors import Problem
from sosik.ledger.clashes import shared_links
from sosik.ledger.sync import Synced
from sosik.model import POLLED, Entry, FormatName, Listing, Publication
from sosik.model.digests import dump
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.render.formats import FORMATS
from sosik.render.places import at_home
from sosik.store import Changes, FeedRow, Origin, Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Composed:
    """An edition as it stands in the store: its selections, what became of documents, and all problems."""

    selections: Sequence[Selection]
    placed: Placed
    problems: Sequence[Problem]
    rendered: int


def compose_edition(
    store: Store,
    config: Config,
    publication: Publication,
    synced: Synced,
    content: Path,
    *,
    now: Seconds,
    at: Seconds,
    memo: Memo,
    keep: bool,
) -> Composed:
    """Bring the documents of an edition into the store, within the caller's transaction.

    Entries are seen as at `now`; `at` is the instant of the edition. With `keep` false no picture is copied. Raises
    `EditionRefusedError` for a document that would not be well-formed.
    """
    visible = public(synced.listings, now)
    relations, strays = find_relations(synced.listings, visible, partial(_entry_at_home, store, publication))
    view = EntryView(publication=publication, relations=relations, now=now)
    withdrawn = {row.id: row.withdrawn for row in synced.ledger.values() if row.withdrawn is not None}
    memo.begin((publication, config.feeds, relations, withdrawn))

    remembered, origins = store.feeds(), store.origins()
    selections, slips = _selected(config, visible, remembered, withdrawn, view, memo)
    store.apply(frozen(store, config.held))
    fragments = bring_up(store, needs(selections, memo), view)
    pages = [page_path(row.id) for row in synced.ledger.values() if row.withdrawn and not row.link]
    page_plans = PagePlans(selections, view, withdrawn=pages, memo=memo)
    plans, collisions = claim_paths(
        chain(
            feed_plans(selections, publication, fragments, memo),
            page_plans.plans(visible),
            media_plans(visible),
            key_plans(publication),
        )
    )
    placed = place(store, plans, config.held, content, at, keep=keep)
    ended = endings(origins, plans, config.held)
    meta = {"publication": server_settings(publication, selections), **_ended(store.meta("ended"), ended, plans)}
    store.apply(Changes(feeds=list(_feed_rows(selections, remembered, memo)), meta=meta))
    if fragments.problems:
        # What could not be rendered is tried again by the next build, and told again.
        memo.forget()
    problems = [*config.problems, *synced.problems, *strays, *slips, *collisions, *fragments.problems]
    problems += [*placed.problems, *farewells(ended, plans.values()), *shared_links(store.ledger.sharing())]
    return Composed(selections=selections, placed=placed, problems=problems, rendered=fragments.rendered)


def _entry_at_home(store: Store, publication: Publication, id_: str) -> Entry | None:
    entry = store.entry(id_)
    return at_home(entry, publication) if entry else None


def _selected(
    config: Config,
    visible: Sequence[Listing],
    remembered: Mapping[str, FeedRow],
    withdrawn: Mapping[EntryId, Seconds],
    view: EntryView,
    memo: Memo,
) -> tuple[list[Selection], list[Problem]]:
    """Return the documents of all feeds, each with what it shows and what it remembers."""
    publication, now = view.publication, view.now
    selections, problems = select(config.feeds, visible, publication, now=now, known=remembered.keys(), memo=memo)
    selections = with_archives(selections, zone_of(publication.timezone), memo)
    selections = with_memory(selections, remembered, withdrawn, now=now, tombstones=publication.tombstones, memo=memo)
    return selections, problems


def _feed_rows(selections: Iterable[Selection], remembered: Mapping[str, FeedRow], memo: Memo) -> Iterator[FeedRow]:
    """Yield what feeds remember of this edition, where that is not what they remembered before."""
    for selection in selections:
        name = selection.feed.name
        before = remembered.get(name)
        make = partial(feed_row, selection.feed, selection.members, before)
        row = memo.get(("row", name), (selection, before), make)
        if row != before:
            yield row


def _ended(known: str, ended: Mapping[str, Origin], plans: Mapping[DocumentPath, Plan]) -> dict[str, str]:
    """Return what is remembered of what readers cannot poll any more: logs go on telling of it for a while."""
    paths = {*json.loads(known or "[]"), *ended}
    gone = sorted(path for path in paths if path not in plans or plans[path].kind not in POLLED)
    return {"ended": dump(gone)} if gone or known else {}


def server_settings(publication: Publication, selections: Iterable[Selection]) -> str:
    """Return what a server needs to know beside the documents, as JSON; `aliases` lead to the documents they repeat."""
    names = ("feeds_url", "hubs", "max_age", "pages")
    aliases = {
        alias: selection.feed.document_path(FORMATS[FormatName.RSS].filename)
        for selection in selections
        for alias in selection.definition.aliases
        if selection.is_current
    }
    return dump({**{name: getattr(publication, name) for name in names}, "aliases": aliases})
