"""What an edition changed, as everyone who is to be told of it will be: rows for the queue."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from sosik.model import Outcome, Publication
from sosik.model.values import EntryId, Seconds
from sosik.normalize.ids import page_path
from sosik.store import AnnouncementRow, LedgerRow

WEBSUB = "websub"
INDEXNOW = "indexnow"

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
    outcomes: Mapping[str, Outcome],
    ledger: Mapping[EntryId, LedgerRow],
    *,
    since: Seconds,
) -> list[AnnouncementRow]:
    """Return what hubs and search engines are to be told of the edition composed at `since` (seconds).

    `topics` are the paths of the feeds whose bytes changed, `outcomes` say by id what became of the entries.
    """
    addresses = [publication.address(path) for path in sorted(topics)]
    rows = list(_rows(publication.hubs, addresses, WEBSUB, since))
    if publication.indexnow:
        changed = [ledger[id_] for id_ in told(outcomes) if id_ in ledger]
        links = sorted({link for entry in changed if (link := _own_link(entry, publication))})
        rows += _rows(publication.indexnow.endpoints, links, INDEXNOW, since)
    return rows


def _rows(targets: Iterable[str], urls: Iterable[str], protocol: str, since: Seconds) -> Iterator[AnnouncementRow]:
    for target in targets:
        for url in urls:
            yield AnnouncementRow(target=target, url=url, protocol=protocol, since=since)


def _own_link(entry: LedgerRow, publication: Publication) -> str:
    """Return an article's address, or nothing where it is on a host that is not the publication's."""
    link = entry.link or publication.address(page_path(entry.id))
    hosts = {urlsplit(base).netloc for base in (publication.url, publication.feeds_url)}
    return link if urlsplit(link).netloc in hosts else ""
