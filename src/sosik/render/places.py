"""The paths of pages, and relative links between them for any host, port and path prefix."""

from functools import lru_cache
from urllib.parse import quote

from msgspec.structs import replace

from sosik.addresses import split_address
from sosik.model import Entry, Feed, Image, Publication
from sosik.model.values import DocumentPath
from sosik.normalize.ids import page_path

STYLE = "style.css"
OPML = "feeds.opml"
"""The files, below `pages`, that style the pages, and that list all feeds."""

FEED_STYLE = "feed.css"
"""The file, below `pages`, that makes a feed's source readable in a browser."""


def feed_style(publication: Publication) -> str:
    """Return the reference from every feed to its style sheet: it has no host, and holds for aliases too."""
    return split_address(publication.address(publication.pages + FEED_STYLE)).path


def subscribe_path(feed: Feed, publication: Publication) -> DocumentPath:
    """Return the path of a feed's subscribe page: below `pages` by its name, in a family by its path."""
    return DocumentPath(f"{publication.pages}{feed.path if '/' in feed.name else feed.name}/")


def at_home(entry: Entry, publication: Publication) -> Entry:
    """Return an entry with its page and its pictures where the publication has them now.

    The last good version of an entry holds the addresses of the day it was read; ids and paths hold for ever.
    """
    moved = {
        image.url: publication.address(image.path)
        for image in (*entry.images, *entry.media)
        if image.path and image.url != publication.address(image.path)
    }
    link = publication.address(page_path(entry.id)) if entry.has_page else entry.link
    if not moved and link == entry.link:
        return entry
    from html import escape  # few entries get here

    body = entry.body
    for old, new in moved.items():
        body = body.replace(f'"{escape(old)}"', f'"{escape(new)}"')

    def placed(images: tuple[Image, ...]) -> tuple[Image, ...]:
        return tuple(replace(image, url=moved.get(image.url, image.url)) for image in images)

    return replace(entry, link=link, body=body, images=placed(entry.images), media=placed(entry.media))


def relative(here: str, path: str) -> str:
    """Return the relative, percent-encoded reference from the page at `here` to a document at `path`.

    Both begin with a slash; a path that ends with one is a folder's page.
    """
    if here.endswith("/") and not path.startswith(here):
        # A page that has a folder to itself is one of many.
        above = _reference(here[: here.rindex("/", 0, -1) + 1], path)
        return "../" if above == "./" else f"../{above}"
    return _reference(here, path)


@lru_cache(maxsize=16_384)
def _quoted(path: str) -> list[str]:
    """Return the parts of a path, percent-encoded; not to be changed."""
    return quote(path).split("/")


@lru_cache(maxsize=16_384)
def _reference(here: str, path: str) -> str:
    *folders, _ = _quoted(here)
    *others, name = _quoted(path)
    same = 0
    for one, other in zip(folders, others, strict=False):
        if one != other:
            break
        same += 1
    return "/".join([*[".."] * (len(folders) - same), *others[same:], name]) or "./"
