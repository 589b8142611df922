"""What `sosik.serve` says: in its log, and where it cannot start."""

TEXTS: dict[str, str] = {
    # where it cannot start
    "serve.one-process": "Preview with one process. To serve readers, use Linux or WSL2.",
    "serve.no-host": "--host {host}: no such address.",
    "serve.other-host": "--host {host}: not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.",
    "serve.port": "{address}:{port} cannot be used: {reason}. Check for another server, or choose another --port.",
    "serve.socket": "--socket {path} cannot be used: {reason}.",
    "serve.socket-long": "--socket {path} cannot be used: the path has {length} bytes, more than {most}.",
    "serve.socket-no-folder": "--socket {path} cannot be used: folder {folder} not found.",
    "serve.socket-other-file": "--socket {path} cannot be used: not a socket. Choose another path.",
    "serve.socket-taken": "--socket {path} cannot be used: another server is using it. Stop it or choose another path.",
    "serve.no-log-folder": "--access-log {log} cannot be written: folder {folder} not found.",
    "serve.drafts-host": "--drafts shows unpublished articles, on this machine only: not allowed with --host {host}.",
    "serve.drafts-socket": (
        "--drafts shows unpublished articles, on this machine only: not allowed with --socket {path}."
    ),
    # processes
    "serve.builder-died": "The build process died. Restarting it.",
    "serve.builder-not-started": "The build process cannot be started. Retrying: {reason}",
    "serve.worker-died": "A worker exited unexpectedly (status {status}). Replacing it.",
    "serve.worker-not-started": "Reload failed: a new worker did not start. The old workers keep running.",
    "serve.reloaded": "Reloaded: {count} workers replaced.",
    # answering
    "serve.crowded": "Few free connections of {most} per worker: closed {count} that did not read their responses.",
    "serve.request-failed": "Request failed: {reason}",
    "serve.unreadable": "{path!r} cannot be read: {reason}",
    "serve.store-unreadable": "The store cannot be read; new editions are not served: {reason}",
    "serve.away": (
        "The store cannot be read. "
        "Edition {number} is served from the cache ({count} of {documents} documents): {reason}"
    ),
    "serve.back": "The store can be read again; edition {number} is served.",
    "serve.behind": (
        "The store has edition {number}, but {known} exists: wait for the replica. "
        "After restoring a backup, restart the servers."
    ),
    "serve.edition-not-taken": "A new edition cannot be loaded: {reason}",
    "serve.round-failed": "Background task failed: {reason}",
    "serve.not-counted": "Polls cannot be counted for /metrics: {reason}. Serving continues.",
    "serve.log-file": "Access log {path}",
    "serve.log-output": "Access log on standard output",
    "serve.log-unwritable": "{log} cannot be written: {reason}. Serving continues.",
    "serve.log-again": "{log} can be written again.",
    "serve.log-lacks": "{log}: {count} lines dropped.",
    # building
    "serve.no-copy": "Safety copy not saved: {reason}",
    "serve.edition": "Edition {number}: {changes}.",
    "serve.edition-no-entry": "Edition {number}: no entries changed.",
    "serve.edition-new": "{count} new",
    "serve.edition-updated": "{count} updated",
    "serve.edition-corrected": "{count} corrected",
    "serve.edition-minor": "{count} minor",
    "serve.edition-confirmed": "{count} confirmed",
    "serve.edition-withdrawn": "{count} withdrawn",
    "serve.edition-held": "{count} held",
    "serve.withdrawn": "Withdrawn: {files}.",
    "serve.held-back": "Held back: {problem}",
    "serve.leader": "This server is the leader: it builds.",
    "serve.leader-lost": "This server stops building: its connection to the database ended.",
    "serve.standby": "This server is a standby: it builds nothing while another one is the leader.",
    "serve.nothing-new": "Not published: {problem}",
    "serve.waits": "Unchanged: {problem}",
    "serve.drafts": "{count} {count:draft|drafts} not released (`sosik release`): {files}.",
    "serve.waiting": "{file} is scheduled for {at}.",
    "serve.warned": "Warning: {problem}",
    "serve.all-solved": "All problems are solved.",
    "serve.bucket": "{bucket}: edition {number}, {written} objects written, {removed} removed.",
    "serve.bucket-failed": "Bucket not updated: {reason}",
    "serve.build-failed": "Build failed unexpectedly ({error}: {reason}).",
    "serve.status-unwritable": "Cannot save the build status for /healthz: {reason}",
    "serve.mount-silent": "{place} is on {type}, which may not report changes; all files are checked every minute",
    "serve.not-watched": "The system does not report changed files; they are compared every second: {reason}",
    # announcing
    "serve.not-announced": "{reason}",
    "serve.announcing-failed": "notification failed unexpectedly ({error}: {reason})",
    "serve.not-told": "{target} cannot be notified: {reason}",
    "serve.hindered": "Notifications wait ({code}): {reason}",
    "serve.told": "Notifications sent: {count}, {targets}.",
    # metrics
    "serve.metric-edition": "Number of the newest edition.",
    "serve.metric-composed": "Time of the newest edition.",
    "serve.metric-documents": "Documents of the newest edition.",
    "serve.metric-build-ok": "Whether the last build succeeded.",
    "serve.metric-problems": "Problems of the last build.",
    "serve.metric-waiting": "Pending notifications.",
    "serve.metric-told": "Sent notifications.",
    "serve.metric-failures": "Failed requests.",
    "serve.metric-polls": "Requests for documents.",
    "serve.metric-sent": "Bytes of bodies sent.",
    "serve.metric-saved": "Bytes of bodies saved by 304 responses.",
}
