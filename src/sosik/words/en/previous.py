"""What `sosik.previous` says: published feeds from which the edition before cannot be taken."""

TEXTS: dict[str, str] = {
    "previous.address": "{where} is not a folder or an http(s) URL.",
    "previous.no-feeds": "{where} has no feed.json, so the published entries are unknown.",
    "previous.not-ours": "{place} is not a feed of sosik ({reason}).",
    "previous.no-json": "{place} is not JSON ({reason}).",
    "previous.no-json-feed": "{place} is not a JSON Feed.",
    "previous.atom": "{name} next to {place} cannot be read ({reason}).",
    "previous.not-fetched": "{address} cannot be fetched ({reason}).",
    "previous.status": "{address} responds with {status}.",
    "previous.too-long": "{address} is too large.",
    "previous.too-many": "{address} links to more than {most} feeds.",
    "previous.list": "{address} cannot be read ({reason}).",
    "previous.no-folder": "folder not found: {folder}",
    "previous.unreadable": "{file}: {reason}.",
    "previous.too-large": "{path} has more than {most} bytes; it is not a feed of sosik.",
}
