"""What `sosik.serve` says."""

TEXTS: dict[str, str] = {}
