"""`_headers` and `_redirects`: files that tell static hosts (Netlify, Cloudflare Pages and others) what to send.

Both are read by the same simple rules: a path that matches several rules gets the fields of all of them, and a field
that it gets twice is joined by a comma. So no two rules here give the same field to one path. `:name` stands for one
part of a path, `*` for all that follows.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from sosik.publish.answers import ARCHIVE, content_type
from sosik.publish.servers.tree import MEDIA, FeedFile, StaticTree
from sosik.render import opml, sitemap
from sosik.render.pages import OPML

MOST_RULES = 100
"""How many rules Cloudflare Pages reads; the first are the more important ones."""

_HEADERS = """\
# _headers, for the root of the site to which {root} is uploaded. Print it again when feeds are added.
# {count} rules{warning}
"""
_REDIRECTS = """\
# _redirects, for the root of the site to which {root} is uploaded. Print it again when feeds go.
# What was taken away is answered with 410, so that readers stop asking. A host that knows no 410 passes the lines over.
"""

Fields = dict[str, str]


def headers(tree: StaticTree) -> str:
    """Return a `_headers` file: types, caching, who may read, and what each feed names as its address and hubs."""
    rules = dict(_rules(tree))
    warning = f", of which Cloudflare Pages reads the first {MOST_RULES}" if len(rules) > MOST_RULES else ""
    lines = [_HEADERS.format(root=tree.root, count=len(rules), warning=warning)]
    for pattern, fields in rules.items():
        lines += [f"{tree.prefix}{pattern}\n", *(f"  {name}: {value}\n" for name, value in fields.items() if value)]
    return "".join(lines)


def redirects(tree: StaticTree) -> str:
    """Return a `_redirects` file: the paths that no longer have a document, and what to show in its place."""
    shown = f"{tree.prefix}{quote(tree.publication.pages)}index.html"
    lines = (f"{tree.prefix}{quote(path)}  {shown}  410\n" for path in tree.gone)
    return "".join([_REDIRECTS.format(root=tree.root), *lines])


def _rules(tree: StaticTree) -> Iterator[tuple[str, Fields]]:
    """Yield each path or pattern with its fields, those that hold for most first."""
    feeds = list(tree.feeds())
    yield "/*", {"Access-Control-Allow-Origin": "*"}
    yield f"{MEDIA}*", {"Cache-Control": tree.lasting}
    for pattern, media_type in sorted(_archives(feeds)):
        yield pattern, {"Content-Type": media_type, "Cache-Control": tree.lasting}
    lists = {sitemap.PATH: sitemap.MEDIA_TYPE, f"{tree.publication.pages}{OPML}": opml.MEDIA_TYPE}
    for path, media_type in lists.items():
        yield quote(path), {"Content-Type": content_type(media_type), "Cache-Control": tree.passing}
    for feed in sorted(feeds, key=lambda feed: feed.path.count("/")):
        if ARCHIVE not in feed.path:
            fields = {"Content-Type": feed.content_type, "Cache-Control": tree.passing, "Link": feed.link}
            yield quote(feed.path), fields


def _archives(feeds: Iterable[FeedFile]) -> set[tuple[str, str]]:
    """Return patterns for all archive documents, which are many, with their types."""
    found = set()
    for feed in feeds:
        folder, archive, rest = feed.path.partition(ARCHIVE)
        if archive:
            parts = "".join(f"/:part{number}" for number in range(folder.count("/")))
            found.add((f"{parts}{ARCHIVE}:month/{rest.rpartition('/')[2]}", feed.content_type))
    return found
