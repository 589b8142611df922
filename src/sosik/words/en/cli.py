"""What `sosik.cli` says."""

TEXTS: dict[str, str] = {}
