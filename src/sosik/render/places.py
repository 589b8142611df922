"""Where our own pages stand, and how they point at one another on whatever host, port or path prefix they are read."""

from posixpath import relpath
from urllib.parse import quote, unquote

from sosik.model import Entry, Feed, Publication


def subscribe_path(feed: Feed, publication: Publication) -> str:
    """Return the path of a feed's subscribe page: below `pages` by its name, in a family by its path."""
    return f"{publication.pages}{feed.path if '/' in feed.name else feed.name}/"


def article_path(entry: Entry, publication: Publication) -> str:
    """Return the path of the page of an entry that has no link of its own."""
    return "/" + unquote(entry.link.removeprefix(publication.feeds_url))


def relative(here: str, path: str) -> str:
    """Return the relative, percent-encoded reference from the page at `here` to a document at `path`.

    Both begin with a slash; a path that ends with one is a folder's page.
    """
    reference = relpath(path, here if here.endswith("/") else here.rpartition("/")[0] or "/")
    return quote(f"{reference}/" if path.endswith("/") else reference)
