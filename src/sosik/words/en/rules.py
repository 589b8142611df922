"""The rules that feeds are held to, as `check --feeds` and docs/conformance.md say them."""

TEXTS: dict[str, str] = {}
