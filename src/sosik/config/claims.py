"""The owner of each address. Two feeds with the same address are reported before rendering."""

from collections.abc import Iterable

from sosik.errors import Problem
from sosik.model import FILENAMES, FeedDefinition, Publication
from sosik.model.publication import PAGES
from sosik.source import problem_of
from sosik.words import Message


def collisions(publication: Publication | None, feeds: Iterable[FeedDefinition]) -> tuple[Problem, ...]:
    """Return a problem for each address that a feed claims after another one; families are not looked at."""
    pages = publication.pages if publication else PAGES
    owners: dict[str, str | Message] = dict.fromkeys(
        (pages, f"{pages}feeds.opml", "/news-sitemap.xml", "/healthz", "/metrics"), Message("config.another-document")
    )
    ids: dict[str, str] = {}
    problems = []
    # In lower case: where documents are files, some systems tell no /Local/ from /local/.
    owners = {_as_file(path): owner for path, owner in owners.items()}
    for feed in feeds:
        paths = () if feed.each else (*_documents(feed), *feed.aliases)
        file = feed.location.file
        taken = [path for path in paths if owners.setdefault(_as_file(path), file) != file]
        if taken:
            owner = owners[_as_file(taken[0])]
            problems.append(_collision(feed, Message("feed-collision.path", path=taken[0], owner=owner)))
        elif feed.id and ids.setdefault(feed.id, file) != file:
            problems.append(_collision(feed, Message("feed-collision.id", id=feed.id, owner=ids[feed.id])))
    return tuple(problems)


def _as_file(path: str) -> str:
    """Return what two paths have in common where some systems tell them not apart; a query is no part of a file."""
    address, mark, query = path.partition("?")
    return f"{address.casefold()}{mark}{query}"


def _documents(feed: FeedDefinition) -> list[str]:
    folder = f"/{feed.path}/" if feed.path else "/"
    return [f"{folder}{FILENAMES[name]}" for name in feed.formats]


def _collision(feed: FeedDefinition, message: Message) -> Problem:
    return problem_of(message, feed.location, Message("feed-collision.hint"))
