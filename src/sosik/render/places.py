"""Where our own pages stand, and how they point at one another on whatever host, port or path prefix they are read."""

from functools import lru_cache
from posixpath import relpath
from urllib.parse import quote, unquote, urlsplit

from sosik.model import Entry, Feed, Publication

FEED_STYLE = "feed.css"
"""The file, below `pages`, that makes a feed's source readable in a browser."""


def feed_style(publication: Publication) -> str:
    """Return the reference from every feed to its style sheet: it has no host, and holds for aliases too."""
    return urlsplit(publication.address(publication.pages + FEED_STYLE)).path


def subscribe_path(feed: Feed, publication: Publication) -> str:
    """Return the path of a feed's subscribe page: below `pages` by its name, in a family by its path."""
    return f"{publication.pages}{feed.path if '/' in feed.name else feed.name}/"


def article_path(entry: Entry, publication: Publication) -> str:
    """Return the path of the page of an entry that has no link of its own."""
    return "/" + unquote(entry.link.removeprefix(publication.feeds_url))


@lru_cache(maxsize=16_384)
def relative(here: str, path: str) -> str:
    """Return the relative, percent-encoded reference from the page at `here` to a document at `path`.

    Both begin with a slash; a path that ends with one is a folder's page.
    """
    reference = relpath(path, here if here.endswith("/") else here.rpartition("/")[0] or "/")
    return quote(f"{reference}/" if path.endswith("/") else reference)
