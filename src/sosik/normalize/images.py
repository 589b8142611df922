"""The pictures of an entry: those its file names, and those inside its body."""

import posixpath
import re
import unicodedata
from typing import Protocol
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.addresses import host_of, split_address
from sosik.errors import Location
from sosik.model import Image, Publication, RawText, RawValue
from sosik.model.entry import MEDIA_TYPES
from sosik.normalize.body_place import BodyPlace
from sosik.normalize.embeds import is_other_media
from sosik.normalize.fields import EntryFields
from sosik.normalize.jumps import Jumps
from sosik.normalize.links import absolute_url, completed_url, is_own
from sosik.patterns import pattern
from sosik.read import PictureFacts
from sosik.words import Message

# A scheme of one letter is a drive: C:\photos\1.jpg
_ELSEWHERE = pattern(r"[A-Za-z][A-Za-z0-9+.-]+:|/")

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")

HINTS = {
    "address-unsure.particle": Message("address-unsure.particle-hint"),
    "html-removed.hidden": Message("html-removed.hidden-hint"),
    "html-removed.shown": Message("html-removed.hidden-hint"),
    "picture-invalid.no-picture": Message("picture-invalid.no-picture-hint"),
    "shortcode.kept": Message("shortcode.kept-hint"),
}
"""What is told beside a message, by its identifier."""

_WRITTEN = ("code", "written", "text", "words", "url")
"""The values of messages that stand in a body as they are written there."""

# What lies beside an entry but is no picture stays in the newsroom; what is not there at all is somewhere on the site.
_ABSENT = frozenset({"read.picture-absent", "read.picture-outside", "read.picture-path", "read.picture-no-file"})


_NO_FILE = frozenset(f"read.picture-{why}" for why in ("absent", "path", "outside", "link", "no-file"))
"""Why a path leads to no picture: it is the path that is to be changed."""


class PictureFinder(Protocol):
    """What knows the pictures below content/: `sosik.read.Pictures`."""

    def find(self, entry_source: str, url: str, /) -> PictureFacts | Message:
        """Return the picture at a relative path, seen from an entry's file, or why there is none, in a few words."""
        ...

    def nearest(self, entry_source: str, url: str, /) -> str | None:
        """Return the relative path of the picture that one that is not there was probably meant to be."""
        ...


