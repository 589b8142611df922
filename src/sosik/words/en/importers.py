"""What `sosik.importers` says."""

TEXTS = {
    # why a page is not imported
    "importers.attributes": "{file}: a tag has more than {most:,} attributes; save the page again",
    "importers.characters": "{file}: the page has more than {most:,} characters; save the page of one article",
    "importers.tags": "{file}: the page has more than {most:,} tags; save the page of one article",
    "importers.lines": "{file}: the page has more than {most:,} lines; save the page of one article",
    "importers.body": "{file}: {excess}; save the page of one article",
    "importers.no-headline": "{file}: no headline found; check that it is the page of an article",
    "importers.undecodable": "{place}: {code}: {message}\n    hint: {hint}",
    "importers.misread": (
        "{file}: the text was saved in a wrong encoding and cannot be restored; save the page again from the "
        "browser, as UTF-8"
    ),
    # what had to be decided, or had no place
    "import-unsure.headline-joined": "headline joined from {n} lines: {headline}",
    "import-unsure.caption-alone": "caption without a picture left out: {caption}",
    "import-unsure.caption-alone-hint": "add the picture and the caption under images:",
    "import-unsure.line-as-caption": "line read as the caption of the picture above it: {line}",
    "body-missing.below-headline": "no text found below the headline",
    # when it was published and edited
    "date-unreadable.date-line": "{refusal}",
    "date-note.markup-differs": "the page shows {shown}, its markup has {declared}; the shown time is used",
    "date-note.markup-nine-hours": (
        "the page shows {shown}, its markup has {declared}; the shown time is used (nine hours apart: Korean time "
        "written as UTC)"
    ),
    "published-missing.page": "missing publication time on the page",
    "published-missing.page-hint": 'write it into the entry file, such as published: "2026-03-02 15:20"',
    "unconfirmed.markup-in-utc": (
        "published comes from the markup alone, in UTC, which many Korean systems write wrongly"
    ),
    "unconfirmed.date-line": "date line {line!r} has no label",
    "unconfirmed.day-inferred": (
        "published {date} is inferred: the picture's name begins with that day, and the text has {day}일"
    ),
    "unconfirmed.masthead": "updated {updated} is from the masthead, which usually dates the whole site",
    "unconfirmed.look": "remove {key} from `unconfirmed:` if it is right; otherwise correct it first",
}
