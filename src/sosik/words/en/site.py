"""What `sosik.site` says."""

TEXTS: dict[str, str] = {}
