"""What `sosik.conformance` says."""

TEXTS: dict[str, str] = {}