class EntryPictures(Struct, kw_only=True):
    """The pictures of one entry; `media` collects those that lie beside it, by address, each once, in order.

    `base` is what addresses are relative to that lead to nothing beside the entry: its own link, or the home page.
    `jumps` are those of its body.
    """

    fields: EntryFields
    source: str
    publication: Publication
    finder: PictureFinder
    base: str
    jumps: Jumps
    media: dict[str, Image] = field(default_factory=dict)

    def images(self) -> tuple[Image, ...]:
        """Return the pictures that the file names, each once, the lead picture first; what is none is a problem."""
        images: dict[str, Image] = {}
        for member in self.fields.members("images"):
            image = self._image(member)
            if image is not None:
                images.setdefault(image.url, image)
        return tuple(images.values())

    def place(self, images: tuple[Image, ...]) -> BodyPlace:
        """Return where the entry's body stands, with the pictures that the file names."""

        def tell(message: Message, offset: int | None = None, /) -> None:
            self.fields.report(message, self._in_body(message, offset), HINTS.get(message.key))

        return BodyPlace(
            base=self.base,
            site=self.publication.url,
            jumps=self.jumps,
            picture=self.in_body,
            beside=self.in_link,
            tell=tell,
            images=images,
        )

    def _in_body(self, message: Message, offset: int | None = None) -> Location:
        """Return the place in the body that a message speaks of: at an offset, or where its words first stand."""
        said = dict(message.values)
        words = next((str(said[name]).rstrip("…") for name in _WRITTEN if said.get(name)), "")
        return self._where(words, offset)

    def _where(self, words: str, offset: int | None = None) -> Location:
        body = self.fields.values.get("body")
        if not isinstance(body, RawText):
            return self.fields.place("body")
        if offset is None:
            offset = body.text.find(words) if words else -1
        return body.place(offset) if offset >= 0 else body.location

    def in_link(self, url: str) -> str | None:
        """Return the published address of the picture that a link of the body means, None where it means none.

        Told is what lies beside the entry but is not published, and what leads out of the site though it names no host.
        """
        if _SCHEME.match(url) or url.startswith(("//", "?")):
            return None
        found = None if url.startswith("/") else self._beside(url)
        if isinstance(found, Image):
            return found.url
        address = absolute_url(url, self.base)
        if address is None:
            return None
        message = None
        if found is not None and found.key not in _ABSENT:
            message = Message("address-unsure.file", written=url, url=address)
        elif not is_own(host_of(address), self.publication):
            message = self._outside(url, address)
        if message:
            self.fields.report(message, self._in_body(message))
        return None

    def _outside(self, url: str, address: str) -> Message:
        own = host_of(self.publication.url)
        return Message("address-unsure.outside", written=url, host=host_of(address), own=own)

    def in_body(self, url: str) -> Image | None:
        """Return the picture that an address in the body means, None (a problem) where it cannot be published."""
        place = self._where(url)
        if _ELSEWHERE.match(url):
            return self._elsewhere(url, place)
        picture = self._beside(url)
        if isinstance(picture, Image):
            return picture
        completed = completed_url(url)
        elsewhere = completed or absolute_url(url, self.base)
        if elsewhere is None:
            self._left_out(url, picture, place)
            return None
        if completed:
            self.fields.report(Message("address-repaired.link", written=url, url=completed), place)
            return Image(url=completed)
        message = Message("picture-relative.body", url=url, reason=picture, elsewhere=elsewhere)
        self.fields.report(message, place)
        return Image(url=elsewhere)

    def _image(self, member: RawValue) -> Image | None:
        values = self.fields.nested("images", member, "url")
        url = values.scalar("url") if values else None
        if values is None:
            return None
        if url is None:
            values.report(Message("picture-invalid.no-url"), hint=Message("picture-invalid.no-url-hint"))
            return None
        image = self._locate(values.address("url", url), url.location)
        if image is None:
            return None
        return replace(image, caption=values.text("caption"), credit=values.text("credit"), alt=values.text("alt"))

    def _locate(self, url: str, place: Location) -> Image | None:
        if _ELSEWHERE.match(url):
            return self._elsewhere(url, place)
        picture = self._beside(url)
        if isinstance(picture, Image):
            return picture
        if completed := completed_url(url):
            self.fields.report(Message("address-repaired.link", written=url, url=completed), place)
            return self._elsewhere(completed, place)
        self._left_out(url, picture, place)
        return None

    def _left_out(self, url: str, reason: Message, place: Location) -> None:
        hint = Message("picture-missing.replace-hint")
        if reason.key in _NO_FILE:
            near = self.finder.nearest(self.source, url)
            hint = Message("picture-missing.near-hint", path=near) if near else Message("picture-missing.path-hint")
        self.fields.report(Message("picture-missing.left-out", url=url, reason=reason), place, hint)

    def _elsewhere(self, url: str, place: Location) -> Image | None:
        address = absolute_url(url, self.base)
        if address is None:
            self.fields.report(Message("picture-invalid.left-out", url=url), place)
            return None
        if url.startswith("/") and not url.startswith("//") and not is_own(host_of(address), self.publication):
            self.fields.report(self._outside(url, address), place)
        suffix = posixpath.splitext(split_address(address).path)[1].removeprefix(".").lower()
        if is_other_media(address):
            self.fields.report(
                Message("picture-invalid.no-picture", url=url), place, HINTS["picture-invalid.no-picture"]
            )
            return None
        return Image(url=address, media_type=MEDIA_TYPES.get(suffix, ""))

    def _beside(self, url: str) -> Image | Message:
        """Return the picture at a relative address, or why there is none; as written, then as an address is read."""
        picture = self.finder.find(self.source, url)
        if isinstance(picture, Message) and (read := unquote(re.split("[?#]", url)[0])) != url:
            picture = self.finder.find(self.source, read)
        if isinstance(picture, Message):
            return picture
        image = Image(
            url=self.publication.address(media_path(picture.digest, picture.file)),
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            length=picture.length,
            file=picture.file,
            digest=picture.digest,
            path=media_path(picture.digest, picture.file),
        )
        return self.media.setdefault(image.url, image)


def media_path(digest: str, file: str) -> str:
    """Return the path of the document of a picture below content/: `/media/`, 8 digits of its digest, its name."""
    return f"/media/{digest[:8]}/{unicodedata.normalize('NFC', posixpath.basename(file))}"
