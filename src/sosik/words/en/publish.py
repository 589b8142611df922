"""What `sosik.publish` says."""

TEXTS: dict[str, str] = {}
