"""What `sosik.store` says: a store that cannot be opened, and how to go on."""

TEXTS: dict[str, str] = {
    "store.text": "{text}",
    "store.no-document": "The store holds no {path}.",
    "store.in-memory": "A store in memory keeps no pictures.",
    "store.picture-lost": "The picture {path} is damaged or away. Build, and it is taken from content/ again.",
    "store.locked": "Another sosik is building here ({path}). Wait for it, or stop it.",
    "store.damaged": (
        "{path}: {reason}. If the file is damaged, restore a backup, or remove it and build with --previous."
    ),
    "store.other-version": (
        "{path} is of version {version}, this sosik writes {ours}. With the sosik that wrote it run "
        "`sosik build --output before`; then put .sosik aside, and with this one run `sosik build --previous before`."
    ),
    "store.earlier-version": (
        "{path} is of version {version}, this sosik reads {ours}. `sosik build` brings it along, and keeps a copy."
    ),
    "store.no-notes": (
        "{folder} cannot be written: who stays and reads must keep notes beside site.db, or would miss new editions. "
        "Run it as the user who builds."
    ),
    "store.unreadable-version": "{path} is of version {version}, this sosik reads {ours}.",
    "store.read-only": (
        "{folder} cannot be written, and its journal (site.db-wal) holds what is not in site.db yet. "
        "Run any sosik command once where the folder can be written, or copy the folder there."
    ),
    "store.unreadable": "{path}: {reason}. Has `sosik build` run here?",
}
