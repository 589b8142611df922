"""The news sitemap of the last two days, for search engines (sitemaps.org, Google's news extension).

If there are too many articles for one sitemap, it is split, and its address returns an index of the parts.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sosik.model import Entry, Publication
from sosik.model.values import DocumentPath
from sosik.render.instants import machine_date

PATH = DocumentPath("/news-sitemap.xml")
MEDIA_TYPE = "application/xml; charset=utf-8"
LASTS = timedelta(days=2)
"""How long an article stays in the news sitemap."""
LIMIT = 1000
"""How many articles a news sitemap may hold."""
ALL_PARTS = [DocumentPath(f"/news-sitemap-{number}.xml") for number in range(1, 51)]
"""The paths of all parts that a news sitemap may have; what is older than they hold is left out."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<urlset xmlns="{_NAMESPACE}" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)
_INDEX_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">'


def part_paths(articles: int) -> list[DocumentPath]:
    """Return the paths of the parts of a news sitemap of so many articles; none where it is not split."""
    return ALL_PARTS[: -(-articles // LIMIT)] if articles > LIMIT else []


def sitemap_index(publication: Publication, parts: Iterable[DocumentPath]) -> bytes:
    """Return the index of a news sitemap that is split into `parts` (sitemaps.org/protocol.html#index)."""
    lines = (f"<sitemap>{_element('loc', publication.address(path))}</sitemap>" for path in parts)
    return "\n".join([_INDEX_HEAD, *lines, "</sitemapindex>", ""]).encode()


def news_sitemap(publication: Publication, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """Return the sitemap of the `entries` (newest first) published in the two days before `now`, an aware instant."""
    recent = [entry for entry in entries if now - LASTS < entry.published <= now][:LIMIT]
    return "\n".join([_HEAD, *(_url(publication, entry) for entry in recent), "</urlset>", ""]).encode()


def _url(publication: Publication, entry: Entry) -> str:
    return "".join(["<url>", *_members(publication, entry), "</url>"])


def _members(publication: Publication, entry: Entry) -> Iterator[str]:
    language = (entry.language or publication.language).partition("-")[0]
    yield _element("loc", entry.link)
    if entry.updated:
        yield _element("lastmod", machine_date(entry.updated, entry.updated_precision, timezone=publication.timezone))
    yield "<news:news><news:publication>"
    yield _element("news:name", publication.title)
    yield _element("news:language", language)
    yield "</news:publication>"
    published = machine_date(entry.published, entry.published_precision, timezone=publication.timezone)
    yield _element("news:publication_date", published)
    yield _element("news:title", entry.title)
    yield "</news:news>"


def _element(name: str, text: str) -> str:
    from html import escape  # with it come the names of all characters

    return f"<{name}>{escape(text, quote=False)}</{name}>"
