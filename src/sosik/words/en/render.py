"""What `sosik.render` says: an entry or a feed that cannot be rendered."""

TEXTS: dict[str, str] = {
    "render.entry": "entry {id!r} of {source!r} cannot be rendered: {reason}",
    "render.lacking": "missing {name}",
    "render.no-zone": "date without a time zone",
    "render.feed": "feed {name!r} cannot be rendered: {reason}",
}
