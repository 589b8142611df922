"""What `sosik.announce` says: why a hub or a search engine could not be told."""

TEXTS: dict[str, str] = {
    "announce.still-old": "{address} still shows what was published before",
    "announce.unreachable": "{address} cannot be reached: {reason}",
    "announce.status": "{address} answers with status {status}",
    "announce.no-key": "{address} does not hold the key",
    "announce.moved": "it has moved (status {status}): write its new address into feeds/publication.yaml",
    "announce.answered": "it answered {status}",
}
