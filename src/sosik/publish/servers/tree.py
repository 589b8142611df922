"""What a web server is to know of a published tree. All of it comes from where `sosik serve` takes it, too."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from sosik.addresses import split_address
from sosik.model import FEEDS, DocumentKind, Publication
from sosik.previous.memory import MEDIA_TYPE
from sosik.publish.answers import answer
from sosik.publish.parts import file_path
from sosik.publish.place import BESIDE
from sosik.publish.policy import EXPOSED, Policy, cache_control, content_type, read_policy
from sosik.queries import has_query, query_pattern
from sosik.render import opml, sitemap
from sosik.render.formats import FORMATS
from sosik.store import DocumentHead, has_store, open_snapshot, place_of
from sosik.words import Message

HIDDEN = (BESIDE, "*.gz")
"""Names that are no document's: what is just being written, and the compressed copies, which servers find alone."""

FEED_FILES = {form.filename: content_type(form.media_type) for form in FORMATS.values()}
"""The types of files that go by their whole name."""

SUFFIXES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "opml": content_type(opml.MEDIA_TYPE),
    "xml": content_type(sitemap.MEDIA_TYPE),
    "json": MEDIA_TYPE,
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
"""The types of all other files."""

EXPOSED_FIELDS = dict(EXPOSED)["Access-Control-Expose-Headers"]
METHODS = "GET, HEAD, OPTIONS"
MEDIA = "/media/"


class FeedFile(Struct, frozen=True, kw_only=True):
    """A feed's document: `path` as it is asked for, `file` as it lies below the root, and what it answers with."""

    path: str
    file: str
    kind: DocumentKind
    content_type: str
    caching: str
    link: str


class QueryAddress(Struct, frozen=True, kw_only=True):
    """An old address with a query, which has no file: `path` is asked for with a query that `pattern` fits as a whole.

    It answers with the document at `leads_to`; where that is empty it is gone.
    """

    path: str
    pattern: str
    leads_to: str = ""

    @property
    def whole(self) -> str:
        """The regular expression for path (decoded), question mark and query (as sent) together."""
        return rf"^{re.escape(self.path)}\?(?:{self.pattern})$"


class StaticTree(Struct, frozen=True, kw_only=True):
    """A published tree in the folder `root`: its documents, and the paths that no longer have one (`gone`).

    `queries` are the addresses beside them that a server has to tell apart.
    """

    root: str
    publication: Publication
    policy: Policy
    heads: tuple[DocumentHead, ...] = ()
    gone: tuple[str, ...] = ()
    queries: tuple[QueryAddress, ...] = ()

    @property
    def host(self) -> str:
        """The name by which clients ask for the feeds."""
        return split_address(self.publication.feeds_url).hostname or "localhost"

    @property
    def prefix(self) -> str:
        """The path below which the documents lie on that host, without a slash at its end; usually empty."""
        return split_address(self.publication.feeds_url).path.rstrip("/")

    @property
    def decoded_prefix(self) -> str:
        """The prefix as servers compare paths: without percent signs."""
        return unquote(self.prefix)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """The paths of the pages that say that an article was taken back."""
        return tuple(head.path for head in self.heads if head.kind is DocumentKind.WITHDRAWN)

    @property
    def lasting(self) -> str:
        """The Cache-Control of archives and pictures."""
        return cache_control(DocumentKind.MEDIA, self.policy)

    @property
    def passing(self) -> str:
        """The Cache-Control of everything else."""
        return cache_control(DocumentKind.PAGE, self.policy)

    def feeds(self) -> Iterator[FeedFile]:
        """Yield every feed document, aliases too."""
        for head in self.heads:
            if head.kind in FEEDS:
                fields = dict(answer(head, self.policy).headers)
                yield FeedFile(
                    path=head.path,
                    file=f"/{file_path(head.path)}",
                    kind=head.kind,
                    content_type=fields["Content-Type"],
                    caching=fields["Cache-Control"],
                    link=fields.get("Link", ""),
                )


def read_tree(folder: Path, publication: Publication, root: Path) -> StaticTree:
    """Return the tree that the store in `folder` publishes into `root`; before the first build nothing is in it.

    Raises `StoreError` when the store cannot be read.
    """
    place = str(root.resolve())
    store = place_of(folder)
    if not has_store(store):
        policy = Policy(feeds_url=publication.feeds_url, hubs=publication.hubs, max_age=publication.max_age)
        return StaticTree(root=place, publication=publication, policy=policy)
    snapshot = open_snapshot(store)
    with snapshot.reading():
        policy = read_policy(snapshot.meta("publication"))
        heads, gone = tuple(snapshot.heads()), tuple(snapshot.gone())
    snapshot.close()
    return StaticTree(
        root=place,
        publication=publication,
        policy=policy,
        heads=tuple(head for head in heads if not has_query(head.path)),
        gone=tuple(path for path in gone if not has_query(path)),
        queries=(*_queries(heads, policy), *(_query_address(path) for path in gone if has_query(path))),
    )


def _queries(heads: Iterable[DocumentHead], policy: Policy) -> Iterator[QueryAddress]:
    """Yield the addresses with a query, each with a file of the same bytes: that of the feed itself, if it is there."""
    files = {head.path: head for head in heads if head.kind in FEEDS and not has_query(head.path)}
    alike = {head.etag: path for path, head in files.items()}
    for head in heads:
        if has_query(head.path):
            own = policy.aliases.get(head.path, "")
            leads_to = own if own in files else alike.get(head.etag, "")
            if leads_to:
                yield _query_address(head.path, leads_to)


def _query_address(whole: str, leads_to: str = "") -> QueryAddress:
    path, _, query = whole.partition("?")
    return QueryAddress(path=path, pattern=query_pattern(query), leads_to=leads_to)


def comment(message: Message) -> str:
    """Return a message as the lines of a comment, each behind a number sign."""
    return "\n".join(f"# {line}".rstrip() for line in str(message).split("\n"))


def named(filename: str) -> str:
    """Return the regular expression for the paths of files of one name."""
    return f"/{re.escape(filename)}$"
