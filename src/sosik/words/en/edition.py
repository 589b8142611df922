"""What `sosik.edition` says."""

TEXTS: dict[str, str] = {}
