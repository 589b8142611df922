"""The published copies of pictures: files beside the database, each under the digest of its bytes."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sosik.durability import Unsynced
from sosik.errors import PictureError, StoreError
from sosik.model.digests import digest_of, digest_of_bytes
from sosik.systems import last_change, number_of, put_in_place
from sosik.words import Message

_NAME = 64
"""Digits of a digest."""


def media_path(folder: Path, digest: str) -> Path:
    """Return where the store in `folder` keeps the picture whose SHA-256 is `digest`."""
    return folder / "media" / part_of(digest) / digest


def part_of(digest: str) -> str:
    """Return in which of the 256 parts of the kept pictures one is."""
    return digest[:2]


def read_picture(folder: Path, digest: str) -> bytes:
    """Return the bytes of a picture. Raises `PictureError` where they are away, or not those that it was kept with."""
    path = media_path(folder, digest)
    with suppress(OSError):
        body = path.read_bytes()
        if digest_of_bytes(body) == digest:
            return body
    raise PictureError(Message("store.picture-lost", path=str(path)))


MOST_BYTES = 5_000_000
"""Bytes of the largest picture that belongs into a database: every copy and every replica of it has it, too."""


class Pictures(Protocol):
    """The published copies of pictures, wherever they lie; what each method does is said in `sosik.store.contract`."""

    most_bytes: int | None = None
    """The size of the largest picture that belongs there; larger ones are kept and told."""

    def read(self, digest: str) -> bytes:
        """Return the bytes of a picture. Raises `PictureError` where they are away, or others than it was kept with."""

    def has(self, digest: str) -> bool:
        """Tell whether a picture is kept, byte for byte, or need not be."""

    def keep(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes. Raises `OSError`."""

    def sync(self) -> None:
        """Bring to the disk what was kept, or found to be: before anything names it. Raises `OSError`."""

    def states(self, parts: Collection[str] | None = None) -> dict[str, str]:
        """Return, by part, what changes whenever a picture there is added, lost or written to."""

    def unneeded(self, needed: Collection[str]) -> dict[str, list[str]]:
        """Return, by part, what is none of the `needed` pictures."""

    def drop(self, files: Mapping[str, Collection[str]]) -> None:
        """Remove what `unneeded` returned. Raises `OSError`."""


class KeptPictures(Pictures):
    """The pictures of the store in `folder`; one without a folder, in memory, keeps none and lacks none."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._unsynced = Unsynced()

    def read(self, digest: str) -> bytes:
        """Return the bytes of a picture. Raises `PictureError`, and `StoreError` for a store in memory."""
        if self._folder is None:
            raise StoreError(Message("store.in-memory"))
        return read_picture(self._folder, digest)

    def has(self, digest: str) -> bool:
        """Tell whether a picture is kept, byte for byte, or need not be.

        One that is may have been left by a build that came to no end, and need not be on the disk.
        """
        if self._folder is None:
            return True
        try:
            read_picture(self._folder, digest)
        except PictureError:
            return False
        self._unsynced.note_file(media_path(self._folder, digest))
        self._unsynced.note(self._folder, self._folder / "media")
        return True

    def keep(self, digest: str, body: bytes) -> None:
        """Keep a picture under the SHA-256 of its bytes: written beside, then renamed. Raises `OSError`."""
        if self._folder is None:
            return
        target = media_path(self._folder, digest)
        self._unsynced.make(target.parent)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(body)
        put_in_place(beside, target)
        self._unsynced.note_file(target)

    def sync(self) -> None:
        """Bring to the disk what was kept, or found to be: before anything names it. Raises `OSError`."""
        self._unsynced.sync()

    def states(self, parts: Collection[str] | None = None) -> dict[str, str]:
        """Return, by part, a digest that changes whenever a picture there is added, lost or written to.

        Of all parts, or of some; one that holds nothing is left out. Every file is looked at, none is read.
        """
        if self._folder is None:
            return {}
        media = self._folder / "media"
        names = _names(media) if parts is None else sorted(parts)
        found = ((name, _state(media / name)) for name in names)
        return {name: state for name, state in found if state}

    def unneeded(self, needed: Collection[str]) -> dict[str, list[str]]:
        """Return, by part, the files that are none of the `needed` pictures: also what a killed build left."""
        if self._folder is None:
            return {}
        media = self._folder / "media"
        found = {part: sorted(filter(_is_ours, {*_names(media / part)} - {*needed})) for part in _names(media)}
        return {part: names for part, names in found.items() if names}

    def drop(self, files: Mapping[str, Collection[str]]) -> None:
        """Remove files of some parts. Raises `OSError`."""
        if self._folder is None:
            return
        for part, names in files.items():
            for name in names:
                (self._folder / "media" / part / name).unlink(missing_ok=True)


def _is_ours(name: str) -> bool:
    """Tell whether a name is that of a picture, or of one that was being written."""
    digest = name.removeprefix(".").removesuffix(".new") if name.startswith(".") else name
    return len(digest) == _NAME and set(digest) <= set("0123456789abcdef")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _state(part: Path) -> str:
    """Return what changes with any file of a part, nothing where there is none: any write moves its change time."""
    states = []
    try:
        with os.scandir(part) as found:
            for file in found:
                state = file.stat(follow_symlinks=False)
                states.append((file.name, number_of(state), state.st_size, state.st_mtime_ns, last_change(state)))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return digest_of(*sorted(states))[:16] if states else ""
