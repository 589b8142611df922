"""Documents planned and composed into an edition.

A plan says which bytes a path will have without making them: `inputs` is the digest of everything they are made from,
and only plans whose inputs changed since the edition before are carried out.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain

from sosik import __version__
from sosik.errors import EditionRefusedError, Location, Problem
from sosik.fragments import Fragments
from sosik.model import Feed, Listing, Publication
from sosik.render.formats import FORMATS
from sosik.selection import Selection
from sosik.store.records import digest_of, instant
from sosik.store.rows import DocumentRow, FeedRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A document to be: `make` gives its bytes. A picture has no `make` but the `blob` (digest) it is kept under."""

    path: str
    media_type: str
    inputs: str
    owner: str = ""
    make: Callable[[], bytes] | None = None
    blob: str = ""
    length: int = 0
    file: str = ""


def feed_plans(selections: Sequence[Selection], publication: Publication, fragments: Fragments) -> Iterator[Plan]:
    """Yield the documents of every feed in each of its formats, and its RSS document at every alias."""
    for selection in selections:
        for name in selection.feed.formats:
            plan = _feed_plan(selection, name, publication, fragments)
            yield plan
            if name == "rss":
                yield from (replace(plan, path=alias) for alias in selection.definition.aliases)


def _feed_plan(selection: Selection, format_name: str, publication: Publication, fragments: Fragments) -> Plan:
    row, feed, content = FORMATS[format_name], selection.feed, selection.feed.content
    digests = [fragments.digest(listing, format_name, content) for listing in selection.members]
    return Plan(
        path=feed.document_path(row.filename),
        media_type=row.media_type,
        inputs=digest_of(__version__, publication, feed, digests),
        owner=feed.definition,
        make=lambda: row.renderer.render_feed(
            feed, publication, fragments.get(selection.members, format_name, content)
        ),
    )


def media_plans(listings: Iterable[Listing]) -> Iterator[Plan]:
    """Yield the pictures of entries, each path once."""
    media = {medium.path: medium for medium in chain.from_iterable(listing.media for listing in listings)}
    for path, medium in media.items():
        yield Plan(
            path=path,
            media_type=medium.media_type,
            inputs=medium.digest,
            blob=medium.digest,
            length=medium.length,
            file=medium.file,
        )


def with_memory(
    selections: Iterable[Selection], remembered: Mapping[str, FeedRow], withdrawn: Mapping[str, int], *, now: int
) -> list[Selection]:
    """Return the selections with each feed's `updated`: the newest change of any entry it ever selected.

    `remembered` is what feeds knew at the edition before, `withdrawn` maps withdrawn ids to the instant of it; `now`
    and all instants are in seconds. So a feed's `updated` never goes back, and moves when one of its entries is taken
    away.
    """
    result = []
    for selection in selections:
        row = remembered.get(selection.feed.name)
        instants = [_changed(listing, now) for listing in selection.members]
        if row is not None:
            gone = (withdrawn[id_] for id_ in json.loads(row.members) if id_ in withdrawn)
            instants += [row.updated, *gone]
        newest = max(instants, default=None)
        feed = selection.feed if newest is None else replace(selection.feed, updated=instant(newest))
        result.append(replace(selection, feed=feed))
    return result


def _changed(listing: Listing, now: int) -> int:
    """Return the newest significant change that is not ahead of `now`."""
    return listing.changed if listing.changed <= now else listing.published


def feed_row(feed: Feed, members: Sequence[Listing]) -> FeedRow:
    """Return what a feed remembers of this edition."""
    ids = json.dumps([listing.id for listing in members])
    return FeedRow(name=feed.name, updated=int(feed.updated.timestamp()), members=ids)


def claim_paths(plans: Iterable[Plan]) -> tuple[dict[str, Plan], list[Problem]]:
    """Return the plans by path, and a problem for each that claims a path already taken or beneath a document."""
    taken: dict[str, Plan] = {}
    problems = []
    for plan in plans:
        other = taken.setdefault(plan.path, plan)
        if other is not plan and other.inputs != plan.inputs:
            problems.append(_collision(plan, other.path, other.owner))
    for path in sorted(taken):
        above = next((parent for parent in _parents(path) if parent in taken), None)
        if above is not None:
            problems.append(_collision(taken.pop(path), above, taken[above].owner))
    return taken, problems


def _parents(path: str) -> Iterator[str]:
    """Yield the paths of documents that would have to be folders for this path to exist as a file."""
    parts = path.strip("/").split("/")[:-1]
    for end in range(1, len(parts) + 1):
        yield "/" + "/".join(parts[:end])


def _collision(plan: Plan, path: str, owner: str) -> Problem:
    return Problem(
        code="feed-collision",
        message=f"{plan.path} is already taken by {path}" + (f" of feeds/{owner}.yaml." if owner else "."),
        location=Location(file=f"feeds/{plan.owner}.yaml" if plan.owner else "content"),
        hint="give one of the two another path: or alias.",
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
    same = before is not None and (before.etag, before.media_type) == (tag, plan.media_type)
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
            message=f"{plan.path} would not be well-formed ({error}); nothing was changed.",
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
