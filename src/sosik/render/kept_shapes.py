"""A cache of templates in a file, so that most edits do not import the libraries that make them.

Templates depend only on the code, so a lost file or line costs only time. A line is one template: the digest of its
input, and its value as JSON. The first line has the version of the code.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from sosik.version import made_by

MOST_BYTES = 1_000_000
"""Bytes that are kept; reading them takes less than a millisecond."""


class _Kept:
    """The lines of one file, read when the first is asked for, and those that are new."""

    def __init__(self, lines: bytes) -> None:
        self.new: list[bytes] = []
        self.head = made_by().encode() + b"\n"
        self.is_ours = lines.startswith(self.head) and lines.endswith(b"\n")
        self.lines = lines if self.is_ours else self.head

    def find(self, name: bytes) -> Any:
        """Return what is kept under a name, None for nothing."""
        start = self.lines.find(b"\n" + name + b" ")
        line = self.lines[start + 1 : self.lines.find(b"\n", start + 1)] if start >= 0 else b""
        with suppress(ValueError):  # one that was torn
            return json.loads(line[len(name) + 1 :])
        return None

    def add(self, name: bytes, value: object) -> None:
        """Keep something, as long as there is room."""
        self.learn(b"%b %b\n" % (name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")))

    def learn(self, line: bytes) -> None:
        """Keep a line, as long as there is room."""
        if len(self.lines) + len(line) <= MOST_BYTES:
            self.new.append(line)
            self.lines += line

    def close(self, path: Path) -> None:
        """Write what is new. What hinders it costs the next process some time."""
        if self.new:
            with suppress(OSError), path.open("ab" if self.is_ours else "wb") as stream:
                stream.write(b"".join(self.new) if self.is_ours else self.lines)


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
            _kept.close(path)
        _path, _kept = None, None


def shapes_known() -> bytes:
    """Return the templates that this process keeps, as `shapes_from` takes them."""
    known = _opened()
    return known.lines if known is not None else b""


def learn_shapes(lines: Iterable[bytes]) -> None:
    """Keep templates that another process made, where any are kept."""
    known = _opened()
    for line in lines if known is not None else ():
        if known is not None and line not in known.lines:
            known.learn(line)


@contextmanager
def shapes_from(lines: bytes) -> Iterator[list[bytes]]:
    """Know templates that another process keeps; it is given those that are made in the block, for `learn_shapes`."""
    global _kept
    before, _kept = _kept, _Kept(lines)
    try:
        yield _kept.new
    finally:
        _kept = before


def kept(shape: object, make: Callable[[], Any]) -> Any:
    """Return what `make` makes of a shape, as JSON has it; it is kept, where anything is."""
    known = _opened()
    if known is None:
        return make()
    name = sha256(repr(shape).encode("utf-8", "surrogatepass")).hexdigest()[:32].encode()
    value = known.find(name)
    if value is None:
        value = make()
        known.add(name, value)
    return value


def _opened() -> _Kept | None:
    """Return what is kept; None where nothing is."""
    global _kept
    if _kept is None and _path is not None:
        lines = b""
        with suppress(OSError):
            lines = _path.read_bytes()
        _kept = _Kept(lines)
    return _kept
