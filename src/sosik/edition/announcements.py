"""The notifications for the changes of an edition, as rows of the queue."""

from collections.abc import Iterable, Iterator, Mapping

from sosik.addresses import split_address
from sosik.model import Outcome, Publication
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.store import AnnouncementRow

WEBSUB = "websub"
INDEXNOW = "indexnow"

HINDERED = "hindered"
"""Where the store remembers what stands in the way of telling them."""

_UNTOLD = frozenset({Outcome.UNCHANGED, Outcome.HELD})


def told(outcomes: Mapping[str, Outcome]) -> list[EntryId]:
    """Return the ids of the entries of which something is told; `outcomes` are by id, or by file for what is held."""
    return [EntryId(id_) for id_, outcome in outcomes.items() if outcome not in _UNTOLD]


def targets_of(publication: Publication) -> tuple[str, ...]:
    """Return everyone who is to be told of changes: hubs, then search engines."""
    return publication.hubs + (publication.indexnow.endpoints if publication.indexnow else ())


def announcements(
    publication: Publication,
    topics: Iterable[str],
    links: Mapping[EntryId, str],
    *,
    since: Seconds,
) -> list[AnnouncementRow]:
    """Return what hubs and search engines are to be told of the edition composed at `since` (seconds).

    `topics` are the paths of the feeds whose bytes changed, `links` are those of the entries that changed, by
    id; empty where sosik makes the page.
    """
    addresses = [publication.address(path) for path in sorted(topics)]
    rows = list(_rows(publication.hubs, addresses, WEBSUB, since))
    if publication.indexnow:
        own = sorted({own for id_, link in links.items() if (own := _own_link(id_, link, publication))})
        rows += _rows(publication.indexnow.endpoints, own, INDEXNOW, since)
    return rows


def _rows(targets: Iterable[str], urls: Iterable[str], protocol: str, since: Seconds) -> Iterator[AnnouncementRow]:
    for target in targets:
        for url in urls:
            yield AnnouncementRow(target=target, url=url, protocol=protocol, since=since)


def _own_link(id_: EntryId, link: str, publication: Publication) -> str:
    """Return an article's address, or nothing where it is on a host that is not the publication's."""
    link = link or publication.address(page_path(id_))
    hosts = {split_address(base).netloc for base in (publication.url, publication.feeds_url)}
    return link if split_address(link).netloc in hosts else ""
