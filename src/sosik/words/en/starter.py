"""What `sosik.starter` says."""

TEXTS: dict[str, str] = {}
