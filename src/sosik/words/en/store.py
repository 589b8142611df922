"""What `sosik.store` says."""

TEXTS: dict[str, str] = {}
