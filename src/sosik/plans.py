"""Documents planned: which bytes a path will have, without making them yet.

`Plan.inputs` is the digest of everything the bytes are made from, so that only what changed is made again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from urllib.parse import urlsplit

from sosik import __version__
from sosik.errors import Location, Problem
from sosik.fragments import Fragments
from sosik.model import Entry, Feed, Listing, Publication
from sosik.normalize.ids import page_path
from sosik.relations import Relations
from sosik.render import opml, sitemap
from sosik.render.formats import FORMATS
from sosik.render.pages import (
    OPML,
    FeedGroup,
    article_page,
    assets,
    feed_groups,
    start_page,
    subscribe_page,
    withdrawn_page,
)
from sosik.render.places import subscribe_path
from sosik.selection import NEWS_LASTS, Selection, content_of
from sosik.store import Store
from sosik.store.records import digest_of, instant


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A document to be: `make` gives its bytes. A picture has no `make` but the `blob` (digest) it is kept under.

    `status` is the HTTP status that it is answered with. An `alias` gives way to every other document.
    """

    path: str
    media_type: str
    inputs: str
    owner: str = ""
    make: Callable[[], bytes] | None = None
    blob: str = ""
    length: int = 0
    file: str = ""
    status: int = 200
    alias: bool = False


def feed_plans(selections: Sequence[Selection], publication: Publication, fragments: Fragments) -> Iterator[Plan]:
    """Yield the documents of every feed in each of its formats, and its RSS document at every alias."""
    context = digest_of(__version__, publication)
    for selection in selections:
        for name in selection.feed.formats:
            plan = _feed_plan(selection, name, publication, fragments, context)
            yield plan
            if name == "rss" and selection.is_current:
                yield from (replace(plan, path=alias, alias=True) for alias in _aliases(selection))


def _feed_plan(
    selection: Selection, format_name: str, publication: Publication, fragments: Fragments, context: str
) -> Plan:
    row, feed = FORMATS[format_name], selection.feed
    shown = [(listing, content_of(listing, feed.content)) for listing in selection.members]
    digests = [fragments.digest(listing, format_name, content) for listing, content in shown]
    return Plan(
        path=feed.document_path(row.filename),
        media_type=row.media_type,
        inputs=digest_of(context, feed, selection.links, digests),
        owner=feed.definition,
        make=lambda: row.renderer.render_feed(
            feed, publication, fragments.get(shown, format_name), archive=selection.links
        ),
    )


def _aliases(selection: Selection) -> Iterator[str]:
    """Yield the old addresses of a feed; `/feed` beside `/feed/` is the same, and servers send it there."""
    aliases = selection.definition.aliases
    return (alias for alias in aliases if f"{alias}/" not in aliases)


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


def key_plans(publication: Publication) -> Iterator[Plan]:
    """Yield the document by which search engines know that it is the publication that tells them (IndexNow)."""
    if publication.indexnow is None:
        return
    body = publication.indexnow.key.encode("ascii")
    yield Plan(
        path=publication.indexnow.path,
        media_type="text/plain; charset=utf-8",
        inputs=sha256(body).hexdigest(),
        make=partial(bytes, body),
    )


LATEST = 9
"""How many entries the start page and the subscribe pages show."""


