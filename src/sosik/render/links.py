"""The links a feed states about itself: where it lives, who pushes it, where its older entries are."""

from collections.abc import Iterator
from typing import NamedTuple

from sosik.model import ArchiveLinks, Feed, Publication
from sosik.render.formats import Format
from sosik.render.shapes import Word


class Link(NamedTuple):
    """A link of a feed, of a media type where that is known."""

    rel: Word
    type: Word
    href: str

    @property
    def attributes(self) -> dict[str, str]:
        """What the link says of itself."""
        return {name: value for name, value in self._asdict().items() if value}


def feed_links(feed: Feed, publication: Publication, form: Format, archive: ArchiveLinks) -> Iterator[Link]:
    """Yield a document's self link, hubs (WebSub) and archive neighbours (RFC 5005, 4)."""
    media_type = Word(form.link_type)
    yield Link(Word("self"), media_type, form.address(feed, publication))
    for hub in publication.hubs:
        yield Link(Word("hub"), Word(), hub)
    neighbours = {"current": archive.current, "prev-archive": archive.previous, "next-archive": archive.next}
    for rel, path in neighbours.items():
        if path is not None:
            yield Link(Word(rel), media_type, publication.address(folder_path(path, form)))


def folder_path(folder: str, form: Format) -> str:
    """Return the path of a format's document in a folder (without slashes at its ends; "" is the root)."""
    return f"/{folder}/{form.filename}" if folder else f"/{form.filename}"
