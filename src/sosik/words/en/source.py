"""What `sosik.source` says."""

TEXTS: dict[str, str] = {}
