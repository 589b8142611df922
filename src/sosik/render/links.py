"""The links a feed states about itself: where it lives, who pushes it, where its older entries are."""

from collections.abc import Iterator

from sosik.model import ArchiveLinks, Feed, Publication
from sosik.render.formats import Format


def feed_links(feed: Feed, publication: Publication, form: Format, archive: ArchiveLinks) -> Iterator[dict[str, str]]:
    """Yield rel, type and href of a document's self link, hubs (WebSub) and archive neighbours (RFC 5005, 4)."""
    yield {"rel": "self", "type": form.link_type, "href": form.address(feed, publication)}
    for hub in publication.hubs:
        yield {"rel": "hub", "href": hub}
    neighbours = {"current": archive.current, "prev-archive": archive.previous, "next-archive": archive.next}
    for rel, path in neighbours.items():
        if path is not None:
            yield {"rel": rel, "type": form.link_type, "href": publication.address(folder_path(path, form))}


def folder_path(folder: str, form: Format) -> str:
    """Return the path of a format's document in a folder (without slashes at its ends; "" is the root)."""
    return f"/{folder}/{form.filename}" if folder else f"/{form.filename}"
