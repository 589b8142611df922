"""What `sosik.previous` says: published feeds from which the edition before cannot be taken."""

TEXTS: dict[str, str] = {
    "previous.address": "{where} is neither a folder nor an http or https address.",
    "previous.no-feeds": "{where} holds no feed.json, so nothing tells which entries were published.",
    "previous.not-ours": "{place} is not as sosik publishes it ({reason}).",
    "previous.no-json": "{place} is no JSON ({reason}).",
    "previous.no-json-feed": "{place} is no JSON Feed.",
    "previous.atom": "{name} beside {place} cannot be read ({reason}).",
    "previous.not-fetched": "{address} cannot be fetched ({reason}).",
    "previous.status": "{address} answers {status}.",
    "previous.too-long": "{address} is too long.",
    "previous.too-many": "{address} leads to more than {most} feeds.",
    "previous.list": "{address} cannot be read ({reason}).",
    "previous.no-folder": "there is no folder {folder}.",
    "previous.unreadable": "{file}: {reason}.",
    "previous.too-large": "{path} has more than {most} bytes; no feed of sosik's does.",
}
