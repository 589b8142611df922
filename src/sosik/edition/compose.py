"""Composes one edition: chooses, plans and places, in this order.

The work depends on the changes since the previous edition. Everything is compared if the inputs of the comparison
differ, or if the previous edition could not carry out all of its plans.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sosik.config import Config
from sosik.edition.choice import choose_all, choose_touched, offered
from sosik.edition.clock import CLOCK_KEPT
from sosik.edition.copies import Copies, look_at_copies
from sosik.edition.endings import endings, not_retired, undefined
from sosik.edition.kept import META as KEPT
from sosik.edition.kept import NOTHING, Kept, document_path, written_kept
from sosik.edition.listed import list_entries
from sosik.edition.memory import ended, feed_rows
from sosik.edition.place import Placed, place
from sosik.edition.planned import Planned, may_collide, planned
from sosik.edition.replaced import next_over, replacements, written_replaced
from sosik.edition.similar import similar
from sosik.edition.terms import Terms
from sosik.edition.touched import Last, read_last, touched, written_last
from sosik.edition.unshown import News, news_of, overfull, told_unshown
from sosik.errors import Problem
from sosik.ledger.clashes import shared_links
from sosik.ledger.sync import Synced
from sosik.model import POLLED, DocumentKind, FeedDefinition, Publication
from sosik.model.digests import digest_of, dump
from sosik.model.feed import alias_format
from sosik.model.values import DocumentPath, Seconds
from sosik.pool.helping import NOBODY, Helpers
from sosik.previous.described import META as DESCRIBED
from sosik.store import Changes, Store
from sosik.version import made_by

MOST_CHANGED = 20_000
"""Entries that may change for only what they touch to be looked at: their listings lie in memory then."""


class Composed(Struct, frozen=True, kw_only=True):
    """An edition as it stands in the store: how many documents are new, changed, unchanged or removed, all problems.

    `topics` are the paths of the feeds whose bytes changed; `unshown` new entries stand in no feed's current document.
    `next_over` is when a picture that nothing shows any more goes (seconds), or None. `may_sweep`: there may be
    published copies of pictures that nothing needs any more.
    """

    counts: Counter[str]
    topics: Sequence[DocumentPath]
    problems: Sequence[Problem]
    rendered: int
    unshown: int
    next_over: Seconds | None
    may_sweep: bool


def compose_edition(
    store: Store,
    config: Config,
    publication: Publication,
    synced: Synced,
    content: Path,
    *,
    now: Seconds,
    at: Seconds,
    keep: bool,
    trusting: bool = False,
    helpers: Helpers = NOBODY,
) -> Composed:
    """Bring the documents of an edition into the store, within the caller's transaction.

    Entries are seen as at `now`; `at` is the instant of the edition. With `keep` false no picture is copied; one that
    is `trusting` does not look at the copies. Where there is much to render, `helpers` share it. Raises
    `EditionRefusedError` for a document that is not well-formed.
    """
    terms = Terms(publication=publication, definitions=config.feeds, now=now)
    last, copies = read_last(store), look_at_copies(store, trusting=trusting)
    basis = digest_of(made_by("edition"), publication, config.feeds, config.held)
    goes_on = last.basis == basis and not last.again and last.now <= now and not copies.changed
    goes_on = goes_on and len(synced.changed) <= MOST_CHANGED
    planned = _planned(store, terms, synced, last, helpers, goes_on=goes_on)
    placed = place(
        store,
        planned.plans,
        planned.before,
        planned.gone,
        planned.fragments.made,
        content,
        at,
        copies,
        keep=keep,
        helpers=helpers,
    )
    standing = (planned.before[path].inputs for path in planned.replaced if path in planned.before)
    unlike = [*placed.unlike, *copies.lost_among(store, standing)]
    following = _following(planned, unlike, basis, now)
    _remember(store, terms, planned, last if _is_as(last, following, placed) else following, copies)
    news = news_of(store, terms, synced.outcomes)
    # Nobody has subscribed yet to a first edition: what stands in no feed then is an archive, and every name is new.
    told_new = [*told_unshown(terms, news), *similar(store, terms, synced.changed)] if store.edition().number else ()
    problems = [*config.problems, *synced.problems, *planned.problems, *unlike, *placed.problems, *told_new]
    return Composed(
        counts=_counts(placed, store.count()),
        topics=placed.topics,
        problems=[*problems, *_of_feeds(store, terms, planned, news, config.held)],
        rendered=planned.fragments.rendered,
        unshown=news.missed,
        next_over=next_over(planned.replaced),
        may_sweep=bool(copies.changed) or any(planned.before[path].kind is DocumentKind.MEDIA for path in planned.gone),
    )


def _following(planned: Planned, unlike: Collection[Problem], basis: str, now: Seconds) -> Last:
    """Return what the next edition goes on from; it looks at everything again where this one could not do all."""
    return Last(
        basis=basis,
        now=now,
        groups=planned.offer.digest,
        told=sorted(planned.told),
        folders=planned.folders,
        again=bool(planned.collisions or planned.fragments.problems or unlike),
    )


def _is_as(last: Last, following: Last, placed: Placed) -> bool:
    """Tell whether an edition is as the last was, a while ago at most: what falls due is looked for since that, then.

    So a build that changes nothing writes nothing.
    """
    is_unchanged = not (placed.counts["new"] or placed.counts["changed"] or placed.counts["removed"])
    is_soon = last.now <= following.now < last.now + CLOCK_KEPT
    return is_unchanged and is_soon and replace(following, now=last.now) == last


def _remember(store: Store, terms: Terms, planned: Planned, following: Last, copies: Copies) -> None:
    """Write down what the next edition goes on from."""
    choice = planned.choice
    rows = [*feed_rows(choice.selections, choice.remembered), *ended(choice.remembered[name] for name in choice.over)]
    meta = {**written_last(following), **_ended(store, endings(planned.before, planned.gone))}
    meta |= {**copies.following(store), **written_replaced(store, planned.replaced)}
    if store.meta(DESCRIBED):
        meta[DESCRIBED] = ""
    if choice.kept or store.meta(KEPT):
        meta |= written_kept(choice.kept)
    if choice.has_other_feeds:
        meta["publication"] = server_settings(store, terms, choice.kept)
    store.apply(Changes(feeds=rows, meta=meta))


def _of_feeds(store: Store, terms: Terms, planned: Planned, news: News, held: Collection[str]) -> list[Problem]:
    """Return what is to be told of feeds: no room for what they promise, no definition, a link of two entries."""
    choice = planned.choice
    return [
        *overfull(choice.selections, planned.plans.values(), planned.before, choice.remembered, news),
        *undefined(store, terms, choice.kept, held),
        *not_retired(store, terms.publication.retire),
        *shared_links(store.ledger.of(store.watched.sharing()).values()),
    ]


def _planned(store: Store, terms: Terms, synced: Synced, last: Last, helpers: Helpers, *, goes_on: bool) -> Planned:
    """Return what is to be done, of what was touched where this edition `goes_on` from the last one, else of all."""
    pointed = store.membership.pointers_of(synced.changed)
    list_entries(store, terms.definitions, synced.changed)
    replaced = replacements(store, terms, synced.changed)
    if goes_on:
        found = touched(store, terms.publication, synced, pointed, since=last.now, now=terms.now)
        choice = choose_touched(store, terms, found, last.now)
        told = {*found.entries, *last.told}
        some = (
            None
            if choice is None
            else planned(
                store,
                terms,
                choice,
                replaced,
                told=told,
                groups=last.groups,
                folders=last.folders,
                helpers=helpers,
            )
        )
        if some is not None and not may_collide(store, some):
            return some
    return planned(store, terms, choose_all(store, terms), replaced, helpers=helpers)


def _counts(placed: Placed, there: int) -> Counter[str]:
    """Return what became of documents; those that are `there` and were not touched are as they were."""
    new, changed = placed.counts["new"], placed.counts["changed"]
    return Counter(new=new, changed=changed, unchanged=there - new - changed, removed=placed.counts["removed"])


def _ended(store: Store, over: Collection[str]) -> dict[str, str]:
    """Return what is remembered of what readers cannot poll any more: logs go on telling of it for a while."""
    known = store.meta("ended")
    paths = {*json.loads(known or "[]"), *over}
    there = store.origins(paths)
    gone = sorted(path for path in paths if path not in there or there[path].kind not in POLLED)
    return {"ended": dump(gone)} if gone or known else {}


def server_settings(store: Store, terms: Terms, kept: Mapping[str, Kept]) -> str:
    """Return what a server needs to know beside the documents, as JSON; `aliases` lead to the documents they repeat."""
    names = ("feeds_url", "hubs", "max_age", "pages")
    given: Mapping[str, FeedDefinition] = {one.name: one for one in terms.definitions}
    aliases: dict[str, str] = {}
    if any(one.aliases for one in given.values()) or kept:
        feeds = [(feed, given[feed.definition].aliases) for feed in offered(store, terms)]
        for feed, old in [*feeds, *((one.feed, ()) for one in kept.values() if one.feed is not None)]:
            goes_on = kept.get(feed.name, NOTHING)
            made = (*feed.formats, *goes_on.formats)
            formats = {**goes_on.aliases, **{DocumentPath(alias): alias_format(alias, made) for alias in old}}
            aliases |= {alias: document_path(feed.path, name) for alias, name in formats.items()}
    return dump({**{name: getattr(terms.publication, name) for name in names}, "aliases": aliases})
