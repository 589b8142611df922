"""The version of sosik, and of the code that converts files to documents."""

from functools import cache

__version__ = "0.1.0"

_AT_ONCE = 1 << 18
"""Bytes that are read of a file at once: more than any of them has."""

_MAKING = ("dates", "source", "config", "read", "normalize", "model", "render", "words")
"""The packages that decide the result for a file."""


@cache
def made_by(*further: str) -> str:
    """Return what changes whenever the same files may come to something else: the version, and a digest of the code.

    `further` are rooms that have a say in it besides. A newsroom may run what lies between two versions. From a package
    that is no folder (a zip) the version alone tells.
    """
    # Imported here, and below: `import sosik.dates` needs neither.
    from hashlib import sha256

    return f"{__version__} {sha256(b''.join(map(_code_of, (*_MAKING, *further)))).hexdigest()}"


@cache
def _code_of(room: str) -> bytes:
    """Return a digest of the code of a room: two who ask have most rooms in common."""
    import os
    from hashlib import sha256

    # Not by Path, nor by `open`: every build asks, and these take longer than reading the files.
    top = os.path.join(os.path.dirname(__file__), room)  # noqa: PTH118, PTH120
    names = []
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        names += [os.path.join(folder, name) for name in files if not name.endswith(".pyc")]  # noqa: PTH118
    digest = sha256()
    for path in sorted(names):
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            while part := os.read(handle, _AT_ONCE):
                digest.update(part)
        finally:
            os.close(handle)
        digest.update(b"\0")
    return digest.digest()
