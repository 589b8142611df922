"""What `sosik.web` says: why there was no answer."""

TEXTS: dict[str, str] = {
    "web.too-slow": "no answer within {seconds} seconds",
    "web.no-host": "there is no host of that name",
    "web.certificate": "its certificate cannot be trusted ({reason})",
    "web.system": "{reason}",
    "web.broken-off": "the connection broke off",
    "web.no-http": "the answer is no HTTP",
    "web.private": "the name leads to {address}, which is no public address",
    "web.leads-away": "it leads to {address}, which is not fetched",
}
