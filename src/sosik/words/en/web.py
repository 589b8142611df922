"""The texts of `sosik.web`: the reasons for a missing response."""

TEXTS: dict[str, str] = {
    "web.too-slow": "no response within {seconds} seconds",
    "web.no-host": "unknown host",
    "web.certificate": "untrusted certificate ({reason})",
    "web.system": "{reason}",
    "web.broken-off": "connection closed early",
    "web.no-http": "invalid HTTP response",
    "web.private": "{address} is not a public address",
    "web.leads-away": "redirect to {address} is not followed",
}
