"""The published copies of pictures: files beside the database, each under the digest of its bytes."""

from pathlib import Path

from sosik.model.digests import digest_of


def media_path(folder: Path, digest: str) -> Path:
    """Return where the store in `folder` keeps the picture whose SHA-256 is `digest`."""
    return folder / "media" / digest[:2] / digest


def state_of(folder: Path) -> str:
    """Return what changes whenever a picture is added to those in `folder`, or one is taken away: of 256 folders."""
    media = folder / "media"
    parts = sorted(media.iterdir()) if media.is_dir() else []
    return digest_of(*((part.name, part.stat().st_mtime_ns) for part in parts)) if parts else ""


def keep_picture(folder: Path, digest: str, body: bytes) -> None:
    """Keep a picture under the SHA-256 of its bytes: written beside, then renamed. Raises `OSError`."""
    target = media_path(folder, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(body)
    beside.replace(target)
