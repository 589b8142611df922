"""What `sosik.announce` says: why a hub or a search engine could not be told."""

TEXTS: dict[str, str] = {
    "announce.still-old": "{address} still shows what was published before",
    "announce.different": "{address} differs and is too old; it is told all the same after ten minutes",
    "announce.unreadable": "{address} holds no feed that can be read; it is told all the same after ten minutes",
    "announce.redirected": "{address} leads on, to {location}; it is told all the same after ten minutes",
    "announce.guarded": (
        "{address} answers {status}: readers are refused too; hubs are told all the same after ten minutes"
    ),
    "announce.unreachable": "{address} cannot be reached: {reason}",
    "announce.status": "{address} answers with status {status}",
    "announce.no-key": "{address} does not hold the key",
    "announce.moved": "it has moved (status {status}): write its new address into feeds/publication.yaml",
    "announce.answered": "it answered {status}",
}
