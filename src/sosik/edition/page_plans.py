"""Plans of the pages, the list of feeds, the news sitemap, styles and scripts."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sosik.addresses import split_address
from sosik.edition.kept import is_retired
from sosik.edition.plans import ArticlePage, Materials, Plan
from sosik.edition.seen import EntryView
from sosik.edition.selection import Selection
from sosik.model import FILENAMES, DocumentKind, Entry, Feed, Listing, Publication
from sosik.model.digests import digest_of, digest_of_bytes
from sosik.model.instants import instant
from sosik.model.values import Digest, DocumentPath
from sosik.render import opml, sitemap
from sosik.render.places import OPML, subscribe_path
from sosik.version import made_by

if TYPE_CHECKING:
    from sosik.render.pages import FeedGroup

# What makes pages is imported where one is made: most plans stand as they were, and none of an edition without changes
# is another.

LATEST = 9
"""How many entries the start page and the subscribe pages show."""


class Offer(Struct, frozen=True, kw_only=True):
    """The feeds that people can subscribe to: `digest` tells one offer from another, `groups` gives them in groups.

    Where it `stands`, pages tell the same of it as in the edition before.
    """

    digest: Digest
    groups: "Callable[[], tuple[FeedGroup, ...]]"
    stands: bool = False


class PagePlans(Struct, frozen=True, kw_only=True, dict=True):
    """Plans the pages on which entries look as they do in a `view`; `moved_to` is the folder they have moved to."""

    view: EntryView
    moved_to: str = ""

    def assets(self) -> Iterator[Plan]:
        """Yield the plans of what the pages need beside them."""
        from sosik.render.pages import assets

        for name, (media_type, body) in assets().items():
            yield Plan(
                path=DocumentPath(self.view.publication.pages + name),
                kind=DocumentKind.ASSET,
                media_type=media_type,
                inputs=digest_of_bytes(body),
                make=partial(_as_it_is, body),
            )

    def start_pages(self, offer: Offer, latest: Sequence[Listing]) -> Iterator[Plan]:
        """Yield the start page, with the `latest` entries; at `/` too where the feeds have a host of their own."""
        publication, latest = self.view.publication, latest[:LATEST]
        paths = [DocumentPath(publication.pages)]
        if split_address(publication.feeds_url).netloc != split_address(publication.url).netloc:
            paths.append(DocumentPath("/"))
        inputs = self._inputs(offer.digest, *map(self._seen, latest))
        for path in paths:
            plan = _page(path, inputs, partial(self._make_start_page, offer, latest, path), latest)
            yield replace(plan, goes_on=offer.stands)

    def _make_start_page(
        self, offer: Offer, latest: Sequence[Listing], path: DocumentPath, materials: Materials
    ) -> bytes:
        from sosik.render.pages import start_page, with_latest

        entries = self._entries(latest, materials)
        if (before := materials.before.get(path)) is not None:
            # Of some thousand feeds nothing is another than it was.
            page = with_latest(before, self.view.publication, entries, path=path)
            if page:
                return page
        return start_page(
            self.view.publication,
            offer.groups(),
            entries,
            path=path,
            canonical=self._canonical(path),
        )

    def opml(self, offer: Offer) -> Plan:
        """Plan the list of all feeds."""
        publication = self.view.publication
        return Plan(
            path=DocumentPath(publication.pages + OPML),
            kind=DocumentKind.LIST,
            media_type=opml.MEDIA_TYPE,
            inputs=self._inputs(offer.digest),
            make=lambda _: opml.feeds_opml(publication, offer.groups()),
        )

    def sitemaps(self, recent: Sequence[Listing]) -> Iterator[Plan]:
        """Yield the news sitemap, what was published in the last two days, `recent`; or its parts, and their index."""
        parts = sitemap.part_paths(len(recent))
        if not parts:
            yield self._sitemap(sitemap.PATH, recent)
            return
        for start, path in enumerate(parts):
            yield self._sitemap(path, recent[start * sitemap.LIMIT : (start + 1) * sitemap.LIMIT])
        yield Plan(
            path=sitemap.PATH,
            kind=DocumentKind.SITEMAP,
            media_type=sitemap.MEDIA_TYPE,
            inputs=self._inputs("index", parts),
            make=lambda _: sitemap.sitemap_index(self.view.publication, parts),
        )

    def _sitemap(self, path: DocumentPath, recent: Sequence[Listing]) -> Plan:
        return Plan(
            path=path,
            kind=DocumentKind.SITEMAP,
            media_type=sitemap.MEDIA_TYPE,
            inputs=self._inputs([self._seen(listing) for listing in recent]),
            make=lambda materials: sitemap.news_sitemap(
                self.view.publication, self._entries(recent, materials), now=instant(self.view.now)
            ),
            entries=tuple(listing.id for listing in recent),
        )

    def subscribe_pages(self, selection: Selection) -> Iterator[Plan]:
        """Yield the page on which one feed is offered, with its latest entries, wherever it was before too."""
        feed, latest, publication = as_offered(selection.feed), selection.members[:LATEST], self.view.publication
        stands, here = selection.stands, subscribe_path(feed, publication)
        inputs = self._inputs(feed, stands, *map(self._seen, latest))
        for path in dict.fromkeys((here, *_before(selection, publication))):

            def make(materials: Materials, path: DocumentPath = path) -> bytes:
                from sosik.render.pages import subscribe_page

                entries, canonical = self._entries(latest, materials), self._canonical(path)
                return subscribe_page(publication, feed, entries, path=path, stands=stands, canonical=canonical)

            plan = _page(path, inputs, make, latest, owner=feed.definition)
            yield replace(plan, stands=stands or path != here)

    def article_page(self, listing: Listing, path: DocumentPath, feeds: Sequence[Feed]) -> Plan:
        """Plan the page of an entry; it offers some feeds."""

        def make(materials: Materials) -> bytes:
            from sosik.render.pages import article_page

            return article_page(self._entries([listing], materials)[0], self.view.publication, feeds)

        related = self.view.relations.get(listing.id)
        inputs = self._inputs(self._seen(listing), related, feeds)
        return _page(path, inputs, make, [listing], article=ArticlePage(self.view, tuple(feeds)))

    def withdrawn_page(self, path: DocumentPath) -> Plan:
        """Plan what stands in place of an article that was taken back."""

        def make(_: Materials) -> bytes:
            from sosik.render.pages import withdrawn_page

            return withdrawn_page(self.view.publication, path)

        plan = _page(path, self._inputs("withdrawn"), make)
        return replace(plan, kind=DocumentKind.WITHDRAWN, status=410)

    def _canonical(self, path: str) -> str:
        """Return the address of a page that has moved; empty where it has not."""
        publication = self.view.publication
        return publication.address(self.moved_to + path.removeprefix(publication.pages)) if self.moved_to else ""

    @cached_property
    def _context(self) -> Digest:
        return digest_of(made_by(), self.view.publication, self.moved_to)

    def _inputs(self, *made_of: object) -> Digest:
        return digest_of(self._context, *made_of)

    def _seen(self, listing: Listing) -> tuple[str, int]:
        """Return what a page that shows an entry depends on."""
        return listing.digest, bisect_right(listing.due, self.view.now)

    def _entries(self, listings: Iterable[Listing], materials: Materials) -> list[Entry]:
        entries = (materials.entries.get(listing.id) for listing in listings)
        return [self.view.seen(entry) for entry in entries if entry is not None]


def _before(selection: Selection, publication: Publication) -> Iterator[DocumentPath]:
    """Yield where the page of a feed of a family was while the feed lay in other folders."""
    for path in selection.kept.aliases if "/" in selection.feed.name else ():
        folder, _, filename = path.rpartition("/")
        if folder and filename in FILENAMES.values() and not is_retired(path, publication.retire):
            yield DocumentPath(f"{publication.pages}{folder.strip('/')}/")


def as_offered(feed: Feed) -> Feed:
    """Return a feed as pages offer it: what moves with its entries is not seen there."""
    return replace(feed, updated=instant(0), tombstones=())


def _page(
    path: DocumentPath,
    inputs: Digest,
    make: Callable[[Materials], bytes],
    shown: Iterable[Listing] = (),
    *,
    owner: str = "",
    article: ArticlePage | None = None,
) -> Plan:
    return Plan(
        path=path,
        kind=DocumentKind.PAGE,
        media_type="text/html; charset=utf-8",
        inputs=inputs,
        make=make,
        entries=tuple(listing.id for listing in shown),
        owner=owner,
        article=article,
    )


def _as_it_is(body: bytes, _: Materials) -> bytes:
    return body
