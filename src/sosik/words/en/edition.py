"""The texts of `sosik.edition`: omitted entries, ended addresses, large documents."""

TEXTS: dict[str, str] = {
    # the clock
    "clock-back.says": "the clock is {now}, before the last build at {last}; nothing was changed",
    "clock-back.hint": 'set the clock of this machine; if it is right now: sosik build --now "$(date -Is)"',
    # feeds
    "feed-empty.feed": "the feed {feed} has no entries",
    "feed-empty.hint": "compare the names under select: with those in `sosik list`",
    "slug-collision.nothing": "{value!r} has no characters for an address",
    "slug-collision.same": "duplicate slug {slug!r} of {value!r} and {owner!r}; only {owner!r} has a feed",
    "slug-collision.name-hint": "add one: slugs: {{{value}: another-name}}",
    "retire-defined.path": "retire has {path}, which feeds/{owner}.yaml still defines; it stays published",
    "retire-defined.hint": "delete it from retire: or from feeds/{owner}.yaml",
    "feed-undefined.feed": "{paths} {n:has|have} no definition any more; the last articles stay published",
    "feed-undefined.address": (
        "{paths} {n:has|have} no definition any more; {n:it stays|they stay} published with the feed"
    ),
    "feed-undefined.values": (
        "no articles under {values} any more ({count} {count:feed|feeds}); the last articles stay published"
    ),
    "feed-undefined.hint": "restore the definition, or end them: {command}",
    "feed-undefined.heir-hint": "redirect subscribers: add to {file} {line}; or end the feeds: {command}",
    "feed-large.document": "{path} is {size} kB; some readers reject feeds over 1 MB",
    "feed-large.hint": "reduce window:, set content: summary, or move older articles to archive: month",
    "feed-overfull.number": "{feed}: no room for {count} {count:entry|entries} of the last {hours} hours",
    "feed-overfull.number-hint": "raise at_most: of the window, up to 300; archive: month keeps all entries",
    "feed-overfull.shortened": "{feed}: {count} older {count:entry has|entries have} only a summary",
    "feed-overfull.shortened-hint": "reduce window: to show full texts; with all of them the feed exceeds 1.2 MB",
    "feed-overfull.size": "{feed}: no room for {count} {count:entry|entries}, even as a summary",
    "feed-overfull.size-hint": "shorten headline, summary, captions and notes; write the text under body:",
    "entry-unshown.filled": "published {at}, but in no feed: newer entries fill the window of {feeds}",
    "entry-unshown.filled-hint": "raise entries: under window:; or set {@published}: to now, with --allow-redate {id}",
    "entry-unshown.taken": "no feed selects the entry",
    "entry-unshown.taken-hint": "compare its section, tags and authors with those under select: in feeds/",
    "entry-unshown.more": "{count} more new {count:entry is|entries are} in no feed",
    "alias-type.document": "alias {path} is a feed, but some web servers serve it as {media_type}",
    "alias-query.document": "alias {path}: static hosts ignore the query and serve {place}",
    "alias-query.hint": "serve it with `sosik serve`, or with what `sosik config` prints for nginx, Caddy or Apache",
    "alias-type.hint": "use the types that `sosik config` prints for nginx, Caddy and _headers",
    # documents
    "feed-collision.document": "{path} conflicts with {other} and is left out",
    "feed-collision.document-of": "{path} conflicts with {other} of feeds/{owner}.yaml and is left out",
    "feed-collision.article-hint": "change the link: of one of the two articles",
    "feed-collision.path-hint": "change the path: or alias of one of the two",
    "document-invalid.ill-formed": "{path} is not well-formed ({reason}); nothing was changed",
    # entries
    "name-similar.old": "new {kind} {value!r} is similar to {old!r} of published articles",
    "name-similar.hint": "write {old}, unless a different one is meant",
    "name-similar.section": "section",
    "name-similar.tag": "tag",
    "name-similar.author": "author",
    "entry-too-large.feeds": "headline, summary, captions and notes are {size} KB, too large for a feed",
    "entry-too-large.hint": "write the text under {@body}:; the rest needs a few KB",
    "render-failed.entry": "{reason}; the last good version stays published",
    "picture-changed.file": "the picture changed after its article was read; it is left out",
    "picture-changed.hint": "build again; if the article is held back, fix that first",
    "picture-lost.file": "the stored copy of this picture is damaged or missing, and content/ has no other",
    "picture-large.file": "picture of {size} kB; PostgreSQL should keep none over 5,000 kB",
    "picture-large.hint": "make it smaller",
    "picture-lost.hint": "restore the picture, or .sosik/media/ from a backup",
    "relation-unknown.target": "{key} names {target!r}, which is not published",
    "relation-unknown.hint": "write the id of the other entry, or its path below content/",
}
