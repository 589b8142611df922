"""The pictures of an entry: those its file names, and those inside its body."""

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sosik.errors import Location
from sosik.model import Image, Publication, RawValue
from sosik.normalize.fields import EntryFields
from sosik.normalize.links import absolute_url
from sosik.read import PictureFacts
from sosik.words import Message

# A scheme of one letter is a drive: C:\photos\1.jpg
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|/")

_MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


class PictureFinder(Protocol):
    """What knows the pictures below content/: `sosik.read.Pictures`."""

    def find(self, entry_source: str, url: str, /) -> PictureFacts | Message:
        """Return the picture at a relative path, seen from an entry's file, or why there is none, in a few words."""
        ...


@dataclass(kw_only=True, slots=True)
class EntryPictures:
    """The pictures of one entry; `media` collects those that lie beside it, by address, each once, in order."""

    fields: EntryFields
    source: str
    publication: Publication
    finder: PictureFinder
    media: dict[str, Image] = field(default_factory=dict)

    def images(self) -> tuple[Image, ...]:
        """Return the pictures that the file names, each once, the lead picture first; what is none is a problem."""
        images: dict[str, Image] = {}
        for member in self.fields.members("images"):
            image = self._image(member)
            if image is not None:
                images.setdefault(image.url, image)
        return tuple(images.values())

    def in_body(self, url: str) -> Image | None:
        """Return the picture that an address in the body means, None (a problem) where it cannot be published."""
        place = self.fields.place("body")
        if _ELSEWHERE.match(url):
            return self._elsewhere(url, place)
        picture = self._beside(url)
        if isinstance(picture, Image):
            return picture
        elsewhere = absolute_url(url, self.publication.url)
        if elsewhere is None:
            self.fields.report(Message("picture-missing.left-out", url=url, reason=picture), place)
            return None
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
        image = self._locate(url.text.strip(), url.location)
        if image is None:
            return None
        return replace(image, caption=values.text("caption"), credit=values.text("credit"), alt=values.text("alt"))

    def _locate(self, url: str, place: Location) -> Image | None:
        if _ELSEWHERE.match(url):
            return self._elsewhere(url, place)
        picture = self._beside(url)
        if isinstance(picture, Image):
            return picture
        self.fields.report(Message("picture-missing.left-out", url=url, reason=picture), place)
        return None

    def _elsewhere(self, url: str, place: Location) -> Image | None:
        address = absolute_url(url, self.publication.url)
        if address is None:
            self.fields.report(Message("picture-invalid.left-out", url=url), place)
            return None
        suffix = posixpath.splitext(urlsplit(address).path)[1].removeprefix(".").lower()
        return Image(url=address, media_type=_MEDIA_TYPES.get(suffix, ""))

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
