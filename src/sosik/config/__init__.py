"""The configuration in feeds/: the publication and its feeds, with all errors of all files."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from sosik.config.configuration import Config
from sosik.config.files import FOLDER, DefinitionFiles
from sosik.version import made_by

__all__ = ["Config", "keep_config", "load_publication", "load_unless_known"]


def load_publication(root: Path) -> Config:
    """Read the configuration in the folder feeds/ below `root`. Faults become problems; never raises for them."""
    return load_unless_known(root, None)


def load_unless_known(root: Path, known: Config | None, kept: Path | None = None) -> Config:
    """Return what `load_publication` does; what is `known` or was `kept` of the same bytes is returned as it is."""
    files = DefinitionFiles(root / FOLDER)
    if files.is_clean:
        if known is not None and known.digest == files.digest:
            return known
        if kept is not None and (body := _kept(kept, files.digest)) is not None:
            return msgspec.json.decode(body, type=Config)
    from sosik.config.loading import loaded  # files seldom change, and what reads them takes long to import

    return loaded(files)


def keep_config(config: Config, path: Path) -> None:
    """Keep a configuration of which nothing is to be told for `load_unless_known`. What hinders it costs only time."""
    if config.publication is None or config.problems or config.held or _kept(path, config.digest) is not None:
        return
    body = msgspec.json.encode(config)
    with suppress(OSError):
        path.write_bytes(_head(config.digest, body) + b"\n" + body)


def _kept(path: Path, digest: str) -> bytes | None:
    """Return what was kept of files with a digest, None where there is nothing, or not as this code left it."""
    with suppress(OSError):
        head, _, body = path.read_bytes().partition(b"\n")
        if head == _head(digest, body):
            return body
    return None


def _head(digest: str, body: bytes) -> bytes:
    return f"{made_by()} {digest} {sha256(body).hexdigest()}".encode()
