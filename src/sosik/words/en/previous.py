"""What `sosik.previous` says."""

TEXTS: dict[str, str] = {}
