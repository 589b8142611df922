"""What `sosik.config` says."""

TEXTS: dict[str, str] = {}
