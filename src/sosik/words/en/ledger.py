"""What `sosik.ledger` says."""

TEXTS: dict[str, str] = {}
