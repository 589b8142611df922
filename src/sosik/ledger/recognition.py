"""Recognises the published article in a file, independent of its id. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from sosik.errors import Location
from sosik.model import Edit, Entry, Listing
from sosik.model.instants import seconds
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import entry_key
from sosik.normalize.similarity import body_digest
from sosik.store.rows import LedgerRow, Marks

if TYPE_CHECKING:
    from sosik.normalize.embargo import Embargo

LARGE_EDIT = 0.5
"""The share of an article's text that may change before it looks like another article."""

SHORT = 60
"""Characters of a body's HTML below which texts are alike by chance: a notice, a caption."""


class Arrival(Struct, frozen=True, kw_only=True):
    """An entry as read now, with what it is recognised by. Instants are seconds since 1970-01-01 UTC.

    `body` is the digest of its text alone, `length` the characters of its HTML. `written` is what stands in its file,
    whatever is made of it, as `sosik.ledger.written` keeps it; empty where the file was not read. `same_as` is the
    path at which its file had the same bytes when it was accepted last, empty where it had others; `same_pictures`
    tells whether it had the same pictures, too. `held_for` is the published id that its file was held back for at the
    build before. It names an `embargo` that it does not keep. It `is_of_a_day` where its publication names today, and
    no time. It `lacks_body` where somebody has yet to write it, and `lacks_a_picture` where its file names one that
    is not there. `names` are what its file calls the keys of which the ledger speaks, where it calls them otherwise:
    JSON, for short.
    """

    id: EntryId
    source: str
    pinned: bool
    title: str
    link: str
    has_page: bool
    body: str
    length: int
    published: Seconds
    confirmed: bool
    updated: Seconds | None
    corrected: Seconds | None
    edited: Seconds | None
    digest: str
    written: str = ""
    same_as: str = ""
    same_pictures: bool = False
    held_for: EntryId | None = None
    embargo: "Embargo | None" = None
    is_of_a_day: bool = False
    lacks_body: bool = False
    lacks_a_picture: bool = False
    names: str = ""

    @property
    def location(self) -> Location:
        """The file the entry was read from."""
        return Location(file=f"content/{self.source}")


def arrival_of(entry: Entry, listing: Listing, seen: Entry, **known: Any) -> Arrival:
    """Return an entry as the ledger compares it; `seen` is it as of now, when edits stamped ahead do not count yet.

    What else is `known` of it are the fields of `Arrival` by their names, from `written` on.
    """
    return Arrival(
        id=entry.id,
        source=entry.source,
        pinned=entry.pinned,
        title=entry.title,
        link=entry.link,
        has_page=entry.has_page,
        body=body_digest(entry.body) if entry.body else "",
        length=len(entry.body),
        published=listing.published,
        confirmed="published" not in entry.unconfirmed,
        updated=seconds(seen.updated) if seen.updated else None,
        corrected=_latest(seen.corrections),
        edited=_latest(seen.edits),
        digest=listing.digest,
        **known,
    )


def _latest(edits: Collection[Edit]) -> Seconds | None:
    return max([seconds(edit.at) for edit in edits]) if edits else None


