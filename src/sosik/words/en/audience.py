"""What `sosik.audience` says."""

TEXTS: dict[str, str] = {}
