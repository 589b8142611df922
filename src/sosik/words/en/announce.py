"""The texts of `sosik.announce`: the reasons why a notification failed."""

TEXTS: dict[str, str] = {
    "announce.still-old": "{address} still shows the previous version",
    "announce.different": (
        "{address} differs from this edition and is too old; hubs are notified after ten minutes anyway"
    ),
    "announce.unreadable": "{address} is not a readable feed; hubs are notified after ten minutes anyway",
    "announce.redirected": "{address} redirects to {location}; hubs are notified after ten minutes anyway",
    "announce.guarded": "{address} responds with {status}, to readers too; hubs are notified after ten minutes anyway",
    "announce.unreachable": "{address} is unreachable: {reason}",
    "announce.status": "{address} responds with status {status}",
    "announce.no-key": "{address} does not contain the key",
    "announce.moved": "address moved (status {status}): write the new one into feeds/publication.yaml",
    "announce.answered": "response {status}",
}