class PagePlans:
    """The pages for people: start page, subscribe pages, article pages, and what they need beside them."""

    def __init__(
        self,
        selections: Sequence[Selection],
        publication: Publication,
        store: Store,
        *,
        now: int,
        withdrawn: Iterable[str],
        relations: Relations,
    ) -> None:
        """Plan as at `now` (seconds); `withdrawn` are the paths of the pages whose articles were taken back."""
        self._relations = relations
        self._selections = [selection for selection in selections if selection.is_current]
        self._publication = publication
        self._store = store
        self._now = now
        self._withdrawn = tuple(withdrawn)
        self._context = digest_of(__version__, publication)

    def plans(self, visible: Sequence[Listing]) -> Iterator[Plan]:
        """Yield the plan of every page; `visible` are the listings that may be seen."""
        yield from self._assets()
        yield from self._start_pages()
        yield self._opml()
        yield self._sitemap(visible)
        for selection in self._selections:
            yield self._subscribe_page(selection)
        root = [selection.feed for selection in self._selections if not selection.feed.path]
        for listing in visible:
            if listing.has_page:
                yield self._article_page(listing, root)
        for path in self._withdrawn:
            yield self._withdrawn_page(path)

    def _assets(self) -> Iterator[Plan]:
        for name, (media_type, body) in assets().items():
            path = self._publication.pages + name
            yield Plan(path=path, media_type=media_type, inputs=sha256(body).hexdigest(), make=partial(bytes, body))

    def _start_pages(self) -> Iterator[Plan]:
        """Yield the start page, at `/` too where the feeds have a host of their own."""
        groups = self._groups()
        latest = next((one.members[:LATEST] for one in self._selections if not one.feed.path), ())
        paths = [self._publication.pages]
        if urlsplit(self._publication.feeds_url).netloc != urlsplit(self._publication.url).netloc:
            paths.append("/")
        for path in paths:
            yield self._page(
                path,
                [groups, [self._seen(listing) for listing in latest]],
                partial(self._make_start_page, groups, latest, path),
            )

    def _groups(self) -> tuple[FeedGroup, ...]:
        feeds = [selection.feed for selection in self._selections]
        definitions = [selection.definition for selection in self._selections]
        return feed_groups(feeds, definitions, language=self._publication.language)

    def _opml(self) -> Plan:
        groups = self._groups()
        return Plan(
            path=self._publication.pages + OPML,
            media_type=opml.MEDIA_TYPE,
            inputs=digest_of(self._context, groups),
            make=lambda: opml.feeds_opml(self._publication, groups),
        )

    def _sitemap(self, visible: Sequence[Listing]) -> Plan:
        """Plan the news sitemap: what was published in the last two days."""
        recent = [listing for listing in visible if listing.published > self._now - NEWS_LASTS]
        return Plan(
            path=sitemap.PATH,
            media_type=sitemap.MEDIA_TYPE,
            inputs=digest_of(self._context, [self._seen(listing) for listing in recent]),
            make=lambda: sitemap.news_sitemap(self._publication, self._entries(recent), now=instant(self._now)),
        )

    def _make_start_page(self, groups: Sequence[FeedGroup], latest: Sequence[Listing], path: str) -> bytes:
        return start_page(self._publication, groups, self._entries(latest), path=path)

    def _subscribe_page(self, selection: Selection) -> Plan:
        feed, latest = selection.feed, selection.members[:LATEST]
        return self._page(
            subscribe_path(feed, self._publication),
            [feed, [self._seen(listing) for listing in latest]],
            lambda: subscribe_page(self._publication, feed, self._entries(latest)),
            owner=feed.definition,
        )

    def _article_page(self, listing: Listing, feeds: Sequence[Feed]) -> Plan:
        return self._page(
            page_path(listing.id),
            [self._seen(listing), self._relations.get(listing.id), feeds],
            lambda: article_page(self._entries([listing])[0], self._publication, feeds),
        )

    def _withdrawn_page(self, path: str) -> Plan:
        """Plan what stands in place of an article that was taken back."""
        plan = self._page(path, "withdrawn", lambda: withdrawn_page(self._publication, path))
        return replace(plan, status=410)

    def _page(self, path: str, inputs: object, make: Callable[[], bytes], *, owner: str = "") -> Plan:
        digest = digest_of(self._context, inputs)
        return Plan(path=path, media_type="text/html; charset=utf-8", inputs=digest, make=make, owner=owner)

    def _seen(self, listing: Listing) -> tuple[str, int]:
        """Return what a page that shows an entry depends on."""
        return listing.digest, sum(1 for at in listing.due if at <= self._now)

    def _entries(self, listings: Iterable[Listing]) -> list[Entry]:
        found = (self._store.entry(listing.id) for listing in listings)
        return [
            replace(entry.as_of(instant(self._now)), relations=self._relations.get(entry.id, ()))
            for entry in found
            if entry is not None
        ]


def claim_paths(plans: Iterable[Plan]) -> tuple[dict[str, Plan], list[Problem]]:
    """Return the plans by path, and a problem for each whose file another plan has, or needs as a folder.

    Paths are told apart as files, so that what a server answers and what a directory holds stay the same: `/feeds/` is
    `feeds/index.html`, and FILE.gz belongs to FILE.
    """
    taken: dict[str, Plan] = {}
    problems = []
    for plan in sorted(plans, key=lambda plan: plan.alias):
        other = taken.setdefault(file_name(plan.path), plan)
        if other is not plan and (other.path, other.inputs) != (plan.path, plan.inputs):
            problems.append(_collision(plan, other))
    for name in sorted(taken):
        above = next((above for above in _in_the_way(name) if above in taken), None)
        if above is None or name not in taken:
            continue
        loser, winner = (above, name) if taken[above].alias else (name, above)
        problems.append(_collision(taken.pop(loser), taken[winner]))
    return {plan.path: plan for plan in taken.values()}, problems


def file_name(path: str) -> str:
    """Return the file that a document's path is below the output: `/feeds/` is `feeds/index.html`."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def _in_the_way(name: str) -> Iterator[str]:
    """Yield the files that cannot stand beside a file: those that would have to be its folders, and what it packs."""
    parts = name.split("/")[:-1]
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])
    if name.endswith(".gz"):
        yield name.removesuffix(".gz")


def _collision(plan: Plan, other: Plan) -> Problem:
    owner = f" of feeds/{other.owner}.yaml" if other.owner else ""
    return Problem(
        code="feed-collision",
        message=f"{plan.path} cannot stand beside {other.path}{owner}, so it is left out",
        location=Location(file=f"feeds/{plan.owner}.yaml" if plan.owner else "feeds"),
        hint="give one of the two another path: or alias",
    )
