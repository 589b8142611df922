"""Builds the store from published feeds."""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from sosik.errors import PreviousError
from sosik.model import FILENAMES, Content, DocumentKind, FormatName
from sosik.model.publication import PAGES
from sosik.model.values import NEVER, NO_DIGEST, DocumentPath, Seconds
from sosik.previous.described import META as DESCRIBED
from sosik.previous.described import Described, described
from sosik.previous.documents import FeedDocuments, FeedHead, feed_head, json_feed, ledger_rows
from sosik.previous.folder import in_folder, memory_in_folder
from sosik.previous.memory import Memory
from sosik.store import Changes, DocumentRow, FeedRow, LedgerRow, Store
from sosik.words import Message

Types = Mapping[FormatName, str]
"""The media types of the formats."""


class Previous(Struct, frozen=True, kw_only=True):
    """What published feeds tell: entries, feeds, the authority of their ids, and when they were composed (seconds).

    `documents` are those that were read, without their bytes, `described` what their feeds are, by name. `memory` is
    all of it and more, where that was published beside them.
    """

    rows: tuple[LedgerRow, ...] = ()
    feeds: tuple[FeedRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    authority: str = ""
    composed: Seconds = NEVER
    described: tuple[tuple[str, Described], ...] = ()
    memory: Memory | None = None


NOTHING = Previous()
"""What is told where nothing was published yet."""


def read_previous(
    where: str,
    *,
    pages: str = PAGES,
    names: Mapping[str, str] | None = None,
    types: Types | None = None,
    or_new: bool = False,
) -> Previous:
    """Return what was published to a folder, or at an http or https address.

    `pages` is the path below which the list of all feeds lies; `names` are the names, by id, of the feeds whose id is
    not made of their name; `types` are the media types of the formats. Raises `PreviousError` when one of the documents
    cannot be read, and where there are none, unless that may be a publication that is `or_new`.
    """
    is_web = re.match(r"https?://", where, re.IGNORECASE) is not None
    if not is_web and re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", where):
        raise PreviousError(Message("previous.address", where=where))
    folder = Path(where)
    if or_new and not is_web and not folder.exists():
        return NOTHING
    # Only who asks the network needs what does that.
    from sosik.previous.web import memory_on_web, on_web

    memory = memory_on_web(where, pages) if is_web else memory_in_folder(folder, pages)
    if memory is not None:
        return Previous(
            rows=memory.rows,
            feeds=memory.feeds,
            documents=memory.documents,
            authority=dict(memory.meta).get("authority", ""),
            composed=memory.edition.composed,
            memory=memory,
        )
    published = list(on_web(where, pages) if is_web else in_folder(folder))
    if not published and not or_new:
        raise PreviousError(Message("previous.no-feeds", where=where))
    return _put_together(published, names or {}, types or {})


def _put_together(published: Iterable[FeedDocuments], names: Mapping[str, str], types: Types) -> Previous:
    rows: dict[str, LedgerRow] = {}
    feeds: dict[str, FeedRow] = {}
    documents: list[DocumentRow] = []
    said: dict[str, Described] = {}
    authority, composed = "", NEVER
    for found in published:
        members = ledger_rows(found)
        for row in members:
            if row.id not in rows or not rows[row.id].body:  # a feed of summaries has no texts
                rows[row.id] = row
        head = feed_head(found)
        name = names.get(head.id, head.name)
        authority, composed = authority or head.authority, max(composed, found.modified)
        if name:
            owner = name.partition("/")[0]
            if head.is_archive:
                name += f"/archive/{found.folder.rpartition('/')[2]}"
            items = json_feed(found)["items"]
            has_texts = not items or any("content_html" in item for item in items)
            feeds[name] = FeedRow(
                name=name,
                updated=head.updated,
                members=json.dumps([row.id for row in members]),
                content=Content.FULL if has_texts else Content.SUMMARY,
            )
            said.setdefault(name.partition("/archive/")[0] if head.is_archive else name, _said(found))
            documents += _documents(found, head, name, owner, types)
    return Previous(
        rows=tuple(rows.values()),
        feeds=tuple(_with_labels(feeds)),
        documents=tuple(documents),
        authority=authority,
        composed=composed,
        described=tuple(said.items()),
    )


def _said(found: FeedDocuments) -> Described:
    form = FormatName.ATOM if found.atom else FormatName.JSON
    return described(form, found.atom or found.json, found.place)


def _with_labels(feeds: Mapping[str, FeedRow]) -> Iterable[FeedRow]:
    """Yield the feeds, each with the labels of the archive that was found."""
    labels: dict[str, list[str]] = {}
    for name in feeds:
        base, mark, label = name.rpartition("/archive/")
        if mark and base in feeds:
            labels.setdefault(base, []).append(label)
    for name, row in feeds.items():
        found = sorted(labels.get(name, ()), key=lambda label: tuple(map(int, re.findall(r"[0-9]+", label))))
        yield row._replace(labels=json.dumps(found))


def _documents(found: FeedDocuments, head: FeedHead, name: str, owner: str, types: Types) -> Iterable[DocumentRow]:
    """Yield the documents of one feed by their tags and times."""
    bodies = {FormatName.RSS: found.rss, FormatName.ATOM: found.atom, FormatName.JSON: found.json}
    for form, body in bodies.items():
        if body and form in types:
            yield DocumentRow(
                path=DocumentPath(f"/{found.folder}/{FILENAMES[form]}" if found.folder else f"/{FILENAMES[form]}"),
                kind=DocumentKind.ARCHIVE if head.is_archive else DocumentKind.FEED,
                media_type=types[form],
                etag=sha256(body).hexdigest()[:32],
                last_modified=found.modified,
                length=len(body),
                blob="",
                inputs=NO_DIGEST,
                owner=owner,
                feed=name,
                format=form,
            )


def recall(store: Store, previous: Previous, now: Seconds) -> None:
    """Enter into the store what it does not know itself, within the caller's transaction; `now` is in seconds.

    Where readers have seen more than the store knows, it is an old backup: what they have seen is what counts.
    """
    if previous.memory is not None:
        if store.edition().composed < previous.composed:
            store.apply(_as_remembered(store, previous.memory, now))
        return
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
        documents=previous.documents,
        meta={DESCRIBED: json.dumps(dict(previous.described), ensure_ascii=False)},
        edition=edition._replace(composed=max(edition.composed, min(previous.composed, now))),
    )


