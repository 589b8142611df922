"""What `sosik.store` says: a store that cannot be opened, and how to go on."""

TEXTS: dict[str, str] = {
    "store.text": "{text}",
    "store.no-document": "The store holds no {path}.",
    "store.in-memory": "A store in memory keeps no pictures.",
    "store.picture-lost": "The picture {path} is damaged or away. Build, and it is taken from content/ again.",
    "store.locked": "Another sosik is building here ({path}). Wait for it, or stop it.",
    "store.damaged": (
        "{path} is damaged: {reason}. Put a copy back: `sosik restore`, or restore a backup: `sosik restore FILE`. "
        "Without one, go on from what is published: `sosik build --previous public`; or begin anew: "
        "`sosik build --new-store`."
    ),
    "store.empty": "the file is empty",
    "store.no-version": "it has no version",
    "store.no-such-version": "there is no version {version}",
    "store.foreign": "it belongs to another program (application id {id})",
    "store.no-table": "the table {table} is missing",
    "store.lost-rows": "the table {table} has {found} rows, and had {kept}",
    "store.row": "the row {row} of {table} is invalid",
    "store.no-row": "the row {row} of {table} is missing",
    "store.is-whole": "{path} is no damaged store: --new-store would forget what was published. Leave the option out.",
    "store.no-copy": "There is no whole copy of the store in {folder}. Build with --previous or --new-store.",
    "store.no-such-copy": "There is no file {file}.",
    "store.copy-damaged": "It cannot be restored: {reason}",
    "store.unlike": (
        "{path} is not what it was composed as: its part of the store is damaged. `sosik build` makes it anew."
    ),
    "store.earlier-version": (
        "{path} is of version {version}, this sosik reads {ours}. `sosik build` brings it along, and keeps a copy."
    ),
    "store.no-notes": (
        "{folder} cannot be written: who stays and reads must keep notes beside site.db, or would miss new editions. "
        "Run it as the user who builds."
    ),
    "store.unreadable-version": (
        "{path} is of version {version}, this sosik reads {ours}. Run the sosik that wrote it; if there is none, the "
        "file is damaged: `sosik restore`, `sosik build --previous public` or `sosik build --new-store`."
    ),
    "store.read-only": (
        "{folder} cannot be written, and its journal (site.db-wal) holds what is not in site.db yet. "
        "Run any sosik command once where the folder can be written, or copy the folder there."
    ),
    "store.unreadable": "{path}: {reason}. Has `sosik build` run here?",
}
