"""What an edition changed, queued for everyone who is to be told, in the transaction that commits the edition."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from sosik.edition.selection import Selection
from sosik.model import Outcome, Publication
from sosik.normalize.ids import page_path
from sosik.render.formats import FORMATS
from sosik.store import AnnouncementRow, LedgerRow, Store

WEBSUB = "websub"
INDEXNOW = "indexnow"

_UNTOLD = frozenset({Outcome.UNCHANGED, Outcome.HELD})


def targets_of(publication: Publication) -> tuple[str, ...]:
    """Return everyone who is to be told of changes: hubs, then search engines."""
    return publication.hubs + (publication.indexnow.endpoints if publication.indexnow else ())


def queue_changes(
    store: Store,
    publication: Publication,
    selections: Sequence[Selection],
    outcomes: Mapping[str, Outcome],
    ledger: Mapping[str, LedgerRow],
    *,
    since: int,
) -> None:
    """Queue the feed documents and the articles that the edition composed at `since` (seconds) changed."""
    store.announcements.keep_only(targets_of(publication))
    if publication.hubs:
        topics = sorted(_topics(selections) & store.changed_at(since))
        addresses = [publication.address(path) for path in topics]
        store.announcements.put(_rows(publication.hubs, addresses, WEBSUB, since))
    if publication.indexnow:
        changed = [ledger[id_] for id_, outcome in outcomes.items() if outcome not in _UNTOLD and id_ in ledger]
        links = sorted({link for row in changed if (link := _own_link(row, publication))})
        store.announcements.put(_rows(publication.indexnow.endpoints, links, INDEXNOW, since))


def _rows(targets: Sequence[str], urls: Sequence[str], protocol: str, since: int) -> Iterator[AnnouncementRow]:
    for target in targets:
        for url in urls:
            yield AnnouncementRow(target=target, url=url, protocol=protocol, since=since)


def _topics(selections: Sequence[Selection]) -> set[str]:
    """Return the paths of the documents that people subscribe to; archives and aliases are none."""
    feeds = [selection.feed for selection in selections if selection.is_current]
    return {feed.document_path(FORMATS[name].filename) for feed in feeds for name in feed.formats}


def _own_link(row: LedgerRow, publication: Publication) -> str:
    """Return an article's address, or nothing where it is on a host that is not the publication's."""
    link = row.link or publication.address(page_path(row.id))
    hosts = {urlsplit(base).netloc for base in (publication.url, publication.feeds_url)}
    return link if urlsplit(link).netloc in hosts else ""
