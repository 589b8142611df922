"""The texts of `sosik.store`: a store that cannot be opened, and the repairs."""

TEXTS: dict[str, str] = {
    "store.text": "{text}",
    "store.no-document": "The store has no {path}.",
    "store.in-memory": "A store in memory keeps no pictures.",
    "store.picture-lost": "The picture {path} is damaged or missing. `sosik build` copies it from content/ again.",
    "store.locked": "Another sosik is building here ({path}). Wait for it, or stop it.",
    "store.damaged": (
        "{path} is damaged: {reason}. Restore a copy: `sosik restore`, or a backup: `sosik restore FILE`. Without "
        "one, continue from the published feeds: `sosik build --previous public`; or start over: `sosik build "
        "--new-store`."
    ),
    "store.empty": "empty file",
    "store.no-version": "missing version",
    "store.no-such-version": "unknown version {version}",
    "store.foreign": "file of another program (application id {id})",
    "store.no-table": "missing table {table}",
    "store.lost-rows": "table {table} has {found} rows instead of {kept}",
    "store.row": "invalid row {row} of {table}",
    "store.no-row": "missing row {row} of {table}",
    "store.is-whole": (
        "{path} is not damaged, and --new-store would delete the record of published entries. Omit the option."
    ),
    "store.no-copy": "No undamaged copy of the store in {folder}. Build with --previous or --new-store.",
    "store.no-such-copy": "file not found: {file}",
    "store.copy-damaged": "not restored: {reason}",
    "store.unlike": "{path} is damaged in the store. `sosik build` composes it again.",
    "store.earlier-version": (
        "{path} has version {version}, this sosik reads {ours}. `sosik build` converts it and keeps a copy."
    ),
    "store.no-notes": (
        "{folder} cannot be written. Long-running readers need files next to site.db. Run as the user of the build."
    ),
    "store.unreadable-version": (
        "{path} has version {version}, this sosik reads {ours}. Run the sosik that wrote it. If none did, the file "
        "is damaged: `sosik restore`, `sosik build --previous public` or `sosik build --new-store`."
    ),
    "store.read-only": (
        "{folder} cannot be written, and its journal (site.db-wal) is not in site.db yet. Run any sosik command once "
        "where the folder is writable, or copy the folder there."
    ),
    "store.unreadable": "{path}: {reason}. Run `sosik build` here first.",
    "store.address": (
        "SOSIK_STORE: invalid address. Write postgresql://USER@HOST/DATABASE?schema=NAME. Percent-encode special "
        "characters of the password."
    ),
    "store.schema-name": (
        "SOSIK_STORE: invalid schema {schema}. Use at most 48 small letters, digits and _, no digit first."
    ),
    "store.no-driver": "{address}: missing driver. Install it: pip install 'sosik[postgres]'.",
    "store.overtaken": (
        "{address}: another sosik has published in the meantime. Nothing was written. Run the command again."
    ),
    "store.pg-failed": "{address}: {reason}.",
    "store.pg-empty": "{address}: no edition yet. Run `sosik build` first.",
    "store.pg-newer": "{address} has version {version}, this sosik reads {ours}. Run the sosik that wrote it.",
    "store.pg-encoding": "{address}: the database's encoding is {encoding}. Create one with ENCODING 'UTF8'.",
    "store.pg-pooled": "{address} is a transaction pooler. Builders need a direct connection to PostgreSQL.",
    "store.pg-away": "server unreachable",
    "store.pg-refused": "user or password refused",
    "store.pg-database": "database not found",
    "store.pg-read-only": "read-only server, probably a replica",
    "store.pg-denied": "missing permission",
    "store.pg-full": "disk full on the server",
    "store.pg-memory": "server out of RAM",
    "store.pg-connections": "too many connections on the server",
    "store.pg-ended": "the server is starting or stopping",
    "store.pg-table": "missing table",
    "store.pg-backup": (
        "{address}: copies of a database are made and restored by its own tools (pg_dump, pg_restore)."
    ),
}
