"""A cache of templates in a file, so that most edits do not import the libraries that make them.

Templates depend only on the code, so a lost file or line costs only time. A line is one template: the digest of its
input, and its value as JSON. The first line has the version of the code.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from sosik.version import made_by

MOST_BYTES = 1_000_000
"""Bytes that are kept; reading them takes less than a millisecond."""


class _Kept:
    """The lines of one file, read when the first is asked for, and those that are new."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._head = made_by().encode() + b"\n"
        self._new: list[bytes] = []
        self._lines = b""
        with suppress(OSError):
            self._lines = path.read_bytes()
        self._is_ours = self._lines.startswith(self._head) and self._lines.endswith(b"\n")
        if not self._is_ours:
            self._lines = self._head

    def find(self, name: bytes) -> Any:
        """Return what is kept under a name, None for nothing."""
        start = self._lines.find(b"\n" + name + b" ")
        line = self._lines[start + 1 : self._lines.find(b"\n", start + 1)] if start >= 0 else b""
        with suppress(ValueError):  # one that was torn
            return json.loads(line[len(name) + 1 :])
        return None

    def add(self, name: bytes, value: object) -> None:
        """Keep something, as long as there is room."""
        line = b"%b %b\n" % (name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if len(self._lines) + len(line) <= MOST_BYTES:
            self._new.append(line)
            self._lines += line

    def close(self) -> None:
        """Write what is new. What hinders it costs the next process some time."""
        if self._new:
            with suppress(OSError), self._path.open("ab" if self._is_ours else "wb") as stream:
                stream.write(b"".join(self._new) if self._is_ours else self._lines)


_path: Path | None = None
_kept: _Kept | None = None


@contextmanager
def shapes_kept_at(path: Path) -> Iterator[None]:
    """Know the templates that are kept at `path` until the block ends, and keep there those that are made in it."""
    global _path, _kept  # as what is made of shapes, it is the process's
    _path, _kept = path, None
    try:
        yield
    finally:
        if _kept is not None:
            _kept.close()
        _path, _kept = None, None


def kept(shape: object, make: Callable[[], Any]) -> Any:
    """Return what `make` makes of a shape, as JSON has it; it is kept, where anything is."""
    global _kept
    if _path is None:
        return make()
    if _kept is None:
        _kept = _Kept(_path)
    name = sha256(repr(shape).encode("utf-8", "surrogatepass")).hexdigest()[:32].encode()
    value = _kept.find(name)
    if value is None:
        value = make()
        _kept.add(name, value)
    return value
