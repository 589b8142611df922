"""Documents planned: which bytes a path will have, without making them yet.

`Plan.inputs` is the digest of everything the bytes are made from, so that only what changed is made again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.edition.fragments import Fragments, Need
from sosik.edition.seen import EntryView
from sosik.edition.selection import Selection
from sosik.errors import Location, Problem
from sosik.model import Content, DocumentKind, Entry, Envelope, Feed, FormatName, Fragment, Listing, Publication
from sosik.model.digests import digest_of, digest_of_bytes
from sosik.model.values import Digest, DocumentPath, EntryId
from sosik.queries import has_query
from sosik.render.formats import FORMATS
from sosik.store import FragmentKey, Origin
from sosik.version import made_by
from sosik.words import Message

_FEED_SUFFIXES = frozenset({"xml", "rss", "atom", "rdf"})
_TYPES_BY_SUFFIX = {"html": "text/html", "htm": "text/html", "json": "application/json", "txt": "text/plain"}
"""What servers take a file for, by its suffix; what they do not know is bytes to be saved."""


class Materials(Struct, frozen=True, kw_only=True):
    """What documents are made of: the last good versions of entries by id, and entries as rendered.

    `before` are the bytes so far of documents of which only a part changes, by path; there need not be any.
    """

    entries: Mapping[EntryId, Entry] = field(default_factory=dict)
    fragments: Mapping[FragmentKey, Fragment] = field(default_factory=dict)
    before: Mapping[DocumentPath, bytes] = field(default_factory=dict)


class ArticlePage(NamedTuple):
    """What the page of an article is made of beside its entry: how that is seen, and the feeds that it offers."""

    view: EntryView
    feeds: tuple[Feed, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """A document to be. A page has `make`, giving its bytes out of its `entries`, or of those so far if it `goes_on`.
    That of an `article` can be made elsewhere.

    One of a `feed` (its name) is what it `shows`, as rendered, in the envelope that `wrap` makes for it. A picture is
    kept under its `blob` (digest). `status` is the HTTP status that a document is answered with. An alias gives way to
    every other document, and one that only `stands` to what is defined.
    """

    path: DocumentPath
    kind: DocumentKind
    media_type: str
    inputs: Digest
    owner: str = ""
    make: Callable[[Materials], bytes] | None = None
    entries: tuple[EntryId, ...] = ()
    goes_on: bool = False
    article: ArticlePage | None = None
    feed: str = ""
    format: FormatName | None = None
    shows: tuple[FragmentKey, ...] = ()
    wrap: Callable[[Sequence[Fragment]], Envelope] | None = None
    blob: str = ""
    length: int = 0
    file: str = ""
    status: int = 200
    stands: bool = False

    @property
    def is_alias(self) -> bool:
        """Whether this is a feed at an old address."""
        return self.kind is DocumentKind.ALIAS

    @property
    def origin(self) -> Origin:
        """What the document is and what it is made from, as the store remembers it."""
        return Origin(self.kind, self.inputs, self.owner)


def feed_plans(selections: Iterable[Selection], publication: Publication, fragments: Fragments) -> Iterator[Plan]:
    """Yield the documents of every feed in each of its formats, and those at its other addresses."""
    context = digest_of(made_by(), publication)
    for selection in selections:
        feed = selection.feed
        shown = [(listing, selection.content_of(listing)) for listing in selection.members]
        formats = selection.formats
        digests = [fragments.digest(listing, content, formats) for listing, content in shown]
        inputs = digest_of(context, feed, selection.links, digests)
        ids = [(listing.id, content) for listing, content in shown]
        plans = {name: _feed_plan(selection, name, publication, inputs, ids) for name in formats}
        for name, plan in plans.items():
            if name in feed.formats or name in selection.kept.formats:
                yield replace(plan, stands=selection.stands or name not in feed.formats)
        yield from _elsewhere(selection, plans)


def needs(selections: Iterable[Selection]) -> Iterator[Need]:
    """Yield the fragments that feeds are made of."""
    for selection in selections:
        formats = selection.formats
        yield from ((listing, selection.content_of(listing), formats) for listing in selection.members)


def _feed_plan(
    selection: Selection,
    format_name: FormatName,
    publication: Publication,
    inputs: Digest,
    shown: Iterable[tuple[EntryId, Content]],
) -> Plan:
    form, feed = FORMATS[format_name], selection.feed

    def wrap(fragments: Sequence[Fragment]) -> Envelope:
        return form.renderer.render_envelope(feed, publication, fragments, archive=selection.links)

    return Plan(
        path=feed.document_path(form.filename),
        kind=DocumentKind.FEED if selection.is_current else DocumentKind.ARCHIVE,
        media_type=form.media_type,
        inputs=inputs,
        owner=feed.definition,
        feed=feed.name,
        format=format_name,
        shows=tuple([FragmentKey(id_, format_name, content) for id_, content in shown]),
        wrap=wrap,
    )


def _elsewhere(selection: Selection, plans: Mapping[FormatName, Plan]) -> Iterator[Plan]:
    """Yield the documents at the other addresses of a feed, those that it goes on with too."""
    kept, label = selection.kept, selection.label
    if not label:
        for path, name in {**kept.aliases, **selection.aliases}.items():
            stands = path not in selection.aliases
            yield replace(plans[name], path=path, kind=DocumentKind.ALIAS, stands=stands)
    for old in kept.archives:
        for name in old.formats if label in old.labels else ():
            yield replace(plans[name], path=old.path(label, name), kind=DocumentKind.ARCHIVE, stands=True)


def served_by_name(plans: Iterable[Plan], before: Mapping[str, Origin]) -> Iterator[Problem]:
    """Yield a warning for each old address that is new (`before` is what stood there) and whose name hides a feed.

    Servers that know nothing but names, as most static hosts are, tell the type of a file by its suffix.
    """
    for plan in plans:
        known = before.get(plan.path)
        if has_query(plan.path):
            if plan.is_alias and not plan.stands and known is None:
                yield _told_apart_by_servers(plan)
            continue
        name = file_name(plan.path).rpartition("/")[2]
        suffix = name.rpartition(".")[2].lower() if "." in name else ""
        is_new = known is None or known.kind is not plan.kind
        is_told = suffix in _FEED_SUFFIXES or (suffix == "json" and plan.format is FormatName.JSON)
        if plan.is_alias and not plan.stands and is_new and not is_told:
            media_type = _TYPES_BY_SUFFIX.get(suffix, "application/octet-stream")
            yield Problem(
                code="alias-type",
                message=Message("alias-type.document", path=plan.path, media_type=media_type),
                location=Location(file=f"feeds/{plan.owner}.yaml"),
                hint=Message("alias-type.hint"),
            )


def _told_apart_by_servers(plan: Plan) -> Problem:
    """Return a warning for an old address with a query: what sends files alone cannot tell it from the path alone."""
    return Problem(
        code="alias-query",
        message=Message("alias-query.document", path=plan.path, place=plan.path.partition("?")[0]),
        location=Location(file=f"feeds/{plan.owner}.yaml"),
        hint=Message("alias-query.hint"),
    )


def media_plans(listings: Iterable[Listing]) -> Iterator[Plan]:
    """Yield the pictures of entries, each path once."""
    media = {medium.path: medium for medium in chain.from_iterable(listing.media for listing in listings)}
    for path, medium in media.items():
        yield Plan(
            path=path,
            kind=DocumentKind.MEDIA,
            media_type=medium.media_type,
            inputs=medium.digest,
            blob=medium.digest,
            length=medium.length,
            file=medium.file,
        )


def key_plans(publication: Publication) -> Iterator[Plan]:
    """Yield the document by which search engines know that it is the publication that tells them (IndexNow)."""
    if publication.indexnow is None:
        return
    body = publication.indexnow.key.encode("ascii")
    yield Plan(
        path=publication.indexnow.path,
        kind=DocumentKind.KEY,
        media_type="text/plain; charset=utf-8",
        inputs=digest_of_bytes(body),
        make=lambda _: body,
    )


def claim_paths(plans: Iterable[Plan]) -> tuple[dict[DocumentPath, Plan], list[Problem]]:
    """Return the plans by path, and a problem for each whose file another plan has, or needs as a folder.

    Paths are told apart as files, so that what a server answers and what a directory holds stay the same: `/feeds/` is
    `feeds/index.html`, and FILE.gz belongs to FILE.
    """
    taken: dict[str, Plan] = {}
    problems = []
    for plan in sorted(plans, key=lambda plan: (plan.stands, plan.is_alias)):
        other = taken.setdefault(file_name(plan.path), plan)
        # What stood here has an heir.
        is_taken_over = plan.stands and other.path == plan.path
        if other is not plan and not is_taken_over and (other.path, other.inputs) != (plan.path, plan.inputs):
            problems.append(_collision(plan, other))
    for name in sorted(taken) if _may_be_in_the_way(taken) else ():
        above = None if has_query(name) else next((above for above in _in_the_way(name) if above in taken), None)
        if above is None or name not in taken:
            continue
        gives_way = taken[above].is_alias or (taken[above].stands and not taken[name].stands)
        loser, winner = (above, name) if gives_way else (name, above)
        problems.append(_collision(taken.pop(loser), taken[winner]))
    return {plan.path: plan for plan in taken.values()}, problems


def file_name(path: str) -> str:
    """Return the file that a document's path is below the output: `/feeds/` is `feeds/index.html`.

    One with a query has no file, for static hosts refuse such names; it is told apart from all files.
    """
    if has_query(path):
        return path
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def beside(path: str) -> set[str]:
    """Return the paths of the documents that cannot stand together with one at `path`, but for those below it."""
    if has_query(path):
        return set()
    name = file_name(path)
    names = {name, *_in_the_way(name), f"{name}.gz"}
    folders = {other.removesuffix("index.html") for other in names if f"/{other}".endswith("/index.html")}
    return {f"/{other}" for other in names | folders} - {path}


def _may_be_in_the_way(names: Collection[str]) -> bool:
    """Tell whether some of these files may be in the way of others; most are in the same few folders."""
    folders: set[str] = set()
    above = {name.rpartition("/")[0] for name in names}
    while above:
        folders |= above
        above = {folder.rpartition("/")[0] for folder in above} - folders
    return any(folder in names for folder in folders) or any(name.endswith(".gz") for name in names)


def _in_the_way(name: str) -> Iterator[str]:
    """Yield the files that cannot stand beside a file: those that would have to be its folders, and what it packs."""
    parts = name.split("/")[:-1]
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])
    if name.endswith(".gz"):
        yield name.removesuffix(".gz")


def _collision(plan: Plan, other: Plan) -> Problem:
    article = plan.kind in (DocumentKind.PAGE, DocumentKind.WITHDRAWN) and not plan.owner
    message = Message("feed-collision.document", path=plan.path, other=other.path)
    if other.owner:
        message = Message("feed-collision.document-of", path=plan.path, other=other.path, owner=other.owner)
    return Problem(
        code="feed-collision",
        message=message,
        location=Location(file=f"feeds/{plan.owner}.yaml" if plan.owner else "feeds"),
        hint=Message("feed-collision.article-hint" if article else "feed-collision.path-hint"),
    )
