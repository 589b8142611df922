"""Which address belongs to which feed: two that claim the same are told before anything is rendered."""

from collections.abc import Iterable

from sosik.errors import Problem
from sosik.model import FeedDefinition, FormatName, Publication

_FILES = {FormatName.RSS: "rss.xml", FormatName.ATOM: "atom.xml", FormatName.JSON: "feed.json"}


def collisions(publication: Publication | None, feeds: Iterable[FeedDefinition]) -> tuple[Problem, ...]:
    """Return a problem for each address that a feed claims after another one; families are not looked at."""
    pages = publication.pages if publication else "/feeds/"
    owners = dict.fromkeys(
        (pages, f"{pages}feeds.opml", "/news-sitemap.xml", "/healthz", "/metrics"), "another document"
    )
    ids: dict[str, str] = {}
    problems = []
    # In lower case: where documents are files, some systems tell no /Local/ from /local/.
    owners = {path.casefold(): owner for path, owner in owners.items()}
    for feed in feeds:
        paths = () if feed.each else (*_documents(feed), *feed.aliases)
        file = feed.location.file
        taken = [path for path in paths if owners.setdefault(path.casefold(), file) != file]
        if taken:
            problems.append(_collision(feed, f"{taken[0]} belongs to {owners[taken[0].casefold()]} already"))
        elif feed.id and ids.setdefault(feed.id, file) != file:
            problems.append(_collision(feed, f"the id {feed.id} belongs to {ids[feed.id]} already"))
    return tuple(problems)


def _documents(feed: FeedDefinition) -> list[str]:
    folder = f"/{feed.path}/" if feed.path else "/"
    return [f"{folder}{_FILES[name]}" for name in feed.formats]


def _collision(feed: FeedDefinition, message: str) -> Problem:
    return Problem(
        code="feed-collision",
        message=message,
        location=feed.location,
        hint="give one of the two another path, alias or id",
    )
