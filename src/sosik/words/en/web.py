"""What can go wrong while something is fetched from an address."""

TEXTS: dict[str, str] = {}
