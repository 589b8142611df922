"""The time zone of what people are shown."""

from pathlib import Path


def zone_shown(directory: Path) -> str:
    """Return the zone of the times that people are shown: the publication's, or Seoul where it cannot be read."""
    from sosik.config import load_publication

    publication = load_publication(directory).publication
    return publication.timezone if publication else "Asia/Seoul"
