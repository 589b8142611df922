"""What `sosik.announce` says."""

TEXTS: dict[str, str] = {}
