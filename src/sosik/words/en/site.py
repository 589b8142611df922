"""What `sosik.site` says: a memory that is not there."""

TEXTS: dict[str, str] = {
    "site.older-content": (
        "{folder}: commit {commit} does not contain {published}, which is published. "
        "Pull the newer commits, or run `sosik build` to publish this one."
    ),
    "store.gone": (
        "{path} is missing. Check that the disk is mounted, or restore a backup. A restart without it treats every "
        "entry as new."
    ),
    "store-missing.published": (
        "{output} has published feeds, but the record of them is missing; every entry counts as new and may be "
        "posted again"
    ),
    "store-missing.hint": (
        "run `sosik restore`, or restore .sosik from a backup; otherwise remove it and run: sosik build --previous "
        "{output}"
    ),
}
