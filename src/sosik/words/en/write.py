"""What `sosik.write` says."""

TEXTS: dict[str, str] = {}