class Recognition:
    """What was published, looked up by what an article is recognised by.

    `others` are the ids of the files that are not among the `arrivals`: an article whose id no file has any more, or
    only one that says something else, was renamed, or is gone. `changed_share` tells which share of an arrival's text
    (0 to 1) differs from the last good version of its id.
    """

    def __init__(
        self,
        ledger: Mapping[EntryId, LedgerRow],
        arrivals: Iterable[Arrival],
        others: Iterable[str],
        changed_share: Callable[[Arrival], float],
    ) -> None:
        self._ledger = ledger
        self._changed_share = changed_share
        self._here = {*others, *(arrival.id for arrival in arrivals if self._is_at_home(arrival))}

    def _is_at_home(self, arrival: Arrival) -> bool:
        """Whether an arrival is what was published under its id, or may be."""
        row = self._ledger.get(arrival.id)
        if row is None or _likeness(arrival, row) >= _Likeness.TEXT:
            return True
        if any(_likeness(arrival, other) is _Likeness.SURE for other in self._alike(arrival) if other is not row):
            return False
        return any(_shared(arrival, row)) and self._changed_share(arrival) <= LARGE_EDIT

    def meant(self, arrival: Arrival) -> list[LedgerRow]:
        """Return what was published under other ids and is the article of an arrival; nothing if its id is right."""
        row = self._ledger.get(arrival.id)
        if row is not None and _likeness(arrival, row) >= _Likeness.TEXT:
            return []
        alike = [(_likeness(arrival, other), other) for other in self._alike(arrival) if other.id != arrival.id]
        if row is not None:
            sure = [other for likeness, other in alike if likeness is _Likeness.SURE]
            return sure if sure or self._changed_share(arrival) <= LARGE_EDIT else self._edited(arrival)
        lost = [(likeness, other) for likeness, other in alike if likeness and other.id not in self._here]
        best = max((likeness for likeness, _ in lost), default=_Likeness.NONE)
        likely = [other for likeness, other in lost if likeness is best]
        if best is _Likeness.FILE:  # what its text says comes first, though another file may have that id for now
            likely = [other for likeness, other in alike if likeness is _Likeness.SURE] + likely
        return likely or self._edited(arrival)

    def left_behind(self, arrival: Arrival) -> list[LedgerRow]:
        """Return what an arrival surely is that has no file any more, whatever id the arrival now claims."""
        own = self._ledger.get(arrival.id)
        if own is not None and _likeness(arrival, own) >= _Likeness.TEXT:
            return []
        lost = (other for other in self._alike(arrival) if other.id not in self._here)
        return [other for other in lost if _likeness(arrival, other) is _Likeness.SURE]

    def original(self, arrival: Arrival) -> LedgerRow | None:
        """Return what an arrival without an id of its own repeats to the letter, be it with another date.

        A file that was held back for it stays a copy, however the original is edited, as long as anything is the same.
        """
        if arrival.pinned or not arrival.body:
            return None
        return next((row for row in self._alike(arrival) if _is_copy(arrival, row)), None)

    def repeated(self, arrival: Arrival) -> LedgerRow | None:
        """Return what an arrival that is new says again: headline and text, or any two marks of what was taken back."""
        return next((row for row in self._alike(arrival) if _says_again(arrival, row)), None)

    def _edited(self, arrival: Arrival) -> list[LedgerRow]:
        """Return what is gone, had an arrival's headline or its instant, and most of its text."""
        if arrival.length < SHORT or not self._ledger:
            return []
        marks = (arrival.title, arrival.published)
        alike = {row.id: row for mark in marks for row in self._lost.get(mark, ())}
        rows = (alike[id_] for id_ in sorted(alike))
        return [row for row in rows if self._changed_share(replace(arrival, id=row.id)) <= LARGE_EDIT]

    @cached_property
    def _lost(self) -> dict[str | int, list[LedgerRow]]:
        """What stands in the feeds with its text and has no file any more, by headline and by instant."""
        rows: dict[str | int, list[LedgerRow]] = {}
        for row in self._ledger.values():
            if row.withdrawn is None and row.body and row.digest and row.id not in self._here:
                rows.setdefault(row.title, []).append(row)
                rows.setdefault(row.published, []).append(row)
        return rows

    def _alike(self, arrival: Arrival) -> list[LedgerRow]:
        """Return the rows that share anything with an arrival, each once, by id."""
        if not self._ledger:  # as with every article of a first build
            return []
        alike: dict[EntryId, LedgerRow] = {row.id: row for mark in _marks(arrival) for row in self._rows.get(mark, ())}
        if arrival.held_for is not None and arrival.held_for in self._ledger:
            alike[arrival.held_for] = self._ledger[arrival.held_for]
        return [alike[id_] for id_ in sorted(alike)]

    @cached_property
    def _rows(self) -> dict[tuple[str, object], list[LedgerRow]]:
        rows: dict[tuple[str, object], list[LedgerRow]] = {}
        for row in self._ledger.values():
            for mark in _marks(row):
                rows.setdefault(mark, []).append(row)
        return rows


