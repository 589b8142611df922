"""What `sosik.dates` says."""

TEXTS: dict[str, str] = {}
