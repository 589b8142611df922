"""What `sosik.importers` says."""

TEXTS = {
    # why a page is not imported
    "importers.attributes": "{file}: a tag has more than {most:,} attributes; save the page again",
    "importers.characters": "{file}: the page has more than {most:,} characters; save the page of one article",
    "importers.tags": "{file}: the page has more than {most:,} tags; save the page of one article",
    "importers.lines": "{file}: the page has more than {most:,} lines; save the page of one article",
    "importers.body": "{file}: {excess}; save the page of one article",
    "importers.no-headline": "{file}: no headline was found; is this the page of an article?",
    "importers.undecodable": "{place}: {code}: {message}\n    hint: {hint}",
    "importers.misread": (
        "{file}: the text was read in a wrong encoding before it was saved and cannot be restored; "
        "save the page again from the browser, as UTF-8"
    ),
    # why an old feed is not imported
    "importers.no-feed": "{file}: not a feed; save the feed itself, not a page",
    "importers.feed-json": "{file}: invalid JSON; save the feed again",
    "importers.feed-bytes": "{file}: more than {most} MB; split the feed",
    "importers.feed-loose": "{file}: invalid XML of more than {most} MB; save the feed again",
    "importers.feed-depth": "{file}: elements are nested more than {most} deep; save the feed again",
    "importers.feed-slow": "{file}: reading took more than {most} s; split the feed",
    "importers.feed-entities": "{file}: a document type with entities is not read; take it out",
    "importers.feed-empty": "{file}: no items",
    # items that are refused
    "item-refused.item": "item {number} ({title}): {reason}",
    "item-refused.nameless": "missing id and link",
    "item-refused.fragment": "the link is only a place on the home page: {link}",
    "item-refused.home": "the home page is no id: {link}",
    "item-refused.id-space": "invalid characters in the id: {id}",
    "item-refused.id-long": "the id is longer than {most:,} bytes",
    "item-refused.id-shared": "the id {id} is that of another article, too: {title}",
    # what is said of articles of old feeds
    "import-unsure.two-ids": "the article has two ids: {kept} is kept, {id} is lost",
    "import-unsure.other-id": "the article is there under the id {id}; readers know it by {old}",
    "import-unsure.other-id-hint": 'before it is published, write id: "{id}"',
    "import-unsure.title-twice": "the headline was escaped twice: {title}",
    "date-note.shared": "all {count} items have one date, {text}, so it counts for none",
    "date-note.old": "{said}",
    "published-missing.item": "{title}: {reason}",
    "published-missing.shared": "all items of the feed have the date {text}",
    "title-missing.item": "{id}: missing headline",
    "body-missing.item": "{title}: missing text",
    "body-missing.excess": "{title}: {excess}",
    "date-unreadable.old": "{key}: {refusal}",
    "date-unreadable.old-coarse": "{key}: {text} names no single day",
    "unconfirmed.no-date": "missing date",
    "unconfirmed.description": "the text is the feed's description, and may end early",
    "unconfirmed.updated-alone": "only the last edit is told, {text}; it counts as publication",
    "unconfirmed.ahead-of-feed": "{text}: dates in {ending} lie ahead of the feed itself; is it Korean time?",
    "unconfirmed.utc-in-rss": "{text}: RSS has no such dates; is it Korean time?",
    "unconfirmed.ahead": "{text} lies ahead",
    # the report of an import
    "importers.report-language": "en",
    "importers.report-title": "Import report",
    "importers.report-feeds": "Feeds that were read",
    "importers.report-feed": "Feed",
    "importers.report-items": "Items",
    "importers.report-refused": "Not imported",
    "importers.report-refused-why": "No reader could find these again. Write those that are articles by hand.",
    "importers.report-drafts": "Drafts",
    "importers.report-drafts-why": "Complete these, then publish each with sosik release.",
    "importers.report-confirm": "To confirm",
    "importers.report-confirm-why": "Published as they stand. Look at each, then delete the key from unconfirmed.",
    "importers.report-notes": "Notes",
    "importers.report-article": "Article",
    "importers.report-file": "File",
    "importers.report-reason": "Reason",
    "importers.report-nothing": "Nothing is left to do.",
    "importers.count-new": "new",
    "importers.count-filled": "completed",
    "importers.count-unchanged": "unchanged",
    "importers.count-kept": "edited by hand, kept",
    "importers.count-misnamed": "under another id",
    "importers.count-drafts": "drafts",
    "importers.count-refused": "not imported",
    # what had to be decided, or had no place
    "import-unsure.headline-joined": "the headline was pieced together from {n} lines: {headline}",
    "import-unsure.caption-alone": "a caption without a picture was left out: {caption}",
    "import-unsure.caption-alone-hint": "add the picture under images: and give it the caption",
    "import-unsure.line-as-caption": "this line was taken for the caption of the picture above it: {line}",
    "body-missing.below-headline": "no text was found below the headline",
    # when it was published and edited
    "date-unreadable.date-line": "{refusal}",
    "date-note.markup-differs": "the page shows {shown}, and its markup says {declared}; what is shown counts",
    "date-note.markup-nine-hours": (
        "the page shows {shown}, and its markup says {declared}; what is shown counts "
        "(nine hours apart: the markup gives Korean time as UTC)"
    ),
    "published-missing.page": "the page does not say when it was published",
    "published-missing.page-hint": 'write it into the entry file, such as published: "2026-03-02 15:20"',
    "unconfirmed.markup-in-utc": (
        "published stands only in the page's markup, in UTC, which many Korean systems write falsely"
    ),
    "unconfirmed.date-line": "the date line {line!r} does not say what it means",
    "unconfirmed.day-inferred": (
        "published {date} is inferred: the picture's name begins with that day, and the text speaks of {day}일"
    ),
    "unconfirmed.masthead": "updated {updated} stands in the masthead, where it usually speaks of the whole site",
    "unconfirmed.look": "if it is right, take {key} out of `unconfirmed:`; if not, correct it first",
    "importers.ahead-of-feed": "{count} of {of} items are later than the feed itself",
    "importers.ahead-of-file": "{count} of {of} items are later than the file that holds them",
    "importers.at-night": "{share} % of the items were published at night; {local} % if it is Korean time",
    "importers.other-id": "published under another id",
    "importers.not-there": "no published article has its id or link",
    "importers.draft": "a draft: {file}",
    "importers.not-in-feed": "published, but not selected by this feed",
    "importers.not-in-old": "older than the newest item of the old feed, which does not hold it",
}
