"""The arguments of the command line as UTF-8, independent of the locale."""

import os
import sys
from pathlib import Path

_GIVEN = Path("/proc/self/cmdline")
"""Where Linux has the bytes of the arguments. Python decodes them by the locale, which cannot always be undone."""


def arguments() -> list[str]:
    """Return the arguments of this process as text: those that are no UTF-8 by the locale."""
    if sys.getfilesystemencoding() == "utf-8":
        return sys.argv[1:]
    return [_text(given) for given in _as_bytes(sys.argv[1:])]


def _as_bytes(arguments: list[str]) -> list[bytes]:
    try:
        given = _GIVEN.read_bytes().split(b"\0")[:-1]
    except OSError:
        given = []
    if len(given) > len(arguments):
        return given[len(given) - len(arguments) :]
    return [argument.encode(sys.getfilesystemencoding(), "surrogateescape") for argument in arguments]


def _text(given: bytes) -> str:
    try:
        return given.decode()
    except UnicodeDecodeError:
        return os.fsdecode(given)


def publication_around(place: Path) -> Path | None:
    """Return the publication in whose content/ or feeds/ a folder lies, as seen from there; None for none."""
    for depth, folder in enumerate(place.parents, 1):
        below = place.relative_to(folder).parts[0]
        if below in ("content", "feeds") and any((folder / "feeds").glob("publication.y*ml")):
            return Path(*[".."] * depth)
    return None
