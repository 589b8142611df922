"""What `sosik.edition` says: what is left out of an edition, what ends with it, and what burdens its readers."""

TEXTS: dict[str, str] = {
    # the clock
    "clock-back.says": (
        "the clock says {now}, and said {last} before: what was published in between would vanish; nothing was changed"
    ),
    "clock-back.hint": (
        'set the clock of this machine; if it is right, and was wrong before: sosik build --now "$(date -Is)"'
    ),
    # feeds
    "feed-empty.feed": "the feed {feed} has no entries",
    "feed-empty.hint": "compare the names under select: with those the entries use; `sosik list` shows them",
    "slug-collision.nothing": "nothing of {value!r} can stand in an address",
    "slug-collision.same": "{value!r} and {owner!r} have the same slug {slug!r}; only {owner!r} gets a feed",
    "slug-collision.name-hint": "give it one of its own: slugs: {{{value}: another-name}}",
    "retire-defined.path": "retire holds {path}, which feeds/{owner}.yaml defines; it goes on",
    "retire-defined.hint": "take it out of retire:, or out of feeds/{owner}.yaml",
    "feed-undefined.feed": "{paths} {n:is|are} defined by no file any more, and {n:goes|go} on with the last articles",
    "feed-undefined.address": "{paths} {n:is|are} not defined here any more, and {n:goes|go} on with the feed",
    "feed-undefined.values": (
        "no article is under {values} any more ({count} {count:feed|feeds}); the last articles stay"
    ),
    "feed-undefined.hint": "put the definition back, or end them for good: {command}",
    "feed-undefined.heir-hint": "lead the readers on: write in {file} {line}; or end them for good: {command}",
    "feed-large.document": "{path} is {size} kB; some readers reject feeds over 1 MB",
    "feed-large.hint": "reduce window:, set content: summary, or move older articles to archive: month",
    "feed-overfull.number": "{feed}: {count} {count:entry|entries} of the last {hours} hours do not fit",
    "feed-overfull.number-hint": "at_most: of the window makes room, up to 300; archive: month keeps all entries",
    "feed-overfull.shortened": "{feed}: {count} older {count:entry shows its summary|entries show their summary} only",
    "feed-overfull.shortened-hint": "with all texts it would have more than 1.2 MB; a smaller window: shows them whole",
    "feed-overfull.size": "{feed}: {count} {count:entry does|entries do} not fit, not even as a summary",
    "feed-overfull.size-hint": "headline, summary, captions and notes count; write the text under body:",
    "entry-unshown.filled": "published {at}, and no feed shows it: newer entries fill the window of {feeds}",
    "entry-unshown.filled-hint": (
        "entries: under window: makes room; or publish it as of now: published:, and --allow-redate {id}"
    ),
    "entry-unshown.taken": "no feed selects it",
    "entry-unshown.taken-hint": "compare its section, tags and authors with those under select: in feeds/",
    "entry-unshown.more": "{count} more new {count:entry is|entries are} in no feed",
    "alias-type.document": "the alias {path} is a feed, and servers that go by names serve it as {media_type}",
    "alias-query.document": "the alias {path} is a feed, and static hosts answer what lies at {place}",
    "alias-query.hint": "serve it with `sosik serve`, or with what `sosik config` prints for nginx, Caddy or Apache",
    "alias-type.hint": "`sosik config` prints the types for nginx, Caddy and _headers; `sosik serve` knows them",
    # documents
    "feed-collision.document": "{path} cannot stand beside {other}, so it is left out",
    "feed-collision.document-of": "{path} cannot stand beside {other} of feeds/{owner}.yaml, so it is left out",
    "feed-collision.article-hint": "write the link: of one of the two articles",
    "feed-collision.path-hint": "give one of the two another path: or alias",
    "document-invalid.ill-formed": "{path} would not be well-formed ({reason}); nothing was changed",
    # entries
    "name-similar.old": "the {kind} {value!r} is new, and much like {old!r}, which published articles have",
    "name-similar.hint": "write {old}, unless another one is meant",
    "name-similar.section": "section",
    "name-similar.tag": "tag",
    "name-similar.author": "author",
    "entry-too-large.feeds": "headline, summary, captions and notes have {size} KB: no feed can carry them",
    "entry-too-large.hint": "write the text under body:; without it an entry takes a few KB",
    "render-failed.entry": "{reason}; its last good version stays up",
    "picture-changed.file": "the picture changed since its article was read; it is left out for now",
    "picture-changed.hint": "build again; if the article is held back, put that right first",
    "picture-lost.file": "the published copy of this picture is damaged or away, and content/ has another or none",
    "picture-lost.hint": "put the picture back as it was, or .sosik/media/ from a backup",
    "relation-unknown.target": "{kind} names {target!r}, which is not a published entry",
    "relation-unknown.hint": "write the id of the other entry, or its file below content/",
}
