"""Decides whether an existing file at the path of a document belongs to sosik or to another program.

Files of an earlier projection belong to sosik; the store records them. Without that record, a mark in the file decides.
"""

import json
import os
import stat
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from sosik.file_names import spelled
from sosik.model import DocumentKind
from sosik.model.document import FEEDS
from sosik.patterns import pattern
from sosik.store import DocumentHead

_READ = 262_144
"""Bytes of a file in which a mark of ours stands."""

_MARK = pattern(rb'<generator[^<>]*+>sosik</generator>|copy\.js" defer></script>\s*</head>\s*<body>\s*<a class="skip"')
"""What stands in a feed, and in a page."""

_ADDRESS = pattern(rb'"feed_url":("(?:[^"\\]|\\.)*")')

_MARKED = frozenset({DocumentKind.PAGE, DocumentKind.WITHDRAWN})
"""What carries a mark wherever it stands: without one it is somebody's page."""


class Owners:
    """Tells whose files are that no projection remembers; `heads` are the documents that are to be written.

    `is_forgotten` where none of the output is remembered: then what carries no mark is ours if a feed of ours stands
    in the same output.
    """

    def __init__(self, output: Path, heads: Iterable[DocumentHead], *, is_forgotten: bool) -> None:
        self._output = output
        self._is_ours = is_forgotten and any(
            head.kind is DocumentKind.FEED and carries_mark(output / spelled(head.path.lstrip("/"))) for head in heads
        )

    def is_ours(self, target: str, head: DocumentHead, body_of: Callable[[], bytes]) -> bool:
        """Tell whether what stands at a path is ours, or nothing does; `body_of` returns what the document holds."""
        try:
            state = os.lstat(target)
        except FileNotFoundError:
            return True
        except NotADirectoryError:
            return False
        if not stat.S_ISREG(state.st_mode):
            return False
        found, body = _head_of(target), body_of()
        if found == body[:_READ] and state.st_size == len(body):
            return True
        if _is_marked(found) or _is_same_feed(found, body):
            return True
        return self._is_ours and head.kind not in _MARKED and not (head.kind in FEEDS and _is_markup(found))


def carries_mark(path: Path) -> bool:
    """Tell whether a feed or a page of ours stands at a path."""
    return _is_marked(_head_of(path))


def _head_of(path: Path | str) -> bytes:
    """Return how a file begins; nothing where it cannot be read."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  # some paths are text
            return stream.read(_READ)
    except OSError:
        return b""


def _is_marked(found: bytes) -> bool:
    return _MARK.search(_unpacked(found)) is not None


def _unpacked(found: bytes) -> bytes:
    if not found.startswith(b"\x1f\x8b"):
        return found
    try:
        return zlib.decompressobj(wbits=31).decompress(found, _READ)
    except zlib.error:
        return b""


def _is_same_feed(found: bytes, body: bytes) -> bool:
    """Tell whether two JSON feeds say the same address of themselves: JSON Feed has no key for who made it."""
    return (address := _address(_unpacked(found))) != "" and address == _address(_unpacked(body))


def _address(body: bytes) -> str:
    address = _ADDRESS.search(body, 0, _READ) if body.startswith(b"{") else None
    try:
        return str(json.loads(address[1])) if address else ""
    except ValueError:
        return ""


def _is_markup(found: bytes) -> bool:
    return _unpacked(found).lstrip()[:1] == b"<"
