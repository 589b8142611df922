"""Published feeds put together into what the store would remember of them, and into the store."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sosik.errors import PreviousError
from sosik.model.values import NEVER, Seconds
from sosik.previous.documents import FeedDocuments, feed_head, ledger_rows
from sosik.previous.folder import in_folder
from sosik.previous.web import on_web
from sosik.store import Changes, FeedRow, LedgerRow, Store
from sosik.words import Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Previous:
    """What published feeds tell: entries, feeds, the authority of their ids, and when they were composed (seconds)."""

    rows: tuple[LedgerRow, ...] = ()
    feeds: tuple[FeedRow, ...] = ()
    authority: str = ""
    composed: Seconds = NEVER


def read_previous(where: str, *, pages: str = "/feeds/", names: Mapping[str, str] | None = None) -> Previous:
    """Return what the feeds tell that were published to a folder, or at an http or https address.

    `pages` is the path below which the list of all feeds lies; `names` are the names, by id, of the feeds whose id is
    not made of their name. Raises `PreviousError` when there are no feeds, or when one of them cannot be read.
    """
    if re.match(r"https?://", where, re.IGNORECASE):
        published = list(on_web(where, pages))
    elif re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", where):
        raise PreviousError(Message("previous.address", where=where))
    else:
        published = list(in_folder(Path(where)))
    if not published:
        raise PreviousError(Message("previous.no-feeds", where=where))
    return _put_together(published, names or {})


def _put_together(published: Iterable[FeedDocuments], names: Mapping[str, str]) -> Previous:
    rows: dict[str, LedgerRow] = {}
    feeds: dict[str, FeedRow] = {}
    authority, composed = "", NEVER
    for documents in published:
        members = ledger_rows(documents)
        for row in members:
            if row.id not in rows or not rows[row.id].body:  # a feed of summaries has no texts
                rows[row.id] = row
        head = feed_head(documents)
        name = names.get(head.id, head.name)
        authority, composed = authority or head.authority, max(composed, documents.modified)
        if name:
            if head.is_archive:
                name += f"/archive/{documents.folder.rpartition('/')[2]}"
            feeds[name] = FeedRow(name=name, updated=head.updated, members=json.dumps([row.id for row in members]))
    return Previous(rows=tuple(rows.values()), feeds=tuple(feeds.values()), authority=authority, composed=composed)


def recall(store: Store, previous: Previous, now: Seconds) -> None:
    """Enter into the store what it does not know itself, within the caller's transaction; `now` is in seconds.

    Where readers have seen more than the store knows, it is an old backup: what they have seen is what counts.
    """
    known, feeds = store.ledger.of(row.id for row in previous.rows), store.feeds()
    strange = any(row.id not in known or row.published != known[row.id].published for row in previous.rows)
    if strange or any(feed.name in feeds and feed.updated > feeds[feed.name].updated for feed in previous.feeds):
        store.apply(_what_readers_saw(store, previous, now))
    kept = [(feeds.get(feed.name, feed), feed) for feed in previous.feeds]
    store.apply(
        Changes(
            feeds=[ours._replace(updated=max(ours.updated, feed.updated)) for ours, feed in kept],
            meta={"authority": store.meta("authority") or previous.authority},
        )
    )


def _what_readers_saw(store: Store, previous: Previous, now: Seconds) -> Changes:
    """Return how what was published comes to stand for what the store knows of it, and every document be made anew.

    So that Last-Modified grows; a clock that ran ahead when the files were written is not waited for.
    """
    known, edition = store.ledger.of(row.id for row in previous.rows), store.edition()
    ours = [(known.get(row.id, row), row) for row in previous.rows]
    return Changes(
        ledger=[
            row._replace(source=mine.source, confirmed=mine.confirmed, body=row.body or mine.body) for mine, row in ours
        ],
        # The last good version of what was dated otherwise would bring the old date back.
        entries_gone=[row.id for mine, row in ours if mine.published != row.published],
        documents_gone=list(store.origins()),
        gone_since=now,
        edition=edition._replace(composed=max(edition.composed, min(previous.composed, now))),
    )
