"""What `sosik.normalize` says."""

TEXTS: dict[str, str] = {}
