"""What `sosik.render` says."""

TEXTS: dict[str, str] = {}
