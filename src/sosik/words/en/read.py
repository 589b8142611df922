"""What `sosik.read` says."""

TEXTS: dict[str, str] = {}
