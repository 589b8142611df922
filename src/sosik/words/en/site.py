"""What `sosik.site` says: a memory that is not there."""

TEXTS: dict[str, str] = {
    "store.gone": (
        "{path} is gone. Put it back (a backup, a disk that is not mounted); whoever starts the server again without "
        "it begins anew, and nothing is remembered."
    ),
    "store-missing.published": (
        "{output} holds published feeds, but what was published is not remembered here: all entries count as new, and "
        "one whose id changed is posted again"
    ),
    "store-missing.hint": (
        "run `sosik restore`, or restore .sosik from a backup, or remove it and run: sosik build --previous {output}"
    ),
}
