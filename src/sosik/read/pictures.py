"""Pictures beside the entries: found by their address, typed by their bytes, never decoded."""

import hashlib
import io
import os
import posixpath
import unicodedata
import warnings
from errno import ENOENT
from pathlib import Path

from msgspec import Struct

from sosik.file_names import name_of
from sosik.read.metadata import without_metadata
from sosik.reasons import reason_of
from sosik.words import Message

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of one picture."""

_MEDIA_TYPES = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}

_ENDINGS = (".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp")

_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})


class PictureFacts(Struct, frozen=True, kw_only=True):
    """A picture below content/: its path there, and of its published copy type, pixels, bytes, and their SHA-256."""

    file: str
    media_type: str
    width: int
    height: int
    length: int
    digest: str


class Pictures:
    """The pictures below one content folder. What was found is kept for the life of the object."""

    def __init__(self, content: Path) -> None:
        self._root = os.path.realpath(content)
        self._facts: dict[str, PictureFacts | Message] = {}
        self._listings: dict[Path, dict[str, str]] = {}

    def find(self, entry_source: str, url: str) -> PictureFacts | Message:
        """Return the picture at a relative path, seen from an entry's file, or why there is none.

        The path is taken as it is written, whether its Hangul is composed or not; percent signs mean themselves.
        """
        beside = posixpath.dirname(entry_source)
        source = posixpath.normpath(posixpath.join(beside, unicodedata.normalize("NFC", url)))
        if "\0" in url or "\\" in url:
            return Message("read.picture-path")
        if url.startswith("/") or source == ".." or source.startswith("../"):
            return Message("read.picture-outside")
        if source not in self._facts:
            self._facts[source] = self._examine(source)
        return self._facts[source]

    def nearest(self, entry_source: str, url: str) -> str | None:
        """Return the path, seen from an entry's file, of the picture that a path which leads to none may mean.

        It has a like name in the same folder, or the same name in the folder of the entry or in one of that folder's.
        """
        folder, name = posixpath.split(unicodedata.normalize("NFC", url.replace("\\", "/")))
        beside = posixpath.dirname(entry_source)
        if not url.startswith("/") and not posixpath.normpath(posixpath.join(beside, folder)).startswith(".."):
            names = {one.lower(): one for one in self._pictures_in(posixpath.join(beside, folder))}
            from difflib import get_close_matches  # only for pictures that are not there

            close = get_close_matches(name.lower(), names, n=1)
            if close:
                return posixpath.join(folder, names[close[0]])
        for other in ("", *sorted(self._names(Path(self._root, beside)))):
            if other != folder and name in self._pictures_in(posixpath.join(beside, other)):
                return posixpath.join(other, name)
        return None

    def _pictures_in(self, folder: str) -> list[str]:
        """Return the names of the files of a folder that end as those of pictures do."""
        path = self._locate(posixpath.normpath(folder)) if posixpath.normpath(folder) != "." else Path(self._root)
        names = self._names(path) if path is not None and path.is_dir() else {}
        return [name for name in names if name.lower().endswith(_ENDINGS)]

    def published(self, source: str) -> bytes:
        """Return the published copy of a picture that was found: its pixels, without what its camera wrote beside them.

        Raises `OSError` when it cannot be read.
        """
        path = self._locate(source)
        if path is None:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), source)
        return without_metadata(path.read_bytes())

    def _examine(self, source: str) -> PictureFacts | Message:
        path = self._locate(source)
        if path is None:
            return Message("read.picture-absent")
        if not os.path.realpath(path).startswith(f"{self._root}{os.sep}"):
            return Message("read.picture-link")
        try:
            if not path.is_file():
                return Message("read.picture-no-file")
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            return Message("read.picture-unreadable", reason=reason_of(error))
        if len(data) > MAX_BYTES:
            return Message("read.picture-large", most=MAX_BYTES // 1024 // 1024)
        return _facts(without_metadata(data), source)

    def _locate(self, source: str) -> Path | None:
        """Return the path of a file as the system spells it; names are equal when they are equal in NFC."""
        folder = Path(self._root)
        for name in source.split("/"):
            spelled = self._names(folder).get(name)
            if spelled is None:
                return None
            folder /= spelled
        return folder

    def _names(self, folder: Path) -> dict[str, str]:
        if folder not in self._listings:
            try:
                names = sorted(path.name for path in folder.iterdir())
            except OSError:
                names = []
            self._listings[folder] = {unicodedata.normalize("NFC", name_of(name)): name for name in names}
        return self._listings[folder]


def _facts(data: bytes, source: str) -> PictureFacts | Message:
    """Return what the bytes of a picture tell. Only the header is read: a picture of any size costs the same."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES)) as image:
                width, height = image.size
                if image.format == "JPEG" and image.getexif().get(_ORIENTATION) in _SIDEWAYS:
                    width, height = height, width
                media_type = _MEDIA_TYPES[str(image.format)]
    except UnidentifiedImageError:
        return _no_picture(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Message("read.picture-pixels")
    except Exception as error:  # noqa: BLE001 - a broken header raises whatever the decoder stumbled over
        return Message("read.picture-damaged", reason=str(error))
    return PictureFacts(
        file=source,
        media_type=media_type,
        width=width,
        height=height,
        length=len(data),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _no_picture(data: bytes) -> Message:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return Message("read.picture-svg")
    return Message("read.picture-other")
