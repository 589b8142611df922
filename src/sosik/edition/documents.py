"""An edition composed: plans become documents, and feeds remember what they showed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from sosik.edition.memo import NO_MEMO, Memo
from sosik.edition.plans import Plan
from sosik.edition.selection import Selection
from sosik.errors import EditionRefusedError, Location, Problem
from sosik.model import Feed, Listing, Tombstone
from sosik.model.instants import instant
from sosik.store.rows import DocumentRow, FeedRow

PAST = 300
"""How many ids a feed remembers of those that it does not show any more."""

TOMBSTONE_STAYS = 30 * 24 * 3600
"""Seconds for which a feed tells that an entry was taken back."""


def with_memory(
    selections: Iterable[Selection],
    remembered: Mapping[str, FeedRow],
    withdrawn: Mapping[str, int],
    *,
    now: int,
    tombstones: bool = False,
    memo: Memo = NO_MEMO,
) -> list[Selection]:
    """Return the selections with each feed's `updated`: the newest change of any entry it ever selected.

    `remembered` is what feeds knew at the edition before, `withdrawn` maps withdrawn ids to the instant of it; `now`
    and all instants are in seconds. So a feed's `updated` never goes back, and moves when one of its entries is taken
    away; with `tombstones` the current feed tells which that was.
    """
    found = []
    for selection in selections:
        row = remembered.get(selection.feed.name)
        make = partial(_remembering, selection, row, withdrawn, now=now, tombstones=tombstones)
        found.append(memo.get(("updated", selection.feed.name), (selection, row), make))
    return found


def _remembering(
    selection: Selection, row: FeedRow | None, withdrawn: Mapping[str, int], *, now: int, tombstones: bool
) -> Selection:
    instants = [_changed(listing, now) for listing in selection.members]
    graves: tuple[Tombstone, ...] = ()
    if row is not None:
        instants += [row.updated, *(withdrawn[id_] for id_ in row.shown if id_ in withdrawn)]
        graves = _tombstones(row, withdrawn, now) if tombstones and selection.is_current else ()
    instants += [int(grave.when.timestamp()) for grave in graves]
    newest = instant(max(instants)) if instants else selection.feed.updated
    return replace(selection, feed=replace(selection.feed, updated=newest, tombstones=graves))


def _tombstones(row: FeedRow, withdrawn: Mapping[str, int], now: int) -> tuple[Tombstone, ...]:
    """Return what a feed once showed and was lately taken back, the last first."""
    ids = {*row.shown, *json.loads(row.past)}.intersection(withdrawn)
    lately = (Tombstone(id_, instant(withdrawn[id_])) for id_ in ids if withdrawn[id_] + TOMBSTONE_STAYS > now)
    return tuple(sorted(lately, key=lambda grave: (-grave.when.timestamp(), grave.id)))


def tombstones_due(selections: Iterable[Selection]) -> int | None:
    """Return the next instant (seconds) at which a feed need not tell any more what was taken back, or None."""
    whens = (int(grave.when.timestamp()) for selection in selections for grave in selection.feed.tombstones)
    return min((when + TOMBSTONE_STAYS for when in whens), default=None)


def _changed(listing: Listing, now: int) -> int:
    """Return the newest significant change that is not ahead of `now`."""
    return max((at for at in listing.due if at <= now), default=listing.published)


def feed_row(feed: Feed, members: Sequence[Listing], before: FeedRow | None) -> FeedRow:
    """Return what a feed remembers of this edition; `before` is what it remembered so far."""
    ids = [listing.id for listing in members]
    past: list[str] = [] if before is None else [*before.shown, *json.loads(before.past)]
    here = set(ids)
    kept = [id_ for id_ in dict.fromkeys(past) if id_ not in here]
    return FeedRow(
        name=feed.name,
        updated=int(feed.updated.timestamp()),
        members=json.dumps(ids),
        past=json.dumps(kept[:PAST]),
    )


def compose(plan: Plan, before: DocumentRow | None, at: datetime) -> DocumentRow:
    """Return the document of a plan; `before` is the path's document so far, `at` the instant of this edition.

    Last-Modified moves exactly when the bytes (or their media type) do. Raises `EditionRefusedError` for a document
    that its own format could not read.
    """
    body = plan.make() if plan.make else b""
    if plan.make:
        _refuse_ill_formed(plan, body)
    tag = plan.blob[:32] if plan.blob else sha256(body).hexdigest()[:32]
    same = before is not None and (before.etag, before.media_type, before.status) == (
        tag,
        plan.media_type,
        plan.status,
    )
    return DocumentRow(
        path=plan.path,
        media_type=plan.media_type,
        etag=tag,
        last_modified=before.last_modified if before is not None and same else int(at.timestamp()),
        length=plan.length if plan.blob else len(body),
        blob=plan.blob,
        inputs=plan.inputs,
        owner=plan.owner,
        body=body,
        status=plan.status,
    )


def _refuse_ill_formed(plan: Plan, body: bytes) -> None:
    try:
        if "json" in plan.media_type:
            json.loads(body)
        elif "xml" in plan.media_type:
            _parse_xml(body)
    except ValueError as error:
        problem = Problem(
            code="document-invalid",
            message=f"{plan.path} would not be well-formed ({error}); nothing was changed",
            location=Location(file=f"feeds/{plan.owner}.yaml" if plan.owner else "feeds"),
        )
        raise EditionRefusedError([problem]) from error


def _parse_xml(body: bytes) -> None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
