"""What an edition asks of entries without looking at all of them: members of feeds, what falls due, pointers."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sosik.model import DocumentKind, Listing
from sosik.model.values import DocumentPath, EntryId, Seconds
from sosik.store.changes import Changes, ListedRows
from sosik.store.connection import Connection
from sosik.store.known import Known
from sosik.store.records import read_listing
from sosik.store.rows import FamilyRow, FeedRow, MemberRow, PointerRow, columns
from sosik.store.statements import (
    DUE,
    FAMILY,
    LISTED,
    MEDIUM,
    MEMBER,
    MOST_ROWS,
    MOST_SMALL_ROWS,
    POINTER,
    Table,
    Writer,
    batches,
    marks,
)

Key = tuple[str, str]
"""A feed definition, and the value of a family, else empty."""

_AT_ONCE = 2_000
"""Listings that are read together by who goes through all of them."""

_NEVER_OVER = Seconds(1 << 62)
"""A time after those of all entries."""

_COUNTED_ALL = 20
"""Values beyond which one statement that counts all their entries takes less time than one for each."""


def write_membership(connection: Connection, writer: Writer, changes: Changes) -> None:
    """Write what changes of the tables that follow from entries: what goes first, then what comes."""
    if changes.unlisted:
        for table in LISTED:
            connection.execute(f"DELETE FROM {table.name}")
    writer.drop(MEMBER, "feed", changes.members_gone)
    for table, rows in _by_table(changes.listed_gone):
        writer.drop_rows(table, rows)
    for table, rows in _by_table(changes.listed):
        # In the order of their keys, so that neighbours come to lie side by side.
        writer.put(table, sorted(rows), MOST_SMALL_ROWS)
    writer.drop(FAMILY, "feed", changes.families_gone)
    writer.put(FAMILY, changes.families)


def _by_table(rows: ListedRows) -> Iterator[tuple[Table, Collection[tuple[Any, ...]]]]:
    yield from ((MEMBER, rows.members), (DUE, rows.dues), (POINTER, rows.pointers), (MEDIUM, rows.media))


class Membership:
    """The questions to the store behind `connection`. Where `now` (seconds) is given, entries ahead are not seen."""

    def __init__(self, connection: Connection, known: Known) -> None:
        self._connection = connection
        self._known = known

    # --- members of feeds

    def newest(self, key: Key, now: Seconds, most: int) -> list[Listing]:
        """Return the newest entries that a feed is chosen from, newest first; equal instants in the order of ids."""
        return self._members(key, "published <= ? ORDER BY published DESC, entry LIMIT ?", (now, most))

    def between(self, key: Key, start: Seconds, end: Seconds, now: Seconds) -> list[Listing]:
        """Return the entries published from `start` until before `end` that a feed is chosen from, newest first."""
        condition = "published >= ? AND published < ? AND published <= ? ORDER BY published DESC, entry"
        return self._members(key, condition, (start, end, now))

    def changing(self, key: Key, now: Seconds, since: Seconds, until: Seconds) -> list[Listing]:
        """Return the entries that a feed is chosen from and that change by themselves after `since`, until `until`."""
        # In this order, since few change, and a feed may be chosen from all there are.
        query = (
            "SELECT DISTINCT member.entry FROM due CROSS JOIN entry CROSS JOIN member "
            "WHERE at > ? AND at <= ? AND entry.id = due.entry AND feed = ? AND value = ? "
            "AND member.published = entry.published AND member.entry = entry.id AND member.published <= ?"
        )
        return self._in_order(self._connection.execute(query, (since, until, *key, now)))

    def _members(self, key: Key, condition: str, values: tuple[int, ...]) -> list[Listing]:
        query = f"SELECT entry FROM member WHERE feed = ? AND value = ? AND {condition}"
        return self._in_order(self._connection.execute(query, (*key, *values)))

    def _in_order(self, rows: Iterable[tuple[Any, ...]]) -> list[Listing]:
        ids = [EntryId(id_) for (id_,) in rows]
        listings = self.listings(ids)
        return [listings[id_] for id_ in ids if id_ in listings]

    def all_counts(self, feed: str, now: Seconds) -> dict[str, int]:
        """Return of how many entries the feeds of all values of a family are chosen, by value; none are left out."""
        query = "SELECT value, count(*) FROM member WHERE feed = ? AND published <= ? GROUP BY value"
        return dict(self._connection.execute(query, (feed, now)).fetchall())

    def counts(self, feed: str, values: Collection[str], now: Seconds) -> dict[str, int]:
        """Return of how many entries the feeds of some values of a family are chosen, by value; none are left out."""
        counts: dict[str, int] = {}
        for batch in batches(values, MOST_ROWS):
            query = (
                f"SELECT value, count(*) FROM member WHERE feed = ? AND value IN ({marks(len(batch))}) "
                "AND published <= ? GROUP BY value"
            )
            counts |= dict(self._connection.execute(query, (feed, *batch, now)).fetchall())
        return counts

    def having_more(self, feed: str, than: Mapping[str, int], now: Seconds) -> set[str]:
        """Return the values of a family that more entries have than so many; of a few not all of these are counted."""
        if len(than) > _COUNTED_ALL:
            counts = self.counts(feed, than, now)
            return {value for value, count in than.items() if counts.get(value, 0) > count}
        query = "SELECT 1 FROM member WHERE feed = ? AND value = ? AND published <= ? LIMIT ?"
        found = {value: self._connection.execute(query, (feed, value, now, n + 1)) for value, n in than.items()}
        return {value for value, rows in found.items() if len(rows.fetchall()) > than[value]}

    def values(self, feed: str) -> list[str]:
        """Return the values that entries have in a family, in order, without going through the entries."""
        query = (
            "WITH RECURSIVE found (value) AS (SELECT min(value) FROM member WHERE feed = ? UNION ALL SELECT "
            "(SELECT min(value) FROM member WHERE feed = ? AND value > found.value) FROM found "
            "WHERE found.value IS NOT NULL) SELECT value FROM found WHERE value IS NOT NULL"
        )
        return [value for (value,) in self._connection.execute(query, (feed, feed))]

    def count_since(self, key: Key, since: Seconds, now: Seconds) -> int:
        """Return of how many entries a feed is chosen that were published from an instant on."""
        query = "SELECT count(*) FROM member WHERE feed = ? AND value = ? AND published >= ? AND published <= ?"
        count: int = self._connection.execute(query, (*key, since, now)).fetchone()[0]
        return count

    def is_empty(self, feed: str, now: Seconds) -> bool:
        """Tell whether nothing that may be seen is in a feed."""
        query = "SELECT 1 FROM member WHERE feed = ? AND value = '' AND published <= ? LIMIT 1"
        return self._connection.execute(query, (feed, now)).fetchone() is None

    def rows(self) -> set[MemberRow]:
        """Return all of what feeds are chosen from."""
        query = f"SELECT {columns(MemberRow)} FROM member"
        return {MemberRow(*row) for row in self._connection.execute(query)}

    def families(self, feeds: Iterable[str]) -> list[FamilyRow]:
        """Return the values of families that have entries enough, in order."""
        asked, known = sorted({*feeds}), self._known.families
        lacking = [feed for feed in asked if feed not in known]
        known |= {feed: [] for feed in lacking}
        for row in self._where_in(f"SELECT {columns(FamilyRow)} FROM family WHERE feed IN", lacking):
            known[row[0]].append(FamilyRow(*row))
        for feed in lacking:
            known[feed].sort()
        return [row for feed in asked for row in known[feed]]

    def without_feeds(self, feeds: Iterable[str]) -> list[FamilyRow]:
        """Return the values of families that have entries enough and no feed of their own, in order."""
        return [row for row in self.families(feeds) if row.owner != row.value]

    def families_known(self) -> list[str]:
        """Return the definitions of families that have values."""
        return [feed for (feed,) in self._connection.execute("SELECT DISTINCT feed FROM family")]

    # --- what feeds remember

    def feeds(self, names: Iterable[str]) -> dict[str, FeedRow]:
        """Return what some feeds remember, by name."""
        rows = self._where_in(f"SELECT {columns(FeedRow)} FROM feed WHERE name IN", names)
        return {row[0]: FeedRow(*row) for row in rows}

    def feeds_offered(self) -> list[str]:
        """Return the names of the feeds that people can subscribe to."""
        query = "SELECT DISTINCT feed FROM document WHERE kind = ? AND feed <> ''"
        return [name for (name,) in self._connection.execute(query, (DocumentKind.FEED,))]

    def feeds_telling_until(self, now: Seconds) -> list[str]:
        """Return the names of the feeds that need not tell any more of something that was taken back."""
        return [name for (name,) in self._connection.execute("SELECT name FROM feed WHERE due <= ?", (now,))]

    def feeds_having_shown(self, ids: Collection[EntryId]) -> list[str]:
        """Return the names of the feeds that show one of some entries, or remember to have shown it."""
        rows = self._connection.execute("SELECT name, members, past FROM feed") if ids else ()
        # Ids as they stand in the list, without reading it.
        written = [_in_a_list(id_) for id_ in ids]
        return [name for name, members, past in rows if any(id_ in members or id_ in past for id_ in written)]

    # --- instants

    def next_due(self, now: Seconds, lasts: Seconds) -> Seconds | None:
        """Return the first instant after `now` at which an entry changes by itself, or a feed what it tells, or None.

        An entry appears when it is published, and has its last change `lasts` seconds later.
        """
        queries: Sequence[tuple[str, tuple[int, ...]]] = (
            ("SELECT min(at) FROM due WHERE at > ?", (now,)),
            ("SELECT min(published) FROM entry WHERE published > ?", (now,)),
            ("SELECT min(published) + ? FROM entry WHERE published > ?", (lasts, now - lasts)),
            ("SELECT min(due) FROM feed WHERE due > ?", (now,)),
        )
        found = (self._connection.execute(query, values).fetchone()[0] for query, values in queries)
        return min((Seconds(at) for at in found if at is not None), default=None)

    def fell_due(self, since: Seconds, now: Seconds) -> set[EntryId]:
        """Return the entries that changed by themselves after `since`, until `now`, or were published."""
        queries = (
            "SELECT entry FROM due WHERE at > ? AND at <= ?",
            "SELECT id FROM entry WHERE published > ? AND published <= ?",
        )
        return {EntryId(id_) for query in queries for (id_,) in self._connection.execute(query, (since, now))}

    def ahead(self, now: Seconds) -> dict[EntryId, Seconds]:
        """Return when the entries appear that are still to come, the next first."""
        query = "SELECT id, published FROM entry WHERE published > ? ORDER BY published, id"
        return {EntryId(id_): Seconds(at) for id_, at in self._connection.execute(query, (now,))}

    def newest_published(self, now: Seconds) -> Seconds | None:
        """Return when the newest entry was published that may be seen; None where there is none."""
        at = self._connection.execute("SELECT max(published) FROM entry WHERE published <= ?", (now,)).fetchone()[0]
        return None if at is None else Seconds(at)

    # --- entries

    def all_listings(self) -> Iterator[Listing]:
        """Yield the listing of every entry, newest first; equal instants in the order of their ids."""
        return self.visible(_NEVER_OVER)

    def visible(self, now: Seconds) -> Iterator[Listing]:
        """Yield the same of the entries that may be seen: a few at a time, whatever the database holds back.

        Meanwhile the caller may write, but no entries.
        """
        query = (
            "SELECT published, id, listing FROM entry WHERE published <= ? AND (published < ? OR id > ?) "
            "ORDER BY published DESC, id LIMIT ?"
        )
        at, last = now, ""
        is_over = False
        while not is_over:
            rows = self._connection.execute(query, (at, at, last, _AT_ONCE)).fetchall()
            is_over = len(rows) < _AT_ONCE
            if rows:
                at, last, _ = rows[-1]
            yield from (read_listing(record) for _, _, record in rows)

    def listings(self, ids: Iterable[EntryId]) -> dict[EntryId, Listing]:
        """Return the listings of entries, by id."""
        listings, lacking = self._known.listings.among(ids)
        for batch in batches(lacking, MOST_ROWS):
            query = f"SELECT listing FROM entry WHERE id IN ({marks(len(batch))})"
            read = map(read_listing, (record for (record,) in self._connection.execute(query, batch)))
            found = {listing.id: listing for listing in read}
            self._known.listings.keep(found)
            listings |= found
        return listings

    def latest(self, now: Seconds, most: int) -> list[Listing]:
        """Return the listings of the newest entries, newest first."""
        query = "SELECT listing FROM entry WHERE published <= ? ORDER BY published DESC LIMIT ?"
        return [read_listing(record) for (record,) in self._connection.execute(query, (now, most))]

    def published_since(self, since: Seconds, now: Seconds) -> list[Listing]:
        """Return the listings of what was published after `since`, until `now`, newest first."""
        query = "SELECT listing FROM entry WHERE published > ? AND published <= ? ORDER BY published DESC, id"
        return [read_listing(record) for (record,) in self._connection.execute(query, (since, now))]

    def taken_back(self, ids: Iterable[EntryId] | None = None) -> dict[EntryId, tuple[Seconds, bool]]:
        """Return which entries were taken back, all or of some: when (seconds), and whether they had a page of ours."""
        query = "SELECT id, withdrawn, link, page FROM ledger WHERE withdrawn IS NOT NULL"
        # Of what was taken back there is no listing.
        asked = self._known.listings.among(ids)[1] if ids is not None else None
        rows = self._connection.execute(query) if asked is None else self._where_in(f"{query} AND id IN", asked)
        return {EntryId(id_): (Seconds(at), not link or bool(page)) for id_, at, link, page in rows}

    def pages_before(self, ids: Iterable[EntryId] | None = None) -> set[EntryId]:
        """Return which entries, all or of some, have a link of their own, and had a page of ours before that."""
        query = "SELECT id FROM ledger WHERE page <> '' AND link <> '' AND withdrawn IS NULL"
        rows = self._connection.execute(query) if ids is None else self._where_in(f"{query} AND id IN", ids)
        return {EntryId(id_) for (id_,) in rows}

    def links(self, ids: Iterable[str]) -> dict[EntryId, str]:
        """Return the links of entries that were ever published, by id; empty where sosik makes the page."""
        return {EntryId(id_): link for id_, link in self._where_in("SELECT id, link FROM ledger WHERE id IN", ids)}

    # --- pointers

    def pointers_of(self, ids: Iterable[EntryId]) -> frozenset[PointerRow]:
        """Return by which names some entries point to others."""
        rows = self._where_in(f"SELECT {columns(PointerRow)} FROM pointer WHERE entry IN", ids)
        return frozenset(PointerRow(name, EntryId(id_)) for name, id_ in rows)

    def pointing(self, names: Iterable[str]) -> set[EntryId]:
        """Return the entries that may point to something by one of some names."""
        return {EntryId(id_) for (id_,) in self._where_in("SELECT entry FROM pointer WHERE name IN", names)}

    def named(self, names: Collection[str]) -> dict[str, EntryId]:
        """Return the entries that some names are of, by name: ids, and files below content/."""
        by_id = self._where_in("SELECT id, published, id FROM entry WHERE id IN", names)
        by_file = self._where_in("SELECT source, published, id FROM entry WHERE source IN", names)
        # Of two with one file it is the older one that is meant.
        rows = sorted((*by_file, *by_id), key=lambda row: (-row[1], row[2]))
        return {name: EntryId(id_) for name, _, id_ in rows}

    def visible_media(self, paths: Iterable[DocumentPath], now: Seconds) -> set[DocumentPath]:
        """Return which pictures entries have that may be seen."""
        query = "SELECT path FROM medium JOIN entry ON entry.id = medium.entry WHERE published <= ? AND path IN"
        return {DocumentPath(path) for (path,) in self._where_in(query, paths, now)}

    def living(self, ids: Iterable[EntryId], now: Seconds) -> set[EntryId]:
        """Return which of some entries are up."""
        query = "SELECT id FROM entry WHERE published <= ? AND id IN"
        return {EntryId(id_) for (id_,) in self._where_in(query, ids, now)}

    # --- paths

    def taken(self, paths: Iterable[str]) -> set[str]:
        """Return which of some paths have a document."""
        return {path for (path,) in self._where_in("SELECT path FROM document WHERE path IN", paths)}

    def has_below(self, path: str) -> bool:
        """Tell whether a document stands below a path, as in a folder."""
        # "0" is what comes after "/".
        query = "SELECT 1 FROM document WHERE path >= ? AND path < ? LIMIT 1"
        return self._connection.execute(query, (f"{path}/", f"{path}0")).fetchone() is not None

    def _where_in(self, query: str, values: Iterable[str], *before: object) -> Iterator[tuple[Any, ...]]:
        for batch in batches(values, MOST_ROWS):
            yield from self._connection.execute(f"{query} ({marks(len(batch))})", (*before, *batch))


def _in_a_list(id_: EntryId) -> str:
    return json.dumps(id_)
