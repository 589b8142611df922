"""What `sosik.render` says: an entry or a feed that cannot be rendered."""

TEXTS: dict[str, str] = {
    "render.entry": "entry {id!r} of {source!r} cannot be rendered: {reason}",
    "render.lacking": "it has no {name}",
    "render.no-zone": "a date without a time zone names no instant",
    "render.feed": "feed {name!r} cannot be rendered: {reason}",
}
