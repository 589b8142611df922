"""Entries become fragments and pages: pure functions of values, in this process or in others.

`RenderFragments` and `RenderPages` are tasks for any process. They hold entries as the store keeps them, and what they
come to is packed as the store keeps it: little is left to do for who hands them on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.edition.seen import EntryView
from sosik.errors import Location, Problem, RenderError
from sosik.model import Content, Entry, Feed, FormatName, Publication
from sosik.model.digests import digest_of_bytes
from sosik.model.values import NO_DIGEST, EntryId
from sosik.render.formats import FORMATS
from sosik.render.kept_shapes import shapes_from
from sosik.store import FragmentRow, TextRow
from sosik.store.bodies import RECORD_KIND
from sosik.store.fragments import fragment_kind
from sosik.store.packed_entries import PackedEntry
from sosik.store.packing import pack_all, unpack
from sosik.store.records import text_row
from sosik.words import Message

Wanted = Mapping[tuple[FormatName, Content], str]
"""The fragments that are to be made of an entry, each with the digest of what it is made from."""

FRAGMENT_KINDS = tuple(map(fragment_kind, FormatName))
"""What has to have a dictionary before fragments are made in other processes."""

_DAMAGED = (ValueError, TypeError, AttributeError, KeyError)


class Rendering(Struct, frozen=True, kw_only=True):
    """What entries came to: fragments, and their texts, of which the store has those that are `known`.

    `heads` are those of the fragments, packed; `problems` tell of entries that could not be rendered. `shapes` are the
    templates that were made on the way.
    """

    fragments: list[FragmentRow] = field(default_factory=list)
    texts: list[TextRow] = field(default_factory=list)
    known: list[TextRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    heads: Sequence[bytes] = ()
    shapes: Sequence[bytes] = ()


def render(entries: Iterable[Entry], wanted: Mapping[EntryId, Wanted], view: EntryView) -> Rendering:
    """Render entries; of one that cannot be rendered in every format that is wanted, nothing but a problem is told."""
    made = Rendering()
    for entry in entries:
        seen = view.seen(entry)
        body = text_row(seen.body)
        try:
            rows = tuple(_rendered(seen, wanted[entry.id], view.publication, body))
        except RenderError as error:
            made.problems.append(_failure(entry, error))
            continue
        made.fragments.extend(rows)
        if any(row.text for row in rows):
            # Of an entry that is seen as it was read the store has the text already.
            (made.known if seen.body is entry.body else made.texts).append(body)
    return made


class RenderFragments(Struct, frozen=True):
    """Fragments to be made of entries, which are packed by `dictionaries`, as the fragments are to be."""

    entries: Sequence[PackedEntry]
    wanted: Mapping[EntryId, Wanted]
    view: EntryView
    dictionaries: Mapping[str, bytes]
    shapes: bytes

    def do(self) -> Rendering | None:
        """Return what entries come to, without the texts that whoever asks has; None where one is damaged."""
        with shapes_from(self.shapes) as new:
            try:
                entries = [*_unpacked(self.entries, self.dictionaries)]
            except _DAMAGED:
                return None
            made = render(entries, self.wanted, self.view)
            return replace(made, known=[], heads=_heads(made.fragments, self.dictionaries), shapes=new)


class PageMade(NamedTuple):
    """The bytes of a page, packed, with their tag and their length."""

    etag: str
    length: int
    packed: bytes


class PagesMade(NamedTuple):
    """Pages in the order of their entries, and the templates that were made on the way."""

    pages: Sequence[PageMade]
    shapes: Sequence[bytes]


class RenderPages(Struct, frozen=True):
    """Pages to be made of entries, each of which offers `feeds`; they are packed as others of their `kind`."""

    entries: Sequence[PackedEntry]
    feeds: tuple[Feed, ...]
    view: EntryView
    kind: str
    dictionaries: Mapping[str, bytes]
    shapes: bytes

    def do(self) -> PagesMade | None:
        """Return the pages; None where an entry is damaged."""
        from sosik.render.pages import article_page

        with shapes_from(self.shapes) as new:
            try:
                entries = [*_unpacked(self.entries, self.dictionaries)]
            except _DAMAGED:
                return None
            bodies = [article_page(self.view.seen(entry), self.view.publication, self.feeds) for entry in entries]
            packed = zip(bodies, pack_all(bodies, self.dictionaries[self.kind]), strict=True)
            return PagesMade([PageMade(digest_of_bytes(body)[:32], len(body), page) for body, page in packed], new)


def _unpacked(entries: Iterable[PackedEntry], dictionaries: Mapping[str, bytes]) -> Iterator[Entry]:
    unpacked = partial(unpack, dictionary=dictionaries.get(RECORD_KIND, b""))
    return (entry.read(unpacked) for entry in entries)


def _heads(rows: Sequence[FragmentRow], dictionaries: Mapping[str, bytes]) -> list[bytes]:
    """Return the heads of fragments packed; none of them where the dictionary of a kind is still to be made."""
    alike: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        alike.setdefault(fragment_kind(row.format), []).append(place)
    if not alike.keys() <= dictionaries.keys():
        return []
    heads: dict[int, bytes] = {}
    for kind, places in alike.items():
        packed = pack_all((rows[place].head for place in places), dictionaries[kind])
        heads |= zip(places, packed, strict=True)
    return [heads[place] for place in range(len(rows))]


def _rendered(entry: Entry, wanted: Wanted, publication: Publication, body: TextRow) -> Iterator[FragmentRow]:
    """Yield the fragments of an entry with this `body`. Raises `RenderError`."""
    for (name, content), digest in wanted.items():
        fragment = FORMATS[name].renderer.render_entry(entry, publication, content=content)
        yield FragmentRow(
            entry_id=entry.id,
            format=name,
            content=content,
            digest=digest,
            prefixes=" ".join(sorted(fragment.prefixes)),
            text=body.digest if fragment.text else NO_DIGEST,
            head=fragment.head,
            tail=fragment.tail,
        )


def _failure(entry: Entry, error: RenderError) -> Problem:
    return Problem(
        code="render-failed",
        message=Message("render-failed.entry", reason=error.message),
        location=Location(file=f"content/{entry.source}"),
    )