def is_itself(arrival: Arrival, row: LedgerRow) -> bool:
    """Tell whether an arrival is what its very file was published with under its id: no other file has a say in it."""
    return arrival.source == row.source and _likeness(arrival, row) >= _Likeness.TEXT


def says_the_same(arrival: Arrival, row: LedgerRow) -> bool:
    """Tell whether an arrival is, by its text or by more than that, what was published, under whatever id."""
    return _likeness(arrival, row) >= _Likeness.TEXT


def marks_of(arrivals: Iterable[Arrival]) -> Marks:
    """Return what any row of the ledger shares with an arrival that it has to do with."""
    arrived = list(arrivals)
    return Marks(
        id={arrival.id for arrival in arrived} | {arrival.held_for for arrival in arrived if arrival.held_for},
        source={arrival.source for arrival in arrived},
        published={arrival.published for arrival in arrived},
        title={arrival.title for arrival in arrived},
        link={link for arrival in arrived if (link := _own_link(arrival))},
        body={arrival.body for arrival in arrived if arrival.body},
        page={entry_key(arrival.id) for arrival in arrived if arrival.has_page},
    )


def strangers(arrivals: Iterable[Arrival], rows: Collection[LedgerRow]) -> list[Arrival]:
    """Return the arrivals that share no mark with any of the rows: they were never published, under whatever id."""
    if not rows:
        return list(arrivals)
    known = {column: {getattr(row, column) for row in rows} for column in Marks._fields}
    return [
        arrival
        for arrival in arrivals
        if not any(known[column].intersection(values) for column, values in marks_of([arrival])._asdict().items())
    ]


def _marks(of: Arrival | LedgerRow) -> Iterator[tuple[str, object]]:
    """Yield what an article may be recognised by, empty values left out."""
    yield "headline", (of.title, of.published)
    if of.body:
        yield "body", of.body
    if of.source:
        yield "source", of.source
    link = _own_link(of)
    if link:
        yield "link", link


def _own_link(of: Arrival | LedgerRow) -> str:
    return "" if isinstance(of, Arrival) and of.has_page else of.link


def _is_copy(arrival: Arrival, row: LedgerRow) -> bool:
    shared = [arrival.title == row.title, arrival.body == row.body, arrival.published == row.published]
    return all(shared[:2]) or (arrival.held_for == row.id and any(shared))


def _says_again(arrival: Arrival, row: LedgerRow) -> bool:
    shared = _shared(arrival, row)
    return shared.count(True) >= 2 if row.withdrawn is not None else shared[0] and shared[2]


def _shared(arrival: Arrival, row: LedgerRow) -> list[bool]:
    """Return whether headline, instant and text are the same."""
    same_text = bool(row.body) and arrival.body == row.body
    return [arrival.title == row.title, arrival.published == row.published, same_text]


class _Likeness(IntEnum):
    """How much an arrival is the article of a row: by its file alone, by its text, or by more than that."""

    NONE = 0
    FILE = 1
    TEXT = 2
    SURE = 3


def _likeness(arrival: Arrival, row: LedgerRow) -> _Likeness:
    """Return how much an arrival is the article of a row; sure are the same link, or two of headline, instant, text.

    For what was taken back nothing less counts, for short texts are alike, unless it was taken back from that file; and
    a file with another id of its own is another article then.
    """
    shared = _shared(arrival, row)
    if shared.count(True) >= 2 or (row.link and _own_link(arrival) == row.link):
        return _Likeness.NONE if _was_given_up(arrival, row) else _Likeness.SURE
    in_place = arrival.source == row.source
    by_file = (in_place and not arrival.pinned) or (row.id == arrival.held_for and (any(shared) or not in_place))
    if row.withdrawn is not None and row.id != arrival.id:
        return _Likeness.FILE if by_file and not arrival.pinned and any(shared) else _Likeness.NONE
    if shared[2]:
        return _Likeness.TEXT
    return _Likeness.FILE if by_file and row.id != arrival.id else _Likeness.NONE


def _was_given_up(arrival: Arrival, row: LedgerRow) -> bool:
    return row.withdrawn is not None and row.id != arrival.id and arrival.pinned
