"""The pages for people planned, and what goes with them: the list of feeds, the news sitemap, styles and scripts."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from urllib.parse import urlsplit

from sosik.edition.fragments import EntryView
from sosik.edition.memo import Memo
from sosik.edition.plans import Materials, Plan
from sosik.edition.selection import NEWS_LASTS, Selection
from sosik.model import DocumentKind, Entry, Feed, Listing
from sosik.model.digests import digest_of, digest_of_bytes
from sosik.model.instants import instant
from sosik.model.values import Digest, DocumentPath
from sosik.normalize.ids import page_path
from sosik.render import opml, sitemap
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
from sosik.version import made_by

LATEST = 9
"""How many entries the start page and the subscribe pages show."""


class PagePlans:
    """The pages for people: start page, subscribe pages, article pages, and what they need beside them."""

    def __init__(
        self,
        selections: Sequence[Selection],
        view: EntryView,
        *,
        withdrawn: Iterable[DocumentPath],
        memo: Memo,
    ) -> None:
        """Plan what entries look like in `view`; `withdrawn` are the paths of pages whose articles were taken back."""
        self._view = view
        self._memo = memo
        self._selections = [selection for selection in selections if selection.is_current]
        self._publication = view.publication
        self._withdrawn = tuple(withdrawn)
        self._context = digest_of(made_by(), view.publication)

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
            path = DocumentPath(self._publication.pages + name)
            yield Plan(
                path=path,
                kind=DocumentKind.ASSET,
                media_type=media_type,
                inputs=digest_of_bytes(body),
                make=partial(_as_it_is, body),
            )

    def _start_pages(self) -> Iterator[Plan]:
        """Yield the start page, at `/` too where the feeds have a host of their own."""
        groups = self._groups
        latest = next((one.members[:LATEST] for one in self._selections if not one.feed.path), ())
        paths = [DocumentPath(self._publication.pages)]
        if urlsplit(self._publication.feeds_url).netloc != urlsplit(self._publication.url).netloc:
            paths.append(DocumentPath("/"))
        for path in paths:
            yield self._page(
                path,
                self._inputs(groups, *map(self._seen, latest)),
                partial(self._make_start_page, groups, latest, path),
                latest,
            )

    @cached_property
    def _groups(self) -> tuple[FeedGroup, ...]:
        feeds = [selection.feed for selection in self._selections]
        definitions = [selection.definition for selection in self._selections]
        return feed_groups(feeds, definitions, language=self._publication.language)

    def _opml(self) -> Plan:
        groups = self._groups
        return Plan(
            path=DocumentPath(self._publication.pages + OPML),
            kind=DocumentKind.LIST,
            media_type=opml.MEDIA_TYPE,
            inputs=digest_of(self._context, groups),
            make=lambda _: opml.feeds_opml(self._publication, groups),
        )

    def _sitemap(self, visible: Sequence[Listing]) -> Plan:
        """Plan the news sitemap: what was published in the last two days."""
        recent = [listing for listing in visible if listing.published > self._view.now - NEWS_LASTS]
        return Plan(
            path=sitemap.PATH,
            kind=DocumentKind.SITEMAP,
            media_type=sitemap.MEDIA_TYPE,
            inputs=digest_of(self._context, [self._seen(listing) for listing in recent]),
            make=lambda materials: sitemap.news_sitemap(
                self._publication, self._entries(recent, materials), now=instant(self._view.now)
            ),
            entries=tuple(listing.id for listing in recent),
        )

    def _make_start_page(
        self, groups: Sequence[FeedGroup], latest: Sequence[Listing], path: str, materials: Materials
    ) -> bytes:
        return start_page(self._publication, groups, self._entries(latest, materials), path=path)

    def _subscribe_page(self, selection: Selection) -> Plan:
        feed, latest = selection.feed, selection.members[:LATEST]
        path, inputs = self._memo.get(
            ("subscribe", feed.name),
            (feed, latest),
            lambda: (subscribe_path(feed, self._publication), self._inputs(feed, *map(self._seen, latest))),
        )
        return self._page(
            path,
            inputs,
            lambda materials: subscribe_page(self._publication, feed, self._entries(latest, materials)),
            latest,
            owner=feed.definition,
        )

    def _article_page(self, listing: Listing, feeds: Sequence[Feed]) -> Plan:
        path, inputs = self._memo.get(
            ("article", listing.id),
            (listing, feeds),
            lambda: (
                page_path(listing.id),
                self._inputs(self._seen(listing), self._view.relations.get(listing.id), feeds),
            ),
        )

        def make(materials: Materials) -> bytes:
            return article_page(self._entries([listing], materials)[0], self._publication, feeds)

        return self._page(path, inputs, make, [listing])

    def _withdrawn_page(self, path: DocumentPath) -> Plan:
        """Plan what stands in place of an article that was taken back."""
        plan = self._page(path, self._inputs("withdrawn"), lambda _: withdrawn_page(self._publication, path))
        return replace(plan, kind=DocumentKind.WITHDRAWN, status=410)

    def _page(
        self,
        path: DocumentPath,
        inputs: Digest,
        make: Callable[[Materials], bytes],
        shown: Iterable[Listing] = (),
        *,
        owner: str = "",
    ) -> Plan:
        return Plan(
            path=path,
            kind=DocumentKind.PAGE,
            media_type="text/html; charset=utf-8",
            inputs=inputs,
            make=make,
            entries=tuple(listing.id for listing in shown),
            owner=owner,
        )

    def _inputs(self, *made_of: object) -> Digest:
        return digest_of(self._context, *made_of)

    def _seen(self, listing: Listing) -> tuple[str, int]:
        """Return what a page that shows an entry depends on."""
        return listing.digest, bisect_right(listing.due, self._view.now)

    def _entries(self, listings: Iterable[Listing], materials: Materials) -> list[Entry]:
        entries = (materials.entries.get(listing.id) for listing in listings)
        return [self._view.seen(entry) for entry in entries if entry is not None]


def _as_it_is(body: bytes, _: Materials) -> bytes:
    return body