def _as_remembered(store: Store, memory: Memory, now: Seconds) -> Changes:
    """Return how what was published comes to stand for what the store knows, and every document be made anew.

    Each keeps its tag and its time, so that nobody is told of what is as it was.
    """
    known, feeds = store.ledger.of(row.id for row in memory.rows), store.feeds()
    documents = {row.path for row in memory.documents}
    number = max(store.edition().number, memory.edition.number)
    return Changes(
        ledger=[_merged(known.get(row.id), row) for row in memory.rows],
        entries_gone=[
            row.id for row in memory.rows if row.withdrawn or known.get(row.id, row).published != row.published
        ],
        feeds=[row._replace(updated=max(row.updated, feeds.get(row.name, row).updated)) for row in memory.feeds],
        documents_gone=[path for path in store.origins() if path not in documents],
        gone_since=now,
        documents=memory.documents,
        gone=memory.gone,
        meta={name: value for name, value in memory.meta if value},
        edition=memory.edition._replace(number=number),
    )


def _merged(mine: LedgerRow | None, row: LedgerRow) -> LedgerRow:
    """Return an entry as it was published, with what only the store knows of it."""
    if mine is None:
        return row
    if row.withdrawn is not None:
        return mine._replace(withdrawn=row.withdrawn)
    return row._replace(source=mine.source)
