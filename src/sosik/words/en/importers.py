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
    "importers.not-in-feed": "published, but not selected by this feed",
    "importers.not-in-old": "older than the newest item of the old feed, which does not hold it",
}
