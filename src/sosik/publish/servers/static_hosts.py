"""`_headers` and `_redirects` for static hosts (Netlify, Cloudflare Pages and others).

Both have the same rules. A path that matches several rules gets the fields of all of them, and a repeated field is
joined by a comma. So no two rules here give the same field to one path. `:name` matches one part of a path, `*` the
rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from sosik.model import DocumentKind
from sosik.normalize.ids import ARTICLES
from sosik.previous.memory import MEDIA_TYPE, NAME
from sosik.publish.policy import EXPOSED, content_type
from sosik.publish.servers.tree import MEDIA, FeedFile, StaticTree, comment
from sosik.render import opml, sitemap
from sosik.render.places import OPML
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message

MOST_RULES = 100
"""How many rules Cloudflare Pages reads; the first are the more important ones."""

_PICTURES = f"{MEDIA}*"
FieldValues = dict[str, str]
"""Header fields of a rule: names and values; one without a value is left out."""


def headers(tree: StaticTree) -> str:
    """Return a `_headers` file: types, caching, who may read, what browsers may load, how each feed names itself."""
    rules = dict(_rules(tree))
    about = Message("publish.headers-about", root=tree.root, count=len(rules))
    if len(rules) > MOST_RULES:
        about = Message("publish.headers-about-many", root=tree.root, count=len(rules), most=MOST_RULES)
    lines = [f"{comment(about)}\n"]
    for pattern, fields in rules.items():
        lines += [f"{tree.prefix}{pattern}\n", *(f"  {name}: {value}\n" for name, value in fields.items() if value)]
    return "".join(lines)


def redirects(tree: StaticTree) -> str:
    """Return a `_redirects` file: the paths that no longer have a document, and what to show in its place."""
    shown = f"{tree.prefix}{quote(tree.publication.pages)}index.html"
    lines = (f"{tree.prefix}{quote(path)}  {shown}  410\n" for path in tree.gone)
    return "".join([f"{comment(Message('publish.redirects-about', root=tree.root))}\n", *lines])


def _rules(tree: StaticTree) -> Iterator[tuple[str, FieldValues]]:
    """Yield each path or pattern with its fields, those that hold for most first."""
    feeds = list(tree.feeds())
    polled = [feed for feed in feeds if feed.kind is not DocumentKind.ARCHIVE]
    yield "/*", {"Access-Control-Allow-Origin": "*", **dict(EXPOSED)}
    yield from _page_rules(tree.publication.pages)
    if not any(_matches(_PICTURES, feed.path) for feed in feeds):
        yield _PICTURES, {"Cache-Control": tree.lasting}
    yield from _archive_rules([feed for feed in feeds if feed.kind is DocumentKind.ARCHIVE], polled)
    pages = tree.publication.pages
    lists = {sitemap.PATH: sitemap.MEDIA_TYPE, f"{pages}{OPML}": opml.MEDIA_TYPE, f"{pages}{NAME}": MEDIA_TYPE}
    for path, media_type in lists.items():
        yield quote(path), {"Content-Type": content_type(media_type), "Cache-Control": tree.passing}
    for feed in sorted(polled, key=lambda feed: feed.path.count("/")):
        yield _rule(feed)


def _page_rules(pages: str) -> Iterator[tuple[str, FieldValues]]:
    """Yield a pattern for each folder of pages; where it holds pictures too, the pages have to say it by themselves."""
    folders = [ARTICLES] if (ARTICLES.startswith(pages) or pages.startswith((ARTICLES, MEDIA))) else [pages, ARTICLES]
    for folder in folders:
        yield f"{quote(folder)}*", {"Content-Security-Policy": CONTENT_SECURITY}


def _rule(feed: FeedFile) -> tuple[str, FieldValues]:
    return quote(feed.path), {"Content-Type": feed.content_type, "Cache-Control": feed.caching, "Link": feed.link}


def _archive_rules(archives: Iterable[FeedFile], polled: Sequence[FeedFile]) -> Iterator[tuple[str, FieldValues]]:
    """Yield a pattern for the archive documents, which are many, or each of them where it means other feeds too."""
    by_pattern: dict[str, list[FeedFile]] = {}
    for feed in archives:
        *folders, marker, _, filename = feed.path.split("/")[1:]
        parts = [f":part{number}" for number in range(len(folders))]
        by_pattern.setdefault("/".join(["", *parts, marker, ":month", filename]), []).append(feed)
    for pattern, members in sorted(by_pattern.items()):
        if any(_matches(pattern, feed.path) for feed in polled):
            yield from map(_rule, members)
        else:
            yield pattern, {"Content-Type": members[0].content_type, "Cache-Control": members[0].caching}


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a pattern means a path."""
    start, star, _ = pattern.partition("*")
    if star:
        return path.startswith(start)
    parts, wanted = path.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(
        want == part or (want[:1] == ":" and part) for part, want in zip(parts, wanted, strict=True)
    )
