"""Documents planned: which bytes a path will have, without making them yet.

`Plan.inputs` is the digest of everything the bytes are made from, so that only what changed is made again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sosik import __version__
from sosik.errors import Location, Problem
from sosik.fragments import Fragments
from sosik.model import Listing, Publication
from sosik.render.formats import FORMATS
from sosik.selection import Selection
from sosik.store.records import digest_of


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
