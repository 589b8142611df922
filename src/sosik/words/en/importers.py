"""What `sosik.importers` says."""

TEXTS: dict[str, str] = {}
