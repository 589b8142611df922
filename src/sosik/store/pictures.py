"""The published copies of pictures: files beside the database, each under the digest of its bytes."""

from pathlib import Path


def media_path(folder: Path, digest: str) -> Path:
    """Return where the store in `folder` keeps the picture whose SHA-256 is `digest`."""
    return folder / "media" / digest[:2] / digest


def keep_picture(folder: Path, digest: str, body: bytes) -> None:
    """Keep a picture under the SHA-256 of its bytes: written beside, then renamed. Raises `OSError`."""
    target = media_path(folder, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(body)
    beside.replace(target)
