"""The table of feed formats, for all modules that write files, serve or list links."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from msgspec import Struct

from sosik.model import (
    FILENAMES,
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Entry,
    Envelope,
    Feed,
    FormatName,
    Fragment,
    Publication,
)


class Renderer(Protocol):
    """What the module of a format offers."""

    def render_entry(self, entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
        """Render one entry, with so much of it; raises RenderError naming the entry."""

    def render_envelope(
        self,
        feed: Feed,
        publication: Publication,
        fragments: Sequence[Fragment],
        *,
        archive: ArchiveLinks = NO_ARCHIVE,
    ) -> Envelope:
        """Render what stands around entries rendered before; raises RenderError naming the feed."""


class Format(Struct, frozen=True, kw_only=True):
    """A feed format: its file name, the media type it is served with, the name people know it by, its module."""

    name: FormatName
    filename: str
    media_type: str
    label: str
    module: str

    @property
    def link_type(self) -> str:
        """The media type without parameters, as links to the document state it."""
        return self.media_type.partition(";")[0]

    @property
    def renderer(self) -> Renderer:
        """The module that renders the format, imported when first needed (feedgen alone costs 0.1 s)."""
        return cast("Renderer", import_module(self.module))

    def document(
        self,
        feed: Feed,
        publication: Publication,
        fragments: Sequence[Fragment],
        *,
        archive: ArchiveLinks = NO_ARCHIVE,
    ) -> bytes:
        """Return a feed's whole document of entries rendered before; raises RenderError naming the feed."""
        envelope = self.renderer.render_envelope(feed, publication, fragments, archive=archive)
        return envelope.joined(fragments)

    def address(self, feed: Feed, publication: Publication) -> str:
        """The absolute address of a feed's document in this format."""
        return publication.address(feed.document_path(self.filename))


_ROWS = (
    Format(
        name=FormatName.RSS,
        filename=FILENAMES[FormatName.RSS],
        media_type="application/rss+xml; charset=utf-8",
        label="RSS 2.0",
        module="sosik.render.rss",
    ),
    Format(
        name=FormatName.ATOM,
        filename=FILENAMES[FormatName.ATOM],
        media_type="application/atom+xml; charset=utf-8",
        label="Atom 1.0",
        module="sosik.render.atom",
    ),
    Format(
        name=FormatName.JSON,
        filename=FILENAMES[FormatName.JSON],
        media_type="application/feed+json",
        label="JSON Feed 1.1",
        module="sosik.render.jsonfeed",
    ),
)

FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
"""Every format by its name, in the order in which links offer them."""
